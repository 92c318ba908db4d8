"""Findings that are alike in several units' files are told once on the terminal, and whole in JSON."""

from dataclasses import replace
from pathlib import Path

from excel_uppsikt.cli.repeats import in_one_line, told_once
from excel_uppsikt.model import Department
from tests.small_rounds import CARE, check, make_plan, own_form, places, row

PLAN = make_plan(units=("A-enheten", "B-enheten", "C-enheten"), minimum=0)
SHEET = "2 Kommunens ungdomar ska känna"
LATE = row("Läxhjälp", end="2024-03-31")


def test_what_files_say_alike_of_a_shared_activity_is_told_once(tmp_path: Path) -> None:
    """At the first file, with the others named; what differs, and what others say, stands as it was."""
    other_end = row("Läxhjälp", end="2024-03-30")
    inbox = {
        "A-enheten.xlsx": own_form(PLAN, "A-enheten", {2: [LATE, row("Eget", end="2024-03-31")]}),
        "B-enheten.xlsx": own_form(PLAN, "B-enheten", {2: [row("Annat"), LATE]}),
        "C-enheten.xlsx": own_form(PLAN, "C-enheten", {2: [other_end]}),
    }
    checked = check(tmp_path, PLAN, inbox)
    findings = [f for f in checked.findings if f.code == "C402"]
    told = told_once(findings, checked.activities)
    assert places([alike[0] for alike in told]) == [
        ("C402", "A-enheten.xlsx", SHEET, "F5"),
        ("C402", "A-enheten.xlsx", SHEET, "F6"),
        ("C402", "C-enheten.xlsx", SHEET, "F5"),
    ]
    assert [in_one_line(alike) for alike in told] == [
        f"{findings[0].message} Detsamma gäller inkorg/B-enheten.xlsx (cell F6).",
        findings[1].message,
        findings[3].message,
    ]
    # The round itself still has every finding where it is.
    assert len(findings) == 4


def test_alike_rows_of_two_departments_are_not_one_activity(tmp_path: Path) -> None:
    plan = make_plan(
        units=("A-enheten",), departments=(Department(CARE), Department("Skola")), minimum=0
    )
    school = replace(plan.units[0], name="Rektor", department="Skola")
    plan = replace(plan, units=(*plan.units, school))
    inbox = {f"{u.name}.xlsx": own_form(plan, u.name, {2: [LATE]}) for u in plan.units}
    checked = check(tmp_path, plan, inbox)
    assert told_once(checked.findings, checked.activities) == tuple((f,) for f in checked.findings)
