"""The fixed texts of a new plan say nothing that the figures beside them speak against."""

import io
from collections.abc import Sequence
from dataclasses import replace

import docx
import pytest

from excel_uppsikt.model import Activity, Layout, Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import COMPLETED_PROPOSAL, INTRODUCTION, RULE
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity, lines
from tests.small_rounds import HOMES, YOUTH, make_plan

GOAL = "Fullmäktiges mål för god ekonomisk hushållning kan vara obligatoriska för varje enhet."
SICK = f"{GOAL} För 2024 gäller det ”Sjukfrånvaron ska minska”."
NONE = f"{GOAL} För 2024 gäller det inget mål."
MORE = "aktiviteter för de politiska målen från varje enhet, och större enheter väntas göra mer."
FREE = make_plan(goals=(YOUTH, HOMES))
TABLE = (
    "Tabellen visar kravet på varje enhet, och enhetens egna aktiviteter och verksamhetens gemensamma "
    "var för sig."
)
LEAST = (
    "Varje enhet ska ha minst två aktiviteter för de politiska målen, om inget annat är bestämt för "
    "enheten."
)
MANDATORY = "Obligatoriska mål, som varje enhet ska ha aktiviteter för: ”Sjukfrånvaron ska minska”."


def filled(plan: Plan, section: str) -> list[str]:
    return texts.fill(plan, texts.section(plan, section).text).split("\n")


@pytest.mark.parametrize(
    ("plan", "introduced", "rule"),
    [
        (
            make_plan(),
            f"{SICK} Kravet är dessutom minst två {MORE}",
            f"{LEAST} {MANDATORY} {TABLE}",
        ),
        (
            make_plan(mandatory_counts=True),
            f"{SICK} Kravet är minst två {MORE}",
            f"{LEAST} {MANDATORY} {TABLE}",
        ),
        (FREE, f"{NONE} Kravet är minst två {MORE}", f"{LEAST} {TABLE}"),
        (make_plan(minimum=0), SICK, f"{MANDATORY} {TABLE}"),
        (make_plan(goals=(YOUTH,), minimum=0), NONE, TABLE),
    ],
)
def test_what_is_asked_of_the_units_is_said_as_the_plan_asks_it(
    plan: Plan, introduced: str, rule: str
) -> None:
    """Neither that they have done it, nor that they are to do none."""
    first, *more = filled(plan, INTRODUCTION)
    assert more[-1] == introduced
    assert filled(plan, RULE) == [rule]
    assert first.endswith(
        "Den görs för utskottet, som enligt sin uppsiktsplan följer verksamheten under året. "
        "Redovisningen visar läget den 30 april 2024, om inget annat står vid aktiviteten."
    )
    assert "Alla enheter ska bidra till målen." in more[-2]


def test_a_completed_report_is_proposed_without_a_word_of_what_has_come() -> None:
    assert filled(FREE, COMPLETED_PROPOSAL)[0] == (
        "Förvaltningen föreslår att utskottet godkänner rapporten."
    )


def test_a_sentence_of_the_coordinators_own_stays_as_it_is() -> None:
    own = "Minst {minsta antal} aktiviteter. Obligatoriskt: {obligatoriska mål}."
    plan = make_plan(goals=(YOUTH,), minimum=0)
    assert texts.fill(plan, own) == "Minst noll aktiviteter. Obligatoriskt: inget mål."


CAMP = activity("Läger", id="2-aaaaa")
CARRIED = replace(CAMP, last_reported="T1")


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize(
    ("activities", "there"),
    [([CAMP], True), ([CARRIED, CAMP], True), ([CARRIED], False), ([], False)],
)
def test_the_cover_tells_a_day_only_of_what_has_been_reported(
    activities: Sequence[Activity], there: bool, layout: Layout
) -> None:
    plan = make_plan(layout=layout)
    data = make_report(plan, plan.departments[0], Account(activities), template=TEMPLATE).data
    facts = [text for style, text in lines(docx.Document(io.BytesIO(data))) if "uppgift" in style]
    assert ("Läget per\t30 april 2024" in facts) is there
    assert facts[0] == "Utskott\tutskottet"
