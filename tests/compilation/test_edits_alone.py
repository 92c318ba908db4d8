"""What is made of a row when its activity comes, goes, changes and comes back, record by record."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from excel_uppsikt.compilation.edits import in_order, merge_edits
from excel_uppsikt.compilation.ids import keep_ids
from excel_uppsikt.compilation.joining import same_own
from excel_uppsikt.compilation.parts import same_value, shown, title_of, units_in_cell, with_part
from excel_uppsikt.figures import title_key
from excel_uppsikt.model import Activity, Choice, Compilation, Department, Field, Line, Plan, Unit
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, SICKNESS, STATUSES, make_plan, with_changes

SCHOOL = "Skola"
PLAN = make_plan()
TWO = make_plan(
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", Unit("Åsens skola", SCHOOL)),
)
ONE = activity("Starta fritidsklubb", id="2-a")


def row(now: Activity = ONE, collected: Activity | None = ONE, **choice: Any) -> Line:  # noqa: ANN401  any of the choice
    return Line(now, collected, replace(Choice(), **choice))


def of(*lines: Line, deleted: tuple[Activity, ...] = ()) -> Compilation:
    return Compilation(lines, deleted=deleted)


def merged(
    *activities: Activity, earlier: Compilation
) -> tuple[list[Line], list[tuple[str, str | None]]]:
    made = merge_edits(PLAN, activities, earlier)
    return [*made.compilation.lines], [
        (f"{f.code}.{f.variant.name}", f.value) for f in made.findings
    ]


def made_ids(
    *activities: Activity, earlier: Compilation, parted: tuple[Activity, ...] = ()
) -> list[str]:
    return [one.id for one in keep_ids(activities, earlier, (), parted)]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Starta fritidsklubb", True),
        ("STARTA  fritidsklubb", True),
        ("Starta fritidsklubbar", True),
        ("Bygga badhus", False),
        ("", False),
        ("Starta fritidsklubb 2", False),
    ],
)
def test_a_reworded_title_is_the_same_activity(title: str, kept: bool) -> None:
    new = activity(title, id="2-ny")
    expected = ["2-a" if kept else "2-ny"]
    assert made_ids(new, earlier=of(row())) == expected
    assert made_ids(new, earlier=of(deleted=(ONE,))) == expected
    assert made_ids(new, earlier=of(), parted=(ONE,)) == expected
    # Of the coordinator's own row it is none, and of one that is there itself neither.
    assert made_ids(new, earlier=of(row(ONE, None))) == ["2-ny"]
    assert made_ids(ONE, new, earlier=of(row())) == ["2-a", "2-ny"]


def test_of_several_alike_none_is_meant_but_for_the_very_title() -> None:
    other = activity("Starta fritidsklubben", id="2-b")
    earlier = of(row(), row(other, other))
    near = activity("Starta fritidsklubbar", id="2-ny")
    assert made_ids(near, earlier=earlier) == ["2-ny"]
    assert made_ids(activity("Starta fritidsklubben", id="2-ny"), earlier=earlier) == ["2-b"]
    both = (near, activity("Starta fritidsklubben", id="2-x"))
    assert made_ids(*both, earlier=earlier) == ["2-a", "2-b"]
    # An activity has one Id, and an Id one activity.
    assert made_ids(near, activity("Starta fritidsklubbarna", id="2-x"), earlier=of(row())) == [
        "2-a", "2-x",
    ]  # fmt: skip
    untitled = activity("", id="2-u")
    assert made_ids(activity("", id="2-ny"), earlier=of(row(untitled, untitled))) == ["2-ny"]


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"goal": HOMES}, False),
        ({"department": SCHOOL}, False),
        ({"units": ("Köket",)}, True),
    ],
)
def test_of_another_goal_or_department_it_is_another(
    changes: dict[str, object], kept: bool
) -> None:
    new = with_changes(replace(ONE, id="2-ny"), changes)
    assert made_ids(new, earlier=of(row())) == ["2-a" if kept else "2-ny"]


def test_what_was_carried_on_is_reworded_only_by_who_reported_it() -> None:
    old = replace(ONE, last_reported="T1")
    theirs = with_changes(replace(ONE, id="2-ny"), {"units": ("Köket",)})
    mine = replace(ONE, id="2-ny")
    assert made_ids(theirs, earlier=of(row(old, old))) == ["2-ny"]
    assert made_ids(mine, earlier=of(row(old, old))) == ["2-a"]
    apart = {title_key(ONE)}
    assert [a.id for a in keep_ids([theirs], of(row()), apart)] == ["2-ny"]
    assert [a.id for a in keep_ids([mine], of(row()), apart)] == ["2-a"]


def test_an_id_of_another_departments_is_its_own_departments() -> None:
    """Units that now belong to two departments have had an activity in common."""
    school = replace(ONE, department=SCHOOL, id="2-s")
    earlier = of(row(), row(school, school))
    assert made_ids(replace(school, id="2-a"), earlier=earlier) == ["2-s"]
    assert made_ids(replace(school, id="2-a"), school, earlier=earlier) == ["2-a", "2-s"]
    assert made_ids(replace(ONE, id="2-a"), earlier=earlier) == ["2-a"]


@pytest.mark.parametrize(
    "choice",
    [
        {"note": "Obs."}, {"order": 0.0}, {"order": 2.0}, {"completion": "Mer."}, {"same": "2-b"},
        {"include": False}, {"kept": True}, {"held": (Field.COMMENT,)},
    ],
)  # fmt: skip
def test_a_row_stays_that_something_was_decided_about(choice: dict[str, Any]) -> None:
    lines, told = merged(earlier=of(row(**choice)))
    assert [(one.activity, one.choice.away) for one in lines] == [(ONE, True)]
    kept = choice.get("kept", False)
    variant = "EXCLUDED_AND_AWAY" if "include" in choice else "AWAY"
    assert told == ([] if kept else [(f"M608.{variant}", None)])
    back, told = merged(ONE, earlier=of(*lines))
    assert [one.choice.away for one in back] == [False]
    assert told == []


def test_a_row_of_which_nothing_was_decided_goes_with_its_activity() -> None:
    """But not one that another's Samma som names, or that has been edited."""
    assert merged(earlier=of(row())) == ([], [])
    other = activity("B", id="2-b")
    lines, _ = merged(other, earlier=of(row(), row(other, other, same="2-A")))
    assert {one.activity.id for one in lines} == {"2-a", "2-b"}
    edited = with_changes(ONE, {"comment": "Redigerat."})
    lines, told = merged(earlier=of(row(edited)))
    assert ([one.activity for one in lines], told) == ([edited], [("M608.AWAY", None)])


def test_a_deleted_row_comes_back_out_of_the_report_and_is_remembered_till_then() -> None:
    note = "Raden hade tagits bort ur sammanställningen."
    gone = merge_edits(PLAN, (), of(deleted=(ONE,))).compilation
    assert (gone.lines, gone.deleted) == ((), (ONE,))
    made = merge_edits(PLAN, (ONE,), of(deleted=(ONE,))).compilation
    (back,) = made.lines
    assert (back.choice.include, back.choice.note.startswith(note), made.deleted) == (
        False,
        True,
        (),
    )
    lines, told = merged(earlier=of(back))
    assert ([one.activity for one in lines], told) == ([ONE], [("M608.DELETED_AND_AWAY", None)])


def test_rows_stand_by_department_goal_order_and_title() -> None:
    """Those of no order, no title and no department last; of titles alike by Id."""
    rows = [
        row(replace(activity("B"), id="7")),
        row(activity("", id="6")),
        row(activity("Ö", id="5")),
        row(activity("Ä", id="4"), order=2.0),
        row(activity("Z", id="3"), order=1.0),
        row(activity("Y", SICKNESS, id="1")),
        row(activity("A", department=SCHOOL, id="8")),
        row(activity("A", department=None, id="9")),
        row(activity("X", id="2"), order=-1.0),
        row(replace(activity("B"), id="65")),
        row(activity("N", id="35"), order=0.0),
    ]
    assert [one.activity.id for one in in_order(TWO, rows)] == [
        "1", "2", "35", "3", "4", "65", "7", "5", "6", "8", "9",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("units", "whole", "plan", "cell"),
    [
        (("Hemtjänst", "Bemanning"), False, PLAN, "Hemtjänst; Bemanning"),
        (("Hemtjänst",), True, PLAN, "Hela verksamheten"),
        ((), True, TWO, f"Hela verksamheten {CARE}"),
        ((), False, PLAN, ""),
    ],
)
def test_units_as_their_cell_shows_them(
    units: tuple[str, ...],
    whole: bool,
    plan: Plan,
    cell: str,
) -> None:
    one = activity("A", units=units, whole=whole)
    assert (units_in_cell(plan, one), shown(plan, one, Field.UNITS)) == (cell, cell)


def test_each_part_as_its_cell_shows_it() -> None:
    one = activity("A", start=date(2024, 1, 5), end=None, status=None)
    told = {part: shown(PLAN, one, part) for part in ("Mål", Field.TITLE, Field.START, Field.END)}
    assert told == {
        "Mål": ONE.goal.text, Field.TITLE: "A", Field.START: "2024-01-05", Field.END: "",
    }  # fmt: skip
    assert shown(PLAN, one, Field.STATUS) == ""
    assert shown(PLAN, ONE, Field.STATUS) == STATUSES[1].name


@pytest.mark.parametrize(
    ("part", "changes", "same"),
    [
        ("Mål", {"goal": HOMES}, False),
        ("Mål", {"goal": replace(ONE.goal, number=9, text=ONE.goal.text.upper())}, True),
        (Field.UNITS, {"units": ("Hemtjänst",)}, False),
        (Field.UNITS, {"whole": True}, False),
        (Field.COMMENT, {"comment": " Det går bra. "}, True),
        (Field.COMMENT, {"comment": "Det går Bra."}, False),
        (Field.END, {"end": None}, False),
        (Field.STATUS, {"status": STATUSES[1]}, True),
        (Field.STATUS, {"status": STATUSES[2]}, False),
    ],
)
def test_whether_two_say_the_same(part: str, changes: dict[str, object], same: bool) -> None:
    other = with_changes(ONE, changes)
    assert same_value(ONE, other, part) is same_value(other, ONE, part) is same
    taken = with_part(ONE, other, part)
    assert same_value(taken, other, part)
    if part != Field.UNITS:
        assert taken == with_changes(ONE, changes)


def test_of_whole_departments_the_units_that_are_named_beside_say_nothing() -> None:
    one, other = (activity("A", whole=True, units=units) for units in (("Hemtjänst",), ()))
    assert same_value(one, other, Field.UNITS)
    long = "x" * 32_767
    first, second = (activity("A", comment=long + end) for end in ("a", "b"))
    assert same_value(first, second, Field.COMMENT)
    moved = with_part(ONE, replace(ONE, department=SCHOOL), Field.UNITS)
    assert moved.department == SCHOOL
    assert with_part(ONE, replace(ONE, department=SCHOOL), Field.COMMENT).department == CARE


def test_what_nobody_has_reported_leaves_each_edit_and_each_question_as_it_was() -> None:
    """An answer may have been taken back, and may come again: what it said before is kept beside the edit."""
    collected = with_changes(ONE, {"comment": "Svaret.", "end": date(2024, 6, 30)})
    carried = replace(ONE, last_reported="T3 2023")
    ours = with_changes(collected, {"comment": "Samordnarens."})
    about = "Enhetens nya kommentar: Svaret."
    other = "Enhetens nya slutdatum: 2024-06-30"
    earlier = row(ours, collected, note=f"Ring.\n{about}", asked=(other, about), held=("end",))
    (line,), told = merged(carried, earlier=of(earlier))
    assert line.activity == with_changes(
        carried, {"comment": "Samordnarens.", "end": collected.values.end}
    )
    assert line.collected == with_changes(
        carried, {"comment": "Svaret.", "end": collected.values.end}
    )
    assert line.choice == replace(earlier.choice, away=False)
    assert told == []
    # What has not been edited is as it was last reported, and nothing is asked of it.
    plain = row(collected, collected, asked=(about, other))
    (line,), told = merged(carried, earlier=of(plain))
    assert (line.activity, line.collected, line.choice.asked, told) == (carried, carried, (), [])


def test_a_row_is_called_by_its_title_or_by_the_one_last_collected() -> None:
    nameless = activity("", id="2-a")
    assert title_of(row(activity("Annan", id="2-a"))) == "Annan"
    assert title_of(row(nameless)) == "Starta fritidsklubb"
    assert title_of(row(nameless, None)) == "–"


def test_rows_without_titles_are_not_the_same_activity() -> None:
    own = row(activity("Odla", id="s-a"), None)
    assert same_own(activity("Odla", id="2-b"), [own], ()) is own
    nameless = row(activity("", id="s-b"), None)
    assert same_own(activity("", id="2-c"), [nameless], ()) is None
