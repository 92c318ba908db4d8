"""An XML part scanned once: what is hostile in it, and how far the cells in it reach.

The scan is a stream through expat, so that its cost is in proportion to the part, whatever it claims.
"""

import re
from typing import Never
from xml.parsers import expat

from excel_uppsikt.excel.guard.far_cells import WIDEST, Bounds, FarCells
from excel_uppsikt.excel.guard.limits import MAX_DEPTH, RECEIVED, Limits
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.usual_sheets import depth_bound

_NUMBER = re.compile(r"[0-9]{1,10}")
# The reader takes sheets for UTF-8 whatever they declare, so here they are read likewise.
ENCODING = "utf-8"


class PartScan:
    """A scan of one XML part that refuses declarations and deep nesting."""

    def __init__(self, encoding: str | None = None) -> None:
        self.depth = 0
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.EntityDeclHandler = self._entity
        self.parser.EndDoctypeDeclHandler = self._doctype

    def parse(self, content: bytes) -> None:
        """Parses the part for what it declares and how deep it is."""
        if b"\0" not in content and depth_bound(content) <= MAX_DEPTH:
            # Too few tags to be too deep, so none needs to be followed.
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
        self.parser.Parse(content, True)

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        """Goes one level down."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.too_deep()

    def end(self, _name: str) -> None:
        """Goes one level up."""
        self.depth -= 1

    def too_deep(self) -> Never:
        """Refuses nesting that no program writes."""
        raise UnreadableError(Reason.HOSTILE, f"XML i fler än {MAX_DEPTH} nivåer")

    def _entity(self, *_declaration: object) -> None:
        raise UnreadableError(Reason.HOSTILE, "en XML-entitet")

    def _doctype(self) -> None:
        raise UnreadableError(Reason.HOSTILE, "en DOCTYPE-deklaration")


class CellScan(PartScan):
    """A scan that finds the filled rectangle and the cells far outside it, and refuses too many values.

    `before` are the values of the parts already scanned. `far` has the cells far outside any form, or
    outside what they have `within`, which count for nothing else.
    """

    def __init__(self, limits: Limits = RECEIVED, before: int = 0, within: Bounds = WIDEST) -> None:
        super().__init__(ENCODING)
        self.limits, self.before, self.within = limits, before, within
        self.values = self.bottom = self.right = self.text = self.area = 0
        self.strings: list[int] = []
        self.problems: dict[tuple[int, int], str] = {}
        self.far = FarCells()
        self.content = b""

    def reach(self, row: int, column: int) -> None:
        """Notes a value at a place (1-based)."""
        self.bottom = max(self.bottom, row)
        self.right = max(self.right, column)

    def count(self, values: int) -> None:
        """Counts values, or refuses more than any form has."""
        self.values += values
        self.limits.check_values(self.before + self.values)

    def scan(self, content: bytes) -> None:
        """Scans the whole part."""
        self.content = content
        self.parser.Parse(content, True)
        self.close_sheet()

    def close_sheet(self) -> None:
        """Adds the rectangle of the sheet just scanned to the area of them all."""
        self.area += self.bottom * self.right
        self.bottom = self.right = 0

    def text_size(self, _strings: list[int]) -> int:
        """How much text the cells hold once every repeat of them is written out."""
        return self.text


def whole_number(text: str) -> int:
    """A number of at most ten digits, or UnreadableError for anything else."""
    if _NUMBER.fullmatch(text) is None:
        raise UnreadableError(Reason.DAMAGED)
    return int(text)
