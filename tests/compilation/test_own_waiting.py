"""Own columns of which each waits on a row of its own, and none on the other's."""

from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    SHEET,
    THIRD,
    hand_in,
    home_form,
    row_of,
    run,
    saved_by_hand,
    start,
)
from tests.compilation.own_rounds import add_column, opened, own_values, told
from tests.small_rounds import row


def test_each_column_is_told_by_what_waits_in_it_and_all_comes_back(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        add_column(book[SHEET], 17, "Ansvarig", {FIRST: "Bo", THIRD: "Siv"})
        add_column(book[SHEET], 18, "Möte", {SECOND: "=1+1"})
        add_column(book[SHEET], 19, "Rum", {SECOND: "B2", FIRST: "A1"})

    saved_by_hand(tmp_path, change)
    run(tmp_path)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(THIRD)))
    for _ in range(2):
        checked = run(tmp_path)
        assert told(checked) == [
            (SHEET, "Q3", "Bo", "OWN_AWAY"), (SHEET, "S3", "B2 | A1", "OWN_AWAY"),
        ]  # fmt: skip
        counts = [dict(f.fields)["count"] for f in checked.findings if f.code == "F207"]
        assert counts == ["1 rad", "2 rader"]
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form())
    assert told(run(tmp_path)) == []
    assert own_values(tmp_path, "Ansvarig") == {FIRST: "Bo", THIRD: "Siv"}
    assert own_values(tmp_path, "Möte") == {SECOND: "=1+1"}
    assert own_values(tmp_path, "Rum") == {FIRST: "A1", SECOND: "B2"}


def test_a_note_on_a_row_that_is_gone_is_told_and_one_on_a_row_that_is_there_stays(
    tmp_path: Path,
) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        for title, text in ((FIRST, "Ring Bo."), (THIRD, "Ring Siv.")):
            sheet.cell(row_of(sheet, title), 3).comment = Comment(text, "Jag")

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(THIRD)))
    at = {title: row_of(opened(tmp_path), title) for title in (FIRST, THIRD)}
    found = [one for one in told(run(tmp_path)) if one[3] == "COMPILATION"]
    assert found == [(SHEET, f"C{at[FIRST]}", "Ring Bo.", "COMPILATION")]
    sheet = opened(tmp_path)
    note = sheet.cell(row_of(sheet, THIRD), 3).comment
    assert note is not None
    assert note.text == "Ring Siv."
