"""A sheet that fits its rows is written as XlsxWriter's own is, cell for cell."""

import gc
import io
import zipfile
from datetime import UTC, datetime

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.writing import new_book


def sheet_parts(kind: type[Worksheet]) -> dict[str, bytes]:
    """The parts of a workbook with every sort of cell, in which rows and columns are passed over."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1, tzinfo=UTC)})
    look, alike, other = (book.add_format({"bold": bold}) for bold in (True, True, False))
    sheet = book.add_worksheet("Blad", kind)
    sheet.write_string(0, 0, 'Å & <b> "c"', look)
    sheet.write_string(0, 3, "utan format")
    sheet.write_string(0, 4, 'Å & <b> "c"', alike)
    sheet.write_blank(2, 28, None, other)
    sheet.write_blank(2, 2, None)
    sheet.write_number(3, 1, 1.5, look)
    sheet.write_formula(3, 2, "=1+1", other, 2)
    sheet.write_boolean(3, 3, True, look)
    sheet.write_rich_string(4, 1, look, "fet", " och inte")
    sheet.write_comment(17, 5, "Bara en anteckning", {"author": ""})
    sheet.set_row(40, 30)
    sheet.write_string(47, 702, "långt bort", look)
    sheet.write_string(48, 0, " ", other)
    book.close()
    with zipfile.ZipFile(stream) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_a_fitted_sheet_is_written_as_the_library_writes_it() -> None:
    """Every part of the workbook, whatever the cells and wherever they stand."""
    assert sheet_parts(FittedSheet) == sheet_parts(Worksheet)


@pytest.mark.parametrize("place", [(-1, 0), (0, -1), (1_048_576, 0), (0, 16_384)])
def test_a_cell_outside_the_sheet_is_refused(place: tuple[int, int]) -> None:
    """The answer is the library's, which the program takes for a fault."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet("Blad", FittedSheet)
    assert sheet.write_string(*place, "text", book.add_format()) == -1
    assert sheet.write_blank(*place, None, book.add_format()) == -1


@pytest.mark.parametrize("before", [True, False])
def test_garbage_is_looked_for_after_a_book_as_it_was_before(before: bool) -> None:
    """Also where another book is written inside it, and where the writing fails."""
    found: list[bool] = []
    was = gc.isenabled()
    try:
        (gc.enable if before else gc.disable)()
        with new_book(title="Yttre") as (book, _):
            book.sheet("Blad")
            with new_book(title="Inre") as (inner, _):
                inner.sheet("Blad")
            found.append(gc.isenabled())
        found.append(gc.isenabled())
        with pytest.raises(LookupError), new_book(title="Fel"):
            raise LookupError
        found.append(gc.isenabled())
    finally:
        (gc.enable if was else gc.disable)()
    assert found == [False, before, before]
