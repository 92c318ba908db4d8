"""Workbooks fetched from a mailbox: each message whole, once, with the mailbox left as it was."""

import contextlib
import itertools
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds import mailboxes
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.fetching import MissedMail, fetch_round
from excel_uppsikt.rounds.mailboxes import NotFetched
from tests.changed_forms import used
from tests.cli.running import uppsikt
from tests.intake.outlook_messages import Message, saved
from tests.intake.packed_forms import home, staffing
from tests.mail.dovecot import PASSWORD, USER, ImapServer, needs_dovecot, token
from tests.rounds.fetched_mail import (
    by_imap,
    in_inbox,
    letter,
    no_settings_of_ones_own,
    server,
    told,
)
from tests.small_rounds import make_plan, make_round

__all__ = ["no_settings_of_ones_own", "server"]
PLAN = make_plan()


@needs_dovecot
def test_each_message_with_a_workbook_is_saved_whole_and_the_mailbox_left_alone(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path
) -> None:
    """Unread stays unread; what has been fetched, or has no workbook, is not fetched again."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    first = letter(1, [("Hemtjänst.xlsx", home())], text="Klart!")
    second = letter(2, [("Bemanning.xlsx", staffing()), ("bild.png", b"\x89PNG\r\n\x1a\n")])
    outlook = letter(3, [("Svar.msg", saved(Message(files=[("b.xlsx", staffing()[:3000])])))])
    for number, data in enumerate((first, letter(0), second, outlook)):
        server.put(number, data, "&AMU-terkommet 2024", flags="S" if number == 2 else "")
    server.put(9, letter(9, [("x.xlsx", home())]), "&AMU-terkommet 2024", flags="T")
    server.put(10, letter(9, [("annan mapp.xlsx", home())]))
    before = server.files()
    by_imap(monkeypatch, server, "Återkommet 2024")
    done = fetch_round(folder)
    assert told(done) == [
        ("Enhet 1", "SV: Formulär 1", datetime(2024, 2, 2, 9, 11, tzinfo=UTC), ("Hemtjänst.xlsx",)),
        ("Enhet 2", "SV: Formulär 2", datetime(2024, 2, 3, 9, 11, tzinfo=UTC), ("Bemanning.xlsx",)),
        (
            "Enhet 3",
            "SV: Formulär 3",
            datetime(2024, 2, 4, 9, 11, tzinfo=UTC),
            ("Svar.msg/b.xlsx",),
        ),
    ]
    assert (done.missed, done.before, done.without) == ((), 0, 1)
    assert done.where == f"Återkommet 2024 ({USER})"
    # A mail has its lines ended as mail has on its way.
    assert in_inbox(folder) == {m.replace(b"\n", b"\r\n") for m in (first, second, outlook)}
    assert {p.parent for p in (folder / "inkorg").rglob("*.eml")} == {folder / "inkorg/mejl"}
    after = server.files()
    assert after == before
    again = fetch_round(folder)
    assert (again.fetched, again.missed, again.before, again.without) == ((), (), 3, 1)
    checked = check_round(folder)
    assert [file.rpartition("/")[2] for file, is_used in used(checked) if is_used] == sorted(
        ("Hemtjänst.xlsx", "Bemanning.xlsx"),
        key=lambda name: next(f for f, _ in used(checked) if f.endswith(name)),
    )
    assert "Klart!" in {f.value for f in checked.findings if f.code == "F207"}


@needs_dovecot
def test_nothing_is_fetched_twice_also_when_the_memory_or_the_file_is_gone(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path
) -> None:
    """Nor when it has come twice; another workbook under the same id is another message."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    one = letter(1, [("Hemtjänst.xlsx", home())])
    server.put(1, one, "Dubbelt")
    server.put(2, one.replace(b"From:", b"Received: by b\nFrom:", 1), "Dubbelt")
    server.put(3, letter(1, [("Hemtjänst.xlsx", staffing())]), "Dubbelt")
    by_imap(monkeypatch, server, "Dubbelt")
    assert [len(fetch_round(folder).fetched) for _ in range(2)] == [2, 0]
    (folder / "ut/.uppsikt/hamtade-mejl.json").unlink()
    done = fetch_round(folder)
    assert (done.fetched, done.before) == ((), 3)
    for path in (folder / "inkorg/mejl").iterdir():
        path.unlink()
    assert fetch_round(folder).fetched == ()


@needs_dovecot
def test_names_and_ids_become_no_paths(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path
) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    marks = ["<../../../tmp/x>", "<C:\\x\\y@z>", "<" + "a" * 5_000 + ">", "<\x1b[31m@z>"]
    for number, mark in enumerate(marks):
        files = [("../../ut/x.xlsx", home() + b"\0" * number)]
        raw = letter(number, files).replace(f"<{number}@ange.se>".encode(), mark.encode())
        server.put(number, raw, "Namn")
    by_imap(monkeypatch, server, "Namn")
    done = fetch_round(folder)
    assert len(done.fetched) == 4
    names = [path.name for path in (folder / "inkorg/mejl").iterdir()]
    assert all(len(name) == 28 and name[:24].isalnum() and name.endswith(".eml") for name in names)
    assert {p.name for p in folder.iterdir()} == {"inkorg", "plan.xlsx", "ut"}


@needs_dovecot
def test_a_message_that_cannot_be_had_stops_none_of_the_rest(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path
) -> None:
    """One too large, one that is no mail; what is broken inside is fetched, for the intake to tell."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    server.put(1, letter(1, [("stor.xlsx", b"x" * 300_000)]), "Trasigt")
    server.put(2, bytes(range(256)) * 10, "Trasigt")
    server.put(3, letter(3, [("trasig.xlsx", home()[:3_000])]), "Trasigt")
    server.put(4, b"", "Trasigt")
    by_imap(monkeypatch, server, "Trasigt")
    monkeypatch.setattr(mailboxes, "MAX_FILE", 250_000)
    done = fetch_round(folder)
    assert [mail.workbooks for mail in done.fetched] == [("trasig.xlsx",)]
    assert done.missed == (MissedMail("meddelande 1", NotFetched.TOO_LARGE),)
    assert done.without == 2
    monkeypatch.undo()


@needs_dovecot
@pytest.mark.parametrize(
    ("other", "password"),
    [
        ({"SECURITY": "starttls"}, True),
        ({"SECURITY": "none", "HOST": "127.0.0.1"}, True),
        ({}, False),
    ],
)
def test_each_way_to_sign_in_is_taken(
    monkeypatch: pytest.MonkeyPatch,
    server: ImapServer,
    tmp_path: Path,
    other: dict[str, str],
    password: bool,
) -> None:
    """STARTTLS, a server of one's own without, and a token from a command (XOAUTH2)."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    server.put(1, letter(1, [("Hemtjänst.xlsx", home())]), "Vägar")
    server.put(1, letter(1, [("Hemtjänst.xlsx", home())]), "V&AOQ-gar")
    if other:
        other = {**other, "PORT": str(server.imap)}
    by_imap(monkeypatch, server, "Vägar", **other)
    if not password:
        monkeypatch.delenv("UPPSIKT_IMAP_PASSWORD")
        kept = tmp_path / "token"
        kept.write_text(token())
        command = f'"{sys.executable}" -c "print(open(\'{kept}\').read())"'
        monkeypatch.setenv("UPPSIKT_IMAP_TOKEN_COMMAND", command)
    assert len(fetch_round(folder).fetched) == 1


@needs_dovecot
@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"PASSWORD": "fel"}, "Inloggningen på e-postservern localhost godtogs inte."),
        ({"PASSWORD": ""}, "Inloggningen på e-postservern localhost godtogs inte."),
        ({"TOKEN_COMMAND": f'"{sys.executable}" -c "print(1)"', "PASSWORD": ""},
         "Inloggningen på e-postservern localhost godtogs inte."),
        ({"FOLDER": "Finns inte"}, "Mappen Finns inte finns inte i brevlådan på localhost."),
        ({"CA": ""}, "E-postservern localhost visade ett certifikat som datorn inte litar på."),
        ({"CA": "", "SECURITY": "starttls"},
         "E-postservern localhost visade ett certifikat som datorn inte litar på."),
    ],
)  # fmt: skip
def test_why_a_mailbox_is_not_opened_is_told(
    monkeypatch: pytest.MonkeyPatch,
    server: ImapServer,
    tmp_path: Path,
    other: dict[str, str],
    words: str,
) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    if other.get("SECURITY"):
        other = {**other, "PORT": str(server.imap)}
    by_imap(monkeypatch, server, "INBOX" if "FOLDER" not in other else "", **other)
    with pytest.raises(CannotRunError) as error:
        fetch_round(folder)
    assert str(error.value).startswith(words)
    assert PASSWORD not in str(error.value)
    assert not (folder / "inkorg/mejl").exists()


def test_a_server_that_is_not_there_and_a_round_that_is_none_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("UPPSIKT_IMAP_HOST", "127.0.0.1")
        monkeypatch.setenv("UPPSIKT_IMAP_PORT", str(taken.getsockname()[1]))
        with pytest.raises(CannotRunError, match=r"E-postservern 127.0.0.1 svarar inte"):
            fetch_round(folder)
    with pytest.raises(CannotRunError, match=r"har ingen plan.xlsx"):
        fetch_round(tmp_path)


@contextlib.contextmanager
def breaking(to: int, after: int, times: int) -> Iterator[int]:
    """A port between the program and the server that cuts so many connections after so many bytes."""
    threads: list[threading.Thread] = []

    def copy(source: socket.socket, target: socket.socket, most: int) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(4_096):
                passed += len(data)
                if most and passed > most:
                    break
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def through(client: socket.socket, most: int) -> None:
        with client, socket.create_connection(("127.0.0.1", to)) as server:
            back = threading.Thread(target=copy, args=(client, server, 0))
            back.start()
            copy(server, client, most)
            back.join()

    def serve() -> None:
        with contextlib.suppress(OSError):
            for number in itertools.count():
                client, _ = listening.accept()
                cut = after if number < times else 0
                threads.append(threading.Thread(target=through, args=(client, cut)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=serve)
        serving.start()
        yield listening.getsockname()[1]
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        serving.join()
    for thread in threads:
        thread.join()


@needs_dovecot
@pytest.mark.parametrize(("times", "fetched"), [(1, 5), (99, 0)])
def test_a_connection_that_breaks_is_made_anew_and_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path, times: int, fetched: int
) -> None:
    """The message that broke is told; the next run has what is left, and nothing twice."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    for number in range(6):
        server.put(number, letter(number, [("Hemtjänst.xlsx", home() + b"\0" * number)]), "Avbrott")
    with breaking(server.imap, 9_000, times) as port:
        other = {"SECURITY": "none", "HOST": "127.0.0.1", "PORT": str(port)}
        by_imap(monkeypatch, server, "Avbrott", **other)
        done = fetch_round(folder)
    assert len(done.fetched) == fetched
    assert {missed.reason for missed in done.missed} == {NotFetched.LOST}
    by_imap(monkeypatch, server, "Avbrott")
    fetch_round(folder)
    assert len(in_inbox(folder)) == 6


@needs_dovecot
@pytest.mark.parametrize("kept", [True, False])
def test_a_password_that_nothing_gives_is_asked_for_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path, kept: bool
) -> None:
    """And kept where the computer can; in a pipe nobody is asked."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    by_imap(monkeypatch, server, PASSWORD="")
    keyring: dict[tuple[str, str], str] = {}

    def keep(service: str, user: str, password: str) -> None:
        if not kept:
            raise RuntimeError(password)
        keyring[service, user] = password

    monkeypatch.setattr("keyring.set_password", keep)
    monkeypatch.setattr("keyring.get_password", lambda service, user: keyring.get((service, user)))
    assert uppsikt("fetch", folder).stderr.startswith("Inloggningen på e-postservern localhost")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("rich.console.Console.input", lambda *_, **__: PASSWORD)
    done = uppsikt("fetch", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert PASSWORD not in done.stdout
    assert ("Lösenordet sparades i datorns nyckelring.\n" in done.stdout) is kept
    assert keyring == ({("uppsikt-imap", USER): PASSWORD} if kept else {})
