"""No mail about what was sent back gives a last day that was before the decision."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, put
from tests.rounds.completed_rounds import DAY, PLAN, decide, filled, form, merge, start, write
from tests.small_rounds import CARE, make_round

SHEET = "2 Kommunens ungdomar ska känna"
ERROR = "Formuläret har kommit, men 1 fel behöver rättas"


@pytest.mark.parametrize(
    ("corrections", "reminded", "returned"),
    [
        (date(2024, 5, 10), f"{ERROR}. Det som ska rättas", "senast {sista dag för rättningar}."),
        (
            date(2024, 6, 20),
            f"{ERROR} (sista dag: 20 juni 2024). Det som ska rättas",
            "senast 20 juni 2024.",
        ),
    ],
)
def test_the_last_day_is_after_the_decision_or_none(
    tmp_path: Path, corrections: date, reminded: str, returned: str
) -> None:
    """The answer to a report that was sent back has an error, which is returned and reminded of."""
    start(tmp_path)
    units = tuple(replace(unit, email="enhet@exempel.se") for unit in PLAN.units[:1])
    settings = replace(PLAN.settings, corrections_due=corrections)
    plan = replace(PLAN, units=(*units, *PLAN.units[1:]), settings=settings)
    make_round(tmp_path, plan, {})
    put(tmp_path, "Lovaktiviteter", {"Komplettera": "Hur många barn deltog?"})
    decide(tmp_path, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    merge(tmp_path)
    write_completion_forms(tmp_path)

    def wrong(book: Workbook) -> None:
        write(book[SHEET], 5, {"Slutdatum": "31 februari"})

    hand_in(tmp_path, "Svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), wrong))
    (reminder,) = mailing_of(tmp_path, MailKind.REMINDERS, only="Hemtjänst").messages
    assert [line for line in reminder.text.splitlines() if line.startswith(reminded)] != []
    (sent_back,) = mailing_of(tmp_path, MailKind.RETURNS).messages
    assert sent_back.attached == ("Komplettering Hemtjänst.xlsx",)
    assert f"Skicka tillbaka filen som svar på mejlet {returned}" in sent_back.text
