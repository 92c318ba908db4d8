"""ut/sammanstallning.xlsx read back: the coordinator's rows beside what was last collected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.choices import read_choices
from excel_uppsikt.compilation.decisions import read_decisions, with_formulas
from excel_uppsikt.compilation.hidden_sheets import read_bases, read_column, read_heard, read_round
from excel_uppsikt.compilation.lines import LineReader
from excel_uppsikt.compilation.own import OwnContent, charts_told, read_own
from excel_uppsikt.compilation.own_pages import formulas_told
from excel_uppsikt.compilation.table import Bases, Table, read_table, row_ids
from excel_uppsikt.compilation.typed import Typed, typed_cells, with_typed
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.excel.workbook import Sheet, Workbook
from excel_uppsikt.findings.finding import CannotRunError, Finding
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Compilation, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE


class CompilationError(CannotRunError):
    """The compilation is there but cannot be read, so that edits in it would be lost."""


@dataclass(frozen=True, slots=True)
class CompilationReading:
    """A compilation as read, what in it could not be, and what the coordinator has added of her own."""

    compilation: Compilation
    findings: tuple[Finding, ...] = ()
    own: OwnContent = field(default_factory=OwnContent)


def read_compilation(
    path: Path,
    plan: Plan,
    *,
    name: str = COMPILATION_FILE,
    before: bool = False,
    typed: Sequence[Typed] = (),
) -> CompilationReading:
    """The compilation at `path`, empty when there is none. `name` is the file as findings give it.

    What was `typed` for its cells is read as if it stood in them.

    That of the round `before` is told in the present units, by their former names: a row of units that now
    belong to different departments becomes one in each of these.

    A cell that cannot be read is a finding, and what was last collected stands in its place. Raises
    `CompilationError` for a file that is damaged, protected or not a compilation.
    """
    if not path.is_file():
        return CompilationReading(Compilation())
    workbook = _opened(path)
    sheets = _by_name(workbook.sheets)
    table = _activities(path, sheets)
    written_out = (definition.DECISIONS, *definition.MADE_ANEW)
    sheets |= {name: with_formulas(path, sheets[name]) for name in written_out if name in sheets}
    bases = read_bases(plan, sheets.get(definition.BASE))
    cells: Mapping[tuple[int, str], str] = {}
    if typed:
        cells = typed_cells(table, row_ids(table, bases), typed)
        table = with_typed(table, cells)
    reading = _put_together(plan, name, table, sheets, bases, before=before)
    if before:
        # It is not made anew, so nothing in it can be lost.
        return reading
    own, told = read_own(path, name, workbook.sheets, sheets, table)
    typed_over = {(number, table.columns[header] + 1) for number, header in cells}
    formulas = formulas_told(path, name, sheets, table, typed_over)
    charts = charts_told(name, workbook.charts)
    return replace(reading, findings=(*reading.findings, *told, *charts, *formulas), own=own)


def _opened(path: Path) -> Workbook:
    try:
        return read_workbook(path, OWN)
    except UnreadableError as error:
        raise CompilationError(
            f"{path} kan inte läsas ({error.detail}). Stäng den i Excel, eller "
            "flytta undan den om den är skadad, och kör igen."
        ) from error


def _activities(path: Path, sheets: Mapping[str, Sheet]) -> Table:
    """The sheet Aktiviteter; what is asked for is read as text also where its cell shows no value."""
    headers = (form.ID_HEADER, definition.GOAL)
    table = read_table(sheets.get(definition.ACTIVITIES), headers, definition.INDEX)
    if table is None:
        raise CompilationError(
            f"{path} har inget blad {definition.ACTIVITIES} med kolumnerna "
            f"{form.ID_HEADER} och {definition.GOAL}. "
            "Flytta undan filen och kör igen."
        )
    asked = table.columns.get(definition.COMPLETE, -1) + 1
    if all(column != asked for _, column in table.problems):
        return table
    main = with_formulas(path, sheets[definition.ACTIVITIES])
    written = {row: word for (row, column), word in main.problems.items() if column == asked}
    return _with_texts(table, definition.COMPLETE, written)


def _put_together(
    plan: Plan, file: str, table: Table, sheets: Mapping[str, Sheet], bases: Bases, *, before: bool
) -> CompilationReading:
    """The rows, the choice of files, the decisions and what the hidden sheets keep as one compilation."""
    reader = LineReader(plan, file, table, before=before)
    ids = row_ids(table, bases)
    lines = tuple(reader.read(ids, bases, read_column(sheets.get(definition.BASE_SAME))))
    present = set(ids.values())
    files = read_choices(
        file, sheets.get(definition.SUBMISSIONS), sheets.get(definition.BASE_FILES)
    )
    beside = read_decisions(plan, file, sheets.get(definition.DECISIONS))
    year, period = read_round(sheets)
    compilation = Compilation(
        lines,
        files.use,
        tuple(base for made, (base, _) in bases.items() if made not in present),
        files.changed,
        read_heard(sheets.get(definition.BASE_HEARD)),
        files.contents,
        beside.decisions,
        year,
        period,
    )
    return CompilationReading(compilation, (*reader.findings, *files.findings, *beside.findings))


def units_told(path: Path) -> frozenset[str]:
    """The folded names of the units that a compilation tells of; none where it cannot be read."""
    try:
        workbook = read_workbook(path, OWN)
    except UnreadableError:
        return frozenset()
    rules = next((s for s in workbook.sheets if fold(s.name) == fold(definition.RULES)), None)
    table = read_table(rules, (definition.UNIT, definition.DEMAND))
    rows = table.rows if table else ()
    return frozenset(fold(as_text(row.get(definition.UNIT, ""))) for _, row in rows) - {""}


def _with_texts(table: Table, header: str, written: Mapping[int, str]) -> Table:
    """The table with these texts in a column's cells, by row, that show no value."""
    rows = tuple(
        (number, {**row, header: written[number]} if number in written else row)
        for number, row in table.rows
    )
    return replace(table, rows=rows)


def _by_name(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """The program's sheets by their names; of two alike the one that is spelt as the program does it."""
    ours = {fold(name): name for name in definition.SHEETS}
    alike = [sheet for sheet in sheets if fold(sheet.name) in ours]
    exact = sorted(alike, key=lambda sheet: sheet.name in definition.SHEETS)
    return {ours[fold(sheet.name)]: sheet for sheet in exact}
