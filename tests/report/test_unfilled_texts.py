"""Words left to fill in in the plan's fixed texts: told are those that the report has, and no others."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from excel_uppsikt.model import Compilation, Line, Outcome, RuleTerm, Ruling
from excel_uppsikt.plan.default_texts import (
    ALL_GOALS,
    BOARD_PROPOSAL,
    COMPLETED_PROPOSAL,
    DELIMITATION,
    IDLE_GOALS,
    INTRODUCTION,
    PROPOSAL,
    REPORTING,
    RULE,
    SUMMARY,
)
from excel_uppsikt.report.account import Account, SentBack
from excel_uppsikt.report.document import make_report, unfilled_texts
from excel_uppsikt.report.unfinished import left_in_report
from excel_uppsikt.word.left_over import LeftOver, words_left
from tests.report.test_document import BARE, TEMPLATE, activity
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan

ALWAYS = [INTRODUCTION, REPORTING, DELIMITATION, ALL_GOALS]
EVERY = [*ALWAYS, SUMMARY, PROPOSAL, COMPLETED_PROPOSAL, BOARD_PROPOSAL, RULE, IDLE_GOALS]
ASKING = [RuleTerm("Hemtjänst", None, 2, 2, 2)]
SENT_BACK = SentBack(Ruling(CARE, Outcome.SENT_BACK, date(2024, 6, 4)))
ALL_PARTS = dict.fromkeys(BARE, True)

ONE = Account([activity("A")], rule=ASKING)


def mark(section: str) -> str:
    """A word of each section's own that no plan gives anything for."""
    return f"{{ord i {section}}}"


@pytest.mark.parametrize(
    ("parts", "account", "more"),
    [
        (BARE, ONE, []),
        ({**BARE, "with_summary": True}, ONE, [SUMMARY]),
        ({**BARE, "with_proposal": True}, ONE, [PROPOSAL]),
        ({**BARE, "with_rule": True}, ONE, [RULE]),
        ({**BARE, "with_idle_goals": True}, ONE, [IDLE_GOALS]),
        (ALL_PARTS, ONE, [SUMMARY, PROPOSAL, RULE, IDLE_GOALS]),
        # Nothing is asked of the units, and every goal is worked toward.
        (ALL_PARTS, replace(ONE, rule=()), [SUMMARY, PROPOSAL, IDLE_GOALS]),
        (
            ALL_PARTS,
            Account([activity(g.text, g, id=f"{g.number}-a") for g in (SICKNESS, YOUTH, HOMES)]),
            [SUMMARY, PROPOSAL],
        ),
        # What is proposed after it was sent back, and to the board.
        (
            ALL_PARTS,
            replace(ONE, sent_back=SENT_BACK),
            [SUMMARY, COMPLETED_PROPOSAL, RULE, IDLE_GOALS],
        ),
        (ALL_PARTS, replace(ONE, to_board=True), [SUMMARY, BOARD_PROPOSAL, RULE, IDLE_GOALS]),
    ],
)
def test_those_of_the_sections_that_the_report_has(
    parts: dict[str, Any], account: Account, more: list[str]
) -> None:
    texts = [(name, name, f"Se {mark(name)}.") for name in EVERY]
    plan = make_plan(texts=texts, **parts)
    department = plan.departments[0]
    made = make_report(plan, department, account, template=TEMPLATE).data
    expected = [mark(name) for name in (*ALWAYS, *more)]
    assert sorted(one.text for one in words_left(made)) == sorted(expected)
    assert unfilled_texts(plan, department, account) == tuple(expected)


@pytest.mark.parametrize(
    ("account", "section"),
    [
        (ONE, PROPOSAL),
        (replace(ONE, sent_back=SENT_BACK), COMPLETED_PROPOSAL),
        (replace(ONE, to_board=True), BOARD_PROPOSAL),
    ],
)
def test_a_proposals_word_stops_the_report_though_a_unit_writes_the_same(
    account: Account, section: str
) -> None:
    """The unit's word is its own, and alone it stops nothing; the proposal's is still left."""
    written = activity("Se {dnr}")
    told = replace(account, activities=[written])
    compilation = Compilation((Line(written, None),))
    for of, expected in (
        (section, [LeftOver("{dnr}", "i stycket ”Se {dnr}”")]),
        (SUMMARY, []),
    ):
        plan = make_plan(texts=[(of, of, "Se {dnr}")], **{**BARE, "with_proposal": True})
        department = plan.departments[0]
        made = make_report(plan, department, told, template=TEMPLATE).data
        found = left_in_report(made, plan, department, compilation, template=TEMPLATE, account=told)
        assert [one for one in found if one.text == "{dnr}"] == expected
        assert "{dnr}" in [one.text for one in words_left(made)]
