"""Files put into a round's inbox as they come: under names of their own, whole, and none over another."""

import os
import re
import tempfile
from dataclasses import dataclass
from enum import Enum
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


def receive(folder: Path, sent_as: str, data: bytes) -> Received:
    """Puts a file into the inbox. Its name is a name there and never a path, whatever stands in it.

    One that lies there already is not put there again; another of the same name gets a number. Raises
    `OutputError` where nothing can be written.
    """
    last = PureWindowsPath(PurePosixPath(sent_as.replace("\x00", "")).name).name
    if last.startswith(_LEFT_BY_PROGRAMS):
        return Received(sent_as, "", Reception.NO_WORKBOOK)
    if len(data) > MAX_FILE:
        return Received(sent_as, "", Reception.TOO_LARGE)
    inbox = folder / INBOX
    known = _lying(inbox, data)
    if known is not None:
        return Received(sent_as, known, Reception.KNOWN)
    return Received(sent_as, _put(inbox, _own_name(last), data), Reception.TAKEN)


def _own_name(last: str) -> str:
    """The name that every file system takes, with its ending."""
    ending = PurePosixPath(last).suffix
    ending = ending if _ENDING.fullmatch(ending) else ""
    stem = last.removesuffix(ending) if ending else last
    return safe_file_name(stem.strip(" .")).lstrip(".~") + ending


def _lying(inbox: Path, data: bytes) -> str | None:
    """The name of a file in the inbox with the same content."""
    if not inbox.is_dir():
        return None
    for path in sorted(inbox.iterdir()):
        try:
            if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
                return path.name
        except OSError:
            continue
    return None


def _put(inbox: Path, name: str, data: bytes) -> str:
    """Writes a file whole under the first name that is free, and gives that name."""
    temporary = ""
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        remove_leftovers(inbox.glob(f"{BEGINNING}*"))
        handle, temporary = tempfile.mkstemp(dir=inbox, prefix=own_beginning())
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        return next(
            free for free in chain((name,), numbered(name)) if _named(temporary, inbox / free)
        )
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
