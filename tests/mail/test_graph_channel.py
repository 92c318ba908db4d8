"""Drafts in Microsoft 365 and sending them, to a service made from its documentation."""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.channel import Answer, Stamp
from excel_uppsikt.mail.graph import GraphMail
from excel_uppsikt.mail.graph_channel import GraphChannel
from excel_uppsikt.mail.ledger import State, read_ledger
from excel_uppsikt.mail.message import Attachment, MailKind, Message
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.mail.secret import Secret, TokenCommand
from excel_uppsikt.mail.settings import Graph
from excel_uppsikt.rounds.mailings import mailing_of
from tests.cli.running import uppsikt
from tests.mail.graph_server import TOKEN, Mailbox, graph
from tests.mail.mailed_rounds import answering, round_with_forms, told_by_status

MESSAGE = Message(
    kind=MailKind.RETURNS,
    name="Åsa Öberg",
    email="asa@exempel.se",
    subject="Att komplettera: Hemtjänst på Ånö",
    text="Hej Åsa Öberg!",
    attachments=(Attachment("Hemtjänst på Ånö.xlsx", bytes(range(256)) * 100),),
)
STAMP = Stamp("<a@exempel.se>", datetime(2024, 5, 2, tzinfo=UTC))
PRINTS_TOKEN = (sys.executable, "-c", f"print({TOKEN!r})")


@pytest.fixture
def service() -> Iterator[Mailbox]:
    with graph() as box:
        yield box


def channel(box: Mailbox, *, sends: bool) -> GraphChannel:
    """A channel to the service that waits for nobody."""
    client = GraphMail(box.url, lambda _: Secret(TOKEN), wait=lambda _: None)
    settings = Graph(url=box.url, token=TokenCommand(PRINTS_TOKEN))
    return GraphChannel(settings, sends=sends, mail=client)


@pytest.mark.parametrize(
    ("status", "headers", "drafting", "sending"),
    [
        (401, {}, State.REFUSED, State.REFUSED),
        (403, {}, State.REFUSED, State.REFUSED),
        (404, {}, State.REFUSED, State.REFUSED),
        (413, {}, State.TOO_LARGE, State.TOO_LARGE),
        (429, {"Retry-After": "600"}, State.LATER, State.LATER),
        (500, {}, State.UNKNOWN, State.BROKEN),
        (503, {}, State.UNKNOWN, State.BROKEN),
    ],
)
def test_a_draft_that_was_not_made_is_told_for_what_it_is(
    service: Mailbox, status: int, headers: dict[str, str], drafting: State, sending: State
) -> None:
    """Where a draft may be there, it is in doubt; a message that was to be sent is known not to be."""
    for sends, state in ((False, drafting), (True, sending)):
        service.answers = [("POST /v1.0/me/messages", status, headers)] * 2
        assert channel(service, sends=sends).hand_over(MESSAGE, STAMP).state is state
    assert service.sent == []


@pytest.mark.parametrize(
    ("status", "headers", "state"),
    [
        (403, {}, State.REFUSED),
        (404, {}, State.GONE),
        (429, {"Retry-After": "600"}, State.LATER),
        (500, {}, State.UNKNOWN),
    ],
)
def test_a_draft_that_was_not_sent_keeps_its_id_and_is_sent_as_that(
    service: Mailbox, status: int, headers: dict[str, str], state: State
) -> None:
    """One that is away may have been sent by hand, and is in doubt."""
    service.answers = [("/send", status, headers)]
    opened = channel(service, sends=True)
    answer = opened.hand_over(MESSAGE, STAMP)
    assert (answer.state, answer.draft) == (state, next(iter(service.drafts)))
    assert opened.hand_over(MESSAGE, STAMP, answer.draft).state is State.SENT
    assert (len(service.drafts), service.sent) == (1, [answer.draft])


def test_a_draft_is_the_message_byte_for_byte(service: Mailbox) -> None:
    answer = channel(service, sends=False).hand_over(MESSAGE, STAMP)
    assert answer == Answer(State.DRAFTED, draft=next(iter(service.drafts)))
    assert service.drafts[answer.draft]["mime"] == as_bytes(MESSAGE)


def test_a_large_one_is_made_of_its_parts(service: Mailbox) -> None:
    large = Attachment("Rapport åäö.docx", bytes(range(256)) * 20_000)
    message = replace(MESSAGE, attachments=(*MESSAGE.attachments, large))
    answer = channel(service, sends=True).hand_over(message, STAMP)
    assert answer.state is State.SENT
    assert service.drafts[answer.draft]["attachments"] == [
        (one.name, one.data) for one in message.attachments
    ]


# --- From the command line ------------------------------------------------------------------------


@pytest.fixture
def reached(service: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mailbox:
    """The service, told of by the environment."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))
    monkeypatch.setenv("UPPSIKT_GRAPH_URL", service.url)
    monkeypatch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", f'"{sys.executable}" -c "print(\'{TOKEN}\')"')
    monkeypatch.setattr("time.sleep", lambda _: None)
    return service


def test_drafts_are_made_once_and_then_sent_as_they_lie(
    reached: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without a question for drafts, and with one before they are sent; nothing twice."""
    folder = round_with_forms(tmp_path / "omgång")
    messages = mailing_of(folder, MailKind.TEMPLATES).messages
    draft = ("mail", folder, "templates", "--channel", "graph")
    done = uppsikt(*draft)
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 mejl, som utkast i Microsoft 365:" in done.stdout
    assert done.stdout.endswith("6 utkast att läsa igenom och skicka i Outlook.\n")
    made = [one["mime"] for one in reached.drafts.values()]
    assert made == [as_bytes(message) for message in messages]
    assert uppsikt(*draft).returncode == 0
    assert (len(reached.drafts), reached.sent) == (6, [])
    assert set(told_by_status(folder).values()) == {(None, None)}
    answering(monkeypatch, "j\n")
    done = uppsikt(*draft, "--send", "--today", "2024-05-02")
    assert (done.returncode, "Skicka 6 mejl? [j/N]" in done.stdout) == (0, True)
    assert (len(reached.drafts), reached.sent) == (6, list(reached.drafts))
    assert set(told_by_status(folder).values()) == {("2024-05-02", None)}
    assert uppsikt(*draft, "--send", "--yes").returncode == 0
    assert len(reached.sent) == 6


def test_one_that_is_in_doubt_is_not_sent_again(reached: Mailbox, tmp_path: Path) -> None:
    folder = round_with_forms(tmp_path / "omgång")
    send = ("mail", folder, "templates", "--channel", "graph", "--send", "--yes")
    reached.answers = [("/send", 503, {})]
    done = uppsikt(*send)
    assert (done.returncode, len(reached.sent)) == (1, 5)
    assert "Okänt om det kom fram till orjan@exempel.se" in done.stdout
    assert uppsikt(*send).returncode == 1
    assert (len(reached.drafts), len(reached.sent)) == (6, 5)
    rows = read_ledger(folder / "ut/utskick.sqlite")
    assert [row.state for row in rows] == [State.UNKNOWN, *[State.SENT] * 5]


def test_throttling_is_waited_out_and_each_is_sent_once(
    reached: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the service asks for, and where that is minutes first five seconds, as in mail."""
    folder = round_with_forms(tmp_path / "omgång")
    reached.answers = [("/send", 429, {"Retry-After": "600"}), ("/send", 429, {"Retry-After": "1"})]
    waited: list[float] = []
    sleep = time.sleep
    # What waits for a process to end sleeps for parts of a second.
    monkeypatch.setattr(
        "time.sleep", lambda long: waited.append(long) if long >= 1 else sleep(long)
    )
    done = uppsikt("mail", folder, "templates", "--channel", "graph", "--send", "--yes")
    assert (done.returncode, reached.sent) == (0, list(reached.drafts))
    assert waited == [5.0, 1.0]
    assert len(reached.drafts) == 6


def test_a_token_that_is_not_taken_is_told_and_nothing_is_made(
    reached: Mailbox, tmp_path: Path
) -> None:
    folder = round_with_forms(tmp_path / "omgång")
    reached.tokens.clear()
    done = uppsikt("mail", folder, "templates", "--channel", "graph", "--only", "Hemtjänst")
    assert (done.returncode, reached.drafts) == (1, {})
    assert "inloggningen gäller inte längre (401 InvalidAuthenticationToken)" in done.stdout
