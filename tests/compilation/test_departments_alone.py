"""What a row says of units whose department is another than when it was written, read again by itself."""

from pathlib import Path

import pytest

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.model import Activity, Department, Plan, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import start
from tests.small_rounds import CARE, YOUTH, make_plan, own_form, row, shared_form

SCHOOL = "Skola"
HOME, STAFF = Unit("Hemtjänst", CARE), Unit("Bemanning", CARE)


def plan_of(*units: Unit) -> Plan:
    return make_plan(
        goals=(YOUTH,),
        minimum=0,
        units=units,
        departments=(Department(CARE), Department(SCHOOL)),
    )


FIRST = plan_of(HOME, STAFF)
INBOX = {
    "g.xlsx": shared_form(FIRST, {2: [row("Alla")]}),
    "h.xlsx": own_form(
        FIRST, "Hemtjänst", {2: [row("Alla"), row("Schema", units="Hemtjänst; Bemanning")]}
    ),
}


def rows(folder: Path, plan: Plan, *, before: bool) -> list[tuple[Activity, Activity | None]]:
    """Each row as it is now and as it was collected, read against this plan."""
    start(folder, INBOX, FIRST)
    reading = read_compilation(folder / COMPILATION_FILE, plan, before=before)
    assert reading.findings == ()
    return [(line.activity, line.collected) for line in reading.compilation.lines]


def said(one: Activity | None) -> tuple[object, ...]:
    assert one is not None
    return one.values.title, one.department, one.values.units, one.values.whole


def test_a_unit_that_moves_during_the_round_is_no_edit_of_its_rows(tmp_path: Path) -> None:
    """A row is of one department, so the unit of the other is in it no more, nor was collected in it."""
    now = rows(tmp_path, plan_of(HOME, Unit("Bemanning", SCHOOL)), before=False)
    assert [said(activity) for activity, _ in now] == [
        ("Alla", CARE, ("Hemtjänst",), True),
        ("Schema", CARE, ("Hemtjänst",), False),
    ]
    assert [activity == collected for activity, collected in now] == [True, True]


def test_of_the_round_before_each_department_has_its_own_part_of_a_row(tmp_path: Path) -> None:
    """What was collected is as it was, with all the units, in the one row and in the other."""
    before = rows(tmp_path, plan_of(HOME, Unit("Bemanning", SCHOOL)), before=True)
    assert [said(activity) for activity, _ in before] == [
        ("Alla", CARE, ("Hemtjänst",), True),
        ("Schema", CARE, ("Hemtjänst",), False),
        ("Schema", SCHOOL, ("Bemanning",), False),
    ]
    assert [said(collected) for _, collected in before] == [
        ("Alla", CARE, ("Hemtjänst",), True),
        *[("Schema", CARE, ("Hemtjänst", "Bemanning"), False)] * 2,
    ]


@pytest.mark.parametrize("moved", [CARE, SCHOOL])
def test_of_a_unit_that_was_split_a_row_of_the_whole_department_asks_too(
    tmp_path: Path, moved: str
) -> None:
    """Its cell names no unit, but those that it also was of are known; in each its own parts are asked."""
    parts = (
        Unit("Norr", CARE, part_of=("Hemtjänst",)),
        Unit("Söder", moved, part_of=("Hemtjänst",)),
    )
    before = rows(tmp_path, plan_of(*parts, STAFF), before=True)
    norr, soder = (("Norr", "Hemtjänst"),), (("Söder", "Hemtjänst"),)
    found = [(*said(activity), activity.undecided) for activity, _ in before]
    if moved == CARE:
        assert found == [
            ("Alla", CARE, ("Norr", "Söder"), True, norr + soder),
            ("Schema", CARE, ("Norr", "Söder", "Bemanning"), False, norr + soder),
        ]
    else:
        assert found == [
            ("Alla", CARE, ("Norr",), True, norr),
            ("Alla", SCHOOL, ("Söder",), False, soder),
            ("Schema", CARE, ("Norr", "Bemanning"), False, norr),
            ("Schema", SCHOOL, ("Söder",), False, soder),
        ]
