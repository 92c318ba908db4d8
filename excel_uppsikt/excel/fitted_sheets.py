"""Sheets whose rows are as high as their texts need, and which XlsxWriter writes in less time."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell, xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellStringTuple, Worksheet

from excel_uppsikt.language.text import LONGEST_TEXT, cell_part

# In characters and points: a column nobody has set, a line of the house font, Excel's highest row.
_USUAL_WIDTH, _LINE_HEIGHT, _HIGHEST_ROW = 8.43, 15, 409
# What a row can show of a wrapped text, however high it is made.
MOST_LINES = _HIGHEST_ROW // _LINE_HEIGHT
# A column's width is counted in digits; Swedish prose in Calibri gets about this many letters to one.
_LETTERS_TO_WIDTH = 1.12


def wrapped_lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of this width, in characters."""
    letters = width * _LETTERS_TO_WIDTH
    return sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))


class FittedSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no type information
    """A sheet whose rows are as high as their wrapped text needs, and grow when it is edited.

    Excel fits rows without a height when it opens a file; LibreOffice and previews do not. So each
    row gets the height it needs, but without the mark that it was set by hand, which would keep it
    from growing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._widths: dict[int, float] = {}
        self._lines: dict[int, int] = {}
        self._set_rows: set[int] = set()
        self._shared: dict[str, list[tuple[str, object]]] = {}
        self._groups = 0

    def set_column(self, first: int, last: int, width: float, *more: object) -> int:
        """Sets the width of columns `first` to `last` (0-based), in characters."""
        self._widths |= dict.fromkeys(range(first, last + 1), width)
        answer: int = super().set_column(first, last, width, *more)
        return answer

    def set_row(self, row: int, height: float | None = None, *more: object) -> int:
        """Sets a row's height in points."""
        self._set_rows.add(row)
        answer: int = super().set_row(row, height, *more)
        return answer

    def make_room(self, row: int, column: int, text: str) -> None:
        """Counts the lines that a wrapped text takes in its column."""
        width = self._widths.get(column, _USUAL_WIDTH)
        if len(text) <= width * _LETTERS_TO_WIDTH and "\n" not in text:
            return
        lines = wrapped_lines(text, width)
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines

    def fit_rows(self) -> None:
        """Gives each row the height its text needs, unless it has been set."""
        for row, lines in self._lines.items():
            if row not in self._set_rows:
                super().set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))

    def write_string(self, row: int, col: int, string: str, style: Format | None = None) -> int:
        """Writes a text. XlsxWriter also takes cells by their names, and looks for one each time."""
        return self._write_string(row, col, string, style)

    def write_blank(self, row: int, col: int, blank: object, style: Format | None = None) -> int:
        """Writes a format alone."""
        answer: int = self._write_blank(row, col, blank, style)
        return answer

    def write_known_formula(
        self, row: int, col: int, formula: str, style: Format, value: str | float
    ) -> int:
        """Writes a formula that uses functions of Excel 2007 only, as the program's own do."""
        # XlsxWriter looks for some thirty newer ones in each formula: a tenth of the time of a form.
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), style, value)
        return 0

    def _write_string(self, row: int, col: int, string: str, style: Format | None = None) -> int:
        # XlsxWriter takes such a text for the XML of a rich one, and writes it as it is.
        if string.startswith("<r>") and string.endswith("</r>"):
            whole = f'<r><t xml:space="preserve">{escape(string, quote=False)}</t></r>'
            string = whole if len(whole) <= LONGEST_TEXT // 2 else cell_part(f" {string}")
        answer: int = super()._write_string(row, col, string, style)
        return answer

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        # Nearly every cell is a formatted text or blank, whose attributes XlsxWriter looks through.
        if isinstance(cell, CellStringTuple) and cell.format:
            at, style = xl_rowcol_to_cell_fast(row, col), cell.format._get_xf_index()
            self.fh.write(f'<c r="{at}" s="{style}" t="s"><v>{cell.string}</v></c>')
        elif isinstance(cell, CellBlankTuple):
            at, style = xl_rowcol_to_cell_fast(row, col), cell.format._get_xf_index()
            self.fh.write(f'<c r="{at}" s="{style}"/>')
        else:
            super()._write_cell(row, col, cell)

    def _calculate_spans(self) -> None:
        # The first and last column of every sixteen rows; XlsxWriter looks at each cell by itself.
        columns: dict[int, set[int]] = {}
        for kept in (self.table, self.comments):
            for row, cells in kept.items():
                if cells:
                    columns.setdefault(row // 16, set()).update(cells)
        self.row_spans = {at: f"{min(of) + 1}:{max(of) + 1}" for at, of in columns.items()}

    def values(self) -> Iterator[Mapping[int, object]]:
        """What has been written by row, in each by column (0-based)."""
        texts = {at: text for text, at in self.str_table.string_table.items()}
        for cells in self.table.values():
            found: dict[int, object] = {}
            for column, cell in cells.items():
                kind = type(cell).__name__
                if kind == "String":
                    found[column] = texts[cell.string]
                elif kind == "Number":
                    found[column] = cell.number
                elif kind == "Formula":
                    found[column] = cell.value
            yield found

    def share(self, row: int, column: int, count: int) -> None:
        """Makes the formulas in so many rows of a column one: that of the first, counted from each."""
        cells = [xl_rowcol_to_cell(row + at, column) for at in range(count)]
        kind, group = ("t", "shared"), ("si", self._groups)
        self._groups += 1
        self._shared |= {cell: [kind, group] for cell in cells}
        self._shared[cells[0]] = [kind, ("ref", f"{cells[0]}:{cells[-1]}"), group]

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # XlsxWriter looks for some thirty newer functions in each formula, which takes three quarters
        # of the time of writing a form. Formulas here use functions of Excel 2007 only.
        del expand_future_functions
        return formula.removeprefix("=")

    def _xml_formula_element(
        self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        if result == "":
            # Without its kind a blank text looks like a value that was never saved.
            attributes = [*attributes, ("t", "str")]
        group = self._shared.get(str(attributes[0][1]))
        if group is None:
            super()._xml_formula_element(formula, result, attributes)
            return
        self._xml_start_tag("c", attributes)
        if len(group) > 2:
            self._xml_data_element("f", formula, group)
        else:
            self._xml_empty_tag("f", group)
        self._xml_data_element("v", result)
        self._xml_end_tag("c")

    def _xml_start_tag_unencoded(
        self, tag: str, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
