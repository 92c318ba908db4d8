"""Drafts in Microsoft 365 that say what nobody is to be told now: taken away, and never guessed about."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State, read_ledger
from tests.cli.running import uppsikt
from tests.mail.graph_server import TOKEN, Mailbox, graph
from tests.mail.mailed_rounds import (
    answering,
    plan_with_people,
    reached,
    round_with_forms,
    told_by_status,
)
from tests.mail.sent_mails import SMTP, TO_ALL, states
from tests.mail.servers import Mailbox as Letterbox
from tests.small_rounds import make_round, own_form, row, shared_form

DRAFT = ("--channel", "graph", "--today", "2024-05-02")
RULE = {1: [row("Friskvård")], 2: [row("Läxhjälp"), row("Teater")]}
FORMS = "Formulär för T1 2024"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Mailbox]:
    """The service, told of by the environment."""
    with graph() as service:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", service.url)
        command = f'"{sys.executable}" -c "print(\'{TOKEN}\')"'
        monkeypatch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", command)
        monkeypatch.setattr("time.sleep", lambda _: None)
        yield service


def drafted(folder: Path, kind: str = "templates") -> Path:
    """A round whose mail of a kind lies as drafts there, and whose texts have another sender since then."""
    round_with_forms(folder)
    assert uppsikt("mail", folder, kind, *DRAFT).returncode == 0
    make_round(folder, plan_with_people(sender="Nya samordnaren"), {})
    return folder


def whom(box: Mailbox) -> list[str]:
    """To whom there are drafts."""
    lines = [one["mime"].split(b"\r\nTo: ")[1].split(b"\r\n")[0] for one in box.drafts.values()]
    return [line.decode().rpartition("<")[2].partition("@")[0].lower() for line in lines]


def test_drafts_with_other_words_take_the_place_of_the_old_ones(
    box: Mailbox, tmp_path: Path
) -> None:
    folder = drafted(tmp_path / "omgång")
    old = set(box.drafts)
    done = uppsikt("mail", folder, "templates", *DRAFT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Det kan ligga 6 utkast i Microsoft 365 som inte gäller längre" in done.stdout
    assert (
        "Tog bort 6 tidigare utkast i Microsoft 365 som inte gäller längre, till orjan@exempel.se, "
        "asa@exempel.se, bo@exempel.se, eva@exempel.se, chef@exempel.se och rektor@exempel.se.\n"
    ) in done.stdout
    assert (whom(box), set(box.drafts) & old, box.sent) == (TO_ALL, set(), [])
    assert states(folder) == [
        *[(name, State.REMOVED) for name in TO_ALL], *[(name, State.DRAFTED) for name in TO_ALL]
    ]  # fmt: skip
    assert "inte gäller längre" not in uppsikt("mail", folder, "templates", *DRAFT).stdout
    assert whom(box) == TO_ALL


def test_who_has_answered_is_not_reminded_by_a_draft_that_lies_there(
    box: Mailbox, tmp_path: Path
) -> None:
    """Also where there is nobody left to remind; drafts of another kind lie there still."""
    plan = plan_with_people()
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates", *DRAFT)
    uppsikt("mail", folder, "reminders", *DRAFT)
    assert len(box.drafts) == 12
    one = {"a.xlsx": own_form(plan, "Hemtjänst", RULE)}
    done = uppsikt("mail", make_round(folder, plan, one), "reminders", *DRAFT)
    assert "Tog bort 1 tidigare utkast i Microsoft 365" in done.stdout
    assert whom(box) == [*TO_ALL, *TO_ALL[1:]]
    inbox = {
        f"{name}.xlsx": own_form(plan, name, RULE) for name in (unit.name for unit in plan.units)
    }
    inbox |= {f"g{at}.xlsx": shared_form(plan, RULE, at) for at in (0, 1)}
    done = uppsikt("mail", make_round(folder, plan, inbox), "reminders", *DRAFT)
    assert "Tog bort 5 tidigare utkast i Microsoft 365" in done.stdout
    assert done.stdout.endswith("Alla enheter har lämnat in. Ingen behöver påminnas.\n")
    assert (whom(box), done.returncode) == (TO_ALL, 0)


def test_one_that_was_written_in_stays_and_is_told(box: Mailbox, tmp_path: Path) -> None:
    folder = drafted(tmp_path / "omgång")
    first = next(iter(box.drafts))
    box.drafts[first]["mime"] += b"Ring mig."
    done = uppsikt("mail", folder, "templates", *DRAFT)
    assert (
        "Ligger kvar i Microsoft 365 fast det inte gäller längre: 1 tidigare utkast till orjan@exempel.se, "
        "kanske ändrat för hand. Ta bort det i Outlook.\n"
    ) in done.stdout
    assert (first in box.drafts, len(box.drafts), done.returncode) == (True, 7, 0)
    assert states(folder)[0] == ("orjan", State.DRAFTED)


def test_one_that_is_gone_is_told_and_not_guessed_about(box: Mailbox, tmp_path: Path) -> None:
    """It may have been sent by hand; what says something else is drafted all the same."""
    folder = drafted(tmp_path / "omgång")
    del box.drafts[next(iter(box.drafts))]
    done = uppsikt("mail", folder, "templates", *DRAFT)
    assert (
        "Finns inte kvar i Microsoft 365: 1 tidigare utkast till orjan@exempel.se. Det är skickat för hand, "
        "flyttat eller borttaget. Se efter bland skickade mejl.\n"
    ) in done.stdout
    assert (whom(box), done.returncode) == (TO_ALL, 0)
    assert states(folder)[:2] == [("orjan", State.GONE), ("asa", State.REMOVED)]


def test_one_that_was_to_be_sent_and_is_gone_is_asked_about_and_made_anew(
    box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What did not come through by it is not tried by it again."""
    folder = round_with_forms(tmp_path / "omgång")
    only = ("--only", "Hemtjänst")
    uppsikt("mail", folder, "templates", *DRAFT, *only)
    box.drafts.clear()
    done = uppsikt("mail", folder, "templates", *DRAFT, *only, "--send", "--yes")
    assert (done.returncode, box.sent) == (1, [])
    assert "Utkastet finns inte kvar där det gjordes" in done.stdout
    answering(monkeypatch, "n\nj\n")
    assert uppsikt("mail", folder, "templates", *DRAFT, *only, "--send").returncode == 0
    assert (whom(box), box.sent) == (["orjan"], list(box.drafts))


@pytest.mark.parametrize(
    ("answer", "there", "state"),
    [("j", [], State.SENT), ("n", ["orjan"], State.REMOVED), ("", [], State.GONE)],
)
def test_the_same_is_asked_about_where_its_draft_is_gone(
    box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    answer: str, there: list[str], state: State,
) -> None:  # fmt: skip
    """With only another reference in its subject it may be what was sent by hand."""
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates", *DRAFT)
    make_round(folder, plan_with_people(reference="KS 2024/17"), {})
    del box.drafts[next(iter(box.drafts))]
    done = uppsikt("mail", folder, "templates", *DRAFT)
    assert (done.returncode, whom(box)) == (1, TO_ALL[1:])
    assert "Okänt om det kom fram 2024-05-02" in done.stdout
    assert told_by_status(folder)["Hemtjänst"] == (None, None)
    answering(monkeypatch, f"{answer}\n")
    done = uppsikt("mail", folder, "templates", *DRAFT)
    assert (
        f"Utkastet till orjan@exempel.se ({FORMS}: Hemtjänst, Social verksamhet) från"
        in done.stdout
    )
    assert whom(box) == [*TO_ALL[1:], *there]
    assert states(folder)[0] == ("orjan", state)


@pytest.mark.parametrize("fault", [403, 404, 500])
def test_where_the_service_does_not_do_it_they_are_told_of_and_left(
    box: Mailbox, tmp_path: Path, fault: int
) -> None:
    """The rest are not tried in vain. A mailbox that is not there says nothing of a draft."""
    folder = drafted(tmp_path / "omgång")
    box.answers = [("DELETE", 500, {})] if fault == 500 else [("GET /v1.0/me/messages", fault, {})]
    if fault == 404:
        box.words = {404: "ErrorInvalidUser"}
    done = uppsikt("mail", folder, "templates", *DRAFT)
    assert (
        "Gick inte att ta bort i Microsoft 365: 6 tidigare utkast som inte gäller längre"
        in done.stdout
    )
    assert (len(box.drafts), done.returncode) == (12, 0)
    assert {state for _, state in states(folder)} == {State.DRAFTED}
    box.words = {}
    assert "Tog bort 6 tidigare utkast" in uppsikt("mail", folder, "templates", *DRAFT).stdout
    assert whom(box) == TO_ALL


def test_only_some_and_tests_take_none_away(box: Mailbox, tmp_path: Path) -> None:
    folder = drafted(tmp_path / "omgång")
    uppsikt("mail", folder, "templates", *DRAFT, "--only", "Hemtjänst")
    uppsikt(
        "mail", folder, "templates", *DRAFT, "--test-to", "mig@exempel.se", "--only", "Hemtjänst"
    )
    assert whom(box) == [*TO_ALL, "orjan", "mig"]


def test_drafts_of_what_is_sent_go(box: Mailbox, tmp_path: Path) -> None:
    """Old ones of the same before; one that is sent goes as it lies, and is not taken away."""
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates", *DRAFT)
    make_round(folder, plan_with_people(reference="KS 2024/17"), {})
    done = uppsikt("mail", folder, "templates", *DRAFT, "--send", "--yes", "--only", "Hemtjänst")
    assert "Tog bort 1 tidigare utkast i Microsoft 365" in done.stdout
    assert len(box.sent) == 1
    assert set(box.drafts) == {*list(box.drafts)[:5], box.sent[0]}
    assert whom(box) == [*TO_ALL[1:], "orjan"]


def test_a_draft_that_lies_there_is_told_of_where_the_mail_goes_another_way(
    box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates", *DRAFT)
    with reached(Letterbox(), monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SMTP, "--yes", "--only", "Hemtjänst")
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes", "--only", "Hemtjänst")
    lying = "Det kan ligga 1 utkast i Microsoft 365 som inte gäller längre, till orjan@exempel.se."
    assert lying in done.stdout
    done = uppsikt("mail", folder, "templates", *DRAFT, "--only", "Hemtjänst")
    assert "Tog bort 1 tidigare utkast i Microsoft 365" in done.stdout
    assert whom(box) == TO_ALL[1:]
    assert [row.state for row in read_ledger(folder / "ut/utskick.sqlite")][:1] == [State.REMOVED]
