"""Statuses against dates at the cutoff, and what texts say that they should not or do not keep."""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_uppsikt.checks import texts
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.rounds.results import CheckedRound
from tests.small_rounds import YOUTH, check, make_plan, own_form, places, row

PLAN = make_plan(units=("Hemtjänst",), goals=(YOUTH,))
FIRST_ROW = 5
CUTOFF = date(2024, 4, 30)
BEFORE, ON, AFTER = CUTOFF - timedelta(days=1), CUTOFF, CUTOFF + timedelta(days=1)
NOT_STARTED = "Ej påbörjad"
ONGOING, ONGOING_DEVIATION = "Pågående enligt plan", "Pågående med avvikelse"
FINISHED, FINISHED_DEVIATION = "Avslutad enligt plan", "Avslutad med avvikelse"
# Far from the cutoff, on the side where no status minds.
EARLY, LATE = date(2024, 1, 15), date(2024, 12, 1)


def checked(folder: Path, rows: Sequence[FormRow], *, cutoff: date | None = CUTOFF) -> CheckedRound:
    """What is made of a unit's form with these rows under one goal."""
    plan = replace(PLAN, settings=replace(PLAN.settings, cutoff=cutoff))
    return check(folder, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: rows})})


def faults(folder: Path, rows: Sequence[FormRow], *, cutoff: date | None = CUTOFF) -> list[str]:
    """The findings as `code cell`, without the unit rule's and those of titles that look alike."""
    found = places(checked(folder, rows, cutoff=cutoff).findings, but="U")
    assert {place[1:3] for place in found} <= {("Hemtjänst.xlsx", sheet_name(YOUTH))}
    return [f"{code} {cell}" for code, _, _, cell in found if code != "M601"]


def quoted(folder: Path, rows: Sequence[FormRow], code: str) -> list[tuple[str, str]]:
    """The findings of a code as (cell, value)."""
    return [(f.cell or "", f.value or "") for f in checked(folder, rows).findings if f.code == code]


# --- Dates against statuses -------------------------------------------------------------------------

AT_THE_CUTOFF = (
    # status, start, end, code
    (NOT_STARTED, BEFORE, LATE, "C401"),
    (NOT_STARTED, ON, LATE, ""),
    (NOT_STARTED, AFTER, LATE, ""),
    (NOT_STARTED, EARLY, BEFORE, "C401"),
    (ONGOING, EARLY, BEFORE, "C402"),
    (ONGOING, EARLY, ON, ""),
    (ONGOING, EARLY, AFTER, ""),
    (ONGOING_DEVIATION, EARLY, BEFORE, ""),
    (FINISHED, EARLY, BEFORE, ""),
    (FINISHED, EARLY, ON, ""),
    (FINISHED, EARLY, AFTER, "C403"),
    (FINISHED_DEVIATION, EARLY, AFTER, ""),
    (ONGOING, BEFORE, LATE, ""),
    (ONGOING, ON, LATE, ""),
    (ONGOING, AFTER, LATE, "C404"),
    (ONGOING_DEVIATION, ON, LATE, ""),
    (ONGOING_DEVIATION, AFTER, LATE, "C404"),
)


def test_dates_are_held_against_the_status_at_the_cutoff(tmp_path: Path) -> None:
    """Strictly: the cutoff day itself has not passed. Each finding stands at the row's status."""
    rows = [
        row(f"Aktivitet {at}", status=status, start=start, end=end)
        for at, (status, start, end, _) in enumerate(AT_THE_CUTOFF)
    ]
    expected = [f"{code} F{at}" for at, (*_, code) in enumerate(AT_THE_CUTOFF, FIRST_ROW) if code]
    assert faults(tmp_path, rows) == expected


def test_without_a_cutoff_no_status_is_held_against_a_date(tmp_path: Path) -> None:
    rows = [
        row(f"Aktivitet {at}", status=status, start=start, end=end)
        for at, (status, start, end, _) in enumerate(AT_THE_CUTOFF)
    ]
    assert faults(tmp_path, rows, cutoff=None) == []


def test_what_is_missing_unreadable_or_in_disorder_says_nothing_of_the_status(
    tmp_path: Path,
) -> None:
    """The fault itself is told, and nothing that follows from it."""
    rows = [
        row("A", status=NOT_STARTED, start="snart"),
        row("B", status=ONGOING, start=EARLY, end=None),
        row("C", status="Vet ej", end=BEFORE),
        row("D", status="", end=BEFORE),
        row("E", status=ONGOING, start=AFTER, end=BEFORE),
    ]
    assert faults(tmp_path, rows) == ["R302 C5", "R301 D6", "R305 F7", "R301 F8", "R303 D9"]


def test_a_finding_says_status_date_and_cutoff(tmp_path: Path) -> None:
    found = checked(tmp_path, [row(status=ONGOING, end=BEFORE)]).findings[0]
    assert (found.code, found.severity) == ("C402", Severity.WARNING)
    for words in (ONGOING, "2024-04-29", "2024-04-30", f"Blad ”{sheet_name(YOUTH)}”, cell F5"):
        assert words in found.message


def test_an_ongoing_activity_that_lies_ahead_is_only_a_hint(tmp_path: Path) -> None:
    found = checked(tmp_path, [row(status=ONGOING, start=AFTER)]).findings[0]
    assert (found.code, found.severity) == ("C404", Severity.HINT)


# --- Placeholders -----------------------------------------------------------------------------------


def test_a_placeholder_is_found_in_every_text(tmp_path: Path) -> None:
    """At its own cell, with what stands there."""
    rows = [
        row("Läxhjälp XXX"),
        row("Teater", description="TODO: skriv varför"),
        row("Musik", comment="Sjukfrånvaron är ??? procent."),
        row("Dans", description="Lorem ipsum dolor sit amet.", comment="xxxx"),
        row("TODO", description="todo", comment="Jämfört med förra året. XXX"),
    ]
    assert quoted(tmp_path, rows, "R308") == [
        ("A5", "XXX"),
        ("E6", "TODO"),
        ("G7", "???"),
        ("E8", "Lorem ipsum"),
        ("G8", "xxxx"),
        ("A9", "TODO"),
        ("E9", "todo"),
        ("G9", "XXX"),
    ]


def test_ordinary_texts_hold_no_placeholder(tmp_path: Path) -> None:
    texts = (
        "Hur går det? Bra! Varför??",
        "Metodologin följer Todorov.",
        "Tröjor i XXL till alla ledare, och faxxar.",
        "Vi fyller i enkäten varje vecka.",
        "Möten, studiebesök osv... och mer därtill…",
        "Fyll i enkäten senast fredag.",
        "Nyckeltalet blev < 5 dagar och > 2 dagar.",
        "E-post till namn_efternamn@exempel.se och mapp \\\\server\\a_b.",
        "Textkommentarer kommer i efterhand.",
    )
    rows = [row(f"Nr {at}", comment=text) for at, text in enumerate(texts)]
    assert faults(tmp_path, rows) == []


# --- Promises ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "comment", "value"),
    [
        ("Minst 3 medarbetare ska studera", "2 medarbetare studerar.", "2 medarbetare"),
        ("Minst tre medarbetare ska studera", "Två medarbetare studerar.", "Två medarbetare"),
        ("Utbilda minst 10 st ledare", "Hittills 8 st ledare.", "8 st ledare"),
        ("Nå minst 1 000 besökare", "Det kom 800 besökare.", "800 besökare"),
        ("Minst 3 elever", "Först 1 elev i mars, sedan 2 elever.", "2 elever"),
        ("Minst en träff per månad", "0 träffar hittills.", "0 träffar"),
        ("Minst en träff per månad", "Hittills noll träffar.", "noll träffar"),
    ],
)
def test_fewer_than_promised_is_a_hint_at_the_comment(
    title: str, comment: str, value: str, tmp_path: Path
) -> None:
    """C405 quotes the largest count that the comment tells."""
    assert quoted(tmp_path, [row(title, comment=comment)], "C405") == [("G5", value)]


def test_nothing_else_breaks_a_promise(tmp_path: Path) -> None:
    """As many or more, and years, ages, times, dates, percentages and sums are not meant."""
    kept = (
        ("Minst 3 medarbetare ska studera", "3 medarbetare studerar."),
        ("Minst 3 medarbetare ska studera", "Fem medarbetare studerar."),
        ("Minst 3 medarbetare ska studera", "2 medarbetare i mars och 4 medarbetare i april."),
        ("Minst 500 besökare", "Det kom 1 200 besökare."),
        ("Minst 3 medarbetare ska studera", "Arbetet pågår."),
        ("Minst 3 medarbetare ska studera", "Klart under 2024 enligt plan."),
        ("Minst 3 medarbetare ska studera", "Barn 2 år och 1-åringar deltar."),
        ("Minst 3 medarbetare ska studera", "Börjar den 2 maj, 1 jan eller 2 sept."),
        ("Minst 3 medarbetare ska studera", "Klart 2/5 2024, eller 2024-05-02 om det regnar."),
        ("Minst 3 medarbetare ska studera", "De träffas kl. 2 varje tisdag, eller kl 1 annars."),
        ("Minst 3 medarbetare ska studera", "De träffas 2 gånger i veckan i 2 timmar."),
        ("Minst 3 medarbetare ska studera", "Under vecka 2 börjar de i klass 1 tillsammans."),
        ("Minst 30 medarbetare ska delta", "Hittills 25 % av alla, eller 25 procent."),
        ("Minst 30 % av medarbetarna ska delta", "25 medarbetare har deltagit."),
        ("Minst 30 procent ska delta", "25 medarbetare har deltagit."),
        ("Ungdomar som är minst 15 år", "12 ungdomar deltar."),
        ("Träffa alla minst 4 gånger", "Alla 3 grupper är träffade."),
        ("3 medarbetare ska studera", "2 medarbetare studerar."),
        ("Högst 3 medarbetare ska studera", "2 medarbetare studerar."),
        ("Minst 3 medarbetare ska studera", "2,5 tjänster är tillsatta."),
    )
    rows = [
        row(f"{title} ({'abcdefghijklmnopqrstu'[at] * 5})", comment=comment)
        for at, (title, comment) in enumerate(kept)
    ]
    assert quoted(tmp_path, rows, "C405") == []


# --- Personal data ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "121212-1212",
        "19121212-1212",
        "191212121212",
        "1212121212",
        "121212+1212",
        # A coordination number: 60 is added to the day.
        "121272-1219",
        # A mistyped one: the check digit is wrong.
        "121212-1213",
        "20121212-1213",
    ],
)
def test_a_personal_identity_number_is_told(number: str, tmp_path: Path) -> None:
    """In whichever text it stands."""
    rows = [row(f"Stöd till {number}", description=f"Se {number}.", comment=f"({number})")]
    found = quoted(tmp_path, rows, "C406")
    assert found == [(f"{letter}5", number) for letter in "AEG"]


def test_of_a_pasted_list_of_identity_numbers_three_are_told(tmp_path: Path) -> None:
    numbers = [f"19121212-{number}" for number in range(1000, 1040)]
    assert quoted(tmp_path, [row(comment="\n".join(numbers))], "C406") == [
        ("G5", number) for number in numbers[:3]
    ]


def test_other_numbers_are_no_personal_data(tmp_path: Path) -> None:
    texts = (
        "Från 2024-01-15 till 2024-12-31.",
        "Diarienummer KS 2024/001234 och 2024-001234.",
        "Ring 0690-25 01 00 eller 070-123 45 67.",
        "Org.nr 212000-2387, bankgiro 5051-6822.",
        # Not a day of any year, and a wrong check digit where no dash tells what it is.
        "Artikel 129912-1212 och 1212121213.",
        "Pågår 20240115-20241231.",
        "Kostnaden blev 1 212 121 212 kr.",
        "Id 9912121212129",
    )
    rows = [row(f"Nr {at}", comment=text) for at, text in enumerate(texts)]
    assert quoted(tmp_path, rows, "C406") == []


def test_a_named_person_is_told(tmp_path: Path) -> None:
    """By a common ending of a surname, or by the word for who it is before the name."""
    rows = [
        row("A", comment="Anna Andersson har börjat."),
        row("B", description="Samtal med Karl Lindqvist varje vecka."),
        row("C", comment="Brukaren Kalle Ek är nöjd."),
        row("D", comment="Vi har hjälpt eleven Moa Åkerö."),
    ]
    assert quoted(tmp_path, rows, "C406") == [
        ("G5", "Anna Andersson"),
        ("E6", "Karl Lindqvist"),
        ("G7", "Kalle Ek"),
        ("G8", "Moa Åkerö"),
    ]


def test_places_and_organisations_are_no_persons(tmp_path: Path) -> None:
    texts = (
        "Region Västernorrland och Ånge Kommun samarbetar.",
        "Svenska Röda Korset, Rädda Barnen och Friluftsfrämjandet.",
        "Promenad i Norra Sandberg, Gamla Furulund och Östra Storström.",
        "Träff på Hotell Strömsberg och Sporthallen Furuberg.",
        "Astrid Lindgrens barnsjukhus och Mittuniversitetet Campus Sundsvall.",
        "Bobergsskolan i Fränsta, Torpshammars Bygdegård.",
        "Stiftelsen Ekelund och Studieförbundet Vuxenskolan.",
        "Medarbetaren deltar. Chefen beslutar. Docent saknas.",
    )
    rows = [row(f"Nr {at}", comment=text) for at, text in enumerate(texts)]
    assert quoted(tmp_path, rows, "C406") == []


def test_the_slips_of_the_real_report_are_told(tmp_path: Path) -> None:
    """Each reached politicians: ongoing though not begun or long ended, less than promised, XXX left."""
    going = "Pågående enligt plan"
    rows = [
        row("Kurs i höst", start="2024-09-01", end="2024-12-31", status=going),
        row("Friskvård", start="2024-01-01", end="2024-03-31", status=going),
        row("Minst 3 medarbetare ska studera", comment="2 medarbetare studerar."),
        row("Sammanställa enkäten", comment="Jämfört med föregående år. XXX"),
        row("Boende", start="2024-03-01", end="2024-05-31", status="Avslutad enligt plan"),
        row("Rutin", start="2024-02-01", end="2024-06-30", status="Ej påbörjad"),
    ]
    plan = make_plan(units=("Hemtjänst",), minimum=0, goals=(YOUTH,))
    checked = check(tmp_path, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: rows})})
    assert [(f.code, f.cell) for f in checked.findings] == [
        ("C404", "F5"),
        ("C402", "F6"),
        ("C405", "G7"),
        ("R308", "G8"),
        ("C403", "F9"),
        ("C401", "F10"),
    ]


# --- Quick looks ------------------------------------------------------------------------------------

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
