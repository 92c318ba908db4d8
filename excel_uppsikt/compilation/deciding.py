"""Decisions and questions written or changed elsewhere than in Excel, as if it were done in a compilation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.decisions import DecisionsReading, read_decisions
from excel_uppsikt.compilation.reading import CompilationReading
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.choices import M609
from excel_uppsikt.findings.catalogue.rows import R309, R311
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
    """What was written: new rows for Beslut, and what is to stand at Komplettera, by the rows' Ids.

    `corrected` is what is to stand in cells of rows of Beslut, by how far a row stands below the headings
    and by the cells' headings; those in `removed` are emptied.
    """

    decisions: tuple[WrittenDecision, ...] = ()
    completions: Mapping[str, str] = field(default_factory=dict)
    corrected: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()


NOTHING = Written()


def with_written(plan: Plan, reading: CompilationReading, written: Written) -> CompilationReading:
    """A compilation as read, as if this stood in it, new decisions below those that do."""
    known, texts = reading.compilation, written.completions
    lines = tuple(_completed(line, texts.get(line.activity.id)) for line in known.lines)
    over = {_place(line) for line in known.lines if line.activity.id in texts}
    left = [finding for finding in reading.findings if _where(finding) not in over]
    decisions = known.decisions
    if written.decisions or written.corrected or written.removed:
        read = decisions_written(plan, known, written)
        decisions = read.decisions
        left = [*(one for one in left if not _of_decisions(one)), *read.findings]
    return replace(
        reading,
        compilation=replace(known, lines=lines, decisions=decisions),
        findings=tuple(left),
    )


def decisions_written(plan: Plan, compilation: Compilation, written: Written) -> DecisionsReading:
    """The sheet Beslut as it is read with what was written, and what in it could not be."""
    before = compilation.decisions
    rows: dict[int, dict[int, object]] = {row.at: dict(row.cells) for row in before.rows}
    for at, texts in written.corrected.items():
        rows[at] |= {
            definition.DECISION_INDEX[header]: _cell(plan, header, text)
            for header, text in texts.items()
        }
    for at in written.removed:
        del rows[at]
    for at, one in enumerate(written.decisions, first_empty(compilation)):
        rows[at] = dict(enumerate(_cells(plan, one)))
    headings = dict(enumerate(definition.DECISION_INDEX)) | dict(before.headings)
    # Title and line of explanation, and then the headings.
    above: list[tuple[CellValue, ...]] = [()] * (definition.FIRST_LINE - 2)
    below = [_as_row(rows.get(at, {})) for at in range(max(rows, default=-1) + 1)]
    sheet = Sheet(definition.DECISIONS, True, (*above, _as_row(headings), *below))
    return read_decisions(plan, COMPILATION_FILE, sheet)


def first_empty(compilation: Compilation) -> int:
    """How far below the headings of Beslut the next decision is to stand."""
    return max((row.at for row in compilation.decisions.rows), default=-1) + 1


def _as_row(cells: Mapping[int, object]) -> tuple[CellValue, ...]:
    """Cells by their columns as a row of a sheet."""
    row = [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]
    return tuple(cast("list[CellValue]", row))


def _cells(plan: Plan, one: WrittenDecision) -> list[CellValue]:
    """The row's cells in the order of the sheet."""
    texts = (one.department, one.outcome, one.day, one.paragraph, one.reasons, one.owner)
    return [
        _cell(plan, header, text)
        for header, text in zip(definition.DECISION_INDEX, texts, strict=True)
    ]


def _cell(plan: Plan, header: str, text: str) -> CellValue:
    """What was written as it stands in its cell. What is exactly a day is one, as it is in Excel."""
    written = clean(text).strip()
    if header == definition.DECISION_DAY:
        reading = read_date(written, year=plan.settings.year)
        if reading.value is not None and not reading.inexact:
            return reading.value
    return written


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


def _of_decisions(finding: Finding) -> bool:
    """Whether it was found in a decision, and is found anew when they are read anew."""
    place = finding.place.file, finding.place.sheet
    there = place == (COMPILATION_FILE, definition.DECISIONS)
    return there and finding.of(M609, R309, R311)
