"""What nobody asked for, of a row that then leaves the compilation, is told in full at once."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import hand_in, saved_by_hand, table
from tests.rounds.completed_rounds import filled, form, merge, write
from tests.rounds.sent_back_rounds import YOUTH_SHEET, sent_back

OTHERS = "Boende om en annan enhets aktivitet."


def about_another(book: Workbook) -> None:
    """Boende writes of Hemtjänst's activity, with the status that it has there."""
    cells = {"Aktivitet": "Simhallen", "Status": "Pågående enligt plan", "Kommentar": OTHERS}
    write(book[YOUTH_SHEET], 5, cells)


def set_aside(book: Workbook) -> None:
    """Hemtjänst's form is not to be used."""
    for cells in book["Inlämningar"].iter_rows(min_row=4, max_col=7):
        if cells[0].value == "inkorg/Hemtjänst.xlsx":
            cells[-1].value = "nej"


def test_the_merge_that_drops_the_row_tells_what_the_next_one_does(tmp_path: Path) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Boende.xlsx"), about_another))
    merge(tmp_path)
    saved_by_hand(tmp_path, set_aside)
    first = merge(tmp_path)
    assert "Simhallen" not in {cells["Aktivitet"] for cells in table(tmp_path)}
    again = merge(tmp_path)
    assert first.findings == again.findings
    (told,) = (dict(f.fields)["rows"] for f in first.findings if f.code == "M610")
    assert told == (
        f"Aktivitet ”Simhallen”, Status ”Pågående enligt plan” och Kommentar ”{OTHERS}”"
    )
