"""Compilations with columns and sheets of the coordinator's own, seen cell by cell."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import HEADER_ROW, SHEET, book, columns, row_of

Cells = dict[str, object]


def opened(folder: Path, sheet: str = SHEET) -> Worksheet:
    """A sheet of the compilation as another program opens it."""
    page = book(folder)[sheet]
    assert isinstance(page, Worksheet)
    return page


def add_column(sheet: Worksheet, at: int, heading: object, values: Mapping[str, object]) -> None:
    """Writes an own column: its heading, and a value on the row of each title.

    `{row}` in a text stands for the row's number.
    """
    sheet.cell(HEADER_ROW, at).value = heading  # type: ignore[assignment]
    for title, value in values.items():
        row = row_of(sheet, title)
        written = value.replace("{row}", str(row)) if isinstance(value, str) else value
        sheet.cell(row, at).value = written  # type: ignore[assignment]


def own_values(folder: Path, heading: str) -> Cells:
    """What stands in an own column by title, with `{row}` for the row's number."""
    sheet = opened(folder)
    at = columns(sheet)
    found: Cells = {}
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        value = sheet.cell(row, at[heading]).value
        if value is not None:
            text = value.replace(str(row), "{row}") if isinstance(value, str) else value
            found[str(sheet.cell(row, at["Aktivitet"]).value)] = text
    return found


def filled(sheet: Worksheet) -> Cells:
    """Every filled cell of a sheet."""
    return {
        cell.coordinate: cell.value
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value is not None
    }


def told(checked: CheckedRound) -> list[tuple[str | None, str | None, str | None, str]]:
    """F207: sheet, cell, what was written, and which kind of content it is."""
    return [
        (f.sheet, f.cell, f.value, f.variant.name) for f in checked.findings if f.code == "F207"
    ]
