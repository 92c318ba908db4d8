"""Cells and sheets that somebody has added to a workbook, with formulas and looks to be copied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# In all of a workbook's own sheets together: more is no notebook, and takes minutes to copy.
MAX_OWN_CELLS = 300_000
# Bytes of their XML, and letters in their formulas, each of which is searched for references.
MAX_OWN_XML, MAX_FORMULAS = 30_000_000, 2_000_000
# The properties of a look by name, so that two alike are equal.
Style = tuple[tuple[str, str | int | float | bool], ...]
Value = str | float | int | bool
Area = tuple[int, int, int, int]


class Uncopied(StrEnum):
    """What a sheet can have that is not copied."""

    DRAWINGS = "drawing"
    TABLES = "table"
    PIVOTS = "pivotTable"
    RULES = "conditionalFormatting"
    CHOICES = "dataValidations"


@dataclass(frozen=True, slots=True)
class OwnCell:
    """What stands in a cell: a value, or a formula with the value that it had; days are numbers.

    `area` is the range of an array formula, `link` where a click leads, `error` whether the value is one.
    """

    value: Value = ""
    formula: str = ""
    area: str = ""
    link: str = ""
    error: bool = False
    style: Style = ()

    @property
    def filled(self) -> bool:
        """Whether anything stands there."""
        return bool(self.formula) or self.value != ""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet's cells by row and column (1-based), and how it is set out."""

    name: str
    cells: Mapping[tuple[int, int], OwnCell]
    widths: Mapping[int, float] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    merged: Sequence[Area] = ()
    frozen: tuple[int, int] | None = None
    filtered: Area | None = None
    visible: bool = True
    gridlines: bool = True
    tab: str = ""
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncopied: tuple[Uncopied, ...] = ()
