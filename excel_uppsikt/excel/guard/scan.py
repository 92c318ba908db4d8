"""A part of a zipped workbook walked through once: what is hostile in it, and where its values stand.

The walk is a stream through expat, so that its cost is in proportion to the part, whatever it claims.
"""

import re
from collections import Counter
from typing import Never
from xml.parsers import expat

from excel_uppsikt.excel.guard.limits import (
    MAX_COLUMN,
    MAX_DEPTH,
    MAX_ROW,
    RECEIVED,
    Limits,
    check_sheets,
)
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.usual_sheets import most_levels, text_sizes
from excel_uppsikt.excel.workbook import cell_name, column_number

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,9})")
_NUMBER = re.compile(r"[0-9]{1,10}")
_LONGEST_VALUE = 100
# The reader takes sheets for UTF-8 whatever they declare, so here they are read likewise.
ENCODING = "utf-8"
_ODS_CELLS = {"table:table-cell", "table:covered-table-cell"}
_ODS_VALUES = {
    "office:value-type", "office:value", "office:string-value", "office:date-value",
    "office:time-value", "office:boolean-value", "table:formula",
}  # fmt: skip


class Walk:
    """A pass over one XML part that refuses declarations and deep nesting."""

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
        if b"\0" not in content and most_levels(content) <= MAX_DEPTH:
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


class CellWalk(Walk):
    """A pass that finds the filled rectangle, and refuses values too many or far outside any form.

    `before` are the values of the parts already walked through.
    """

    def __init__(self, limits: Limits = RECEIVED, before: int = 0) -> None:
        super().__init__(ENCODING)
        self.limits, self.before = limits, before
        self.values = self.bottom = self.right = self.text = self.area = 0
        self.strings: list[int] = []
        self.problems: dict[tuple[int, int], str] = {}

    def reach(self, row: int, column: int) -> None:
        """Notes a value at a place (1-based), or refuses a place no form has."""
        if row > MAX_ROW or column > MAX_COLUMN:
            # A stray space far down is more often a slip than an attack, and costs as much.
            raise UnreadableError(Reason.FAR, f"cell {cell_name(row, column)}")
        self.bottom = max(self.bottom, row)
        self.right = max(self.right, column)

    def count(self, values: int) -> None:
        """Counts values, or refuses more than any form has."""
        self.values += values
        self.limits.check_values(self.before + self.values)

    def walk(self, content: bytes) -> None:
        """Walks through the whole part."""
        self.parser.Parse(content, True)
        self.close_sheet()

    def close_sheet(self) -> None:
        """Adds the rectangle of the sheet just walked to the area of them all."""
        self.area += self.bottom * self.right
        self.bottom = self.right = 0

    def text_size(self, _strings: list[int]) -> int:
        """How much text the cells hold once every repeat of them is written out."""
        return self.text


class SheetWalk(CellWalk):
    """A pass over a sheet of an .xlsx workbook, and whatever else has its elements."""

    def __init__(self, limits: Limits = RECEIVED, before: int = 0) -> None:
        super().__init__(limits, before)
        self.row = self.unnamed = self.began = 0
        self.reference: str | None = None
        self.cell: dict[str, str] = {}
        self.value: str | None = None
        self.places: set[int] = set()
        self.parser.CharacterDataHandler = self._characters
        self.open = self.filled = self.formula = self.has_cells = self.in_cells = self.linked = (
            False
        )
        self.uses: Counter[int] = Counter()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows rows and cells; an empty cell, which a form has thousands of, costs the least."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.too_deep()
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind == "c":
            self.cell, self.filled = attributes, False
            if "r" in attributes:
                self.reference, self.unnamed = attributes["r"], 0
            else:
                self.unnamed += 1
        elif kind == "v":
            self.filled, self.value = True, ""
            self.open = True
        else:
            self._other(kind, attributes)

    def _other(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "f":
            self.filled = self.formula = True
        elif kind == "is":
            self.filled = True
        elif kind == "row":
            number = attributes.get("r")
            self.row = self.row + 1 if number is None else _number(number)
            self.reference, self.unnamed = None, 0
        elif kind == "sheetData":
            self._begin_cells()
        elif kind == "externalLink" and self.depth == 1:
            self.linked = True
        elif kind == "si":
            self.began = self.parser.CurrentByteIndex
        elif kind == "sst":
            # The reader makes room for as many as are announced before it has seen a single one.
            for count in ("count", "uniqueCount"):
                self.limits.check_values(_number(attributes.get(count, "0")), "texter")

    def _begin_cells(self) -> None:
        # The reader takes the first for all there is. Only a linked workbook's values are in several.
        if self.has_cells and not self.linked:
            raise UnreadableError(Reason.DAMAGED)
        self.has_cells = self.in_cells = True

    def end(self, name: str) -> None:
        """Records a cell that holds something, and the length of a shared string."""
        self.depth -= 1
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind == "c":
            if self.filled:
                self._record()
                self.filled, self.formula, self.value = False, False, None
        elif kind == "v":
            self.open = False
        elif kind == "si":
            self.strings.append(self.parser.CurrentByteIndex - self.began)
        elif kind == "sheetData":
            self.in_cells = False

    def text_size(self, strings: list[int]) -> int:
        """How much text the cells hold once each has its own copy of its shared string."""
        return self.text + sum(
            strings[number] * count for number, count in self.uses.items() if number < len(strings)
        )

    def _characters(self, text: str) -> None:
        self.text += len(text)
        # Only numbers and error words matter here, so a long text need not be gathered.
        if self.open and len(self.value or "") <= _LONGEST_VALUE:
            self.value = (self.value or "") + text

    def _record(self) -> None:
        if not self.in_cells:
            # The reader would not see it, and nobody would know.
            raise UnreadableError(Reason.DAMAGED)
        row, column = self._place()
        self.reach(row, column)
        # The reader takes the last of two cells at one place for all there is.
        self.places.add(row * (MAX_COLUMN + 1) + column)
        self.count(1)
        if len(self.places) < self.values:
            raise UnreadableError(Reason.DAMAGED)
        kind = self.cell.get("t")
        if kind == "s" and self.value:
            self.uses[_number(self.value)] += 1
        elif kind == "e":
            self.problems[row, column] = (self.value or "").strip() or "="
        # A formula of text may have come out empty; that value is saved too.
        elif self.formula and not self.value and not (kind == "str" and self.value == ""):
            self.problems[row, column] = "="

    def _place(self) -> tuple[int, int]:
        if self.reference is None:
            return self.row, self.unnamed
        match = _REFERENCE.fullmatch(self.reference)
        if match is None:
            raise UnreadableError(Reason.HOSTILE, f"en cell med adressen {self.reference[:20]}")
        row = self.row if self.unnamed else int(match[2])
        return row, column_number(match[1]) + self.unnamed


class TextWalk(SheetWalk):
    """A pass over the shared strings of an .xlsx workbook, which count where they are used."""

    def walk(self, content: bytes) -> None:
        """Walks through the texts one by one, unless they are plain, which is told faster."""
        sizes = text_sizes(content)
        if sizes is None:
            super().walk(content)
            return
        self.strings = sizes
        self.parser.StartElementHandler = self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None
        self.parser.Parse(content, True)

    def text_size(self, strings: list[int]) -> int:
        """Nothing: no cell stands here."""
        del strings
        return 0


class OdsWalk(CellWalk):
    """A pass over the sheets of an .ods workbook, where rows and cells are given with repeats."""

    def __init__(self, limits: Limits = RECEIVED, before: int = 0) -> None:
        super().__init__(limits, before)
        self.row = self.rows = self.column = self.columns = self.began = self.sheets = 0
        self.noted = self.spaces = 0
        self.filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows tables, rows and cells; only what carries a value counts."""
        super().start(name, attributes)
        if name in _ODS_CELLS:
            self.columns = _number(attributes.get("table:number-columns-repeated", "1"))
            self.filled = not _ODS_VALUES.isdisjoint(attributes)
            self.spaces = 0
            self.began = self.parser.CurrentByteIndex
        elif name == "table:table-row":
            self.rows = _number(attributes.get("table:number-rows-repeated", "1"))
            self.column = 0
        elif name == "table:table":
            self.row = 0
            # Each takes the reader far more memory than it takes here.
            self.sheets += 1
            check_sheets(self.sheets)
        elif name == "text:s":
            # The reader writes them out, a thousand million if so it says.
            self.spaces += _number(attributes.get("text:c", "1"))
        elif name == "office:annotation":
            self.noted = self.parser.CurrentByteIndex

    def end(self, name: str) -> None:
        """Moves on past the repeats of a cell or row, and counts the cells of a filled one."""
        super().end(name)
        if name in _ODS_CELLS:
            self.column += self.columns
            if self.filled:
                self.reach(self.row + self.rows, self.column)
                repeats = self.columns * self.rows
                self.count(repeats)
                self.text += repeats * (self.parser.CurrentByteIndex - self.began + self.spaces)
            else:
                self.text += self.spaces
        elif name == "office:annotation":
            # A note also stands where no value does.
            self.text += self.parser.CurrentByteIndex - self.noted
        elif name == "table:table-row":
            self.row += self.rows
        elif name == "table:table":
            self.close_sheet()


def _number(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise UnreadableError(Reason.DAMAGED)
    return int(text)
