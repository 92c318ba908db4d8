"""The sheets of an .ods workbook scanned cell by cell: how much they hold once repeats are written out."""

from excel_uppsikt.excel.guard.far_cells import (
    WIDEST,
    Bounds,
    FarCell,
    check_place,
    is_far,
    refuse,
    text_in,
)
from excel_uppsikt.excel.guard.limits import RECEIVED, Limits, check_sheets
from excel_uppsikt.excel.guard.scan import CellScan, whole_number

CELLS = {"table:table-cell", "table:covered-table-cell"}
_VALUES = {
    "office:value-type", "office:value", "office:string-value", "office:date-value",
    "office:time-value", "office:boolean-value", "table:formula",
}  # fmt: skip
_PARAGRAPHS = {"text:p", "text:h"}
# Where a value stands that has no text beside it.
_BARE = ("office:string-value", "office:date-value", "office:time-value", "office:value")


class OdsScan(CellScan):
    """A scan of the sheets of an .ods workbook, where rows and cells are given with repeats."""

    def __init__(self, limits: Limits = RECEIVED, before: int = 0, within: Bounds = WIDEST) -> None:
        super().__init__(limits, before, within)
        self.row = self.rows = self.column = self.columns = self.began = self.sheets = 0
        self.noted = self.spaces = 0
        self.filled = self.noting = False
        self.sheet = ""
        self.attributes: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows tables, rows and cells; only what carries a value counts."""
        super().start(name, attributes)
        if name in CELLS:
            self.columns = whole_number(attributes.get("table:number-columns-repeated", "1"))
            self.filled = not _VALUES.isdisjoint(attributes)
            self.spaces = 0
            self.attributes = attributes
            self.began = self.parser.CurrentByteIndex
        elif name == "table:table-row":
            self.rows = whole_number(attributes.get("table:number-rows-repeated", "1"))
            self.column = 0
        elif name == "table:table":
            self.row = 0
            self.sheet = attributes.get("table:name", "")
            # Each takes the reader far more memory than it takes here.
            self.sheets += 1
            check_sheets(self.sheets)
        elif name == "text:s":
            # The reader writes them out, a thousand million if so it says.
            self.spaces += whole_number(attributes.get("text:c", "1"))
        elif name == "office:annotation":
            self.noted, self.noting = self.parser.CurrentByteIndex, True
        elif name in _PARAGRAPHS and not self.noting:
            # Text is a value also in a cell that does not say of which kind.
            self.filled = True

    def end(self, name: str) -> None:
        """Moves on past the repeats of a cell or row, and counts the cells of a filled one."""
        super().end(name)
        if name in CELLS:
            self.column += self.columns
            if self.filled and is_far(self.row + self.rows, self.column, self.within):
                self._set_aside(name)
            elif self.filled:
                self.reach(self.row + self.rows, self.column)
                repeats = self.columns * self.rows
                self.count(repeats)
                self.text += repeats * (self.parser.CurrentByteIndex - self.began + self.spaces)
            else:
                self.text += self.spaces
        elif name == "office:annotation":
            # A note also stands where no value does.
            self.text += self.parser.CurrentByteIndex - self.noted
            self.noting = False
        elif name == "table:table-row":
            self.row += self.rows
        elif name == "table:table":
            self.close_sheet()

    def _set_aside(self, name: str) -> None:
        """Takes a cell far away out, and keeps what stands in it; repeats only of white space."""
        row, column = self.row + self.rows, self.column
        check_place(row, column)
        repeats = f' table:number-columns-repeated="{self.columns}"'
        end = self.parser.CurrentByteIndex
        text = text_in(self.far.cut(self.content, self.began, end, f"<{name}{repeats}/>"))
        if not text:
            bare = (self.attributes[key] for key in _BARE if key in self.attributes)
            text = next(bare, "=" if "office:value-type" not in self.attributes else "")
        if text.strip() and self.rows * self.columns > 1:
            refuse(row, column)
        self.far.add(self.sheet, (row, column), FarCell(text))
