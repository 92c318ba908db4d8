"""The rows of the sheet Aktiviteter read against the plan, each beside what was last collected of it."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.departments import by_department, in_present_units
from excel_uppsikt.compilation.row_choices import ChoiceReader, waits_in_note
from excel_uppsikt.compilation.table import Bases, Table, part_place
from excel_uppsikt.excel.workbook import CellValue
from excel_uppsikt.findings.catalogue.choices import M605
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.catalogue.rows import R301, R306, R311
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import CellError, Reading, RowReader
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Choice, Field, FormKind, Goal, Line, Plan, Row, Values


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
        """Each row as a line beside what was last collected of it; `joined` are Ids of joined rows."""
        for number, row in self.table.rows:
            base, before = bases.get(ids[number], (None, Choice()))
            was = base.department if base else None
            if base is not None:
                base = in_present_units(self.plan, self.scope, base)
            before = replace(before, joined=ids[number] in joined)
            line = self._line(number, row, ids[number], base, before, was)
            yield from by_department(line, self.home)

    def _line(
        self,
        number: int,
        row: Mapping[str, CellValue],
        made: str,
        base: Activity | None,
        before: Choice,
        was: str | None,
    ) -> Line:
        """The row as a line; `was` is the department that the program last wrote in it."""
        place = Place(self.file, definition.ACTIVITIES, number)
        goal, known = self._goal(place, row, base)
        cells = self._cells(number, row)
        reading = self._read_cells(place, cells, base)
        activity = self._activity(reading, base or Activity(made, goal, self._only(), Values()))
        activity = self._with_department(place, row, replace(activity, goal=goal), reading, was)
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

    def _read_cells(
        self, place: Place, cells: Mapping[Field, object], base: Activity | None
    ) -> Reading:
        """The row's cells as the reader of forms reads them, and what it finds wrong in them told."""
        reading = self.rows.read(place, cells, self.columns, since_1904=self.table.since_1904)
        # Of a cell with something unknown in it nothing is taken, and so nothing read as something near.
        unused = {part_place(place, self.columns, of) for of in reading.unread}
        # Which department a whole one is, is known of what was collected when the plan had but one.
        known = base is not None and base.values.whole
        self.findings += [
            finding
            for finding in reading.findings
            if not (finding.variant is R311.PLAIN and finding.place in unused)
            and not (finding.variant is R306.WHICH_DEPARTMENT and known)
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
        self,
        place: Place,
        row: Mapping[str, CellValue],
        activity: Activity,
        reading: Reading,
        was: str | None,
    ) -> Activity:
        """The activity with the department written beside it, where its units do not say which.

        F207 for another one: it is the units that tell, and not for one that the program wrote and that
        the plan calls otherwise now. R301 where no unit is written, and one is needed or has been unknown.
        """
        header, note = form.header(Field.UNITS), as_text(row.get(definition.NOTE, ""))
        needed = activity.department is None or (
            not activity.sources and waits_in_note(note, header)
        )
        if needed and Field.UNITS not in reading.raw:
            self.findings.append(
                find(R301.PLAIN, part_place(place, self.columns, Field.UNITS), header=header)
            )
        written = as_text(row.get(definition.DEPARTMENT, ""))
        # Of the round before, units can since have moved to another.
        own = (activity.department, was)
        if self.scope.before or not written or fold(written) in [fold(name or "") for name in own]:
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


def _goal_text(row: Mapping[str, CellValue]) -> str:
    return as_text(row.get(definition.GOAL, ""))
