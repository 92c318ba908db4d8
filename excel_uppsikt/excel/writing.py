"""XlsxWriter made strict: text stays text, refusals raise, and the same input gives the same bytes."""

import gc
import io
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.language.text import cell_part, clean

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

_LONGEST_NOTE = 2_000
# Excel takes 255 in all, where each & is two and the page number counts too.
LONGEST_FOOTER = 100


class WritingError(Exception):
    """XlsxWriter refused something the program asked for: a fault of the program."""


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
