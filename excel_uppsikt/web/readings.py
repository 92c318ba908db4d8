"""A round as last read for the pages, read anew when a file of it has changed."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, LAID_ASIDE, PLAN_FILE, TEMPLATES
from excel_uppsikt.web.loading import LOADING

if TYPE_CHECKING:
    from excel_uppsikt.model import Plan
    from excel_uppsikt.rounds.arriving import Expecting
    from excel_uppsikt.rounds.results import CheckedRound

# A file's name, size and time; a round in which no such thing has changed reads as it did.
_Mark = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a round held: checked, or why it could not be; `mark` tells its files as they were."""

    mark: _Mark
    checked: "CheckedRound | None" = None
    error: CannotRunError | None = None


@dataclass(slots=True)
class Readings:
    """The last reading of each round, by its folder."""

    _kept: dict[Path, Reading] = field(default_factory=dict)
    _expecting: dict[Path, tuple[_Mark, "Expecting"]] = field(default_factory=dict)

    def fresh(self, folder: Path) -> Reading | None:
        """The last reading, where no file has changed since."""
        kept = self._kept.get(folder)
        return kept if kept is not None and kept.mark == _mark(folder, kept) else None

    def read(self, folder: Path, progress: Callable[[str], None]) -> Reading:
        """The round read; `progress` is called with each file's name before it is read."""
        kept = self.fresh(folder)
        if kept is None:
            kept = self._kept[folder] = _read(folder, progress)
        return kept

    def expecting(self, folder: Path) -> "Expecting":
        """What is known before a file comes, read anew where the plan or a compilation has changed.

        Raises `CannotRunError` where one of them cannot be used.
        """
        with LOADING:
            from excel_uppsikt.rounds.arriving import expecting  # noqa: PLC0415  pandas takes a second
        kept = self._expecting.get(folder)
        own = tuple(mark_of(folder / name) for name in (PLAN_FILE, COMPILATION_FILE))
        if kept is not None and kept[0] == (*own, *_of_previous(folder, kept[1].plan)):
            return kept[1]
        known = expecting(folder)
        self._expecting[folder] = ((*own, *_of_previous(folder, known.plan)), known)
        return known


def _read(folder: Path, progress: Callable[[str], None]) -> Reading:
    with LOADING:
        from excel_uppsikt.rounds.checking import check_round  # noqa: PLC0415  pandas takes a second
    before = _mark(folder, None)
    try:
        reading = Reading(before, check_round(folder, progress=progress))
    except CannotRunError as error:
        return Reading(before, error=error)
    # Where the previous round's compilation lies is told by the plan.
    return Reading((*before, *_previous(folder, reading)), reading.checked)


def _mark(folder: Path, kept: Reading | None) -> _Mark:
    return (*map(mark_of, _files(folder)), *(_previous(folder, kept) if kept else ()))


def _previous(folder: Path, reading: Reading) -> _Mark:
    return _of_previous(folder, reading.checked.plan) if reading.checked else ()


def _of_previous(folder: Path, plan: "Plan") -> _Mark:
    previous = plan.settings.previous
    return (mark_of(folder / previous),) if previous else ()


def _files(folder: Path) -> Iterator[Path]:
    """All that a reading depends on. Of the forms only which there are."""
    yield folder / PLAN_FILE
    yield folder / COMPILATION_FILE
    yield folder / LAID_ASIDE
    for place in (INBOX, TEMPLATES):
        for path, inner, names in os.walk(folder / place):
            inner.sort()
            yield from (Path(path, name) for name in sorted(names))


def mark_of(path: Path) -> tuple[str, int, int]:
    """A file's name, size and time, and what no file has where it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), stat.st_size, stat.st_mtime_ns
