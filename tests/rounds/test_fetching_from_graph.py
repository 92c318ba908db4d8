"""Workbooks fetched through Microsoft 365, beside IMAP, and what the command tells of it."""

from pathlib import Path

import pytest

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds.fetch_channel import FetchChannel
from excel_uppsikt.rounds.fetching import MissedMail, fetch_round
from excel_uppsikt.rounds.mailboxes import NotFetched
from tests.cli.running import uppsikt
from tests.intake.packed_forms import home
from tests.mail.dovecot import ImapServer, needs_dovecot
from tests.mail.graph_server import Mailbox
from tests.rounds.fetched_mail import (
    by_imap,
    in_inbox,
    letter,
    no_settings_of_ones_own,
    received,
    server,
    service,
)
from tests.small_rounds import make_plan, make_round

__all__ = ["no_settings_of_ones_own", "server", "service"]
PLAN = make_plan()


def test_graph_gives_the_same_and_what_it_refuses_is_told(service: Mailbox, tmp_path: Path) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    mails = [letter(n, [("Hemtjänst.xlsx", home() + b"\0" * n)]) for n in range(3)]
    service.folders["AAreplies="] = [
        received(n, data) for n, data in enumerate((*mails, letter(9)))
    ]
    service.answers.append(("GET /v1.0/me/messages/AAMk/1=/$value", 404, {}))
    done = fetch_round(folder, FetchChannel.GRAPH)
    assert done.where == "Svar (Microsoft 365)"
    assert [mail.sender for mail in done.fetched] == ["Enhet 0", "Enhet 2"]
    assert done.missed == (MissedMail("enhet1@ange.se: SV", NotFetched.GONE),)
    assert (done.before, done.without) == (0, 1)
    assert in_inbox(folder) == {mails[0], mails[2]}
    again = fetch_round(folder, FetchChannel.GRAPH)
    assert ([mail.sender for mail in again.fetched], again.before) == (["Enhet 1"], 2)
    assert {asked.partition(" ")[0] for asked in service.asked} == {"GET"}


@needs_dovecot
def test_what_one_channel_has_fetched_the_other_does_not(
    monkeypatch: pytest.MonkeyPatch, service: Mailbox, server: ImapServer, tmp_path: Path
) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    raw = letter(1, [("Hemtjänst.xlsx", home())])
    service.folders["AAreplies="] = [received(1, raw)]
    server.put(1, raw, "Samma")
    by_imap(monkeypatch, server, "Samma")
    assert len(fetch_round(folder, FetchChannel.IMAP).fetched) == 1
    done = fetch_round(folder, FetchChannel.GRAPH)
    assert (done.fetched, done.before) == ((), 1)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "Microsoft 365 godtog inte inloggningen."),
        (403, "Microsoft 365 tillåter inte att brevlådan läses."),
        (404, "Mappen Svar finns inte i brevlådan."),
        (500, "Microsoft 365 svarade inte som väntat (500 UnknownError)."),
    ],
)
def test_why_graph_opens_no_mailbox_is_told(
    service: Mailbox, tmp_path: Path, status: int, words: str
) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    service.answers += [("mailFolders", status, {})] * 3
    with pytest.raises(CannotRunError) as error:
        fetch_round(folder, FetchChannel.GRAPH)
    assert str(error.value).startswith(words)


def test_the_command_says_what_was_taken_and_what_was_not(service: Mailbox, tmp_path: Path) -> None:
    folder = make_round(tmp_path / "omgång", PLAN, {})
    mails = [letter(n, [("Hemtjänst.xlsx", home() + b"\0" * n)]) for n in range(2)]
    service.folders["AAreplies="] = [
        received(n, data) for n, data in enumerate((*mails, letter(9)))
    ]
    service.answers.append(("GET /v1.0/me/messages/AAMk/1=/$value", 404, {}))
    done = uppsikt("fetch", str(folder), "--channel", "graph")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "Läste mappen Svar (Microsoft 365). Inget ändrades där.\n"
        "✔ Enhet 0 2024-02-01 10:11: Hemtjänst.xlsx\n"
        "✘ enhet1@ange.se: SV hämtades inte: det finns inte kvar i mappen.\n"
        "1 mejl med formulär hämtades till inkorg/mejl.\n"
        "1 mejl har ingen arbetsbok och lämnades.\n"
        f'Läs dem med: uppsikt run "{folder}"\n'
    )
    assert uppsikt("fetch", str(folder), "--channel", "graph").returncode == 0
    wrong = uppsikt("fetch", str(tmp_path))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == f"{tmp_path} har ingen plan.xlsx. Ange mappen med omgången.\n"
