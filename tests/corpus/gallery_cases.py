"""A case of the gallery: a workbook by what people did to it, and what is found and read in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from excel_uppsikt.rounds.results import CheckedRound
from tests.corpus.gallery import BASE, FALT, FILE, FRISK, YOUNG, Places, Shown, lax, with_cells

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A workbook by what people did to it, with its findings and its activities."""

    did: str
    make: Make
    found: Places
    read: Sequence[Shown]
    name: str = FILE


def case(
    did: str,
    make: Make,
    found: Places | None = None,
    read: Sequence[Shown] = BASE,
    name: str = FILE,
) -> Case:
    return Case(did, make, found or [], read, name)


def cells(did: str, given: dict[str, str], found: Places | None = None, **reads: object) -> Case:
    """A case of cells on the youth goal's sheet, where Läxhjälp stands in row 5."""
    return case(did, lambda: with_cells(given), found, [FRISK, FALT, lax(**reads)])


def at(code: str, *places: str) -> Places:
    """The same finding at several cells of the youth goal's sheet."""
    return [(code, YOUNG, place) for place in places]


def found(checked: CheckedRound) -> Places:
    return sorted((f.code, f.sheet or "", f.cell or "") for f in checked.findings)


def read(checked: CheckedRound, name: str) -> list[Shown]:
    """What came out of the file."""

    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return [
        (
            a.values.title,
            a.values.units,
            day(a.values.start),
            day(a.values.end),
            a.values.status.name if a.values.status else None,
        )
        for a in checked.activities
        if a.sources[0].file == f"inkorg/{name}"
    ]
