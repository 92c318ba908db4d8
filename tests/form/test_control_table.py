"""The first sheet counts activities and what is left to do, and says whether the unit rule holds."""

from collections.abc import Mapping, Sequence

import pytest

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Plan, Unit
from tests.form.opened_forms import opened
from tests.small_rounds import (
    CARE,
    HOMES,
    SICKNESS,
    YOUTH,
    make_plan,
    own_form,
    per_goal_form,
    row,
    shared_form,
)

Table = list[list[object]]


def table(data: bytes, heading: str) -> Table:
    """The rows of a table on Läs mig, below the heading in its first cell."""
    sheet = opened(data, values=True)["Läs mig"]
    rows: Table = [[cell.value for cell in line[:4]] for line in sheet.iter_rows()]
    start = next(at for at, line in enumerate(rows) if line[0] == heading) + 1
    end = next((at for at in range(start, len(rows)) if rows[at][0] is None), len(rows))
    return rows[start:end]


GOALS_HEADING, RULE_HEADING = "Mål (klicka för att gå dit)", "Regeln för varje enhet"


def test_the_table_counts_activities_and_what_is_left_to_do() -> None:
    rows = {1: [row()], 2: [row(), row("Två", end=None), row("", description="Utan titel")]}
    data = own_form(make_plan(), "Hemtjänst", rows)
    assert table(data, GOALS_HEADING) == [
        ["1. Sjukfrånvaron ska minska.", 1, 0, "✔ Klart"],
        ["2. Kommunens ungdomar ska känna ökad trygghet.", 2, 2, "✘ Komplettera"],
        ["3. Ånge ska ha ett positivt flyttnetto.", 0, 0, "– Tomt"],
    ]


@pytest.mark.parametrize(
    ("plan", "rows", "rule"),
    [
        # Two activities plus one for the mandatory goal, which is not counted among the two.
        (
            make_plan(),
            {1: [row(), row("Två")], 2: [row()]},
            [
                ["Minst två aktiviteter utöver de obligatoriska målens", 1, 2, "✘ Saknas 1"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 2, 1, "✔ Uppfyllt"],
            ],
        ),
        (
            make_plan(),
            {2: [row()], 3: [row()]},
            [
                ["Minst två aktiviteter utöver de obligatoriska målens", 2, 2, "✔ Uppfyllt"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 0, 1, "✘ Saknas 1"],
            ],
        ),
        # ... unless the plan says so.
        (
            make_plan(mandatory_counts=True),
            {1: [row()], 2: [row()]},
            [
                ["Minst två aktiviteter", 2, 2, "✔ Uppfyllt"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 1, 1, "✔ Uppfyllt"],
            ],
        ),
        # A unit's own minimum goes before the round's, also when it is none.
        (
            make_plan(units=[Unit("Hemtjänst", CARE, minimum=0)], minimum=5),
            {},
            [
                ["Minst noll aktiviteter utöver de obligatoriska målens", 0, 0, "✔ Uppfyllt"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 0, 1, "✘ Saknas 1"],
            ],
        ),
        (
            make_plan(goals=[YOUTH, HOMES], minimum=3),
            {2: [row(), row("Två")]},
            [["Minst tre aktiviteter", 2, 3, "✘ Saknas 1"]],
        ),
        # With nothing but mandatory goals there is nothing that could count.
        (
            make_plan(goals=[SICKNESS]),
            {1: [row()]},
            [
                ["Minst två aktiviteter utöver de obligatoriska målens", 0, 2, "✘ Saknas 2"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 1, 1, "✔ Uppfyllt"],
            ],
        ),
    ],
)
def test_the_first_sheet_shows_whether_the_unit_rule_holds(
    plan: Plan, rows: Mapping[int, Sequence[FormRow]], rule: Table
) -> None:
    assert table(own_form(plan, "Hemtjänst", rows), RULE_HEADING) == rule


def test_forms_that_are_no_single_units_show_no_unit_rule() -> None:
    for data in (shared_form(make_plan(), {}), per_goal_form(make_plan(), YOUTH, ())):
        sheet = opened(data)["Läs mig"]
        assert RULE_HEADING not in [sheet[f"A{number}"].value for number in range(1, 40)]
