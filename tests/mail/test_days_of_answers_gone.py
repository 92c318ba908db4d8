"""Forms and reminders that ask for answers by a day that has passed: told, with the setting that gives it."""

from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds.mail_words import day_gone, nobody
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.words import ask_for_another
from tests.mail.mailed_rounds import plan_with_people, round_with_forms
from tests.small_rounds import YOUTH, make_round, own_form, row

ANSWERS, CORRECTIONS = date(2024, 5, 10), date(2024, 5, 24)


def gone(day: date, setting: str) -> str:
    return (
        f"Mejlen ber om svar senast {day}, och den dagen har passerat. Skriv en ny vid {setting} på planens "
        "blad Omgång innan de går ut."
    )


OF_ANSWERS, OF_CORRECTIONS = (
    gone(ANSWERS, "Sista svarsdag"),
    gone(CORRECTIONS, "Sista dag för rättningar"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round where one unit has an error left, and the others have handed in nothing."""
    plan = plan_with_people(minimum=1, corrections_due=CORRECTIONS)
    folder = round_with_forms(tmp_path_factory.mktemp("omgång"), plan)
    wrong = {2: [row("Friskvård", start=None)]}
    return make_round(folder, plan, {"a.xlsx": own_form(plan, "Hemtjänst", wrong)})


@pytest.mark.parametrize(
    ("kind", "only", "today", "told"),
    [
        (MailKind.TEMPLATES, None, ANSWERS, ""),
        (MailKind.TEMPLATES, None, date(2024, 5, 11), OF_ANSWERS),
        (MailKind.TEMPLATES, None, date(2024, 6, 30), OF_ANSWERS),
        (MailKind.REMINDERS, None, ANSWERS, ""),
        (MailKind.REMINDERS, None, CORRECTIONS, OF_ANSWERS),
        (MailKind.REMINDERS, None, date(2024, 5, 25), f"{OF_ANSWERS} {OF_CORRECTIONS}"),
        (MailKind.REMINDERS, "Hemtjänst", date(2024, 5, 25), OF_CORRECTIONS),
        (MailKind.REMINDERS, "Bemanning", date(2024, 5, 25), OF_ANSWERS),
    ],
)
def test_the_day_that_these_mails_give_is_told_when_it_has_passed(
    folder: Path, kind: MailKind, only: str | None, today: date, told: str
) -> None:
    assert day_gone(mailing_of(folder, kind, only=only), today) == told


@pytest.mark.parametrize(
    ("corrections", "settings"),
    [(None, "Sista svarsdag"), (ANSWERS, "Sista svarsdag och Sista dag för rättningar")],
)
def test_the_same_day_is_told_once(tmp_path: Path, corrections: date | None, settings: str) -> None:
    """Where the plan has no last day of corrections it is the day of the answers that has to be written."""
    plan: Plan = plan_with_people(minimum=1, corrections_due=corrections)
    folder = round_with_forms(tmp_path, plan)
    wrong = {2: [row("Friskvård", start=None)]}
    make_round(folder, plan, {"a.xlsx": own_form(plan, "Hemtjänst", wrong)})
    mailing = mailing_of(folder, MailKind.REMINDERS)
    assert day_gone(mailing, date(2024, 6, 30)) == gone(ANSWERS, settings)


def test_whose_files_cannot_be_read_are_asked_for_others(tmp_path: Path) -> None:
    """Nobody else is to be reminded; they are."""
    plan = plan_with_people(minimum=0, goals=(YOUTH,))
    inbox = {f"{unit.name}.xlsx": own_form(plan, unit.name, {2: [row()]}) for unit in plan.units}
    inbox |= {"Hemtjänst.xlsx": b"trasig", "Bemanning.xlsx": b"trasig"}
    mailing = mailing_of(make_round(tmp_path, plan, inbox), MailKind.REMINDERS)
    assert ask_for_another(mailing.unread) == (
        "Be Hemtjänst och Bemanning om nya filer: de som kom kan inte läsas."
    )
    assert ask_for_another(mailing.unread[:1]) == (
        "Be Hemtjänst om en ny fil: den som kom kan inte läsas."
    )
    assert nobody(mailing, chosen_by="--only") == (
        "Något har kommit från alla enheter. Ingen annan behöver påminnas."
    )
