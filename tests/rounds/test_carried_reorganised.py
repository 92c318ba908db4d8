"""What is carried on of units that have been split, moved or renamed since."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from excel_uppsikt.model import Department, Unit
from tests.compilation.edited_rounds import run, saved_by_hand
from tests.rounds.carried_rounds import (
    CAFE,
    CAMP,
    CLUB,
    HEALTH,
    YARD,
    carried,
    following,
    second_round,
    told,
)
from tests.small_rounds import CARE, make_round, own_form, row


def test_of_a_split_unit_the_part_that_is_silent_keeps_what_no_other_has(tmp_path: Path) -> None:
    """The bench has answered, and crossed out the yard: of the rest it is not said to have anything."""
    parts = [Unit(name, CARE, part_of=("Bemanning",)) for name in ("Bänken", "Poolen")]
    plan = following("T2", "t1", units=("Hemtjänst", *parts))
    form = own_form(plan, "Bänken", {2: [row(CAFE, comment="Invigt.")]})
    checked = second_round(tmp_path, {"Bänken.xlsx": form}, plan)
    assert carried(checked) == [
        (HEALTH, ("Hemtjänst",), False, "T1"),
        (CLUB, ("Hemtjänst", "Poolen"), False, "T1"),
        (CAMP, (), True, "T1"),
        (YARD, ("Poolen",), False, "T1"),
    ]
    assert told(checked, "E701") == []


def test_units_that_now_belong_to_two_departments_have_a_row_in_each(tmp_path: Path) -> None:
    """With an Id of its own in each, so that nothing is written over; whoever answers takes over its own."""
    other = "Teknisk verksamhet"
    departments = (Department(CARE, "utskottet"), Department(other, "ett annat"))
    units = ("Hemtjänst", Unit("Bemanning", other))
    plan = following("T2", "t1", units=units, departments=departments)
    checked = second_round(tmp_path, {}, plan)
    folder = tmp_path / "t2"
    clubs = [a for a in checked.compilation.carried if a.values.title == CLUB]
    assert [(a.department, a.values.units) for a in clubs] == [
        (CARE, ("Hemtjänst",)),
        (other, ("Bemanning",)),
    ]
    assert len({a.id for a in clubs}) == 2
    assert run(folder, plan).compilation.carried == checked.compilation.carried
    put_twice(folder, {CARE: "Vårdens.", other: "Teknikens."})
    form = own_form(plan, "Bemanning", {2: [row(CLUB, id=clubs[0].id, comment="Öppnad.")]})
    make_round(folder, plan, {"Bemanning.xlsx": form})
    checked = run(folder, plan)
    now = [a for a in checked.compilation.in_reports if a.values.title == CLUB]
    assert [(a.department, a.values.comment, a.last_reported) for a in now] == [
        (CARE, "Arbetet pågår.", "T1"),
        (other, "Öppnad.", ""),
    ]
    assert [a.id for a in now] == [a.id for a in clubs]
    assert [a.values.description for a in now] == ["Vårdens.", "Teknikens."]


def put_twice(folder: Path, descriptions: Mapping[str, str]) -> None:
    """Writes a description on each department's row of the club."""

    def change(book: Any) -> None:  # noqa: ANN401  a workbook of another program
        sheet = book["Aktiviteter"]
        at = {cell.value: cell.column for cell in sheet[3]}
        for number in range(4, sheet.max_row + 1):
            if sheet.cell(number, at["Aktivitet"]).value == CLUB:
                whose = sheet.cell(number, at["Verksamhet"]).value
                sheet.cell(number, at["Beskrivning"]).value = descriptions[whose]

    saved_by_hand(folder, change)


def test_a_renamed_unit_keeps_its_own_by_its_former_name(tmp_path: Path) -> None:
    units = ("Hemtjänst", Unit("Bemanningsenheten", CARE, earlier_names=("Bemanning",)))
    checked = second_round(tmp_path, {}, following("T2", "t1", units=units))
    assert (CAFE, ("Bemanningsenheten",), False, "T1") in carried(checked)
    # One that is not there any more has nobody to answer for it.
    checked = second_round(tmp_path / "b", {}, following("T2", "t1", units=("Hemtjänst",)))
    assert [(name, units) for name, units, *_ in carried(checked)] == [
        (HEALTH, ("Hemtjänst",)), (CLUB, ("Hemtjänst",)), (CAMP, ()),
    ]  # fmt: skip
