"""What is to be completed: who is asked, and what is written that nobody can be asked."""

from datetime import date

import pytest

from excel_uppsikt.compilation.completions import Asked, AskedOfAll, asked_of_all, due
from excel_uppsikt.model import (
    Activity,
    Choice,
    Compilation,
    DecisionRow,
    Decisions,
    Department,
    Line,
    Outcome,
    Question,
    Ruling,
    Unit,
)
from tests.report.test_document import activity
from tests.small_rounds import CARE, make_plan

SCHOOL, TECH, COMMON = "Skola", "Teknik", f"Gemensamt {CARE}"
PLAN = make_plan(
    units=("Hemtjänst", "Bemanning", Unit("Åsens skola", SCHOOL), Unit("Gata", TECH)),
    departments=(Department(CARE), Department(SCHOOL), Department(TECH)),
)
DAY = date(2024, 6, 4)
DECISIONS = Decisions((
    DecisionRow(0, {}, CARE, Outcome.SENT_BACK, DAY, "§ 45", "Hur går det?", (COMMON,)),
    DecisionRow(1, {}, TECH, Outcome.APPROVED, DAY),
))  # fmt: skip


def marked(one: Activity, asked: str = "Mer.") -> Line:
    return Line(one, one, Choice(completion=asked))


def test_who_is_asked_what_and_what_nobody_is_asked() -> None:
    """By the row's units where its report is sent back; what an approved one was asked is history."""
    shared, plain = activity("A"), activity("B", units=("Hemtjänst",))
    whole = activity("C", units=(), whole=True)
    homeless = activity("D", units=(), department=None)
    school = activity("E", units=("Åsens skola",), department=SCHOOL)
    tech = activity("F", units=("Gata",), department=TECH)
    lines = (
        *(marked(shared), marked(plain, ""), marked(whole, "Allt.")),
        *map(marked, (homeless, school, tech)),
    )
    question = Question(COMMON, "Hur går det?")
    ruling = Ruling(CARE, Outcome.SENT_BACK, DAY, "§ 45", "", (question,))
    asked = asked_of_all(PLAN, Compilation(lines, decisions=DECISIONS))
    assert asked == AskedOfAll(
        {
            "Hemtjänst": Asked("Hemtjänst", ruling, ((shared, "Mer."),)),
            "Bemanning": Asked("Bemanning", ruling, ((shared, "Mer."),)),
            COMMON: Asked(COMMON, ruling, ((whole, "Allt."),), ("Hur går det?",)),
        },
        undecided=(SCHOOL,),
        homeless=(homeless,),
    )
    assert list(asked.by_owner) == ["Hemtjänst", "Bemanning", COMMON]


@pytest.mark.parametrize(
    ("day", "decided", "expected"),
    [
        (date(2024, 6, 20), DAY, date(2024, 6, 20)),
        (DAY, DAY, DAY),
        (date(2024, 6, 3), DAY, None),
        (date(2024, 6, 3), None, date(2024, 6, 3)),
        (None, DAY, None),
    ],
)
def test_the_last_day_is_none_before_the_decision(
    day: date | None, decided: date | None, expected: date | None
) -> None:
    plan = make_plan(deadline=day)
    assert due(plan, Ruling(CARE, Outcome.SENT_BACK, decided)) == expected
