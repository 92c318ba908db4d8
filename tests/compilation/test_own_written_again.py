"""Values of the coordinator's own on a row that comes back, when she has written there herself meanwhile."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    SHEET,
    add,
    columns,
    hand_in,
    home_form,
    line,
    row_of,
    run,
    saved_by_hand,
    start,
)
from tests.compilation.own_rounds import add_column, own_values, told
from tests.small_rounds import YOUTH, row

LAST = 17


def test_what_she_has_written_since_is_not_written_over(tmp_path: Path) -> None:
    """On the row put back under its own Id; where nothing has been written, the old comes back."""
    start(tmp_path)
    made = line(tmp_path, SECOND)["Id"]

    def change(book: Workbook) -> None:
        add_column(book[SHEET], LAST, "Ansvarig", {SECOND: "Bo"})
        add_column(book[SHEET], LAST + 1, "Rum", {SECOND: 12})

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST)))
    run(tmp_path)
    add(tmp_path, {"Id": made, "Mål": YOUTH.text, "Aktivitet": SECOND})

    def write(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.cell(row_of(sheet, SECOND), columns(sheet)["Ansvarig"]).value = "Eva"

    saved_by_hand(tmp_path, write)
    for _ in range(2):
        assert [one for one in told(run(tmp_path)) if one[3].startswith("OWN")] == []
        assert own_values(tmp_path, "Ansvarig") == {SECOND: "Eva"}
        assert own_values(tmp_path, "Rum") == {SECOND: 12}
