"""The rows of the inbox's table read into entries: whose they are, and what their cells say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from excel_uppsikt.excel.guard.limits import check_entries, check_faults
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.cells import Reading, RowReader
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.intake.identity import Identity, Marks
from excel_uppsikt.intake.table import FIELDS, CutSheet, RawRow
from excel_uppsikt.model import Entry, FormKind, Plan

Part = tuple[CutSheet, Sequence[RawRow]]


def read_entries(
    plan: Plan, identity: Identity, file: str, parts: Iterable[Part], marks: Marks | None = None
) -> tuple[list[Entry], list[Finding]]:
    """The activities in a file's cut sheets and their rows, and what is wrong in their cells.

    `marks` tell what could be chosen in the form's own lists.
    Raises `UnreadableError` for far more rows or faults than a form can have.
    """
    scope = Scope.of(plan, identity.department)
    if marks is not None:
        scope = scope.offering(marks.statuses, marks.units)
    reader = _EntryReader(scope, identity)
    entries: list[Entry] = []
    findings: list[Finding] = []
    for sheet, rows in parts:
        findings.extend(sheet.outside)
        for row in rows:
            check_faults(len(findings))
            found, faults = reader.read(file, sheet, row)
            entries.extend(found)
            findings.extend(faults)
            check_entries(len(entries))
    return entries, findings


class _EntryReader:
    """Reads the rows of one form, whose identity says what an empty Enheter means."""

    def __init__(self, scope: Scope, identity: Identity) -> None:
        own = (identity.unit,) if identity.unit else ()
        common = identity.kind is FormKind.COMMON
        self._reader = RowReader(scope, own=own, common=common)
        self._home: Mapping[str, str] = scope.home
        departments = [d.name for d in scope.plan.departments]
        only = departments[0] if len(departments) == 1 else None
        self._department = identity.department or only
        self._required = form.required_fields(identity.kind)

    def read(
        self, file: str, sheet: CutSheet, row: RawRow
    ) -> tuple[list[Entry], tuple[Finding, ...]]:
        """A row as an entry, as one for each department when it names several; and what is wrong in it."""
        number, activity, values = row
        cells = dict(zip(FIELDS, values, strict=True))
        if len(sheet.columns) < len(FIELDS):
            cells = {of: value for of, value in cells.items() if of in sheet.columns}
        place = Place(file, sheet.name, number)
        reading = self._reader.read(place, cells, sheet.columns, since_1904=sheet.since_1904)
        entry = Entry(
            file=file,
            sheet=sheet.name,
            row=number,
            values=reading.values,
            raw=reading.raw,
            columns=sheet.columns,
            required=self._required,
            goal=sheet.goal,
            department=self._department,
            id=activity,
        )
        return (self._by_department(entry, reading) if reading.named else [entry]), reading.findings

    def _by_department(self, entry: Entry, reading: Reading) -> list[Entry]:
        wholes, units = reading.wholes, entry.values.units
        departments = dict.fromkeys([*wholes, *(self._home[name] for name in units)])
        if list(departments) == [entry.department]:
            return [entry]
        return [
            replace(
                entry,
                department=department,
                values=replace(
                    entry.values,
                    units=tuple(name for name in units if self._home[name] == department),
                    whole=department in wholes,
                ),
            )
            for department in departments
        ]
