"""Files put into a round's inbox as they come: under names of their own, whole, and none over another."""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from itertools import chain
from pathlib import Path, PurePosixPath, PureWindowsPath

from excel_uppsikt.excel.guard.limits import MAX_FILE
from excel_uppsikt.language.file_names import numbered, safe_file_name
from excel_uppsikt.leftovers import BEGINNING, own_beginning, remove_leftovers
from excel_uppsikt.round_paths import INBOX
from excel_uppsikt.rounds.disk import OutputError, advice

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_LEFT_BY_PROGRAMS = ("~$", ".~lock", "._")


class Reception(Enum):
    """What has become of a file that was sent: it lies in the inbox, lay there already, or is not taken."""

    TAKEN = "taken"
    KNOWN = "known"
    TOO_LARGE = "too large"
    NO_WORKBOOK = "no workbook"


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was sent, the name that it lies under in the inbox, and what has become of it."""

    sent_as: str
    name: str
    reception: Reception

    @property
    def lies_there(self) -> bool:
        """Whether the inbox has it."""
        return self.reception in (Reception.TAKEN, Reception.KNOWN)


def receive(folder: Path, sent: Iterable[tuple[str, bytes]]) -> tuple[Received, ...]:
    """Puts files into the inbox. A name is a name there and never a path, whatever stands in it.

    One that lies there already is not put there again; another of the same name gets a number. Raises
    `OutputError` where nothing can be written.
    """
    inbox = folder / INBOX
    remove_leftovers(inbox.glob(f"{BEGINNING}*"))
    lying = _Lying(inbox)
    return tuple(_received(inbox, lying, sent_as, data) for sent_as, data in sent)


def _received(inbox: Path, lying: "_Lying", sent_as: str, data: bytes) -> Received:
    last = PureWindowsPath(PurePosixPath(sent_as.replace("\x00", "")).name).name
    if last.startswith(_LEFT_BY_PROGRAMS):
        return Received(sent_as, "", Reception.NO_WORKBOOK)
    if len(data) > MAX_FILE:
        return Received(sent_as, "", Reception.TOO_LARGE)
    known = lying.name_of(data)
    if known is not None:
        return Received(sent_as, known, Reception.KNOWN)
    name = _put(inbox, _own_name(last), data, lying)
    lying.add(name, data)
    return Received(sent_as, name, Reception.TAKEN)


def _own_name(last: str) -> str:
    """The name that every file system takes, with its ending."""
    ending = PurePosixPath(last).suffix
    ending = ending if _ENDING.fullmatch(ending) else ""
    stem = last.removesuffix(ending) if ending else last
    return safe_file_name(stem.strip(" .")).lstrip(".~") + ending


class _Lying:
    """What lies in the inbox, to be found by its content; no more of it is read than need be."""

    def __init__(self, inbox: Path) -> None:
        self._unread: dict[int, list[Path]] = {}
        self._names: dict[bytes, str] = {}
        self._to_try: dict[str, Iterator[str]] = {}
        for path in sorted(inbox.iterdir()) if inbox.is_dir() else ():
            try:
                if path.is_file():
                    self._unread.setdefault(path.stat().st_size, []).append(path)
            except OSError:
                continue

    def name_of(self, data: bytes) -> str | None:
        """The name of the file with the same content."""
        for path in self._unread.pop(len(data), ()):
            try:
                self._names.setdefault(sha256(path.read_bytes()).digest(), path.name)
            except OSError:
                continue
        return self._names.get(sha256(data).digest())

    def to_try(self, name: str) -> Iterator[str]:
        """The names to try for a file of a name: those with numbers after the last that was tried."""
        if name not in self._to_try:
            self._to_try[name] = chain((name,), numbered(name))
        return self._to_try[name]

    def add(self, name: str, data: bytes) -> None:
        """Remembers one that has been put there."""
        self._names[sha256(data).digest()] = name


def _put(inbox: Path, name: str, data: bytes, lying: "_Lying") -> str:
    """Writes a file whole under the first name that is free, and gives that name."""
    temporary = ""
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=inbox, prefix=own_beginning())
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        return next(free for free in lying.to_try(name) if _named(temporary, inbox / free))
    except OSError as error:
        raise OutputError(
            f"{inbox / name} kan inte skrivas. {advice(inbox / name, error)}"
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _named(temporary: str, path: Path) -> bool:
    """Gives a file its name, unless another has it: two that come at once each get one."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:
        # Not every file system lets a file have two names.
        if path.exists():
            return False
        Path(temporary).rename(path)
    return True
