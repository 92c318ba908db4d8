"""The comparison as an Excel workbook: what it shows first, then a table with filters and charts a sheet."""

from collections.abc import Iterable, Sequence

import pandas as pd

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.tables import HEADER_ROW, body, header
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.history.comparing import Chart, ChartKind, Page

_SHARE = "Andel"
_WIDEST, _NARROWEST = 44, 9
# More bars than this cannot be told apart in print; the table has them all.
_MOST_BARS = 20
# Dots: of a column's width, and the least of a chart.
_DOTS, _LEAST = 7, 700
_COLORS = (writing.ACCENT, "#E08E45", "#6BA292", "#A3241B")
_STAGE_COLORS = ("#B8C7CC", "#5B8FA8", "#1E6B2E", "#E8D9B5")
_HOW = (
    "Varje blad har en tabell som kan filtreras (pilarna i rubrikerna) och diagram av samma tabell. Det som "
    "filtreras bort försvinner också ur diagrammet.",
    "Aktiviteter räknas som i kommunens egen rapport: det som står som det senast redovisades är inte med. "
    "En aktivitet som flera enheter delar räknas en gång.",
    "Kravet är planens eget: hur många aktiviteter varje enhet ska ha. En kommun utan krav räknas inte.",
    "Olika kommuner har olika planer, mål och statusar. Fråga kommunen innan du drar slutsatser av en "
    "enstaka siffra.",
)


def comparison_workbook(pages: Sequence[Page], notes: Iterable[str] = ()) -> bytes:
    """The workbook with its first sheet, and a sheet for each page. `notes` are told on the first."""
    with writing.new_book(title="Jämförelse av omgångar") as (book, as_bytes):
        first = book.sheet("Läs mig")
        sheets = [book.sheet(page.name) for page in pages]
        _write_first(book, first, pages, tuple(notes))
        for sheet, page in zip(sheets, pages, strict=True):
            _write_page(book, sheet, page)
    return as_bytes()


def _write_first(
    book: Book, sheet: FittedSheet, pages: Sequence[Page], notes: Sequence[str]
) -> None:
    (rounds,) = (page.table for page in pages if page.name == "Omgångar")
    towns, periods = rounds["Kommun"].nunique(), len(rounds[["År", "Period"]].drop_duplicates())
    intro = f"Kommuner: {towns}. Omgångar: {len(rounds)}. Perioder: {periods}."
    row = header(
        book, sheet, "Jämförelse av omgångar", intro, (("Blad", 20), ("Vad det visar", 96))
    )
    plain = body(book)
    for page in pages:
        link = body(book, font_color=writing.ACCENT, underline=1)
        writing.done(sheet.write_url(row, 0, f"internal:'{page.name}'!A1", link, page.name))
        write(sheet, row, 1, page.intro, plain)
        row += 1
    quiet = book.format(text_wrap=True)
    told = book.format(text_wrap=True, font_color=writing.RED)
    for text, style in [*((t, quiet) for t in _HOW), *((t, told) for t in notes)]:
        row += 1
        write(sheet, row, 1, text, style)


def _write_page(book: Book, sheet: FittedSheet, page: Page) -> None:
    columns = [(str(name), _width(str(name), page.table[name])) for name in page.table]
    row = header(book, sheet, page.name, page.intro, columns)
    sheet.set_row(HEADER_ROW, 48)
    plain, percent = body(book), body(book, num_format="0 %")
    for at, values in enumerate(page.table.itertuples(index=False), row):
        for place, ((name, _), value) in enumerate(zip(columns, values, strict=True)):
            shown = None if pd.isna(value) else _plain(value)
            write(sheet, at, place, shown, percent if name.startswith(_SHARE) else plain)
    count = len(page.table)
    if not count:
        write(sheet, row, 0, "Inget att visa.", plain)
        return
    writing.done(sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + count, len(columns) - 1))
    top = row + count + 1
    # As wide as the table, so that it can be read in print too.
    width = max(_LEAST, _DOTS * sum(wide for _, wide in columns))
    for chart in page.charts:
        top += _write_chart(book, sheet, page, chart, top=top, width=width)


def _plain(value: object) -> object:
    """A value of pandas as Python's own, a whole number as such."""
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _width(name: str, values: "pd.Series[str]") -> int:
    longest = max((len(str(value)) for value in values), default=0)
    words = max(map(len, name.split()))
    number = pd.api.types.is_numeric_dtype(values)
    return min(_WIDEST, max(_NARROWEST, words + 3, 0 if number else longest + 2))


def _write_chart(
    book: Book, sheet: FittedSheet, page: Page, chart: Chart, *, top: int, width: int
) -> int:
    """A chart below the table, and how many rows it takes."""
    count, kind = min(len(page.table), _MOST_BARS), chart.kind
    upright = kind is ChartKind.LINES
    shares = kind is ChartKind.SHARES
    made = book.workbook.add_chart(
        {"type": kind.value if upright else "bar"} | ({"subtype": kind.value} if shares else {})
    )
    for value, color in zip(chart.values, _STAGE_COLORS if shares else _COLORS, strict=False):
        made.add_series(_series(page, chart, value, color, count))
    few = f" (de {count} första i tabellen)" if count < len(page.table) else ""
    title = f"{chart.title}{few}"
    made.set_title({"name": title, "name_font": {"size": 13, "color": writing.DARK}})
    made.set_legend({"position": "bottom"} if len(chart.values) > 1 else {"none": True})
    lines = {"visible": True, "line": {"color": writing.LINE}}
    scale: dict[str, object] = {"num_format": "0", "min": 0, "major_gridlines": lines}
    if shares or chart.values[0].startswith(_SHARE):
        scale |= {"num_format": "0 %", "max": 1}
    made.set_y_axis(scale if upright else {"reverse": True, "num_font": {"size": 9}})
    if not upright:
        made.set_x_axis({**scale, "label_position": "low"})
    each = 26 if shares else 14 + 12 * len(chart.values)
    height = 340 if upright else 130 + each * max(4, count)
    made.set_size({"width": width, "height": height})
    described = {"description": f"Diagram: {title}. Siffrorna står i tabellen på bladet."}
    writing.done(sheet.insert_chart(top, 0, made, described))
    return height // 20 + 2


def _series(page: Page, chart: Chart, value: str, color: str, count: int) -> dict[str, object]:
    """A column of the table as a series of a chart, of so many of its rows."""
    places = {str(name): at for at, name in enumerate(page.table)}
    names = [places[name] for name in chart.names]
    first, last = HEADER_ROW + 1, HEADER_ROW + count
    series: dict[str, object] = {
        "name": [page.name, HEADER_ROW, places[value]],
        "categories": [page.name, first, names[0], last, names[-1]],
        "values": [page.name, first, places[value], last, places[value]],
        "fill": {"color": color},
        "gap": 60,
    }
    if chart.kind is ChartKind.LINES:
        series["line"] = {"color": color, "width": 2.25}
        series["marker"] = {"type": "circle", "size": 7, "fill": {"color": color}}
    if chart.kind is not ChartKind.SHARES and len(chart.values) * count <= 2 * _MOST_BARS:
        series["data_labels"] = {"value": True}
    return series
