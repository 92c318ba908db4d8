"""Rows as units report them, merged, and what is told of them."""

from datetime import date

from excel_uppsikt.compilation.merging import Merged
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.model import Entry, Field, Goal, Values
from tests.small_rounds import CARE, YOUTH, make_plan, places, with_changes

PLAN = make_plan()
COLUMNS: dict[str, int] = {field: at for at, field in enumerate(Field, 1)}


def entry(
    title: str = "Ordna lovaktiviteter",
    *,
    unit: str = "Hemtjänst",
    at: int = 5,
    goal: Goal = YOUTH,
    **changes: object,
) -> Entry:
    """A row of a unit's own form, with changes."""
    values: dict[Field, object] = {
        Field.TITLE: title,
        Field.START: changes.get("start", date(2024, 1, 15)),
        Field.END: changes.get("end", date(2024, 9, 30)),
        Field.DESCRIPTION: changes.get("description", "Ger bättre kvalitet."),
        Field.STATUS: changes.get("status", "Pågående enligt plan"),
        Field.COMMENT: changes.get("comment", "Arbetet pågår."),
    }
    made = Entry(
        values=Values(
            title=title,
            units=(unit,),
            whole=False,
            start=date(2024, 1, 15),
            end=date(2024, 9, 30),
            description="Ger bättre kvalitet.",
            status=PLAN.statuses[1],
            comment="Arbetet pågår.",
        ),
        file=f"inkorg/{unit}.xlsx",
        sheet=sheet_name(goal),
        row=at,
        goal=goal,
        department=CARE,
        raw={of: str(value) for of, value in values.items() if value},
        columns=COLUMNS,
    )
    if isinstance(changes.get("status"), str):
        changes["status"] = PLAN.status(str(changes["status"]))
    return with_changes(made, changes)


def titles(merged: Merged) -> list[str]:
    """The activities' titles in their order."""
    return [activity.values.title for activity in merged.activities]


def told(merged: Merged) -> list[tuple[str, str, str, str, str]]:
    """The findings as code, file, sheet, cell and what was written."""
    return [
        (code, file, sheet, cell, finding.value or "")
        for finding, (code, file, sheet, cell) in zip(
            merged.findings, places(merged.findings), strict=True
        )
    ]
