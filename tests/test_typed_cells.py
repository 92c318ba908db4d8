"""Cells typed by the tests stand as typed, and all else of the workbook as it was."""

import io

import openpyxl
import pytest

from excel_uppsikt.form.definition import sheet_name
from tests.compilation.edited_rounds import PLAN, home_form
from tests.typed_cells import TypedBook, can_be_typed


def cells(data: bytes) -> dict[tuple[str, str], tuple[object, str, str]]:
    """Every cell that has a value or a look: value, kind and number format."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.data_type, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    }


@pytest.mark.parametrize(
    ("value", "kind"),
    [("  <Ny> & gammal\nrad ", "s"), (7, "n"), (2.5, "n"), (True, "b"), (None, "n")],
)
def test_a_value_stands_as_typed_and_all_else_as_it_was(value: object, kind: str) -> None:
    before = home_form()
    name = sheet_name(PLAN.goals[1])
    typed = TypedBook(before)
    # One cell that is there, one far below and to the right.
    typed.type(name, 5, 1, value)
    typed.type(name, 900, 30, value)
    after = cells(typed.saved())
    assert after.pop((name, "A5"))[:2] == (value, kind)
    assert after.pop((name, "AD900"), (None, "n", ""))[:2] == (value, kind)
    left = cells(before)
    left.pop((name, "A5"))
    assert after == left


def test_what_excel_would_take_for_something_else_is_not_typed() -> None:
    assert not can_be_typed("=A1")
    assert not can_be_typed("text", "#N/A")
