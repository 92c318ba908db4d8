"""The first sentences of summary and letter: what is reported, and what stands there from before."""

from dataclasses import replace
from datetime import date

import pytest

from excel_uppsikt.model import Activity, Outcome, Plan, Ruling
from excel_uppsikt.report.account import Account, SentBack
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.report.summary import overview
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan

PLAN = make_plan(goals=(YOUTH, HOMES))
REPORTED = "Social verksamhet redovisar 1 aktivitet för 1 av kommunens 2 mål."
WHEN = " Läget är det som gällde den 30 april 2024."
ENDS = "”Senast redovisat T3 2023”, och ingår inte i siffrorna."


def told(account: Account, plan: Plan = PLAN) -> str:
    return overview(Manuscript(plan, plan.departments[0], TEMPLATE), account)


def carried(number: int, *units: str, whole: bool = False) -> Activity:
    made = activity("B", units=units, whole=whole, last_reported="T3 2023")
    return replace(made, id=f"2-{number}")


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ([activity("A")], REPORTED + WHEN),
        ([], "Social verksamhet redovisar inga aktiviteter."),
        (
            [activity("A"), carried(1, "Hemtjänst")],
            f"{REPORTED}{WHEN} Ytterligare en aktivitet, för Hemtjänst, har inte redovisats den här "
            f"gången. Den står kvar i rapporten, märkt {ENDS}",
        ),
        (
            [carried(1, "Bemanning", "Hemtjänst"), carried(2, whole=True)],
            "Social verksamhet redovisar inga aktiviteter. Två aktiviteter, för Hemtjänst, Bemanning "
            "och hela verksamheten, har inte redovisats den här gången. De står kvar i rapporten, "
            f"märkta {ENDS}",
        ),
    ],
)
def test_it_counts_what_is_reported_and_tells_the_rest_apart(
    account: list[Activity], words: str
) -> None:
    assert told(Account(account)) == words


def test_the_day_of_the_state_is_told_only_where_there_is_one() -> None:
    """And that what has been completed may be of a later day."""
    ruling = Ruling(CARE, Outcome.SENT_BACK, date(2024, 6, 4))
    for marks, later in (
        ({"2-a": "Kompletterad"}, " Det som har kompletterats kan vara nyare."),
        ({}, ""),
    ):
        account = Account([activity("A")], sent_back=SentBack(ruling, marks=marks))
        assert told(account) == REPORTED + WHEN + later
        assert told(account, make_plan(goals=(YOUTH, HOMES), cutoff=None)) == REPORTED
