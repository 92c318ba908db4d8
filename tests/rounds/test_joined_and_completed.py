"""Rows joined at Samma som, both of them completed: what each has been completed with stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import bytes_of, hand_in, line, put
from tests.rounds.completed_rounds import decide, filled, form, merge, write
from tests.rounds.sent_back_rounds import SENT_BACK, YOUTH_SHEET, sent_back, state

WHOLE, PART = "Lovaktiviteter", "Simhallen"
ANSWER, OF_PART = "Femtio barn deltog.", "Simhallen öppnar i juni."


def comment(title: str, text: str) -> Callable[[Workbook], None]:
    """What somebody writes who is asked about the row of this title."""

    def change(book: Workbook) -> None:
        sheet = book[YOUTH_SHEET]
        (at,) = (n for n in range(5, 12) if sheet.cell(n, 1).value == title)
        write(sheet, at, {"Kommentar": text})

    return change


def test_the_whole_keeps_its_own_answer_once_its_part_has_been_completed_too(
    tmp_path: Path,
) -> None:
    """The second form went out with the text of both in the whole, and comes back with it as it was."""
    sent_back(tmp_path)
    put(tmp_path, PART, {"Samma som": line(tmp_path, WHOLE)["Id"]})
    merge(tmp_path)
    hand_in(tmp_path, "Ett.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), comment(WHOLE, ANSWER)))
    merge(tmp_path)
    assert state(tmp_path)[WHOLE][2] == f"{ANSWER}\nArbetet pågår."
    put(tmp_path, PART, {"Komplettera": "När öppnar den?"})
    put(tmp_path, WHOLE, {"Komplettera": "Och sedan?"})
    decide(tmp_path, {**SENT_BACK, "Datum": date(2024, 6, 11), "Paragraf": "§ 50"})
    merge(tmp_path)
    write_completion_forms(tmp_path)
    second = filled(
        form(tmp_path, "Hemtjänst.xlsx"), comment(PART, OF_PART), moment="2024-06-14T10:00"
    )
    hand_in(tmp_path, "Två.xlsx", second)
    merge(tmp_path)
    written = bytes_of(tmp_path)
    for _ in range(3):
        assert state(tmp_path)[WHOLE][2] == f"{ANSWER}\n{OF_PART}"
        assert state(tmp_path)[PART][2] == OF_PART
        merge(tmp_path)
        assert bytes_of(tmp_path) == written
