"""What the two binary formats' cells have in common: far ones moved beside the rest, and what is a problem.

The reader makes room for the whole rectangle up to the last cell, and takes a workbook's cells or none. So a
cell far outside any form is moved to the right of the others before it reads them, and taken from there
afterwards, with its text at the place where it stood.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from excel_uppsikt.excel.guard.far_cells import USUAL, check_place, is_far, refuse
from excel_uppsikt.excel.guard.limits import MAX_FAR, Limits
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.language.cells import as_text

# Excel's largest number that is still a day is far less, and the reader fails at a thousand million.
_MOST_DAYS = 100_000_000
# The numbers of error values in both formats (MS-XLS 2.5.10), and the one that damage is made into.
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
NO_NUMBER, UNKNOWN = 0x24, 0x2A


class BinaryCell(NamedTuple):
    """A record of cells in one row (0-based): where it begins, and its first and last column."""

    at: int
    row: int
    first: int
    last: int


@dataclass(slots=True)
class SheetCells:
    """The cells of a sheet with values, and how far those that stay in their places reach.

    `problems` are the error values by row and column, both 1-based. `moved` has the place (0-based) to
    which each far record is moved.
    """

    cells: list[BinaryCell] = field(default_factory=list)
    problems: dict[tuple[int, int], str] = field(default_factory=dict)
    moved: dict[BinaryCell, tuple[int, int]] = field(default_factory=dict)
    bottom: int = 0
    right: int = 0

    def reach(self) -> int:
        """Finds how far the cells that stay in their places reach, and how large a rectangle that is."""
        staying = [c for c in self.cells if c not in self.moved] if self.moved else self.cells
        self.bottom = max((cell.row + 1 for cell in staying), default=0)
        self.right = max((cell.last + 1 for cell in staying), default=0)
        return self.bottom * self.right

    def move(self, far: Iterable[BinaryCell]) -> None:
        """Gives each of these far records a place to the right of all that stays."""
        self.moved = dict.fromkeys(far, (0, 0))
        self.reach()
        row, column, widest = 0, self.right, 0
        for cell in self.moved:
            self.moved[cell] = row, column
            widest = max(widest, cell.last - cell.first + 1)
            row += 1
            if row >= max(1, self.bottom):
                row, column, widest = 0, column + widest, 0


def move_far(sheets: Sequence[SheetCells], limits: Limits) -> None:
    """Moves the far cells of a workbook's sheets. Refuses places that no sheet has, too many, and the rest.

    Far are those far outside any form; where the rest is too large a rectangle, also those outside
    what forms have as a rule, unless they are many: then it is no form.
    """
    for sheet in sheets:
        far = [cell for cell in sheet.cells if is_far(cell.row + 1, cell.last + 1)]
        for cell in far:
            check_place(cell.row + 1, cell.last + 1)
        if len(far) > MAX_FAR:
            refuse(far[-1].row + 1, far[-1].first + 1)
        sheet.move(far)
    if sum(sheet.reach() for sheet in sheets) <= limits.area:
        return
    unusual = [
        [cell for cell in sheet.cells if is_far(cell.row + 1, cell.last + 1, USUAL)]
        for sheet in sheets
    ]
    if all(len(far) <= MAX_FAR for far in unusual):
        for sheet, far in zip(sheets, unusual, strict=True):
            sheet.move(far)
    limits.check_area(sum(sheet.reach() for sheet in sheets))


def with_places(sheet: Sheet, cells: SheetCells) -> Sheet:
    """The sheet as read, its moved cells in their true places as far ones, and its errors as problems."""
    problems = dict(cells.problems)
    if not cells.moved:
        return replace(sheet, problems=problems)
    far: dict[tuple[int, int], str] = {}
    for cell, (row, column) in cells.moved.items():
        for at in range(cell.last - cell.first + 1):
            place = cell.row + 1, cell.first + at + 1
            text = problems.pop(place, "") or _text(sheet, row, column + at)
            if text.strip():
                far[place] = text
    rows = tuple(row[: cells.right] for row in sheet.rows[: cells.bottom])
    return replace(sheet, rows=rows, problems=problems, far=far)


def check_sheets(sheets: Sequence[Sheet], limits: Limits) -> None:
    """Refuses two sheets of one name, of which the reader gives one twice, and too much text in far cells."""
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise UnreadableError(Reason.DAMAGED)
    limits.check_text(sum(len(text) for sheet in sheets for text in sheet.far.values()))


def is_plain(number: float) -> bool:
    """Whether a number is one that the reader can take for a time, if its format says so."""
    return abs(number) < _MOST_DAYS


def is_number(number: float) -> bool:
    """Whether it is a number at all, rather than what a damaged one is read as."""
    return math.isfinite(number)


def _text(sheet: Sheet, row: int, column: int) -> str:
    values = sheet.rows[row] if row < len(sheet.rows) else ()
    return as_text(values[column]) if column < len(values) else ""
