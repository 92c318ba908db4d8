"""A last day of corrections that is for what was sent back makes no decided report's date wrong."""

from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.model import Department, Unit
from tests.rounds.completed_rounds import decide, merge
from tests.small_rounds import CARE, make_plan, make_round, own_form, row

SCHOOL = "Skola"
PLAN = make_plan(
    units=("Hemtjänst", Unit("Grundskola", SCHOOL)),
    departments=(
        Department(CARE, "u", date(2024, 6, 4)),
        Department(SCHOOL, "u", date(2024, 6, 4)),
    ),
    minimum=0,
    corrections_due=date(2024, 6, 20),
)


def told(folder: Path) -> list[tuple[str | None, str | None]]:
    """Where the plan's dates are told to be wrong."""
    return [(f.sheet, f.cell) for f in merge(folder).findings if f.code == "P104"]


@pytest.mark.parametrize("outcome", ["godkänd", "till KS"])
def test_only_what_is_sent_back_or_not_decided_needs_a_later_date(
    tmp_path: Path, outcome: str
) -> None:
    forms = {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})}
    make_round(tmp_path, PLAN, forms)
    care, school = ("Verksamheter", "C4"), ("Verksamheter", "C5")
    assert told(tmp_path) == [care, school]
    day = date(2024, 6, 4)
    decide(
        tmp_path,
        {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": day, "Skäl": "Mer behövs."},
        {"Verksamhet": SCHOOL, "Utfall": outcome, "Datum": day},
    )
    for _ in range(2):
        assert told(tmp_path) == [care]
