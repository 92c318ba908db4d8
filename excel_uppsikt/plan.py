"""plan.xlsx read into a frozen `Plan`, with a finding for each fault, by sheet and cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from excel_uppsikt import plan_form
from excel_uppsikt.findings import CannotRunError, Finding, Source, find, quote
from excel_uppsikt.form import PLAN_FILE
from excel_uppsikt.model import (
    Department,
    Goal,
    Layout,
    Plan,
    Recipient,
    Settings,
    Stage,
    Status,
    Text,
    Unit,
)
from excel_uppsikt.office.choices import NEAR, alike
from excel_uppsikt.office.dates import read_date
from excel_uppsikt.office.reading import UnreadableError, read_workbook
from excel_uppsikt.office.text import fold, listed
from excel_uppsikt.plan_form import Kind
from excel_uppsikt.plan_table import PlanTable, Row, read_tables
from excel_uppsikt.texts import PLACEHOLDERS

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


class PlanError(CannotRunError):
    """A round cannot be run: its plan is missing, unreadable or lacks what everything needs."""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as read. `plan` is None when a fault among the findings makes it unusable."""

    plan: Plan | None
    findings: tuple[Finding, ...]


def read_plan(path: Path) -> PlanReading:
    """The plan at `path`, and what is wrong in it.

    Raises `PlanError` when there is no plan or the file is not a workbook that can be opened.
    """
    if not path.is_file():
        raise PlanError(
            f"Det finns ingen {PLAN_FILE} i {path.parent}. Skapa en omgång med: uppsikt init <mapp>"
        )
    try:
        workbook = read_workbook(path)
    except UnreadableError as error:
        raise PlanError(
            f"{path} kan inte läsas ({error.detail or error.reason}). "
            "Öppna planen i Excel, spara den som Excel-arbetsbok (.xlsx) och kör igen."
        ) from error
    tables, findings = read_tables(workbook)
    return _Reader(tables, path.parent).read(findings)


class _Reader:
    """Reads the plan's tables in order, keeping what it finds wrong."""

    def __init__(self, tables: Mapping[str, PlanTable], folder: Path) -> None:
        self.tables = tables
        self.folder = folder
        self.findings: list[Finding] = []
        self.year = 2000

    def read(self, findings: Iterable[Finding]) -> PlanReading:
        self.findings.extend(findings)
        lacking = [s for s in plan_form.SHEETS if s.needed and s.name not in self.tables]
        if lacking:
            return PlanReading(None, tuple(self.findings))
        settings = self._settings()
        goals = self._goals()
        departments = self._departments()
        units = self._units(departments)
        statuses = self._statuses()
        texts = self._texts()
        recipients = self._recipients(departments)
        plan = None
        if settings and goals and departments and units and statuses:
            plan = Plan(settings, goals, departments, units, statuses, texts, recipients)
        return PlanReading(plan, tuple(self.findings))

    def _rows(self, sheet: plan_form.PlanSheet, example: str = "") -> tuple[Row, ...]:
        rows = self.tables[sheet.name].rows if sheet.name in self.tables else ()
        if not rows and sheet.needed:
            source = Source(PLAN_FILE, sheet.name)
            self.findings.append(find("P102", source, variant="empty_sheet", allowed=example))
        return rows

    def _wrong(self, source: Source, name: str, value: str, kind: Kind) -> None:
        allowed = plan_form.ALLOWED[kind]
        self.findings.append(find("P102", source, value, name=name, allowed=allowed))

    def _missing(self, source: Source, name: str, kind: Kind = Kind.TEXT) -> None:
        allowed = plan_form.ALLOWED[kind]
        variant = "missing_setting"
        if source.cell:
            variant = "missing_text" if kind is Kind.TEXT else "missing"
        finding = find("P102", source, variant=variant, name=name, allowed=allowed)
        self.findings.append(finding)

    def _value(self, row: Row, column: str, kind: Kind, name: str = "") -> object:
        """A cell's value by its kind; None when blank or, after a finding, not allowed."""
        written = row.text(column)
        if not written:
            return None
        value = parse(row.value(column), written, kind, self.year, since_1904=row.since_1904)
        if value is None:
            self._wrong(row.source(column), name or column, written, kind)
        return value

    def _required(self, row: Row, column: str, kind: Kind = Kind.TEXT) -> object:
        value = self._value(row, column, kind)
        if not row.text(column) and row.has(column):
            self._missing(row.source(column), column, kind)
        return value

    def _number(self, row: Row, column: str) -> int | None:
        value = self._value(row, column, Kind.NUMBER)
        return value if isinstance(value, int) else None

    def _date(self, row: Row, column: str) -> date | None:
        value = self._value(row, column, Kind.DATE)
        return value if isinstance(value, date) else None

    def _email(self, row: Row) -> str:
        return str(self._value(row, "E-post", Kind.EMAIL) or "")

    def _new(self, row: Row, column: str, sheet: str, seen: dict[str, str]) -> str | None:
        """The row's name, or None after a finding when it is blank or stands there already."""
        name = row.text(column)
        if not name:
            self._required(row, column)
            return None
        if fold(name) in seen:
            cell = seen[fold(name)]
            other = f"cell {cell}" if sheet == row.sheet else f"bladet {sheet}, cell {cell}"
            self.findings.append(find("P103", row.source(column), name, name=column, other=other))
            return None
        seen[fold(name)] = row.source(column).cell or ""
        return name

    def _settings(self) -> Settings | None:
        rows, misspelt = self._setting_rows()
        values: dict[str, object] = {}
        ordered = sorted(plan_form.SETTINGS, key=lambda setting: setting.kind is not Kind.YEAR)
        for setting in ordered:
            row = rows.get(fold(setting.name))
            value = self._value(row, "Värde", setting.kind, setting.name) if row else None
            blank = row is None or not row.text("Värde")
            if setting.required and blank and setting.name not in misspelt:
                source = row.source("Värde") if row else Source(PLAN_FILE, plan_form.ROUND.name)
                self._missing(source, setting.name, setting.kind)
            if value is None and setting.default:
                value = parse(setting.default, setting.default, setting.kind, self.year)
            if setting.kind is Kind.YEAR and isinstance(value, int):
                self.year = value
            values[setting.field] = value
        if values["year"] is None:
            return None
        self._previous_exists(rows, values)
        return _as_settings(values, self._date_order(rows, values))

    def _setting_rows(self) -> tuple[dict[str, Row], set[str]]:
        """The rows by the folded name of their setting, and the settings whose names are misspelt."""
        known = {fold(setting.name): setting.name for setting in plan_form.SETTINGS}
        rows: dict[str, Row] = {}
        misspelt: set[str] = set()
        seen: dict[str, str] = {}
        for row in self._rows(plan_form.ROUND, "inställningarna"):
            name = self._new(row, "Inställning", plan_form.ROUND.name, seen)
            if name is None:
                continue
            if fold(name) in known:
                rows[fold(name)] = row
                continue
            near = max(known, key=lambda key: alike(fold(name), key))
            if alike(fold(name), near) >= NEAR:
                misspelt.add(known[near])
            variant = "near_setting" if known[near] in misspelt else "unknown_setting"
            source = row.source("Inställning")
            self.findings.append(find("P102", source, name, variant=variant, near=known[near]))
        return rows, misspelt

    def _date_order(self, rows: Mapping[str, Row], values: Mapping[str, object]) -> bool:
        """Whether the allowed dates are in order, also where one of them is the year's own."""
        names = ("Sista tillåtna datum", "Första tillåtna datum")
        written = [rows[fold(n)] for n in names if fold(n) in rows and rows[fold(n)].text("Värde")]
        settings = _as_settings(values, dates_in_order=True)
        first, last = settings.first_date, settings.last_date
        readable = [values[field] for field in ("first_date", "last_date") if values[field]]
        if len(written) == len(readable) and last < first:
            source = written[0].source("Värde")
            self.findings.append(
                find("P102", source, last, variant="date_order",
                     name="Sista tillåtna datum", other=f"första tillåtna datum ({first})")
            )  # fmt: skip
            return False
        return True

    def _previous_exists(self, rows: Mapping[str, Row], values: dict[str, object]) -> None:
        previous = str(values["previous"] or "")
        if previous and not _is_file(self.folder / previous):
            source = rows[fold("Föregående sammanställning")].source("Värde")
            self.findings.append(find("P102", source, previous, variant="no_file"))
            values["previous"] = None

    def _goals(self) -> tuple[Goal, ...]:
        goals: list[Goal] = []
        names: dict[str, str] = {}
        numbers: dict[str, str] = {}
        for row in self._rows(plan_form.GOALS, "minst ett mål"):
            name = self._new(row, "Mål", plan_form.GOALS.name, names)
            number = self._required(row, "Nr", Kind.NUMBER)
            area = self._required(row, "Målområde")
            minimum = self._number(row, "Minst per enhet")
            if name is None or not isinstance(number, int):
                continue
            if self._new(row, "Nr", plan_form.GOALS.name, numbers):
                goals.append(Goal(number, name, str(area or ""), minimum or 0))
        return tuple(goals)

    def _departments(self) -> tuple[Department, ...]:
        departments: list[Department] = []
        names: dict[str, str] = {}
        for row in self._rows(plan_form.DEPARTMENTS, "minst en verksamhet"):
            name = self._new(row, "Verksamhet", plan_form.DEPARTMENTS.name, names)
            when, email = self._date(row, "Rapportdatum"), self._email(row)
            if name is not None:
                departments.append(
                    Department(name, row.text("Utskott"), when, row.text("Ansvarig"), email)
                )
        return tuple(departments)

    def _department(self, row: Row, departments: Iterable[Department]) -> str | None:
        """The row's department as the plan spells it, or None after a finding."""
        by_name = {fold(department.name): department.name for department in departments}
        written = row.text("Verksamhet")
        if not written:
            self._required(row, "Verksamhet")
            return None
        if by_name and fold(written) not in by_name:
            self.findings.append(
                find("P103", row.source("Verksamhet"), written, variant="unknown",
                     name="Verksamheten", other=plan_form.DEPARTMENTS.name,
                     known=listed([quote(department.name) for department in departments]))
            )  # fmt: skip
        return by_name.get(fold(written))

    def _units(self, departments: tuple[Department, ...]) -> tuple[Unit, ...]:
        units: list[Unit] = []
        names: dict[str, str] = {}
        for row in self._rows(plan_form.UNITS, "minst en enhet"):
            name = self._new(row, "Enhet", plan_form.UNITS.name, names)
            department = self._department(row, departments)
            email = self._email(row)
            minimum = self._number(row, "Minsta antal aktiviteter")
            if name is not None and department is not None:
                earlier = _split(row.text("Tidigare namn"))
                units.append(Unit(name, department, row.text("Kontakt"), email, minimum, earlier))
        return tuple(units)

    def _statuses(self) -> tuple[Status, ...]:
        statuses: list[Status] = []
        names: dict[str, str] = {}
        for row in self._rows(plan_form.STATUSES, "minst en status"):
            name = self._new(row, "Status", plan_form.STATUSES.name, names)
            stage = self._required(row, "Slag", Kind.STAGE)
            deviation = self._value(row, "Avvikelse", Kind.YES_NO) is True
            needs_comment = self._value(row, "Kräver kommentar", Kind.YES_NO) is True
            color = str(self._value(row, "Färg", Kind.COLOR) or "000000")
            if name is not None and isinstance(stage, Stage):
                symbol = row.text("Symbol")
                statuses.append(Status(name, stage, deviation, needs_comment, symbol, color))
        return tuple(statuses)

    def _texts(self) -> tuple[Text, ...]:
        texts: list[Text] = []
        names: dict[str, str] = {}
        for row in self._rows(plan_form.TEXTS):
            name = self._new(row, "Avsnitt", plan_form.TEXTS.name, names)
            for column in ("Rubrik", "Text"):
                for placeholder in _PLACEHOLDER.findall(row.text(column)):
                    if placeholder not in PLACEHOLDERS:
                        allowed = ", ".join(f"{{{known}}}" for known in sorted(PLACEHOLDERS))
                        self.findings.append(
                            find("P102", row.source(column), f"{{{placeholder}}}",
                                 variant="placeholder", allowed=allowed)
                        )  # fmt: skip
            if name is not None:
                texts.append(Text(name, row.text("Rubrik"), row.text("Text")))
        return tuple(texts)

    def _recipients(self, departments: tuple[Department, ...]) -> tuple[Recipient, ...]:
        recipients: list[Recipient] = []
        for row in self._rows(plan_form.RECIPIENTS):
            department = self._department(row, departments)
            email = self._required(row, "E-post", Kind.EMAIL)
            if department is not None and email:
                recipients.append(Recipient(department, row.text("Namn"), str(email)))
        return tuple(recipients)


def _is_file(path: Path) -> bool:
    """Whether there is such a file; no, too, for what cannot be the path of one."""
    try:
        return path.is_file()
    except OSError:
        return False


def _split(written: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[;\n]", written) if name.strip())


def _as_settings(values: Mapping[str, object], dates_in_order: bool) -> Settings:
    year = values["year"]
    assert isinstance(year, int)  # noqa: S101  the caller returned without a year
    known = {name: value for name, value in values.items() if value is not None}
    if not dates_in_order:
        known.pop("first_date", None), known.pop("last_date", None)
    defaults = Settings("", year, "", date(year, 1, 1), date(year, 12, 31))
    return replace(defaults, **known)  # type: ignore[arg-type]  # kinds are by the definition


def parse(
    value: object, written: str, kind: Kind, year: int, *, since_1904: bool = False
) -> object:
    """A plan cell's value by its kind, or None when it is not allowed. `written` is its text."""
    match kind:
        case Kind.TEXT:
            return written
        case Kind.YEAR:
            return int(written) if re.fullmatch(r"20\d\d", written) else None
        case Kind.NUMBER:
            return int(written) if re.fullmatch(r"\d{1,4}", written) else None
        case Kind.DATE:
            reading = read_date(value, year=year, since_1904=since_1904)
            return None if reading.inexact else reading.value
        case Kind.YES_NO:
            answers = {plan_form.YES: True, plan_form.NO: False, "sant": True, "falskt": False}
            return answers.get(fold(written))
        case Kind.LAYOUT:
            return next((layout for layout in Layout if layout == fold(written)), None)
        case Kind.STAGE:
            return next((stage for stage in Stage if stage == fold(written)), None)
        case Kind.EMAIL:
            addresses = [a for a in re.split(r"[;,\s]+", written) if a]
            return "; ".join(addresses) if all(map(_EMAIL.fullmatch, addresses)) else None
        case Kind.COLOR:
            color = written.lstrip("#").upper()
            return color if re.fullmatch(r"[0-9A-F]{6}", color) else None
