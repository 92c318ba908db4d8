"""What was written in a completion form without being asked for is no answer to a later question."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import hand_in, line, put
from tests.rounds.completed_rounds import filled, form, merge, write
from tests.rounds.sent_back_rounds import YOUTH_SHEET, sent_back

OTHERS = "Boende om en annan enhets aktivitet."


def about_another(book: Workbook) -> None:
    """Boende, who was asked a question and about no row, writes of Hemtjänst's activity."""
    write(book[YOUTH_SHEET], 5, {"Aktivitet": "Simhallen", "Kommentar": OTHERS})


def test_a_row_that_was_not_asked_about_then_answers_nothing_later(tmp_path: Path) -> None:
    """It is told as long as the form lies there, and the row is its own unit's to complete."""
    sent_back(tmp_path)
    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Boende.xlsx"), about_another))
    first = merge(tmp_path)
    put(tmp_path, "Simhallen", {"Komplettera": "Hur går det?"})
    second = merge(tmp_path)
    for checked in (first, second):
        told = [f for f in checked.findings if f.code == "M610"]
        assert [(f.file, f.value) for f in told] == [("inkorg/svar.xlsx", "Simhallen")]
        assert OTHERS in told[0].message
    assert line(tmp_path, "Simhallen")["Kommentar"] == "Arbetet pågår."
