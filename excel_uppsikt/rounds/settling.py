"""What waits for the coordinator to choose in a compilation, and the compilation made with the choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.settling import Conflict, Settlement, conflicts
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.model import Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import Progress, as_merged, check_round, no_progress
from excel_uppsikt.rounds.outputs import content_mark
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten
from excel_uppsikt.rounds.steps import kept_before
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.workbooks import write_compilation


@dataclass(frozen=True, slots=True)
class Waiting:
    """The conflicts that wait in a compilation as it lies; `mark` tells it from one that is saved later."""

    conflicts: tuple[Conflict, ...] = ()
    mark: str = ""


def waiting(folder: Path, plan: Plan) -> Waiting:
    """What waits in a round's compilation; nothing where there is none."""
    path = folder / COMPILATION_FILE
    mark = content_mark(path)
    if mark is None:
        return Waiting()
    return Waiting(conflicts(plan, read_compilation(path, plan).compilation), mark)


def merge_chosen(
    folder: Path,
    chosen: tuple[Settlement, ...],
    mark: str,
    *,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Iterator[CheckedRound | KeptVersions | CompilationWritten]:
    """What was found, and the compilation as written with what was chosen in place of what was asked.

    Raises `CannotRunError`, with nothing written, where it has been saved since `mark` was taken of it.
    """
    path = folder / COMPILATION_FILE
    if content_mark(path) != mark:
        raise CannotRunError(f"{path} har sparats sedan den visades. Inget ändrades. Välj igen.")
    checked = as_merged(check_round(folder, chosen=chosen, progress=progress))
    if checked.read_as != mark:
        raise CannotRunError(f"{path} sparades medan den lästes. Inget ändrades. Välj igen.")
    yield checked
    yield from kept_before(checked, today)
    yield write_compilation(checked)
