"""ut/tidigare: the compilation as it was before a merge, where a person had edited it.

A copy has the time at which it was saved, and of each day the first and the last copy stay. One between
them is removed only when all that stands in it stands in one of those two as well, in the same row and
column: its edits are in the compilation by then, so that the last copy has them. Where the coordinator
has changed an edit since, or the program may not carry all of it on, as with own columns and sheets, it
may be the only copy of it, and stays. Nor is anything removed that a person has changed or put there.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.form.definition import LISTS_SHEET
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.rounds.disk import OutputError, refuse_if_open
from excel_uppsikt.rounds.outputs import Outputs

# A sheet, the first cell of a row, a column, and what stands there.
_Content = tuple[str, str, int, str]
_HIDDEN = (
    definition.BASE, definition.BASE_FILES, definition.BASE_OWN, definition.BASE_PAGES,
    definition.BASE_ROUND, definition.BASE_SAME, LISTS_SHEET,
)  # fmt: skip
# What the program counts anew in every merge is no edit.
_COUNTED = tuple(
    name
    for name in definition.SHEETS
    if name not in (*_HIDDEN, definition.ACTIVITIES, definition.DECISIONS)
)


def keep_earlier(outputs: Outputs, path: Path) -> Path | None:
    """Keeps a copy of an edited compilation, and removes one that is no longer needed.

    Returns where the copy is, None where nobody has edited the compilation.
    """
    kept = outputs.keep_edited(path)
    if kept is None:
        return None
    same_day = [copy for copy in outputs.copies(path) if _day(copy) == _day(kept)]
    _thin_out(outputs, sorted(same_day, key=lambda copy: copy.stat().st_mtime_ns))
    return kept


def _day(path: Path) -> date:
    """The day a file was saved, as its user's calendar has it."""
    return datetime.fromtimestamp(path.stat().st_mtime).date()  # noqa: DTZ006  the user's own day


def _thin_out(outputs: Outputs, copies: Sequence[Path]) -> None:
    """Removes what is needed no longer of a day's copies, by time."""
    between = [copy for copy in copies[1:-1] if outputs.is_own(copy)]
    try:
        kept = {*_content(copies[0]), *_content(copies[-1])} if between else set()
        for copy in between:
            if kept.issuperset(_content(copy)):
                refuse_if_open(copy)
                copy.unlink()
    except (OSError, UnreadableError, OutputError):
        # What cannot be read or removed now stays; it is nobody's trouble.
        return


def _has_own(sheet: Sheet) -> bool:
    """Whether a sheet is the coordinator's own, or Aktiviteter with more columns than the program's."""
    if sheet.name == definition.ACTIVITIES:
        return any(len(row) > len(definition.ACTIVITY_COLUMNS) for row in sheet.rows)
    return sheet.name not in definition.SHEETS


def _content(path: Path) -> Iterator[_Content]:
    """All that a person can have written in a compilation, and more."""
    for sheet in read_workbook(path, OWN).sheets:
        if sheet.name in _HIDDEN:
            continue
        if _has_own(sheet):
            # Formulas and charts are not among the values, so no other copy is known to have them.
            yield sheet.name, path.name, 0, ""
        for row in sheet.rows:
            first = as_text(row[0]) if row else ""
            for column, value in enumerate(row):
                counted = sheet.name in _COUNTED and not isinstance(value, str)
                if value != "" and not counted:
                    yield sheet.name, first, column, as_text(value)
        for note in sheet.notes.values():
            yield sheet.name, "", 0, note
