"""Rounds whose compilation is edited by hand: their runs, the edits, and what stands there afterwards."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.made_rounds import made_once
from tests.small_rounds import HOMES, YOUTH, make_plan, make_round, own_form, places, row
from tests.typed_cells import TypedBook, can_be_typed

PLAN = make_plan(goals=(YOUTH, HOMES), minimum=0)
SHEET = "Aktiviteter"
HEADER_ROW = 3
FIRST = "Ordna lovaktiviteter"
SECOND = "Rusta upp lokalerna"
THIRD = "Öppna simhallen"

Cells = Mapping[str, object]


def home_form(*rows: FormRow) -> bytes:
    """Hemtjänst's form with these rows toward the second goal; three good ones when none is given."""
    return own_form(PLAN, "Hemtjänst", {2: rows or [row(FIRST), row(SECOND), row(THIRD)]})


def run(folder: Path, plan: Plan = PLAN) -> CheckedRound:
    """One run of the round: checked, merged and written."""
    checked = pipeline.check(folder, plan)
    write_compilation(pipeline.as_merged(checked))
    return checked


def start(
    folder: Path, inbox: Mapping[str, bytes] | None = None, plan: Plan = PLAN
) -> CheckedRound:
    """A new round, run once."""
    files = tuple((inbox or {"Hemtjänst.xlsx": home_form()}).items())
    if plan.settings.previous or (folder.is_dir() and any(folder.iterdir())):
        return _started(folder, plan, files)
    return replace(_started_once(folder, plan, files), folder=folder)


def _started(folder: Path, plan: Plan, inbox: tuple[tuple[str, bytes], ...]) -> CheckedRound:
    make_round(folder, plan, dict(inbox))
    return run(folder, plan)


_started_once = made_once(_started)


def hand_in(folder: Path, name: str, data: bytes) -> None:
    """A late hand-in, over an earlier one of that name."""
    (folder / "inkorg" / name).write_bytes(data)


def saved_by_hand(folder: Path, change: Callable[[Workbook], None]) -> None:
    """Changes the compilation as a person would, and saves it from another program."""
    path = folder / COMPILATION_FILE
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def book(folder: Path) -> Workbook:
    """The compilation as another program opens it, to be looked at and left as it is."""
    return _book(bytes_of(folder))


@lru_cache(maxsize=3)
def _book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def columns(sheet: Worksheet) -> dict[str, int]:
    """The columns of Aktiviteter by heading."""
    return {str(cell.value): at for at, cell in enumerate(sheet[HEADER_ROW], 1) if cell.value}


def row_of(sheet: Worksheet, title: str) -> int:
    """The row an activity stands on."""
    at = columns(sheet)["Aktivitet"]
    found = [
        n for n in range(HEADER_ROW + 1, sheet.max_row + 1) if sheet.cell(n, at).value == title
    ]
    assert len(found) == 1, (title, found)
    return found[0]


def put(folder: Path, title: str, cells: Cells) -> None:
    """Writes cells by heading on an activity's row."""
    if can_be_typed(*cells.values()):
        typed = TypedBook(bytes_of(folder))
        place = _headings(typed)
        (at,) = (
            row
            for (row, column), text in typed.texts(SHEET).items()
            if row > HEADER_ROW and column == place["Aktivitet"] and text == title
        )
        _typed(folder, typed, at, {place[header]: value for header, value in cells.items()})
        return

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        place, at = columns(sheet), row_of(sheet, title)
        for header, value in cells.items():
            sheet.cell(at, place[header]).value = value  # type: ignore[assignment]

    saved_by_hand(folder, change)


def add(folder: Path, cells: Cells) -> int:
    """Adds a row below the others, and answers its number."""
    if can_be_typed(*cells.values()):
        typed = TypedBook(bytes_of(folder))
        place, at = _headings(typed), typed.last_row(SHEET) + 1
        _typed(folder, typed, at, {place[header]: value for header, value in cells.items()})
        return at
    numbers: list[int] = []

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        place, at = columns(sheet), sheet.max_row + 1
        numbers.append(at)
        for header, value in cells.items():
            sheet.cell(at, place[header]).value = value  # type: ignore[assignment]

    saved_by_hand(folder, change)
    return numbers[0]


def _headings(typed: TypedBook) -> dict[str, int]:
    return {text: at for (row, at), text in typed.texts(SHEET).items() if row == HEADER_ROW}


def _typed(folder: Path, typed: TypedBook, row: int, cells: Mapping[int, object]) -> None:
    for column, value in cells.items():
        typed.type(SHEET, row, column, value)
    (folder / COMPILATION_FILE).write_bytes(typed.saved())


def remove(folder: Path, title: str) -> None:
    """Deletes an activity's row."""
    saved_by_hand(folder, lambda book: book[SHEET].delete_rows(row_of(book[SHEET], title)))


def table(folder: Path) -> list[dict[str, object]]:
    """The rows of Aktiviteter as a person sees them, by heading."""
    header, *rows = _rows(bytes_of(folder))
    place = {str(name): at for at, name in enumerate(header) if name}
    found = ({name: cells[at] for name, at in place.items()} for cells in rows)
    return [cells for cells in found if any(cells.values())]


@lru_cache(maxsize=20)
def _rows(data: bytes) -> tuple[tuple[object, ...], ...]:
    """The rows of Aktiviteter from its headings down, each as long as the others."""
    # One sheet alone takes a fifth of the time of all, and most are looked at more than once.
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = tuple(book[SHEET].iter_rows(min_row=HEADER_ROW, values_only=True))
    width = max(map(len, rows))
    return tuple(cells + (None,) * (width - len(cells)) for cells in rows)


def line(folder: Path, title: str) -> dict[str, object]:
    """One row of Aktiviteter."""
    (found,) = [cells for cells in table(folder) if cells["Aktivitet"] == title]
    return found


def titles(folder: Path) -> list[object]:
    """The titles from the top down."""
    return [cells["Aktivitet"] for cells in table(folder)]


def found(checked: CheckedRound, *but: str) -> list[tuple[str, str, str, str]]:
    """The findings as code, file, sheet and cell, without those of the unit rule."""
    return [place for place in places(checked.findings, but="U") if place[0] not in but]


def bytes_of(folder: Path) -> bytes:
    """The compilation as it lies there."""
    return (folder / COMPILATION_FILE).read_bytes()
