"""When each unit and each Gemensamt was last mailed what, by the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from excel_uppsikt.mail.ledger import State, read_ledger
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.round_paths import LEDGER


@dataclass(frozen=True, slots=True)
class Mails:
    """The last day of each kind of mail: that was sent, that lies as a draft, that nobody knows of.

    A draft may have been sent by hand, which the program cannot know.
    """

    sent: Mapping[MailKind, date] = field(default_factory=dict)
    drafted: Mapping[MailKind, date] = field(default_factory=dict)
    in_doubt: Mapping[MailKind, date] = field(default_factory=dict)

    @property
    def mailed(self) -> date | None:
        """When anything but a reminder was last sent."""
        days = [day for kind, day in self.sent.items() if kind is not MailKind.REMINDERS]
        return max(days, default=None)

    @property
    def reminded(self) -> date | None:
        """When a reminder was last sent."""
        return self.sent.get(MailKind.REMINDERS)


NO_MAILS = Mails()


def mails_of(folder: Path) -> dict[str, Mails]:
    """The mails of each owner that has any, tests apart. Raises `LedgerError` where that is unsure."""
    days: dict[str, dict[State, dict[MailKind, date]]] = {}
    for row in read_ledger(folder / LEDGER):
        # Reports are a department's.
        if row.test or row.kind not in set(MailKind) - {MailKind.REPORTS}:
            continue
        for owner in row.owners:
            of_state = days.setdefault(owner, {}).setdefault(row.state, {})
            of_state[MailKind(row.kind)] = row.began.date()
    return {
        owner: Mails(
            sent=of.get(State.SENT, {}),
            drafted=_later(of.get(State.DRAFTED, {}), of.get(State.SENT, {})),
            in_doubt=of.get(State.UNKNOWN, {}),
        )
        for owner, of in days.items()
    }


def _later(drafted: Mapping[MailKind, date], sent: Mapping[MailKind, date]) -> dict[MailKind, date]:
    """The drafts that were made after the last of their kind was sent."""
    return {kind: day for kind, day in drafted.items() if kind not in sent or day > sent[kind]}
