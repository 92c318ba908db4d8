"""The unit rule in a sentence: how many units fulfil it, and what each of the others lacks."""

import pytest

from excel_uppsikt.model import Plan, RuleTerm
from excel_uppsikt.report.unit_rule import rule_sentence
from tests.small_rounds import HOMES, SICKNESS, YOUTH, make_plan

PLAN = make_plan(goals=(YOUTH, HOMES))
OWED = "kravet på minst två aktiviteter"


def plain(unit: str, have: int, minimum: int = 2) -> RuleTerm:
    """What a unit has of the plain minimum."""
    return RuleTerm(unit, None, have, have, minimum)


def sick(unit: str, have: int, minimum: int = 1) -> RuleTerm:
    """What a unit has for sickness absence."""
    return RuleTerm(unit, SICKNESS, have, have, minimum)


SICKNESS_OWED = "minst en{} för ”Sjukfrånvaron ska minska”"


@pytest.mark.parametrize(
    ("plan", "rule", "sentence"),
    [
        (PLAN, [plain("A", 2)], f"Enheten uppfyller {OWED}."),
        (PLAN, [plain("A", 2), plain("B", 3)], f"Alla två enheter uppfyller {OWED}."),
        (PLAN, [plain("A", 1)],
         f"Enheten uppfyller inte {OWED}. Det saknas aktiviteter hos A (en till)."),
        (PLAN, [plain("A", 0), plain("B", 1, 3), plain("C", 2)],
         f"En av de tre enheterna uppfyller {OWED} (tre för B). "
         "Det saknas aktiviteter hos A (ingen redovisning i rapporten) och B (två till)."),
        (PLAN, [plain("A", 0), plain("B", 0)],
         f"Ingen av de två enheterna uppfyller {OWED}. "
         "Det saknas aktiviteter hos A (ingen redovisning i rapporten) och B (ingen redovisning i "
         "rapporten)."),
        (make_plan(goals=(YOUTH,), minimum=1), [plain("A", 1, 1)],
         "Enheten uppfyller kravet på minst en aktivitet."),
        (make_plan(), [plain("A", 2), sick("A", 1)],
         f"Enheten uppfyller {OWED} och {SICKNESS_OWED.format(' därutöver')}."),
        (make_plan(mandatory_counts=True), [plain("A", 2), sick("A", 1)],
         f"Enheten uppfyller {OWED} och {SICKNESS_OWED.format('')}."),
        # One of two parts is lacking, the other, or both; what is there is not called nothing.
        (make_plan(), [plain("A", 2), sick("A", 0), plain("B", 1), sick("B", 1),
                       plain("C", 1), sick("C", 0), plain("D", 0), sick("D", 0)],
         f"Ingen av de fyra enheterna uppfyller {OWED} och {SICKNESS_OWED.format(' därutöver')}. "
         "Det saknas aktiviteter hos A (en för ”Sjukfrånvaron ska minska”), B (en till), C (en till och "
         "en för ”Sjukfrånvaron ska minska”) och D (ingen redovisning i rapporten)."),
        # A unit that owes nothing lacks nothing.
        (PLAN, [plain("A", 0, 0), plain("B", 2)],
         f"Alla två enheter uppfyller {OWED} (noll för A)."),
    ],
)  # fmt: skip
def test_the_rule_in_a_sentence(plan: Plan, rule: list[RuleTerm], sentence: str) -> None:
    assert rule_sentence(plan, rule) == sentence
