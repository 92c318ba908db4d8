"""Workbooks fetched out of a mailbox: each message with one, whole, into the inbox, and never twice."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from excel_uppsikt.excel.reading import UnreadableError
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.attachments import mail_headers
from excel_uppsikt.intake.containers import contents_of, may_hold_workbook
from excel_uppsikt.intake.mail_parts import mail_parts
from excel_uppsikt.leftovers import BEGINNING, remove_leftovers
from excel_uppsikt.round_paths import FETCHED, FETCHED_BEFORE, PLAN_FILE
from excel_uppsikt.rounds.checking import Progress, no_progress
from excel_uppsikt.rounds.disk import OutputError, write_whole
from excel_uppsikt.rounds.fetch_channel import FetchChannel, channel_set_up
from excel_uppsikt.rounds.mailboxes import MissedError, NotFetched, Source, open_graph, open_imap
from excel_uppsikt.rounds.memory import remember, remembered

# Connections that break one after the other before the rest is left for another time.
_MOST_LOST = 3


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
    opened = open_imap() if by is FetchChannel.IMAP else open_graph()
    with opened as source:
        return _Fetching(folder, source, progress).all()


@dataclass(slots=True)
class _Fetching:
    """A folder as it is gone through."""

    folder: Path
    source: Source
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
            except MissedError as error:
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
            raise MissedError(NotFetched.NOT_WRITTEN) from error
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
