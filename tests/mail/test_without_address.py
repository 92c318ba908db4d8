"""Somebody who should have had mail and has no address: told with where to write it, and the status is 1."""

from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.model import Department, Plan, Recipient, Unit
from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import DEPARTMENTS, UNITS, plan_with_people, reached
from tests.mail.sent_mails import SMTP, to
from tests.mail.servers import Mailbox
from tests.small_rounds import CARE, HOMES, make_round, own_form, per_goal_form, row
from tests.web.running import Browser, site_of
from tests.web.test_mail import looked, words

pytestmark = pytest.mark.usefixtures("unmeasured")

UNIT = UNITS[0].name
PEOPLE = plan_with_people(minimum=1)


def without(unit: Unit) -> Plan:
    """A plan in which a unit's contact has no address."""
    units = tuple(replace(one, email="") if one is unit else one for one in UNITS)
    return plan_with_people(units=units, minimum=1)


def round_of(folder: Path, plan: Plan) -> Path:
    make_round(folder, plan, {})
    uppsikt("templates", folder)
    return folder


def line(whom: str, sheet: str) -> str:
    return (
        f"Inget mejl till {whom}: e-postadressen saknas eller går inte att använda. Skriv den på planens "
        f"blad {sheet}, i kolumnen E-post."
    )


def lines(printed: str) -> list[str]:
    """What was printed of those who get nothing."""
    return [one for one in printed.splitlines() if one.startswith("Inget mejl till ")]


def test_a_unit_without_address_ends_the_command_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As drafts and sent; the others get theirs."""
    folder, box = round_of(tmp_path / "t1", without(UNITS[0])), Mailbox()
    done = uppsikt("mail", folder, "templates")
    assert (done.returncode, lines(done.stdout)) == (1, [line(UNIT, "Enheter")])
    assert len(list((folder / "ut/utskick").iterdir())) == 5
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert (done.returncode, lines(done.stdout)) == (1, [line(UNIT, "Enheter")])
    assert to(box) == ["asa", "bo", "eva", "chef", "rektor"]


def test_each_is_told_where_in_the_plan_the_address_is_to_stand(tmp_path: Path) -> None:
    """Of a unit whose address cannot be used, and of a department's own form."""
    units = (replace(UNITS[0], email="orjan@"), *UNITS[1:])
    departments = (replace(DEPARTMENTS[0], email=""), *DEPARTMENTS[1:])
    plan = plan_with_people(units=units, departments=departments, minimum=1)
    done = uppsikt("mail", round_of(tmp_path / "t1", plan), "templates")
    assert (done.returncode, lines(done.stdout)) == (
        1,
        [
            line(UNIT, "Enheter"),
            line(f"Gemensamt {DEPARTMENTS[0].name}", "Verksamheter"),
        ],
    )


def test_a_recipient_of_the_report_is_told_on_the_sheet_of_recipients(tmp_path: Path) -> None:
    plan = plan_with_people(
        units=UNITS[:1],
        departments=(Department(CARE, email="chef@exempel.se"),),
        recipients=(Recipient(CARE, "Nämnden", "å@exempel.se"),),
        minimum=1,
    )
    folder = make_round(
        tmp_path / "t1", plan, {"a.xlsx": own_form(plan, UNIT, {2: [row("Scheman")]})}
    )
    uppsikt("run", folder)
    done = uppsikt("mail", folder, "reports", "--unfinished")
    assert (done.returncode, lines(done.stdout)) == (
        1,
        [line(f"{CARE} (”å@exempel.se” går inte att använda)", "Mottagare")],
    )


def test_a_department_that_has_no_recipients_is_told_and_the_others_go(tmp_path: Path) -> None:
    """The plan names nobody who should have had it: no mail is missing."""
    folder = make_round(
        tmp_path / "t1", PEOPLE, {"a.xlsx": own_form(PEOPLE, UNIT, {2: [row("Scheman")]})}
    )
    uppsikt("run", folder)
    done = uppsikt("mail", folder, "reports", "--unfinished")
    assert (done.returncode, lines(done.stdout)) == (
        0,
        [
            "Inget mejl till Skola: ingen mottagare står i planen. Skriv namn och e-post på planens blad "
            "Mottagare."
        ],
    )


def test_those_who_were_not_asked_for_are_not_told_of(tmp_path: Path) -> None:
    """By `--only` each by itself: who has an address, and who has none."""
    folder = round_of(tmp_path / "t1", without(UNITS[0]))
    other = uppsikt("mail", folder, "templates", "--only", UNITS[1].name)
    assert (other.returncode, lines(other.stdout)) == (0, [])
    own = uppsikt("mail", folder, "templates", "--only", UNIT)
    assert (own.returncode, lines(own.stdout)) == (1, [line(UNIT, "Enheter")])


def test_a_form_of_a_goal_is_nobodys_and_no_address_is_missing(tmp_path: Path) -> None:
    """Its return is told to be handed on; there is nothing to write in the plan."""
    plan = plan_with_people(goals=(HOMES,), minimum=0)
    inbox = {"mål.xlsx": per_goal_form(plan, HOMES, [row("X", units=UNIT, end="?")])}
    done = uppsikt("mail", make_round(tmp_path / "t1", plan, inbox), "returns")
    (told,) = lines(done.stdout)
    assert told.endswith(": det hör inte till någon särskild. Skicka det själv.")


def test_the_page_tells_it_before_and_after(tmp_path: Path) -> None:
    folder = round_of(tmp_path / "sida/t1", without(UNITS[0]))
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        page, number = looked(browser, f"{browser.round()}/mejl", "templates")
        # The day of the answers has passed, which is told first.
        _, _, first = words(page).partition(
            "Att se efter först Mejlen ber om svar senast 2024-05-10"
        )
        assert line(UNIT, "Enheter") in first
        page = browser.follow(browser.post(number, {"vag": "files"}))
        assert '<section class="notice warn"' in page.text
        assert line(UNIT, "Enheter") in words(page)
