"""`ut/utskick.sqlite`: what was drafted and sent, to whom, when, with what answer.

A row is committed before a message is handed over and again after the answer. Where a run is killed in
between, nobody knows whether the message came through, and the row says so from then on.

The file lies where rounds lie, on network folders and in OneDrive: it is a single file with SQLite's
ordinary journal, held by one run at a time, and what cannot be trusted is told and left as it is.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from excel_uppsikt.mail.addresses import same_person
from excel_uppsikt.mail.ledger_file import (
    LedgerError,
    bring_up_to_date,
    connected,
    damaged,
    in_words,
    look_through,
    looked_at,
    make,
    refuse_copies,
)
from excel_uppsikt.mail.message import Message

# What a ledger of an earlier time lacks.
_ADDED = ("round", "identity", "version")
# What is committed lies on the disk, also after a power cut.
DURABILITY = "FULL"


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
    REMOVED = "removed"  # a draft that was not sent, and lies there no longer
    GONE = "gone"  # a draft that does not lie there: sent by hand, moved or deleted


# Of what may have come through, or not.
IN_DOUBT = (State.UNKNOWN, State.GONE)


@dataclass(frozen=True, slots=True)
class Row:
    """A message that was handed over, and its answer. `draft` is its id where the draft lies.

    `content` is a mark of the message word by word, `identity` of it whatever it is filed by, and `round` of
    the round that it is of; the two last are '' where they were not kept. `version` is the draft's mark of
    how it was when it was made, '' where the service told none.
    """

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
    round: str = ""
    identity: str = ""
    version: str = ""

    def tells_the_same(self, content: str, identity: str) -> bool:
        """Whether it is the same message, or one that differs only in what it is filed by."""
        return self.content == content or (bool(identity) and self.identity == identity)


class Ledger:
    """The ledger, held by this run alone."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order in which the messages were handed over."""
        with in_words(self._path):
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
            "text": "" if message.test_to else message.text,
            "round": message.round,
            "identity": message.identity,
        }
        names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        with in_words(self._path), self._connection:
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

    def end(
        self,
        row: Row,
        state: State,
        answer: str,
        when: datetime,
        *,
        draft: str = "",
        version: str = "",
    ) -> Row:
        """Commits the answer."""
        lies = (draft or row.draft, version or row.version)
        ended = replace(row, state=state, answer=answer, draft=lies[0], version=lies[1])
        return self._changed(row, ended, when)

    def _changed(self, row: Row, now: Row, when: datetime | None) -> Row:
        ended = when.isoformat(timespec="seconds") if when else None
        with in_words(self._path), self._connection:
            self._connection.execute(
                "UPDATE message SET state = ?, tries = ?, answer = ?, draft = ?, version = ?, ended = ? "
                "WHERE number = ?",
                (
                    now.state.value,
                    now.tries,
                    now.answer,
                    now.draft,
                    now.version,
                    ended,
                    row.number,
                ),
            )
        return now


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger, made where there is none, held by this run alone until it is done.

    What a run that was killed had handed over without an answer is `UNKNOWN` from now on. Raises
    `LedgerError` where another run holds it, where it is damaged, or where a copy lies beside it.
    """
    refuse_copies(path)
    if not path.exists():
        make(path)
    with in_words(path), connected(path) as connection:
        # Held until the connection ends, which it does too with a run that is killed.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute(f"PRAGMA synchronous = {DURABILITY}")
        connection.execute("BEGIN EXCLUSIVE")
        look_through(connection, path)
        bring_up_to_date(connection)
        connection.execute(
            "UPDATE message SET state = ? WHERE state = ?", (State.UNKNOWN, State.SENDING)
        )
        connection.commit()
        yield Ledger(connection, path)


def read_ledger(path: Path) -> tuple[Row, ...]:
    """All rows; none where nothing was drafted or sent. Raises `LedgerError` as `open_ledger` does."""
    refuse_copies(path)
    if not path.exists():
        return ()
    with in_words(path), connected(path) as connection:
        look_through(connection, path)
        rows = _rows(connection, path)
    return tuple(
        replace(row, state=State.UNKNOWN) if row.state is State.SENDING else row for row in rows
    )


def kept_texts(path: Path) -> tuple[tuple[str, str], ...]:
    """The address and the text of each message that was drafted or sent, the latest last.

    None where there are none to read: who asks does without them.
    """
    if not path.exists():
        return ()
    try:
        with looked_at(path) as connection:
            told = connection.execute(
                "SELECT email, text FROM message WHERE text <> '' AND NOT test ORDER BY number"
            ).fetchall()
    # A file that is being written, or damaged, has texts that are none.
    except sqlite3.Error:
        return ()
    return tuple((str(one["email"]), str(one["text"])) for one in told)


def _rows(connection: sqlite3.Connection, path: Path) -> tuple[Row, ...]:
    # The texts, which are much, are asked for by nobody here.
    there = {one["name"] for one in connection.execute("PRAGMA table_info(message)")}
    names = ", ".join(one.name for one in fields(Row) if one.name in there)
    told = connection.execute(f"SELECT {names} FROM message ORDER BY number").fetchall()  # noqa: S608  its own
    try:
        return tuple(map(_row, told))
    except (ValueError, TypeError):
        # A whole file with something in it that no run has written.
        raise LedgerError(damaged(path)) from None


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
        **{name: told[name] for name in _ADDED if name in told.keys()},  # noqa: SIM118  a row of SQLite's
    )


def _list(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)
