"""A round that is sent back and completed: what the coordinator writes in it, and what the units answer."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
from docx import Document
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.model import Recipient
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import book, saved_by_hand
from tests.made_rounds import made_once
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, make_round, own_form, row, saved

PLAN = make_plan(
    goals=(YOUTH, HOMES),
    units=("Hemtjänst", "Bemanning", "Boende"),
    minimum=1,
    recipients=(Recipient(CARE, "Ordföranden", "ordf@exempel.se"),),
)
HEADERS = ("Verksamhet", "Utfall", "Datum", "Paragraf", "Skäl", "Enhet")
DAY = date(2024, 6, 4)
Cells = Mapping[str, object]


@made_once
def start(folder: Path) -> None:
    """Two units have handed in, one not; merged and reported."""
    inbox = {
        "Hemtjänst.xlsx": own_form(
            PLAN, "Hemtjänst", {2: [row("Lovaktiviteter"), row("Simhallen")], 3: [row("Lokaler")]}
        ),
        "Bemanning.xlsx": own_form(PLAN, "Bemanning", {2: [row("Scheman")]}),
    }
    make_round(folder, PLAN, inbox)
    merge(folder)
    report(folder)
    merge(folder)


def merge(folder: Path) -> CheckedRound:
    """One merge, and the round as it was checked."""
    results = list(steps.merge(folder, today=DAY))
    return next(result for result in results if isinstance(result, CheckedRound))


def report(folder: Path) -> list[object]:
    """The reports made."""
    return list(steps.report(folder, today=DAY))


def decide(folder: Path, *rows: Cells) -> None:
    """Writes rows on the sheet Beslut, below those that stand there."""

    def change(book: Workbook) -> None:
        sheet = book["Beslut"]
        first = next(n for n in range(4, 400) if not any(c.value for c in sheet[n]))
        for at, cells in enumerate(rows, first):
            for header, value in cells.items():
                sheet.cell(at, HEADERS.index(header) + 1).value = value  # type: ignore[assignment]

    saved_by_hand(folder, change)


def beslut(folder: Path) -> list[list[object]]:
    """What stands on the sheet Beslut below the headings, without what is empty."""
    sheet = book(folder)["Beslut"]
    rows: list[list[object]] = [
        [cell.value for cell in cells] for cells in sheet.iter_rows(min_row=4)
    ]
    return [cells for cells in rows if any(value is not None for value in cells)]


def form(folder: Path, name: str) -> Path:
    """A form for what was sent back, as it was made."""
    return folder / "mallar/komplettering" / name


def filled(
    path: Path, change: Callable[[Workbook], None], moment: str = "2024-06-10T10:00"
) -> bytes:
    """A form as its unit saves it with changes."""
    book = openpyxl.load_workbook(path)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return saved(stream.getvalue(), moment)


def cells_of(sheet: Worksheet) -> dict[str, int]:
    """A goal sheet's columns by heading."""
    return {str(cell.value): at for at, cell in enumerate(sheet[4], 1) if cell.value}


def write(sheet: Worksheet, at: int, cells: Cells) -> None:
    """Writes cells by heading on a row of a goal sheet."""
    columns = cells_of(sheet)
    for header, value in cells.items():
        sheet.cell(at, columns[header]).value = value  # type: ignore[assignment]


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """A goal sheet's rows with anything in them, by heading, without the formula."""
    columns = cells_of(sheet)
    rows: list[dict[str, object]] = [
        {name: sheet.cell(at, c).value for name, c in columns.items() if name != "Kontroll"}
        for at in range(5, sheet.max_row + 1)
    ]
    return [cells for cells in rows if any(value is not None for value in cells.values())]


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a Word document, those in its tables too, in order."""
    body = Document(str(path)).element.body
    found = body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    names = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    return ["".join(t.text or "" for t in one.iter(names)) for one in found]


def marks(folder: Path) -> dict[str, str]:
    """The hash of each file of a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def about(folder: Path, name: str) -> dict[str, object]:
    """What a version says of itself."""
    kept: dict[str, object] = json.loads(
        (folder / "ut/versioner" / name / "version.json").read_text("utf-8")
    )
    return kept
