"""When each unit and each Gemensamt was last mailed what, by the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from excel_uppsikt.mail.ledger import Row, State, read_ledger
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.wording import is_another_round
from excel_uppsikt.plan.reading import read_plan
from excel_uppsikt.round_paths import LEDGER, PLAN_FILE


@dataclass(frozen=True, slots=True)
class Mails:
    """The last day of each kind of mail: that was sent, that lies as a draft, that nobody knows of.

    The kinds stand in the order in which they went. A draft may have been sent by hand, which the program
    cannot know.
    """

    sent: Mapping[MailKind, date] = field(default_factory=dict)
    drafted: Mapping[MailKind, date] = field(default_factory=dict)
    in_doubt: Mapping[MailKind, date] = field(default_factory=dict)

    @property
    def mailed(self) -> date | None:
        """When anything but a reminder was last sent."""
        days = [day for kind, day in self.sent.items() if kind is not MailKind.REMINDERS]
        return days[-1] if days else None

    @property
    def reminded(self) -> date | None:
        """When a reminder was last sent."""
        return self.sent.get(MailKind.REMINDERS)


NO_MAILS = Mails()


def mails_of(folder: Path) -> dict[str, Mails]:
    """The mails of each owner that has any, tests apart, and those of another round than the folder's.

    A folder may be a copy of the last round's. Raises `LedgerError` where it is unsure.
    """
    # Reports are a department's.
    kinds = set(MailKind) - {MailKind.REPORTS}
    rows = [row for row in read_ledger(folder / LEDGER) if not row.test and row.kind in kinds]
    if any(row.round for row in rows) and (plan := read_plan(folder / PLAN_FILE).plan) is not None:
        rows = [row for row in rows if not is_another_round(row.round, plan)]
    owners = dict.fromkeys(owner for row in rows for owner in row.owners)
    return {owner: _mails([row for row in rows if owner in row.owners]) for owner in owners}


def _mails(rows: Sequence[Row]) -> Mails:
    """What the rows of one owner say. The last is the one that was handed over last, whatever its day."""
    sent = _last(row for row in rows if row.state is State.SENT)
    # One that no longer lies there may be one that was sent by hand.
    drafted = _last(row for row in rows if row.state in (State.DRAFTED, State.GONE))
    later = {
        kind: row
        for kind, row in drafted.items()
        if kind not in sent or row.number > sent[kind].number
    }
    in_doubt = _last(
        row for row in rows if row.state is State.UNKNOWN and not _sent_since(rows, row)
    )
    return Mails(_days(sent), _days(later), _days(in_doubt))


def _last(rows: Iterable[Row]) -> dict[MailKind, Row]:
    """The last row of each kind, in the order of these."""
    last: dict[MailKind, Row] = {}
    for row in rows:
        last.pop(MailKind(row.kind), None)
        last[MailKind(row.kind)] = row
    return last


def _sent_since(rows: Iterable[Row], doubtful: Row) -> bool:
    """Whether the very same has been sent to the same person after it was in doubt."""
    return any(
        row.state is State.SENT
        and row.number > doubtful.number
        and row.recipient == doubtful.recipient
        and row.tells_the_same(doubtful.content, doubtful.identity)
        for row in rows
    )


def _days(rows: Mapping[MailKind, Row]) -> dict[MailKind, date]:
    return {kind: row.began.date() for kind, row in rows.items()}
