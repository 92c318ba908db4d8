"""What is the same message to a person: what it tells, not the period and reference that it is filed by."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.delivery import standing
from excel_uppsikt.mail.ledger import State, open_ledger, read_ledger
from excel_uppsikt.mail.message import Attachment, Letter, MailKind, Message
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.model import Department, Plan
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS, MAIL_REMINDERS
from excel_uppsikt.plan.texts import STANDING
from excel_uppsikt.rounds.mail_facts import nothing_came
from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import plan_with_people, reached, round_with_forms
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import Mailbox
from tests.small_rounds import CARE, make_plan, make_round

WHEN = datetime(2024, 5, 2, 8, 30, tzinfo=UTC)
FORM = Attachment("Hemtjänst.xlsx", b"x", "Hemtjänst")


def reminder(plan: Plan, department: str = CARE, owner: str = "Hemtjänst") -> Message:
    """A reminder of a unit's form as it is worded by a plan."""
    return worded(
        plan,
        Letter(
            MailKind.REMINDERS, "Örjan", "o@exempel.se", (owner,), (FORM,),
            (Department(department, "utskottet"),), {STANDING: nothing_came(plan)},
        ),
    )  # fmt: skip


def text_of_reminders(
    heading: str | None = None, text: str | None = None
) -> list[tuple[str, str, str]]:
    """The plan's texts with another heading or text of reminders."""
    return [
        (name, heading or own_heading, text or own) if name == MAIL_REMINDERS else (name, own_heading, own)
        for name, own_heading, own in DEFAULT_TEXTS
    ]  # fmt: skip


def known(path: Path, sent: Message, asked: Message) -> bool:
    """Whether a message counts as sent once another has been."""
    with open_ledger(path / "utskick.sqlite") as ledger:
        ledger.end(ledger.begin(sent, "smtp", "<a@b.se>", WHEN), State.SENT, "", WHEN)
        return standing(ledger.rows(), asked).sent


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(reminder(make_plan(reference="KS 24/1")), id="a reference"),
        pytest.param(reminder(make_plan(period="tertial 1")), id="another name of the period"),
        pytest.param(reminder(make_plan(), "Vård och omsorg"), id="another name of the department"),
    ],
)
def test_what_a_mail_is_filed_by_makes_it_no_other(tmp_path: Path, now: Message) -> None:
    """Its subject is another, and its text where that names the period."""
    before = reminder(make_plan())
    assert now.subject != before.subject
    assert known(tmp_path, before, now)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(reminder(make_plan(deadline=date(2024, 5, 17))), id="another day"),
        pytest.param(
            reminder(make_plan(texts=text_of_reminders("Sista påminnelsen, {period}"))),
            id="the coordinator's own words in the subject",
        ),
        pytest.param(
            reminder(make_plan(texts=text_of_reminders(text="{läget}\nRing om något är oklart."))),
            id="in the text",
        ),
        pytest.param(reminder(make_plan(), owner="Bemanning"), id="another unit"),
        pytest.param(
            replace(reminder(make_plan()), attachments=(replace(FORM, data=b"y"),)), id="another form"
        ),
        pytest.param(reminder(make_plan(year=2025)), id="another year"),
        pytest.param(
            reminder(make_plan(period="T2", cutoff=date(2024, 8, 31))), id="another round"
        ),
    ],
)  # fmt: skip
def test_a_new_reminder_is_another(tmp_path: Path, now: Message) -> None:
    assert not known(tmp_path, reminder(make_plan()), now)


def test_a_ledger_from_before_knows_what_it_knew(tmp_path: Path) -> None:
    """The very same is not sent again, and what is filed otherwise cannot be known to be the same."""
    path, before = tmp_path / "utskick.sqlite", reminder(make_plan())
    assert known(tmp_path, before, before)
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE message DROP COLUMN identity")
    connection.commit()
    connection.close()
    assert [row.identity for row in read_ledger(path)] == [""]
    with open_ledger(path) as ledger:
        rows = ledger.rows()
    assert standing(rows, before).sent
    assert not standing(rows, reminder(make_plan(reference="KS 24/1"))).sent


# --- From the command line ------------------------------------------------------------------------


def test_a_new_reference_and_period_send_nothing_again_and_a_new_day_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    send = ("mail", folder, "reminders", *SMTP, "--yes", "--today", "2024-05-02")
    with reached(box, monkeypatch, tmp_path):
        uppsikt(*send)
        make_round(folder, plan_with_people(reference="KS 2024/17", period="tertial 1"), {})
        done = uppsikt(*send)
        assert (done.returncode, to(box)) == (0, TO_ALL)
        assert "(dnr KS 2024/17)" in done.stdout
        assert (
            "redan skickat 2024-05-02 med ämnet ”Påminnelse: formulär för T1 2024, Hemtjänst, "
            f"{CARE}”, skickas inte igen"
        ) in done.stdout
        make_round(folder, plan_with_people(deadline=date(2024, 5, 17)), {})
        assert uppsikt(*send).returncode == 0
    assert (to(box), len(states(folder))) == ([*TO_ALL, *TO_ALL], 12)


def test_a_draft_is_written_anew_with_its_new_subject(tmp_path: Path) -> None:
    """It has not gone out; once it has, its draft goes, whichever subject that has."""
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates")
    make_round(folder, plan_with_people(reference="KS 2024/17"), {})
    uppsikt("mail", folder, "templates")
    drafts = sorted((folder / "ut/utskick").iterdir())
    assert [b"KS 2024/17" in path.read_bytes() for path in drafts] == [True] * 6


def test_a_draft_from_before_goes_once_the_same_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though only some are sent, and the draft has another subject."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    uppsikt("mail", folder, "templates")
    make_round(folder, plan_with_people(reference="KS 2024/17"), {})
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SMTP, "--yes", "--only", "Hemtjänst")
    names = [path.name for path in (folder / "ut/utskick").iterdir()]
    assert (len(names), "Formulär Hemtjänst Örjan Ek.eml" in names) == (5, False)
