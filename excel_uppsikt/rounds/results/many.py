"""What came of one of several rounds that were run."""

from dataclasses import dataclass
from pathlib import Path

CANNOT = 2


@dataclass(frozen=True, slots=True)
class RoundRun:
    """A round that was run, in figures: what was found in it, and how much of each kind was written.

    `beside` counts what was written beside files edited by hand. `told` says why the round could not be
    run, and `fault` is the program's own where it was that.
    """

    folder: Path
    status: int
    found: str = ""
    reports: int = 0
    returns: int = 0
    beside: int = 0
    compiled: bool = False
    told: str = ""
    fault: str = ""
