"""What a later hand-in has put right, of records as they are."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.findings.catalogue.rows import R301, R308
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.intake.choosing import choose_submissions
from excel_uppsikt.model import Field, FormKind, Submission
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.follow_up import FollowUp, findings_of_units, follow_up
from tests.compilation.reported_rows import entry
from tests.rounds.test_to_units import second_round
from tests.small_rounds import row

FIRST = Submission("inkorg/a.xlsx", FormKind.UNIT, "Hemtjänst", None, None,
                   (replace(entry("A"), file="inkorg/a.xlsx"),))  # fmt: skip
LATER = replace(FIRST, entries=(replace(FIRST.entries[0], raw={Field.TITLE: "B"}),))


def faults(of: Submission) -> list[Finding]:
    """Two things that are wrong in its row."""
    row = of.entries[0]
    return [
        find(R301.PLAIN, row.place(Field.END), "", header="Slutdatum"),
        find(R308.PLAIN, row.place(Field.COMMENT), "XXX", header="Kommentar"),
    ]


def test_only_the_form_in_use_is_held_against_the_one_before(tmp_path: Path) -> None:
    """Running again says the same; a form that is set aside, and one for all units, say nothing."""
    told = faults(FIRST)
    aside = replace(FIRST, file="inkorg/b.xlsx", used=False, entries=())
    for_all = replace(FIRST, kind=FormKind.GOAL, unit=None, entries=())
    for _ in range(2):
        assert follow_up(tmp_path, [FIRST, aside, for_all], told) == {}
    for _ in range(2):
        found = follow_up(tmp_path, [LATER, aside, for_all], told[:1])
        assert found == {"Hemtjänst": FollowUp(corrected=1, left=1)}
    assert follow_up(tmp_path, [aside, for_all], []) == {}


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        ({}, "den sparades senast (2024-05-03 08:00)"),
        ({"inkorg/b.xlsx": True}, "det står ja vid Använd för den i sammanställningen"),
        ({"inkorg/a.xlsx": False},
         "det står nej vid Använd för den här i sammanställningen"),
        ({"inkorg/a.xlsx": False, "inkorg/b.xlsx": True},
         "det står nej vid Använd för den här i sammanställningen"),
    ],
)  # fmt: skip
def test_why_a_form_is_not_used(use: dict[str, bool], reason: str) -> None:
    saved = [datetime(2024, 5, day, 8, tzinfo=UTC).replace(tzinfo=None) for day in (2, 3)]
    first, later = (
        replace(FIRST, saved=saved[0]),
        replace(LATER, file="inkorg/b.xlsx", saved=saved[1]),
    )
    chosen, (found,) = choose_submissions([first, later], use)
    assert [(one.file, one.used) for one in chosen] == [
        ("inkorg/a.xlsx", False),
        ("inkorg/b.xlsx", True),
    ]
    assert dict(found.fields)["reason"] == reason


def test_who_writes_the_same_comment_again_is_asked_and_who_says_unchanged_is_not(
    tmp_path: Path,
) -> None:
    folder = second_round(
        tmp_path,
        row("Teater", comment="Ingenting nytt."),
        row("Läxhjälp", end="2024-05-31", comment="oförändrat", status="Pågående med avvikelse"),
    )
    told = findings_of_units(check_round(folder))
    assert [(f.code, f.value) for f in told if f.code.startswith("E")] == [("E703", "Teater")]
