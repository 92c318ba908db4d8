"""What has come to the inbox, been changed or been taken away there since the compilation was made.

A file is known by its content: one that is copied keeps the time at which its unit saved it, one that is
saved unchanged or gets another name says nothing new, and the coordinator saves the compilation after
answers have come. Its size and times only tell whether it has to be read again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.intake.folders import Lying, inbox_now
from excel_uppsikt.round_paths import COMPILATION_FILE, MERGED_FILES
from excel_uppsikt.rounds.disk import OutputError
from excel_uppsikt.rounds.laying_aside import laid_aside
from excel_uppsikt.rounds.memory import remember, remembered
from excel_uppsikt.rounds.results import Unmerged


def keep_merged(folder: Path, inbox: Mapping[str, Lying]) -> None:
    """Remembers the inbox, as it lay before it was read, as what the compilation has now been made of.

    A file that has been saved again meanwhile is left without a mark: nobody knows which of the two was read.
    """
    known, now = _merged_before(folder) or {}, inbox_now(folder)
    merged = {
        name: [*one.stamp, _mark(known.get(name), one) if now.get(name) == one else ""]
        for name, one in inbox.items()
    }
    with suppress(OutputError, OSError):
        remember(folder / MERGED_FILES, {"files": merged})


def unmerged(folder: Path) -> Unmerged:
    """What the compilation, as it was last made, does not have from the inbox as it lies."""
    try:
        made = (folder / COMPILATION_FILE).stat().st_mtime_ns
    except OSError:
        return Unmerged()
    aside, known = set(laid_aside(folder)), _merged_before(folder)
    now = {name: one for name, one in inbox_now(folder).items() if name not in aside}
    if known is None:
        return Unmerged(newer=tuple(name for name, one in now.items() if one.saved > made))
    marks = {name: _mark(known.get(name), one) for name, one in now.items()}
    merged = {one.mark for one in known.values()} - {""}
    lying = set(marks.values()) - {""}
    return Unmerged(
        come=tuple(n for n in now if n not in known and marks[n] not in merged),
        changed=tuple(n for n in now if n in known and marks[n] != known[n].mark),
        gone=tuple(
            n for n, one in known.items() if n not in (*now, *aside) and one.mark not in lying
        ),
    )


@dataclass(frozen=True, slots=True)
class _Merged:
    """A file that the compilation was made of: how it lay then, and a mark of what it held."""

    stamp: tuple[int, ...]
    mark: str


def _merged_before(folder: Path) -> dict[str, _Merged] | None:
    """The files that the compilation was made of, by name; None where that is not known."""
    match remembered(folder / MERGED_FILES):
        case {"files": dict(files)}:
            return dict(_as_merged(files))
    return None


def _as_merged(files: Mapping[str, object]) -> Iterator[tuple[str, _Merged]]:
    for name, kept in files.items():
        match kept:
            case [int(size), int(saved), int(put), str(mark)]:
                yield name, _Merged((size, saved, put), mark)


def _mark(known: _Merged | None, lying: Lying) -> str:
    """A mark of what a file holds; '' where it cannot be read. One that lies untouched is not read."""
    if known is not None and known.mark and known.stamp == lying.stamp:
        return known.mark
    try:
        with lying.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
