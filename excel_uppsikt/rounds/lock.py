"""A round in use: one at a time writes in it, and whoever comes second is told who has it.

The lock is the operating system's own, on a file in ut/.uppsikt/: it ends with the process that holds it,
however that ends, so that there are no locks of dead processes. What stands in the file is for people.
"""

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.round_paths import LOCK_FILE, PLAN_FILE

# Far behind what stands in the file: on Windows nobody else can read what is locked.
_LOCKED_BYTE = 1 << 20
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_LONGEST = 1_000


class Holder(StrEnum):
    """Who has a round, in the words that another is told."""

    PAGE = "sidan i webbläsaren"
    TERMINAL = "ett kommando i terminalen"


class RoundBusyError(CannotRunError):
    """Another is writing in the round just now."""


@contextmanager
def holding(folder: Path, holder: Holder, doing: str) -> Iterator[None]:
    """Holds a round while its files are written. Raises `RoundBusyError` where another does.

    Where nothing can be locked, as in a folder that cannot be written in, it goes on without.
    """
    path = folder / LOCK_FILE
    handle = _taken(folder, path)
    if handle is None:
        yield
        return
    since = datetime.now()  # noqa: DTZ005  by the clock on the wall, for whoever comes second
    _write(handle, {"vem": holder.value, "gör": doing, "sedan": f"{since:%H.%M}"})
    try:
        yield
    finally:
        _let_go(path, handle)


def _taken(folder: Path, path: Path) -> int | None:
    """The lock file opened and locked; None where there is no round, or it cannot be written in."""
    while (handle := _opened(folder, path)) is not None:
        if not _lock(handle):
            told = _who(folder, handle)
            os.close(handle)
            raise RoundBusyError(told)
        if _lies_there(path, handle):
            break
        # Whoever had it has removed it since it was opened.
        os.close(handle)
    return handle


def _opened(folder: Path, path: Path) -> int | None:
    if not (folder / PLAN_FILE).is_file():
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return None


def _who(folder: Path, handle: int) -> str:
    """Who has the round and what for, in one line."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        told = json.loads(os.read(handle, _LONGEST).decode("utf-8"))
        who = f"{told['vem']} ({told['gör']}, sedan kl. {told['sedan']})"
    except (OSError, ValueError, KeyError, TypeError):
        who = "ett annat program"
    return (
        f"Omgången {folder} används just nu av {who}. Inget ändrades. "
        "Vänta tills det är klart och kör igen."
    )


def _write(handle: int, told: dict[str, str]) -> None:
    """What stands in the file; that it cannot be written is no reason not to work."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(told, ensure_ascii=False).encode("utf-8"))


if sys.platform == "win32":
    import msvcrt

    def _lies_there(path: Path, handle: int) -> bool:
        # What is open cannot be removed there.
        del path, handle
        return True

    def _let_go(path: Path, handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        os.close(handle)
        with suppress(OSError):
            path.unlink()

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return error.errno not in _TAKEN
        return True

else:
    import fcntl

    def _lies_there(path: Path, handle: int) -> bool:
        try:
            return os.path.samestat(path.stat(), os.fstat(handle))
        except OSError:
            return False

    def _let_go(path: Path, handle: int) -> None:
        with suppress(OSError):
            path.unlink()
        # Closing it lets go of the lock.
        os.close(handle)

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system without locks is used without.
            return error.errno not in _TAKEN
        return True
