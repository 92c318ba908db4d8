"""A receipt tells of all that was handed in, also where the report has it as another's."""

from pathlib import Path

import pytest

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Department, Unit
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.mailings import mailing_of
from tests.compilation.edited_rounds import put
from tests.small_rounds import CARE, SICKNESS, make_plan, make_round, own_form, row, shared_form

pytestmark = pytest.mark.usefixtures("unmeasured")

PLAN = make_plan(
    units=(
        Unit("Hemtjänst", CARE, "Örjan", "orjan@exempel.se"),
        Unit("Bemanning", CARE, "Åsa", "asa@exempel.se"),
    ),
    departments=(Department(CARE, "utskottet", responsible="Chefen", email="chef@exempel.se"),),
    minimum=0,
)
IN_REPORT = "Så här blir det i rapporten, som det ser ut nu:"


def told(folder: Path, email: str) -> list[str]:
    """How what somebody handed in stands in the report, by the receipt."""
    messages = mailing_of(folder, MailKind.RECEIPTS).messages
    (message,) = [one for one in messages if one.email == email]
    lines = [line for line in message.text.splitlines() if line]
    return lines[lines.index(IN_REPORT) + 1 : -3]


def as_in_report(title: str, unit: str) -> list[str]:
    return [
        f"Mål: {SICKNESS.text}",
        title,
        f"- {unit}",
        "Startdatum 2024-01-15, Slutdatum 2024-09-30",
        "Ger bättre kvalitet.",
        "► Pågående enligt plan",
        "Arbetet pågår.",
    ]


def test_a_common_form_is_told_of_its_rows_that_name_units(tmp_path: Path) -> None:
    rows = {SICKNESS.number: [row("Friskvård", units="Hemtjänst"), row("Kör", units="Bemanning")]}
    make_round(tmp_path, PLAN, {"svar.xlsx": shared_form(PLAN, rows)})
    list(steps.run(tmp_path))
    put(tmp_path, "Kör", {"Ta med": "nej"})
    assert told(tmp_path, "chef@exempel.se") == [
        *as_in_report("Friskvård", "Hemtjänst"),
        "Tas inte med i rapporten: ”Kör”.",
    ]


def test_a_unit_is_told_of_its_row_that_the_coordinator_gave_another(tmp_path: Path) -> None:
    rows = {SICKNESS.number: [row("Friskvård")]}
    make_round(tmp_path, PLAN, {"svar.xlsx": own_form(PLAN, "Hemtjänst", rows)})
    list(steps.run(tmp_path))
    put(tmp_path, "Friskvård", {"Enheter": "Bemanning"})
    assert told(tmp_path, "orjan@exempel.se") == as_in_report("Friskvård", "Bemanning")
