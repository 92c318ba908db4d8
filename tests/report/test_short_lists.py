"""A short list stays on one page: in the fixed texts, and in the letter those who get the decision."""

from pathlib import Path

import pytest
from docx import Document

from excel_uppsikt.model import Recipient
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.rounds import steps
from tests.report.test_document import TEMPLATE
from tests.small_rounds import CARE, YOUTH, make_plan, make_round, own_form, row

TEXT = """Två vägar finns:
- Den ena.
- Den andra.
Sedan kommer en lång lista
- A
- B
- C
- D
- E"""


def kept(path: Path) -> dict[str, bool]:
    """By text whether a paragraph is kept with the next by itself."""
    return {p.text: bool(p.paragraph_format.keep_with_next) for p in Document(str(path)).paragraphs}


def test_short_lists_are_kept_together_with_what_leads_up_to_them(tmp_path: Path) -> None:
    plan = make_plan(
        units=("Hemtjänst",),
        texts=[("Rapportering", "Rapportering", TEXT), ("Inledning", "Inledning", "Kort.")],
        recipients=[
            Recipient(CARE, name, "a@exempel.se") for name in ("Ordföranden", "Sekreteraren")
        ],
    )
    inbox = {"h.xlsx": own_form(plan, "Hemtjänst", {YOUTH.number: [row("Läxhjälp")]})}
    list(steps.run(make_round(tmp_path, plan, inbox)))
    (report,) = (tmp_path / "ut/rapporter").iterdir()
    lines = [line.removeprefix("- ") for line in TEXT.split("\n")]
    found = kept(report)
    assert [found[line] for line in lines] == [True, True, False, *[False] * 6]
    (letter,) = (tmp_path / "ut/tjansteskrivelser").iterdir()
    found = kept(letter)
    assert [found[name] for name in ("Ordföranden", "Sekreteraren", CARE)] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One alone is as short as a list can be, whether another comes after it or nothing.
        ("Så här:\n- A", "10"),
        ("Så här:\n- A\nMellan.\n- B\n- C\nSist.", "100100"),
        ("Så här:\n- A\n- B\n- C\n- D", "11110"),
        ("Så här:\n- A\n- B\n- C\n- D\n- E", "000000"),
        # What does not lead up to it goes its own way.
        ("Så är det.\n- A\n- B", "010"),
        ("- A\n- B\nSist:", "100"),
    ],
)
def test_of_a_short_list_all_but_the_last_are_kept_with_the_next(text: str, expected: str) -> None:
    plan = make_plan()
    script = Manuscript(plan, plan.departments[0], TEMPLATE)
    found = "".join(str(int("<w:keepNext" in line)) for line in script.prose(text))
    assert found == expected
    led = "".join(str(int("<w:keepNext" in line)) for line in script.prose(text, lead=True))
    assert led == (expected[:-1] + "1")
