"""Hemtjänst's form changed as in a spreadsheet program and handed in: the edits, and what is made of it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.form.definition import README_SHEET, sheet_name
from excel_uppsikt.rounds.results import CheckedRound
from tests.small_rounds import HOMES, SICKNESS, YOUTH, check, make_plan, own_form, row
from tests.typed_cells import Typed
from tests.typed_cells import changed as saved

Edit = Callable[[Workbook], None]

FILE = "Hemtjänst.xlsx"
ILL, YOUNG, HOME = sheet_name(SICKNESS), sheet_name(YOUTH), sheet_name(HOMES)
PLAN = make_plan(units=("Hemtjänst",))
TWO_UNITS = make_plan()
# Nothing to remark on: the unit rule holds.
ROWS = {1: [row("Friskvård")], 2: [row("Läxhjälp"), row("Fältarbete")]}
TITLES = ["Friskvård", "Fältarbete", "Läxhjälp"]


def edited(data: bytes, *edits: Edit) -> bytes:
    """The workbook changed and saved in another program."""
    return saved(data, edits)


def on(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def put(sheet: str, cell: str, value: str | None) -> Edit:
    """Writes a value in a cell."""
    return Typed(sheet, {cell: value})


def rename(sheet: str, name: str) -> Edit:
    def edit(book: Workbook) -> None:
        on(book, sheet).title = name

    return edit


def delete(sheet: str) -> Edit:
    def edit(book: Workbook) -> None:
        book.remove(book[sheet])

    return edit


def delete_column(sheet: str, number: int) -> Edit:
    def edit(book: Workbook) -> None:
        on(book, sheet).delete_cols(number)

    return edit


def order_columns(sheet: str, letters: str) -> Edit:
    """Moves the columns of the table so that they stand in this order from A on."""

    def edit(book: Workbook) -> None:
        table = on(book, sheet)
        for number in range(4, table.max_row + 1):
            values = [table[f"{letter}{number}"].value for letter in letters]
            for at, value in enumerate(values, 1):
                table.cell(number, at).value = value

    return edit


def copy(sheet: str, name: str, titles: list[str]) -> Edit:
    """Copies a goal sheet last in the workbook and gives its rows these titles."""

    def edit(book: Workbook) -> None:
        # A copy is first called "... Copy", which must not be too long either.
        on(book, sheet).title = "Tillfällig"
        made = book.copy_worksheet(on(book, "Tillfällig"))
        on(book, "Tillfällig").title, made.title = sheet, name
        for at, title in enumerate(titles, 5):
            made[f"A{at}"] = title

    return edit


def own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Anteckningar")
    sheet["B2"], sheet["B3"] = "Ring Bo", "om schemat"


def without_properties(book: Workbook) -> None:
    kept = book.custom_doc_props  # type: ignore[attr-defined]  # missing in its stubs
    for name in list(kept.names):
        del kept[name]


LOST_META = (delete("_uppsikt"),)
LOST_PROPERTIES = (*LOST_META, without_properties)
LOST_README = (*LOST_PROPERTIES, delete(README_SHEET))


def titles(checked: CheckedRound) -> list[str]:
    return sorted(activity.values.title for activity in checked.activities)


def used(checked: CheckedRound) -> list[tuple[str, bool]]:
    """The submissions by file, and whether each is used."""
    return [(s.file.removeprefix("inkorg/"), s.used) for s in checked.collection.submissions]


@cache
def good_form() -> bytes:
    """Hemtjänst's form with nothing to remark on."""
    return own_form(PLAN, "Hemtjänst", ROWS)


def changed(folder: Path, *edits: Edit) -> CheckedRound:
    """What is made of Hemtjänst's good form after these changes."""
    return check(folder, PLAN, {FILE: edited(good_form(), *edits)})
