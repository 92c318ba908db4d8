"""Decisions and questions that are written elsewhere than in Excel, as if they stood in a compilation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.decisions import DecisionsReading, read_decisions
from excel_uppsikt.compilation.reading import CompilationReading
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.language.dates import read_date
from excel_uppsikt.language.text import cell_part, clean
from excel_uppsikt.model import Compilation, Line, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """A row for the sheet Beslut, each cell as it was written."""

    department: str
    outcome: str
    day: str
    paragraph: str = ""
    reasons: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: new rows for Beslut, and what is to stand at Komplettera, by the rows' Ids."""

    decisions: tuple[WrittenDecision, ...] = ()
    completions: Mapping[str, str] = field(default_factory=dict)


NOTHING = Written()


def with_written(plan: Plan, reading: CompilationReading, written: Written) -> CompilationReading:
    """A compilation as read, as if this stood in it, below the decisions that do."""
    added = decisions_added(plan, reading.compilation, written.decisions)
    known, texts = reading.compilation, written.completions
    lines = tuple(_completed(line, texts.get(line.activity.id)) for line in known.lines)
    rows = (*known.decisions.rows, *added.decisions.rows)
    over = {_place(line) for line in known.lines if line.activity.id in texts}
    left = [finding for finding in reading.findings if _where(finding) not in over]
    return replace(
        reading,
        compilation=replace(known, lines=lines, decisions=replace(known.decisions, rows=rows)),
        findings=(*left, *added.findings),
    )


def decisions_added(
    plan: Plan, compilation: Compilation, written: tuple[WrittenDecision, ...]
) -> DecisionsReading:
    """The decisions as they are read, where they would stand, and what in them could not be."""
    if not written:
        return DecisionsReading()
    first = max((row.at for row in compilation.decisions.rows), default=-1) + 1
    # Title and line of explanation, and then the headings.
    above: list[tuple[CellValue, ...]] = [()] * (definition.FIRST_LINE - 2)
    rows = (
        *above,
        tuple(definition.DECISION_INDEX),
        *([()] * first),
        *(_cells(plan, one) for one in written),
    )
    return read_decisions(plan, COMPILATION_FILE, Sheet(definition.DECISIONS, True, rows))


def _cells(plan: Plan, one: WrittenDecision) -> tuple[CellValue, ...]:
    """The row's cells in the order of the sheet. What is exactly a day is one, as it is in Excel."""
    day: str | date = clean(one.day).strip()
    reading = read_date(day, year=plan.settings.year)
    if reading.value is not None and not reading.inexact:
        day = reading.value
    texts = (one.department, one.outcome, "", one.paragraph, one.reasons, one.owner)
    cells: list[CellValue] = [clean(text).strip() for text in texts]
    cells[definition.DECISION_INDEX[definition.DECISION_DAY]] = day
    return tuple(cells)


def _completed(line: Line, text: str | None) -> Line:
    if text is None:
        return line
    return replace(line, choice=replace(line.choice, completion=cell_part(clean(text).strip())))


def _place(line: Line) -> tuple[int | None, int | None]:
    """Where a row's Komplettera stood when it was read."""
    if line.read is None:
        return None, None
    return line.read.row, line.read.columns.get(definition.COMPLETE)


def _where(finding: Finding) -> tuple[int | None, int | None] | None:
    place = finding.place
    if (place.file, place.sheet) != (COMPILATION_FILE, definition.ACTIVITIES):
        return None
    return place.row, place.column
