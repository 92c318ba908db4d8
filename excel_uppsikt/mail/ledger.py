"""`ut/utskick.sqlite`: what was drafted and sent, to whom, when, with what answer.

A row is committed before a message is handed over and again after the answer. Where a run is killed in
between, nobody knows whether the message came through, and the row says so from then on.

The file lies where rounds lie, on network folders and in OneDrive: it is a single file with SQLite's
ordinary journal, held by one run at a time, and what cannot be trusted is told and left as it is.
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.leftovers import own_beginning
from excel_uppsikt.mail.addresses import same_person
from excel_uppsikt.mail.message import Message

# `UPPS`, by which SQLite's own header tells whose file it is, and how the table is made.
_APPLICATION, _VERSION = 0x55505053, 1
_TABLE = """
CREATE TABLE message (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    owners TEXT NOT NULL,
    departments TEXT NOT NULL,
    subject TEXT NOT NULL,
    attached TEXT NOT NULL,
    content TEXT NOT NULL,
    test INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    tries INTEGER NOT NULL,
    state TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT,
    answer TEXT NOT NULL,
    draft TEXT NOT NULL
) STRICT
"""
_WAIT_SECONDS = 3


class State(StrEnum):
    """What has become of a message."""

    DRAFTING = "drafting"
    DRAFTED = "drafted"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    UNKNOWN = "unknown"


class LedgerError(CannotRunError):
    """What was sent cannot be known, with the reason and what to do in Swedish."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message that was handed over, and its answer. `draft` is its id where the draft lies."""

    number: int
    kind: str
    channel: str
    recipient: str
    email: str
    owners: tuple[str, ...]
    subject: str
    attached: tuple[str, ...]
    content: str
    test: bool
    message_id: str
    tries: int
    state: State
    began: datetime
    answer: str = ""
    draft: str = ""


class Ledger:
    """The ledger, held by this run alone."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order in which the messages were handed over."""
        with _told(self._path):
            return _rows(self._connection, self._path)

    def begin(
        self,
        message: Message,
        channel: str,
        message_id: str,
        when: datetime,
        *,
        draft: str = "",
        harmless: bool = False,
    ) -> Row:
        """Commits that a message is about to be handed over.

        Where that is `harmless` nothing is in doubt if the run is killed then.
        """
        values = {
            "kind": message.kind.value,
            "channel": channel,
            "recipient": same_person(message.to),
            "email": message.to,
            "name": message.name,
            "owners": _list(message.owners),
            "departments": _list(message.departments),
            "subject": message.subject,
            "attached": _list(message.attached),
            "content": message.content,
            "test": int(bool(message.test_to)),
            "message_id": message_id,
            "tries": 1,
            "state": (State.DRAFTING if harmless else State.SENDING).value,
            "began": when.isoformat(timespec="seconds"),
            "answer": "",
            "draft": draft,
        }
        names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        with _told(self._path), self._connection:
            made = self._connection.execute(
                f"INSERT INTO message ({names}) VALUES ({places})",  # noqa: S608  our own names
                values,
            )
            number = made.lastrowid
            known = self._connection.execute("SELECT * FROM message WHERE number = ?", (number,))
            return _row(known.fetchone())

    def again(self, row: Row) -> Row:
        """Commits that a message which was refused for the time being is about to be handed over again."""
        return self._changed(row, replace(row, state=State.SENDING, tries=row.tries + 1), None)

    def end(self, row: Row, state: State, answer: str, when: datetime, *, draft: str = "") -> Row:
        """Commits the answer."""
        ended = replace(row, state=state, answer=answer, draft=draft or row.draft)
        return self._changed(row, ended, when)

    def _changed(self, row: Row, now: Row, when: datetime | None) -> Row:
        ended = when.isoformat(timespec="seconds") if when else None
        with _told(self._path), self._connection:
            self._connection.execute(
                "UPDATE message SET state = ?, tries = ?, answer = ?, draft = ?, ended = ? WHERE number = ?",
                (now.state.value, now.tries, now.answer, now.draft, ended, row.number),
            )
        return now


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger, made where there is none, held by this run alone until it is done.

    What a run that was killed had handed over without an answer is `UNKNOWN` from now on. Raises
    `LedgerError` where another run holds it, where it is damaged, or where a copy lies beside it.
    """
    _refuse_copies(path)
    if not path.exists():
        _make(path)
    with _told(path), _connected(path) as connection:
        # Held until the connection ends, which it does too with a run that is killed.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        _look_through(connection, path)
        connection.execute(
            "UPDATE message SET state = ? WHERE state = ?", (State.UNKNOWN, State.SENDING)
        )
        connection.commit()
        yield Ledger(connection, path)


def read_ledger(path: Path) -> tuple[Row, ...]:
    """All rows; none where nothing was drafted or sent. Raises `LedgerError` as `open_ledger` does."""
    _refuse_copies(path)
    if not path.exists():
        return ()
    with _told(path), _connected(path) as connection:
        _look_through(connection, path)
        rows = _rows(connection, path)
    return tuple(
        replace(row, state=State.UNKNOWN) if row.state is State.SENDING else row for row in rows
    )


def copies(path: Path) -> tuple[str, ...]:
    """The names of files beside the ledger that sync programs have made of it, or a person."""
    stem, ending = path.stem.casefold(), path.suffix.casefold()
    own = {path.name, *(f"{path.name}-{kind}" for kind in ("journal", "wal", "shm"))}
    try:
        names = sorted(beside.name for beside in path.parent.iterdir())
    except OSError:
        return ()
    return tuple(
        name
        for name in names
        if name not in own and name.casefold().startswith(stem) and ending in name.casefold()
    )


def _refuse_copies(path: Path) -> None:
    found = copies(path)
    if found:
        raise LedgerError(
            f"Bredvid {path} ligger {', '.join(found)}. Det blir så när två datorer har skrivit i den "
            "samtidigt, och då vet ingen av dem allt som är skickat. Se efter bland skickade mejl, "
            "flytta bort den fil som inte gäller och kör igen."
        )


def _make(path: Path) -> None:
    """Puts an empty ledger there, whole or not at all, and never over another."""
    empty = sqlite3.connect(":memory:")
    try:
        empty.execute(f"PRAGMA application_id = {_APPLICATION}")
        empty.execute(f"PRAGMA user_version = {_VERSION}")
        empty.execute(_TABLE)
        data = empty.serialize()
    finally:
        empty.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=own_beginning())
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        _put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _put(temporary: Path, path: Path) -> None:
    try:
        # Fails where another run has made one meanwhile, which is then the one to use.
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without links. Windows' rename refuses to write over a file too.
        if not path.exists():
            temporary.rename(path)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tells what SQLite says of the file as what it means, and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerError(_reason(path, error)) from error


def _reason(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"{path} används av en annan körning eller dator. Vänta tills den är klar och kör igen."
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _damaged(path)
    if code == sqlite3.SQLITE_FULL:
        return f"{path} kan inte skrivas, för disken är full. Gör plats och kör igen."
    return f"{path} kan inte läsas eller skrivas. Se efter att du får läsa och skriva i mappen och kör igen."


def _damaged(path: Path) -> str:
    return (
        f"{path} är skadad, så det går inte att veta vad som redan är skickat. Hämta en tidigare version av "
        "den (i OneDrive: Versionshistorik). Finns ingen: se efter bland skickade mejl, flytta bort filen "
        "och kör igen."
    )


def _look_through(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `LedgerError` unless it is a whole ledger of this program's."""
    if path.stat().st_size == 0:
        raise LedgerError(_damaged(path))
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == _APPLICATION and version > _VERSION:
        raise LedgerError(
            f"{path} är gjord av en nyare version av programmet. Använd den versionen."
        )
    whole = [told[0] for told in connection.execute("PRAGMA quick_check")] == ["ok"]
    if not whole or (application, version) != (_APPLICATION, _VERSION):
        raise LedgerError(_damaged(path))


def _rows(connection: sqlite3.Connection, path: Path) -> tuple[Row, ...]:
    told = connection.execute("SELECT * FROM message ORDER BY number").fetchall()
    try:
        return tuple(map(_row, told))
    except (ValueError, TypeError):
        # A whole file with something in it that no run has written.
        raise LedgerError(_damaged(path)) from None


def _row(told: Any) -> Row:  # noqa: ANN401  a row of SQLite's, whose values have any type
    return Row(
        number=told["number"],
        kind=told["kind"],
        channel=told["channel"],
        recipient=told["recipient"],
        email=told["email"],
        owners=tuple(json.loads(told["owners"])),
        subject=told["subject"],
        attached=tuple(json.loads(told["attached"])),
        content=told["content"],
        test=bool(told["test"]),
        message_id=told["message_id"],
        tries=told["tries"],
        state=State(told["state"]),
        began=datetime.fromisoformat(told["began"]),
        answer=told["answer"],
        draft=told["draft"],
    )


def _list(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)
