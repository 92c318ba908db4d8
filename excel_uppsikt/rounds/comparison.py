"""jamforelse.xlsx written from what is kept of rounds, never over one that a person has edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from excel_uppsikt.history import keeping
from excel_uppsikt.history.comparing import WANTED, Rounds
from excel_uppsikt.history.pages import pages
from excel_uppsikt.history.workbook import comparison_workbook
from excel_uppsikt.language.file_names import numbered
from excel_uppsikt.language.text import listed
from excel_uppsikt.rounds.checking import Progress, no_progress
from excel_uppsikt.rounds.disk import content, last_saved, lying_in, write_whole
from excel_uppsikt.rounds.history import without_folder, without_report
from excel_uppsikt.rounds.memory import remember, remembered, texts
from excel_uppsikt.rounds.outputs import Written

NAME = "jamforelse.xlsx"
# Beside what is kept: the hashes of what was last written.
_MEMORY = f"{keeping.FOLDER}/.jamforelse.json"


@dataclass(frozen=True, slots=True)
class KeptRounds:
    """What is kept of rounds as read back, and what is told of it."""

    rounds: Rounds
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many rounds there are."""
        return len(self._names)

    @property
    def municipalities(self) -> int:
        """How many municipalities they are of."""
        return int(self._names["municipality"].nunique())

    @property
    def _names(self) -> pd.DataFrame:
        return self.rounds.units[list(keeping.KEYS)].drop_duplicates()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison as written: of how many rounds and municipalities, and what is told of them."""

    folder: Path
    written: Written
    rounds: int
    municipalities: int
    notes: tuple[str, ...]


def compare(folder: Path) -> Comparison:
    """Compares what is kept in a folder's historik/.

    Raises `CannotRunError` where nothing is kept, or what reads it is not installed.
    """
    kept = read_rounds(folder)
    data = comparison_workbook(pages(kept.rounds), kept.notes)
    written = _write(folder, data)
    return Comparison(folder, written, kept.count, kept.municipalities, kept.notes)


def read_rounds(folder: Path, progress: Progress = no_progress) -> KeptRounds:
    """What is kept in a folder's historik/; `progress` is called with each file's name before it is read.

    Raises `CannotRunError` where nothing is kept, or what reads it is not installed.
    """
    keeping.check_installed("compare")
    kept = keeping.read_kept(folder, WANTED, progress)
    return KeptRounds(Rounds.of(kept), tuple(_notes(folder, kept)))


def comparisons(folder: Path) -> tuple[Path, ...]:
    """The comparisons that lie in a folder, the last written first."""
    named = (path for path in lying_in(folder) if path.match("jamforelse*.xlsx") and path.is_file())
    saved = [(time, path) for path in named if (time := last_saved(path)) is not None]
    return tuple(path for _, path in sorted(saved, key=lambda one: one[0], reverse=True))


def _notes(folder: Path, kept: keeping.Kept) -> Iterator[str]:
    for (town, year, period, department), names in _copies(kept):
        yield (
            f"{town}, {department}, {year} {period} finns i flera mappar, som alla räknas: {listed(names)}. "
            f"Är det kopior: ta bort de andra mapparna och deras filer i {keeping.FOLDER}."
        )
    if gone := without_folder(folder):
        yield (
            f"Med i jämförelsen, fast mappen inte finns längre: {listed(gone)}. Ska de inte räknas: ta bort "
            f"deras filer i {keeping.FOLDER}."
        )
    if unreported := without_report(folder):
        yield (
            f"Med i jämförelsen, fast ingen rapport är gjord än: {listed(unreported)}. Siffrorna kan ändras."
        )
    if kept.damaged:
        names = sorted({path.relative_to(folder).as_posix() for path in kept.damaged})
        yield (
            f"Inte med i jämförelsen, eftersom filen inte kan läsas: {listed(names)}. Gör om dem med uppsikt "
            "history."
        )


def _copies(kept: keeping.Kept) -> Iterator[tuple[tuple[object, ...], list[str]]]:
    """The departments whose year and period have been read from several rounds, with these."""
    columns = ["municipality", "year", "period", "department"]
    rows = kept.tables[keeping.UNITS][[*columns, "round"]].drop_duplicates().astype(str)
    for key, rounds in rows.groupby(columns)["round"]:
        if len(rounds) > 1:
            yield key, sorted(rounds)


def _write(folder: Path, data: bytes) -> Written:
    """Writes over what the program has written itself, else beside it."""
    known = texts(remembered(folder / _MEMORY).get(NAME)) or ()
    places = (folder / NAME, folder / "jamforelse (ny).xlsx")
    others = (folder / name for name in numbered(NAME, words="ny"))
    path = next(
        path
        for group in (places, others)
        for path in group
        if not path.is_file() or _hash(content(path)) in {*known, _hash(data)}
    )
    there = [_hash(content(path))] if path.is_file() else []
    remember(folder / _MEMORY, {NAME: list(dict.fromkeys((_hash(data), *there, *known)))[:9]})
    write_whole(path, data)
    return Written(path, None if path == places[0] else places[0])


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
