"""The steps that take several others in order, each giving its results one by one as they are there.

What has been found is told before anything is written, so that it is not lost where a file is open.
"""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from excel_uppsikt.bundled import bundled
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.round_paths import COMPILATION_FILE, PLAN_FILE
from excel_uppsikt.rounds.checking import (
    Progress,
    as_merged,
    check_round,
    known_department,
    load_plan,
    no_progress,
)
from excel_uppsikt.rounds.reports import review_round, write_reports
from excel_uppsikt.rounds.results import (
    NO_EXTRAS,
    CheckedRound,
    CompilationWritten,
    Extras,
    Reports,
    Returns,
    Review,
    StartedOver,
)
from excel_uppsikt.rounds.versions import KeptVersions, clock_day, keep_decided
from excel_uppsikt.rounds.workbooks import SavedMeanwhileError, write_compilation, write_returns
from excel_uppsikt.sharing import ExecutorFor

SAMPLE = "ange-2024"
# Somebody who saves the compilation that often is at work in it.
_TRIES = 3

Result = KeptVersions | CheckedRound | Returns | CompilationWritten | Review | Reports | StartedOver


def check(folder: Path, *, progress: Progress = no_progress) -> Iterator[CheckedRound | Returns]:
    """What is to be put right, and the returns that say so."""
    checked = check_round(folder, progress=progress)
    yield checked
    yield write_returns(checked)


def merge(
    folder: Path, *, today: date | None = None, progress: Progress = no_progress
) -> Iterator[Result]:
    """What was found, and the compilation as written."""
    yield from _merged(folder, progress, today, with_returns=False)


def kept_before(of: CheckedRound | Review, today: date | None) -> Iterator[KeptVersions]:
    """What has been decided about, kept before anything is made anew; nothing where nothing is to be told."""
    kept = keep_decided(of.folder, of.plan, of.compilation.decisions, today or clock_day())
    if kept.made or kept.findings:
        yield kept


def _merged(
    folder: Path,
    progress: Progress,
    today: date | None,
    *,
    with_returns: bool,
    executor_for: ExecutorFor | None = None,
) -> Iterator[Result]:
    """Checked, returns if wanted, and the compilation as written; once more where it was saved meanwhile."""
    for left in reversed(range(_TRIES)):
        checked = as_merged(check_round(folder, progress=progress, executor_for=executor_for))
        yield checked
        if with_returns:
            yield write_returns(checked)
        yield from kept_before(checked, today)
        try:
            yield write_compilation(checked)
        except SavedMeanwhileError:
            if not left:
                raise
            yield StartedOver(folder)
        else:
            return


def report(
    folder: Path,
    *,
    department: str | None = None,
    extras: Extras = NO_EXTRAS,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Iterator[Result]:
    """The compilation looked through, and the reports of it; it is made first where there is none."""
    plan, _ = load_plan(folder)
    known_department(plan, department)
    reviewed: CheckedRound | Review
    if (folder / COMPILATION_FILE).is_file():
        reviewed = review_round(folder)
    else:
        reviewed = check_round(folder, progress=progress)
        yield write_compilation(reviewed)
    yield reviewed
    yield from kept_before(reviewed, today)
    yield write_reports(reviewed, department=department, extras=extras)


def run(
    folder: Path,
    *,
    today: date | None = None,
    progress: Progress = no_progress,
    executor_for: ExecutorFor | None = None,
) -> Iterator[Result]:
    """All the way: checked, returns, compilation, reports."""
    checked: CheckedRound | None = None
    for result in _merged(folder, progress, today, with_returns=True, executor_for=executor_for):
        checked = result if isinstance(result, CheckedRound) else checked
        yield result
    if checked is not None:
        yield write_reports(checked)


def copy_sample(folder: Path) -> Path:
    """The sample round copied into a folder, also over an earlier copy; where it lies.

    Raises `CannotRunError` where the folder has another round.
    """
    sample = bundled("samples") / SAMPLE
    plan = folder / PLAN_FILE
    if plan.exists() and plan.read_bytes() != (sample / PLAN_FILE).read_bytes():
        raise CannotRunError(
            f"{folder} har redan en annan omgång. Inget ändrades. "
            "Välj en annan mapp: uppsikt demo MAPP"
        )
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    return folder.resolve()
