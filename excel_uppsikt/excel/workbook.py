"""A workbook's content as plain values: its sheets with their cells and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from sys import getsizeof

CellValue = str | float | int | bool | date | datetime | time | timedelta
# Texts by row and column, both 1-based.
Cells = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's values at their true places, the cells whose value could not be had, and the notes.

    `far` are the texts of cells so far outside any form that the rows do not reach them. `problems`,
    `notes` and `far` are by row and column, both 1-based. `since_1904` is how the workbook counts
    days, for numbers without a date's format; the reader has reckoned with it in all others.
    """

    name: str
    visible: bool
    rows: tuple[tuple[CellValue, ...], ...]
    problems: Cells = field(default_factory=dict)
    notes: Cells = field(default_factory=dict)
    since_1904: bool = False
    far: Cells = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook's sheets, its custom properties as text, and when it was saved (UTC).

    `charts` are the names of an .xlsx workbook's sheets that have no cells, each a chart as large as a sheet.
    """

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str]
    saved: datetime | None
    charts: tuple[str, ...] = ()

    @property
    def text_size(self) -> int:
        """How many bytes of memory the texts in its cells and notes take."""
        rows = (row for sheet in self.sheets for row in sheet.rows)
        cells = sum(
            getsizeof(cell) for row in rows for cell in row if isinstance(cell, str) and cell
        )
        return cells + sum(
            getsizeof(text)
            for sheet in self.sheets
            for beside in (sheet.notes, sheet.far)
            for text in beside.values()
        )
