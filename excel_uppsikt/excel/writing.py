"""XlsxWriter made strict: text stays text, refusals raise, and the same input gives the same bytes."""

import gc
import io
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from html import escape
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell, xl_rowcol_to_cell_fast
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellStringTuple, Worksheet

from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, clean

# A fixed moment, since the file's own times would else make every run differ.
_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001  a document property without a zone
FONT = "Calibri"
# Paper sizes, by their numbers in the format.
A3, A4 = 8, 9
DARK, ACCENT, SOFT, PALE, LINE = "#1B2A33", "#1F4E5F", "#E4EEF1", "#F5F8F9", "#B8C7CC"
MARKED = "#FFF1D6"
# What waits to be filled in, plainly yellow beside the pale colours of all else.
WAITING = "#FFE699"
GREEN, RED, AMBER, GREY = "#1E6B2E", "#A3241B", "#8A4B00", "#5A6468"


# In characters and points: a column nobody has set, a line of the house font, Excel's highest row.
_USUAL_WIDTH, _LINE_HEIGHT, _HIGHEST_ROW = 8.43, 15, 409
# What a row can show of a wrapped text, however high it is made.
MOST_LINES = _HIGHEST_ROW // _LINE_HEIGHT
_LONGEST_NOTE = 2_000
# Excel takes 255 in all, where each & is two and the page number counts too.
LONGEST_FOOTER = 100
# A column's width is counted in digits; Swedish prose in Calibri gets about this many letters to one.
_LETTERS_TO_WIDTH = 1.12


class WritingError(Exception):
    """XlsxWriter refused something the program asked for: a fault of the program."""


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


class Book:
    """A workbook being written, with formats made once each."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format:
        """The format with these XlsxWriter properties, on top of the house font and top alignment."""
        full = {"font_name": FONT, "font_size": 11, "valign": "top", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(full)
        return self._formats[key]

    def sheet(self, name: str) -> FittedSheet:
        """A new sheet."""
        sheet: FittedSheet = self.workbook.add_worksheet(name, FittedSheet)
        return sheet

    def define(self, name: str, formula: str) -> None:
        """A defined name for the whole workbook."""
        done(self.workbook.define_name(name, formula))


@contextmanager
def new_book(*, title: str, author: str = "") -> Iterator[tuple[Book, Callable[[], bytes]]]:
    """A workbook to fill, and a function that gives its bytes once the block has ended.

    Raises `WritingError` where XlsxWriter would only warn and leave the feature out.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with warnings.catch_warnings(), _uncollected():
        warnings.simplefilter("error")
        try:
            workbook = xlsxwriter.Workbook(stream, options)
            workbook.set_properties(
                {"title": clean(title)[:255], "author": clean(author)[:255], "created": _CREATED}
            )
            yield Book(workbook), stream.getvalue
            for sheet in workbook.worksheets():
                sheet.fit_rows()
            workbook.close()
        except UserWarning as warning:
            raise WritingError(str(warning)) from warning


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python does not look for garbage in the meantime, if it did before."""
    # All that is made of a book is in use until it is done, and Python looks through its cells again and
    # again: a tenth of the time of a large one.
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def done(answer: object) -> None:
    """Raises `WritingError` for XlsxWriter's negative answers, which else pass in silence."""
    if isinstance(answer, int) and not isinstance(answer, bool) and answer < 0:
        raise WritingError(f"XlsxWriter answered {answer}")


def write(sheet: FittedSheet, row: int, column: int, value: object, style: Format) -> None:
    """Writes a value by its type: text is never a formula or link, dates are dates, None is blank.

    Text longer than a cell can hold is cut; who calls has split or reported it before.
    """
    match value:
        case None | "":
            done(sheet.write_blank(row, column, None, style))
        case str():
            text = cell_part(clean(value))
            done(sheet.write_string(row, column, text, style))
            if style.text_wrap:
                sheet.make_room(row, column, text)
        case bool():
            done(sheet.write_string(row, column, "ja" if value else "nej", style))
        case int() | float():
            done(sheet.write_number(row, column, value, style))
        case date():
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001  a day has no zone
            done(sheet.write_datetime(row, column, day, style))
        case _:
            write(sheet, row, column, str(value), style)


def note(sheet: FittedSheet, row: int, column: int, text: str) -> None:
    """A note on a cell, as large as its text."""
    words = clean(text)[:_LONGEST_NOTE]
    height = 30 + 18 * math.ceil(len(words) / 42)
    options = {"width": 300, "height": min(height, 400), "font_size": 10, "author": ""}
    done(sheet.write_comment(row, column, words, options))


def formula(
    sheet: FittedSheet, row: int, column: int, text: str, style: Format, value: str | float = ""
) -> None:
    """Writes a formula with the value it has now, so that a preview shows the truth."""
    done(sheet.write_known_formula(row, column, text, style, value))


def formula_down(
    sheet: FittedSheet, row: int, column: int, text: str, style: Format, values: Sequence[str | int]
) -> None:
    """Writes a formula in as many rows as there are values, each row's own references like the first's.

    The file holds it once, as Excel saves what has been filled down.
    """
    for at, value in enumerate(values, row):
        # Only the first row's is written.
        formula(sheet, at, column, text if at == row else "=0", style, value)
    sheet.share(row, column, len(values))


def validate(
    sheet: FittedSheet, area: tuple[int, int, int, int], options: Mapping[str, Any]
) -> None:
    """Adds a data validation to an area (first row, first column, last row, last column)."""
    done(sheet.data_validation(*area, dict(options)))


def choose_from(name: str, *, title: str, prompt: str, strict: bool = True) -> dict[str, Any]:
    """A list validation from a defined name. A lenient one advises and never refuses."""
    options: dict[str, Any] = {
        "validate": "list",
        "source": f"={name}",
        "input_title": title[:32],
        "input_message": prompt[:255],
        "error_title": title[:32],
        "error_message": "Välj ett av alternativen i listan.",
    }
    if not strict:
        options["show_error"] = False
    return options


def landscape(sheet: FittedSheet, *, repeat_to: int | None = None, footer: str = "") -> None:
    """Print set-up: landscape A4, one page wide, headings repeated down to row `repeat_to` (0-based)."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{_footer_part(footer)}&RSida &P av &N")
    if repeat_to is not None:
        done(sheet.repeat_rows(repeat_to))


def _footer_part(text: str) -> str:
    """As much of a text as fits at the foot of a page, where `&` is written twice."""
    if len(text.encode("utf-16-le")) > 2 * LONGEST_FOOTER:
        cut = text.encode("utf-16-le")[: 2 * LONGEST_FOOTER].decode("utf-16-le", "ignore")
        text = f"{cut}…"
    return text.replace("&", "&&")


def same_order(sheet: FittedSheet) -> None:
    """Lets the sheet open with its first cell selected and without grid lines on screen and paper."""
    sheet.hide_gridlines(2)
    sheet.set_selection(0, 0, 0, 0)
