"""A round whose plan asks the units for nothing has nothing of a rule in its report and its letter."""

from pathlib import Path

from excel_uppsikt.model import Unit
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds import steps
from tests.rounds.completed_rounds import DAY, merge, paragraphs
from tests.small_rounds import CARE, YOUTH, make_plan, make_round, own_form, row

RULE = ("Krav", "krav", "Aktiviteter per enhet", "noll")


def told(folder: Path) -> list[str]:
    """What report and letter say of the rule."""
    merge(folder)
    list(steps.report(folder, today=DAY))
    names = ("rapporter/Uppsiktsrapport", "tjansteskrivelser/Tjänsteskrivelse")
    pages = [paragraphs(folder / f"ut/{name} {CARE} 2024 T1.docx") for name in names]
    return [text for page in pages for text in page if any(word in text for word in RULE)]


def test_a_rule_that_asks_for_nothing_is_not_told_to_be_fulfilled(tmp_path: Path) -> None:
    plan = make_plan(goals=(YOUTH,), minimum=0)
    make_round(tmp_path, plan, {"H.xlsx": own_form(plan, "Hemtjänst", {2: [row()]})})
    assert told(tmp_path) == []
    asked = (Unit("Hemtjänst", CARE, minimum=1), Unit("Bemanning", CARE))
    (tmp_path / "plan.xlsx").write_bytes(
        as_workbook(make_plan(goals=(YOUTH,), minimum=0, units=asked))
    )
    sentence = "Alla två enheter uppfyller kravet på minst noll aktiviteter (en för Hemtjänst)."
    assert any(text.startswith(sentence) for text in told(tmp_path))
