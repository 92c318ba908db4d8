"""Files of the inbox that are no forms, laid aside by the coordinator: they lie there, and do not count.

One is known by its name and its content, so that what comes under the same name later is read.
"""

from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.folders import inbox_now
from excel_uppsikt.intake.known_files import file_key
from excel_uppsikt.round_paths import INBOX, LAID_ASIDE
from excel_uppsikt.rounds.memory import remember, remembered


def laid_aside(folder: Path) -> tuple[str, ...]:
    """The files that have been laid aside and lie in the inbox, by their names there."""
    known = set(keys_aside(folder))
    # Only those of their names are read.
    named = {key.partition(" ")[0] for key in known}
    lying = inbox_now(folder).items() if known else ()
    return tuple(
        name for name, one in lying if _named(name) in named and _key(name, one.path) in known
    )


def keys_aside(folder: Path) -> tuple[str, ...]:
    """What the files that have been laid aside are known by."""
    match remembered(folder / LAID_ASIDE):
        case {"files": list(keys)}:
            return tuple(key for key in keys if isinstance(key, str))
    return ()


def lay_aside(folder: Path, name: str) -> None:
    """Remembers that a file of the inbox, by its name there, is no answer.

    Raises `CannotRunError` where there is no such file.
    """
    _keep(folder, [*keys_aside(folder), _lying(folder, name)])


def put_back(folder: Path, name: str) -> None:
    """Forgets that a file of the inbox was laid aside.

    Raises `CannotRunError` where there is no such file.
    """
    key = _lying(folder, name)
    _keep(folder, [known for known in keys_aside(folder) if known != key])


def _lying(folder: Path, name: str) -> str:
    lying = inbox_now(folder).get(name)
    key = "" if lying is None else _key(name, lying.path)
    if not key:
        raise CannotRunError(f"{name or 'Filen'} finns inte i inkorgen. Ladda om sidan.")
    return key


def _named(name: str) -> str:
    """What a key of this name begins with."""
    return file_key(f"{INBOX}/{name}", b"").partition(" ")[0]


def _key(name: str, path: Path) -> str:
    """What a file is known by, '' where it cannot be read."""
    try:
        return file_key(f"{INBOX}/{name}", path.read_bytes())
    except OSError:
        return ""


def _keep(folder: Path, keys: list[str]) -> None:
    remember(folder / LAID_ASIDE, {"files": list(dict.fromkeys(keys))})
