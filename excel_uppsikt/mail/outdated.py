"""Drafts in a mailbox that say what nobody is to be told now: which they are, and taking them away there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from excel_uppsikt.mail.delivery import Standing, alike
from excel_uppsikt.mail.ledger import Ledger, Row, State
from excel_uppsikt.mail.message import MailKind, of_different_rounds

# As what a draft lies there.
_LYING = (State.DRAFTED, State.LATER, State.BROKEN, State.REFUSED, State.TOO_LARGE)


class Withdrawal(StrEnum):
    """What became of a draft that was to be taken away."""

    REMOVED = "removed"
    CHANGED = "changed"  # somebody may have written in it: it lies there
    GONE = "gone"  # sent by hand, moved or deleted: nobody knows which
    LEFT = "left"  # the service did not do it: it lies there


@runtime_checkable
class KeepsDrafts(Protocol):
    """A channel whose drafts can be taken away again."""

    def withdraw(self, draft: str, version: str) -> tuple[Withdrawal, str]:
        """Takes a draft away that lies there as it was made; what became of it, and the service's words."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A draft that was to be taken away, by its last row, and what became of it."""

    row: Row
    outcome: Withdrawal
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which mail is asked for: its kind, all or only some of it, its round, what is known of each message."""

    kind: MailKind
    partly: bool
    round: str
    standings: Sequence[Standing]


def outdated(rows: Sequence[Row], asked: Asked, channel: str) -> tuple[Row, ...]:
    """The drafts in a channel that are of no message asked for, or of one that has been sent.

    Where only some are asked for it is known of no others, and only what has been sent counts. Each is its
    last row, and a test none.
    """
    tests = any(known.message.test_to for known in asked.standings)
    kept = {
        draft.draft
        for known in asked.standings
        if not known.sent and (draft := known.draft_in(channel)) is not None
    }
    sent = {
        row.number for known in asked.standings if known.sent for row in alike(rows, known.message)
    }
    last = {row.draft: row for row in rows if row.channel == channel and row.draft and not row.test}
    return tuple(
        row
        for row in last.values()
        if row.state in _LYING
        and row.kind == asked.kind
        and row.draft not in kept
        and not of_different_rounds(row.round, asked.round)
        and (row.number in sent or not (asked.partly or tests))
    )


def withdraw(
    drafts: Iterable[Row], channel: KeepsDrafts, ledger: Ledger, now: Callable[[], datetime]
) -> Iterator[Withdrawn]:
    """Takes drafts away, and keeps in the ledger those that no longer lie there.

    Where the service does not do it with one, the rest are left too.
    """
    rows, left = ledger.rows(), ""
    for draft in drafts:
        of_it = [row for row in rows if row.draft == draft.draft and row.channel == draft.channel]
        version = next((row.version for row in reversed(of_it) if row.version), "")
        outcome, words = (Withdrawal.LEFT, left) if left else channel.withdraw(draft.draft, version)
        left = words if outcome is Withdrawal.LEFT else ""
        if outcome in (Withdrawal.REMOVED, Withdrawal.GONE):
            state = State.REMOVED if outcome is Withdrawal.REMOVED else State.GONE
            for row in of_it:
                if row.state in _LYING:
                    ledger.end(row, state, words, now())
        yield Withdrawn(draft, outcome, words)
