"""The sheets and shared texts of an .xlsx workbook scanned cell by cell: errors, places and sizes."""

import re
from collections import Counter

from excel_uppsikt.excel.guard.far_cells import (
    WIDEST,
    Bounds,
    FarCell,
    is_far,
    shared_number,
    text_in,
)
from excel_uppsikt.excel.guard.limits import MAX_COLUMN, MAX_DEPTH, RECEIVED, Limits
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.scan import CellScan, whole_number
from excel_uppsikt.excel.guard.usual_sheets import text_sizes
from excel_uppsikt.language.cells import column_number

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,9})")
_LONGEST_VALUE = 100


class SheetScan(CellScan):
    """A scan of a sheet of an .xlsx workbook, and whatever else has its elements."""

    def __init__(self, limits: Limits = RECEIVED, before: int = 0, within: Bounds = WIDEST) -> None:
        super().__init__(limits, before, within)
        self.row = self.unnamed = self.began = self.cell_began = 0
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
            self.cell_began = self.parser.CurrentByteIndex
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
            self.row = self.row + 1 if number is None else whole_number(number)
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
                self.limits.check_values(whole_number(attributes.get(count, "0")), "texter")

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
                self._record(name)
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

    def _record(self, name: str) -> None:
        if not self.in_cells:
            # The reader would not see it, and nobody would know.
            raise UnreadableError(Reason.DAMAGED)
        row, column = self._place()
        if is_far(row, column, self.within):
            # A stray space far down is a slip, and the rest of the form is to be read.
            self._set_aside(name, row, column)
            return
        self.reach(row, column)
        # The reader takes the last of two cells at one place for all there is.
        self.places.add(row * (MAX_COLUMN + 1) + column)
        self.count(1)
        if len(self.places) < self.values:
            raise UnreadableError(Reason.DAMAGED)
        kind = self.cell.get("t")
        if kind == "s" and self.value:
            self.uses[whole_number(self.value)] += 1
        elif kind == "e":
            self.problems[row, column] = (self.value or "").strip() or "="
        elif self._never_computed():
            self.problems[row, column] = "="

    def _never_computed(self) -> bool:
        # A formula of text may have come out empty; that value is saved too.
        empty = self.cell.get("t") == "str" and self.value == ""
        return self.formula and not self.value and not empty

    def _set_aside(self, name: str, row: int, column: int) -> None:
        reference = "" if self.reference is None or self.unnamed else f' r="{self.reference}"'
        content, end = self.content, self.parser.CurrentByteIndex
        cell = self.far.cut(content, self.cell_began, end, f"<{name}{reference}/>")
        if self.cell.get("t") == "s":
            found = FarCell("", shared_number(self.value or ""))
        else:
            found = FarCell(text_in(cell) or ("=" if self._never_computed() else ""))
        self.far.add("", (row, column), found)

    def _place(self) -> tuple[int, int]:
        if self.reference is None:
            return self.row, self.unnamed
        match = _REFERENCE.fullmatch(self.reference)
        if match is None:
            raise UnreadableError(Reason.HOSTILE, f"en cell med adressen {self.reference[:20]}")
        row = self.row if self.unnamed else int(match[2])
        return row, column_number(match[1]) + self.unnamed


class SharedTextScan(SheetScan):
    """A scan of the shared strings of an .xlsx workbook, which count where they are used."""

    def scan(self, content: bytes) -> None:
        """Scans the texts one by one, unless they are plain, which can be told faster."""
        sizes = text_sizes(content)
        if sizes is None:
            super().scan(content)
            return
        self.strings = sizes
        self.parser.StartElementHandler = self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None
        self.parser.Parse(content, True)

    def text_size(self, strings: list[int]) -> int:
        """Nothing: no cell stands here."""
        del strings
        return 0
