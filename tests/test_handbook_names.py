"""The sheets, pages and buttons that the handbook names are called so."""

import re
from pathlib import Path

import excel_uppsikt
from excel_uppsikt.compilation import definition as compilation
from excel_uppsikt.form import definition as form
from excel_uppsikt.plan import definition as plan
from excel_uppsikt.web import words
from tests.test_handbook import TEXTS

TEMPLATES = Path(excel_uppsikt.__file__).parent / "web/templates"
SCREENS = " ".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
OF_ALL = {"Omgångar", "Jämförelse"}


def sheets() -> set[str]:
    """What the sheets of the program's workbooks are called."""
    modules = (form, plan, compilation)
    return {v for m in modules for v in vars(m).values() if isinstance(v, str)} | {
        sheet.name for sheet in plan.SHEETS
    }


def test_the_sheets_that_are_named_are_there() -> None:
    told = {name for text in TEXTS.values() for name in re.findall(r"bladet \*([^*]+)\*", text)}
    assert told >= {"Att åtgärda", "Inlämningar", "Beslut", "Läs mig"}
    assert told <= sheets()


def test_every_page_of_a_round_is_told_of() -> None:
    told = set(re.findall(r"[Ss]idan \*([^*]+)\*", TEXTS["samordnaren.md"]))
    assert told == {name for end, name, _ in words.STEPS if end} | OF_ALL


def test_the_buttons_that_are_named_are_there() -> None:
    told = set(
        re.findall(r"\*((?:Gör|Mejla|Spara|Hämta|Ändra|Se vad)[^*]*)\*", TEXTS["samordnaren.md"])
    )
    assert told >= {"Gör formulären", "Mejla kompletteringarna", "Spara historiken"}
    # What is told of which they are, and where there is one already, comes after the words.
    assert {name for name in told if not re.search(rf"[>\"]{name}", SCREENS)} == set()
