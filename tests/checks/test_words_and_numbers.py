"""Words and numbers that are looked for in texts: those for numbers, titles, and persons' numbers."""

import pytest

from excel_uppsikt.checks.texts import first_named, no_personal_data, promise_kept
from excel_uppsikt.model import Row, Values
from tests.small_rounds import make_plan

PLAN = make_plan()
WORDS = (
    *("noll", "en", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)


def written(title: str = "", comment: str = "") -> Row:
    """A row that says this."""
    values = Values(title=title, comment=comment)
    return Row(file="a.xlsx", sheet="Blad", row=5, values=values, columns={"comment": 7})


def told(row: Row) -> list[tuple[str | None, dict[str, object]]]:
    """What is said of promises: cell, and what was written and promised."""
    return [(f.cell, {"value": f.value, **dict(f.fields)}) for f in promise_kept(PLAN, row)]


@pytest.mark.parametrize(("number", "word"), list(enumerate(WORDS)))
def test_every_word_for_a_number_is_that_number(number: int, word: str) -> None:
    """In the title as a promise; in the comment as a count, where one alone is mostly an article."""
    least = written(f"Minst {word} elever deltar", f"{number - 1} elever deltar.")
    assert told(least) == (
        [("G5", {"value": f"{number - 1} elever", "promised": number})] if number else []
    )
    assert told(written(f"Minst {word} elever deltar", f"{number} elever deltar.")) == []
    if number > 1:
        row = written(f"Minst {number + 1} elever deltar", f"Hittills {word} elever.")
        assert told(row) == [("G5", {"value": f"{word} elever", "promised": number + 1})]
        assert told(written(f"Minst {number} elever deltar", f"Hittills {word} elever.")) == []


def test_one_is_a_promise_in_both_genders_and_no_count() -> None:
    (found,) = told(written("Minst ett möte hålls", "0 möten hölls."))
    assert found[1]["promised"] == 1
    assert told(written("Minst 3 elever deltar", "En elev och ett ombud deltar.")) == []


# Numbers of these are names and times, and of those amounts and ages: none is a count of what was promised.
BEFORE = (
    *("kl", "kl.", "klockan", "v", "v.", "vecka", "klass", "årskurs", "åk", "fas", "steg"),
    *("etapp", "del", "mål", "nivå", "nr", "nr.", "punkt", "sida"),
)
AFTER = (
    *(
        "% av dem",
        "procent av dem",
        "år",
        "åringar",
        "månader",
        "veckor",
        "dagar",
        "timmar",
        "minuter",
    ),
    *(
        "gånger",
        "ggr",
        "kr",
        "kronor",
        "tkr",
        "mkr",
        "miljoner",
        "januari",
        "februari",
        "mars",
        "april",
    ),
    *(
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
        "jan",
        "feb",
    ),
    *("mar", "apr", "jun", "aug", "sept", "sep", "okt", "nov", "dec"),
)


@pytest.mark.parametrize(
    "words", [*(f"{word} 2 elever" for word in BEFORE), *(f"2 {word}" for word in AFTER)]
)
def test_a_number_of_something_else_is_no_count(words: str) -> None:
    """Beside one that is, it takes nothing away from that."""
    assert told(written("Minst 3 elever deltar", f"Läget: {words}.")) == []
    assert told(written("Minst 3 elever deltar", f"Läget: {words}, 1 elev.")) == [
        ("G5", {"value": "1 elev", "promised": 3})
    ]


@pytest.mark.parametrize("words", AFTER)
def test_a_title_that_promises_an_amount_or_a_time_promises_no_count(words: str) -> None:
    assert told(written(f"Minst 3 {words}", "2 elever deltar.")) == []


# Skatteverket's own example, and others whose check digits were worked out by hand: the digits are
# doubled every second time from the first, the figures of the products added, to an even ten.
@pytest.mark.parametrize("number", ["8112189876", "198112189876", "6408233234", "0001010107"])
def test_ten_digits_are_a_persons_number_when_the_check_digit_is_right(number: str) -> None:
    row = written(comment=f"Gäller {number} sedan maj.")
    assert [(f.code, f.value, f.cell) for f in no_personal_data(PLAN, row)] == [
        ("C406", number, "G5")
    ]
    for last in range(1, 10):
        other = number[:-1] + str((int(number[-1]) + last) % 10)
        assert list(no_personal_data(PLAN, written(comment=f"Gäller {other} sedan maj."))) == []


@pytest.mark.parametrize(
    "title",
    [
        *("fru", "herr", "brukaren", "patienten", "eleven", "klienten", "docent", "doktor"),
        *("professor", "chefen", "medarbetaren"),
    ],
)
def test_two_names_after_a_title_are_a_person(title: str) -> None:
    """However the title is written and spaced; as the end of another word it is none."""
    for written_so in (title, title.capitalize(), f"Vi har {title}", f"({title}"):
        assert first_named(f"{written_so} Anna Bo kom.") == "Anna Bo"
        assert first_named(f"{written_so}  Anna Bo") == "Anna Bo"
    assert first_named(f"Vi har x{title} Anna Bo") == ""
    assert first_named(f"{title} Anna kom.") == ""
    assert first_named(f"{title}, Anna Bo kom.") == ""
