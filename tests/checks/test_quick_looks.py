"""A quick look at a text misses nothing that the patterns would find."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_uppsikt.checks import texts
from tests.checks.checked_rows import FIRST_ROW, faults
from tests.small_rounds import row

EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))
FRAGMENTS = (
    *(
        "xxx",
        "XXX",
        "X",
        "todo",
        "TODO",
        "FİXME",
        "fıxme",
        "tbd",
        "Lorem İpsum",
        "lorem ipſum",
        "fyll i",
    ),
    *(
        "fyll ı här",
        "Text här",
        "text \u212aommer",
        "??",
        "?",
        "__",
        "...",
        ".",
        "<",
        ">",
        "namn",
        "[",
        "]",
    ),
    *(
        "…",
        "text",
        "minst",
        "mınst",
        "minſt",
        "MİNST",
        "tre",
        "3",
        "st",
        "träffar",
        "%",
        " ",
        " ",
        "\n",
        "-",
    ),
    *(
        "19",
        "24",
        "0101",
        "121212",
        "1212",
        "+",
        "٣",
        "٣٤٥٦٧٨",
        "９",
        "Anna",
        "Åsa",
        "Öberg",
        "Karlsson",
    ),
    *("Norra", "fru", "CHEFEN", "Bergman", "Él", "berg", "é", "å", "–", "”"),
)


# The rule in one pattern, which takes long to search with.
NAME = "[A-ZÅÄÖ][a-zåäöé]+"
NAMED = re.compile(
    rf"\b(?i:{'|'.join(texts._TITLES)})\s+{NAME}\s+{NAME}"
    rf"|\b(?!{texts._PLACE}){NAME}\s+{NAME}(?:sson|qvist|kvist|berg|ström|lund|gren|man)\b"
)


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=2), max_size=9).map("".join))
def test_a_quick_look_misses_nothing_that_the_patterns_find(text: str) -> None:
    for pattern, look in (
        (texts._PLACEHOLDER, texts.may_hold_placeholder),
        (texts._IDENTITY_NUMBER, texts.may_hold_number),
        (NAMED, texts.first_named),
        (texts._PROMISE, texts.may_promise),
    ):
        assert look(text) or not pattern.search(text)
    assert bool(texts.first_named(text)) == bool(NAMED.search(text))


def test_no_capital_of_the_letters_looked_for_is_missed() -> None:
    """Without regard to case a pattern takes more for an s than S and s, as the long ſ."""
    for letter in {
        letter for _, part in texts._PLACEHOLDER_PARTS for letter in part if letter.isalpha()
    }:
        taken = re.findall(letter, EVERY_CHARACTER, re.IGNORECASE)
        assert {character.lower() for character in taken} == {letter}
    for letter in "nst":
        taken = re.findall(letter, EVERY_CHARACTER, re.IGNORECASE)
        assert {character.casefold() for character in taken} == {letter}


def test_digits_of_no_script_are_missed() -> None:
    for digit in re.findall(r"\d", EVERY_CHARACTER):
        assert texts.may_hold_number(digit * 6)


@pytest.mark.parametrize("number", ["tıo", "nİo"])
def test_a_number_in_turkish_letters_is_a_number(number: str, tmp_path: Path) -> None:
    """Without regard to case they are letters of the word."""
    rows = [row(f"Minst {number} kurser", comment="Vi höll 2 kurser.")]
    assert faults(tmp_path, rows) == [f"C405 G{FIRST_ROW}"]


def test_a_title_is_looked_for_right_before_a_name() -> None:
    """All that stands before would be gone through for each of thousands of names."""
    assert texts.first_named("Aa Bb " * 9_000 + "för fru  \n Anna Bo") == "Anna Bo"
    assert texts.first_named("fru" + " " * 200 + "Anna Bo") == ""
