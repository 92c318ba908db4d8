"""Figures as pictures: bars with their names and numbers, drawn here and coloured by the page's style."""

from collections.abc import Sequence
from dataclasses import dataclass

# In pixels; the template adds where a name, its bar and its number stand in a row.
_ROW, _WIDE = 46, 640
_NUMBER, _LONGEST = 44, 84


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar by its place in the picture."""

    name: str
    number: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars below each other, and what it shows in words."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    rail: int
    words: str


def bars(counts: Sequence[tuple[str, int]]) -> Bars:
    """A bar for each name, as long as its number."""
    most = max((number for _, number in counts), default=0) or 1
    rail = _WIDE - _NUMBER
    made = tuple(
        Bar(_cut(name), number, at * _ROW, round(number * rail / most))
        for at, (name, number) in enumerate(counts)
    )
    told = "; ".join(f"{name}: {number}" for name, number in counts)
    return Bars(made, _WIDE, len(made) * _ROW, rail, told)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST].rpartition(' ')[0]} …"
