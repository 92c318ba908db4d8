"""Files written whole or not at all, and never over something a person has edited.

What the program wrote last is remembered by its hash in `ut/.uppsikt/`; a file that differs from
that has been edited, and the new one is written beside it.
"""

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.folder import EARLIER, WRITTEN_FILES, relative
from excel_uppsikt.language.file_names import numbered

_BESIDE = "ny"


class OutputError(CannotRunError):
    """A file cannot be written, with the reason and what to do in Swedish."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is as it should be. `beside` is the edited file it was written next to, if any."""

    path: Path
    beside: Path | None = None


class Outputs:
    """Writes a round's files, remembering what was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hashes: dict[str, str] = {}
        ledger = folder / WRITTEN_FILES
        if ledger.is_file():
            try:
                kept = json.loads(ledger.read_text("utf-8"))
                self._hashes = {str(key): str(value) for key, value in kept.items()}
            except (ValueError, AttributeError):
                # Without its memory every file counts as edited: nothing can be lost.
                self._hashes = {}

    def write(self, name: str, data: bytes) -> Written:
        """Writes a file of the round, beside the one that is there when a person has edited that.

        Raises `OutputError` when the file is open elsewhere or cannot be written.
        """
        path = self.folder / name
        # The first beside it has no number: `rapport (ny).docx`, then `rapport (ny 2).docx`.
        beside = (path.with_name(f"{path.stem} ({_BESIDE}){path.suffix}"),)
        others = (self.folder / other for other in numbered(name, words=_BESIDE))
        targets = chain((path,), beside, others)
        target = next(t for t in targets if not (t.is_file() and self._edited(t, data)))
        self.replace(target, data)
        return Written(target, None if target == path else path)

    def keep_edited(self, path: Path) -> Path | None:
        """A copy of a file that a person has edited since it was written, before it is replaced.

        Returns where the copy is, None where the file is as the program wrote it.
        """
        if not path.is_file():
            return None
        data = path.read_bytes()
        if self._hashes.get(relative(self.folder, path)) == _hash(data):
            return None
        for name in numbered(f"{EARLIER}/{path.name}", first=1):
            copy = self.folder / name
            if not copy.exists():
                write_whole(copy, data)
                return copy
            if copy.read_bytes() == data:
                return copy
        return None

    def clear(self, folder: str, keep: Iterable[str], *, beginning: str = "") -> tuple[str, ...]:
        """Removes what the program wrote into a folder itself, but for the names to keep.

        What a person has edited or put there stays, and names that begin otherwise. Returns the names
        of what was removed.
        """
        kept = set(keep)
        removed: list[str] = []
        for path in sorted((self.folder / folder).glob("*")):
            name = relative(self.folder, path)
            own = path.is_file() and self._hashes.get(name) == _hash(path.read_bytes())
            if own and path.name not in kept and path.name.startswith(beginning):
                refuse_if_open(path)
                path.unlink()
                removed.append(path.name)
        return tuple(removed)

    def _edited(self, path: Path, data: bytes) -> bool:
        there = _hash(_content(path))
        return there not in (_hash(data), self._hashes.get(relative(self.folder, path)))

    def replace(self, path: Path, data: bytes) -> None:
        """Writes a file whole, over what is there; the caller has kept what was worth keeping."""
        key = relative(self.folder, path)
        if not (path.is_file() and _content(path) == data):
            write_whole(path, data)
        if self._hashes.get(key) != _hash(data):
            self._hashes[key] = _hash(data)
            text = json.dumps(self._hashes, ensure_ascii=False, indent=1, sort_keys=True)
            write_whole(self.folder / WRITTEN_FILES, text.encode("utf-8"))


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file by way of a temporary one, so that no half-written file is ever seen.

    Raises `OutputError` when the target is open in Excel, Word or LibreOffice, or not writable.
    """
    refuse_if_open(path)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".uppsikt-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # Temporary files are private; what is written here is for everyone who can open the folder.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path} kan inte skrivas. {_advice(path, error)}") from error


def _content(path: Path) -> bytes:
    """What stands in a file written before. Raises `OutputError` when another program holds it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"{path} kan inte läsas. {_advice(path, error)}") from error


def _advice(path: Path, error: OSError) -> str:
    """Why, and what to do."""
    if path.is_dir():
        return "Det finns en mapp med det namnet. Byt namn på mappen och kör igen."
    if isinstance(error, PermissionError):
        return (
            "Stäng filen om den är öppen i ett annat program, "
            "kontrollera att mappen inte är skrivskyddad och kör igen."
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"Det finns en fil där mappen {path.parent} ska ligga. Flytta den och kör igen."
    if error.errno == errno.ENOSPC:
        return "Disken är full. Gör plats och kör igen."
    return f"Datorn svarade: {error.strerror or error}."


def refuse_if_open(path: Path) -> None:
    """Raises `OutputError` when an office program's lock file says that the file is open."""
    name = path.name
    # Word shortens long names in its lock files by two characters; Excel does not.
    locks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    for lock in locks:
        if (path.parent / lock).exists():
            raise OutputError(
                f"{path} är öppen i ett annat program. Stäng den och kör igen. "
                f"(Är den inte öppen: ta bort filen {lock}.)"
            )


def content_mark(path: Path) -> str | None:
    """A mark of what stands in a file, to tell later whether it has been changed; None for no file."""
    return _hash(_content(path)) if path.is_file() else None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
