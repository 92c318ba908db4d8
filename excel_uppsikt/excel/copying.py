"""Own cells and sheets written into another workbook as they were read."""

import re
from collections.abc import Mapping

from xlsxwriter.format import Format

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.formulas import LAST_COLUMN, LAST_ROW
from excel_uppsikt.excel.own_cells import Area, OwnCell, OwnSheet
from excel_uppsikt.excel.own_names import can_be_linked
from excel_uppsikt.excel.writing import Book
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part

_MOST_LINKS = 60_000
_HALF = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HIGHEST, _WIDEST = 409, 255


def write_own_sheet(book: Book, sheet: FittedSheet, own: OwnSheet) -> None:
    """Fills an empty sheet with an own one."""
    _set_out(sheet, own)
    for area in own.merged:
        _merge(book, sheet, own.cells, area)
    for (row, column), cell in own.cells.items():
        write_own_cell(book, sheet, row - 1, column - 1, cell)
    for (row, column), text in own.notes.items():
        writing.note(sheet, row - 1, column - 1, text)
    if own.frozen:
        sheet.freeze_panes(own.frozen[0] - 1, own.frozen[1] - 1)
    if own.filtered:
        top, left, bottom, right = own.filtered
        writing.done(sheet.autofilter(top - 1, left - 1, bottom - 1, right - 1))
    if own.tab:
        sheet.set_tab_color(own.tab)
    if not own.gridlines:
        sheet.hide_gridlines(2)
    if not own.visible:
        sheet.hide()


def _set_out(sheet: FittedSheet, own: OwnSheet) -> None:
    """Gives the columns and rows their sizes, and hides those that are hidden."""
    for at in sorted({*own.widths, *own.hidden}):
        set_own_column(sheet, at - 1, own.widths.get(at), hidden=at in own.hidden)
    for at in sorted({*own.heights, *own.hidden_rows}):
        height = own.heights.get(at)
        options = {"hidden": True} if at in own.hidden_rows else {}
        sheet.set_row(at - 1, None if height is None else min(height, _HIGHEST), None, options)


def set_own_column(sheet: FittedSheet, at: int, width: float | None, *, hidden: bool) -> None:
    """Sets a column's width (0-based), and whether it is hidden."""
    options = [None, {"hidden": True}] if hidden else []
    sheet.set_column(at, at, 8.43 if width is None else min(width, _WIDEST), *options)


def _merge(
    book: Book, sheet: FittedSheet, cells: Mapping[tuple[int, int], OwnCell], area: Area
) -> None:
    top, left, bottom, right = area
    if bottom <= LAST_ROW and right <= LAST_COLUMN:
        cell = cells.get((top, left), OwnCell())
        style = style_of(book, cell)
        writing.done(sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style))


def style_of(book: Book, cell: OwnCell) -> Format:
    """The look of an own cell; that of a new workbook's cells where nobody has formatted it."""
    return book.format(**{"valign": "bottom", **dict(cell.style)})


def write_own_cell(
    book: Book,
    sheet: FittedSheet,
    row: int,
    column: int,
    cell: OwnCell,
    style: Format | None = None,
) -> None:
    """Writes what stands in an own cell, at a row and column (0-based)."""
    style = style or style_of(book, cell)
    value = _HALF.sub("", cell.value) if isinstance(cell.value, str) else cell.value
    if cell.area:
        area = f"{cell.area}" if ":" in cell.area else f"{cell.area}:{cell.area}"
        writing.done(sheet.write_array_formula(area, cell.formula, style, value))
    elif cell.formula:
        writing.done(sheet.write_formula(row, column, cell.formula, style, value))
    elif cell.error:
        writing.done(sheet.write_formula(row, column, f"={value}", style, value))
    elif isinstance(value, bool):
        writing.done(sheet.write_boolean(row, column, value, style))
    elif isinstance(value, (int, float)):
        writing.done(sheet.write_number(row, column, value, style))
    elif value == "":
        writing.done(sheet.write_blank(row, column, None, style))
    elif can_be_linked(cell.link) and sheet.hlink_count < _MOST_LINKS:
        writing.done(sheet.write_url(row, column, cell.link, style, cell_part(value)))
    else:
        writing.done(sheet.write_string(row, column, cell_part(value)[:LONGEST_TEXT], style))
        if style.text_wrap:
            sheet.make_room(row, column, value)
