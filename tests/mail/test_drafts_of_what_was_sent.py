"""A draft in ut/utskick goes when its mail is sent, so that nobody sends it once more from there."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import UNITS, plan_with_people, reached, round_with_forms
from tests.mail.sent_mails import TO_ALL, to
from tests.mail.servers import Mailbox
from tests.small_rounds import make_round

SEND = ("--channel", "smtp", "--send", "--yes", "--only", "Hemtjänst")
DRAFT = "Formulär Hemtjänst Örjan Ek.eml"


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "ut/utskick").iterdir())


def test_only_what_was_sent_goes_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test removes nothing."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    uppsikt("mail", folder, "templates")
    before = lying(folder)
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SEND, "--test-to", "jag@exempel.se")
        assert lying(folder) == before
        done = uppsikt("mail", folder, "templates", *SEND)
    assert f"Tog bort 1 tidigare utkast som inte behövs längre: {DRAFT}." in done.stdout
    assert lying(folder) == [name for name in before if name != DRAFT]


def test_a_draft_that_was_written_in_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    uppsikt("mail", folder, "templates")
    path = folder / "ut/utskick" / DRAFT
    path.write_bytes(path.read_bytes() + b"Hej")
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SEND)
    assert (path.is_file(), "Tog bort" in done.stdout) == (True, False)


def test_a_draft_to_an_address_that_the_plan_had_before_goes_when_the_mail_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is to send it from there to somebody who has left; what is drafted of another kind stays."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    uppsikt("mail", folder, "reminders", "--only", "Hemtjänst")
    uppsikt("mail", folder, "templates")
    units = (replace(UNITS[0], contact="Nils Ny", email="nils@exempel.se"), *UNITS[1:])
    make_round(folder, plan_with_people(units=units), {})
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SEND[:-2])
    assert to(box) == ["nils", *TO_ALL[1:]]
    assert DRAFT in done.stdout
    assert lying(folder) == ["Påminnelse Hemtjänst Örjan Ek.eml"]


def test_a_draft_under_a_name_that_is_used_again_stays_until_it_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is called the same, and has another address; the server does not take it yet."""
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates")
    units = (replace(UNITS[0], email="orjan.ek@exempel.se"), *UNITS[1:])
    make_round(folder, plan_with_people(units=units), {})
    uppsikt("mail", folder, "templates")
    box = Mailbox({"rcpt": ["550 5.1.1 okänd"]})
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SEND[:-2])
    assert lying(folder) == [DRAFT]
    assert b"orjan.ek@exempel.se" in (folder / "ut/utskick" / DRAFT).read_bytes()
