"""The mail with a report says to whom and when it goes only while that is so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.plan.default_texts import MAIL_REPORTS
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds.mailings import mailing_of
from tests.rounds.completed_rounds import DAY, PLAN, decide, merge, report, start
from tests.rounds.sent_back_rounds import SENT_BACK
from tests.small_rounds import CARE

HERE = f"Här kommer rapporten för {CARE}, T1 2024."
TO_COMMITTEE = f"{HERE} Den lämnas till utskottet den 4 juni 2024."
LATER = date(2024, 6, 5)


def told(folder: Path, today: date) -> str:
    """The line between greeting and end."""
    (message,) = mailing_of(folder, MailKind.REPORTS, unfinished=True, today=today).messages
    hello, line, *end = message.text.split("\n\n")
    assert (hello, end[0].split("\n")[0]) == ("Hej Ordföranden!", "Vänliga hälsningar")
    return line


@pytest.mark.parametrize(
    ("outcome", "on_the_day"), [("till KS", HERE), ("återremiss", TO_COMMITTEE)]
)
def test_where_and_when_it_goes_is_told_while_that_is_so(
    tmp_path: Path, outcome: str, on_the_day: str
) -> None:
    """Not once the day has passed, and not of one that goes to the board."""
    start(tmp_path)
    assert (told(tmp_path, DAY), told(tmp_path, LATER)) == (TO_COMMITTEE, HERE)
    decide(tmp_path, {**SENT_BACK, "Utfall": outcome})
    merge(tmp_path)
    report(tmp_path)
    assert (told(tmp_path, DAY), told(tmp_path, LATER)) == (on_the_day, HERE)


def test_a_plans_own_words_stay(tmp_path: Path) -> None:
    start(tmp_path)
    own = "Hej {mottagare}!\n\nUtskottet tog upp den {rapportdatum}.\n\nVänliga hälsningar"
    written = tuple(
        replace(text, text=own) if text.section == MAIL_REPORTS else text for text in PLAN.texts
    )
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, texts=written)))
    assert told(tmp_path, LATER) == "Utskottet tog upp den 4 juni 2024."


def test_what_has_gone_out_does_not_go_out_again_once_the_day_has_passed(tmp_path: Path) -> None:
    start(tmp_path)
    first, later = (
        mailing_of(tmp_path, MailKind.REPORTS, unfinished=True, today=day) for day in (DAY, LATER)
    )
    assert [m.identity for m in first.messages] == [m.identity for m in later.messages]
    assert [m.content for m in first.messages] != [m.content for m in later.messages]


def test_a_day_that_the_plan_lacks_is_only_asked_for_where_it_is_told(tmp_path: Path) -> None:
    start(tmp_path)
    (department,) = PLAN.departments
    plan = replace(PLAN, departments=(replace(department, report_date=None),))
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(plan))

    def asked() -> list[str]:
        held = mailing_of(tmp_path, MailKind.REPORTS, today=DAY).held
        return [left.text for one in held for left in one.lying.left if "mejlet" in left.where]

    assert asked() == ["{rapportdatum}"]
    decide(tmp_path, {**SENT_BACK, "Utfall": "till KS"})
    merge(tmp_path)
    report(tmp_path)
    assert asked() == []
