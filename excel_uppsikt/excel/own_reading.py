"""A workbook's own cells and sheets read by openpyxl, with formulas and looks."""

import io
import math
import warnings
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel.formats.xlsx import check_archive
from excel_uppsikt.excel.guard.archive import Archive
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.zip_files import read_directory, stored
from excel_uppsikt.excel.own_cells import (
    MAX_FORMULAS,
    MAX_OWN_CELLS,
    MAX_OWN_XML,
    Area,
    OwnCell,
    OwnSheet,
    Uncopied,
    Value,
)
from excel_uppsikt.excel.styles import Styles
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.language.cells import column_number

_EMPTY_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/>'
    b"</worksheet>"
)
_EMPTY_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


def read(data: bytes, sheets: Sequence[Sheet]) -> dict[str, OwnSheet]:
    """What `own_sheets.read_own_sheets` gives, and raises."""
    directory = read_directory(data)
    # Those of the archive have only what is needed for values.
    whole = directory.unpack(OWN)
    archive = check_archive(directory, OWN, whole)
    parts = archive.trees.sheet_parts()
    names = {sheet.name for sheet in sheets}
    own = [whole.get(parts.get(name, ""), b"") for name in names]
    cells = sum(part.count(b"<c ") + part.count(b"<row") for part in own)
    if cells > MAX_OWN_CELLS or sum(map(len, own)) > MAX_OWN_XML:
        raise UnreadableError(Reason.OVERFULL)
    blank = {part: _EMPTY_SHEET for name, part in parts.items() if name not in names}
    beside = {_relations(part): _EMPTY_RELATIONS for part in blank}
    kept = {**whole, **{part: text for part, text in (blank | beside).items() if part in whole}}
    packed = stored((archive.names[part], content) for part, content in kept.items())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(packed), keep_links=False)
    except Exception as error:  # what it raises for odd workbooks is of every kind
        raise UnreadableError(Reason.DAMAGED) from error
    styles = Styles()
    # In the workbook's order: of two names alike openpyxl changes one.
    pages = list(book.worksheets)
    worksheets = [name for name, part in parts.items() if b"sheetData" in whole.get(part, b"")]
    if len(pages) != len(worksheets) or not names <= {*worksheets}:
        raise UnreadableError(Reason.DAMAGED)
    by_name = dict(zip(worksheets, pages, strict=True))
    read = {
        sheet.name: _sheet(
            by_name[sheet.name], sheet, styles, _uncopied(archive, whole, parts[sheet.name])
        )
        for sheet in sheets
    }
    letters = (len(cell.formula) for sheet in read.values() for cell in sheet.cells.values())
    if sum(letters) > MAX_FORMULAS:
        raise UnreadableError(Reason.OVERFULL)
    return read


def _relations(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _uncopied(archive: Archive, whole: Mapping[str, bytes], part: str) -> Collection[str]:
    content = whole.get(part, b"")
    # LibreOffice gives every sheet that it has looked at a drawing, with nothing on it.
    kinds = {
        kind
        for kind, other in archive.trees.related(part).values()
        if kind != Uncopied.DRAWINGS or b"Anchor" in whole.get(other, b"")
    }
    kinds |= {Uncopied.DRAWINGS} if kinds & {"oleObject", "control", "image"} else set()
    return kinds | {
        kind for kind in (Uncopied.RULES, Uncopied.CHOICES) if f"<{kind}".encode() in content
    }


def _sheet(page: Worksheet, sheet: Sheet, styles: Styles, kinds: Collection[str]) -> OwnSheet:
    widths: dict[int, float] = {}
    hidden: set[int] = set()
    for letters, column in page.column_dimensions.items():
        first = column.min or column_number(letters)
        for at in range(first, min(column.max or first, first + 255) + 1):
            if column.width and column.customWidth:
                # A file counts the margins of the cell as well.
                widths[at] = round(max(0.0, column.width - 0.7109375), 4)
            if column.hidden:
                hidden.add(at)
    rows = page.row_dimensions.items()
    merged = [(a.min_row, a.min_col, a.max_row, a.max_col) for a in page.merged_cells.ranges]
    covered = {(r, c) for a in merged for r in range(a[0], a[2] + 1) for c in range(a[1], a[3] + 1)}
    corners = {area[:2] for area in merged}
    # Only the cells that there are: the rectangle around them can be a thousand times as large.
    found = page._cells
    cells = {
        place: _cell(cell, sheet, styles)
        for place, cell in sorted(found.items())
        if isinstance(cell, Cell)
        and place not in sheet.far
        and (place in corners or place not in covered)
    }
    view = page.sheet_view
    return OwnSheet(
        name=sheet.name,
        cells={place: cell for place, cell in cells.items() if cell.filled or cell.style},
        widths=widths,
        hidden=frozenset(hidden),
        heights={at: row.height for at, row in rows if row.height},
        hidden_rows=frozenset(at for at, row in rows if row.hidden),
        merged=_apart(merged),
        frozen=coordinate_to_tuple(page.freeze_panes) if page.freeze_panes else None,
        filtered=_area(page.auto_filter.ref),
        visible=sheet.visible,
        gridlines=view.showGridLines is not False,
        tab=styles.color(page.sheet_properties.tabColor),
        notes=dict(sheet.notes),
        uncopied=tuple(kind for kind in Uncopied if kind in kinds),
    )


def _apart(areas: Sequence[Area]) -> list[Area]:
    """The areas of more than one cell that do not overlap one before them."""
    taken: set[tuple[int, int]] = set()
    kept: list[Area] = []
    for top, left, bottom, right in sorted(areas):
        size = (bottom - top + 1) * (right - left + 1)
        if not 1 < size <= MAX_OWN_CELLS:
            continue
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if not cells & taken:
            taken |= cells
            kept.append((top, left, bottom, right))
    return kept


def _area(written: str | None) -> Area | None:
    try:
        left, top, right, bottom = range_boundaries(written or "")
    except (ValueError, TypeError):
        return None
    if left is None or top is None or right is None or bottom is None:
        return None
    return top, left, bottom, right


def _cell(cell: Cell, sheet: Sheet, styles: Styles) -> OwnCell:
    place = cell.row, cell.column
    row = sheet.rows[cell.row - 1] if cell.row <= len(sheet.rows) else ()
    saved = _plain(row[cell.column - 1]) if cell.column <= len(row) else ""
    error = sheet.problems.get(place, "")
    if error.startswith("#"):
        saved = error
    style = styles.of(cell)
    value = cell.value
    if isinstance(value, ArrayFormula):
        return OwnCell(saved, value.text or "", value.ref or "", "", error.startswith("#"), style)
    if cell.data_type == "f" and isinstance(value, str):
        return OwnCell(saved, value, "", "", error.startswith("#"), style)
    if value is None or cell.data_type == "f":
        # What is left is a data table's formula, of which the value stays.
        return OwnCell(saved if value is not None else "", style=style)
    if cell.data_type == "e" and (error or not isinstance(saved, (int, float))):
        return OwnCell(str(error or value), error=True, style=style)
    link = cell.hyperlink
    target = (link.target or (f"internal:{link.location}" if link.location else "")) if link else ""
    if isinstance(value, str) and cell.data_type != "e":
        # Excel's own marks for odd letters have been read as what they stand for there.
        return OwnCell(
            saved if isinstance(saved, str) and saved else value, link=target, style=style
        )
    plain = saved if cell.data_type == "e" else _plain(value)
    return OwnCell(plain, link=target, style=style)


def _plain(value: object) -> Value:
    """A value with days as the numbers that a workbook keeps them as."""
    if isinstance(value, (datetime, date, time, timedelta)):
        number = to_excel(value)  # type: ignore[no-untyped-call]
        return int(number) if float(number).is_integer() else round(float(number), 9)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, (str, float, int, bool)) else str(value)
