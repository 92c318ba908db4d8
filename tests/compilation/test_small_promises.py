"""Where what is told stands, when cells are empty, headings taken, and sheets without their tables."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.form.definition import sheet_name
from tests.compilation.edited_rounds import FIRST, SECOND, SHEET, put, run, saved_by_hand, start
from tests.compilation.own_rounds import add_column, own_values, told
from tests.small_rounds import YOUTH, check, make_plan, own_form, row

LAST = 17


def test_what_did_not_fit_is_told_where_it_stands_and_not_at_an_empty_cell(tmp_path: Path) -> None:
    plan = make_plan(units=("A", "B", "C"), minimum=0)
    comments = {"A": "a" * 20_000, "B": "b" * 20_000, "C": ""}
    inbox = {
        f"{unit}.xlsx": own_form(plan, unit, {2: [row("Lov", comment=words)]})
        for unit, words in comments.items()
    }
    found = [f for f in check(tmp_path, plan, inbox).findings if f.code == "R309"]
    assert [(f.file, f.sheet, f.cell) for f in found] == [
        ("inkorg/B.xlsx", sheet_name(YOUTH), "G5")
    ]


def test_a_heading_given_to_an_own_column_is_no_other_own_columns(tmp_path: Path) -> None:
    """Each keeps its values, and is known by its heading from then on."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        add_column(book[SHEET], LAST, "KOMMENTAR", {FIRST: "Min."})
        add_column(book[SHEET], LAST + 1, "KOMMENTAR (egen)", {SECOND: "En annan."})

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(SHEET, "Q3", "KOMMENTAR", "OWN_NAME")]
    for _ in range(2):
        assert own_values(tmp_path, "KOMMENTAR (egen 2)") == {FIRST: "Min."}
        assert own_values(tmp_path, "KOMMENTAR (egen)") == {SECOND: "En annan."}
        assert told(run(tmp_path)) == []


def test_a_sheet_that_has_lost_its_headings_stops_nothing(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: book["Inlämningar"].delete_rows(3))
    run(tmp_path)
    assert told(run(tmp_path)) == []


def test_a_row_at_samma_som_is_told_by_its_title(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Samma som": "2-finns"})
    (only,) = [f for f in run(tmp_path).findings if f.code == "M612"]
    assert dict(only.fields)["title"] == FIRST
