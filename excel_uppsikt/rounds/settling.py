"""A compilation as the coordinator works in it on the page, and made with what was chosen or typed there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.settling import Conflict, Settlement, conflicts
from excel_uppsikt.compilation.typed import Typed
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.model import Line, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import Progress, as_merged, check_round, no_progress
from excel_uppsikt.rounds.disk import refuse_if_open
from excel_uppsikt.rounds.outputs import content_mark
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten
from excel_uppsikt.rounds.steps import kept_before
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.workbooks import write_compilation


@dataclass(frozen=True, slots=True)
class Waiting:
    """A compilation as it lies: its rows, and the conflicts that wait there for a choice.

    `mark` tells it from one that is saved later; '' where there is none.
    """

    conflicts: tuple[Conflict, ...] = ()
    mark: str = ""
    lines: tuple[Line, ...] = ()


def waiting(folder: Path, plan: Plan) -> Waiting:
    """What waits in a round's compilation; nothing where there is none."""
    path = folder / COMPILATION_FILE
    mark = content_mark(path)
    if mark is None:
        return Waiting()
    compilation = read_compilation(path, plan).compilation
    return Waiting(conflicts(plan, compilation), mark, compilation.lines)


def merge_chosen(
    folder: Path,
    chosen: tuple[Settlement, ...],
    mark: str,
    *,
    typed: tuple[Typed, ...] = (),
    today: date | None = None,
    progress: Progress = no_progress,
) -> Iterator[CheckedRound | KeptVersions | CompilationWritten]:
    """What was found, and the compilation as written: as if what was chosen and typed had stood in it.

    Raises `CannotRunError`, with nothing written, where it is open in an office program, or has been saved
    since `mark` was taken of it.
    """
    path = folder / COMPILATION_FILE
    refuse_if_open(path)
    if content_mark(path) != mark:
        raise CannotRunError(
            f"{path} har sparats sedan den visades. Inget ändrades. "
            "Se vad som står där nu och försök igen."
        )
    checked = as_merged(check_round(folder, chosen=chosen, typed=typed, progress=progress))
    if checked.read_as != mark:
        raise CannotRunError(f"{path} sparades medan den lästes. Inget ändrades. Försök igen.")
    yield checked
    yield from kept_before(checked, today)
    yield write_compilation(checked)
