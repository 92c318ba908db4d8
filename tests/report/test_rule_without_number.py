"""The unit rule of a plan that asks for activities toward goals, and for no number of them."""

import io

import docx

from excel_uppsikt.model import RuleTerm
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.unit_rule import rule_sentence
from tests.report.test_document import TEMPLATE, activity, lines
from tests.small_rounds import SICKNESS, make_plan

CAMP = activity("Läger", id="2-aaaaa")


def term(unit: str, have: int, minimum: int = 0) -> RuleTerm:
    return RuleTerm(unit, None, have=have, own=have, minimum=minimum)


def sick(unit: str, have: int) -> RuleTerm:
    return RuleTerm(unit, SICKNESS, have=have, own=have, minimum=1)


def test_where_only_goals_ask_for_activities_no_number_is_told() -> None:
    plan = make_plan(minimum=0)
    rule = [term("A", 0), sick("A", 1), term("B", 0), sick("B", 1)]
    sentence = (
        "Alla två enheter uppfyller kravet på minst en aktivitet för ”Sjukfrånvaron ska minska”."
    )
    assert rule_sentence(plan, rule) == sentence
    data = make_report(plan, plan.departments[0], Account([CAMP], None, rule), template=TEMPLATE)
    words = [text for _, text in lines(docx.Document(io.BytesIO(data.data)))]
    cells = [text for text in words if text.startswith("Minst ")]
    assert cells == ["Minst en för ”Sjukfrånvaron ska minska”"] * 2
    assert not any("noll" in text for text in words)


def test_a_unit_that_owes_nothing_takes_no_row_away_from_the_others() -> None:
    """What each of them has of what it owes stands in the appendix, as in the summary."""
    plan, rule = make_plan(), [term("A", 1), term("B", 1, 2), sick("B", 1), term("C", 2, 2)]
    data = make_report(plan, plan.departments[0], Account([CAMP], None, rule), template=TEMPLATE)
    words = [text for _, text in lines(docx.Document(io.BytesIO(data.data)))]
    at = words.index("Enhet")
    assert words[at - 1 : at + 25] == [
        "Aktiviteter som gäller hela verksamheten räknas inte för den enskilda enheten. Två av de tre "
        "enheterna uppfyller kravet på minst två aktiviteter (noll för A) och minst en därutöver för "
        "”Sjukfrånvaron ska minska”. Det saknas aktiviteter hos B (en till).",
        "Enhet", "Krav", "Egna", "Gemensamma", "Uppfyllt",
        "A", "Minst noll aktiviteter", "1", "0", "✔ Ja",
        "B", "Minst två aktiviteter", "1", "0", "✘ Nej, en saknas",
        "", "Minst en för ”Sjukfrånvaron ska minska”", "1", "0", "✔ Ja",
        "C", "Minst två aktiviteter", "2", "0", "✔ Ja",
    ]  # fmt: skip
