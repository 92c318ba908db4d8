"""Files of the inbox that are no forms, laid in a folder beside it when the coordinator says so, and back.

Nothing is changed or deleted: a file keeps its name, and the folder in the inbox that it lay in.
"""

import os
from itertools import chain
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.folders import inbox_now
from excel_uppsikt.language.file_names import numbered
from excel_uppsikt.round_paths import INBOX, LAID_ASIDE, relative
from excel_uppsikt.rounds.disk import advice
from excel_uppsikt.rounds.unmerged import forget_merged


def laid_aside(folder: Path) -> tuple[str, ...]:
    """The files that have been laid aside, by their names in that folder."""
    return tuple(_lying_aside(folder))


def lay_aside(folder: Path, name: str) -> str:
    """Moves a file out of the inbox, by its name there; the name that it has got beside it.

    Raises `CannotRunError` where there is no such file, or it cannot be moved.
    """
    lying = inbox_now(folder).get(name)
    if lying is None or _leads_elsewhere(folder / INBOX, lying.path):
        raise CannotRunError(f"{name} finns inte i inkorgen. Ladda om sidan.")
    made = _moved(lying.path, folder / LAID_ASIDE, lying.path.relative_to(folder / INBOX))
    # It never was an answer, so that nothing is missing where it has gone.
    forget_merged(folder, name)
    return relative(folder / LAID_ASIDE, made)


def put_back(folder: Path, name: str) -> str:
    """Moves a file back to the inbox, by its name among those laid aside; the name that it has got there."""
    path = _lying_aside(folder).get(name)
    if path is None or _leads_elsewhere(folder / LAID_ASIDE, path):
        raise CannotRunError(f"{name} finns inte bland de undanlagda filerna. Ladda om sidan.")
    return relative(
        folder / INBOX, _moved(path, folder / INBOX, path.relative_to(folder / LAID_ASIDE))
    )


def _lying_aside(folder: Path) -> dict[str, Path]:
    aside = folder / LAID_ASIDE
    paths = (Path(at, name) for at, _, names in os.walk(aside) for name in names)
    own = (path for path in paths if not path.name.startswith((".", "~$")))
    return {relative(aside, path): path for path in sorted(own)}


def _leads_elsewhere(folder: Path, path: Path) -> bool:
    """Whether a file is reached by a link, so that another than it seems would be moved."""
    return path.resolve() != folder.resolve() / path.relative_to(folder)


def _moved(path: Path, target: Path, inner: Path) -> Path:
    """Where a file lies in another folder, under a name of its own there."""
    names = chain((inner.as_posix(),), numbered(inner.as_posix()))
    place = next(target / name for name in names if not os.path.lexists(target / name))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    except OSError as error:
        raise CannotRunError(f"{path} kan inte flyttas. {advice(path, error)}") from error
    return place
