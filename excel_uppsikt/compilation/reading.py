"""ut/sammanstallning.xlsx read back: the coordinator's rows beside what was last collected."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.collected import from_json
from excel_uppsikt.compilation.table import Table, read_table, row_ids
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.excel.workbook import CellValue, Sheet, cell_name, column_letters
from excel_uppsikt.findings.finding import CannotRunError, Finding, Source, find
from excel_uppsikt.folder import COMPILATION_FILE
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import date_finding, status_finding
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.choices import read_choice, read_choices
from excel_uppsikt.language.dates import read_date
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Choice, Compilation, Field, Goal, Line, Plan

_WHOLE = "\0"


class CompilationError(CannotRunError):
    """The compilation is there but cannot be read, so that edits in it would be lost."""


@dataclass(frozen=True, slots=True)
class Read:
    """A compilation as read, and what in it could not be."""

    compilation: Compilation
    findings: tuple[Finding, ...] = ()


def read_compilation(path: Path, plan: Plan, *, name: str = COMPILATION_FILE) -> Read:
    """The compilation at `path`, empty when there is none. `name` is the file as findings give it.

    A cell that cannot be read is a finding, and what was last collected stands in its place. Raises
    `CompilationError` for a file that is damaged, protected or not a compilation.
    """
    if not path.is_file():
        return Read(Compilation())
    try:
        workbook = read_workbook(path, OWN)
    except UnreadableError as error:
        raise CompilationError(
            f"{path} kan inte läsas ({error.detail}). Stäng den i Excel, eller "
            "flytta undan den om den är skadad, och kör igen."
        ) from error
    sheets = {fold(sheet.name): sheet for sheet in workbook.sheets}
    table = read_table(sheets.get(fold(definition.ACTIVITIES)), (form.ID_HEADER, definition.GOAL))
    if table is None:
        raise CompilationError(
            f"{path} har inget blad {definition.ACTIVITIES} med kolumnerna "
            f"{form.ID_HEADER} och {definition.GOAL}. "
            "Flytta undan filen och kör igen."
        )
    return _Reader(plan, name).read(table, sheets)


class _Reader:
    """Reads the rows against the plan, keeping what it finds wrong."""

    def __init__(self, plan: Plan, file: str) -> None:
        self.plan, self.file = plan, file
        self.findings: list[Finding] = []
        self.goals = {fold(goal.text): goal for goal in plan.goals}
        wholes = form.whole_choices(plan.departments)
        self.choices = {
            **form.unit_names(plan.units),
            **{key: _WHOLE + name for key, name in wholes.items()},
        }
        self.home = {unit.name: unit.department for unit in plan.units}

    def read(self, table: Table, sheets: Mapping[str, Sheet]) -> Read:
        bases = self._bases(sheets.get(fold(definition.BASE)))
        lines: list[Line] = []
        ids = row_ids(table, bases)
        for number, row in table.rows:
            base, asked = bases.pop(ids[number], (None, ()))
            lines.append(self._line(number, row, ids[number], base, asked, table))
        deleted = tuple(base for base, _ in bases.values())
        use = self._use(sheets)
        self._own_content(table, sheets)
        return Read(Compilation(tuple(lines), use, deleted), tuple(self.findings))

    def _own_content(self, table: Table, sheets: Mapping[str, Sheet]) -> None:
        """F207 for the coordinator's own columns and sheets, which a new compilation does not have."""
        for name, at in table.columns.items():
            if name not in definition.INDEX:
                texts = [name, *(as_text(row.get(name, "")) for _, row in table.rows)]
                source = Source(
                    self.file, definition.ACTIVITIES, cell_name(table.header_row, at + 1)
                )
                self._told(source, texts)
        own = {fold(name) for name in definition.SHEETS}
        for key, sheet in sheets.items():
            if key not in own:
                texts = [as_text(cell) for row in sheet.rows for cell in row]
                self._told(Source(self.file, sheet.name), texts)

    def _tell(self, finding: Finding | None) -> None:
        if finding is not None:
            self.findings.append(finding)

    def _told(self, source: Source, texts: Sequence[str]) -> None:
        said = [text for text in texts if text]
        if len(said) > 1:
            self.findings.append(find("F207", source, " | ".join(said), variant="compilation"))

    def _bases(self, sheet: Sheet | None) -> dict[str, tuple[Activity, tuple[str, ...]]]:
        bases: dict[str, tuple[Activity, tuple[str, ...]]] = {}
        for row in sheet.rows if sheet else ():
            # A long account takes several cells, each within what a cell can hold.
            written = "".join(cell for cell in row if isinstance(cell, str))
            try:
                activity, asked = from_json(self.plan, written)
            except (ValueError, KeyError, TypeError):
                continue
            bases[activity.id] = (activity, asked)
        return bases

    def _line(
        self,
        number: int,
        row: Mapping[str, CellValue],
        made: str,
        base: Activity | None,
        asked: tuple[str, ...],
        table: Table,
    ) -> Line:
        def text(header: str) -> str:
            return as_text(row.get(header, ""))

        started = len(self.findings)
        goal, known = self._goal(number, text(definition.GOAL), base, table.columns)
        home = self._only_department()
        blank = Activity(made, goal, "", (), False, home, None, None, "", None, "")
        activity = replace(base or blank, goal=goal)
        for column in definition.ACTIVITY_COLUMNS:
            if column.field is not None and column.header in table.columns:
                activity = self._field(activity, column.field, number, row, table)
        if activity.department is None and not text(form.header(Field.UNITS)):
            source = self._source(number, form.header(Field.UNITS), table.columns)
            self.findings.append(find("R301", source, header=form.header(Field.UNITS)))
        note = self._with_unread(text(definition.NOTE), text, started, table.columns)
        include = self._included(number, text(definition.INCLUDE), table.columns)
        # A row of no goal has no place in a report, but is not lost.
        include = include and (known or base is not None)
        order = self._order(row.get(definition.ORDER, ""))
        choice = Choice(include, order, note, asked)
        return Line(activity, base, choice, number)

    def _with_unread(
        self, note: str, text: Callable[[str], str], started: int, columns: Mapping[str, int]
    ) -> str:
        """The note with what was written where it could not be used: the cell itself goes back.

        All that its cell said, by `text`: of several units one can be unknown, and the others go back too.
        """
        lines = [note] if note else []
        headers = {column_letters(at + 1): header for header, at in columns.items()}
        for finding in self.findings[started:]:
            if finding.code not in ("R302", "R305", "R306", "M605") or not finding.value:
                continue
            header = headers.get((finding.cell or "").rstrip("0123456789"), "")
            line = (
                f"I {header} stod ”{text(header)}”, som inte gick att använda. "
                "Rätta cellen och ta bort den här raden."
            )
            if line not in note and line not in lines:
                lines.append(line)
        return "\n".join(lines)

    def _included(self, number: int, written: str, columns: Mapping[str, int]) -> bool:
        known = {
            "": True,
            "ja": True,
            "j": True,
            "sant": True,
            "nej": False,
            "n": False,
            "falskt": False,
        }
        if fold(written) not in known:
            source = self._source(number, definition.INCLUDE, columns)
            self.findings.append(find("M606", source, written, header=definition.INCLUDE))
        return known.get(fold(written), True)

    def _only_department(self) -> str | None:
        return self.plan.departments[0].name if len(self.plan.departments) == 1 else None

    @staticmethod
    def _order(value: CellValue) -> float | None:
        try:
            order = float(as_text(value).replace(",", "."))
        except ValueError:
            return None
        return order if math.isfinite(order) else None

    def _goal(
        self, number: int, written: str, base: Activity | None, columns: Mapping[str, int]
    ) -> tuple[Goal, bool]:
        """The row's goal, and whether the plan has it; the base's, or one as written, if not."""
        goal = self.goals.get(fold(written))
        if goal is not None:
            return goal, True
        source = self._source(number, definition.GOAL, columns)
        self.findings.append(
            find("M605", source, written, variant="goal" if written else "no_goal")
        )
        return base.goal if base else Goal(0, written, ""), False

    def _source(self, number: int, header: str, columns: Mapping[str, int]) -> Source:
        cell = cell_name(number, columns.get(header, 0) + 1)
        return Source(self.file, definition.ACTIVITIES, cell)

    def _field(
        self,
        activity: Activity,
        of: Field,
        number: int,
        row: Mapping[str, CellValue],
        table: Table,
    ) -> Activity:
        """The activity with a field as its cell says it; unchanged, with a finding, if unreadable."""
        value = row.get(form.header(of), "")
        written = as_text(value)
        source = self._source(number, form.header(of), table.columns)
        problem = table.problems.get((number, table.columns[form.header(of)] + 1))
        if problem is not None:
            variant = "formula" if problem in ("", "=") else ""
            header = form.header(of)
            self.findings.append(
                find("R310", source, problem or "=", variant=variant, header=header)
            )
            return activity
        if of is Field.UNITS:
            return self._units(activity, written, source)
        if of in (Field.START, Field.END):
            return self._date(activity, of, value, source, table)
        if of is Field.STATUS:
            return self._status(activity, written, source)
        return _with(activity, of, written)

    def _date(
        self, activity: Activity, of: Field, value: CellValue, source: Source, table: Table
    ) -> Activity:
        written = as_text(value)
        if not written:
            return _with(activity, of, None)
        year, end = self.plan.settings.year, of is Field.END
        reading = read_date(value, year=year, end=end, since_1904=table.since_1904)
        self._tell(date_finding(self.plan, of, written, reading, source))
        return activity if reading.value is None else _with(activity, of, reading.value)

    def _status(self, activity: Activity, written: str, source: Source) -> Activity:
        if not written:
            return replace(activity, status=None)
        reading = read_choice(written, form.status_names(self.plan))
        self._tell(status_finding(self.plan, written, reading, source))
        if reading.name is None:
            return activity
        return replace(activity, status=self.plan.status(reading.name))

    def _units(self, activity: Activity, written: str, source: Source) -> Activity:
        reading = read_choices(written, self.choices)
        if reading.unknown:
            allowed = form.units_in_words(self.plan.units_of(activity.department))
            for piece, _ in reading.unknown:
                self.findings.append(find("R306", source, piece, allowed=allowed))
            return activity
        for piece, name in reading.taken:
            read = name.replace(_WHOLE, f"{form.WHOLE_DEPARTMENT} ")
            self.findings.append(find("R311", source, piece, read=read))
        wholes = [name.removeprefix(_WHOLE) for name in reading.names if name.startswith(_WHOLE)]
        units = tuple(unit.name for unit in self.plan.units if unit.name in reading.names)
        departments = [*wholes, *(self.home[name] for name in units)]
        department = departments[0] if departments else activity.department
        same = [name for name in units if self.home[name] == department]
        if wholes:
            # The cell shows the whole department only; the units it also names are known before.
            same = [*same, *(name for name in activity.units if name not in same)]
        return replace(activity, units=tuple(same), whole=bool(wholes), department=department)

    def _use(self, sheets: Mapping[str, Sheet]) -> dict[str, bool]:
        """The coordinator's Använd where it differs from what the program had chosen."""
        table = read_table(
            sheets.get(fold(definition.SUBMISSIONS)), (definition.FILE, definition.USE)
        )
        base = sheets.get(fold(definition.BASE_FILES))
        own = {
            as_text(row[0]): as_text(row[1]) for row in (base.rows if base else ()) if len(row) > 1
        }
        use: dict[str, bool] = {}
        for _, row in table.rows if table else ():
            file = as_text(row.get(definition.FILE, ""))
            written = fold(as_text(row.get(definition.USE, "")))
            if written in ("ja", "nej") and file in own and written != own[file]:
                use[file] = written == "ja"
        return use


def _with(activity: Activity, of: Field, value: Any) -> Activity:  # noqa: ANN401  any field's value
    return replace(activity, **{of.value: value})
