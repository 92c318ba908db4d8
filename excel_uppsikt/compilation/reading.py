"""ut/sammanstallning.xlsx read back: the coordinator's rows beside what was last collected."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.collected import from_json
from excel_uppsikt.compilation.own import OwnContent, read_own
from excel_uppsikt.compilation.table import Table, read_table, row_ids
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.files import F207
from excel_uppsikt.findings.catalogue.merging import M605, M606
from excel_uppsikt.findings.catalogue.rows import R301, R311
from excel_uppsikt.findings.finding import CannotRunError, Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import CellError, Reading, RowReader, Scope
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
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

_YES_NO = {"ja": True, "j": True, "sant": True, "nej": False, "n": False, "falskt": False}


class CompilationError(CannotRunError):
    """The compilation is there but cannot be read, so that edits in it would be lost."""


@dataclass(frozen=True, slots=True)
class CompilationReading:
    """A compilation as read, what in it could not be, and what the coordinator has added of her own."""

    compilation: Compilation
    findings: tuple[Finding, ...] = ()
    own: OwnContent = field(default_factory=OwnContent)


def read_compilation(path: Path, plan: Plan, *, name: str = COMPILATION_FILE) -> CompilationReading:
    """The compilation at `path`, empty when there is none. `name` is the file as findings give it.

    A cell that cannot be read is a finding, and what was last collected stands in its place. Raises
    `CompilationError` for a file that is damaged, protected or not a compilation.
    """
    if not path.is_file():
        return CompilationReading(Compilation())
    try:
        workbook = read_workbook(path, OWN)
    except UnreadableError as error:
        raise CompilationError(
            f"{path} kan inte läsas ({error.detail}). Stäng den i Excel, eller "
            "flytta undan den om den är skadad, och kör igen."
        ) from error
    sheets = _by_name(workbook.sheets)
    headers = (form.ID_HEADER, definition.GOAL)
    table = read_table(sheets.get(definition.ACTIVITIES), headers, definition.INDEX)
    if table is None:
        raise CompilationError(
            f"{path} har inget blad {definition.ACTIVITIES} med kolumnerna "
            f"{form.ID_HEADER} och {definition.GOAL}. "
            "Flytta undan filen och kör igen."
        )
    reading = _Reader(plan, name, table).read(sheets)
    own, told = read_own(path, name, workbook.sheets, sheets, table)
    return replace(reading, findings=(*reading.findings, *told), own=own)


def _by_name(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """The program's sheets by their names; of two alike the one that is spelt as the program does it."""
    ours = {fold(name): name for name in definition.SHEETS}
    alike = [sheet for sheet in sheets if fold(sheet.name) in ours]
    exact = sorted(alike, key=lambda sheet: sheet.name in definition.SHEETS)
    return {ours[fold(sheet.name)]: sheet for sheet in exact}


class _Reader:
    """Reads the rows against the plan, keeping what it finds wrong."""

    def __init__(self, plan: Plan, file: str, table: Table) -> None:
        self.plan, self.file, self.table = plan, file, table
        self.findings: list[Finding] = []
        # The report and the messages write a goal without the full stop that it may end with.
        self.goals = {fold(goal.text).rstrip(" ."): goal for goal in plan.goals}
        scope = Scope.of(plan, None)
        self.home, self.rows = scope.home, RowReader(scope)
        # Where each part of a row stands, also where columns have been moved or put between (1-based).
        self.columns: dict[str, int] = {
            part: table.columns[header] + 1
            for part, header in definition.PARTS.items()
            if header in table.columns
        }
        self.fields = [of for of in Field if of in self.columns]

    def read(self, sheets: Mapping[str, Sheet]) -> CompilationReading:
        bases = _bases(self.plan, sheets.get(definition.BASE))
        lines: list[Line] = []
        ids = row_ids(self.table, bases)
        for number, row in self.table.rows:
            base, before = bases.pop(ids[number], (None, Choice()))
            lines.append(self._line(number, row, ids[number], base, before))
        deleted = tuple(base for base, _ in bases.values())
        use, changed = _changed_use(sheets)
        heard = _heard(sheets.get(definition.BASE_HEARD))
        compilation = Compilation(tuple(lines), use, deleted, changed, heard)
        return CompilationReading(compilation, tuple(self.findings))

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
        reading = self.rows.read(place, cells, self.columns, since_1904=self.table.since_1904)
        # Of a cell with something unknown in it nothing is taken, and so nothing read as something near.
        unused = {self._at(place, of) for of in reading.unread}
        self.findings += [
            finding
            for finding in reading.findings
            if finding.variant is not R311.PLAIN or finding.place not in unused
        ]
        activity = self._activity(reading, base or Activity(made, goal, self._only(), Values()))
        activity = replace(activity, goal=goal)
        if activity.department is None and Field.UNITS not in reading.raw:
            header = form.header(Field.UNITS)
            self.findings.append(find(R301.PLAIN, self._at(place, Field.UNITS), header=header))
        activity = self._with_department(place, row, activity)
        unread = {} if known else {definition.GOAL: _goal_text(row)}
        unread |= {
            form.header(of): text
            for of, text in reading.raw.items()
            if of in reading.unread and not isinstance(cells[of], CellError)
        }
        note = _with_unread(as_text(row.get(definition.NOTE, "")), unread)
        include = self._included(place, as_text(row.get(definition.INCLUDE, "")))
        # A row of no goal has no place in a report, but is not lost.
        include = include and (known or base is not None)
        order = _order(row.get(definition.ORDER, ""))
        choice = replace(_choice(before, written=include), order=order, note=note)
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

    def _at(self, place: Place, part: str) -> Place:
        return place.at(place.row or 0, self.columns.get(part, 1))

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
        named = values.units
        departments = [*reading.wholes, *(self.home[name] for name in named)]
        department = departments[0] if departments else department
        same = [name for name in named if self.home[name] == department]
        if values.whole:
            # The cell shows the whole department only; the units it also names are known before.
            same += [name for name in base.values.units if name not in same]
        return replace(base, values=replace(values, units=tuple(same)), department=department)

    def _with_department(
        self, place: Place, row: Mapping[str, CellValue], activity: Activity
    ) -> Activity:
        """The activity with the department written beside it, where its units do not say which.

        F207 for another one: it is the units that tell.
        """
        written = as_text(row.get(definition.DEPARTMENT, ""))
        if not written or fold(written) == fold(activity.department or ""):
            return activity
        named = next((d.name for d in self.plan.departments if fold(d.name) == fold(written)), None)
        if named and activity.department is None and not activity.values.units:
            return replace(activity, department=named)
        at = self._at(place, definition.DEPARTMENT)
        self.findings.append(find(F207.DEPARTMENT, at, written))
        return activity

    def _included(self, place: Place, written: str) -> bool:
        if written and fold(written) not in _YES_NO:
            at = self._at(place, definition.INCLUDE)
            self.findings.append(find(M606.PLAIN, at, written, header=definition.INCLUDE))
        return _YES_NO.get(fold(written), True)

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
        at = self._at(place, definition.GOAL)
        self.findings.append(find(M605.GOAL if written else M605.NO_GOAL, at, written))
        return base.goal if base else Goal(0, written, ""), False


def _goal_text(row: Mapping[str, CellValue]) -> str:
    return as_text(row.get(definition.GOAL, ""))


def _choice(before: Choice, *, written: bool) -> Choice:
    """The coordinator's choice by what stands at Ta med, and by what the program had written there.

    Of a row that is away the program writes nej, which is not the coordinator's; a ja there is.
    """
    if written == before.reported:
        return before
    return replace(before, include=written, kept=written and before.away)


def _heard(sheet: Sheet | None) -> frozenset[str] | None:
    """Whose forms were in use when the compilation was written; None where it does not say."""
    if sheet is None:
        return None
    return frozenset(as_text(row[0]) for row in sheet.rows if row and as_text(row[0]))


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


def _order(value: CellValue) -> float | None:
    try:
        order = float(as_text(value).replace(",", "."))
    except ValueError:
        return None
    return order if math.isfinite(order) else None


def _changed_use(sheets: Mapping[str, Sheet]) -> tuple[dict[str, bool], tuple[str, ...]]:
    """The coordinator's Använd where it differs from what the program had chosen, by file.

    And the files where it has been changed since the compilation was written.
    """
    headers = (definition.FILE, definition.USE)
    table = read_table(sheets.get(definition.SUBMISSIONS), headers)
    base = sheets.get(definition.BASE_FILES)
    kept = [[as_text(cell) for cell in row] for row in (base.rows if base else ()) if len(row) > 1]
    proposed = {row[0]: row[1] for row in kept}
    used = {row[0]: row[2] for row in kept if len(row) > 2}
    use: dict[str, bool] = {}
    changed: list[str] = []
    for _, row in table.rows if table else ():
        file = as_text(row.get(definition.FILE, ""))
        written = fold(as_text(row.get(definition.USE, "")))
        if written not in ("ja", "nej") or file not in proposed:
            continue
        if written != proposed[file]:
            use[file] = written == "ja"
        if written != used.get(file, written):
            changed.append(file)
    return use, tuple(changed)
