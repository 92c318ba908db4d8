"""Each fault in plan.xlsx is told by sheet and cell, and what is not at fault is kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.findings.finding import in_order
from excel_uppsikt.model import Department
from excel_uppsikt.plan.reading import PlanReading
from tests.plan.changed_plans import FIRST, Change, faulty, places, put, read, value
from tests.small_rounds import CARE, SICKNESS, YOUTH, make_plan

# P102 and P103: the change, what is found, and whether a round can be run all the same.

UNIT_2 = FIRST + 1  # the second unit's row
FAULTS: dict[str, tuple[Sequence[Change], list[tuple[str, str, str]], bool]] = {
    # Settings
    "no municipality": ([value("Kommun", None)], [("P102", "Omgång", "B4")], True),
    "no period": ([value("Period", " ")], [("P102", "Omgång", "B6")], True),
    "no cutoff": ([value("Avstämningsdatum", None)], [("P102", "Omgång", "B9")], True),
    "no year": ([value("År", None)], [("P102", "Omgång", "B5")], False),
    "a year of two digits": ([value("År", 24)], [("P102", "Omgång", "B5")], False),
    "a year in words": ([value("År", "i år")], [("P102", "Omgång", "B5")], False),
    "a month for a date": ([value("Avstämningsdatum", "april")], [("P102", "Omgång", "B9")], True),
    "no real date": ([value("Sista svarsdag", "2024-04-31")], [("P102", "Omgång", "B10")], True),
    "an unreadable date": (
        [value("Första tillåtna datum", "våren")],
        [("P102", "Omgång", "B7")],
        True,
    ),
    "two readings": ([value("Avstämningsdatum", "03/04/2024")], [("P102", "Omgång", "B9")], True),
    "an unreadable last date, with a first date after the year": (
        [
            value("Första tillåtna datum", date(2025, 2, 1)),
            value("Sista tillåtna datum", "sen"),
        ],
        [("P102", "Omgång", "B8")],
        True,
    ),
    "last date before first": (
        [value("Första tillåtna datum", date(2024, 12, 31)), value("Sista tillåtna datum", "2024-01-01")],
        [("P102", "Omgång", "B8")],
        True,
    ),
    "first date after the year, no last date": (
        [value("Första tillåtna datum", date(2025, 2, 1)), value("Sista tillåtna datum", None)],
        [("P102", "Omgång", "B7")],
        True,
    ),
    "an address without @": (
        [value("Avsändarens e-post", "kansliet")],
        [("P102", "Omgång", "B14")],
        True,
    ),
    "a report dated before what it tells of and before the last answers": (
        [put("Verksamheter", C4="2024-04-04")],
        [("P104", "Verksamheter", "C4")],
        True,
    ),
    "a report dated before the last answers": (
        [put("Verksamheter", C4="2024-05-09")],
        [("P104", "Verksamheter", "C4")],
        True,
    ),
    "a report dated on the last day of answers": ([put("Verksamheter", C4="2024-05-10")], [], True),
    "no such previous compilation": (
        [value("Föregående sammanställning", "../2023/ut/sammanstallning.xlsx")],
        [("P102", "Omgång", "B15")],
        True,
    ),
    "a previous compilation that no path can lead to": (
        [value("Föregående sammanställning", "x" * 400)],
        [("P102", "Omgång", "B15")],
        True,
    ),
    "a folder for a previous compilation": (
        [value("Föregående sammanställning", ".")],
        [("P102", "Omgång", "B15")],
        True,
    ),
    "a negative minimum": (
        [value("Minsta antal aktiviteter per enhet", -1)],
        [("P102", "Omgång", "B16")],
        True,
    ),
    "a minimum with decimals": (
        [value("Minsta antal aktiviteter per enhet", 2.5)],
        [("P102", "Omgång", "B16")],
        True,
    ),
    "a minimum in words": (
        [value("Minsta antal aktiviteter per enhet", "två")],
        [("P102", "Omgång", "B16")],
        True,
    ),
    "neither yes nor no": (
        [
            value("Obligatoriska mål räknas in i minsta antalet", "kanske"),
            value("Aktivitet utan enhet räknas för alla enheter", 1),
        ],
        [("P102", "Omgång", "B17"), ("P102", "Omgång", "B18")],
        True,
    ),
    "an unknown layout": ([value("Rapportlayout", "lista")], [("P102", "Omgång", "B19")], True),
    "a misspelt required setting": (
        [put("Omgång", A9="Avstämningsdatumm")],
        [("P102", "Omgång", "A9")],
        True,
    ),
    "a misspelt setting": ([put("Omgång", A13="Avsendare")], [("P102", "Omgång", "A13")], True),
    "an unknown setting in place of the year": (
        [put("Omgång", A5="Årtal")],
        [("P102", "Omgång", ""), ("P102", "Omgång", "A5")],
        False,
    ),
    "a setting of one's own": (
        [put("Omgång", A27="Anteckning", B27="ring kansliet")],
        [("P102", "Omgång", "A27")],
        True,
    ),
    "a value without its setting": ([put("Omgång", B27="2024")], [("P102", "Omgång", "A27")], True),
    "a setting twice": (
        [put("Omgång", A27="KOMMUN", B27="Sundsvall")],
        [("P103", "Omgång", "A27")],
        True,
    ),
    # Goals
    "a goal twice": ([put("Mål", B5="kommunens UNGDOMAR ska känna  ökad trygghet.")],
                     [("P103", "Mål", "B5")], True),
    "a number twice": ([put("Mål", A5=2)], [("P103", "Mål", "A5")], True),
    "a goal without number": ([put("Mål", A5=None)], [("P102", "Mål", "A5")], True),
    "a goal without text": ([put("Mål", B5=None)], [("P102", "Mål", "B5")], True),
    "a goal without area": ([put("Mål", C5=None)], [("P102", "Mål", "C5")], True),
    "numbers that are none": (
        [put("Mål", A5="tre", D6="minst en")],
        [("P102", "Mål", "A5"), ("P102", "Mål", "D6")],
        True,
    ),
    "no goal at all": (
        [put("Mål", **{f"{c}{r}": None for c in "ABCD" for r in (4, 5, 6)})],
        [("P102", "Mål", "")],
        False,
    ),
    # Departments
    "a department twice": (
        [put("Verksamheter", A5="social VERKSAMHET")],
        [("P103", "Verksamheter", "A5")],
        True,
    ),
    "a department without name": (
        [put("Verksamheter", B5="Utskottet")],
        [("P102", "Verksamheter", "A5")],
        True,
    ),
    "a department's date and address": (
        [put("Verksamheter", C4="i juni", E4="chef(at)exempel.se")],
        [("P102", "Verksamheter", "C4"), ("P102", "Verksamheter", "E4")],
        True,
    ),
    "no department at all": (
        [put("Verksamheter", **{f"{c}4": None for c in "ABCDE"})],
        [("P102", "Verksamheter", "")],
        False,
    ),
    # Units
    "a unit twice": ([put("Enheter", A5="HEMTJÄNST")], [("P103", "Enheter", "A5")], True),
    "a unit without name": ([put("Enheter", A5=None)], [("P102", "Enheter", "A5")], True),
    "a unit without department": ([put("Enheter", B5=None)], [("P102", "Enheter", "B5")], True),
    "a unit of an unknown department": (
        [put("Enheter", B5="Kultur")],
        [("P103", "Enheter", "B5")],
        True,
    ),
    "no unit of a known department": (
        [put("Enheter", B4="Kultur", B5="Fritid")],
        [("P103", "Enheter", "B4"), ("P103", "Enheter", "B5")],
        False,
    ),
    "a unit's address and minimum": (
        [put("Enheter", D4="a@b", E5="flera")],
        [("P102", "Enheter", "D4"), ("P102", "Enheter", "E5")],
        True,
    ),
    "no unit at all": (
        [put("Enheter", A4=None, B4=None, A5=None, B5=None)],
        [("P102", "Enheter", "")],
        False,
    ),
    # Statuses
    "a status twice": ([put("Statusar", A5="ej påbörjad")], [("P103", "Statusar", "A5")], True),
    "a status without name": ([put("Statusar", A5=None)], [("P102", "Statusar", "A5")], True),
    "a status without kind": ([put("Statusar", B5=None)], [("P102", "Statusar", "B5")], True),
    "what a status cannot be": (
        [put("Statusar", B4="klar", C5="kanske", D6="x", F7="grön")],
        [
            ("P102", "Statusar", "B4"),
            ("P102", "Statusar", "C5"),
            ("P102", "Statusar", "D6"),
            ("P102", "Statusar", "F7"),
        ],
        True,
    ),
    "no status at all": (
        [put("Statusar", **{f"{c}{r}": None for c in "ABCDEF" for r in range(4, 9)})],
        [("P102", "Statusar", "")],
        False,
    ),
    # Texts and recipients
    "unknown placeholders": (
        [put("Texter", B4="Om {verksamheten}", C5="{år} {}", C6="{kommun} {Kommun}")],
        [
            ("P102", "Texter", "B4"),
            ("P102", "Texter", "C5"),
            ("P102", "Texter", "C6"),
        ],
        True,
    ),
    "a text twice": ([put("Texter", A5="inledning")], [("P103", "Texter", "A5")], True),
    "a text without section": ([put("Texter", A5=None)], [("P102", "Texter", "A5")], True),
    "a recipient of an unknown department": (
        [put("Mottagare", A4="Kultur", B4="Ordföranden", C4="ordf@exempel.se")],
        [("P103", "Mottagare", "A4")],
        True,
    ),
    "a recipient without department or address": (
        [put("Mottagare", B4="Ordföranden"), put("Mottagare", A5=CARE, C5="ordförande")],
        [("P102", "Mottagare", "A4"), ("P102", "Mottagare", "C4"), ("P102", "Mottagare", "C5")],
        True,
    ),
    # What follows from one fault is silent.
    "no department at all, with recipients": (
        [
            put("Verksamheter", **{f"{c}4": None for c in "ABCDE"}),
            put("Mottagare", A4=CARE, C4="ordf@exempel.se"),
        ],
        [("P102", "Verksamheter", "")],
        False,
    ),
    "faults on every sheet": (
        [
            value("Avstämningsdatum", "april"),
            put("Mål", A4=None),
            put("Verksamheter", C4="i juni"),
            put("Enheter", B4="Kultur"),
            put("Statusar", B4="klar"),
            put("Texter", C4="{okänd}"),
            put("Mottagare", A4=CARE),
        ],
        [
            ("P103", "Enheter", "B4"),
            ("P102", "Mottagare", "C4"),
            ("P102", "Mål", "A4"),
            ("P102", "Omgång", "B9"),
            ("P102", "Statusar", "B4"),
            ("P102", "Texter", "C4"),
            ("P102", "Verksamheter", "C4"),
        ],
        True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_at_its_cell_and_nothing_else_is(tmp_path: Path, fault: str) -> None:
    """Told in Swedish, with its place and what was written; the rest of the plan is read."""
    changes, found, usable = FAULTS[fault]
    reading = faulty(tmp_path, *changes)
    assert places(reading.findings) == found
    assert (reading.plan is not None) == usable
    for finding in reading.findings:
        assert finding.message.startswith(f"Blad ”{finding.sheet}”")
        assert finding.cell is None or f"cell {finding.cell}" in finding.message
        assert "None" not in finding.message
        short = finding.value is not None and len(finding.value) < 100
        assert not short or " ".join((finding.value or "").split()) in finding.message


def test_what_is_at_fault_is_left_out_and_the_rest_is_kept(tmp_path: Path) -> None:
    reading = faulty(
        tmp_path,
        value("Första tillåtna datum", "våren"),
        value("Minsta antal aktiviteter per enhet", "många"),
        value("Föregående sammanställning", "borta.xlsx"),
        value("Rapportlayout", "lista"),
        put("Mål", A5="tre", D6="minst en"),
        put("Verksamheter", C4="i juni"),
        put("Enheter", B5="Kultur"),
        put("Mottagare", A4=CARE, B4="Ordföranden", C4="nej"),
    )
    department = Department(CARE, "utskottet", None, "Verksamhetschefen", "chef@exempel.se")
    assert reading.plan == make_plan(
        goals=(YOUTH, replace(SICKNESS, minimum=0)),
        departments=(department,),
        units=("Hemtjänst",),
    )


def test_dates_in_the_wrong_order_give_way_to_the_year(tmp_path: Path) -> None:
    reading = faulty(
        tmp_path,
        value("Första tillåtna datum", date(2024, 12, 1)),
        value("Sista tillåtna datum", date(2024, 2, 1)),
    )
    assert reading.plan == make_plan()


def test_the_first_of_two_alike_is_kept(tmp_path: Path) -> None:
    reading = faulty(
        tmp_path,
        put("Omgång", A21="kommun", B21="Sundsvall"),
        put("Enheter", A6="hemtjänst", B6=CARE, C6="Någon annan"),
        put("Verksamheter", A5="Social Verksamhet", B5="Ett annat utskott"),
    )
    assert reading.plan == make_plan()
    assert [f.message for f in in_order(reading.findings)] == [
        "Blad ”Enheter”, cell A6: Enhet ”hemtjänst” står redan i cell A4. "
        "Varje rad ska ha sitt eget: ändra här, eller ta bort raden.",
        "Blad ”Omgång”, cell A21: Inställning ”kommun” står redan i cell A4. "
        "Varje rad ska ha sitt eget: ändra här, eller ta bort raden.",
        "Blad ”Verksamheter”, cell A5: Verksamhet ”Social Verksamhet” står redan i cell A4. "
        "Varje rad ska ha sitt eget: ändra här, eller ta bort raden.",
    ]


def test_a_misspelt_setting_is_told_which_it_may_be(tmp_path: Path) -> None:
    (finding,) = faulty(tmp_path, put("Omgång", A9="Avstämningsdag")).findings
    assert (finding.value, "”Avstämningsdatum”" in finding.message) == ("Avstämningsdag", True)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            put("Omgång", A9="Avstämningsdag"),
            "Blad ”Omgång”, cell A9: Inställningen ”Avstämningsdag” är okänd. Menas "
            "”Avstämningsdatum”? Skriv namnet så.",
        ),
        (
            put("Omgång", A21="Favoritfärg", B21="blå"),
            "Blad ”Omgång”, cell A21: Inställningen ”Favoritfärg” är okänd. Rätta namnet, eller ta bort "
            "raden.",
        ),
        (
            put("Enheter", B4="Socialen"),
            "Blad ”Enheter”, cell B4: Verksamheten ”Socialen” finns inte på bladet Verksamheter, där det "
            "står ”Social verksamhet”. Skriv namnet som det står där, eller lägg till en rad där.",
        ),
        (
            put("Omgång", B9=None),
            "Blad ”Omgång”, cell B9: Avstämningsdatum saknas. Fyll i cellen med ett datum som "
            "år-månad-dag, till exempel 2024-04-30.",
        ),
    ],
)
def test_a_fault_says_what_to_write_instead(
    edit: Callable[[Workbook], None], expected: str, tmp_path: Path
) -> None:
    assert [f.message for f in faulty(tmp_path, edit).findings] == [expected]


def test_every_known_placeholder_may_stand_in_a_text(tmp_path: Path) -> None:
    known = (
        "{kommun} {år} {period} {verksamhet} {utskott} {enhet} {mottagare} {sista svarsdag} "
        "{avsändare} {diarienummer} {rapporttitel} {rapportdatum} {avstämningsdatum} "
        "{minsta antal} {obligatoriska mål} {sista dag för rättningar}"
    )
    plan = make_plan(texts=[("Inledning", known, known)])
    assert read(tmp_path, plan) == PlanReading(plan, ())
