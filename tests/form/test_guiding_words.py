"""What a goal's sheet says above the table agrees in number with what the plan asks."""

from dataclasses import replace

import pytest

from excel_uppsikt.form.definition import goal_form, unit_form
from excel_uppsikt.form.guidance import guidance
from tests.small_rounds import SICKNESS, make_plan


@pytest.mark.parametrize(
    ("minimum", "words"),
    [
        (1, "Varje enhet ska ha minst en aktivitet för det här målet."),
        (2, "Varje enhet ska ha minst två aktiviteter för det här målet."),
        (13, "Varje enhet ska ha minst 13 aktiviteter för det här målet."),
    ],
)
def test_what_a_goal_asks_of_each_unit_is_in_its_number(minimum: int, words: str) -> None:
    goal = replace(SICKNESS, minimum=minimum)
    plan = make_plan(goals=(goal,))
    for form in (unit_form(plan, plan.units[0]), goal_form(goal)):
        assert guidance(goal, form, filled=False).startswith(f"En rad per aktivitet. {words} ")
