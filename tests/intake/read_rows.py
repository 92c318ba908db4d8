"""Forms with the rows given, read, and what was found in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Activity, Department, Plan, Unit
from excel_uppsikt.rounds.results import CheckedRound
from tests.small_rounds import CARE, YOUTH, check, make_plan, own_form, per_goal_form, places, row

SHEET = sheet_name(YOUTH)
FIRST_ROW = 5
PLAN = make_plan(goals=(YOUTH,))
SCHOOL = "Skola"
TWO_DEPARTMENTS = make_plan(
    goals=(YOUTH,),
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", "Bemanning", Unit("Förskolan", SCHOOL)),
)
Cells = Mapping[str, object]
# A row's cells that differ from a good one, and the findings as (code, column).
Table = Sequence[tuple[Cells, Sequence[tuple[str, str]]]]


def own(folder: Path, rows: Sequence[FormRow], plan: Plan = PLAN) -> CheckedRound:
    """What is made of Hemtjänst's form with these rows."""
    return check(folder, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: rows})})


def per_goal(folder: Path, rows: Sequence[FormRow], plan: Plan = PLAN) -> CheckedRound:
    """What is made of a form for all units with these rows."""
    return check(folder, plan, {"Mål 2.xlsx": per_goal_form(plan, YOUTH, rows)})


def faults(checked: CheckedRound) -> list[tuple[str, str]]:
    """The findings of the one sheet as (code, cell), without the unit rule's."""
    found = places(checked.findings, but="U")
    assert {sheet for _, _, sheet, _ in found} <= {SHEET}
    return [(code, cell) for code, _, _, cell in found]


def numbered(table: Table) -> tuple[list[FormRow], list[tuple[str, str]]]:
    """The table's rows, each with a title of its own, and the findings with their cells."""
    rows = [
        row(**{"title": f"Nr {at} {'abcdefghij'[at % 10] * 9}", **c})
        for at, (c, _) in enumerate(table)
    ]
    found = [
        (code, f"{column}{at}")
        for at, (_, expected) in enumerate(table, FIRST_ROW)
        for code, column in expected
    ]
    return rows, found


def by_row(checked: CheckedRound) -> list[Activity]:
    """The activities in the order of the rows they stand in."""
    return sorted(checked.activities, key=lambda activity: activity.sources[0].row or 0)
