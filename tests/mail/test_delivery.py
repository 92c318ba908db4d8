"""Messages handed over one by one: in the ledger before and after, tried again where safe, never twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.channel import Answer, ChannelKind, Stamp
from excel_uppsikt.mail.delivery import Delivered, deliver
from excel_uppsikt.mail.ledger import Ledger, Row, State, open_ledger, read_ledger
from excel_uppsikt.mail.message import MailKind, Message

WHEN = datetime(2024, 5, 2, 8, 30, tzinfo=UTC)
ONE = Message(
    kind=MailKind.REMINDERS,
    name="Åsa",
    email="asa@exempel.se",
    subject="Påminnelse",
    text="Hej!",
    attachments=(),
    sender_email="samordnare@exempel.se",
)
TWO = replace(ONE, email="bo@exempel.se")


@dataclass
class Scripted:
    """A channel that gives these answers in turn, and keeps what was handed over."""

    answers: list[Answer]
    kind: ChannelKind = ChannelKind.SMTP
    sends: bool = True
    harmless: bool = False
    handed: list[tuple[str, str, str]] = field(default_factory=list)
    seen: list[tuple[State, int]] = field(default_factory=list)
    ledger: Ledger | None = None

    def hand_over(self, message: Message, stamp: Stamp, draft: str = "") -> Answer:
        """The next of the answers."""
        self.handed.append((message.to, stamp.message_id, draft))
        if self.ledger is not None:
            row = self.ledger.rows()[-1]
            self.seen.append((row.state, row.tries))
        return self.answers.pop(0) if self.answers else Answer(State.SENT, "250 ok")

    def close(self) -> None:
        """Nothing to end."""


def delivered(
    path: Path, channel: Scripted, messages: Sequence[Message] = (ONE,), *, again: bool = False
) -> tuple[list[Delivered], list[float]]:
    """What became of the messages, and how long was waited before each new try."""
    waited: list[float] = []
    with open_ledger(path) as ledger:
        channel.ledger = ledger
        made = list(
            deliver(messages, channel, ledger, again=again, now=lambda: WHEN, wait=waited.append)
        )
    return made, waited


def states(path: Path) -> list[tuple[str, State, int]]:
    """Each row's recipient, state and number of tries."""
    return [(row.email, row.state, row.tries) for row in read_ledger(path)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "utskick.sqlite"


def test_a_row_stands_before_the_message_is_handed_over(path: Path) -> None:
    channel = Scripted([])
    delivered(path, channel, [ONE, TWO])
    assert channel.seen == [(State.SENDING, 1), (State.SENDING, 1)]
    assert states(path) == [
        ("asa@exempel.se", State.SENT, 1),
        ("bo@exempel.se", State.SENT, 1),
    ]


@pytest.mark.parametrize("state", [State.LATER, State.BROKEN])
def test_what_may_be_tried_again_is_with_longer_and_longer_waits(path: Path, state: State) -> None:
    """Each try is in the ledger before it, with the same id, so that a server can tell copies."""
    channel = Scripted([Answer(state), Answer(state)])
    made, waited = delivered(path, channel)
    assert waited == [5.0, 20.0]
    assert channel.seen == [(State.SENDING, 1), (State.SENDING, 2), (State.SENDING, 3)]
    assert len({message_id for _, message_id, _ in channel.handed}) == 1
    assert states(path) == [("asa@exempel.se", State.SENT, 3)]
    assert [one.arrived for one in made] == [True]


def test_it_gives_up_in_the_end_and_a_later_run_tries_anew(path: Path) -> None:
    made, waited = delivered(path, Scripted([Answer(State.LATER, "451 later")] * 4))
    assert waited == [5.0, 20.0, 60.0]
    assert [one.arrived for one in made] == [False]
    assert states(path) == [("asa@exempel.se", State.LATER, 4)]
    assert read_ledger(path)[0].answer == "451 later"
    delivered(path, Scripted([]))
    assert [state for _, state, _ in states(path)] == [State.LATER, State.SENT]


@pytest.mark.parametrize("state", [State.REFUSED, State.TOO_LARGE, State.UNKNOWN])
def test_what_was_refused_for_good_or_is_in_doubt_is_not_tried_again_in_the_same_run(
    path: Path, state: State
) -> None:
    channel = Scripted([Answer(state, "svar")])
    _, waited = delivered(path, channel, [ONE, TWO])
    assert waited == []
    assert [to for to, *_ in channel.handed] == ["asa@exempel.se", "bo@exempel.se"]
    assert [state for _, state, _ in states(path)] == [state, State.SENT]


@pytest.mark.parametrize("state", [State.SENT, State.UNKNOWN])
def test_what_is_sent_or_in_doubt_is_handed_over_again_only_when_asked_for(
    path: Path, state: State
) -> None:
    """A message that is sent once more on purpose has an id of its own, and one in doubt has not."""
    first = Scripted([Answer(state)])
    delivered(path, first)
    channel = Scripted([])
    made, _ = delivered(path, channel)
    assert (channel.handed, made[0].passed_over) == ([], True)
    delivered(path, channel, again=True)
    assert len(channel.handed) == 1
    assert (channel.handed[0][1] == first.handed[0][1]) == (state is State.UNKNOWN)


def test_a_run_that_breaks_off_leaves_its_message_in_doubt(path: Path) -> None:
    """Whatever breaks it; those before it are sent, and those after have no row."""

    class BrokenOff(Scripted):
        def hand_over(self, message: Message, stamp: Stamp, draft: str = "") -> Answer:
            if message is TWO:
                raise KeyboardInterrupt
            return super().hand_over(message, stamp, draft)

    third = replace(ONE, email="eva@exempel.se")
    with pytest.raises(KeyboardInterrupt):
        delivered(path, BrokenOff([]), [ONE, TWO, third])
    assert states(path) == [
        ("asa@exempel.se", State.SENT, 1),
        ("bo@exempel.se", State.UNKNOWN, 1),
    ]


def drafts(path: Path) -> Sequence[Row]:
    """The rows of drafts."""
    return [row for row in read_ledger(path) if row.state is State.DRAFTED]


def test_a_draft_is_made_once_and_sent_as_the_draft_it_is(path: Path) -> None:
    drafting = Scripted([Answer(State.DRAFTED, draft="AAMk1")], ChannelKind.GRAPH, sends=False)
    delivered(path, drafting)
    delivered(path, drafting)
    assert len(drafting.handed) == 1
    assert [row.draft for row in drafts(path)] == ["AAMk1"]
    sending = Scripted([], ChannelKind.GRAPH)
    delivered(path, sending)
    assert [draft for *_, draft in sending.handed] == ["AAMk1"]
    # Another channel knows nothing of that draft.
    other = replace(ONE, text="Annat")
    delivered(
        path,
        Scripted([Answer(State.DRAFTED, draft="AAMk2")], ChannelKind.GRAPH, sends=False),
        [other],
    )
    smtp = Scripted([])
    delivered(path, smtp, [other])
    assert [draft for *_, draft in smtp.handed] == [""]
