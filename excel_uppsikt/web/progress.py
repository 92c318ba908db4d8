"""Where a round is by its files alone, and the next step: told on every page without reading anything."""

import os
from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    COMPLETION_FORMS,
    INBOX,
    PUBLISHED,
    REPORTS,
    RETURNS,
    TEMPLATES,
)
from excel_uppsikt.rounds.disk import last_saved, lying_in
from excel_uppsikt.rounds.unmerged import unmerged
from excel_uppsikt.web import words


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, and the pages where it is done, by the end of their addresses."""

    pages: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files each step has left, and when the last of them was saved (0 for none).

    `unmerged` is whether answers have come since the compilation was made, `to_complete` whether there are
    forms for what was sent back and no completed report yet, and `unpublished` are the reports without a
    clean copy of them as they lie.
    """

    forms: int
    received: int
    unmerged: bool
    merged_at: float
    returns: int
    reports: int
    reports_at: float
    published: int
    unpublished: int
    to_complete: bool

    @property
    def decided_on(self) -> bool:
        """Whether a decision may say what is next: there is a report, and it has all that has come."""
        return bool(self.merged_at and self.reports and not self.unmerged)

    @property
    def next_step(self) -> NextStep:
        """The first step that has not been taken, or is to be taken again."""
        if not self.received:
            return NextStep(*(words.DO_COLLECT if self.forms else words.DO_FORMS))
        if not self.merged_at:
            return NextStep(*words.DO_MERGE)
        if self.unmerged:
            return NextStep(*words.DO_MERGE_AGAIN)
        if not self.reports:
            return NextStep(*words.DO_REPORT)
        if self.unpublished:
            again = self.merged_at > self.reports_at
            return NextStep(*(words.DO_LOOK_AT_REPORT if again else words.DO_PUBLISH))
        return NextStep(*(words.DO_COMPLETE if self.to_complete else words.DO_NEXT_ROUND))


def progress_of(folder: Path) -> Progress:
    """How far a round has come."""
    received, _ = _looked(folder / INBOX, inner=True)
    reports, reports_at = _looked(folder / REPORTS)
    published, _ = _looked(folder / PUBLISHED)
    return Progress(
        forms=_looked(folder / TEMPLATES)[0],
        received=received,
        unmerged=bool(unmerged(folder)),
        merged_at=last_saved(folder / COMPILATION_FILE) or 0,
        returns=_looked(folder / RETURNS)[0],
        reports=reports,
        reports_at=reports_at,
        published=published,
        unpublished=_unpublished(folder),
        to_complete=_to_complete(folder),
    )


def _unpublished(folder: Path) -> int:
    """How many reports have no clean copy that was made after them.

    Those do not count that lie beside another, or have been completed since they were sent back.
    """
    reports = {path.name.casefold(): path for path in _reports(folder)}
    return sum(
        not (
            name.startswith((".", "~$"))
            or report.stem.endswith(" (ny)")
            or f"{words.COMPLETED_REPORT} {name}" in reports
            or _is_newer(folder / PUBLISHED / report.name, report)
        )
        for name, report in reports.items()
    )


def _to_complete(folder: Path) -> bool:
    """Whether there are forms for what was sent back, and no report that has been completed."""
    forms, _ = _looked(folder / COMPLETION_FORMS)
    names = (path.name.casefold() for path in _reports(folder))
    return bool(forms) and not any(name.startswith(f"{words.COMPLETED_REPORT} ") for name in names)


def _reports(folder: Path) -> list[Path]:
    return [path for path in lying_in(folder / REPORTS) if path.suffix.casefold() == ".docx"]


def _is_newer(copy: Path, report: Path) -> bool:
    return (last_saved(copy) or 0) >= (last_saved(report) or 0)


def _looked(folder: Path, *, inner: bool = False) -> tuple[int, float]:
    """How many files a folder has, but for programs' own, and when the last of them was saved."""
    times: list[float] = []
    for place, folders, names in os.walk(folder):
        if not inner:
            folders.clear()
        for name in names:
            if not name.startswith((".", "~$")):
                time = last_saved(Path(place, name))
                times += [] if time is None else [time]
    return len(times), max(times, default=0)
