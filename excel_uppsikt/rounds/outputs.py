"""A round's files, never written over something a person has edited.

What the program wrote is remembered by its hash in `ut/.uppsikt/`; a file that differs from that has been
edited, and the new one is written beside it. The hash is remembered before the file is written: a run
that is killed between the two leaves the old file or the new one, and both are known.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from excel_uppsikt.language.file_names import numbered
from excel_uppsikt.leftovers import BEGINNING, remove_leftovers
from excel_uppsikt.round_paths import EARLIER, OUTPUTS, TEMPLATES, WRITTEN_FILES, relative
from excel_uppsikt.rounds.disk import OutputError, content, refuse_if_open, write_whole
from excel_uppsikt.rounds.memory import remember, remembered, texts

_BESIDE = "ny"
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is as it should be. `beside` is the edited file it was written next to, if any."""

    path: Path
    beside: Path | None = None


class Outputs:
    """Writes a round's files, remembering what was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Without its memory every file counts as edited: nothing can be lost.
        self._known = {
            name: hashes
            for name, kept in remembered(folder / WRITTEN_FILES).items()
            # Before a run could be killed unharmed, there was one hash and no list.
            if (hashes := texts([kept] if isinstance(kept, str) else kept))
            and all(map(_HASH.fullmatch, hashes))
        }
        remove_leftovers(folder.glob(f"{BEGINNING}*"))
        for own in (OUTPUTS, TEMPLATES):
            remove_leftovers((folder / own).rglob(f"{BEGINNING}*"))

    def write(self, name: str, data: bytes) -> Written:
        """Writes a file of the round, beside the one that is there when a person has edited that.

        Raises `OutputError` when the file is open elsewhere or cannot be written.
        """
        return self.write_all({name: data})[name]

    def write_all(self, files: Mapping[str, bytes]) -> dict[str, Written]:
        """Writes several files as `write` does each of them, and remembers them all at once."""
        targets = {name: self._target(name, data) for name, data in files.items()}
        self._put({targets[name]: data for name, data in files.items()})
        return {
            name: Written(target, None if target == self.folder / name else self.folder / name)
            for name, target in targets.items()
        }

    def as_written(self, name: str) -> str | None:
        """The hash of a file that lies as it was last written; None where it is gone or has been edited."""
        path = self.folder / name
        written, *_ = self._known.get(relative(self.folder, path), ("",))
        return written if path.is_file() and _hash(content(path)) == written else None

    def replace(self, path: Path, data: bytes) -> None:
        """Writes a file whole, over what is there; the caller has kept what was worth keeping."""
        self._put({path: data})

    def keep_edited(self, path: Path) -> Path | None:
        """A copy of a file that a person has edited since it was written, before it is replaced.

        It has the time at which the file was saved, and there is one of each content.

        Returns where the copy is, None where the file is as the program wrote it.
        """
        if not path.is_file():
            return None
        data = path.read_bytes()
        if self._own(path, data):
            return None
        copies = self.copies(path)
        for copy in copies:
            if copy.read_bytes() == data:
                return copy
        taken = max((_number(copy, path) for copy in copies), default=0)
        copy = self.folder / next(numbered(f"{EARLIER}/{path.name}", first=taken + 1))
        self.replace(copy, data)
        saved = path.stat().st_mtime_ns
        os.utime(copy, ns=(saved, saved))
        return copy

    def copies(self, path: Path) -> list[Path]:
        """The copies that are kept of a file, from the first."""
        there = [copy for copy in (self.folder / EARLIER).glob("*") if _number(copy, path)]
        return sorted(there, key=lambda copy: _number(copy, path))

    def is_own(self, path: Path) -> bool:
        """Whether a file lies as the program wrote it."""
        return path.is_file() and self._own(path, content(path))

    def clear(self, folder: str, keep: Iterable[str], *, beginning: str = "") -> tuple[str, ...]:
        """Removes what the program wrote into a folder itself, but for the names to keep.

        What a person has edited or put there stays, and names that begin otherwise. Returns the names
        of what was removed.
        """
        kept = set(keep)
        removed: list[str] = []
        for path in sorted((self.folder / folder).glob("*")):
            own = path.is_file() and self._own(path, path.read_bytes())
            if own and path.name not in kept and path.name.startswith(beginning):
                refuse_if_open(path)
                path.unlink()
                removed.append(path.name)
        return tuple(removed)

    def _target(self, name: str, data: bytes) -> Path:
        """Where a file is to be written: in its own place, or beside one that a person has edited."""
        path = self.folder / name
        # The first beside it has no number: `rapport (ny).docx`, then `rapport (ny 2).docx`.
        beside = (path.with_name(f"{path.stem} ({_BESIDE}){path.suffix}"),)
        others = (self.folder / other for other in numbered(name, words=_BESIDE))
        targets = chain((path,), beside, others)
        return next(t for t in targets if not (t.is_file() and self._edited(t, data)))

    def _edited(self, path: Path, data: bytes) -> bool:
        there = content(path)
        return there != data and not self._own(path, there)

    def _own(self, path: Path, data: bytes) -> bool:
        """Whether a file's content is the program's own, by what is remembered of it."""
        return _hash(data) in self._known.get(relative(self.folder, path), ())

    def _put(self, files: Mapping[Path, bytes]) -> None:
        """Writes files over what is there, all remembered before the first of them is written.

        One that cannot be written stops no other; the first such is then raised.
        """
        there = {path: content(path) if path.is_file() else None for path in files}
        for path, data in files.items():
            before = there[path]
            if before != data or not self._own(path, data):
                # What lies there stands until the new one has been written, so it is known as well.
                known = [_hash(before)] if before is not None and self._own(path, before) else []
                self._known[relative(self.folder, path)] = (_hash(data), *known)
        remember(self.folder / WRITTEN_FILES, self._known)
        refused: list[OutputError] = []
        for path, data in files.items():
            if there[path] != data:
                try:
                    write_whole(path, data)
                except OutputError as error:
                    refused.append(error)
        if refused:
            raise refused[0]


def content_mark(path: Path) -> str | None:
    """A mark of what stands in a file, to tell later whether it has been changed; None for no file."""
    return _hash(content(path)) if path.is_file() else None


def _number(copy: Path, path: Path) -> int:
    """The number of a copy that is kept of a file, 0 for any other file."""
    pattern = rf"{re.escape(path.stem)} \((\d{{1,9}})\){re.escape(path.suffix)}"
    found = re.fullmatch(pattern, copy.name)
    return int(found[1]) if found and copy.is_file() else 0


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
