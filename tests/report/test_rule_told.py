"""The unit rule in the report's words: each unit's own minimum, and no more than is known of who has none."""

from dataclasses import replace

import pytest

from excel_uppsikt.model import RuleTerm
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import INTRODUCTION
from excel_uppsikt.report.unit_rule import rule_sentence
from tests.small_rounds import HOMES, SICKNESS, YOUTH, make_plan

PLAN = make_plan()


def terms(unit: str, have: int, minimum: int, sickness: int = 1) -> list[RuleTerm]:
    """A unit's account of the rule."""
    return [
        RuleTerm(unit, None, have=have, own=have, minimum=minimum),
        RuleTerm(unit, SICKNESS, have=sickness, own=sickness, minimum=1),
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            [*terms("Hemtjänst", 5, 4), *terms("Bemanning", 2, 2), *terms("Teknik", 2, 0)],
            "Alla tre enheter uppfyller kravet på minst två aktiviteter (noll för Teknik och fyra för "
            "Hemtjänst) och minst en därutöver för ”Sjukfrånvaron ska minska”.",
        ),
        (
            [*terms("Hemtjänst", 1, 1), *terms("Bemanning", 1, 1)],
            "Alla två enheter uppfyller kravet på minst en aktivitet och minst en därutöver för "
            "”Sjukfrånvaron ska minska”.",
        ),
    ],
)
def test_a_unit_of_another_minimum_is_held_to_its_own(rule: list[RuleTerm], words: str) -> None:
    """Else the sentence speaks against the appendix, which tells of each unit's own."""
    assert rule_sentence(PLAN, rule) == words


def test_a_goal_that_asks_for_more_than_one_says_so() -> None:
    """The goals that ask for as many are told together."""
    goals = (replace(YOUTH, minimum=2), replace(HOMES, minimum=1), SICKNESS)
    plan = make_plan(goals=goals)
    rule = [RuleTerm("Hemtjänst", None, have=2, own=2, minimum=2)]
    assert rule_sentence(plan, rule) == (
        "Enheten uppfyller kravet på minst två aktiviteter, minst en därutöver för vart och ett av målen "
        "”Sjukfrånvaron ska minska” och ”Ånge ska ha ett positivt flyttnetto” och minst två därutöver för "
        "”Kommunens ungdomar ska känna ökad trygghet”."
    )


@pytest.mark.parametrize(
    ("previous", "words"),
    [("", "ingen redovisning i rapporten"), ("../t1/s.xlsx", "ingen ny redovisning i rapporten")],
)
def test_a_unit_without_any_is_not_said_to_have_reported_nothing(previous: str, words: str) -> None:
    """It may have: a file that the coordinator has set aside, or that cannot be read."""
    plan = make_plan(previous=previous)
    told = rule_sentence(plan, [*terms("Hemtjänst", 0, 2, 0), *terms("Bemanning", 2, 2)])
    assert told.endswith(f"Det saknas aktiviteter hos Hemtjänst ({words}).")


def test_a_plan_without_mandatory_goals_has_whole_sentences() -> None:
    """The introduction's sentence about them is no torso."""
    plan = make_plan(goals=(YOUTH, HOMES))
    text = texts.fill(plan, texts.section(plan, INTRODUCTION).text)
    assert "För 2024 gäller det inget mål. Kravet är" in text
    assert "Redovisningen visar läget den 30 april 2024, om inget annat står vid" in text
