"""Messages to fetch, the mailboxes that hold them, and what has come into a round's inbox."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from excel_uppsikt.rounds.fetching import Fetch
from tests.intake.packed_forms import SHEET
from tests.mail.dovecot import PASSWORD, USER, ImapServer, dovecot
from tests.mail.graph_server import TOKEN, Mailbox, graph


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with dovecot() as running:
        yield running


@pytest.fixture(autouse=True)
def no_settings_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        "platformdirs.user_config_path", lambda name: tmp_path / "inställningar" / name
    )


def letter(
    number: int, files: Sequence[tuple[str, bytes]] = (), *, text: str = "", mark: str = ""
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = f"Enhet {number} <enhet{number}@ange.se>", USER
    message["Subject"] = f"SV: Formulär {number}"
    message["Date"] = f"Thu, 0{number % 9 + 1} Feb 2024 10:11:00 +0100"
    message["Message-ID"] = mark or f"<{number}@ange.se>"
    message.set_content(text or "\n")
    for name, data in files:
        message.add_attachment(data, "application", SHEET, filename=name)
    return message.as_bytes()


def by_imap(
    monkeypatch: pytest.MonkeyPatch,
    server: ImapServer,
    folder: str = "INBOX",
    **other: str,
) -> None:
    """The settings for a folder of the server, with others in their place."""
    said = {
        "HOST": "localhost", "PORT": str(server.imaps), "SECURITY": "tls", "USER": USER,
        "PASSWORD": PASSWORD, "CA": str(server.certificate), "FOLDER": folder, **other,
    }  # fmt: skip
    for key, value in said.items():
        monkeypatch.setenv(f"UPPSIKT_IMAP_{key}", value)


def told(done: Fetch) -> list[tuple[str, str, datetime | None, tuple[str, ...]]]:
    return [(mail.sender, mail.subject, mail.sent, mail.workbooks) for mail in done.fetched]


def in_inbox(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in (folder / "inkorg/mejl").glob("*.eml")}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with graph() as box:
        command = f'"{sys.executable}" -c "print(\'{TOKEN}\')"'
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", box.url)
        monkeypatch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", command)
        monkeypatch.setenv("UPPSIKT_GRAPH_FOLDER", "Svar")
        yield box


def received(number: int, mime: bytes) -> dict[str, object]:
    sender = {"emailAddress": {"address": f"enhet{number}@ange.se"}}
    return {"id": f"AAMk/{number}=", "subject": "S\x1bV", "from": sender, "mime": mime}
