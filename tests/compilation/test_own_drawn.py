"""Charts and pictures put on the program's own sheets: none follows, and each sheet with one is told."""

from pathlib import Path

from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.compilation.definition import VISIBLE
from excel_uppsikt.excel.drawings import drawings
from tests.compilation.edited_rounds import FIRST, SHEET, bytes_of, run, saved_by_hand, start
from tests.compilation.own_rounds import add_column, told


def draw(book: Workbook, *names: str) -> None:
    """A chart of the overview's first figures on each of these sheets."""
    for name in names:
        chart = BarChart()
        chart.add_data(Reference(book["Översikt"], min_col=2, min_row=4, max_row=9))
        chart.anchor = "T30"
        page = book[name]
        assert isinstance(page, Worksheet)
        page.add_chart(chart)


def test_each_of_the_programs_sheets_with_a_chart_is_told_and_kept_in_what_was_saved(
    tmp_path: Path,
) -> None:
    """The overview too, beside the charts that it has; once, for then they are gone."""
    start(tmp_path)
    saved_by_hand(tmp_path, lambda book: draw(book, *VISIBLE))
    edited = bytes_of(tmp_path)
    checked = run(tmp_path)
    assert sorted(told(checked), key=str) == [
        (name, None, None, "OWN_SHEET") for name in sorted(VISIBLE)
    ]
    words = {f.words for f in checked.findings if f.code == "F207"}
    assert words == {
        "Bladet följer med när sammanställningen görs om, men inte diagram och bilder. "
        "Din version läggs då i mappen ut/tidigare; kopiera därifrån det som behövs."
    }
    assert (tmp_path / "ut/tidigare/sammanstallning (1).xlsx").read_bytes() == edited
    assert drawings(bytes_of(tmp_path)) == {"Översikt": 2}
    assert told(run(tmp_path)) == []


def test_a_chart_beside_a_column_of_ones_own_is_told_once(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        add_column(book[SHEET], 17, "Ansvarig", {FIRST: "Eva"})
        draw(book, SHEET)

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(SHEET, None, None, "OWN_SHEET")]


def test_what_the_program_draws_is_not_the_coordinators(tmp_path: Path) -> None:
    """Also as another program has saved it."""
    start(tmp_path)
    assert drawings(bytes_of(tmp_path)) == {"Översikt": 2}
    saved_by_hand(tmp_path, lambda _: None)
    assert drawings(bytes_of(tmp_path)) == {"Översikt": 2}
    assert told(run(tmp_path)) == []
