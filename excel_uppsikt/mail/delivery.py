"""Messages handed over one by one through a channel, each told in the ledger before and after."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from excel_uppsikt.mail.addresses import same_person
from excel_uppsikt.mail.channel import Answer, Channel, stamp
from excel_uppsikt.mail.ledger import IN_DOUBT, Ledger, Row, State
from excel_uppsikt.mail.message import Message, of_different_rounds

# How long to wait, in seconds, before each new try where a server says no for the time being.
BACK_OFF = (5.0, 20.0, 60.0)
# What it is of no use, or of no harm, to hand over once more in the same run.
_TRY_AGAIN = (State.LATER, State.BROKEN)


class Doubt(StrEnum):
    """What the coordinator says of a message of which nobody knows whether it came through."""

    ARRIVED = "arrived"
    SEND = "send"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says of a message: the last row that counts, None where it has never gone out.

    `drafts` are the rows of drafts that were made of it.
    """

    message: Message
    row: Row | None = None
    drafts: tuple[Row, ...] = ()

    @property
    def sent(self) -> bool:
        """Whether the same has been sent to the same person."""
        return self.row is not None and self.row.state is State.SENT

    @property
    def doubtful(self) -> bool:
        """Whether nobody knows if it has come through."""
        return self.row is not None and self.row.state in IN_DOUBT

    def draft_in(self, channel: str) -> Row | None:
        """The last draft that was made of it through a channel."""
        return next((row for row in reversed(self.drafts) if row.channel == channel), None)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message; `row` is None where it was not begun, since all was stopped before."""

    message: Message
    row: Row | None
    passed_over: bool = False

    @property
    def arrived(self) -> bool:
        """Whether it has gone out or lies as a draft, now or before."""
        return self.row is not None and self.row.state in (State.SENT, State.DRAFTED)


def standing(rows: Iterable[Row], message: Message) -> Standing:
    """What is known of a message. A test of it says nothing, and nor does what came to nothing."""
    if message.test_to:
        return Standing(message)
    rows = tuple(rows)
    # One that may have come through outweighs one that has: the coordinator is to know of it.
    gone = (State.SENT, State.SENDING, *IN_DOUBT)
    counts = [row for row in alike(rows, message) if row.state in gone]
    lying = (State.DRAFTED, State.LATER, State.BROKEN, State.REFUSED)
    # A draft is to say what would be sent now, to the letter.
    away = {"", *(row.draft for row in rows if row.state in (State.REMOVED, State.GONE))}
    same = _same(rows, message)
    drafts = tuple(row for row in same if row.draft not in away and row.state in lying)
    return Standing(message, counts[-1] if counts else None, drafts)


def deliver(
    messages: Sequence[Message],
    channel: Channel,
    ledger: Ledger,
    *,
    again: bool = False,
    now: Callable[[], datetime],
    wait: Callable[[float], None] | None = None,
    back_off: Sequence[float] = BACK_OFF,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Delivered]:
    """Hands over each message that has not been, and gives what became of each as it is known.

    The same content is not handed over to the same person twice unless `again`, and nor is one of which
    nobody knows whether it came through. Once it is `stopped` no message is begun, and none that was refused
    for the time being is tried again; one that has been begun is ended.
    """
    patience = _Patience(wait or time.sleep, back_off, stopped)
    for message in messages:
        known = standing(ledger.rows(), message)
        if known.row is not None and not again:
            yield Delivered(message, known.row, passed_over=True)
            continue
        draft = None if again else known.draft_in(channel.kind)
        if draft is not None and not channel.sends:
            if channel.harmless:
                channel.hand_over(message, stamp(message, (), now()))
            yield Delivered(message, draft, passed_over=not channel.harmless)
            continue
        if stopped():
            yield Delivered(message, None)
            continue
        lies = draft.draft if draft else ""
        yield Delivered(message, _handed_over(message, lies, channel, ledger, now, patience))


def settle(ledger: Ledger, doubts: Mapping[int, Doubt], now: datetime) -> None:
    """Keeps what the coordinator says of messages in doubt, by the numbers of their rows."""
    for row in ledger.rows():
        if row.state not in IN_DOUBT:
            continue
        match doubts.get(row.number, Doubt.LEAVE):
            case Doubt.ARRIVED:
                ledger.end(row, State.SENT, "enligt samordnaren", now)
            case Doubt.SEND:
                # A draft that is gone cannot be sent as it lies: another is to be made.
                left = State.REMOVED if row.state is State.GONE else State.BROKEN
                ledger.end(row, left, "kom inte fram enligt samordnaren", now)


@dataclass(frozen=True, slots=True)
class _Patience:
    """How it is waited before each new try, how long, and whether no more is to be begun."""

    wait: Callable[[float], None]
    back_off: Sequence[float]
    stopped: Callable[[], bool]


def _handed_over(
    message: Message,
    draft: str,
    channel: Channel,
    ledger: Ledger,
    now: Callable[[], datetime],
    patience: _Patience,
) -> Row:
    """Hands a message over, several times where it is refused for the time being."""
    own = stamp(message, _same(ledger.rows(), message), now())
    row = ledger.begin(
        message,
        channel.kind,
        own.message_id,
        own.when,
        draft=draft,
        harmless=channel.harmless,
    )
    answer = channel.hand_over(message, own, draft)
    for seconds in patience.back_off:
        if answer.state not in _TRY_AGAIN:
            break
        # What is known so far stands there while it waits.
        row = _answered(ledger, row, answer, now)
        patience.wait(seconds)
        if patience.stopped():
            return row
        row = ledger.again(row)
        answer = channel.hand_over(message, own, row.draft)
    return _answered(ledger, row, answer, now)


def _answered(ledger: Ledger, row: Row, answer: Answer, now: Callable[[], datetime]) -> Row:
    return ledger.end(
        row, answer.state, answer.words, now(), draft=answer.draft, version=answer.version
    )


def alike(rows: Iterable[Row], message: Message) -> tuple[Row, ...]:
    """The rows of what tells the same person the same in the same round, whatever it is filed by."""
    person, content, identity = same_person(message.to), message.content, message.identity
    return tuple(
        row
        for row in rows
        if row.recipient == person
        and row.test == bool(message.test_to)
        and row.tells_the_same(content, identity)
        and not of_different_rounds(row.round, message.round)
    )


def _same(rows: Iterable[Row], message: Message) -> tuple[Row, ...]:
    """The rows of the same content to the same person."""
    person, content, test = same_person(message.to), message.content, bool(message.test_to)
    return tuple(
        row for row in rows if (row.recipient, row.content, row.test) == (person, content, test)
    )
