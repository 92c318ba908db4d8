"""An own row that was sent out to be completed, and that a unit hands in too meanwhile."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import add, hand_in, line, titles
from tests.rounds.completed_rounds import PLAN, decide, filled, form, merge, rows_of, start, write
from tests.rounds.sent_back_rounds import SENT_BACK, YOUTH_SHEET
from tests.small_rounds import YOUTH, own_form, row, saved

OWN = "Grilla korv"


def answered(book: Workbook) -> None:
    """What was asked of the row is answered in its comment."""
    sheet = book[YOUTH_SHEET]
    (at,) = (n for n in range(5, 12) if sheet.cell(n, 1).value == OWN)
    write(sheet, at, {"Kommentar": "Femtio kom."})


@pytest.mark.parametrize("at_once", [False, True])
def test_the_answer_is_of_the_row_that_the_two_have_become(tmp_path: Path, at_once: bool) -> None:
    """Also where both come at once. It is one row still, and the Id in the form is the program's own."""
    start(tmp_path)
    cells = {"Mål": YOUTH.text, "Aktivitet": OWN, "Enheter": "Hemtjänst"}
    add(tmp_path, {**cells, "Kommentar": "Egen.", "Komplettera": "Hur många?"})
    decide(tmp_path, SENT_BACK)
    merge(tmp_path)
    write_completion_forms(tmp_path)
    assert [cells["Aktivitet"] for cells in rows_of_form(tmp_path)] == [OWN]
    rows = {2: [row("Lovaktiviteter"), row("Simhallen"), row(OWN)], 3: [row("Lokaler")]}
    late = saved(own_form(PLAN, "Hemtjänst", rows), "2024-06-01T10:00")
    hand_in(tmp_path, "Hemtjänst.xlsx", late)
    if not at_once:
        merge(tmp_path)
    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), answered))
    for _ in range(3):
        checked = merge(tmp_path)
        assert titles(tmp_path).count(OWN) == 1
        one = line(tmp_path, OWN)
        assert (one["Kommentar"], one["Komplettera"]) == ("Femtio kom.", "Hur många?")
        assert [f.code for f in checked.findings if f.code in ("F207", "M610", "M611")] == []


def rows_of_form(folder: Path) -> list[dict[str, object]]:
    """The rows of Hemtjänst's form for what was sent back."""
    return rows_of(openpyxl.load_workbook(form(folder, "Hemtjänst.xlsx"))[YOUTH_SHEET])
