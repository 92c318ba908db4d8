"""A workbook's content as plain values: its sheets with their cells and notes, and the names of cells."""

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

    `problems` and `notes` are by row and column, both 1-based. `since_1904` is how the workbook counts
    days, for numbers without a date's format; the reader has reckoned with it in all others.
    """

    name: str
    visible: bool
    rows: tuple[tuple[CellValue, ...], ...]
    problems: Cells = field(default_factory=dict)
    notes: Cells = field(default_factory=dict)
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook's sheets, its custom properties as text, and when it was saved (UTC)."""

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str]
    saved: datetime | None

    @property
    def text_size(self) -> int:
        """How many bytes of memory the texts in its cells and notes take."""
        rows = (row for sheet in self.sheets for row in sheet.rows)
        cells = sum(
            getsizeof(cell) for row in rows for cell in row if isinstance(cell, str) and cell
        )
        return cells + sum(
            getsizeof(note) for sheet in self.sheets for note in sheet.notes.values()
        )


def cell_name(row: int, col: int) -> str:
    """A cell's name in Excel, such as `D7` for row 7, column 4 (both 1-based)."""
    return f"{column_letters(col)}{row}"


def column_letters(column: int) -> str:
    """The letters of a 1-based column, such as `XFD` for 16384."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number (1-based) of a column's letters, in either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
