"""Text: cleaned without losing letters, compared as names are, and put in Swedish order."""

import random

import pytest

from excel_uppsikt.language.text import (
    LONGEST_TEXT,
    cell_part,
    clean,
    counted,
    fold,
    has_forbidden,
    listed,
    plain_dashes,
    swedish_order,
    tidy,
)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Öppen förskola", "Öppen förskola"),
        ("O\u0308ppen fo\u0308rskola", "Öppen förskola"),
        ("rad ett\r\nrad två\rrad tre\nrad fyra", "rad ett\nrad två\nrad tre\nrad fyra"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\u00a0b\u202fc\td", "a b c d"),
        ("a\u00adb\u200bc\u200dd\u2060e\ufefff\u202eg", "abcdefg"),
        ("a\x00b\x07c\x1bd\x7fe\ufffef\uffffg\ud800h", "abcdefgh"),
        ("Ett – tankstreck – står kvar…", "Ett – tankstreck – står kvar…"),
        ("😀 och ½ får vara kvar", "😀 och ½ får vara kvar"),
        ("  kanterna  \n  också ", "  kanterna  \n  också "),
        ("", ""),
    ],
)
def test_cleaning_leaves_what_can_be_seen(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("  text  ", "text"),
        ("\n\n text \n\n", "text"),
        ("  rad ett  \n\trad två\u00a0", "rad ett\nrad två"),
        ("rad ett\n\nrad tre", "rad ett\n\nrad tre"),
        ("\u200b \u00a0\n", ""),
    ],
)
def test_tidying_takes_white_space_from_the_edges_only(written: str, tidied: str) -> None:
    assert tidy(written) == tidied


def test_cleaning_and_tidying_once_is_enough() -> None:
    letters = [*"abåäöÅÄÖ \n\t-–;,.", "\r\n", "\u0308", "\u00ad", "\u200b", "\x00", "\u2028", "😀"]
    random_one = random.Random(7)  # noqa: S311  a test that is the same every time
    for _ in range(5_000):
        text = "".join(random_one.choices(letters, k=random_one.randint(0, 12)))
        assert clean(clean(text)) == clean(text)
        assert tidy(tidy(text)) == tidy(text)
        assert fold(fold(text)) == fold(text)
        assert not has_forbidden(clean(text))


@pytest.mark.parametrize(
    ("written", "forbidden"),
    [
        ("vanlig text\n\tmed tabb", False),
        ("radbrytning\r\n\x0b\x0c\x85\u2028", False),
        ("osynligt\u00ad\u200b\ufeff är inte förbjudet", False),
        ("😀 å é ½ –", False),
        ("klocka\x07", True),
        ("noll\x00", True),
        ("flykt\x1b[31m", True),
        ("halvt tecken \ud83d", True),
        ("inget tecken \uffff", True),
    ],
)
def test_only_what_xml_cannot_hold_is_forbidden(written: str, forbidden: bool) -> None:
    assert has_forbidden(written) is forbidden


@pytest.mark.parametrize(
    "written",
    [
        "Kommunal hälso- och sjukvård",
        "KOMMUNAL  HÄLSO- OCH SJUKVÅRD",
        " kommunal\u00a0hälso\u2011 och\nsjukvård ",
        "kommunal ha\u0308lso\u2013 och sju\u00adkvård\u200b",
    ],
)
def test_names_compare_alike_whatever_their_case_spaces_and_dashes(written: str) -> None:
    assert fold(written) == "kommunal hälso- och sjukvård"


def test_dashes_are_made_plain_without_moving_anything() -> None:
    assert plain_dashes("a‐b‑c‒d–e—f―g−h-i") == "a-b-c-d-e-f-g-h-i"


def test_swedish_order_has_its_own_letters_last_and_other_accents_with_theirs() -> None:
    ordered = [
        "4 träffar",
        "Aktivitet",
        "aktivitet två",
        "Éclair",
        "Efter",
        "Egen tid",
        "Motion",
        "Zumba",
        "Åka skidor",
        "Årlig dag",
        "Ädel",
        "Äpple",
        "Öl",
        "Öppet hus",
    ]
    shuffled = list(ordered)
    random.Random(1).shuffle(shuffled)  # noqa: S311  a test that is the same every time
    assert sorted(shuffled, key=swedish_order) == ordered


def test_letters_are_the_same_in_swedish_order_however_composed() -> None:
    assert [swedish_order(text) for text in ("A\u030aka", "idé", "ÄGG", "Müller")] == [
        swedish_order(text) for text in ("Åka", "ide", "ägg", "muller")
    ]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a och b"),
        (["a", "b", "c"], "a, b och c"),
    ],
)
def test_names_are_listed_as_in_a_sentence(
    names: list[str] | tuple[str, ...], sentence: str
) -> None:
    assert listed(names) == sentence


def test_a_list_may_end_with_another_word() -> None:
    assert listed(("a", "b", "c"), "eller") == "a, b eller c"


def test_a_count_agrees_with_its_noun() -> None:
    assert [counted(number, "rad", "rader") for number in (0, 1, 2, 21)] == [
        "0 rader",
        "1 rad",
        "2 rader",
        "21 rader",
    ]


def test_spaces_of_every_width_become_plain_ones() -> None:
    """As many as there were, so that places in a text stay the same."""
    assert clean("a\u2003b\u3000c\u00a0d\te") == "a b c d e"


@pytest.mark.parametrize("letter", ["a", "å", "\u2028"])
def test_a_cell_holds_so_many_letters(letter: str) -> None:
    assert cell_part(letter * LONGEST_TEXT) == letter * LONGEST_TEXT
    assert cell_part(letter * (LONGEST_TEXT + 1)) == letter * LONGEST_TEXT


def test_a_cell_holds_half_as_many_emoji_and_none_is_divided() -> None:
    """Excel counts the units of UTF-16, and refuses a file with more."""
    assert cell_part("😀" * 20_000) == "😀" * (LONGEST_TEXT // 2)
    assert cell_part("a" + "😀" * 20_000) == "a" + "😀" * (LONGEST_TEXT // 2)
    assert cell_part("a" * (LONGEST_TEXT - 2) + "😀") == "a" * (LONGEST_TEXT - 2) + "😀"
    assert cell_part("a" * (LONGEST_TEXT - 1) + "😀") == "a" * (LONGEST_TEXT - 1)


def test_the_beginning_of_a_very_long_text_is_as_much_as_a_cell_holds() -> None:
    assert cell_part("😀" * 1_000_000) == cell_part("😀" * LONGEST_TEXT)
    assert cell_part("a" * 1_000_000) == "a" * LONGEST_TEXT
