"""Figures as pictures: how long each bar is, beside its name and number; the page's style colours them."""

from collections.abc import Sequence
from dataclasses import dataclass

# How wide a picture is, in its own units; the page stretches it to the room there is.
WIDE = 1_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, its number, and the bar as long as that in a picture `WIDE` units wide."""

    name: str
    number: int
    width: int


def bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """A bar for each name, the longest as wide as the picture."""
    most = max((number for _, number in counts), default=0) or 1
    return tuple(Bar(name, number, round(number * WIDE / most)) for name, number in counts)


@dataclass(frozen=True, slots=True)
class Measure:
    """A bar for a number that is told in words, such as a share; `width` as for `Bar`."""

    name: str
    told: str
    width: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole as a piece of a bar, from `x` on: of which kind, by its number, and its share."""

    kind: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A name, its number, and the bar of its parts, as wide as the picture."""

    name: str
    number: int
    parts: tuple[Part, ...]


def parted(name: str, counts: Sequence[int]) -> Whole:
    """A bar of parts in order; one that is nothing has none."""
    whole, before = sum(counts), 0
    parts: list[Part] = []
    for kind, count in enumerate(counts):
        x = round(before * WIDE / whole) if whole else 0
        before += count
        if count:
            parts.append(Part(kind, x, round(before * WIDE / whole) - x))
    return Whole(name, whole, tuple(parts))
