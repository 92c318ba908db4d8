"""Small rounds written in the tests: a plan in code, filled forms, and a folder with an inbox."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from excel_uppsikt.excel.saving import saved_at
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.definition import Form, common_form, goal_form, unit_form
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import (
    Activity,
    Department,
    Entry,
    Field,
    Goal,
    Plan,
    Recipient,
    Settings,
    Status,
    Text,
    Unit,
    Values,
)
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.definition import DEFAULT_STATUSES, YES
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.rounds.results import CheckedRound
from tests.written_workbooks import as_workbook, form_workbook

# Only there can a file's name be whatever bytes one likes.
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="file names are letters here")

SICKNESS = Goal(1, "Sjukfrånvaron ska minska.", "Verksamhetsmål", 1)
YOUTH = Goal(2, "Kommunens ungdomar ska känna ökad trygghet.", "Barn och Unga")
HOMES = Goal(3, "Ånge ska ha ett positivt flyttnetto.", "Tillväxt")
CARE = "Social verksamhet"

STATUSES = tuple(
    Status(name, stage, deviation == YES, comment == YES, symbol, color)
    for name, stage, deviation, comment, symbol, color in DEFAULT_STATUSES
)


def make_plan(
    *,
    units: Sequence[str | Unit] = ("Hemtjänst", "Bemanning"),
    goals: Sequence[Goal] = (YOUTH, HOMES, SICKNESS),
    departments: Sequence[Department] = (
        Department(CARE, "utskottet", date(2024, 6, 4), "Verksamhetschefen", "chef@exempel.se"),
    ),
    recipients: Sequence[Recipient] = (),
    texts: Sequence[tuple[str, str, str]] = DEFAULT_TEXTS,
    **settings: Any,  # noqa: ANN401  any of the settings
) -> Plan:
    """A plan of three goals (sickness absence mandatory) and one department, with changes."""
    known = Settings(
        municipality="Ånge kommun",
        year=2024,
        period="T1",
        first_date=date(2024, 1, 1),
        last_date=date(2024, 12, 31),
        cutoff=date(2024, 4, 30),
        deadline=date(2024, 5, 10),
        report_title="Uppsiktsrapport till kommunstyrelsen",
        sender="Samordnaren",
        sender_email="samordnare@exempel.se",
    )
    return Plan(
        settings=replace(known, **settings),
        goals=tuple(goals),
        departments=tuple(departments),
        units=tuple(u if isinstance(u, Unit) else Unit(u, departments[0].name) for u in units),
        statuses=STATUSES,
        texts=tuple(Text(*text) for text in texts),
        recipients=tuple(recipients),
    )


def row(title: object = "Aktivitet", **cells: object) -> FormRow:
    """A row with nothing wrong in it at the cutoff of `make_plan`, with changes."""
    good: dict[str, Any] = {
        "title": title,
        "units": "",
        "start": date(2024, 1, 15),
        "end": date(2024, 9, 30),
        "description": "Ger bättre kvalitet.",
        "status": "Pågående enligt plan",
        "comment": "Arbetet pågår.",
    }
    written = {field: (good | cells).pop(field.value) for field in Field}
    own: dict[str, Any] = {name: value for name, value in cells.items() if name not in set(Field)}
    return FormRow(cells=written, **own)


T = TypeVar("T", Entry, Activity)


def with_changes(record: T, changes: Mapping[str, object]) -> T:
    """An entry or an activity with changes, of its own fields and of its values' alike."""
    names = {field.name for field in fields(Values)}
    values = {name: value for name, value in changes.items() if name in names}
    own = {name: value for name, value in changes.items() if name not in names}
    return replace(record, values=replace(record.values, **values), **own)  # type: ignore[arg-type]


def own_form(plan: Plan, unit: str, rows: Mapping[int, Sequence[FormRow]]) -> bytes:
    """A unit's own form, filled in by goal number."""
    return _form(plan, unit_form(plan, next(u for u in plan.units if u.name == unit)), rows)


def shared_form(plan: Plan, rows: Mapping[int, Sequence[FormRow]], department: int = 0) -> bytes:
    """A department's Gemensamt, filled in by goal number."""
    return _form(plan, common_form(plan, plan.departments[department]), rows)


def per_goal_form(plan: Plan, goal: Goal, rows: Sequence[FormRow]) -> bytes:
    """A goal's form for all units, filled in."""
    return _form(plan, goal_form(goal), {goal.number: rows})


def _form(plan: Plan, form: Form, rows: Mapping[int, Sequence[FormRow]]) -> bytes:
    return form_workbook(plan, form, rows)


def saved(data: bytes, moment: str) -> bytes:
    """The workbook as if last saved at an ISO moment."""
    return saved_at(data, datetime.fromisoformat(moment))


def make_round(folder: Path, plan: Plan, inbox: Mapping[str, bytes]) -> Path:
    """A round's folder with this plan and these files in its inbox, by relative name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.xlsx").write_bytes(as_workbook(plan))
    for name, data in inbox.items():
        path = folder / "inkorg" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def check(folder: Path, plan: Plan, inbox: Mapping[str, bytes]) -> CheckedRound:
    """What the program makes of a round with these files in its inbox."""
    return pipeline.check(make_round(folder, plan, inbox), plan)


def places(findings: Sequence[Finding], *, but: str = "") -> list[tuple[str, str, str, str]]:
    """Findings as (code, file, sheet, cell), '' for none, without codes that start with `but`."""
    return [
        (f.code, (f.file or "").removeprefix("inkorg/"), f.sheet or "", f.cell or "")
        for f in findings
        if not (but and f.code.startswith(but))
    ]
