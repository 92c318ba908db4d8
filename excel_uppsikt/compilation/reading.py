"""ut/sammanstallning.xlsx read back: the coordinator's rows beside what was last collected."""

import math
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.choices import read_choices
from excel_uppsikt.compilation.collected import from_json
from excel_uppsikt.compilation.decisions import read_decisions, with_formulas
from excel_uppsikt.compilation.own import OwnContent, read_own
from excel_uppsikt.compilation.own_pages import formulas_told
from excel_uppsikt.compilation.table import YES_NO, Bases, Table, read_table, row_ids
from excel_uppsikt.compilation.typed import Typed, typed_cells, with_typed
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.excel.workbook import CellValue, Sheet, Workbook
from excel_uppsikt.findings.catalogue.choices import M605, M606, M609
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.catalogue.rows import R301, R309, R311
from excel_uppsikt.findings.finding import CannotRunError, Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import CellError, Reading, RowReader, Scope
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, fold
from excel_uppsikt.model import (
    Activity,
    Choice,
    Compilation,
    Field,
    FormKind,
    Goal,
    Line,
    Plan,
    Row,
    Values,
)
from excel_uppsikt.round_paths import COMPILATION_FILE

_YEAR_AND_PERIOD = re.compile(r"\b([12][0-9]{3}) (.+)")


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
    bases = _bases(plan, sheets.get(definition.BASE))
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
    return replace(reading, findings=(*reading.findings, *told, *formulas), own=own)


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
    lines = tuple(reader.read(ids, bases, _column(sheets.get(definition.BASE_SAME))))
    present = set(ids.values())
    files = read_choices(
        file, sheets.get(definition.SUBMISSIONS), sheets.get(definition.BASE_FILES)
    )
    beside = read_decisions(plan, file, sheets.get(definition.DECISIONS))
    year, period = _round(sheets)
    compilation = Compilation(
        lines,
        files.use,
        tuple(base for made, (base, _) in bases.items() if made not in present),
        files.changed,
        _heard(sheets.get(definition.BASE_HEARD)),
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


class LineReader:
    """Reads the rows against the plan, keeping what it finds wrong."""

    def __init__(self, plan: Plan, file: str, table: Table, *, before: bool) -> None:
        self.plan, self.file, self.table = plan, file, table
        self.findings: list[Finding] = []
        # The report and the messages write a goal without the full stop that it may end with.
        self.goals = {fold(goal.text).rstrip(" ."): goal for goal in plan.goals}
        self.scope = scope = Scope.of(plan, None, before=before)
        self.home, self.rows = scope.home, RowReader(scope)
        # Where each part of a row stands, also where columns have been moved or put between (1-based).
        self.columns: dict[str, int] = {
            part: table.columns[header] + 1
            for part, header in definition.PARTS.items()
            if header in table.columns
        }
        self.fields = [of for of in Field if of in self.columns]
        self.choices = ChoiceReader(table, self.columns, self.findings)

    def read(self, ids: Mapping[int, str], bases: Bases, joined: Container[str]) -> Iterator[Line]:
        """Each row as a line beside what was last collected of it; `joined` are Ids of rows that were joined."""
        for number, row in self.table.rows:
            base, before = bases.get(ids[number], (None, Choice()))
            if base is not None:
                base = in_present_units(self.plan, self.scope, base)
            before = replace(before, joined=ids[number] in joined)
            line = self._line(number, row, ids[number], base, before)
            yield from by_department(line, self.home)

    def _line(
        self,
        number: int,
        row: Mapping[str, CellValue],
        made: str,
        base: Activity | None,
        before: Choice,
    ) -> Line:
        place = Place(self.file, definition.ACTIVITIES, number)
        goal, known = self._goal(place, row, base)
        cells = self._cells(number, row)
        reading = self._read_cells(place, cells)
        activity = self._activity(reading, base or Activity(made, goal, self._only(), Values()))
        activity = self._with_department(place, row, replace(activity, goal=goal), reading)
        unread = {} if known else {definition.GOAL: _goal_text(row)}
        unread |= {
            form.header(of): text
            for of, text in reading.raw.items()
            if of in reading.unread and not isinstance(cells[of], CellError)
        }
        # A row of no goal has no place in a report, but is not lost.
        homeless = not known and base is None
        choice = self.choices.read(place, row, before, unread, homeless=homeless)
        read = Row(
            file=self.file,
            sheet=definition.ACTIVITIES,
            row=number,
            values=activity.values,
            raw=reading.raw,
            columns=self.columns,
            required=form.required_fields(FormKind.UNIT),
        )
        return Line(activity, base, choice, read)

    def _read_cells(self, place: Place, cells: Mapping[Field, object]) -> Reading:
        """The row's cells as the reader of forms reads them, and what it finds wrong in them told."""
        reading = self.rows.read(place, cells, self.columns, since_1904=self.table.since_1904)
        # Of a cell with something unknown in it nothing is taken, and so nothing read as something near.
        unused = {part_place(place, self.columns, of) for of in reading.unread}
        self.findings += [
            finding
            for finding in reading.findings
            if finding.variant is not R311.PLAIN or finding.place not in unused
        ]
        return reading

    def _cells(self, number: int, row: Mapping[str, CellValue]) -> dict[Field, object]:
        cells: dict[Field, object] = {}
        for of in self.fields:
            problem = self.table.problems.get((number, self.columns[of]))
            value = row.get(form.header(of), "")
            cells[of] = value if problem is None else CellError(problem or "=")
        return cells

    def _activity(self, reading: Reading, base: Activity) -> Activity:
        """The activity as its cells say; as the base where one is missing or cannot be read."""
        values, department = base.values, base.department
        for of in self.fields:
            if of not in reading.unread:
                values = values.taking(of, reading.values)
        if Field.UNITS not in self.fields or Field.UNITS in reading.unread:
            return replace(base, values=values)
        of_base = base.undecided if values.whole else ()
        base = replace(base, undecided=(*reading.undecided, *of_base))
        named = values.units
        departments = [*reading.wholes, *(self.home[name] for name in named)]
        department = departments[0] if departments else department
        same = [name for name in named if self.scope.before or self.home[name] == department]
        if values.whole:
            # The cell shows the whole department only; the units it also names are known before.
            same += [name for name in base.values.units if name not in same]
        return replace(base, values=replace(values, units=tuple(same)), department=department)

    def _with_department(
        self, place: Place, row: Mapping[str, CellValue], activity: Activity, reading: Reading
    ) -> Activity:
        """The activity with the department written beside it, where its units do not say which.

        F207 for another one: it is the units that tell. R301 where no unit is written.
        """
        if activity.department is None and Field.UNITS not in reading.raw:
            header = form.header(Field.UNITS)
            self.findings.append(
                find(R301.PLAIN, part_place(place, self.columns, Field.UNITS), header=header)
            )
        written = as_text(row.get(definition.DEPARTMENT, ""))
        # Of the round before, units can since have moved to another.
        if self.scope.before or not written or fold(written) == fold(activity.department or ""):
            return activity
        named = next((d.name for d in self.plan.departments if fold(d.name) == fold(written)), None)
        if named and activity.department is None and not activity.values.units:
            return replace(activity, department=named)
        at = part_place(place, self.columns, definition.DEPARTMENT)
        self.findings.append(find(F207.DEPARTMENT, at, written))
        return activity

    def _only(self) -> str | None:
        return self.plan.departments[0].name if len(self.plan.departments) == 1 else None

    def _goal(
        self, place: Place, row: Mapping[str, CellValue], base: Activity | None
    ) -> tuple[Goal, bool]:
        """The row's goal, and whether the plan has it; the base's, or one as written, if not."""
        written = _goal_text(row)
        goal = self.goals.get(fold(written).rstrip(" ."))
        if goal is not None:
            return goal, True
        at = part_place(place, self.columns, definition.GOAL)
        self.findings.append(find(M605.GOAL if written else M605.NO_GOAL, at, written))
        return base.goal if base else Goal(0, written, ""), False


def in_present_units(plan: Plan, scope: Scope, base: Activity) -> Activity:
    """What was last collected, in the units as they are now called, and of the department they are in.

    The row's cells are read so too: a plan changed during the round is no edit of the row.
    """
    names = [scope.choices.get(fold(name), name) for name in base.values.units]
    parts = scope.parts if scope.before else {}
    undecided = scope.parts_meant(names) if parts else ()
    named = {*names, *(part for part, _ in undecided)}
    units = [unit.name for unit in plan.units if unit.name in named]
    homes = [scope.home[name] for name in units]
    gone = [name for name in names if name not in scope.home and name not in parts]
    department = base.department if base.department in homes else next(iter(homes), base.department)
    values = replace(base.values, units=(*units, *gone))
    now = replace(base, values=values, department=department, undecided=undecided)
    return now if scope.before else _part_of(now, department, scope.home, own=True)


def by_department(line: Line, home: Mapping[str, str]) -> list[Line]:
    """The row once for each department that its units now belong to; its own first.

    Only a row of the round before can have units of several.
    """
    activity = line.activity
    homes = [home[name] for name in activity.values.units if name in home]
    departments = [activity.department, *(other for other in homes if activity.department)]
    return [
        replace(line, activity=_part_of(activity, department, home, own=at == 0))
        for at, department in enumerate(dict.fromkeys(departments))
    ]


def _part_of(
    activity: Activity, department: str | None, home: Mapping[str, str], *, own: bool
) -> Activity:
    """What of an activity is a department's: its units, and in its own also what concerns the whole."""
    values = activity.values
    units = tuple(name for name in values.units if home.get(name, department) == department)
    undecided = tuple(pair for pair in activity.undecided if pair[0] in units)
    values = replace(values, units=units, whole=values.whole and own)
    return replace(activity, department=department, values=values, undecided=undecided)


def part_place(place: Place, columns: Mapping[str, int], part: str) -> Place:
    """Where a part of the row stands whose place this is, by the parts' columns (1-based)."""
    return place.at(place.row or 0, columns.get(part, 1))


class ChoiceReader:
    """Reads a row's choices, and keeps what it finds wrong among the `findings` of those who ask."""

    def __init__(self, table: Table, columns: Mapping[str, int], findings: list[Finding]) -> None:
        self.table, self.columns, self.findings = table, columns, findings

    def read(
        self,
        place: Place,
        row: Mapping[str, CellValue],
        before: Choice,
        unread: Mapping[str, str],
        *,
        homeless: bool,
    ) -> Choice:
        """The choice as its cells say; what was `unread` in the row goes into its note, by heading."""
        return replace(
            _choice(before, written=self._included(place, row, before, homeless=homeless)),
            order=self._order(place, row),
            note=_with_unread(as_text(row.get(definition.NOTE, "")), unread),
            completion=self._completion(place, row),
            same=as_text(row.get(definition.SAME, "")),
        )

    def _included(
        self, place: Place, row: Mapping[str, CellValue], before: Choice, *, homeless: bool
    ) -> bool:
        """What stands at Ta med; as before where that cannot be read."""
        written = as_text(row.get(definition.INCLUDE, ""))
        if not written or fold(written) in YES_NO:
            return YES_NO.get(fold(written), True) and not homeless
        at = part_place(place, self.columns, definition.INCLUDE)
        include = before.chosen and not homeless
        self.findings.append(
            find(M606.PLAIN if include else M606.KEPT_OUT, at, written, header=definition.INCLUDE)
        )
        return include

    def _order(self, place: Place, row: Mapping[str, CellValue]) -> float | None:
        written = as_text(row.get(definition.ORDER, ""))
        order = _number(written)
        if written and order is None:
            at = part_place(place, self.columns, definition.ORDER)
            self.findings.append(find(M606.ORDER, at, written, header=definition.ORDER))
        return order

    def _completion(self, place: Place, row: Mapping[str, CellValue]) -> str:
        """What is to be completed in the row; a cell without a value, or with too much in it, is told."""
        header = definition.COMPLETE
        at = part_place(place, self.columns, header)
        problem = self.table.problems.get((place.row or 0, self.columns.get(header, 0)))
        if problem is not None:
            written = as_text(row.get(header, ""))
            self.findings.append(find(M609.CELL, at, written, header=header))
        text = as_text(row.get(header, ""))
        kept = cell_part(text)
        if kept != text:
            over = text[len(kept) :]
            self.findings.append(find(R309.CUT, at, over, header=header, limit=LONGEST_TEXT))
        return kept


def _goal_text(row: Mapping[str, CellValue]) -> str:
    return as_text(row.get(definition.GOAL, ""))


def _choice(before: Choice, *, written: bool) -> Choice:
    """The coordinator's choice by what stands at Ta med, and by what the program had written there.

    Of a row that is away the program writes nej, which is not the coordinator's; a ja there is.
    """
    if written == before.chosen:
        return before
    return replace(before, include=written, kept=written and before.away)


def _heard(sheet: Sheet | None) -> frozenset[str] | None:
    """Whose forms were in use when the compilation was written; None where it does not say."""
    return None if sheet is None else _column(sheet)


def _column(sheet: Sheet | None) -> frozenset[str]:
    """What stands in the first column of a hidden sheet."""
    rows = sheet.rows if sheet else ()
    return frozenset(as_text(row[0]) for row in rows if row)


def _round(sheets: Mapping[str, Sheet]) -> tuple[int | None, str]:
    """The year and the period of the round; None and '' where the workbook does not say.

    One that the program wrote before it kept them on a sheet of their own says so in its title.
    """
    kept = sheets.get(definition.BASE_ROUND)
    overview = sheets.get(definition.OVERVIEW)
    if kept and kept.rows and len(kept.rows[0]) > 1:
        said = " ".join(as_text(cell) for cell in kept.rows[0][:2])
    else:
        said = (
            as_text(overview.rows[0][0]) if overview and overview.rows and overview.rows[0] else ""
        )
    found = _YEAR_AND_PERIOD.search(said)
    return (int(found[1]), found[2].strip()) if found else (None, "")


def _bases(plan: Plan, sheet: Sheet | None) -> dict[str, tuple[Activity, Choice]]:
    bases: dict[str, tuple[Activity, Choice]] = {}
    for row in sheet.rows if sheet else ():
        # A long account takes several cells, each within what a cell can hold.
        written = "".join(cell for cell in row if isinstance(cell, str))
        try:
            activity, choice = from_json(plan, written)
        except (ValueError, KeyError, TypeError):
            continue
        bases[activity.id] = (activity, choice)
    return bases


def _with_unread(note: str, unread: Mapping[str, str]) -> str:
    """The note with what was written where it could not be used: the cell itself goes back.

    All that its cell said: of several units one can be unknown, and the others go back too.
    """
    lines = [note] if note else []
    for header, written in unread.items():
        if not written:
            continue
        line = (
            f"I {header} stod ”{written}”, som inte gick att använda. "
            "Rätta cellen och ta bort den här raden."
        )
        if line not in note:
            lines.append(line)
    return "\n".join(lines)


def _number(written: str) -> float | None:
    try:
        order = float(written.replace(",", "."))
    except ValueError:
        return None
    return order if math.isfinite(order) else None
