"""Whole rounds of as many units as wanted, made from the sample's texts and a seed: a plan and an inbox.

`python -m benchmarks.rounds FOLDER UNITS` writes one. Every form is different, and the same seed gives
the same round.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import unit_form
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Department, Field, Plan, Unit
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.round_paths import INBOX, PLAN_FILE
from samples.build import read_toml, sample_plan

ROUND = "ange-2024"
SEED = 16
# What a unit of the sample reports, and so many units as a department of it has.
ROWS, UNITS_EACH = 12, 60
_KINDS = ("Förskolan", "Skolan", "Äldreboendet", "Hemtjänsten", "Biblioteket", "Köket")
_PLACES = (
    "Norr",
    "Söder",
    "Öster",
    "Väster",
    "Ängen",
    "Åsen",
    "Backen",
    "Strand",
    "Hamnen",
    "Torget",
)


def round_plan(count: int, seed: int = SEED) -> Plan:
    """The sample's plan with so many units instead of its own, sixty in each department."""
    chance = Random(seed)  # noqa: S311  a made round, no secret
    sample = sample_plan(ROUND)
    departments = tuple(
        Department(f"Verksamhet {at}", f"nämnd {at}", report_date=sample.departments[0].report_date)
        for at in range(1, 2 + (count - 1) // UNITS_EACH)
    )
    units = tuple(
        Unit(
            f"{chance.choice(_KINDS)} {chance.choice(_PLACES)} {at + 1}",
            departments[at // UNITS_EACH].name,
        )
        for at in range(count)
    )
    return replace(sample, units=units, departments=departments, recipients=())


def round_forms(plan: Plan, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Each unit's filled-in form by file name: the sample's rows, in its own choice and with own words."""
    activities = read_toml(f"{ROUND}-aktiviteter")["activity"]
    for at, unit in enumerate(plan.units):
        chance = Random(f"{seed}:{at}")  # noqa: S311  a made round, no secret
        rows: dict[int, list[FormRow]] = {}
        for number in range(ROWS):
            goal = plan.goals[number % len(plan.goals)].number
            rows.setdefault(goal, []).append(_row(chance.choice(activities), f"({at}:{number})"))
        owner = unit_form(plan, unit)
        yield form.file_name(owner), form_workbook(plan, owner, rows)


def _row(activity: dict[str, Any], mark: str) -> FormRow:
    return FormRow(
        cells={
            Field.TITLE: f"{activity['title']} {mark}",
            Field.START: activity["start"],
            Field.END: activity["end"],
            Field.DESCRIPTION: f"{activity['description'].strip()} {mark}",
            Field.STATUS: activity["status"],
            Field.COMMENT: f"{activity['comment'].strip()} {mark}",
        }
    )


def write_round(folder: Path, count: int, seed: int = SEED) -> Plan:
    """Writes a round of so many units, and gives its plan."""
    plan = round_plan(count, seed)
    (folder / INBOX).mkdir(parents=True)
    (folder / PLAN_FILE).write_bytes(as_workbook(plan))
    for name, data in round_forms(plan, seed):
        (folder / INBOX / name).write_bytes(data)
    return plan


def main() -> None:
    """Writes a round where it is told."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("units", type=int)
    given = parser.parse_args()
    write_round(given.folder, given.units)


if __name__ == "__main__":
    main()
