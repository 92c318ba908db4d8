"""The ledger as a file: made whole, connected to, and what is told of one that cannot be trusted."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.leftovers import own_beginning

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
    draft TEXT NOT NULL,
    round TEXT NOT NULL DEFAULT '',
    identity TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT ''
) STRICT
"""
# Came later than the rest; the text, which may be long, is last.
_LATER = ("round", "identity", "version", "text")
# How long one that another run holds is waited for.
WAIT_SECONDS = 3.0
_FULL = "{path} kan inte skrivas, för disken är full. Gör plats och kör igen."
_CLOSED = "{path} kan inte läsas eller skrivas. Se efter att du får läsa och skriva i mappen och kör igen."


class LedgerError(CannotRunError):
    """What was sent cannot be known, with the reason and what to do in Swedish."""


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


def refuse_copies(path: Path) -> None:
    """Raises `LedgerError` where a copy lies beside the ledger."""
    found = copies(path)
    if found:
        raise LedgerError(
            f"Bredvid {path} ligger {', '.join(found)}. Det blir så när två datorer har skrivit i den "
            "samtidigt, och då vet ingen av dem allt som är skickat. Se efter bland skickade mejl, "
            "flytta bort den fil som inte gäller och kör igen."
        )


def make(path: Path) -> None:
    """Puts an empty ledger there, whole or not at all, and never over another. Raises `LedgerError`."""
    try:
        _make(path, _empty())
    except OSError as error:
        words = _FULL if error.errno == errno.ENOSPC else _CLOSED
        raise LedgerError(words.format(path=path)) from error


def _empty() -> bytes:
    empty = sqlite3.connect(":memory:")
    try:
        empty.execute(f"PRAGMA application_id = {_APPLICATION}")
        empty.execute(f"PRAGMA user_version = {_VERSION}")
        empty.execute(_TABLE)
        return empty.serialize()
    finally:
        empty.close()


def _make(path: Path, data: bytes) -> None:
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
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file that is there, for the length of the block."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads the file as it lies, also while another run holds it; nothing is changed."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def in_words(path: Path) -> Iterator[None]:
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
        return damaged(path)
    if code == sqlite3.SQLITE_FULL:
        return _FULL.format(path=path)
    return _CLOSED.format(path=path)


def damaged(path: Path) -> str:
    """What to tell of a ledger that is damaged."""
    return (
        f"{path} är skadad, så det går inte att veta vad som redan är skickat. Hämta en tidigare version av "
        "den (i OneDrive: Versionshistorik). Finns ingen: se efter bland skickade mejl, flytta bort filen "
        "och kör igen."
    )


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Gives a ledger that was made before texts and rounds were kept a place for them.

    A program of that time can still use it, so that it has the same version.
    """
    known = {told["name"] for told in connection.execute("PRAGMA table_info(message)")}
    for name in _LATER:
        if name not in known:
            connection.execute(f"ALTER TABLE message ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")


def look_through(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `LedgerError` unless it is a whole ledger of this program's."""
    if path.stat().st_size == 0:
        raise LedgerError(damaged(path))
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == _APPLICATION and version > _VERSION:
        raise LedgerError(
            f"{path} är gjord av en nyare version av programmet. Använd den versionen."
        )
    whole = [told[0] for told in connection.execute("PRAGMA quick_check")] == ["ok"]
    if not whole or (application, version) != (_APPLICATION, _VERSION):
        raise LedgerError(damaged(path))
