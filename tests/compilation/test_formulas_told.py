"""A formula in one of the program's own cells becomes its value: told, and kept in the version before."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import line, saved_by_hand
from tests.compilation.own_rounds import told
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.rounds.completed_rounds import PLAN, beslut, merge, start
from tests.small_rounds import CARE, own_form, row

FORMULAS = {"D4": '="§ "&44+1', "E4": '=A4&" räcker inte."', "G4": "=1+1"}


def with_formulas(book: Workbook) -> None:
    sheet = book["Beslut"]
    sheet["A4"], sheet["B4"] = CARE, "återremiss"
    sheet["G3"] = "Egen"
    for place, formula in FORMULAS.items():
        sheet[place] = formula
    main = book["Aktiviteter"]
    main["M4"], main["M5"] = '=C4&" för vem?"', '=C5&" för vem?"'
    main["Q3"], main["Q4"] = "Egen", "=LEN(C4)"


@needs_libreoffice
def test_a_formula_on_beslut_or_at_komplettera_is_told_and_its_value_stays(tmp_path: Path) -> None:
    """Each column is told once; those of own columns are kept as they are and not told."""
    start(tmp_path)
    saved_by_hand(tmp_path, with_formulas)
    computed = converted(tmp_path / "ut", ["sammanstallning.xlsx"], COMPUTED)
    shutil.copy(computed / "sammanstallning.xlsx", tmp_path / COMPILATION_FILE)
    assert [one for one in told(merge(tmp_path)) if one[3] == "FORMULA"] == [
        ("Aktiviteter", "M4", '=C4&" för vem?"', "FORMULA"),
        ("Beslut", "D4", '="§ "&44+1', "FORMULA"),
        ("Beslut", "E4", '=A4&" räcker inte."', "FORMULA"),
        ("Beslut", "G4", "=1+1", "FORMULA"),
    ]
    (row,) = beslut(tmp_path)
    assert row[3:] == ["§ 45", "Social verksamhet räcker inte.", None, 2]
    assert line(tmp_path, "Lovaktiviteter")["Komplettera"] == "Lovaktiviteter för vem?"
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)["Aktiviteter"]
    assert sheet["Q4"].value == "=LEN(C4)"
    (before,) = (tmp_path / "ut/tidigare").iterdir()
    assert openpyxl.load_workbook(before)["Beslut"]["D4"].value == '="§ "&44+1'
    assert [one for one in told(merge(tmp_path)) if one[3] == "FORMULA"] == []


def use_cell(book: Workbook, file: str) -> Cell:
    """The cell of Använd on the row of a file in Inlämningar."""
    sheet = book["Inlämningar"]
    (row,) = (at for at in range(4, sheet.max_row + 1) if sheet.cell(at, 1).value == file)
    (column,) = (cell.column for cell in sheet[3] if cell.value == "Använd")
    found = sheet.cell(row, column)
    assert isinstance(found, Cell)
    return found


def as_computed(folder: Path) -> None:
    """The compilation saved by LibreOffice, with what its formulas show."""
    computed = converted(folder / "ut", ["sammanstallning.xlsx"], COMPUTED)
    shutil.copy(computed / "sammanstallning.xlsx", folder / COMPILATION_FILE)


STAFFING, FORMULA = "inkorg/Bemanning.xlsx", '=IF(1=1,"nej","ja")'


@needs_libreoffice
def test_a_formula_in_anvand_is_told_where_it_then_stands(tmp_path: Path) -> None:
    """A form that has come meanwhile moves the row down; the choice that the formula showed is followed."""
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: setattr(use_cell(book, STAFFING), "value", FORMULA))
    as_computed(tmp_path)
    (tmp_path / "inkorg/A.xlsx").write_bytes(own_form(PLAN, "Boende", {2: [row("Bo")]}))
    checked = merge(tmp_path)
    book = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)
    cell = use_cell(book, STAFFING)
    assert (cell.coordinate, cell.value) == ("G5", "nej")
    assert [one for one in told(checked) if "FORMULA" in one[3]] == [
        ("Inlämningar", cell.coordinate, FORMULA, "USE_FORMULA")
    ]
    (told_once,) = (f.message for f in checked.findings if f.variant is F207.USE_FORMULA)
    assert told_once == (
        f"Blad ”Inlämningar”, cell G5: Formeln ”{FORMULA}” i Använd för {STAFFING} följer inte med när "
        "sammanställningen görs om, bara det som den visade. Din version läggs i mappen ut/tidigare. Skriv "
        "ja eller nej i cellen."
    )
    assert [one for one in told(merge(tmp_path)) if "FORMULA" in one[3]] == []


@needs_libreoffice
@pytest.mark.parametrize("chosen", ["nej", None])
def test_a_formula_in_anvand_that_shows_an_error_is_no_empty_cell(
    tmp_path: Path, chosen: str | None
) -> None:
    """Nobody has asked the program to choose: what was chosen before stays, and the formula is told."""
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: setattr(use_cell(book, STAFFING), "value", chosen or "ja"))
    merge(tmp_path)
    saved_by_hand(tmp_path, lambda book: setattr(use_cell(book, STAFFING), "value", "=nej()"))
    as_computed(tmp_path)
    checked = merge(tmp_path)
    used = {one.file: one.used for one in checked.collection.submissions}
    assert used == {STAFFING: chosen is None, "inkorg/Hemtjänst.xlsx": True}
    assert [(f.cell, f.value) for f in checked.findings if f.code == "M606"] == [("G4", "=nej()")]


@needs_libreoffice
def test_what_a_formula_showed_goes_on_also_where_it_cannot_be_read(tmp_path: Path) -> None:
    """A date stays a date; what is no date is told by itself, and stands in Anteckning."""
    start(tmp_path)

    def write(book: Workbook) -> None:
        main = book["Aktiviteter"]
        main["E4"], main["F4"] = "=DATE(2024,2,1)", '="snart"'

    saved_by_hand(tmp_path, write)
    as_computed(tmp_path)
    checked = merge(tmp_path)
    in_cells = [(f.code, f.cell, f.value) for f in checked.findings if f.sheet == "Aktiviteter"]
    assert in_cells == [
        ("F207", "E4", "=DATE(2024,2,1)"),
        ("F207", "F4", '="snart"'),
        ("R302", "F4", "snart"),
    ]
    cells = line(tmp_path, "Lovaktiviteter")
    assert cells["Startdatum"] == datetime(2024, 2, 1)  # noqa: DTZ001  as openpyxl gives a date
    assert "I Slutdatum stod ”snart”" in str(cells["Anteckning"])
