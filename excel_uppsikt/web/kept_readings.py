"""What is kept of the rounds as last read to be compared, read anew when a file of it has changed."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.web.loading import LOADING
from excel_uppsikt.web.readings import mark_of

if TYPE_CHECKING:
    from excel_uppsikt.rounds.comparison import KeptRounds
    from excel_uppsikt.web.comparison_told import Shown

# The files with their sizes and times, the rounds whose folders have gone, and those without a report.
_Mark = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What is kept, and the pages of it; or why it cannot be read. `mark` tells its files as they were."""

    mark: _Mark
    kept: "KeptRounds | None" = None
    pages: "tuple[Shown, ...]" = ()
    fault: str = ""


@dataclass(slots=True)
class KeptReadings:
    """The last reading of a folder's history."""

    _last: KeptReading | None = None

    def fresh(self, folder: Path) -> KeptReading | None:
        """The last reading, where no file has changed since."""
        last = self._last
        return last if last is not None and last.mark == _mark(folder) else None

    def read(self, folder: Path, progress: Callable[[str], None]) -> KeptReading:
        """The history read; `progress` is called with each file's name before it is read."""
        last = self.fresh(folder)
        if last is None:
            last = self._last = _read(folder, progress)
        return last


def _read(folder: Path, progress: Callable[[str], None]) -> KeptReading:
    with LOADING:
        from excel_uppsikt.history.over_time import over_time  # noqa: PLC0415  pandas takes a second
        from excel_uppsikt.rounds.comparison import read_rounds  # noqa: PLC0415
        from excel_uppsikt.web.comparison_told import shown  # noqa: PLC0415
    before = _mark(folder)
    try:
        kept = read_rounds(folder, progress)
    except CannotRunError as error:
        return KeptReading(before, fault=str(error))
    return KeptReading(before, kept, tuple(shown(page) for page in over_time(kept.rounds)))


def _mark(folder: Path) -> _Mark:
    with LOADING:
        from excel_uppsikt.history.keeping import FOLDER  # noqa: PLC0415  pandas takes a second
        from excel_uppsikt.rounds.history import without_folder, without_report  # noqa: PLC0415
    kept = [Path(at, name) for at, _, names in os.walk(folder / FOLDER) for name in names]
    files = (mark_of(path) for path in sorted(kept) if path.suffix == ".parquet")
    return (*files, without_folder(folder), without_report(folder))
