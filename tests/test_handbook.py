"""The handbook tells the truth about commands, options, files and codes, and names them all."""

import re
from pathlib import Path

import pytest

from docs import codes
from excel_uppsikt.findings.catalogue import CATALOGUE
from tests.test_readme import command_names

HANDBOOK = Path(__file__).parent.parent / "docs" / "handbok"
PAGES = sorted(HANDBOOK.glob("*.md"))
TEXTS = {page.name: page.read_text("utf-8") for page in PAGES}


def test_every_command_in_the_handbook_is_there() -> None:
    told = {name for text in TEXTS.values() for name in re.findall(r"`uppsikt ([a-z]+)[ `]", text)}
    assert told <= command_names()


def test_the_coordinator_is_told_of_every_command_of_a_round() -> None:
    """Tables for other programs are not of a round's work, and stand in README."""
    told = set(re.findall(r"`uppsikt ([a-z]+)[ `]", TEXTS["samordnaren.md"]))
    assert told >= {name for name in command_names() if name != "export"}


def test_the_page_of_codes_is_what_the_program_says() -> None:
    assert TEXTS["koder.md"] == codes.page()
    assert re.findall(r"^### (\w+)$", TEXTS["koder.md"], re.MULTILINE) == list(CATALOGUE)


def test_the_codes_in_the_handbook_exist() -> None:
    told = {code for text in TEXTS.values() for code in re.findall(r"\b[PFRCUME]\d{3}\b", text)}
    assert told <= set(CATALOGUE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for target, heading in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", TEXTS[page.name]):
        path = (page.parent / target).resolve() if target else page
        assert path.is_file(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            assert heading in {name.lower().replace(" ", "-") for name in headings}
