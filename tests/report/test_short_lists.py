"""A short list stays on one page: in the fixed texts, and in the letter those who get the decision."""

from pathlib import Path

from docx import Document

from excel_uppsikt.model import Recipient
from excel_uppsikt.rounds import steps
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
