"""The rows of a goal sheet read into entries: every value typed, with its cell, nothing guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from excel_uppsikt.excel.guard.limits import check_entries, check_faults, check_rows
from excel_uppsikt.excel.workbook import CellValue, cell_name
from excel_uppsikt.findings.finding import Finding, Source, find, quote
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import date_finding, status_finding
from excel_uppsikt.form.definition import WHOLE_DEPARTMENT
from excel_uppsikt.intake.goal_sheets import GoalSheet
from excel_uppsikt.intake.identity import Identity
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.choices import read_choice, read_choices
from excel_uppsikt.language.dates import read_date
from excel_uppsikt.language.likeness import Comparisons
from excel_uppsikt.language.text import fold, has_forbidden, listed
from excel_uppsikt.model import Entry, Field, FormKind, Plan, Status

_HEADERS = {column.field: fold(column.header) for column in form.COLUMNS}
# With room for more spaces.
_LONGEST_HEADER = 2 * max(map(len, _HEADERS.values()))
_ONLY_MARKS = re.compile(r"[\s.\-‐‑‒–—―−…_]*")
# With more than this the row has a table of its own beside the form.
_MOST_BY_ITSELF = 5
# A whole department among the units found in a cell: this mark and the department's name. Alone it
# stands for the bare "Hela verksamheten" where several departments are possible.
_WHOLE = "\0"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a form's cells may name, made once for each form: its units and whole departments."""

    identity: Identity
    choices: Mapping[str, str]
    other_units: Mapping[str, str]
    only_department: str | None
    statuses: Mapping[str, str]
    exact_statuses: Mapping[str, Status]
    home: Mapping[str, str]
    comparisons: Comparisons = field(default_factory=Comparisons)

    @classmethod
    def of(cls, plan: Plan, identity: Identity) -> "Scope":
        """The scope of a form by its identity: its department's units, or all in a per-goal form."""
        department = identity.department
        departments = [d for d in plan.departments if department in (None, d.name)]
        others = [unit for unit in plan.units if unit.department not in (None, department)]
        wholes = {key: _WHOLE + name for key, name in form.whole_choices(departments).items()}
        wholes.setdefault(fold(WHOLE_DEPARTMENT), _WHOLE)
        return cls(
            identity=identity,
            choices={**form.unit_names(plan.units_of(department)), **wholes},
            other_units={fold(u.name): u.department for u in others} if department else {},
            only_department=departments[0].name if len(departments) == 1 else None,
            statuses=form.status_names(plan),
            exact_statuses={status.name: status for status in plan.statuses},
            home={unit.name: unit.department for unit in plan.units},
        )


def read_entries(
    plan: Plan, scope: Scope, file: str, sheets: Iterable[GoalSheet]
) -> tuple[list[Entry], list[Finding]]:
    """The sheets' activities from the header down, however far, and what is wrong in their cells.

    Raises `UnreadableError` for far more rows or faults than a form can have.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    rows = 0
    for sheet in sheets:
        place = Source(file, sheet.sheet.name)
        for number, cells in _filled(sheet):
            rows += 1
            check_rows(rows)
            check_faults(len(findings))
            reader = _RowReader(plan, scope, place, sheet, number, cells)
            if reader.repeats_header():
                continue
            findings.extend(reader.outside())
            if reader.raw:
                entries.extend(reader.entries())
                check_entries(len(entries))
                findings.extend(reader.findings)
    return entries, findings


def _filled(sheet: GoalSheet) -> Iterator[tuple[int, Sequence[CellValue]]]:
    """The rows below the header where anything stands, with their numbers."""
    fields = set(sheet.columns.values())
    broken = {row for row, column in sheet.sheet.problems if column - 1 in fields}
    for number, cells in enumerate(sheet.sheet.rows[sheet.header_row + 1 :], sheet.header_row + 2):
        # A stray value far down makes hundreds of thousands of rows of nothing.
        if cells.count("") < len(cells) or number in broken:
            yield number, cells


class _RowReader:
    """Reads one row, keeping what it finds wrong."""

    def __init__(
        self,
        plan: Plan,
        scope: Scope,
        place: Source,
        sheet: GoalSheet,
        number: int,
        cells: Sequence[CellValue],
    ) -> None:
        self.plan, self.scope, self.place, self.sheet = plan, scope, place, sheet
        self.number, self.cells = number, cells
        self.findings: list[Finding] = []
        wide = len(cells)
        self.values = {of: cells[at] if at < wide else "" for of, at in sheet.columns.items()}
        self.problems = self._problems()
        problem = self.problems.get
        self.raw = {
            of: text
            for of, value in self.values.items()
            if (text := as_text(value) or problem(of, ""))
        }

    def _problems(self) -> dict[Field, str]:
        """The error value in each field's cell; '=' for a formula whose value was never saved."""
        found = self.sheet.sheet.problems
        if not found:
            return {}
        places = {of: (self.number, at + 1) for of, at in self.sheet.columns.items()}
        return {of: found[place] or "=" for of, place in places.items() if place in found}

    def _source(self, of: Field) -> Source:
        return self._at(self.sheet.columns.get(of, 0))

    def _at(self, column: int) -> Source:
        return Source(self.place.file, self.place.sheet, cell_name(self.number, column + 1))

    def repeats_header(self) -> bool:
        """Whether the row is the header once more, as when a whole sheet is pasted below another."""
        return len(self.raw) > 2 and all(
            len(text) < _LONGEST_HEADER and fold(text) == _HEADERS[of]
            for of, text in self.raw.items()
        )

    def outside(self) -> Iterator[Finding]:
        """F207 for each cell outside the form's columns; one for them all if many."""
        inside = self.sheet.inside
        stray = {
            at: text
            for at, cell in enumerate(self.cells)
            if cell != "" and at not in inside and (text := as_text(cell))
        }
        if len(stray) > _MOST_BY_ITSELF:
            place, count = self._at(next(iter(stray))), f"{len(stray)} celler"
            yield find("F207", place, " | ".join(stray.values()), variant="row", count=count)
            return
        for at, text in stray.items():
            head = self._heading(at)
            column = f" i kolumnen {quote(head)}" if head else ""
            yield find("F207", self._at(at), text, variant="cell", column=column)

    def _heading(self, at: int) -> str:
        """What stands above a cell on the header row."""
        heads = self.sheet.sheet.rows[self.sheet.header_row]
        return as_text(heads[at]) if at < len(heads) else ""

    def entries(self) -> list[Entry]:
        """The row as an entry; as one for each department when it names several."""
        for of, text in self.raw.items():
            value = self.values[of]
            if of in self.problems or (text != value and isinstance(value, str)):
                self._check_cell(of)
        units, wholes, named = self._units()
        entry = Entry(
            file=self.place.file or "",
            sheet=self.place.sheet or "",
            row=self.number,
            goal=self.sheet.goal,
            department=self.scope.identity.department or self.scope.only_department,
            title=self._plain(Field.TITLE),
            units=units,
            whole=bool(wholes),
            start=self._date(Field.START),
            end=self._date(Field.END),
            description=self._plain(Field.DESCRIPTION),
            status=self._status(),
            comment=self._plain(Field.COMMENT),
            id=self._id(),
            units_required=self.scope.identity.kind is FormKind.GOAL,
            raw=self.raw,
            columns=self.sheet.letters,
        )
        return self._by_department(entry, wholes) if named else [entry]

    def _by_department(self, entry: Entry, wholes: Sequence[str]) -> list[Entry]:
        home = self.scope.home
        departments = dict.fromkeys([*wholes, *(home[name] for name in entry.units)])
        if list(departments) == [entry.department]:
            return [entry]
        return [
            replace(
                entry,
                department=department,
                units=tuple(name for name in entry.units if home[name] == department),
                whole=department in wholes,
            )
            for department in departments
        ] or [entry]

    def _check_cell(self, of: Field) -> None:
        problem = self.problems.get(of)
        value = self.values[of]
        if problem is not None:
            variant = "formula" if problem == "=" else ""
            self._add("R310", of, problem, variant=variant, header=form.header(of))
        elif isinstance(value, str) and has_forbidden(value):
            self._add("R309", of, self.raw[of], variant="cleaned", header=form.header(of))

    def _tell(self, finding: Finding | None) -> None:
        if finding is not None:
            self.findings.append(finding)

    def _add(
        self, code: str, of: Field, value: object, variant: str = "", **fields: object
    ) -> None:
        self.findings.append(find(code, self._source(of), value, variant=variant, **fields))

    def _readable(self, of: Field) -> str:
        return "" if of in self.problems else self.raw.get(of, "")

    def _plain(self, of: Field) -> str:
        text = self._readable(of)
        return "" if _ONLY_MARKS.fullmatch(text) and of is not Field.DESCRIPTION else text

    def _id(self) -> str | None:
        at = self.sheet.id_column
        if at is None or at >= len(self.cells):
            return None
        return as_text(self.cells[at]) or None

    def _date(self, of: Field) -> date | None:
        written = self._readable(of)
        if not written:
            return None
        value = self.values[of]
        if isinstance(value, date):
            # As nearly all are: nothing is left to read.
            return value.date() if isinstance(value, datetime) else value
        reading = read_date(
            value,
            year=self.plan.settings.year,
            end=of is Field.END,
            since_1904=self.sheet.sheet.since_1904,
        )
        if reading.problem or reading.inexact:
            self._tell(date_finding(self.plan, of, written, reading, self._source(of)))
        return reading.value

    def _status(self) -> Status | None:
        written = self._readable(Field.STATUS)
        if not written:
            return None
        exact = self.scope.exact_statuses.get(written)
        if exact is not None:
            return exact
        reading = read_choice(written, self.scope.statuses, self.scope.comparisons)
        if reading.name is None or not reading.exact:
            self._tell(status_finding(self.plan, written, reading, self._source(Field.STATUS)))
        return self.plan.status(reading.name)

    def _units(self) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """The row's units in the plan's order, the whole departments, and whether any was named."""
        identity = self.scope.identity
        own = (identity.unit,) if identity.unit else ()
        written = self._readable(Field.UNITS)
        if not written:
            whole = identity.kind is FormKind.COMMON and Field.UNITS not in self.raw
            return own, (identity.department or "",) if whole else (), False
        reading = read_choices(written, self.scope.choices, self.scope.comparisons)
        for piece, name in reading.taken:
            self._add("R311", Field.UNITS, piece, read=_shown(name))
        for piece, near in reading.unknown:
            self._unknown_unit(piece, near)
        wholes = [name.removeprefix(_WHOLE) for name in reading.names if name.startswith(_WHOLE)]
        if "" in wholes:
            example = form.whole_names(self.plan.departments)[0]
            self._add("R306", Field.UNITS, WHOLE_DEPARTMENT, "which_department", example=example)
            wholes.remove("")
        units = tuple(unit.name for unit in self.plan.units if unit.name in reading.names)
        if not units and not wholes:
            return own, (), False
        return units, tuple(wholes), True

    def _unknown_unit(self, piece: str, near: Sequence[str]) -> None:
        other = self.scope.other_units.get(fold(piece))
        asked = listed([quote(_shown(name)) for name in near], "eller")
        variant = "other_department" if other else "near" if asked else ""
        allowed = form.units_in_words(self.plan.units_of(self.scope.identity.department))
        self._add("R306", Field.UNITS, piece, variant, other=other, near=asked, allowed=allowed)


def _shown(name: str) -> str:
    """A choice as the form's list shows it."""
    if not name.startswith(_WHOLE):
        return name
    return f"{WHOLE_DEPARTMENT} {name.removeprefix(_WHOLE)}".strip()
