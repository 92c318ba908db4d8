"""A draft in ut/utskick goes when its mail is sent, so that nobody sends it once more from there."""

from pathlib import Path

import pytest

from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import reached, round_with_forms
from tests.mail.servers import Mailbox

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
