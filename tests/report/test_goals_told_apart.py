"""Goals that begin alike are told apart in the summary, also where only beginnings have room."""

import io
from dataclasses import replace

import docx

from excel_uppsikt.figures import TOTAL
from excel_uppsikt.model import Goal
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import HOMES, STATUSES, make_plan

GOALS = (
    Goal(
        1,
        "Skapa ett ökat utbud av aktiviteter för alla, genom avtalssamverkan med föreningar.",
        "A",
    ),
    Goal(2, "Skapa ett ökat utbud av aktiviteter för äldre i våra verksamheter.", "A"),
    Goal(3, "Andelen anställda som nyttjar kommunens friskvårdsbidrag ska öka.", "A"),
)


def test_no_two_goals_are_called_the_same() -> None:
    """So many deviations that the page has room for no more than one line a goal."""
    plan = make_plan(goals=GOALS)
    late = {"status": STATUSES[4], "comment": "Det tog längre tid än planerat. " * 4}
    activities = [
        activity(
            f"Insats {at}", replace(HOMES, number=goal.number, text=goal.text), id=f"{at}", **late
        )
        for at, goal in enumerate(GOALS * 9)
    ]
    made = make_report(plan, plan.departments[0], Account(activities, None, ()), template=TEMPLATE)
    tables = docx.Document(io.BytesIO(made.data)).tables
    names = [row.cells[0].text for row in tables[0].rows]
    assert names == [
        "Mål",
        "Skapa ett … för alla, genom avtalssamverkan …",
        "Skapa ett … för äldre i våra verksamheter.",
        "Andelen anställda som nyttjar kommunens …",
        TOTAL,
    ]
