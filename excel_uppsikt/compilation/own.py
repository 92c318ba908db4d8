"""The coordinator's own columns and sheets as they stand in a compilation, and what is stored of them."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.own_pages import added
from excel_uppsikt.compilation.table import Table
from excel_uppsikt.excel.own_cells import OwnCell, OwnSheet, Uncopied
from excel_uppsikt.excel.own_names import can_be_linked
from excel_uppsikt.excel.own_sheets import read_own_sheets
from excel_uppsikt.excel.reading import UnreadableError, file_bytes
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold, listed

_MERGED = "sammanslagna celler"
_LINKS = "länkar till filer och program"
_OWN = "egen"
# The heading of a column that had none and must be known again.
NAMELESS = "Egen {}"
_HEADINGS = {fold(header) for header in definition.INDEX}
_UNCOPIED = {
    Uncopied.DRAWINGS: "diagram och bilder",
    Uncopied.TABLES: "det som är formaterat som tabell",
    Uncopied.PIVOTS: "pivottabeller",
    Uncopied.RULES: "villkorsstyrd formatering",
    Uncopied.CHOICES: "listor att välja ur",
}
# What a finding quotes in all; the compilation as it was is kept.
_MOST_TOLD = 200

# The cells stored of a row by their column's key, each with the row that its formula speaks of.
Stored = Mapping[str, tuple[OwnCell, int]]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the coordinator's own in Aktiviteter: where it stands, and its cells by row.

    `after` is the heading of the program's column before it, None where there is none. `heading` is what
    was `written`, unless that is one of the program's.
    """

    key: str
    heading: str
    written: str
    at: int
    after: str | None
    cells: Mapping[int, OwnCell]
    width: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class OwnContent:
    """All that is the coordinator's own in a compilation beside the rows.

    `sheets` have the name of the program's sheet before them; `stored` is by Id. `notes` are those in
    Aktiviteter by row and column; `headings` are the program's columns there by number; `header_row` and
    `last_row` are those of its table.
    """

    file: str = ""
    columns: tuple[OwnColumn, ...] = ()
    sheets: tuple[tuple[OwnSheet, str | None], ...] = ()
    stored: Mapping[str, Stored] = field(default_factory=dict)
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    headings: Mapping[int, str] = field(default_factory=dict)
    header_row: int = definition.FIRST_LINE - 1
    last_row: int = definition.FIRST_LINE
    sheet: str = definition.ACTIVITIES


def read_own(
    path: Path, file: str, sheets: Sequence[Sheet], ours: Mapping[str, Sheet], table: Table
) -> tuple[OwnContent, tuple[Finding, ...]]:
    """The own content of a compilation, and F207 for what of it cannot be taken along.

    `ours` are the program's sheets by name.
    """
    main = ours[definition.ACTIVITIES]
    chosen = {sheet.name for sheet in ours.values()}
    own = [sheet for sheet in sheets if sheet.name not in chosen]
    content = OwnContent(
        file=file,
        stored=dict(_stored(ours.get(definition.BASE_OWN))),
        notes=dict(main.notes),
        headings={at + 1: name for name, at in table.columns.items() if name in definition.INDEX},
        header_row=table.header_row,
        last_row=max([number for number, _ in table.rows], default=table.header_row + 1),
        sheet=main.name,
    )
    told = [*_notes_and_far(file, main, ours, own), *added(file, ours)]
    if not own and not _has_own_cells(main, content):
        return content, tuple(told)
    try:
        pages = read_own_sheets(file_bytes(path), (main, *own))
    except UnreadableError:
        return content, (*told, *_all_told(file, main, own, content))
    page = pages.get(main.name, OwnSheet(main.name, {}))
    columns, placed = tuple(_columns(page, content)), tuple(_placed(sheets, pages, ours))
    told += (*_around(page, content), *_not_whole(file, main, own, pages))
    return replace(content, columns=columns, sheets=placed), tuple(told)


def charts_told(file: str, names: Sequence[str]) -> Iterator[Finding]:
    """F207 for the sheets that are nothing but a chart; the program makes none."""
    for name in names:
        yield find(F207.COMPILATION, Place(file, name), name)


def _notes_and_far(
    file: str, main: Sheet, ours: Mapping[str, Sheet], own: Sequence[Sheet]
) -> Iterator[Finding]:
    """F207 for notes on the program's sheets that are made anew, and for what stands too far off."""
    for sheet in ours.values():
        if sheet is not main:
            for cell, text in sheet.notes.items():
                yield find(F207.COMPILATION, Place(file, sheet.name).at(*cell), text)
    for sheet in (*ours.values(), *own):
        for cell, text in sheet.far.items():
            yield find(F207.COMPILATION, Place(file, sheet.name).at(*cell), text)


def _not_whole(
    file: str, main: Sheet, own: Sequence[Sheet], pages: Mapping[str, OwnSheet]
) -> Iterator[Finding]:
    """F207 for sheets of which something is not taken along, and for those that are not at all."""
    for name, page in pages.items():
        if what := _lacking(page, own=name != main.name):
            yield find(F207.OWN_SHEET, Place(file, name), what=what)
    for sheet in own:
        if sheet.name not in pages:
            yield find(F207.COMPILATION, Place(file, sheet.name), _quoted(sheet))


def _has_own_cells(sheet: Sheet, content: OwnContent) -> bool:
    """Whether anything stands outside the program's columns, or above their headings."""
    return any(column not in content.headings for _, column in sheet.problems) or any(
        as_text(cell) != "" and not _is_title(row, cell, content)
        for row, cells in enumerate(sheet.rows, 1)
        for at, cell in enumerate(cells, 1)
        if row < content.header_row or at not in content.headings
    )


def _columns(page: OwnSheet, content: OwnContent) -> Iterator[OwnColumn]:
    seen: dict[str, int] = {}
    filled: dict[int, dict[int, OwnCell]] = {}
    for (row, column), cell in page.cells.items():
        title = _is_title(row, cell.value, content)
        if column not in content.headings and cell.filled and not title:
            filled.setdefault(column, {})[row] = cell
    names = {
        fold(as_text(cells[content.header_row].value))
        for cells in filled.values()
        if content.header_row in cells
    }
    after: str | None = None
    for column in sorted({*filled, *content.headings}):
        if column in content.headings:
            after = content.headings[column]
            continue
        head = filled[column].get(content.header_row)
        written = as_text(head.value) if head else ""
        heading = _unlike_ours(written, names)
        seen[heading] = seen.get(heading, 0) + 1
        yield OwnColumn(
            key=key_of(heading, seen[heading]),
            heading=heading,
            written=written,
            at=column,
            after=after,
            cells=filled[column],
            width=page.widths.get(column),
            hidden=column in page.hidden,
        )


def key_of(heading: str, count: int) -> str:
    """What a column is known by from run to run: its heading, and which of those with it it is."""
    return f"{fold(heading)}\t{count}"


def _unlike_ours(heading: str, taken: Collection[str]) -> str:
    """A heading that is none of the program's, as near to the one that was written as can be."""
    name, count = heading, 0
    while fold(name) in _HEADINGS or (count and fold(name) in taken):
        count += 1
        name = f"{heading} ({_OWN})" if count == 1 else f"{heading} ({_OWN} {count})"
    return name


def _is_title(row: int, value: object, content: OwnContent) -> bool:
    return row < content.header_row and value in (definition.ACTIVITIES, definition.INTRO)


def _around(page: OwnSheet, content: OwnContent) -> Iterator[Finding]:
    """F207 for what stands above the program's own headings."""
    for (row, column), cell in page.cells.items():
        above = row < content.header_row and column in content.headings and cell.filled
        if above and not _is_title(row, cell.value, content):
            place = Place(content.file, content.sheet).at(row, column)
            yield find(F207.COMPILATION, place, cell.formula or as_text(cell.value))


def _lacking(page: OwnSheet, *, own: bool) -> str:
    """What of a sheet is not taken along, in words."""
    # The lists to choose from in Aktiviteter are the program's own.
    kinds = [kind for kind in page.uncopied if own or kind is not Uncopied.CHOICES]
    words = [*map(_UNCOPIED.__getitem__, kinds), *([] if own or not page.merged else [_MERGED])]
    if any(cell.link and not can_be_linked(cell.link) for cell in page.cells.values()):
        words.append(_LINKS)
    return listed(words)


def _placed(
    sheets: Sequence[Sheet], pages: Mapping[str, OwnSheet], ours: Mapping[str, Sheet]
) -> Iterator[tuple[OwnSheet, str | None]]:
    """The own sheets, each with the program's visible sheet before it."""
    names = {sheet.name: name for name, sheet in ours.items()}
    after: str | None = None
    for sheet in sheets:
        if sheet.name in names:
            after = names[sheet.name] if names[sheet.name] in definition.VISIBLE else after
        elif sheet.name in pages:
            yield pages[sheet.name], after


def _all_told(
    file: str, main: Sheet, own: Sequence[Sheet], content: OwnContent
) -> Iterator[Finding]:
    """F207 for all that is own in a workbook of which only values can be read: above, columns and sheets."""
    columns: dict[int, list[str]] = {}
    for number, row in enumerate(main.rows, 1):
        for at, cell in enumerate(row, 1):
            text = "" if _is_title(number, cell, content) else as_text(cell)
            if text and at not in content.headings:
                columns.setdefault(at, []).append(text)
            elif text and number < content.header_row:
                yield find(F207.COMPILATION, Place(file, main.name).at(number, at), text)
    for (_, at), text in main.problems.items():
        if at not in content.headings:
            columns.setdefault(at, [text])
    for at, texts in columns.items():
        place = Place(file, main.name).at(content.header_row, at)
        yield find(F207.COMPILATION, place, " | ".join(texts[:_MOST_TOLD]))
    for sheet in own:
        yield find(F207.COMPILATION, Place(file, sheet.name), _quoted(sheet))


def _quoted(sheet: Sheet) -> str:
    texts = (as_text(cell) for row in sheet.rows for cell in row)
    return " | ".join([text for text in texts if text][:_MOST_TOLD])


def stored_json(made: str, cells: Stored) -> str:
    """What is stored of a row, as it is kept on the hidden sheet."""
    kept = {
        key: [
            cell.value,
            cell.formula,
            cell.error,
            cell.link,
            dict(cell.style).get("num_format"),
            row,
        ]
        for key, (cell, row) in cells.items()
    }
    return json.dumps({"id": made, "cells": kept}, ensure_ascii=False)


def _stored(sheet: Sheet | None) -> Iterator[tuple[str, Stored]]:
    for row in sheet.rows if sheet else ():
        try:
            kept = json.loads("".join(cell for cell in row if isinstance(cell, str)))
            yield (
                str(kept["id"]),
                {
                    str(key): (_cell(written), int(written[5]))
                    for key, written in kept["cells"].items()
                },
            )
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            continue


def _cell(written: Sequence[object]) -> OwnCell:
    value, formula, error, link, shown = written[:5]
    if not isinstance(value, (str, int, float)) or not isinstance(shown, (str, int, type(None))):
        raise TypeError
    style = () if shown is None else (("num_format", shown),)
    return OwnCell(value, str(formula), link=str(link), error=bool(error), style=style)
