"""Cells of the plan read by their kind, and what is said of those that cannot be."""

import re
from collections.abc import Mapping
from datetime import date

from excel_uppsikt.findings.catalogue.plan import P102, P103
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.dates import read_date
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Layout, Stage
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.definition import LAST_TIME, ValueKind
from excel_uppsikt.plan.table import PlanRow, PlanTable
from excel_uppsikt.round_paths import PLAN_FILE

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


class PlanCells:
    """Reads the plan's rows cell by cell, keeping what it finds wrong; years are read by `year`."""

    def __init__(self, tables: Mapping[str, PlanTable]) -> None:
        self.tables = tables
        self.findings: list[Finding] = []
        self.year = 2000

    def rows(self, sheet: plan_form.PlanSheet, example: str = "") -> tuple[PlanRow, ...]:
        """A sheet's rows; where it should have some and has none, P102 with an example of what."""
        rows = self.tables[sheet.name].rows if sheet.name in self.tables else ()
        if not rows and sheet.needed:
            place = Place(PLAN_FILE, sheet.name)
            self.findings.append(find(P102.EMPTY_SHEET, place, allowed=example))
        return rows

    def _wrong(self, place: Place, name: str, value: str, kind: ValueKind) -> None:
        allowed = plan_form.ALLOWED[kind]
        self.findings.append(find(P102.NOT_ALLOWED, place, value, name=name, allowed=allowed))

    def missing(self, place: Place, name: str, kind: ValueKind = ValueKind.TEXT) -> None:
        """P102 for what is not there."""
        allowed = plan_form.ALLOWED[kind]
        if place.cell and kind is ValueKind.TEXT:
            finding = find(P102.MISSING_TEXT, place, name=name)
        elif place.cell:
            finding = find(P102.MISSING, place, name=name, allowed=allowed)
        else:
            finding = find(P102.MISSING_SETTING, place, name=name, allowed=allowed)
        self.findings.append(finding)

    def renewed(self, row: PlanRow, column: str, name: str, *, required: bool) -> bool:
        """Whether a blank cell waits for this round's value; P102 with the last round's where it does."""
        if row.text(column) or not row.text(LAST_TIME.header):
            return False
        place, before = row.place(column), quote(row.text(LAST_TIME.header))
        if required:
            self.findings.append(find(P102.ANEW, place, name=name, before=before))
        else:
            beside = row.place(LAST_TIME.header).cell
            finding = find(P102.ANEW_OR_NONE, place, name=name, before=before, beside=beside)
            self.findings.append(finding)
        return True

    def value(self, row: PlanRow, column: str, kind: ValueKind, name: str = "") -> object:
        """A cell's value by its kind; None when blank or, after a finding, not allowed."""
        written = row.text(column)
        if not written:
            return None
        value = parse(row.value(column), written, kind, self.year, since_1904=row.since_1904)
        if value is None:
            self._wrong(row.place(column), name or column, written, kind)
        return value

    def required(self, row: PlanRow, column: str, kind: ValueKind = ValueKind.TEXT) -> object:
        """A cell's value by its kind; a blank cell is P102."""
        value = self.value(row, column, kind)
        if not row.text(column) and row.has(column):
            self.missing(row.place(column), column, kind)
        return value

    def number(self, row: PlanRow, column: str) -> int | None:
        """A number, if there is one."""
        value = self.value(row, column, ValueKind.NUMBER)
        return value if isinstance(value, int) else None

    def day(self, row: PlanRow, column: str) -> date | None:
        """A date, if there is one."""
        value = self.value(row, column, ValueKind.DATE)
        return value if isinstance(value, date) else None

    def email(self, row: PlanRow) -> str:
        """The row's address or addresses, or ''."""
        return str(self.value(row, "E-post", ValueKind.EMAIL) or "")

    def new(self, row: PlanRow, column: str, sheet: str, seen: dict[str, str]) -> str | None:
        """The row's name, or None after a finding when it is blank or stands there already."""
        name = row.text(column)
        if not name:
            self.required(row, column)
            return None
        if fold(name) in seen:
            cell = seen[fold(name)]
            other = f"cell {cell}" if sheet == row.sheet else f"bladet {sheet}, cell {cell}"
            self.findings.append(
                find(P103.DUPLICATE, row.place(column), name, name=column, other=other)
            )
            return None
        seen[fold(name)] = row.place(column).cell or ""
        return name


def parse(
    value: object, written: str, kind: ValueKind, year: int, *, since_1904: bool = False
) -> object:
    """A plan cell's value by its kind, or None when it is not allowed. `written` is its text."""
    match kind:
        case ValueKind.TEXT:
            return written
        case ValueKind.YEAR:
            return int(written) if re.fullmatch(r"20\d\d", written) else None
        case ValueKind.NUMBER:
            return int(written) if re.fullmatch(r"\d{1,4}", written) else None
        case ValueKind.DATE:
            reading = read_date(value, year=year, since_1904=since_1904)
            return None if reading.inexact else reading.value
        case ValueKind.YES_NO:
            answers = {plan_form.YES: True, plan_form.NO: False, "sant": True, "falskt": False}
            return answers.get(fold(written))
        case ValueKind.LAYOUT:
            return next((layout for layout in Layout if layout == fold(written)), None)
        case ValueKind.STAGE:
            return next((stage for stage in Stage if stage == fold(written)), None)
        case ValueKind.EMAIL:
            addresses = [a for a in re.split(r"[;,\s]+", written) if a]
            return "; ".join(addresses) if all(map(_EMAIL.fullmatch, addresses)) else None
        case ValueKind.COLOR:
            color = written.lstrip("#").upper()
            return color if re.fullmatch(r"[0-9A-F]{6}", color) else None
