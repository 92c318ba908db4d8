"""Text is written as text also where it looks like the XML of a workbook."""

import io

import openpyxl
import pytest

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.copying import write_own_cell
from excel_uppsikt.excel.own_cells import OwnCell
from excel_uppsikt.excel.reading import read_workbook_bytes

LONG = "<r>" + "å&<" * 9_000 + "</r>"


@pytest.mark.parametrize(
    "text",
    [
        "<r>hej</r>",
        "<r>x<y></r>",
        "<r></r>",
        "<r> & </t></r>",
        "<r>\nett\n två</r>",
        "<r>_x0041_</r>",
    ],
)
def test_text_that_looks_like_rich_text_stays_as_it_was_written(text: str) -> None:
    with writing.new_book(title="Prov") as (book, result):
        sheet = book.sheet("Blad")
        writing.write(sheet, 0, 0, text, book.format())
        write_own_cell(book, sheet, 1, 0, OwnCell(text))
        write_own_cell(book, sheet, 2, 0, OwnCell(text, link="https://exempel.se/"))
    page = openpyxl.load_workbook(io.BytesIO(result()))["Blad"]
    assert [page.cell(at, 1).value for at in (1, 2, 3)] == [text] * 3
    (read,) = read_workbook_bytes(result()).sheets
    assert [row[0] for row in read.rows] == [text] * 3


def test_a_very_long_one_does_not_damage_the_workbook() -> None:
    with writing.new_book(title="Prov") as (book, result):
        writing.write(book.sheet("Blad"), 0, 0, LONG, book.format())
    page = openpyxl.load_workbook(io.BytesIO(result()))["Blad"]
    assert str(page["A1"].value).strip() == LONG
