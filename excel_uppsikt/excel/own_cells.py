"""Cells and sheets that somebody has added to a workbook: formulas and looks, as they are to be copied."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from excel_uppsikt.excel.formats.xlsx import check_archive
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.guard.zip_files import read_directory

Value = str | float | int | bool
# A look as XlsxWriter's properties of a format; by name, so that two alike are equal.
Style = tuple[tuple[str, str | int | float | bool], ...]
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


def may_have_formulas(data: bytes, names: Collection[str]) -> bool:
    """Whether a workbook's sheets of these names can have formulas: a look that costs little."""
    directory = read_directory(data)
    whole = directory.unpack(OWN)
    parts = check_archive(directory, OWN, whole).trees.sheet_parts()
    own = [whole.get(parts.get(name, ""), b"") for name in names]
    return any(mark in part for part in own for mark in (b"<f>", b"<f "))
