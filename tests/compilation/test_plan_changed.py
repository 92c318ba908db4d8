"""Units renamed, moved and split in the plan during a round: no edits of the rows that they stand in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Department, Plan, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import found, hand_in, line, run, start, table, titles
from tests.small_rounds import CARE, YOUTH, make_plan, make_round, own_form, row

SCHOOL = "Skola"
HOME, STAFF, LIVING = Unit("Hemtjänst", CARE), Unit("Bemanning", CARE), Unit("Boende", CARE)
NURSERY = Unit("Förskola", SCHOOL)


def plan(*units: Unit) -> Plan:
    departments = (*make_plan().departments, Department(SCHOOL))
    return make_plan(minimum=0, goals=(YOUTH,), departments=departments, units=units)


PLAN = plan(HOME, STAFF, LIVING, NURSERY)
RENAMED = plan(Unit("Hemvård", CARE, earlier_names=("Hemtjänst",)), STAFF, LIVING, NURSERY)
MOVED = plan(HOME, Unit("Bemanning", SCHOOL), LIVING, NURSERY)
ALL_MOVED = plan(Unit("Hemtjänst", SCHOOL), STAFF, LIVING, NURSERY)
SPLIT = plan(
    Unit("Norr", CARE, part_of=("Hemtjänst",)),
    Unit("Söder", SCHOOL, part_of=("Hemtjänst",)),
    STAFF, LIVING, NURSERY,
)  # fmt: skip
OWN, SHARED = "Friskvård", "Läxhjälp"


def form(units: Mapping[str, str]) -> bytes:
    """Hemtjänst's form as it was made before the plan changed, by title what stands in Enheter."""
    rows: Sequence[FormRow] = [row(title, units=named) for title, named in units.items()]
    return own_form(PLAN, "Hemtjänst", {2: rows})


def started(folder: Path, later: Plan) -> None:
    """A round run once, and its plan changed."""
    start(folder, {"a.xlsx": form({OWN: "", SHARED: "Hemtjänst; Bemanning"})}, PLAN)
    make_round(folder, later, {})


def stands(folder: Path) -> dict[object, tuple[object, object]]:
    """What the compilation says of each row: its units, and what the program noted."""
    return {cells["Aktivitet"]: (cells["Enheter"], cells["Anteckning"]) for cells in table(folder)}


@pytest.mark.parametrize(
    ("later", "name", "shared"), [(RENAMED, "Hemvård", "; Bemanning"), (MOVED, "Hemtjänst", "")]
)
def test_what_a_unit_then_changes_is_taken_as_it_says(
    tmp_path: Path, later: Plan, name: str, shared: str
) -> None:
    """The coordinator has changed the plan, and nothing in the rows: she is asked about nothing."""
    started(tmp_path, later)
    run(tmp_path, later)
    assert stands(tmp_path) == {OWN: (name, None), SHARED: (f"{name}{shared}", None)}
    hand_in(tmp_path, "a.xlsx", form({OWN: "Hemtjänst; Boende", SHARED: "Hemtjänst; Boende"}))
    assert found(run(tmp_path, later)) == []
    expected = (f"{name}; Boende", None)
    assert stands(tmp_path) == {OWN: expected, SHARED: expected}


@pytest.mark.parametrize("later", [RENAMED, MOVED])
def test_a_row_that_its_unit_takes_back_is_not_kept_as_one_decided_about(
    tmp_path: Path, later: Plan
) -> None:
    started(tmp_path, later)
    hand_in(tmp_path, "a.xlsx", form({OWN: ""}))
    assert found(run(tmp_path, later)) == []
    assert titles(tmp_path) == [OWN]


def test_rows_whose_unit_has_moved_are_of_its_new_department_and_still_the_same(
    tmp_path: Path,
) -> None:
    start(tmp_path, {"a.xlsx": form({OWN: ""})}, PLAN)
    made = line(tmp_path, OWN)["Id"]
    make_round(tmp_path, ALL_MOVED, {"a.xlsx": form({"Friskvården": ""})})
    run(tmp_path, ALL_MOVED)
    (only,) = table(tmp_path)
    assert (only["Id"], only["Aktivitet"], only["Verksamhet"]) == (made, "Friskvården", SCHOOL)


def test_a_name_that_was_split_stands_as_it_was_collected_in_one_row(tmp_path: Path) -> None:
    """Which part is meant nobody has said; of the units beside it nothing is lost."""
    started(tmp_path, SPLIT)
    reading = read_compilation(tmp_path / COMPILATION_FILE, SPLIT)
    assert [f.code for f in reading.findings] == ["R306", "R306"]
    for read in reading.compilation.lines:
        units = ("Hemtjänst",) if read.activity.values.title == OWN else ("Bemanning", "Hemtjänst")
        for activity in (read.activity, read.collected):
            assert activity is not None
            assert (activity.values.units, activity.undecided, activity.department) == (
                units, (), CARE,
            )  # fmt: skip
    assert len(reading.compilation.lines) == 2
