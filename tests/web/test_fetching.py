"""Answers fetched from the page: the same messages in the inbox as by the command, and told in its words."""

import html
import re
import shutil
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import keyring
import pytest

from tests.cli.running import uppsikt
from tests.intake.packed_forms import SHEET, home
from tests.mail.dovecot import PASSWORD, USER, dovecot, needs_dovecot
from tests.mail.graph_server import TOKEN, Mailbox, graph
from tests.rounds.fetched_mail import received
from tests.small_rounds import make_plan, make_round
from tests.web.running import Answer, Browser, site_of

PLAN = make_plan()


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's own user has none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with graph() as box:
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", box.url)
        monkeypatch.setenv(
            "UPPSIKT_GRAPH_TOKEN_COMMAND", f'"{sys.executable}" -c "print(\'{TOKEN}\')"'
        )
        monkeypatch.setenv("UPPSIKT_GRAPH_FOLDER", "Svar")
        yield box


def answer(number: int) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = f"Enhet {number} <enhet{number}@exempel.se>", USER
    message["Subject"] = f"SV: Formulär {number}"
    message["Date"] = "Thu, 01 Feb 2024 10:11:00 +0100"
    message["Message-ID"] = f"<{number}@exempel.se>"
    message.set_content("Klart!\n")
    message.add_attachment(home(), "application", SHEET, filename="Hemtjänst.xlsx")
    return message.as_bytes()


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def inbox(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "inkorg").rglob("*.eml")}


def test_the_inbox_gets_what_the_command_fetches(service: Mailbox, tmp_path: Path) -> None:
    """And one that could not be had is told, and comes the next time."""
    ours = make_round(tmp_path / "sida/t1", PLAN, {})
    theirs = shutil.copytree(ours, tmp_path / "kommando/t1")
    service.folders["AAreplies="] = [received(n, answer(n)) for n in range(3)]
    gone = "GET /v1.0/me/messages/AAMk/1=/$value"
    service.answers.append((gone, 404, {}))
    with site_of(ours.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        assert f'href="{here}/hamta"' in browser.follow(browser.get(f"{here}/inkorg")).text
        assert "Läser mappen Svar (Microsoft 365)." in words(browser.get(f"{here}/hamta"))
        page = browser.follow(browser.post(f"{here}/hamta", {"brevlada": "graph"}))
        told = words(page)
        assert "Något gick inte att hämta" in told
        service.answers.append((gone, 404, {}))
        done = uppsikt("fetch", theirs, "--channel", "graph")
        for line in done.stdout.splitlines()[:-1]:
            assert " ".join(line.split()) in told, line
        assert inbox(ours) == inbox(theirs)
        assert len(inbox(ours)) == 2
        page = browser.follow(browser.post(f"{here}/hamta", {"brevlada": "graph"}))
        assert "Svar är hämtade Läste mappen Svar (Microsoft 365)." in words(page)
        page = browser.follow(browser.post(f"{here}/hamta", {"brevlada": "graph"}))
        assert "Inga nya svar" in words(page)
        assert "3 mejl hade hämtats tidigare." in words(page)
        assert browser.post(f"{here}/hamta", {"brevlada": "imap"}).status == 409
        assert browser.post(f"{here}/hamta", {"brevlada": "brevduva"}).status == 409
    assert len(inbox(ours)) == 3


def test_without_a_mailbox_or_with_wrong_settings_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_round(tmp_path / "sida/t1", PLAN, {})
    with site_of(tmp_path / "sida") as site:
        browser = Browser.at(site.address())
        here = browser.round()
        assert "Ingen brevlåda är inställd." in words(browser.get(f"{here}/hamta"))
        monkeypatch.setenv("UPPSIKT_IMAP_HOST", "inte en server")
        page = browser.get(f"{here}/hamta")
        assert "UPPSIKT_IMAP_HOST kan inte användas." in words(page)
        assert "Hämta svar</button>" not in page.text


@needs_dovecot
def test_a_password_is_kept_where_the_computer_keeps_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And stands on no page and in no file of the round."""
    folder = make_round(tmp_path / "sida/t1", PLAN, {})
    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda *of: kept.get(of))
    monkeypatch.setattr(
        keyring, "set_password", lambda service, user, word: kept.update({(service, user): word})
    )
    with dovecot() as server, site_of(tmp_path / "sida") as site:
        server.put(1, answer(1))
        for key, value in (
            ("HOST", "localhost"),
            ("PORT", str(server.imaps)),
            ("USER", USER),
            ("CA", str(server.certificate)),
        ):
            monkeypatch.setenv(f"UPPSIKT_IMAP_{key}", value)
        browser = Browser.at(site.address())
        here = browser.round()
        form = {"brevlada": "imap", "losenord": "fel"}
        page = browser.follow(browser.post(f"{here}/hamta", form))
        assert "Inloggningen på e-postservern localhost godtogs inte." in words(page)
        assert f"Lösenord för {USER}" in words(page)
        page = browser.follow(browser.post(f"{here}/hamta", form | {"losenord": PASSWORD}))
        assert "Lösenordet sparades i datorns nyckelring." in words(page)
        assert PASSWORD not in page.text
        assert PASSWORD not in browser.get(f"{here}/hamta").text
    assert kept == {("uppsikt-imap", USER): PASSWORD}
    assert len(inbox(folder)) == 1
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(PASSWORD.encode() in data for data in held)
