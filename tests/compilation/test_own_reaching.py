"""Own formulas and links that lead out of the workbook, or to a name, are not copied, and that is told."""

from pathlib import Path

import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.excel.formulas import can_be_copied
from tests.compilation.edited_rounds import FIRST, SECOND, SHEET, run, saved_by_hand, start
from tests.compilation.own_rounds import add_column, opened, told

LAST = 15
SHEETS = {"blad å", "täckning", "mål's", "aktiviteter", "a.b"}


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM($A$1:B$2,A:A,$A:B,1:3,XFD1048576)-A1%",
        "=Aktiviteter!C5&Täckning!B4&'Blad å'!A1&'Mål''s'!A:A&a.b!A1",
        "=IF(TRUE,FALSE,1E5+1.5E+3)",
        '="Ränta "&A1&"x""y"',
        "=_xlfn.LET(_xlpm.x,1,_xlpm.x+1)",
        "=_xlfn._xlws.FILTER(A1:B2,C1:C2)",
        "=IF(#REF!>1,#N/A,#DIV/0!)",
        "=SUM (A1) + LOG10(A1:INDEX(B:B,3)) + T(@A1)",
        '={1,2;"a","b"}',
        '=HYPERLINK("https://exempel.se/"&A1,"ärendet")',
        '=HYPERLINK("#Täckning!A1")',
    ],
)
def test_a_formula_of_cells_and_functions_is_copied(formula: str) -> None:
    assert can_be_copied(formula, SHEETS)


@pytest.mark.parametrize(
    "formula",
    [
        "=Ränta",
        "=A1*ränta",
        "=SUM(Lista)",
        "=R",
        "=ABCD1",
        "=Aktiviteter!Namn",
        "='Blad å'!Namn",
        '=HYPERLINK("file:///C:/x.exe","klick")',
        '=hyperlink("C:\\x.exe")',
        "=HYPERLINK(A1)",
    ],
)
def test_a_formula_with_a_name_or_a_link_to_anything_is_not(formula: str) -> None:
    """The names are not copied, so that it would say #NAMN? in Excel; a file can be a program."""
    assert not can_be_copied(formula, SHEETS)


def test_a_formula_with_a_name_becomes_what_it_last_showed(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        book.defined_names["Takt"] = DefinedName("Takt", attr_text="Aktiviteter!$B$2")
        add_column(book[SHEET], LAST, "Räknat", {FIRST: "=Takt+1", SECOND: "=LEN(C5)"})

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(SHEET, "O4", "=Takt+1", "OWN_FORMULA")]
    cells = [opened(tmp_path).cell(at, LAST) for at in (4, 5)]
    assert [(c.value, c.data_type) for c in cells] == [("=Takt+1", "s"), ("=LEN(C5)", "f")]


def test_links_to_files_are_told(tmp_path: Path) -> None:
    """The words stay; a link to a page stays with them."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        add_column(book[SHEET], LAST, "Underlag", {FIRST: "mall", SECOND: "sidan"})
        book[SHEET]["O4"].hyperlink = "file:///C:/mallar/x.exe"
        book[SHEET]["O5"].hyperlink = "https://exempel.se/"

    saved_by_hand(tmp_path, change)
    checked = run(tmp_path)
    assert told(checked) == [(SHEET, None, None, "OWN_SHEET")]
    (finding,) = (f for f in checked.findings if f.code == "F207")
    assert "inte länkar till filer och program" in finding.message
    cells = [opened(tmp_path).cell(at, LAST) for at in (4, 5)]
    assert [(c.value, c.hyperlink and c.hyperlink.target) for c in cells] == [
        ("mall", None),
        ("sidan", "https://exempel.se/"),
    ]
    assert told(run(tmp_path)) == []
