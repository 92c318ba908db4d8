"""Single files on disk: written whole or not at all, and what to tell of one that cannot be written."""

import errno
import os
import tempfile
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.leftovers import own_beginning

# What a file system answers that has no such thing as putting a file on disk at once.
_CANNOT_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EACCES, errno.EBADF)


class OutputError(CannotRunError):
    """A file cannot be written, with the reason and what to do in Swedish."""


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file by way of a temporary one, so that no half-written file is ever seen.

    It is on disk when this returns, also where the power is cut then. Raises `OutputError` when the
    target is open in Excel, Word or LibreOffice, or not writable.
    """
    refuse_if_open(path)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=own_beginning())
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _sync(stream.fileno())
        # Temporary files are private; what is written here is for everyone who can open the folder.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path} kan inte skrivas. {advice(path, error)}") from error
    _sync_folder(path.parent)


def content(path: Path) -> bytes:
    """What stands in a file written before. Raises `OutputError` when another program holds it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"{path} kan inte läsas. {advice(path, error)}") from error


def last_saved(path: Path) -> float | None:
    """When a file was saved; None where it is not there, or not any more."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def lying_in(folder: Path) -> tuple[Path, ...]:
    """What lies in a folder, by name; nothing where it is not there, or not any more."""
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        return ()


def refuse_if_open(path: Path) -> None:
    """Raises `OutputError` when an office program's lock file says that the file is open."""
    lock = lock_file(path)
    if lock is not None:
        raise OutputError(
            f"{path} är öppen i ett annat program. Stäng den och kör igen. "
            f"(Är den inte öppen: ta bort filen {lock}.)"
        )


def lock_file(path: Path) -> str | None:
    """The name of the lock file by which an office program says that a file is open; None for none."""
    name = path.name
    # Word shortens long names in its lock files by two characters; Excel does not.
    locks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    return next((lock for lock in locks if (path.parent / lock).exists()), None)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def _sync_folder(folder: Path) -> None:
    """Puts the new name on disk; the file itself is there, so a folder that cannot is no trouble."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        # Windows opens no folders this way.
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def advice(path: Path, error: OSError) -> str:
    """Why a file or folder could not be written, and what to do."""
    if path.is_dir():
        return "Det finns en mapp med det namnet. Byt namn på mappen och kör igen."
    if isinstance(error, PermissionError):
        return (
            "Stäng filen om den är öppen i ett annat program, "
            "kontrollera att mappen inte är skrivskyddad och kör igen."
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        file = next((folder for folder in path.parents if folder.is_file()), path.parent)
        return f"Det finns en fil där mappen {file} ska ligga. Flytta den och kör igen."
    if error.errno == errno.ENOSPC:
        return "Disken är full. Gör plats och kör igen."
    return f"Datorn svarade: {error.strerror or error}."
