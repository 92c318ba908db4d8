"""Departments whose names file systems cannot tell apart have reports and letters of their own."""

from pathlib import Path

import pytest

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Department, Recipient, Unit
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.outbox import mail
from tests.rounds.completed_rounds import DAY, paragraphs
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

pytestmark = pytest.mark.usefixtures("unmeasured")

LONG = "Verksamheten för " + "vård och omsorg och stöd och hjälp och " * 3
NAMES = ("Kultur/fritid", "Kultur: fritid", "KULTUR FRITID", f"{LONG}ett", f"{LONG}två")
FILES = (
    "Kultur fritid 2024 T1",
    "Kultur fritid 2024 T1 (2)",
    "KULTUR FRITID 2024 T1 (3)",
    "Verksamheten för vård och omsorg och stöd och hjälp och vård och",
    "Verksamheten för vård och omsorg och stöd och hjälp och vård och (2)",
)


def names(folder: Path, kind: str) -> set[str]:
    return {path.name for path in (folder / kind).iterdir()}


def test_no_report_or_letter_takes_the_place_of_anothers(tmp_path: Path) -> None:
    departments = [Department(name, "utskottet", DAY, "Chefen", "c@exempel.se") for name in NAMES]
    units = [Unit(f"Enhet {at}", name) for at, name in enumerate(NAMES)]
    recipients = [Recipient(name, "Ordföranden", "o@exempel.se") for name in NAMES]
    plan = make_plan(departments=departments, units=units, recipients=recipients, minimum=0)
    inbox = {
        f"{unit.name}.xlsx": own_form(plan, unit.name, {YOUTH.number: [row(f"Insats {at}")]})
        for at, unit in enumerate(units)
    }
    list(steps.run(make_round(tmp_path, plan, inbox), today=DAY))
    reports = [f"Uppsiktsrapport {file}.docx" for file in FILES]
    assert names(tmp_path, "ut/rapporter") == set(reports)
    assert len(names(tmp_path, "ut/tjansteskrivelser")) == len(NAMES)
    for at, (name, file) in enumerate(zip(NAMES, reports, strict=True)):
        told = paragraphs(tmp_path / "ut/rapporter" / file)
        assert f"{name}, 2024 T1" in told
        assert f"Insats {at}" in told
    mail(tmp_path, MailKind.REPORTS, unfinished=True, today=DAY)
    versions = (tmp_path / "ut/versioner").iterdir()
    assert {file for path in versions for file in names(path, ".")} >= set(reports)
