"""Mail as chosen on the page: who would get what by that, kept until it is made or sent as it was shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.channel import ChannelKind
from excel_uppsikt.mail.delivery import Standing
from excel_uppsikt.mail.ledger import Row, read_ledger
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.settings import is_set_up
from excel_uppsikt.mail.settings_file import MailSettingsError
from excel_uppsikt.round_paths import LEDGER
from excel_uppsikt.rounds import mail_words, outbox
from excel_uppsikt.rounds.checking import Progress
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.results import Mailing
from excel_uppsikt.rounds.ways import Way, by_graph, by_server, takes
from excel_uppsikt.web import mail_told
from excel_uppsikt.web.visit import Visit

FILES = "files"
# The ways out by their names in forms, how each is opened, and the table of the settings that it needs.
WAYS: Mapping[str, tuple[str, ChannelKind, bool, Callable[[], Way]]] = {
    "smtp": ("smtp", ChannelKind.SMTP, True, by_server),
    "graph": ("graph", ChannelKind.GRAPH, True, lambda: by_graph(sends=True)),
    mail_told.TIDIES: ("graph", ChannelKind.GRAPH, False, lambda: by_graph(sends=False)),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be mailed, as it was chosen: to all or only some, and what of it."""

    kind: MailKind
    only: str = ""
    test_to: str = ""
    again: bool = False
    unfinished: bool = False

    @classmethod
    def of(cls, visit: Visit) -> "Choice":
        """What stands in a form. Raises `CannotRunError` for a kind that there is not."""
        kind = visit.written("slag")
        if kind not in set(MailKind):
            raise CannotRunError(mail_told.NO_KIND)
        return cls(
            MailKind(kind),
            visit.written("bara"),
            visit.written("prov"),
            bool(visit.written("igen")),
            bool(visit.written("anda")),
        )

    @property
    def fields(self) -> dict[str, str]:
        """The form's fields that say so, without those that are empty."""
        told = {
            "slag": self.kind.value,
            "bara": self.only,
            "prov": self.test_to,
            "igen": "1" if self.again else "",
            "anda": "1" if self.unfinished else "",
        }
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class MailRow:
    """A message as it is shown, and the ways by which it would be handed over."""

    whom: str
    to: str
    subject: str
    attached: tuple[str, ...]
    why: str
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get what, and who nothing and why. `mark` tells it from what has changed since it was shown.

    `doubts` are the messages of which nobody knows whether they came through, with the question of each by
    the number of its row, and `outdated` how many drafts in Microsoft 365 nobody is to get now.
    """

    folder: Path
    choice: Choice
    mark: str
    rows: tuple[MailRow, ...]
    told: tuple[str, ...]
    doubts: tuple[tuple[int, str], ...]
    outdated: int = 0

    @property
    def only_outdated(self) -> bool:
        """Whether there are old drafts to take away, and none to make."""
        return self.outdated > 0 and not self.going(mail_told.TIDIES)

    def going(self, way: str) -> tuple[MailRow, ...]:
        """The messages that would be handed over this way."""
        return tuple(row for row in self.rows if way in row.by)


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A mailing as it is now, and what is known of each of its messages."""

    mailing: Mailing
    standings: tuple[Standing, ...]
    mark: str
    outdated: tuple[Row, ...] = ()


def worked_out(folder: Path, choice: Choice, progress: Progress) -> WorkedOut:
    """Who is to get what by a choice, as `uppsikt mail` works it out."""
    mailing = mailing_of(
        folder,
        choice.kind,
        unfinished=choice.unfinished,
        only=choice.only or None,
        progress=progress,
    )
    if choice.test_to:
        mailing = outbox.as_test(mailing, choice.test_to)
    standings = outbox.standings(mailing)
    rows = [(row.number, row.state.value) for row in read_ledger(folder / LEDGER)]
    messages = [(one.to, one.name, one.content) for one in mailing.messages]
    mark = sha256(repr((choice, messages, rows)).encode("utf-8", "replace")).hexdigest()
    return WorkedOut(mailing, standings, mark, outbox.outdated_drafts(mailing, ChannelKind.GRAPH))


def as_shown(folder: Path, shown: Preview, progress: Progress) -> WorkedOut:
    """What was shown, as it is now. Raises `CannotRunError` where that is no longer the same."""
    now = worked_out(folder, shown.choice, progress)
    if now.mark != shown.mark:
        raise CannotRunError(mail_told.CHANGED)
    return now


def preview(folder: Path, choice: Choice, now: WorkedOut, today: date) -> Preview:
    """What is shown of it, without what is attached."""
    return Preview(
        folder,
        choice,
        now.mark,
        tuple(_row(known, again=choice.again) for known in now.standings),
        (
            *filter(
                None, [mail_words.day_gone(now.mailing, today), mail_words.outdated(now.outdated)]
            ),
            *mail_told.of_mailing(now.mailing),
        ),
        () if choice.again else _doubts(now.standings),
        len(now.outdated),
    )


def _row(known: Standing, *, again: bool) -> MailRow:
    message = known.message
    by = {
        name
        for name, (_, kind, sends, _) in WAYS.items()
        if takes(known, kind, sends=sends, again=again)
    }
    # A draft in a file is made anew as long as the message has not been sent.
    by |= {FILES} if again or known.row is None else set()
    why = mail_words.why(known, again=again)
    return MailRow(
        mail_words.whom(message), message.to, message.subject, message.attached, why, frozenset(by)
    )


def _doubts(standings: Sequence[Standing]) -> tuple[tuple[int, str], ...]:
    rows = [known.row for known in standings if known.row is not None and known.doubtful]
    return tuple((row.number, mail_words.in_doubt(row)) for row in rows)


@dataclass(frozen=True, slots=True)
class WaysOut:
    """The ways that are set up on this computer by their names, and what is wrong in the settings."""

    ways: Mapping[str, Way]
    faults: tuple[str, ...]


def ways_out() -> WaysOut:
    """What can be used besides drafts in files."""
    ways: dict[str, Way] = {}
    faults: list[str] = []
    for name, (table, _, _, opened) in WAYS.items():
        try:
            if is_set_up(table):
                ways[name] = opened()
        except MailSettingsError as error:
            faults.append(str(error))
    return WaysOut(ways, tuple(dict.fromkeys(faults)))
