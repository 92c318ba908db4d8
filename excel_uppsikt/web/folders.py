"""The rounds under the folder that the page was started for, and the files in them that may be fetched.

Nothing that comes from a browser becomes a path: it is looked up among the names that are there.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    COMPLETION_FORMS,
    INBOX,
    LETTERS,
    MAILINGS,
    OUTPUTS,
    PLAN_FILE,
    PUBLISHED,
    REPORTS,
    RETURNS,
    TEMPLATES,
    VERSIONS,
    WITH_SOURCES,
)
from excel_uppsikt.rounds.disk import last_saved, lying_in

# A round lies in the folder itself, or as deep in it as a year's in a folder of its own.
_DEEPEST, _MOST_LOOKED_AT = 3, 2_000
_NOT_ENTERED = frozenset({OUTPUTS, INBOX, TEMPLATES, "node_modules"})


class Kind(StrEnum):
    """The folders of a round whose files may be fetched, by their names in addresses."""

    FORMS = "formular"
    COMPLETIONS = "komplettering"
    RETURNS = "retur"
    REPORTS = "rapporter"
    LETTERS = "tjansteskrivelser"
    SOURCES = "kallor"
    PUBLISHED = "publicering"
    DRAFTS = "utskick"


_FOLDERS = {
    Kind.FORMS: TEMPLATES,
    Kind.COMPLETIONS: COMPLETION_FORMS,
    Kind.RETURNS: RETURNS,
    Kind.REPORTS: REPORTS,
    Kind.LETTERS: LETTERS,
    Kind.SOURCES: WITH_SOURCES,
    Kind.PUBLISHED: PUBLISHED,
    Kind.DRAFTS: MAILINGS,
}


class Single(StrEnum):
    """The single files of a round that may be fetched and opened, by their names in addresses."""

    PLAN = "plan"
    COMPILATION = "sammanstallning"


_SINGLES = {Single.PLAN: PLAN_FILE, Single.COMPILATION: COMPILATION_FILE}


@dataclass(frozen=True, slots=True)
class RoundFolder:
    """A round by its folder: `id` stands in addresses, `name` is the folder as people see it."""

    id: str
    name: str
    path: Path

    @property
    def address(self) -> str:
        """Where its pages begin."""
        return f"/omgang/{self.id}"

    def single(self, which: Single) -> Path | None:
        """One of its single files, where it is there."""
        return _inside(self.path, self.path / _SINGLES[which])

    def files(self, kind: Kind) -> tuple[Path, ...]:
        """The files in one of its folders, by name, without those of programs' own."""
        there = (_inside(self.path, path) for path in lying_in(self.path / _FOLDERS[kind]))
        return tuple(path for path in there if path and not path.name.startswith((".", "~$")))

    def file(self, kind: Kind, name: str) -> Path | None:
        """A file by its name, where it is one of those."""
        return next((path for path in self.files(kind) if path.name == name), None)

    def version_file(self, version: str, name: str) -> Path | None:
        """A file of a version that was kept, by the version's folder and the file's name."""
        versions = lying_in(self.path / VERSIONS)
        files = (_inside(self.path, path) for place in versions for path in lying_in(place))
        there = (path for path in files if path and not path.name.startswith((".", "~$")))
        return next((p for p in there if (p.parent.name, p.name) == (version, name)), None)


def rounds_in(folder: Path) -> tuple[RoundFolder, ...]:
    """The rounds in a folder, the one saved last first."""
    found = [_as_round(folder, path) for path in _round_folders(folder)]
    return tuple(
        sorted(found, key=lambda one: (-(last_saved(one.path / PLAN_FILE) or 0), one.name))
    )


class Rounds:
    """The rounds in a folder, looked for anew only where one is asked for that is not known."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, RoundFolder] = {}

    def all(self) -> tuple[RoundFolder, ...]:
        """The rounds as they lie now."""
        found = rounds_in(self._folder)
        self._known = {one.id: one for one in found}
        return found

    def called(self, given: str) -> RoundFolder | None:
        """The round whose id was given, where there is one."""
        known = self._known.get(given)
        if known is None or not (known.path / PLAN_FILE).is_file():
            self.all()
        return self._known.get(given)

    @property
    def folder_is_one(self) -> bool:
        """Whether the folder is a round itself, which no other belongs in."""
        return (self._folder / PLAN_FILE).is_file()


def _round_folders(folder: Path) -> Iterator[Path]:
    looked_at = 0
    for place, inner, files in os.walk(folder):
        path = Path(place)
        looked_at += 1
        if looked_at > _MOST_LOOKED_AT:
            return
        if PLAN_FILE in files:
            yield path
            inner.clear()
            continue
        deep = len(path.relative_to(folder).parts) >= _DEEPEST
        inner[:] = [] if deep else sorted(n for n in inner if not _is_passed_over(n))


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in _NOT_ENTERED


def _as_round(folder: Path, path: Path) -> RoundFolder:
    inside = path.relative_to(folder).as_posix()
    name = folder.resolve().name if inside == "." else inside
    # Two names may be written alike in an address, so that a mark of the whole follows.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    letters = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40]
    mark = sha256(os.fsencode(inside)).hexdigest()[:6]
    shown = os.fsencode(name).decode("utf-8", "replace")
    return RoundFolder(f"{letters}-{mark}".lstrip("-"), shown, path)


def _inside(folder: Path, path: Path) -> Path | None:
    """A file that is there, and no link to one outside the round."""
    return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None
