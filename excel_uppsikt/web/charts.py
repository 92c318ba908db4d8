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
