"""A row whose unit nobody knows is not called the whole department's, in the report or in what was asked."""

from pathlib import Path

import pytest

from excel_uppsikt.model import Layout
from excel_uppsikt.rounds import steps
from tests.compilation.edited_rounds import add
from tests.rounds.completed_rounds import DAY, decide, merge, paragraphs
from tests.rounds.sent_back_rounds import COMPLETED, SENT_BACK
from tests.small_rounds import CARE, YOUTH, make_plan, make_round, own_form, row, shared_form

OWN, COMMON = "Kolonin", "Lägret"
CELLS = {
    "Verksamhet": CARE,
    "Mål": YOUTH.text,
    "Aktivitet": OWN,
    "Enheter": "Hemvården",
    "Startdatum": "2024-01-15",
    "Slutdatum": "2024-09-30",
    "Status": "Pågående enligt plan",
    "Kommentar": "På gång.",
    "Ta med": "ja",
    "Komplettera": "Vem gör det?",
}


@pytest.mark.parametrize("layout", Layout)
def test_a_row_without_a_known_unit_says_so(tmp_path: Path, layout: Layout) -> None:
    plan = make_plan(goals=(YOUTH,), layout=layout)
    inbox = {
        "H.xlsx": own_form(plan, "Hemtjänst", {2: [row("Café")]}),
        "Gemensamt.xlsx": shared_form(plan, {2: [row(COMMON)]}),
    }
    make_round(tmp_path, plan, inbox)
    merge(tmp_path)
    add(tmp_path, CELLS)
    decide(tmp_path, SENT_BACK)
    merge(tmp_path)
    list(steps.report(tmp_path, today=DAY))
    said = paragraphs(tmp_path / "ut/rapporter" / COMPLETED)
    assert f"{OWN} (utan enhet)" in said
    last = len(said) - 1 - said[::-1].index(OWN)
    assert "Enhet saknas" in said[last : said.index("På gång.")]
    assert said.count("Enhet saknas") == 1
