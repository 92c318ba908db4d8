"""The sheets of an .ods workbook scanned cell by cell: how much they hold once repeats are written out."""

from excel_uppsikt.excel.guard.limits import RECEIVED, Limits, check_sheets
from excel_uppsikt.excel.guard.scan import CellScan, whole_number

_CELLS = {"table:table-cell", "table:covered-table-cell"}
_VALUES = {
    "office:value-type", "office:value", "office:string-value", "office:date-value",
    "office:time-value", "office:boolean-value", "table:formula",
}  # fmt: skip


class OdsScan(CellScan):
    """A scan of the sheets of an .ods workbook, where rows and cells are given with repeats."""

    def __init__(self, limits: Limits = RECEIVED, before: int = 0) -> None:
        super().__init__(limits, before)
        self.row = self.rows = self.column = self.columns = self.began = self.sheets = 0
        self.noted = self.spaces = 0
        self.filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows tables, rows and cells; only what carries a value counts."""
        super().start(name, attributes)
        if name in _CELLS:
            self.columns = whole_number(attributes.get("table:number-columns-repeated", "1"))
            self.filled = not _VALUES.isdisjoint(attributes)
            self.spaces = 0
            self.began = self.parser.CurrentByteIndex
        elif name == "table:table-row":
            self.rows = whole_number(attributes.get("table:number-rows-repeated", "1"))
            self.column = 0
        elif name == "table:table":
            self.row = 0
            # Each takes the reader far more memory than it takes here.
            self.sheets += 1
            check_sheets(self.sheets)
        elif name == "text:s":
            # The reader writes them out, a thousand million if so it says.
            self.spaces += whole_number(attributes.get("text:c", "1"))
        elif name == "office:annotation":
            self.noted = self.parser.CurrentByteIndex

    def end(self, name: str) -> None:
        """Moves on past the repeats of a cell or row, and counts the cells of a filled one."""
        super().end(name)
        if name in _CELLS:
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
