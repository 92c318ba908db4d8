"""Cells far outside any form, taken out of a part before the reader sees it, and what stood in them.

The reader makes room for the whole rectangle up to the last value, hundreds of gigabytes for one space in
a sheet's last corner. So such a cell is made an empty one, at its place, and its text is kept here.
"""

import re
from dataclasses import dataclass, field
from typing import Never
from xml.parsers import expat

from excel_uppsikt.excel.guard.limits import MAX_COLUMN, MAX_FAR, MAX_ROW
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.language.cells import cell_name

# The last row and column of what is not far: of any form, and of what forms have as a rule, beyond which
# the cells are far where the sheets are too large together.
Bounds = tuple[int, int]
WIDEST: Bounds = (MAX_ROW, MAX_COLUMN)
USUAL: Bounds = (10_000, 100)
# As large as a sheet is in Excel and LibreOffice.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_START_TAG = re.compile(rb"""<[^<>"'/]++(?:"[^"]*+"|'[^']*+'|/(?!>)|[^<>"'/])*+(/?>)""")
_TEXTS, _NOTE = {"v", "t", "text:p", "text:h"}, "office:annotation"
_SHARED = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class FarCell:
    """What stands in a cell far away: its text, or the number of its shared text."""

    text: str
    shared: int | None = None


@dataclass(slots=True)
class FarCells:
    """The far cells of a part: what stands in them by sheet ('' for the only one) and place (1-based)."""

    cells: dict[str, dict[tuple[int, int], FarCell]] = field(default_factory=dict)
    _cuts: list[tuple[int, int, bytes]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether there are any, also of white space alone."""
        return bool(self._cuts)

    def add(self, sheet: str, place: tuple[int, int], cell: FarCell) -> None:
        """Keeps a far cell, unless it is white space. Refuses one outside every sheet, and too many."""
        check_place(*place)
        known = self.cells.setdefault(sheet, {})
        if place in known:
            raise UnreadableError(Reason.DAMAGED)
        if cell.text.strip() or cell.shared is not None:
            known[place] = cell
        if len(self._cuts) > MAX_FAR:
            refuse(*place)

    def cut(self, content: bytes, begin: int, end_tag: int, empty: str) -> bytes:
        """The cell that begins and whose end tag begins at these bytes; an empty one comes in its place."""
        start = _START_TAG.match(content, begin)
        if start is None:
            raise UnreadableError(Reason.DAMAGED)
        end = start.end() if start[1] == b"/>" else content.index(b">", end_tag) + 1
        self._cuts.append((begin, end, empty.encode()))
        return content[begin:end]

    def without(self, content: bytes) -> bytes:
        """The part with empty cells in the place of the far ones."""
        pieces: list[bytes] = []
        at = 0
        for begin, end, empty in self._cuts:
            pieces += content[at:begin], empty
            at = end
        return b"".join((*pieces, content[at:]))


def is_far(row: int, column: int, within: Bounds = WIDEST) -> bool:
    """Whether a cell (1-based) lies outside what any form has, or outside these bounds."""
    return row > within[0] or column > within[1]


def check_place(row: int, column: int) -> None:
    """Refuses a place that no sheet has."""
    if row > _LAST_ROW or column > _LAST_COLUMN:
        refuse(row, column)


def refuse(row: int, column: int) -> Never:
    """Refuses the workbook for a cell far away."""
    raise UnreadableError(Reason.FAR, f"cell {cell_name(row, column)}")


def text_in(cell: bytes) -> str:
    """The text in a cell's XML."""
    pieces: list[str] = []
    inside: list[str] = []
    parser = expat.ParserCreate("utf-8")

    def start(name: str, _attributes: dict[str, str]) -> None:
        inside.append(name if name.startswith(("text:", "office:")) else name.rpartition(":")[2])
        if name in _TEXTS or name == "text:s":
            pieces.append(" ")

    def characters(text: str) -> None:
        if not _TEXTS.isdisjoint(inside) and _NOTE not in inside:
            pieces.append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: inside.pop()
    parser.CharacterDataHandler = characters
    parser.Parse(cell, True)
    return "".join(pieces).strip()


def shared_number(text: str) -> int | None:
    """The number of a shared text, or None."""
    return int(text) if _SHARED.fullmatch(text.strip()) else None
