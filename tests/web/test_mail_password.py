"""The password to the mail server written on the page: kept, used, and shown nowhere."""

import html
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail.sent_mails import TO_ALL, to
from tests.mail.servers import PASSWORD, USER, Mailbox, mail_server
from tests.mail.test_settings import Kept, Locked
from tests.web.running import Answer, Browser, site_of
from tests.web.test_mail import looked, plain_round

VARIABLE = "UPPSIKT_SMTP_PASSWORD"
FIELD = f"Lösenord för {USER} på localhost"


class Forgetful(Kept):
    """A keyring that takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture(autouse=True)
def _server(box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that asks for a password, as the computer's own settings have it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))
    with mail_server(box, security="starttls", login=True) as at:
        for key, value in (
            ("HOST", at.host),
            ("PORT", str(at.port)),
            ("SECURITY", "starttls"),
            ("USER", USER),
            ("CA", str(at.ca)),
        ):
            monkeypatch.setenv(f"UPPSIKT_SMTP_{key}", value)
        # What the program sets in its own environment ends with the test.
        monkeypatch.setenv(VARIABLE, "")
        yield


def with_keyring(monkeypatch: pytest.MonkeyPatch, backend: Kept) -> Kept:
    monkeypatch.setattr("keyring.core._keyring_backend", backend)
    return backend


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def sent(browser: Browser, mail: str) -> str:
    """What is told when the forms are sent."""
    _, number = looked(browser, mail, "templates")
    return words(browser.follow(browser.post(number, {"vag": "smtp", "antal": "6"})))


def test_a_password_is_kept_and_used_and_stands_nowhere(
    box: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """On no page, in no file and no log; without it the server takes nothing."""
    caplog.set_level(logging.DEBUG)
    kept, folder = with_keyring(monkeypatch, Kept()), plain_round(tmp_path)
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        mail = f"{browser.round()}/mejl"
        assert FIELD in words(browser.get(mail))
        page, _ = looked(browser, mail, "templates")
        assert f'href="{mail}#losenord-rubrik"' in page.text
        page = browser.follow(browser.post(f"{mail}/losenord", {"losenord": PASSWORD}))
        assert "Lösenordet sparades i datorns nyckelring." in words(page)
        assert kept.passwords == {("uppsikt-smtp", USER): PASSWORD}
        pages = [page, browser.get(mail), looked(browser, mail, "templates")[0]]
        assert "Mejlen är skickade 6 skickade." in sent(browser, mail)
        assert [PASSWORD in one.text for one in pages] == [False] * 3
        jobs = [repr(site.jobs.get(number)) for number in range(1, 20)]
    assert to(box) == TO_ALL
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []
    told = capfd.readouterr()
    assert [PASSWORD in text for text in (told.out, told.err, caplog.text, *jobs)] == [False] * 22


@pytest.mark.parametrize("backend", [Locked(), Forgetful()], ids=["locked", "forgetful"])
def test_without_a_keyring_it_is_told_and_lasts_until_the_program_ends(
    box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: Kept
) -> None:
    with_keyring(monkeypatch, backend)
    folder = plain_round(tmp_path)
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        mail = f"{browser.round()}/mejl"
        page = browser.follow(browser.post(f"{mail}/losenord", {"losenord": PASSWORD}))
        assert (
            "Lösenordet gäller tills programmet avslutas; datorn har ingen nyckelring att spara det i."
            in words(page)
        )
        assert "6 skickade." in sent(browser, mail)
    assert to(box) == TO_ALL


def test_what_goes_before_a_kept_password_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_keyring(monkeypatch, Kept())
    monkeypatch.setenv(VARIABLE, "ett annat")
    with site_of(plain_round(tmp_path).parent) as site:
        browser = Browser.at(site.address())
        mail = f"{browser.round()}/mejl"
        told = words(browser.follow(browser.post(f"{mail}/losenord", {"losenord": PASSWORD})))
        assert f"Miljövariabeln {VARIABLE} är satt och går före det som sparas här." in told


def test_nothing_is_asked_for_where_no_password_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay without sign-in, one that signs in by a token, and settings that are wrong."""
    kept = with_keyring(monkeypatch, Kept())
    with site_of(plain_round(tmp_path).parent) as site:
        browser = Browser.at(site.address())
        mail = f"{browser.round()}/mejl"
        empty = browser.post(f"{mail}/losenord", {"losenord": ""})
        assert (empty.status, "Skriv lösenordet." in words(empty)) == (409, True)
        for key, value in (("USER", ""), ("TOKEN_COMMAND", "token"), ("SECURITY", "fel")):
            with monkeypatch.context() as patch:
                patch.setenv(f"UPPSIKT_SMTP_{key}", value)
                assert "Lösenord" not in words(browser.get(mail)), key
                answer = browser.post(f"{mail}/losenord", {"losenord": PASSWORD})
                assert (answer.status, "Ingen e-postserver som loggar in" in words(answer)) == (
                    409,
                    True,
                )
    assert kept.passwords == {}
