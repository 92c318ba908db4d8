"""From a plan workbook, through filled-in forms, to the Word report a committee decides on.

`read_round(folder)` gives a round as pandas DataFrames, for those who know Python.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.version import __version__

if TYPE_CHECKING:
    from excel_uppsikt.rounds.tables import Round

__all__ = ["Round", "__version__", "read_round"]


def read_round(folder: str | Path) -> "Round":
    """The round in a folder: `.cells()`, `.entries()`, `.activities()`, `.findings()`, `.coverage()`.

    Each is a DataFrame, whose columns its own docstring tells. Nothing is written. Raises
    `CannotRunError` for a plan or a compilation that cannot be used.
    """
    from excel_uppsikt.rounds import tables  # so that the command line starts without pandas

    return tables.read_round(folder)


def __getattr__(name: str) -> object:
    if name == "Round":
        from excel_uppsikt.rounds.tables import Round

        return Round
    raise AttributeError(name)
