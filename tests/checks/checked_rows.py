"""Rows of one unit's form checked, and what is told of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.rounds.results import CheckedRound
from tests.small_rounds import YOUTH, check, make_plan, own_form, places

PLAN = make_plan(units=("Hemtjänst",), goals=(YOUTH,))
FIRST_ROW = 5
CUTOFF = date(2024, 4, 30)


def checked(folder: Path, rows: Sequence[FormRow], *, cutoff: date | None = CUTOFF) -> CheckedRound:
    """What is made of a unit's form with these rows under one goal."""
    plan = replace(PLAN, settings=replace(PLAN.settings, cutoff=cutoff))
    return check(folder, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: rows})})


def faults(folder: Path, rows: Sequence[FormRow], *, cutoff: date | None = CUTOFF) -> list[str]:
    """The findings as `code cell`, without the unit rule's and those of titles that look alike."""
    found = places(checked(folder, rows, cutoff=cutoff).findings, but="U")
    assert {place[1:3] for place in found} <= {("Hemtjänst.xlsx", sheet_name(YOUTH))}
    return [f"{code} {cell}" for code, _, _, cell in found if code != "M601"]
