"""Rounds that follow on each other in a folder: forms as their units fill them in, and what comes of them."""

import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.compilation.definition import FIRST_LINE
from excel_uppsikt.round_paths import COMPILATION_FILE, COMPLETION_FORMS, INBOX, TEMPLATES
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.next_round import next_round
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_completion_forms, write_forms
from tests.compilation.edited_rounds import columns, put, row_of, table
from tests.compilation.own_rounds import add_column
from tests.libreoffice import COMPUTED, converted
from tests.rounds.completed_rounds import cells_of, decide
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, make_round, saved

UNITS = ("Hemtjänst", "Bemanning", "Boende")
# Whose forms there are: the units', and the department's for what is common.
OWNERS = (*UNITS, f"Gemensamt {CARE}")
PLAN = make_plan(goals=(YOUTH, HOMES), units=UNITS, minimum=0)
# No two are near each other: a reworded title is another story. By turns of the one goal and the other.
TITLES = ("Läxhjälp", "Simskola", "Odling", "Teater", "Körsång", "Vandring", "Bakning", "Schack", "Ridning",
          "Fiske", "Måleri", "Drama")  # fmt: skip
SHEETS = ("2 Kommunens ungdomar ska känna", "3 Ånge ska ha ett positivt")
TEXTS = ("Beskrivning", "Kommentar")
# What every row says beside its texts, where nothing else is written.
REST = {
    "Startdatum": date(2024, 1, 15),
    "Slutdatum": date(2024, 9, 30),
    "Status": "Pågående enligt plan",
}
OWN, FORMULA, PAGE = "Diariet", "Längd", "Eget blad"
_REWORDED = "n"
_FIRST_ROW = 5
_MOST_ROWS = 40
_PERIODS = ("T1", "T2", "T3")

Texts = dict[str, str]


def sheet_of(title: str) -> str:
    """The goal sheet that an activity of this title stands on."""
    return SHEETS[TITLES.index(base_of(title)) % 2]


def base_of(title: str) -> str:
    """The title as it was before it was reworded."""
    return title.removesuffix(_REWORDED)


def other_title(title: str) -> str:
    """A title reworded, or as it was before."""
    base = base_of(title)
    return f"{base}{_REWORDED}" if title == base else base


@dataclass
class Form:
    """A unit's workbook as it has it: its bytes, what its rows say by title, and its goals' sheets."""

    data: bytes
    rows: dict[str, Texts] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def copy(self) -> "Form":
        """The form as it is now."""
        rows = {title: dict(texts) for title, texts in self.rows.items()}
        return Form(self.data, rows, self.sheets)


def opened(path: Path) -> Form:
    """A form as it was sent out, with what stands in its rows already."""
    data = path.read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data))
    form = Form(data, sheets=tuple(name for name in SHEETS if name in book.sheetnames))
    for sheet in map(book.__getitem__, form.sheets):
        place = cells_of(sheet)
        for at in range(_FIRST_ROW, _MOST_ROWS):
            if title := sheet.cell(at, place["Aktivitet"]).value:
                form.rows[str(title)] = {
                    name: str(sheet.cell(at, place[name]).value or "") for name in TEXTS
                }
    return form


def _row_of(sheet: Worksheet, title: str) -> int:
    """The row of a title; the first free one where it has none."""
    at = cells_of(sheet)["Aktivitet"]
    stands = {sheet.cell(n, at).value: n for n in range(_MOST_ROWS, _FIRST_ROW - 1, -1)}
    return stands.get(title) or stands[None]


def fill(form: Form, rows: Mapping[str, Texts | None]) -> None:
    """Writes rows by title into a form, or takes them out where they are None, as a unit does."""
    book = openpyxl.load_workbook(io.BytesIO(form.data))
    for title, texts in rows.items():
        sheet = book[sheet_of(title)]
        place, at = cells_of(sheet), _row_of(sheet, title)
        cells: dict[str, object] = dict.fromkeys(("Aktivitet", *REST, *TEXTS))
        if texts is not None:
            form.rows[title] = {**form.rows.get(title, dict.fromkeys(TEXTS, "")), **texts}
            new = sheet.cell(at, place["Aktivitet"]).value is None
            cells = {"Aktivitet": title, **(REST if new else {}), **texts}
        else:
            form.rows.pop(title, None)
        for name, value in cells.items():
            sheet.cell(at, place[name]).value = value  # type: ignore[assignment]
    stream = io.BytesIO()
    book.save(stream)
    form.data = stream.getvalue()


def reword(form: Form, title: str, new: str) -> None:
    """Writes another title on a row of a form, and nothing else."""
    book = openpyxl.load_workbook(io.BytesIO(form.data))
    sheet = book[sheet_of(title)]
    sheet.cell(_row_of(sheet, title), cells_of(sheet)["Aktivitet"]).value = new
    stream = io.BytesIO()
    book.save(stream)
    form.data = stream.getvalue()
    form.rows[new] = form.rows.pop(title)


class Rounds:
    """The rounds in a folder, the last of which people work in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.round = folder, folder / _PERIODS[0]
        self.day = date(2024, 5, 1)
        self._moment = datetime(2024, 5, 1, 8)  # noqa: DTZ001  a document property without a zone
        make_round(self.round, PLAN, {})
        (self.round / INBOX).mkdir()
        write_forms(self.round)

    def form(self, unit: str, *, completion: bool = False) -> Form | None:
        """A unit's form as it was last made, None where there is none."""
        path = self.round / (COMPLETION_FORMS if completion else TEMPLATES) / f"{unit}.xlsx"
        return opened(path) if path.is_file() else None

    def hand_in(self, name: str, form: Form) -> None:
        """Puts a form into the inbox, over an earlier one of that name."""
        self._moment += timedelta(minutes=1)
        data = saved(form.data, self._moment.isoformat())
        (self.round / INBOX / name).write_bytes(data)

    def withdraw(self, name: str) -> None:
        """Takes a file out of the inbox."""
        (self.round / INBOX / name).unlink()

    def merge(self) -> CheckedRound:
        """Merges, and once more, which changes nothing."""
        checked = self._merge()
        before = (self.round / COMPILATION_FILE).read_bytes()
        again = self._merge()
        assert again.findings == checked.findings
        assert (self.round / COMPILATION_FILE).read_bytes() == before
        return checked

    def _merge(self) -> CheckedRound:
        results = list(steps.merge(self.round, today=self.day))
        return next(result for result in results if isinstance(result, CheckedRound))

    def rows(self) -> dict[str, dict[str, object]]:
        """The compilation's rows by title, without the own formulas, which follow their rows."""
        if not (self.round / COMPILATION_FILE).is_file():
            return {}
        return {
            str(cells["Aktivitet"]): {name: cells[name] for name in cells if name != FORMULA}
            for cells in table(self.round)
        }

    def write(self, title: str, cells: Mapping[str, object]) -> None:
        """Writes cells of a row in the compilation."""
        put(self.round, title, cells)

    def change(self, change: Callable[[Workbook], None]) -> None:
        """Changes the compilation as a person would."""
        path = self.round / COMPILATION_FILE
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)

    def use(self, file: str, said: str) -> None:
        """Writes at Använd of a file."""

        def change(book: Workbook) -> None:
            sheet = book["Inlämningar"]
            heads = {cell.value: at for at, cell in enumerate(sheet[3], 1)}
            (row,) = (n for n in range(4, sheet.max_row + 1) if sheet.cell(n, 1).value == file)
            sheet.cell(row, heads["Använd"]).value = said

        self.change(change)

    def delete(self, title: str) -> None:
        """Deletes a row; the own formulas below it follow theirs, as in Excel."""

        def change(book: Workbook) -> None:
            sheet = book["Aktiviteter"]
            sheet.delete_rows(row_of(sheet, title))
            heads = columns(sheet)
            for at in range(FIRST_LINE, sheet.max_row + 1):
                cell = sheet.cell(at, heads.get(FORMULA, heads["Aktivitet"]))
                if str(cell.value or "").startswith("="):
                    cell.value = re.sub(r"\d+", str(at), str(cell.value))

        self.change(change)

    def add_own(self, values: Mapping[str, str]) -> None:
        """Writes the own columns and the own sheet, where they are not there already."""

        def change(book: Workbook) -> None:
            sheet = book["Aktiviteter"]
            heads = {cell.value: at for at, cell in enumerate(sheet[3], 1)}
            at = heads.get(OWN) or sheet.max_column + 1
            add_column(sheet, at, OWN, values)
            first = get_column_letter(heads["Aktivitet"])
            formulas = dict.fromkeys(values, f"=LEN({first}{{row}})")
            add_column(sheet, heads.get(FORMULA) or at + 1, FORMULA, formulas)
            if PAGE not in book.sheetnames:
                page = book.create_sheet(PAGE)
                page["A1"], page["B2"] = "Mitt", 17

        self.change(change)

    def own_texts(self) -> dict[str, object]:
        """What stands in the own column of texts by title."""
        return {title: cells.get(OWN) for title, cells in self.rows().items()}

    def send_back(self, asked: Mapping[str, str], question: tuple[str, str] | None) -> None:
        """Writes on Beslut that the report was sent back, and what is to be completed on the rows."""
        self.day += timedelta(days=7)
        for title, text in asked.items():
            self.write(title, {"Komplettera": text})
        about = {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": self.day, "Paragraf": "§ 45"}
        rows: list[dict[str, object]] = [{**about, "Skäl": "Underlaget räcker inte."}]
        if question is not None:
            unit, text = question
            rows.append({**about, "Skäl": text, "Enhet": unit})
        decide(self.round, *rows)

    def completion_forms(self) -> None:
        """Makes the forms for what was sent back."""
        write_completion_forms(self.round)

    def go_on(self) -> bool:
        """Begins the next round from this one; False where the year has no more."""
        if self.round.name == _PERIODS[-1]:
            return False
        last = self.round
        self.round = self.folder / _PERIODS[_PERIODS.index(last.name) + 1]
        next_round(self.round, last)
        book = openpyxl.load_workbook(self.round / "plan.xlsx")
        sheet = book["Omgång"]
        known = {
            "Period": self.round.name,
            "Första tillåtna datum": date(2024, 1, 1),
            "Sista tillåtna datum": date(2024, 12, 31),
            "Avstämningsdatum": date(2024, 8, 31),
            "Sista svarsdag": date(2024, 9, 10),
        }
        for cells in sheet.iter_rows(max_col=2):
            if cells[0].value in known:
                cells[1].value = known[str(cells[0].value)]  # type: ignore[assignment]
        book["Verksamheter"]["C4"] = date(2024, 10, 1)
        book.save(self.round / "plan.xlsx")
        write_forms(self.round)
        return True

    def save_in_libreoffice(self, path: Path) -> bytes:
        """A workbook as LibreOffice saves it."""
        with tempfile.TemporaryDirectory() as folder:
            copied = shutil.copy(path, folder)
            return (converted(Path(folder), [Path(copied).name], COMPUTED) / path.name).read_bytes()

    def versions(self) -> dict[str, str]:
        """The hash of every file of every version kept, in all rounds."""
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.glob("*/ut/versioner/**/*")
            if path.is_file()
        }
