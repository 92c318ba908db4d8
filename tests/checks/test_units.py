"""The unit rule: at least two activities, and beside them one for each mandatory goal."""

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest

from excel_uppsikt.checks.units import unit_rule, unit_terms
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import (
    Activity,
    Collection,
    Department,
    FormKind,
    Goal,
    Plan,
    RuleTerm,
    Submission,
    Unit,
    Values,
)
from tests.small_rounds import (
    CARE,
    HOMES,
    SICKNESS,
    YOUTH,
    check,
    make_plan,
    own_form,
    per_goal_form,
    places,
    row,
    shared_form,
)

HOME_CARE = Unit("Hemtjänst", CARE)
SAFETY = Goal(4, "Alla ska vara trygga på jobbet.", "Verksamhetsmål", 1)
# Enough for a unit: two ordinary activities and one for sickness absence.
ENOUGH = {2: [row("Läxhjälp"), row("Fältarbete")], 1: [row("Friskvård")]}
SHORT = {2: [row("Läxhjälp")]}


def activity(
    number: int, goal: Goal, *units: str, department: str = CARE, title: str | None = None
) -> Activity:
    """An activity of these units, or of the whole department when none is named."""
    return Activity(
        values=Values(
            title=f"Aktivitet {number}" if title is None else title,
            units=units,
            whole=not units,
            start=None,
            end=None,
            description="",
            status=None,
            comment="",
        ),
        id=f"{goal.number}-{number}",
        goal=goal,
        department=department,
    )


def activities(
    ordinary: int, mandatory: int, *units: str, department: str = CARE
) -> list[Activity]:
    """So many activities toward an ordinary and a mandatory goal, of these units or common."""
    goals = [YOUTH] * ordinary + [SICKNESS] * mandatory
    return [activity(at, goal, *units, department=department) for at, goal in enumerate(goals)]


def from_units(*names: str) -> Collection:
    """A collection of the units' own forms; what stood in them does not matter to the rule."""
    return Collection(
        tuple(Submission(f"{n}.xlsx", FormKind.UNIT, n, CARE, None, ()) for n in names)
    )


def told(folder: Path, plan: Plan, inbox: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The U findings of a round as (code, unit), none of which has a place."""
    found = [f for f in check(folder, plan, inbox).findings if f.code.startswith("U")]
    assert [(f.file, f.sheet, f.cell) for f in found] == [(None, None, None)] * len(found)
    return [(f.code, f.value or "") for f in found]


@pytest.mark.parametrize("common_counts", [False, True])
@pytest.mark.parametrize("mandatory_counts", [False, True])
def test_every_combination_of_activities_and_switches(
    *, mandatory_counts: bool, common_counts: bool
) -> None:
    """Two activities plus one for the mandatory goal, counted as the plan's two switches say."""
    plan = make_plan(
        units=("Hemtjänst",), mandatory_counts=mandatory_counts, common_counts=common_counts
    )
    for own, own_mandatory, common, common_mandatory in product(
        range(4), range(3), range(3), range(2)
    ):
        ordinary = own + (common if common_counts else 0)
        toward_goal = own_mandatory + (common_mandatory if common_counts else 0)
        toward_two = ordinary + (toward_goal if mandatory_counts else 0)
        own_toward_two = own + (own_mandatory if mandatory_counts else 0)
        # The common ones are told apart, whether they count or not.
        common_toward_two = common + (common_mandatory if mandatory_counts else 0)

        present = activities(own, own_mandatory, "Hemtjänst") + activities(common, common_mandatory)
        counts = (own, own_mandatory, common, common_mandatory)
        assert unit_terms(plan, present, HOME_CARE) == (
            RuleTerm("Hemtjänst", None, toward_two, own_toward_two, 2, common_toward_two),
            RuleTerm("Hemtjänst", SICKNESS, toward_goal, own_mandatory, 1, common_mandatory),
        ), counts

        lacking = ["U501"] * (toward_two < 2) + ["U502"] * (toward_goal < 1)
        found = list(unit_rule(plan, from_units("Hemtjänst"), present))
        assert [f.code for f in found] == lacking, counts
        assert {(f.value, f.file, f.sheet, f.cell) for f in found} <= {
            ("Hemtjänst", None, None, None)
        }


@pytest.mark.parametrize(
    ("minimum", "ordinary", "codes"),
    [
        (0, 0, []),
        (1, 0, ["U501"]),
        (1, 1, []),
        (3, 2, ["U501"]),
        (3, 3, []),
        (None, 1, ["U501"]),
        (None, 2, []),
    ],
)
def test_a_units_own_minimum_goes_before_the_rounds(
    minimum: int | None, ordinary: int, codes: list[str]
) -> None:
    """Also 0; an empty one means the round's two. The mandatory goal is owed all the same."""
    unit = Unit("Hemtjänst", CARE, minimum=minimum)
    plan = make_plan(units=(unit,))
    collection = from_units("Hemtjänst")
    with_goal = list(unit_rule(plan, collection, activities(ordinary, 1, "Hemtjänst")))
    without = list(unit_rule(plan, collection, activities(ordinary, 0, "Hemtjänst")))
    assert [f.code for f in with_goal] == codes
    assert [f.code for f in without] == [*codes, "U502"]


def test_the_rounds_minimum_is_the_plans_to_set() -> None:
    """With 1 as the plan's minimum one ordinary activity is enough."""
    plan = make_plan(units=("Hemtjänst",), minimum=1)
    present = activities(1, 1, "Hemtjänst")
    assert list(unit_rule(plan, from_units("Hemtjänst"), present)) == []


def test_a_goal_may_ask_for_two() -> None:
    """One of two is U502; two are enough, but are not among the unit's plain two."""
    twice = Goal(1, SICKNESS.text, SICKNESS.area, 2)
    plan = make_plan(units=("Hemtjänst",), goals=(YOUTH, twice))
    collection = from_units("Hemtjänst")
    for count, codes in ((0, ["U502"]), (1, ["U502"]), (2, [])):
        present = activities(2, count, "Hemtjänst")
        assert [f.code for f in unit_rule(plan, collection, present)] == codes
    only_mandatory = activities(0, 2, "Hemtjänst")
    assert [f.code for f in unit_rule(plan, collection, only_mandatory)] == ["U501"]


def test_each_of_two_mandatory_goals_is_owed() -> None:
    """Terms and findings come by the goals' numbers, whatever the plan's row order."""
    plan = make_plan(units=("Hemtjänst",), goals=(SAFETY, YOUTH, SICKNESS))
    ordinary = activities(2, 0, "Hemtjänst")
    collection = from_units("Hemtjänst")
    assert [term.goal for term in unit_terms(plan, ordinary, HOME_CARE)] == [None, SICKNESS, SAFETY]
    found = list(unit_rule(plan, collection, ordinary))
    assert [(f.code, f.message) for f in found] == [
        ("U502", f"Hemtjänst har ingen aktivitet för målet ”{goal.text[:-1]}”. Minst 1 krävs.")
        for goal in (SICKNESS, SAFETY)
    ]
    safe = [*ordinary, activity(9, SAFETY, "Hemtjänst")]
    assert [f.code for f in unit_rule(plan, collection, safe)] == ["U502"]
    assert list(unit_rule(plan, collection, [*safe, activity(8, SICKNESS, "Hemtjänst")])) == []


def test_without_mandatory_goals_only_the_two_are_owed() -> None:
    plan = make_plan(units=("Hemtjänst",), goals=(YOUTH, HOMES))
    found = list(unit_rule(plan, from_units("Hemtjänst"), activities(1, 0, "Hemtjänst")))
    assert [(f.code, f.severity, f.message) for f in found] == [
        (
            "U501",
            Severity.ERROR,
            "Hemtjänst har 1 aktivitet, men regeln är minst 2. 1 aktivitet saknas.",
        )
    ]


def test_the_message_says_what_does_not_count() -> None:
    """Many activities for the mandatory goal never make up for the two."""
    plan = make_plan(units=("Hemtjänst",))
    found = list(unit_rule(plan, from_units("Hemtjänst"), activities(0, 5, "Hemtjänst")))
    assert [(f.code, f.message) for f in found] == [
        (
            "U501",
            "Hemtjänst har 0 aktiviteter utöver de obligatoriska målens, men regeln är minst 2. "
            "2 aktiviteter saknas.",
        )
    ]


def test_several_units_on_an_activity_each_count_it() -> None:
    """And it is each one's own; a unit it does not name gets nothing."""
    plan = make_plan(units=("Hemtjänst", "Bemanning", "Boende"))
    shared = activities(2, 1, "Hemtjänst", "Bemanning")
    for unit, count in (("Hemtjänst", 2), ("Bemanning", 2), ("Boende", 0)):
        term, *_ = unit_terms(plan, shared, Unit(unit, CARE))
        assert (term.have, term.own) == (count, count)
    collection = from_units("Hemtjänst", "Bemanning", "Boende")
    found = [(f.code, f.value) for f in unit_rule(plan, collection, shared)]
    assert found == [("U501", "Boende"), ("U502", "Boende")]


def test_another_departments_common_activities_count_for_nobody_here() -> None:
    school = Department("Skola")
    unit = Unit("Förskolan", "Skola")
    plan = make_plan(
        units=(HOME_CARE, unit), departments=(Department(CARE), school), common_counts=True
    )
    present = activities(2, 1, department="Skola")
    collection = from_units("Hemtjänst", "Förskolan")
    found = [(f.code, f.value) for f in unit_rule(plan, collection, present)]
    assert found == [("U501", "Hemtjänst"), ("U502", "Hemtjänst")]


def test_an_activity_without_title_does_not_count() -> None:
    plan = make_plan(units=("Hemtjänst",))
    present = [
        activity(1, YOUTH, "Hemtjänst"),
        activity(2, YOUTH, "Hemtjänst", title=""),
        activity(3, SICKNESS, "Hemtjänst", title=""),
    ]
    found = [f.code for f in unit_rule(plan, from_units("Hemtjänst"), present)]
    assert found == ["U501", "U502"]


@pytest.mark.parametrize(
    ("others", "codes"),
    [
        ({2: [row("Läxhjälp"), row("Fältarbete")], 1: [row("Friskvård")]}, ["U503"]),
        ({**ENOUGH, 2: [*ENOUGH[2], row("Teater", units="Bemanning")]}, ["U501", "U502", "U503"]),
        (
            {
                2: [row(title, units="Hemtjänst; Bemanning") for title in ("Läxhjälp", "Teater")],
                1: [row("Friskvård")],
            },
            ["U502", "U503"],
        ),
        (
            {
                2: [row(title, units="Hemtjänst; Bemanning") for title in ("Läxhjälp", "Teater")],
                1: [row("Friskvård", units="Hemtjänst och Bemanning")],
            },
            ["U503"],
        ),
    ],
    ids=["no one names it", "named once", "named but for the goal", "others do enough"],
)
def test_a_unit_that_handed_in_nothing(
    others: Mapping[int, Sequence[FormRow]], codes: list[str], tmp_path: Path
) -> None:
    """It is U503 alone, and short of the rule only if others name it and it still falls short."""
    plan = make_plan()
    inbox = {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", others)}
    assert told(tmp_path, plan, inbox) == [(code, "Bemanning") for code in codes]


def test_common_activities_do_not_name_a_unit_that_is_missing(tmp_path: Path) -> None:
    """They may count for it, but one that handed in nothing is still U503 alone."""
    plan = make_plan(units=("Hemtjänst",), common_counts=True)
    inbox = {f"Gemensamt {CARE}.xlsx": shared_form(plan, {2: [row("Läxhjälp")]})}
    assert told(tmp_path, plan, inbox) == [("U503", "Hemtjänst")]


def test_an_empty_inbox_is_u503_for_every_unit_in_the_plans_order() -> None:
    plan = make_plan(units=("Hemtjänst", "Bemanning", "Boende"))
    found = list(unit_rule(plan, Collection(), ()))
    assert [(f.code, f.severity, f.value) for f in found] == [
        ("U503", Severity.WARNING, unit.name) for unit in plan.units
    ]


def test_an_empty_form_is_handed_in(tmp_path: Path) -> None:
    """It owes what the rule asks; U503 would be untrue."""
    plan = make_plan(units=("Hemtjänst",))
    inbox = {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {})}
    assert told(tmp_path, plan, inbox) == [("U501", "Hemtjänst"), ("U502", "Hemtjänst")]


def test_a_row_that_names_the_unit_in_a_per_goal_form_is_handed_in(tmp_path: Path) -> None:
    """One unit is named and short, the other is named by no one and has handed in nothing."""
    plan = make_plan()
    inbox = {"Mål 2.xlsx": per_goal_form(plan, YOUTH, [row("Läxhjälp", units="Hemtjänst")])}
    assert told(tmp_path, plan, inbox) == [
        ("U501", "Hemtjänst"),
        ("U502", "Hemtjänst"),
        ("U503", "Bemanning"),
    ]


def test_per_goal_forms_add_up_to_what_a_unit_owes(tmp_path: Path) -> None:
    plan = make_plan(units=("Hemtjänst",))
    inbox = {
        "Mål 1.xlsx": per_goal_form(plan, SICKNESS, [row("Friskvård", units="Hemtjänst")]),
        "Mål 2.xlsx": per_goal_form(plan, YOUTH, [row("Läxhjälp", units="Hemtjänst")]),
        "Mål 3.xlsx": per_goal_form(plan, HOMES, [row("Bostäder", units="Hemtjänst")]),
    }
    assert told(tmp_path, plan, inbox) == []


@pytest.mark.parametrize("common_counts", [False, True])
def test_unknown_units_in_a_per_goal_form_belong_to_nobody(
    *, common_counts: bool, tmp_path: Path
) -> None:
    """Not to every unit either, though the plan lets common activities count."""
    plan = make_plan(units=("Hemtjänst",), common_counts=common_counts)
    rows = [row(title, units="Hamnkontoret") for title in ("Läxhjälp", "Teater")]
    checked = check(tmp_path, plan, {"Mål 2.xlsx": per_goal_form(plan, YOUTH, rows)})
    assert [(a.values.title, a.values.units, a.values.whole) for a in checked.activities] == [
        ("Läxhjälp", (), False),
        ("Teater", (), False),
    ]
    sheet = "2 Kommunens ungdomar ska känna"
    assert places(checked.findings) == [
        ("R306", "Mål 2.xlsx", sheet, "B5"),
        ("R306", "Mål 2.xlsx", sheet, "B6"),
        ("U503", "", "", ""),
    ]


def test_unknown_units_in_a_units_own_form_are_read_as_the_unit(tmp_path: Path) -> None:
    """The row counts for the form's unit, so that a misspelling does not also break the rule."""
    plan = make_plan(units=("Hemtjänst",))
    rows = {**ENOUGH, 2: [row("Läxhjälp", units="Hamnkontoret"), row("Teater")]}
    assert told(tmp_path, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", rows)}) == []


@pytest.mark.parametrize("common_counts", [False, True])
def test_gemensamt_counts_only_if_the_plan_says_so(*, common_counts: bool, tmp_path: Path) -> None:
    """As in the real report, whose one sickness absence activity is common to all."""
    plan = make_plan(units=("Hemtjänst",), common_counts=common_counts)
    inbox = {
        f"Gemensamt {CARE}.xlsx": shared_form(plan, {1: [row("Friskvård")]}),
        "Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: ENOUGH[2]}),
    }
    assert told(tmp_path, plan, inbox) == ([] if common_counts else [("U502", "Hemtjänst")])


def test_an_unreadable_file_that_bears_the_units_name_says_enough(tmp_path: Path) -> None:
    """F201 alone: the unit has handed in, and what its activities are nobody knows."""
    plan = make_plan(units=("Hemtjänst",))
    checked = check(tmp_path, plan, {"Hemtjänst (2).xlsx": b"PK\x03\x04 avbruten"})
    assert places(checked.findings) == [("F201", "Hemtjänst (2).xlsx", "", "")]


def test_an_unreadable_copy_does_not_excuse_a_readable_form(tmp_path: Path) -> None:
    plan = make_plan(units=("Hemtjänst",))
    inbox = {
        "Hemtjänst gammal.xlsx": b"PK\x03\x04 avbruten",
        "Hemtjänst.xlsx": own_form(plan, "Hemtjänst", SHORT),
    }
    assert places(check(tmp_path, plan, inbox).findings) == [
        ("F201", "Hemtjänst gammal.xlsx", "", ""),
        ("U501", "", "", ""),
        ("U502", "", "", ""),
    ]


def test_rows_without_title_are_reported_and_do_not_count(tmp_path: Path) -> None:
    plan = make_plan(units=("Hemtjänst",))
    rows = {2: [row("Läxhjälp"), row("–")], 1: [row("")]}
    checked = check(tmp_path, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", rows)})
    assert places(checked.findings) == [
        ("R301", "Hemtjänst.xlsx", "1 Sjukfrånvaron ska minska", "A5"),
        ("R301", "Hemtjänst.xlsx", "2 Kommunens ungdomar ska känna", "A6"),
        ("U501", "", "", ""),
        ("U502", "", "", ""),
    ]


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    """A row and its exact duplicate are one activity."""
    plan = make_plan(units=("Hemtjänst",))
    rows = {2: [row("Läxhjälp"), row("LÄXHJÄLP")], 1: [row("Friskvård")]}
    inbox = {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", rows)}
    assert told(tmp_path, plan, inbox) == [("U501", "Hemtjänst")]
