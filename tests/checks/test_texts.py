"""What texts say that they should not, or do not keep: placeholders, promises, personal data."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from excel_uppsikt.form.values import FormRow
from tests.checks.checked_rows import checked, faults
from tests.small_rounds import YOUTH, check, make_plan, own_form, row


def quoted(folder: Path, rows: Sequence[FormRow], code: str) -> list[tuple[str, str]]:
    """The findings of a code as (cell, value)."""
    return [(f.cell or "", f.value or "") for f in checked(folder, rows).findings if f.code == code]


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
        "121212 1212",
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
