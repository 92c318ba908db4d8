"""The sample year: two rounds run, and what the people in them do in Excel between the program's steps.

The coordinator writes the committee's decisions and questions, and who is asked answers. All that they
write stands in `samples/ange-2024-t2.toml`.
"""

import io
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.bundled import bundled
from excel_uppsikt.compilation import definition
from excel_uppsikt.excel.saving import saved_at
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.form.definition import header
from excel_uppsikt.model import Field
from excel_uppsikt.plan.definition import SETTINGS
from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    COMPLETION_FORMS,
    INBOX,
    PLAN_FILE,
    REPORTS,
    TEMPLATES,
    VERSIONS,
)
from excel_uppsikt.rounds.publishing import publish
from excel_uppsikt.rounds.steps import merge, report, run
from excel_uppsikt.rounds.workbooks import write_completion_forms, write_forms

FIRST, SECOND = "t1", "t2"
_SAMPLES = {FIRST: "ange-2024", SECOND: "ange-2024-t2"}
_PREVIOUS, _CORRECTIONS = (
    next(setting.name for setting in SETTINGS if setting.field == field)
    for field in ("previous", "corrections_due")
)


def copy_year(folder: Path) -> tuple[Path, Path]:
    """Both rounds copied into a folder, the second one's plan naming the first one's compilation.

    Raises `CannotRunError` where either is there already: decisions would be written into it once more.
    """
    for name in _SAMPLES:
        if (folder / name).exists():
            raise CannotRunError(
                f"{folder / name} finns redan. Inget ändrades. "
                "Välj en annan mapp: uppsikt demo MAPP --year"
            )
    for name, sample in _SAMPLES.items():
        shutil.copytree(bundled("samples") / sample, folder / name)
    plan = folder / SECOND / PLAN_FILE
    book = openpyxl.load_workbook(plan)
    for row in book["Omgång"].iter_rows():
        if row[0].value == _PREVIOUS:
            row[1].value = f"../{FIRST}/{COMPILATION_FILE}"
    book.save(plan)
    return folder / FIRST, folder / SECOND


@dataclass(frozen=True, slots=True)
class YearStep:
    """A step of the year that has been taken: what happened, in Swedish, and where to look."""

    told: str
    look: tuple[Path, ...]


def run_year(folder: Path) -> Iterator[YearStep]:
    """The year from the first forms to the second report, told step by step.

    Raises `CannotRunError` where a round of it is there already.
    """
    first, second = copy_year(folder)
    sent_back, approved = (decided["date"] for decided in _story()["decision"])
    write_forms(first)
    _all(run(first, today=sent_back))
    correct(first)
    _all(report(first, today=sent_back))
    publish(first, today=sent_back)
    yield YearStep(
        "T1: formulären gick ut och kom in, samordnaren skrev färdigt en kommentar i sammanställningen, "
        "och rapporten lämnades ut.",
        _reports(first),
    )
    decide(first, 0)
    _all(merge(first, today=sent_back))
    forms = write_completion_forms(first)
    yield YearStep(
        "Utskottet återremitterade rapporten. Beslutet står på bladet Beslut, frågorna i kolumnen "
        "Komplettera, och de som ska svara får ett formulär med bara sina rader.",
        (first / COMPILATION_FILE, *(one.path for one in forms.written)),
    )
    answer(first)
    _all(run(first, today=approved))
    publish(first, today=approved)
    yield YearStep(
        "Svaren kom in och rapporten kompletterades. Det som lämnades ut ligger kvar som det var.",
        (*_reports(first), first / VERSIONS),
    )
    decide(first, 1)
    _all(merge(first, today=approved))
    write_forms(second)
    _all(run(second, today=approved))
    yield YearStep(
        "Utskottet godkände, och T2 följde upp: formulären var ifyllda med det förra, två enheter hade "
        "blivit en, och en svarade inte.",
        (second / TEMPLATES, second / COMPILATION_FILE, *_reports(second)),
    )


def _all(results: Iterable[object]) -> None:
    """Takes a step's results, which are made as they are taken."""
    for _ in results:
        pass


def _reports(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted((folder / REPORTS).glob("*.docx")))


def _new_dates(plan: Path, told: Mapping[str, Any]) -> None:
    """Writes in the plan when the answers are due, and when the committee meets next."""
    book = openpyxl.load_workbook(plan)
    for row in book["Omgång"].iter_rows():
        if row[0].value == _CORRECTIONS:
            row[1].value = told["decided"]["due"]
    columns, at = _table(book["Verksamheter"], "Rapportdatum")
    book["Verksamheter"].cell(at + 1, columns["Rapportdatum"]).value = told["decision"][1]["date"]
    book.save(plan)


def correct(folder: Path) -> None:
    """Writes in the compilation what the coordinator puts right before the report is handed out."""
    path = folder / COMPILATION_FILE
    book = openpyxl.load_workbook(path)
    corrections = {one["title"]: one for one in _story()["correction"]}
    _fill(book[definition.ACTIVITIES], corrections, {header(Field.COMMENT): Field.COMMENT.value})
    book.save(path)


def decide(folder: Path, number: int) -> None:
    """Writes the committee's decision of this number (from 0) in a round's compilation, and its questions."""
    told = _story()
    path = folder / COMPILATION_FILE
    book = openpyxl.load_workbook(path)
    decisions, decided = book[definition.DECISIONS], told["decision"][number]
    columns, row = _table(decisions, "Utfall")
    first = next(
        at for at in range(row + 1, row + 100) if not decisions.cell(at, columns["Utfall"]).value
    )
    written = {
        "Verksamhet": told["decided"]["department"],
        "Utfall": decided["outcome"],
        "Datum": decided["date"],
        "Paragraf": decided["paragraph"],
        "Skäl": decided["reasons"] or None,
    }
    for heading, value in written.items():
        decisions.cell(first, columns[heading]).value = value
    if number == 0:
        _new_dates(folder / PLAN_FILE, told)
        sheet = book[definition.ACTIVITIES]
        questions = {question["title"]: question for question in told["question"]}
        _fill(sheet, questions, {definition.COMPLETE: "asked"})
    book.save(path)


def answer(folder: Path) -> None:
    """Fills in the round's completion forms as those asked do, and puts them in the inbox."""
    told = _story()
    questions = {question["title"]: question for question in told["question"]}
    for path in sorted((folder / COMPLETION_FORMS).glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            if any(cell.value == header(Field.TITLE) for row in sheet.iter_rows() for cell in row):
                said = {header(of): of.value for of in (Field.STATUS, Field.END, Field.COMMENT)}
                _fill(sheet, questions, said)
        written = io.BytesIO()
        book.save(written)
        answered = saved_at(written.getvalue(), told["decided"]["answered"])
        (folder / INBOX / f"Komplettering {path.name}").write_bytes(answered)


def _fill(
    sheet: Worksheet, by_title: Mapping[str, Mapping[str, Any]], said: Mapping[str, str]
) -> None:
    """Writes in the row of each title what is said of it: by heading, the key of what to write."""
    columns, head = _table(sheet, header(Field.TITLE))
    for row in range(head + 1, sheet.max_row + 1):
        known = by_title.get(str(sheet.cell(row, columns[header(Field.TITLE)]).value), {})
        for heading, key in said.items():
            if key in known:
                value = known[key]
                sheet.cell(row, columns[heading]).value = (
                    value.strip() if isinstance(value, str) else value
                )


def _table(sheet: Worksheet, heading: str) -> tuple[dict[str, int], int]:
    """The columns (1-based) by heading, and the row of the headings."""
    for number, row in enumerate(sheet.iter_rows(max_row=30), 1):
        named = {str(cell.value): at for at, cell in enumerate(row, 1) if cell.value}
        if heading in named:
            return named, number
    raise CannotRunError(f"Bladet {sheet.title} har ingen kolumn {heading}.")


def _story() -> Mapping[str, Any]:
    return tomllib.loads((bundled("samples") / f"{_SAMPLES[SECOND]}.toml").read_text("utf-8"))
