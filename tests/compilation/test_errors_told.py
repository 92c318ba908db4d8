"""A cell in error is told by the error where no formula stands in it, and else by its formula."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.decisions import with_formulas
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import FIRST, columns, row_of, run, saved_by_hand, start
from tests.compilation.test_decision_columns import sheet
from tests.small_rounds import CARE


def test_in_beslut_and_at_komplettera(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        for column, value in enumerate((CARE, "godkänd", "2024-06-04", "#REF!", "=NAMN()"), 1):
            book["Beslut"].cell(4, column).value = value
        main = book["Aktiviteter"]
        at = columns(main)["Komplettera"]
        main.cell(row_of(main, FIRST), at).value = "#N/A"

    saved_by_hand(tmp_path, change)
    told = [(f.sheet, f.cell, f.value) for f in run(tmp_path).findings if f.code == "M609"]
    assert sorted(told, key=str) == [
        ("Aktiviteter", "M4", "#N/A"), ("Beslut", "D4", "#REF!"), ("Beslut", "E4", "=NAMN()"),
    ]  # fmt: skip


def test_of_a_file_that_cannot_be_looked_into_the_errors_stand(tmp_path: Path) -> None:
    """And of a sheet with none nothing is looked for."""
    path = tmp_path / "s.xlsx"
    path.write_bytes(b"PK\x03\x04")
    wrong = sheet(("x",), problems={(1, 1): "#REF!"})
    assert with_formulas(path, wrong) is wrong
    plain = sheet(("x",))
    assert with_formulas(tmp_path / "finns inte.xlsx", plain) is plain
    nothing: Sheet | None = None
    assert with_formulas(path, nothing) is None


def test_an_error_on_a_sheet_that_the_file_has_not_is_told_as_it_is(tmp_path: Path) -> None:
    start(tmp_path)
    found = with_formulas(tmp_path / COMPILATION_FILE, sheet(("x",), problems={(9, 9): ""}))
    assert dict(found.problems) == {(9, 9): "="}
