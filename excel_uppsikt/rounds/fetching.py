"""Workbooks fetched out of a mailbox: each message with one, whole, into the inbox, and never twice."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from pathlib import Path

from excel_uppsikt.excel.guard.limits import MAX_FILE
from excel_uppsikt.excel.reading import UnreadableError
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.attachments import mail_headers
from excel_uppsikt.intake.containers import contents_of, may_hold_workbook
from excel_uppsikt.intake.mail_parts import mail_parts
from excel_uppsikt.language.text import clean
from excel_uppsikt.leftovers import BEGINNING, remove_leftovers
from excel_uppsikt.mail.graph import GraphMail
from excel_uppsikt.mail.graph_requests import GraphError, GraphReason
from excel_uppsikt.mail.imap import ImapError, ImapMailbox, ImapReason
from excel_uppsikt.mail.settings import graph_service, imap_server
from excel_uppsikt.mail.sign_in import tokens
from excel_uppsikt.round_paths import FETCHED, FETCHED_BEFORE, PLAN_FILE
from excel_uppsikt.rounds.checking import Progress, no_progress
from excel_uppsikt.rounds.disk import OutputError, write_whole
from excel_uppsikt.rounds.fetch_channel import FetchChannel, channel_set_up
from excel_uppsikt.rounds.memory import remember, remembered

# Connections that break one after the other before the rest is left for another time.
_MOST_LOST = 3
_LONGEST_ABOUT = 120


class NotFetched(Enum):
    """Why a message was not fetched."""

    TOO_LARGE = "too_large"
    GONE = "gone"
    LOST = "lost"
    REFUSED = "refused"
    NOT_WRITTEN = "not_written"


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A message that was saved: where, whom it is from, its subject, when it was sent, its workbooks."""

    path: Path
    sender: str
    subject: str
    sent: datetime | None
    workbooks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissedMail:
    """A message that was not fetched: what is known of it ('' for nothing), and why."""

    about: str
    reason: NotFetched


@dataclass(frozen=True, slots=True)
class Fetch:
    """What was fetched: from which folder, what of it, and how many messages had been or have no workbook."""

    where: str
    fetched: tuple[FetchedMail, ...]
    missed: tuple[MissedMail, ...]
    before: int
    without: int


@dataclass(frozen=True, slots=True)
class _Source:
    """A folder of a mailbox: its messages by ids that stay, with what is known of each, and each whole."""

    where: str
    ids: Mapping[str, str]
    read: Callable[[str], bytes]


class _MissedError(Exception):
    def __init__(self, reason: NotFetched) -> None:
        self.reason = reason
        super().__init__(reason.value)


def fetch_round(
    folder: Path, channel: FetchChannel | None = None, *, progress: Progress = no_progress
) -> Fetch:
    """Saves each message with a workbook that is new in the mailbox's folder in the round's inbox.

    Without a channel it is the one that is set up. `progress` is called with what is known of each message.
    A message that cannot be had stops none of the rest. Raises `CannotRunError` where there is no round, no
    settings, or no way to the mailbox.
    """
    if not (folder / PLAN_FILE).is_file():
        raise CannotRunError(f"{folder} har ingen {PLAN_FILE}. Ange mappen med omgången.")
    by = channel or channel_set_up()
    opened = _imap() if by is FetchChannel.IMAP else _graph()
    with opened as source:
        return _Fetching(folder, source, progress).all()


@dataclass(slots=True)
class _Fetching:
    """A folder as it is gone through."""

    folder: Path
    source: _Source
    progress: Progress
    fetched: list[FetchedMail] = field(default_factory=list)
    missed: list[MissedMail] = field(default_factory=list)
    before: int = 0
    without: int = 0

    def all(self) -> Fetch:
        """Goes through the folder."""
        memory = {
            k: v for k, v in remembered(self.folder / FETCHED_BEFORE).items() if isinstance(v, str)
        }
        remove_leftovers((self.folder / FETCHED).glob(f"{BEGINNING}*"))
        lost = 0
        saved = {path.stem for path in (self.folder / FETCHED).glob("*.eml")}
        for number, about in self.source.ids.items():
            mark = hashlib.sha256(number.encode()).hexdigest()[:32]
            if mark in memory:
                self.before += bool(memory[mark])
                self.without += not memory[mark]
                continue
            self.progress(about)
            if lost >= _MOST_LOST:
                self.missed.append(MissedMail(about, NotFetched.LOST))
                continue
            try:
                memory[mark] = self._one(number, {*saved, *memory.values()})
            except _MissedError as error:
                self.missed.append(MissedMail(about, error.reason))
                lost = lost + 1 if error.reason is NotFetched.LOST else 0
                continue
            lost = 0
            # What has been saved is remembered even where the next one ends the program.
            remember(self.folder / FETCHED_BEFORE, memory)
        return Fetch(
            self.source.where, tuple(self.fetched), tuple(self.missed), self.before, self.without
        )

    def _one(self, number: str, known: set[str]) -> str:
        """Saves a message if it has a workbook; its name, '' for one without."""
        data = self.source.read(number)
        workbooks = _workbooks(data)
        if workbooks is None:
            self.without += 1
            return ""
        name = _name(data)
        if name in known:
            self.before += 1
            return name
        path = self.folder / FETCHED / f"{name}.eml"
        try:
            write_whole(path, data)
        except OutputError as error:
            raise _MissedError(NotFetched.NOT_WRITTEN) from error
        headers = mail_headers(data)
        self.fetched.append(
            FetchedMail(path, headers.sender, headers.subject, _day(headers.date), workbooks)
        )
        return name


def _workbooks(data: bytes) -> tuple[str, ...] | None:
    """The paths in a message of what may be workbooks; None for a message without."""
    found = [content.inside for content in contents_of(data) if may_hold_workbook(content)]
    return tuple(inside for inside in found if inside) if found else None


def _name(data: bytes) -> str:
    """A message's own mark: the same through whatever server it is had, another for other attachments."""
    headers = mail_headers(data)
    digest = hashlib.sha256()
    for part in (headers.id, headers.date, headers.address):
        digest.update(part.encode("utf-8", "replace") + b"\0")
    if not headers.id:
        digest.update(data)
    try:
        for path, read in mail_parts(data, None).files:
            digest.update(path.encode("utf-8", "replace") + b"\0" + hashlib.sha256(read()).digest())
    except UnreadableError:
        digest.update(data)
    return digest.hexdigest()[:24]


def _day(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


_IMAP_MISSED = {
    ImapReason.TOO_LARGE: NotFetched.TOO_LARGE,
    ImapReason.NOT_FOUND: NotFetched.GONE,
    ImapReason.REFUSED: NotFetched.REFUSED,
}


@contextmanager
def _imap() -> Iterator[_Source]:
    server = imap_server()
    where = f"{server.folder} ({server.user or server.host})"

    def read(number: str) -> bytes:
        try:
            return box.message(number.rpartition("|")[2], MAX_FILE)
        except ImapError as error:
            reason = _IMAP_MISSED.get(error.reason, NotFetched.LOST)
            raise _MissedError(reason) from error

    try:
        box = ImapMailbox(server).__enter__()
    except ImapError as error:
        raise CannotRunError(_not_opened(error.reason, server.host, server.folder)) from error
    try:
        try:
            numbers = box.numbers()
        except ImapError as error:
            raise CannotRunError(_not_opened(error.reason, server.host, server.folder)) from error
        account = f"imap|{server.host}|{server.user}|{server.folder}|{box.validity}"
        yield _Source(where, {f"{account}|{n}": f"meddelande {n}" for n in numbers}, read)
    finally:
        box.__exit__(None, None, None)


def _not_opened(reason: ImapReason, host: str, folder: str) -> str:
    """Why a mailbox was not opened, and what to do."""
    told = {
        ImapReason.UNREACHABLE: f"E-postservern {host} svarar inte. Se efter att datorn är uppkopplad och "
        "att host, port och security i mejl.toml är rätt.",
        ImapReason.UNTRUSTED: f"E-postservern {host} visade ett certifikat som datorn inte litar på. Fråga "
        "it-avdelningen; en egen certifikatfil anges med ca i mejl.toml.",
        ImapReason.UNPROTECTED: f"E-postservern {host} erbjuder ingen kryptering (STARTTLS). Fråga "
        "it-avdelningen vilken port och security som gäller.",
        ImapReason.SIGNED_OUT: f"Inloggningen på e-postservern {host} godtogs inte. Se efter användare och "
        "lösenord, eller kommandot för token, och om servern tillåter det slaget av inloggning.",
        ImapReason.NOT_FOUND: f"Mappen {folder} finns inte i brevlådan på {host}. Se efter folder i [imap] i "
        "mejl.toml.",
    }
    return told.get(
        reason,
        f"Anslutningen till e-postservern {host} bröts. Inget har ändrats i brevlådan; kör igen.",
    )


_GRAPH_MISSED = {
    GraphReason.TOO_LARGE: NotFetched.TOO_LARGE,
    GraphReason.NOT_FOUND: NotFetched.GONE,
    GraphReason.LOST: NotFetched.LOST,
    GraphReason.UNREACHABLE: NotFetched.LOST,
}


@contextmanager
def _graph() -> Iterator[_Source]:
    settings = graph_service()
    box = GraphMail(settings.url, tokens(settings), mailbox=settings.mailbox)
    folder = settings.folder or "inkorgen"

    def read(number: str) -> bytes:
        try:
            return box.mime(number.partition("|")[2], MAX_FILE)
        except GraphError as error:
            raise _MissedError(_GRAPH_MISSED.get(error.reason, NotFetched.REFUSED)) from error

    try:
        listed = list(box.messages(settings.folder))
    except GraphError as error:
        raise CannotRunError(_not_listed(error, folder)) from error
    about = {f"graph|{one.id}": _about(one.sender, one.subject) for one in listed}
    yield _Source(f"{folder} ({settings.mailbox or 'Microsoft 365'})", about, read)


def _about(sender: str, subject: str) -> str:
    """A message in words that can be printed, whatever it is called."""
    return " ".join(clean(f"{sender}: {subject}").split()).strip(": ")[:_LONGEST_ABOUT]


def _not_listed(error: GraphError, folder: str) -> str:
    """Why a mailbox was not opened, and what to do."""
    told = {
        GraphReason.SIGNED_OUT: "Microsoft 365 godtog inte inloggningen. Kör igen och logga in på nytt.",
        GraphReason.FORBIDDEN: "Microsoft 365 tillåter inte att brevlådan läses. It-avdelningen behöver "
        "godkänna programmet, eller ge dig rätt till den delade brevlådan.",
        GraphReason.NOT_FOUND: f"Mappen {folder} finns inte i brevlådan. Se efter folder och mailbox i "
        "[graph] i mejl.toml; en mapp i en mapp skrivs som Inkorgen/Svar.",
        GraphReason.THROTTLED: "Microsoft 365 har för mycket att göra just nu. Kör igen om en stund.",
        GraphReason.UNREACHABLE: "Microsoft 365 svarar inte. Se efter att datorn är uppkopplad och kör igen.",
    }
    status = f" ({error.status} {error.code})".replace(" )", ")") if error.status else ""
    return told.get(
        error.reason, f"Microsoft 365 svarade inte som väntat{status}. Kör igen om en stund."
    )
