"""A formula in one of the program's own cells becomes its value: told, and kept in the version before."""

import shutil
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import line, saved_by_hand
from tests.compilation.own_rounds import told
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.rounds.completed_rounds import beslut, merge, start
from tests.small_rounds import CARE

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
