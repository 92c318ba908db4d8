"""Several rounds run, each by itself: what stops one is told of it and costs the others nothing."""

import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from excel_uppsikt.findings.catalogue.plan import P102
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.plan.reading import read_plan
from excel_uppsikt.round_paths import INBOX, OUTPUTS, PLAN_FILE, TEMPLATES
from excel_uppsikt.rounds.disk import lying_in
from excel_uppsikt.rounds.lock import Holder, holding
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten, Reports, Returns
from excel_uppsikt.rounds.results.many import CANNOT, RoundRun
from excel_uppsikt.rounds.steps import run as run_steps
from excel_uppsikt.rounds.words import tally
from excel_uppsikt.sharing import ExecutorFor, in_this_process, shared_out

# Rounds that make it worth it on two cores: one takes a second or more, and a process as long to begin.
WORTH_RUNNING = 4
# A round lies in the folder itself, or as deep in it as a year's in a folder of its own.
_DEEPEST = 3
_NOT_ENTERED = frozenset({OUTPUTS, INBOX, TEMPLATES})


def rounds_in(folder: Path) -> tuple[Path, ...]:
    """The rounds in a folder, by name: itself if it is one, else those below it. None is inside another."""
    return tuple(_rounds(folder, _DEEPEST))


def _rounds(folder: Path, deeper: int) -> Iterator[Path]:
    if (folder / PLAN_FILE).is_file():
        yield folder
    elif deeper and folder.is_dir():
        for inner in lying_in(folder):
            if inner.is_dir() and inner.name not in _NOT_ENTERED and inner.name[0] != ".":
                yield from _rounds(inner, deeper - 1)


def run_rounds(
    folders: Iterable[Path],
    *,
    today: date | None = None,
    executor_for: ExecutorFor = in_this_process,
    opened_by: ExecutorFor | None = None,
) -> Iterator[RoundRun]:
    """What came of each round, all that can be run at once together; a round after the one it follows.

    `executor_for` gives the executor that runs so many rounds, `opened_by` the one that opens their files.
    """
    for together in in_turn(tuple(dict.fromkeys(folders))):
        executor = executor_for(len(together))
        if executor is None:
            for folder in together:
                yield run_one(folder, today, opened_by)
        else:
            work = partial(run_one, today=today, opened_by=in_this_process)
            yield from shared_out(executor, work, together)


def in_turn(folders: Sequence[Path]) -> Iterator[list[Path]]:
    """The rounds in groups: none follows one of its own group or a later one, unless in a circle."""
    known = {os.path.realpath(folder): folder for folder in folders}
    before = {folder: _followed(folder, known) for folder in folders}
    left = list(folders)
    while left:
        ready = [folder for folder in left if before[folder] not in left] or left[:1]
        yield ready
        left = [folder for folder in left if folder not in ready]


def _followed(folder: Path, known: dict[str, Path]) -> Path | None:
    """The round among these whose compilation a round's plan goes on from."""
    try:
        reading = read_plan(folder / PLAN_FILE)
    except (CannotRunError, OSError):
        return None
    # The plan's file is not there until the round before has been run.
    missing = [f.value for f in reading.findings if f.variant is P102.NO_FILE]
    named = reading.plan.settings.previous if reading.plan else ""
    for previous in filter(None, (named, *missing)):
        round_folder = Path(os.path.realpath(folder / previous)).parent.parent
        if str(round_folder) in known:
            return known[str(round_folder)]
    return None


def run_one(folder: Path, today: date | None, opened_by: ExecutorFor | None) -> RoundRun:
    """A round run, in figures. No fault of it is raised, not one of the program's own either."""
    try:
        with holding(folder, Holder.TERMINAL, "uppsikt run"):
            results = list(run_steps(folder, today=today, executor_for=opened_by))
    except CannotRunError as error:
        return RoundRun(folder, CANNOT, told=" ".join(str(error).split()))
    except OSError as error:
        name = error.filename or "En fil"
        return RoundRun(folder, CANNOT, told=f"{name} kan inte läsas eller skrivas.")
    except Exception:
        told = "Programmet kunde inte köra omgången."
        return RoundRun(folder, CANNOT, told=told, fault=traceback.format_exc())
    checked = [one for one in results if isinstance(one, CheckedRound)][-1:]
    made = [one for part in results if isinstance(part, Reports) for one in part.reports]
    returned = [one for part in results if isinstance(part, Returns) for one in part.written]
    written = [*returned, *(one for report in made for one in report.written)]
    return RoundRun(
        folder,
        int(not all(result.ok for result in results)),
        found="; ".join(tally(one.findings) for one in checked),
        reports=len(made),
        returns=len(set(returned)),
        beside=sum(one.beside is not None for one in dict.fromkeys(written)),
        compiled=any(isinstance(one, CompilationWritten) for one in results),
    )
