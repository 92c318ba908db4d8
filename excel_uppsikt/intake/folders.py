"""The inbox's folders: which files are to be looked at, which are programs' own, and what cannot be had.

Links are followed within the round, once; a file is never read twice, whatever leads to it.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from excel_uppsikt.excel.guard.refusal import Reason
from excel_uppsikt.round_paths import INBOX, relative

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_OF_PROGRAMS = ("~$", ".")


def left_behind(path: PurePosixPath) -> bool:
    """Whether a path is a lock, hidden or system file, or lies in such a folder."""
    return any(map(_is_left_behind, path.parts))


def hidden_by(path: PurePosixPath) -> str:
    """What begins the name of a file that programs would hide, '' for any other and for all in such a folder.

    Such a file may be a unit's form all the same.
    """
    *folders, name = path.parts
    if any(map(_is_left_behind, folders)) or name.casefold() in _SYSTEM_FILES:
        return ""
    return next((mark for mark in _OF_PROGRAMS if name.startswith(mark)), "")


def _is_left_behind(name: str) -> bool:
    return name.startswith(_OF_PROGRAMS) or name.casefold() in _SYSTEM_FILES


@dataclass(slots=True)
class InboxFolder:
    """What lies in the inbox, each in order of name: files, what is passed over, and what cannot be had."""

    files: list[Path] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    missed: list[tuple[Path, Reason]] = field(default_factory=list)


def look_through(folder: Path) -> InboxFolder:
    """What lies in the inbox of a round and in the folders in it."""
    found = InboxFolder()
    inbox = folder / INBOX
    if inbox.is_dir() or inbox.is_symlink():
        _Walk(folder, inbox, found).through()
    found.files.sort(key=lambda path: (relative(folder, path), path))
    found.passed_over.sort(key=lambda path: (relative(folder, path), path))
    found.missed.sort(key=lambda missed: (relative(folder, missed[0]), missed[0]))
    return found


@dataclass(frozen=True, slots=True)
class Lying:
    """A file as it lies in the inbox: where, how large, and when it was saved and put there."""

    path: Path
    stamp: tuple[int, ...]

    @property
    def saved(self) -> int:
        """When it was saved, in nanoseconds."""
        return self.stamp[1]


def inbox_now(folder: Path) -> dict[str, Lying]:
    """The inbox's files by name, but for programs' own. None of them is read."""
    return dict(_lying(folder))


def _lying(folder: Path) -> Iterator[tuple[str, Lying]]:
    for path in look_through(folder).files:
        with suppress(OSError):
            stat = path.stat()
            stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            yield relative(folder / INBOX, path), Lying(path, stamp)


class _Walk:
    """A walk through the inbox: first all that lies there, then what links lead to."""

    def __init__(self, folder: Path, inbox: Path, found: InboxFolder) -> None:
        self._round, self._inbox, self._found = os.path.realpath(folder), inbox, found
        self._seen: set[str] = set()
        self._links: list[Path] = []

    def through(self) -> None:
        """Looks at everything once."""
        self._folder(self._inbox)
        while self._links:
            links, self._links = sorted(self._links), []
            for link in links:
                self._link(link)

    def _folder(self, top: Path) -> None:
        waiting = [top]
        while waiting:
            path = waiting.pop()
            if not self._first_time(path):
                continue
            for entry in self._entries(path):
                inside = path / entry.name
                try:
                    if entry.is_symlink():
                        self._links.append(inside)
                    elif entry.is_dir():
                        waiting.append(inside)
                    elif entry.is_file() and self._first_time(inside):
                        self._file(inside)
                except OSError:
                    self._found.missed.append((inside, Reason.CLOSED))

    def _entries(self, path: Path) -> Iterator["os.DirEntry[str]"]:
        try:
            with os.scandir(path) as entries:
                yield from list(entries)
        except OSError:
            if not self._is_left_behind(path):
                self._found.missed.append((path, Reason.CLOSED))

    def _link(self, link: Path) -> None:
        # Programs mark a file as open by a link that leads nowhere.
        hidden = self._is_left_behind(link)
        target = os.path.realpath(link)
        if link.is_dir():
            around = f"{os.path.realpath(self._inbox)}{os.sep}".startswith(f"{target}{os.sep}")
            inside = f"{target}{os.sep}".startswith(f"{self._round}{os.sep}")
            if target in self._seen or hidden:
                return
            if around or not inside:
                self._found.missed.append((link, Reason.ELSEWHERE))
            else:
                self._folder(link)
        elif link.is_file() and not hidden and self._first_time(link):
            self._found.files.append(link)
        elif link.is_file() or hidden:
            self._found.passed_over.append(link)
        else:
            self._found.missed.append((link, Reason.DANGLING))

    def _file(self, path: Path) -> None:
        of_programs = self._is_left_behind(path)
        (self._found.passed_over if of_programs else self._found.files).append(path)

    def _is_left_behind(self, path: Path) -> bool:
        return left_behind(PurePosixPath(path.relative_to(self._inbox).as_posix()))

    def _first_time(self, path: Path) -> bool:
        """Whether this has not been looked at, by whatever way."""
        real = os.path.realpath(path)
        if real in self._seen:
            return False
        self._seen.add(real)
        return True
