"""Decisions and questions written on the page, and the compilation made with them as by a merge."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.deciding import Written, decisions_written, first_empty
from excel_uppsikt.compilation.definition import FIRST_LINE
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.model import Compilation, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import Progress, as_merged, check, load_plan, no_progress
from excel_uppsikt.rounds.disk import refuse_if_open
from excel_uppsikt.rounds.outputs import content_mark
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten
from excel_uppsikt.rounds.steps import kept_before
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.workbooks import write_compilation


@dataclass(frozen=True, slots=True)
class AsItLies:
    """A compilation as it lies; `mark` tells it from one that is saved later, '' where there is none."""

    compilation: Compilation
    mark: str


def as_it_lies(folder: Path, plan: Plan) -> AsItLies:
    """What stands in a round's compilation."""
    path = folder / COMPILATION_FILE
    mark = content_mark(path)
    return AsItLies(read_compilation(path, plan).compilation, mark or "")


def merge_written(
    folder: Path,
    written: Written,
    mark: str,
    *,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Iterator[CheckedRound | KeptVersions | CompilationWritten]:
    """What was found, and the compilation as written, as if this had stood in it when it was merged.

    Raises `CannotRunError`, with nothing written, where a decision that was written or corrected cannot be
    read or is not there, where the compilation is open in an office program, or has been saved since `mark`
    was taken of it.
    """
    path = folder / COMPILATION_FILE
    refuse_if_open(path)
    plan, findings = load_plan(folder)
    now = as_it_lies(folder, plan)
    if not now.mark:
        raise CannotRunError(f"{path} finns inte. Gör sammanställningen först.")
    if now.mark != mark:
        raise CannotRunError(
            f"{path} har sparats sedan den visades. Inget ändrades. Se vad som står där nu och försök igen."
        )
    _refuse_decisions(plan, now.compilation, written)
    known = {line.activity.id for line in now.compilation.lines}
    if not known >= written.completions.keys():
        raise CannotRunError("Raden finns inte i sammanställningen. Inget ändrades.")
    checked = as_merged(check(folder, plan, found=findings, written=written, progress=progress))
    if checked.read_as != mark:
        raise CannotRunError(f"{path} sparades medan den lästes. Inget ändrades. Försök igen.")
    yield checked
    yield from kept_before(checked, today)
    yield write_compilation(checked)


def _refuse_decisions(plan: Plan, compilation: Compilation, written: Written) -> None:
    """Raises `CannotRunError` where a decision that was written or corrected is not one, or is not there."""
    there = {row.at for row in compilation.decisions.rows}
    if not there >= {*written.corrected, *written.removed}:
        raise CannotRunError("Beslutet finns inte i sammanställningen. Inget ändrades.")
    read = decisions_written(plan, compilation, written)
    first = first_empty(compilation)
    own = {*written.corrected, *range(first, first + len(written.decisions))}
    wrong = [one.words for one in read.findings if (one.place.row or 0) - FIRST_LINE in own]
    if wrong:
        raise CannotRunError(f"Beslutet skrevs inte. {' '.join(wrong)}")
    if not {row.at for row in read.decisions.rows} >= own:
        raise CannotRunError(
            "Beslutet skrevs inte, eftersom inget står kvar i det. Ta bort det i stället."
        )
