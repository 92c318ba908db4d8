"""Forms checked by frictionless, with a schema and constraints that ask for what the form's own rules ask.

A resource for each goal's sheet of each workbook, as its users set it up: kinds of cells, required ones,
statuses, the dates that the plan allows, and what holds between a row's cells. What the program looks for in
the texts is left out.
"""

from pathlib import Path
from typing import Any

import pandas as pd
from frictionless import Checklist, Detector, Dialect, Resource, Schema, checks, fields, formats

from benchmarks.reading import ROWS
from excel_uppsikt.checks.dates import dates_agree_with_status
from excel_uppsikt.checks.rows import comment_given, dates_allowed, in_time_order, required_given
from excel_uppsikt.form.definition import COLUMNS, required_fields
from excel_uppsikt.form.row_formulas import HEADER_ROW
from excel_uppsikt.intake.inbox import collect
from excel_uppsikt.model import Field, FormKind, Plan, Stage
from excel_uppsikt.round_paths import INBOX

_DATES = (Field.START, Field.END)
_RULES = (required_given, in_time_order, dates_allowed, comment_given, dates_agree_with_status)


def by_frictionless(plan: Plan, folder: Path, faults: int) -> int:
    """How many rows frictionless reads in the goals' sheets of a round's inbox.

    Raises `AssertionError` where it has not read every row, or does not find so many faults as there are.
    """
    rows = found = 0
    for path in sorted((folder / INBOX).resolve().iterdir()):
        for name in pd.ExcelFile(path, engine="openpyxl").sheet_names:
            if str(name)[:1].isdigit():
                report = _resource(plan, path, str(name)).validate(_rules(plan))
                assert not report.errors, report.to_summary()
                rows += sum(task.stats["rows"] for task in report.tasks)
                found += sum(task.stats["errors"] for task in report.tasks)
    assert (rows, found) == (ROWS * len(plan.units), faults)
    return rows


def faults_by_program(plan: Plan, folder: Path) -> int:
    """How many faults the program's rules about cells, dates and statuses find in the inbox."""
    entries = collect(folder, plan).collection.entries
    return sum(len(list(check(plan, entry))) for check in _RULES for entry in entries)


def _resource(plan: Plan, path: Path, sheet: str) -> Resource:
    return Resource(
        # A path of its own that begins at the root is refused before anything is read.
        path=path.name,
        basepath=str(path.parent),
        dialect=Dialect(
            header_rows=[HEADER_ROW + 1],
            controls=[formats.ExcelControl(sheet=sheet)],
            skip_blank_rows=True,
        ),
        schema=_schema(plan),
        # The columns that are the program's own are passed over.
        detector=Detector(schema_sync=True),
    )


def _schema(plan: Plan) -> Schema:
    settings = plan.settings
    made = []
    for column in COLUMNS:
        limits: dict[str, Any] = {"required": column.field in required_fields(FormKind.UNIT)}
        if column.field is Field.STATUS:
            limits["enum"] = [status.name for status in plan.statuses]
        if column.field in _DATES:
            limits |= {"minimum": settings.first_date, "maximum": settings.last_date}
            made.append(fields.DateField(name=column.header, format="any", constraints=limits))
        else:
            made.append(fields.StringField(name=column.header, constraints=limits))
    return Schema(fields=made)


def _rules(plan: Plan) -> Checklist:
    """What holds between a row's cells: dates in order, a comment where it is asked for, dates by status."""
    asking = [status.name for status in plan.statuses if status.needs_comment]
    day = plan.settings.cutoff
    formulas = [
        "not Startdatum or not Slutdatum or Slutdatum >= Startdatum",
        f"Status not in {asking} or Kommentar",
        f"Status not in {_names(plan, Stage.NOT_STARTED)} or str(Startdatum) >= '{day}'",
        f"Status not in {_names(plan, Stage.ONGOING)} or str(Slutdatum) >= '{day}'",
        f"Status not in {_names(plan, Stage.ONGOING, True)} or str(Startdatum) <= '{day}'",
        f"Status not in {_names(plan, Stage.FINISHED)} or str(Slutdatum) <= '{day}'",
    ]
    return Checklist(checks=[checks.row_constraint(formula=formula) for formula in formulas])


def _names(plan: Plan, stage: Stage, deviation: bool = False) -> list[str]:
    return [
        one.name for one in plan.statuses if one.stage is stage and (deviation or not one.deviation)
    ]
