"""plan.xlsx read into a frozen `Plan`, with a finding for each fault, by sheet and cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.catalogue.plan import P102, P103
from excel_uppsikt.findings.finding import CannotRunError, Finding, find, quote
from excel_uppsikt.language.text import fold, listed
from excel_uppsikt.model import (
    Department,
    Goal,
    Plan,
    Recipient,
    Settings,
    Stage,
    Status,
    Text,
    Unit,
)
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.cells import PlanCells
from excel_uppsikt.plan.dates import unlikely_report_date
from excel_uppsikt.plan.definition import ValueKind
from excel_uppsikt.plan.former_names import (
    FormerName,
    impossible_names,
    read_former_names,
    with_former_names,
)
from excel_uppsikt.plan.settings import read_settings
from excel_uppsikt.plan.table import PlanRow, PlanTable, read_tables
from excel_uppsikt.plan.texts import PLACEHOLDERS
from excel_uppsikt.round_paths import PLAN_FILE

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


class PlanError(CannotRunError):
    """A round cannot be run: its plan is missing, unreadable or lacks what everything needs."""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as read. `plan` is None when a fault among the findings makes it unusable.

    `former` are the units' former names with their cells.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    former: tuple[FormerName, ...] = field(default=(), compare=False)


def read_plan(path: Path) -> PlanReading:
    """The plan at `path`, and what is wrong in it.

    Raises `PlanError` when there is no plan or the file is not a workbook that can be opened.
    """
    if not path.is_file():
        raise PlanError(
            f"Det finns ingen {PLAN_FILE} i {path.parent}. Skapa en omgång med: uppsikt init <mapp>"
        )
    tables, findings = read_tables(open_plan(path))
    return _Reader(tables, path.parent).read(findings)


def open_plan(path: Path) -> Workbook:
    """The plan at `path` as a workbook. Raises `PlanError` when it cannot be opened."""
    try:
        return read_workbook(path, OWN)
    except UnreadableError as error:
        raise PlanError(
            f"{path} kan inte läsas ({error.detail}). "
            "Öppna planen i Excel, spara den som Excel-arbetsbok (.xlsx) och kör igen."
        ) from error


class _Reader:
    """Reads the plan's tables in order, keeping what it finds wrong."""

    def __init__(self, tables: Mapping[str, PlanTable], folder: Path) -> None:
        self.folder = folder
        self.cells = PlanCells(tables)
        self.findings = self.cells.findings
        self.former: tuple[FormerName, ...] = ()

    def read(self, findings: Iterable[Finding]) -> PlanReading:
        self.findings.extend(findings)
        lacking = [s for s in plan_form.SHEETS if s.needed and s.name not in self.cells.tables]
        if lacking:
            return PlanReading(None, tuple(self.findings))
        settings = read_settings(self.cells, self.folder)
        goals = self._goals()
        departments = self._departments(settings)
        units = self._units(departments)
        statuses = self._statuses()
        texts = self._texts()
        recipients = self._recipients(departments)
        plan = None
        if settings and goals and departments and units and statuses:
            plan = Plan(settings, goals, departments, units, statuses, texts, recipients)
        return PlanReading(plan, tuple(self.findings), self.former)

    def _goals(self) -> tuple[Goal, ...]:
        goals: list[Goal] = []
        names: dict[str, str] = {}
        numbers: dict[str, str] = {}
        for row in self.cells.rows(plan_form.GOALS, "minst ett mål"):
            name = self.cells.new(row, "Mål", plan_form.GOALS.name, names)
            number = self.cells.required(row, "Nr", ValueKind.NUMBER)
            area = self.cells.required(row, "Målområde")
            minimum = self.cells.number(row, "Minst per enhet")
            if name is None or not isinstance(number, int):
                continue
            if self.cells.new(row, "Nr", plan_form.GOALS.name, numbers):
                goals.append(Goal(number, name, str(area or ""), minimum or 0))
        return tuple(goals)

    def _departments(self, settings: Settings | None) -> tuple[Department, ...]:
        departments: list[Department] = []
        names: dict[str, str] = {}
        for row in self.cells.rows(plan_form.DEPARTMENTS, "minst en verksamhet"):
            name = self._name(row, "Verksamhet", plan_form.DEPARTMENTS, names)
            when, email = self.cells.day(row, "Rapportdatum"), self.cells.email(row)
            self.cells.renewed(row, "Rapportdatum", "Rapportdatum", required=False)
            if when is not None and settings is not None:
                unlikely_report_date(self.cells, row, when, settings)
            if name is not None:
                departments.append(
                    Department(name, row.text("Utskott"), when, row.line("Ansvarig"), email)
                )
        return tuple(departments)

    def _name(
        self, row: PlanRow, column: str, sheet: plan_form.PlanSheet, seen: dict[str, str]
    ) -> str | None:
        """The row's name on one line, or None after a finding when it is blank or stands there already."""
        name = self.cells.new(row, column, sheet.name, seen)
        return name and " ".join(name.split())

    def _department(self, row: PlanRow, departments: Iterable[Department]) -> str | None:
        """The row's department as the plan spells it, or None after a finding."""
        by_name = {fold(department.name): department.name for department in departments}
        written = row.text("Verksamhet")
        if not written:
            self.cells.required(row, "Verksamhet")
            return None
        if by_name and fold(written) not in by_name:
            place, sheet = row.place("Verksamhet"), plan_form.DEPARTMENTS.name
            known = listed([quote(department.name) for department in departments])
            self.findings.append(
                find(P103.UNKNOWN, place, written, name="Verksamheten", other=sheet, known=known)
            )
        return by_name.get(fold(written))

    def _units(self, departments: tuple[Department, ...]) -> tuple[Unit, ...]:
        units: list[Unit] = []
        former: list[FormerName] = []
        names: dict[str, str] = {}
        for row in self.cells.rows(plan_form.UNITS, "minst en enhet"):
            name = self._name(row, "Enhet", plan_form.UNITS, names)
            department = self._department(row, departments)
            email = self.cells.email(row)
            minimum = self.cells.number(row, "Minsta antal aktiviteter")
            if name is not None and department is not None:
                units.append(Unit(name, department, row.line("Kontakt"), email, minimum))
                column = plan_form.FORMER_NAMES
                former += read_former_names(name, row.text(column), row.place(column))
        self.findings.extend(impossible_names(names, former))
        self.former = tuple(former)
        return with_former_names(units, former)

    def _statuses(self) -> tuple[Status, ...]:
        statuses: list[Status] = []
        names: dict[str, str] = {}
        for row in self.cells.rows(plan_form.STATUSES, "minst en status"):
            name = self.cells.new(row, "Status", plan_form.STATUSES.name, names)
            stage = self.cells.required(row, "Slag", ValueKind.STAGE)
            deviation = self.cells.value(row, "Avvikelse", ValueKind.YES_NO) is True
            needs_comment = self.cells.value(row, "Kräver kommentar", ValueKind.YES_NO) is True
            color = str(self.cells.value(row, "Färg", ValueKind.COLOR) or "000000")
            if name is not None and isinstance(stage, Stage):
                symbol = row.text("Symbol")
                statuses.append(Status(name, stage, deviation, needs_comment, symbol, color))
        return tuple(statuses)

    def _texts(self) -> tuple[Text, ...]:
        texts: list[Text] = []
        names: dict[str, str] = {}
        for row in self.cells.rows(plan_form.TEXTS):
            name = self.cells.new(row, "Avsnitt", plan_form.TEXTS.name, names)
            for column in ("Rubrik", "Text"):
                for placeholder in _PLACEHOLDER.findall(row.text(column)):
                    if placeholder not in PLACEHOLDERS:
                        allowed = ", ".join(f"{{{known}}}" for known in sorted(PLACEHOLDERS))
                        self.findings.append(
                            find(P102.PLACEHOLDER, row.place(column), f"{{{placeholder}}}", allowed=allowed)
                        )  # fmt: skip
            if name is not None:
                texts.append(Text(name, row.text("Rubrik"), row.text("Text")))
        return tuple(texts)

    def _recipients(self, departments: tuple[Department, ...]) -> tuple[Recipient, ...]:
        recipients: list[Recipient] = []
        for row in self.cells.rows(plan_form.RECIPIENTS):
            department = self._department(row, departments)
            email = self.cells.required(row, "E-post", ValueKind.EMAIL)
            if department is not None and email:
                recipients.append(Recipient(department, row.line("Namn"), str(email)))
        return tuple(recipients)
