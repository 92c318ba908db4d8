"""A sheet that is a table for people to read: title, a line of what it is, headings, then rows."""

from collections.abc import Sequence

from xlsxwriter.format import Format

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.writing import Book, write

HEADER_ROW = 2


def header(
    book: Book, sheet: FittedSheet, title: str, intro: str, columns: Sequence[tuple[str, int]]
) -> int:
    """Writes title, intro and headings (name, width); returns the first row below (0-based)."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    big = book.format(bold=True, font_size=16, font_color=writing.ACCENT, valign="vcenter")
    write(sheet, 0, 0, title, big)
    write(sheet, 1, 0, intro, book.format(font_color=writing.GREY, italic=True))
    headings(book, sheet, HEADER_ROW, [name for name, _ in columns])
    for at, (_, width) in enumerate(columns):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    writing.landscape(sheet, repeat_to=HEADER_ROW, footer=title)
    return HEADER_ROW + 1


def headings(book: Book, sheet: FittedSheet, row: int, names: Sequence[str]) -> None:
    """A row of table headings."""
    sheet.set_row(row, 24)
    for at, name in enumerate(names):
        write(sheet, row, at, name, heading(book))


def heading(book: Book) -> Format:
    """The format of a table's headings."""
    return book.format(
        bold=True, font_color="#FFFFFF", bg_color=writing.ACCENT, border=1,
        border_color=writing.ACCENT, valign="vcenter", text_wrap=True,
    )  # fmt: skip


def body(book: Book, **more: object) -> Format:
    """The format of a table's cells; numbers stand to the left too, apart from the next column."""
    plain: dict[str, object] = {"border": 1, "border_color": writing.LINE, "text_wrap": True}
    return book.format(**(plain | {"align": "left"} | more))
