"""Own values are written in the order of their rows: a merge of what has not changed changes nothing."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import (
    FIRST,
    HEADER_ROW,
    SECOND,
    SHEET,
    bytes_of,
    columns,
    put,
    row_of,
    run,
    saved_by_hand,
    start,
    titles,
)


def test_rows_that_have_changed_places_are_written_as_in_the_next_merge(tmp_path: Path) -> None:
    start(tmp_path)

    def own(book: Workbook) -> None:
        sheet = book[SHEET]
        at = len(columns(sheet)) + 1
        sheet.cell(HEADER_ROW, at).value = "Ansvarig"
        for title in (FIRST, SECOND):
            sheet.cell(row_of(sheet, title), at).value = f"Vem tar {title}?"

    saved_by_hand(tmp_path, own)
    run(tmp_path)
    before = titles(tmp_path)
    put(tmp_path, SECOND, {"Ordning": 1})
    put(tmp_path, FIRST, {"Ordning": 2})
    run(tmp_path)
    assert titles(tmp_path).index(SECOND) < titles(tmp_path).index(FIRST)
    assert before.index(SECOND) > before.index(FIRST)
    written = bytes_of(tmp_path)
    run(tmp_path)
    assert bytes_of(tmp_path) == written
