"""openpyxl's reading of shared formulas, remembered.

In a form every row's Kontroll is one long formula, which openpyxl takes apart anew for each row and each
time the form is opened: five sixths of what opening it costs. The tests open some forms hundreds of times.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import openpyxl.worksheet._reader as reader
import pytest
from openpyxl.formula.translate import Translator


@contextmanager
def remembered() -> Iterator[None]:
    """What a shared formula says in a cell is worked out once; it is what openpyxl says, as before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "Translator", _Remembering)
        yield


class _Remembering:
    """A shared formula in the cell where it is written out."""

    def __init__(self, formula: str, origin: str) -> None:
        self._formula, self._origin = formula, origin

    def translate_formula(self, cell: str) -> str:
        return _in_cell(self._formula, self._origin, cell)


@lru_cache(maxsize=200)
def _taken_apart(formula: str, origin: str) -> Translator:
    return Translator(formula, origin)


@lru_cache(maxsize=5_000)
def _in_cell(formula: str, origin: str, cell: str) -> str:
    return str(_taken_apart(formula, origin).translate_formula(cell))
