"""The inbox as one tidy table: a row for each row of a form, with the raw cell of each field.

Goal sheets are cut below their headers, file by file; the frame of them all is built once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from excel_uppsikt.excel.guard.limits import check_faults, check_rows
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import CellError, cell_text
from excel_uppsikt.intake.goal_sheets import GoalSheet
from excel_uppsikt.intake.own_columns import OwnColumns, OwnWords, column_in_words, is_id
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Goal

if TYPE_CHECKING:
    import pandas as pd

FIELDS = tuple(column.field for column in form.COLUMNS)
PLACE = ("file", "sheet", "row", "goal")
# `part` tells which cut sheet of the inbox a row is of; the rest is what the row itself says.
COLUMNS = ("part", *PLACE, "id", *(field.value for field in FIELDS))

_HEADERS = {column.field: fold(column.header) for column in form.COLUMNS}
_ASKED, _ID = fold(form.ASKED_HEADER), fold(form.ID_HEADER)
_PREVIOUS = fold(form.PREVIOUS_HEADER)
# With room for more spaces.
_LONGEST_HEADER = 2 * max(map(len, _HEADERS.values()))
# With more than this the row has a table of its own beside the form.
_MOST_BY_ITSELF = 5

RawRow = tuple[int, str | None, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class CutSheet:
    """A goal sheet's rows cut out: each with its number (1-based), its Id, and its fields' cells.

    `columns` are the fields' columns (1-based), `outside` findings about cells beside them.
    """

    goal: Goal
    name: str
    columns: Mapping[str, int]
    since_1904: bool
    rows: tuple[RawRow, ...]
    outside: tuple[Finding, ...]


class SheetRows(NamedTuple):
    """What the table has of a goal sheet: its file, its name, the goal's text, and its rows."""

    file: str
    name: str
    goal: str
    rows: Sequence[RawRow]


def cut_sheets(words: OwnWords, file: str, sheets: Iterable[GoalSheet]) -> list[CutSheet]:
    """The rows of a file's goal sheets from the header down, however far.

    Raises `UnreadableError` for far more rows, or more beside them, than a form can have.
    """
    cut: list[CutSheet] = []
    filled = beside = 0
    known = OwnColumns(words)
    for sheet in sheets:
        rows: list[RawRow] = []
        outside: list[Finding] = []
        place = Place(file, sheet.sheet.name)
        pick = _picker(sheet)
        stray = _Outside(place, sheet, known)
        for number, cells in _filled(sheet):
            filled += 1
            check_rows(filled)
            check_faults(beside + len(outside))
            values = _with_errors(sheet, number, pick(cells))
            if _repeats_header(values):
                continue
            outside.extend(stray.findings(number, cells))
            if _says_anything(values):
                rows.append((number, _id(sheet, cells), values))
        beside += len(outside)
        columns: dict[str, int] = {field: at + 1 for field, at in sheet.columns.items()}
        since_1904 = sheet.sheet.since_1904
        name = sheet.sheet.name
        cut.append(CutSheet(sheet.goal, name, columns, since_1904, tuple(rows), tuple(outside)))
    return cut


def inbox_table(sheets: Iterable[SheetRows]) -> "pd.DataFrame":
    """Every row of the forms' sheets as one frame in reading order.

    All columns hold objects: `part` the sheet's number among all (0-based), `file`, `sheet`, `row`
    (1-based) and the text of `goal`, the activity's `id` if the form had one, and each field's raw cell,
    `''` where it is blank or the column is missing.
    """
    import pandas as pd  # nothing is read of an inbox whose files are all known

    records = [
        (part, sheet.file, sheet.name, number, sheet.goal, activity, *values)
        for part, sheet in enumerate(sheets)
        for number, activity, values in sheet.rows
    ]
    # Names of pandas' own kind of text would load pyarrow for them, which takes as long as some forms.
    names = pd.Index(COLUMNS, dtype=object)
    return pd.DataFrame(records, columns=names, dtype=object)


def rows_by_part(table: "pd.DataFrame") -> dict[int, list[RawRow]]:
    """The frame's rows once more as plain ones, by the number of their sheet."""
    parts: dict[int, list[RawRow]] = {}
    fields = zip(*(table[field.value].tolist() for field in FIELDS), strict=True)
    columns = (table[name].tolist() for name in ("part", "row", "id"))
    for part, number, activity, values in zip(*columns, fields, strict=True):
        parts.setdefault(part, []).append((number, activity, values))
    return parts


def _filled(sheet: GoalSheet) -> Iterator[tuple[int, Sequence[CellValue]]]:
    """The rows below the header where anything stands, with their numbers."""
    fields = set(sheet.columns.values())
    broken = {row for row, column in sheet.sheet.problems if column - 1 in fields}
    for number, cells in enumerate(sheet.sheet.rows[sheet.header_row + 1 :], sheet.header_row + 2):
        # A stray value far down makes hundreds of thousands of rows of nothing.
        if cells.count("") < len(cells) or number in broken:
            yield number, cells


def _picker(sheet: GoalSheet) -> Callable[[Sequence[CellValue]], tuple[CellValue, ...]]:
    """What gives the cell of each field of a row, `''` where the column is missing or the row ends before."""
    wide = len(sheet.sheet.rows[sheet.header_row])
    # A missing column's place is the last one, after the row.
    pick = itemgetter(*(sheet.columns.get(field, -1) for field in FIELDS))

    def field_cells(cells: Sequence[CellValue]) -> tuple[CellValue, ...]:
        short = wide - len(cells)
        picked: tuple[CellValue, ...] = pick(
            (*cells, *[""] * short, "") if short > 0 else (*cells, "")
        )
        return picked

    return field_cells


def _with_errors(
    sheet: GoalSheet, number: int, values: tuple[CellValue, ...]
) -> tuple[CellValue | CellError, ...]:
    """The cells of the fields, with an error in place of the nothing that the reader gives for it."""
    problems, at = sheet.sheet.problems, sheet.columns
    if not problems:
        return values
    return tuple(
        CellError(problems[place] or "=") if (place := (number, at.get(field, -1) + 1)) in problems
        else value
        for field, value in zip(FIELDS, values, strict=True)
    )  # fmt: skip


def _repeats_header(values: Sequence[CellValue | CellError]) -> bool:
    """Whether the row is the header once more, as when a whole sheet is pasted below another."""
    if {*map(type, values)} != {str}:
        # As most rows, it has a date.
        return False
    found = 0
    for field, value in zip(FIELDS, values, strict=True):
        text = cell_text(value)
        if not text:
            continue
        if len(text) >= _LONGEST_HEADER or fold(text) != _HEADERS[field]:
            return False
        found += 1
    return found > 2


def _says_anything(values: Sequence[CellValue | CellError]) -> bool:
    """Whether anything stands in the row's fields that can be seen; most rows begin with a title."""
    title = values[0]
    if isinstance(title, str) and title[:1].isalnum():
        return True
    return any(value != "" and cell_text(value) for value in values)


def _id(sheet: GoalSheet, cells: Sequence[CellValue]) -> str | None:
    at = sheet.own.get(_ID)
    if at is None or at >= len(cells) or cells[at] == "":
        return None
    text = as_text(cells[at])
    return text if is_id(text) else None


class _Outside:
    """What stands on a sheet's rows in none of the fields' columns."""

    def __init__(self, place: Place, sheet: GoalSheet, known: OwnColumns) -> None:
        self._place, self._sheet, self._known = place, sheet, known
        self._own = {at: heading for heading, at in sheet.own.items()}
        widest = max(map(len, sheet.sheet.rows))
        self._columns = [at for at in range(widest) if at not in sheet.inside]
        # Texts that the form has put beside a row, which are the same beside most.
        self._own_texts: set[tuple[CellValue, ...]] = set()

    def findings(self, number: int, cells: Sequence[CellValue]) -> list[Finding]:
        """F207 for each cell of a row that is not the form's own; one for them all if many."""
        beside = tuple([cells[at] for at in self._columns if at < len(cells)])
        if beside in self._own_texts:
            return []
        filled = [at for at, cell in zip(self._columns, beside, strict=False) if cell != ""]
        stray = {
            at: text
            for at in filled
            if not (at in self._own and self._wrote(self._own[at], cells[at]))
            and (text := as_text(cells[at]))
        }
        if not stray and {*map(type, beside)} == {str}:
            self._own_texts.add(beside)
        if len(stray) > _MOST_BY_ITSELF:
            first, count = self._place.at(number, next(iter(stray)) + 1), f"{len(stray)} celler"
            return [find(F207.ROW, first, " | ".join(stray.values()), count=count)]
        return [self._of_cell(number, at, text) for at, text in stray.items()]

    def _wrote(self, heading: str, cell: CellValue) -> bool:
        """Whether the form itself has put this in the own column of this folded heading."""
        if heading == _ASKED and isinstance(cell, str):
            return fold(as_text(cell)) in self._sheet.said
        if heading == _PREVIOUS and isinstance(cell, str):
            # The plan may have other statuses now than when the form went out.
            first = fold(as_text(cell).partition("\n")[0])
            return first in self._sheet.statuses or self._known.wrote(heading, cell)
        return self._known.wrote(heading, cell)

    def _of_cell(self, number: int, at: int, text: str) -> Finding:
        cell = self._place.at(number, at + 1)
        if at in self._own:
            return find(F207.OWN_COLUMN, cell, text, column=column_in_words(self._own[at]))
        head = _heading(self._sheet.sheet, self._sheet.header_row, at)
        return find(F207.CELL, cell, text, column=f" i kolumnen {quote(head)}" if head else "")


def _heading(sheet: Sheet, header_row: int, at: int) -> str:
    """What stands above a cell on the header row."""
    heads = sheet.rows[header_row]
    return as_text(heads[at]) if at < len(heads) else ""
