"""Addresses, recipients, files and values that are missing: told, and the other drafts are written."""

from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.model import Department, Unit
from tests.mail.drafted_mails import (
    ARNE,
    HOME,
    OSA,
    REPORT_FILE,
    body,
    forms,
    mail_reports,
    only,
    reports,
)
from tests.small_rounds import CARE, make_plan


def test_whom_there_is_no_address_for_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    mailing = forms(tmp_path, [HOME, Unit("Bemanning", CARE, "Eva")])
    assert mailing.mailing.without_address == ("Bemanning", "Gemensamt Social verksamhet")
    assert [d.to for d, _ in mailing.drafts] == ["orjan@exempel.se"]
    assert mailing.mailing.missing == ()


def test_a_recipient_among_others_without_an_address_is_told_by_name(tmp_path: Path) -> None:
    mailing = reports(tmp_path, OSA, replace(ARNE, email=""))
    assert mailing.mailing.without_address == ("Social verksamhet (Arne Ek)",)
    assert [d.to for d, _ in mailing.drafts] == ["asa@exempel.se"]


def test_a_department_without_recipients_is_told(tmp_path: Path) -> None:
    mailing = reports(tmp_path)
    assert (mailing.drafts, mailing.mailing.without_address) == ((), ("Social verksamhet",))


@pytest.mark.parametrize(
    "email", ["saknas", "asa@", "@exempel.se", "åsa@exempel.se", "a@x..se", "a@exempel", "<a@b.se>"]
)
def test_an_address_that_cannot_be_used_is_told_and_gets_no_draft(
    tmp_path: Path, email: str
) -> None:
    mailing = reports(tmp_path, replace(OSA, email=f"{email}; ratt@exempel.se"))
    assert mailing.mailing.without_address == (
        f"Social verksamhet (”{email}” går inte att använda)",
    )
    assert [d.to for d, _ in mailing.drafts] == ["ratt@exempel.se"]


def test_a_file_that_is_missing_is_told_and_the_others_are_sent(tmp_path: Path) -> None:
    mailing = forms(tmp_path, [HOME], "chef@exempel.se", common=False)
    assert mailing.mailing.missing == ("mallar/Gemensamt Social verksamhet.xlsx",)
    assert [d.to for d, _ in mailing.drafts] == ["orjan@exempel.se"]
    assert mailing.mailing.without_address == ()


def test_a_report_not_yet_made_is_told(tmp_path: Path) -> None:
    mailing = mail_reports(tmp_path, make_plan(recipients=(OSA,)))
    assert (mailing.drafts, mailing.mailing.missing) == ((), (REPORT_FILE,))
    assert not (tmp_path / "ut").exists()


def test_what_the_plan_gives_nothing_for_is_told_and_left_standing(tmp_path: Path) -> None:
    """In subject and text, each once, where it is to go out all the same."""
    texts = (
        ("Mejl rapporter", "{diarienummer}: {verksamhet}", "{rapportdatum} {eget}\n{diarienummer}"),
    )
    departments = (Department(CARE),)
    mailing = reports(tmp_path, OSA, texts=texts, departments=departments)
    ((made, _),) = mailing.drafts
    assert made.unfilled == ("{diarienummer}", "{rapportdatum}", "{eget}")
    message = only(mailing)
    assert message["Subject"] == f"{{diarienummer}}: {CARE}, T1 2024"
    assert body(message).splitlines() == ["{rapportdatum} {eget}", "{diarienummer}"]
