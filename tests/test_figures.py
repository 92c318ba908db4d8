"""Figures, and what has changed since the previous round, worked out on activities as they are."""

from collections.abc import Sequence
from datetime import date

import pytest

from excel_uppsikt import figures
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import (
    Activity,
    ChangeKind,
    Choice,
    Compilation,
    Department,
    Field,
    Line,
    Stage,
    Unit,
)
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, SICKNESS, STATUSES, YOUTH, make_plan

PLAN = make_plan()
SCHOOL = "Skola"
NOT_STARTED, ONGOING, DEVIATING, FINISHED, _ = STATUSES
ALONE = ("Hemtjänst",)
COMMON = f"Gemensamt {CARE}"


# --- Counts -------------------------------------------------------------------------------------


def test_coverage_counts_for_each_unit_and_once_in_the_total() -> None:
    """Goals by number and units in the plan's order; what names nobody has a column where there is any."""
    found = figures.coverage(
        PLAN,
        [
            activity("A", YOUTH, units=("Hemtjänst", "Bemanning")),
            activity("B", YOUTH, units=ALONE),
            activity("C", HOMES, units=(), whole=True),
            activity("D", HOMES, units=()),
        ],
    )
    assert list(found.columns) == [
        "Hemtjänst",
        "Bemanning",
        "Hela verksamheten",
        "Utan enhet",
        "Summa",
    ]
    assert list(found.index) == [SICKNESS.number, YOUTH.number, HOMES.number]
    assert found.to_numpy().tolist() == [[0, 0, 0, 0, 0], [2, 1, 0, 0, 2], [0, 0, 1, 1, 2]]


@pytest.mark.parametrize("activities", [[], [activity("A", SICKNESS, units=ALONE)]])
def test_coverage_has_every_goal_and_unit_and_nobody_only_where_needed(
    activities: Sequence[Activity],
) -> None:
    found = figures.coverage(PLAN, activities)
    assert list(found.columns) == ["Hemtjänst", "Bemanning", "Hela verksamheten", "Summa"]
    count = len(activities)
    assert found.to_numpy().tolist() == [[count, 0, 0, count], [0] * 4, [0] * 4]


def test_statuses_are_counted_in_the_plans_order_and_missing_ones_apart() -> None:
    activities = [activity("A", status=FINISHED), activity("B", status=ONGOING), activity("C")]
    every = {status.name: 0 for status in STATUSES}
    assert figures.status_counts(PLAN, activities) == every | {ONGOING.name: 2, FINISHED.name: 1}
    assert list(figures.status_counts(PLAN, activities)) == [status.name for status in STATUSES]
    without = [activity("A", status=None), activity("B", status=None)]
    assert list(figures.status_counts(PLAN, without).items()) == [*every.items(), ("", 2)]


def test_goals_with_activities_are_counted_by_stage() -> None:
    """What has no status is at no stage, but counts."""
    activities = [
        activity("A", HOMES, status=DEVIATING),
        activity("B", HOMES, status=ONGOING),
        activity("C", HOMES, status=None),
        activity("D", SICKNESS, status=FINISHED),
    ]
    assert figures.goal_counts(PLAN, activities) == {1: 1, 2: 0, 3: 3}
    assert figures.goal_stages(PLAN, activities) == [
        figures.GoalStages(
            SICKNESS, 1, {Stage.NOT_STARTED: 0, Stage.ONGOING: 0, Stage.FINISHED: 1}, 0
        ),
        figures.GoalStages(
            HOMES, 3, {Stage.NOT_STARTED: 0, Stage.ONGOING: 2, Stage.FINISHED: 0}, 1
        ),
    ]


def test_what_concerns_the_whole_department_concerns_its_units_alone() -> None:
    plan = make_plan(
        units=("Hemtjänst", "Bemanning", Unit("Åsens skola", SCHOOL)),
        departments=(Department(CARE), Department(SCHOOL)),
    )
    for units, whole, expected in [
        (("Bemanning", "Hemtjänst"), False, ["Hemtjänst", "Bemanning"]),
        (("Bemanning",), False, ["Bemanning"]),
        ((), True, ["Hemtjänst", "Bemanning"]),
        ((), False, []),
    ]:
        found = figures.units_of(plan, activity("A", units=units, whole=whole))
        assert [unit.name for unit in found] == expected


# --- Changes ------------------------------------------------------------------------------------


def told(
    before: Sequence[Activity],
    now: Sequence[Activity],
    heard: frozenset[str] | None = None,
    kept_out: frozenset[str] = frozenset(),
) -> list[tuple[ChangeKind, str]]:
    """The changes as kind and Id."""
    return [
        (change.kind, change.activity.id)
        for change in figures.changes(before, now, heard=heard, kept_out=kept_out)
    ]


def one(made: str, title: str = "A", comment: str = "", **changes: object) -> Activity:
    """An activity with this Id, about which there is nothing to say when it is the same."""
    return activity(title, id=made, comment=comment, **changes)  # type: ignore[arg-type]


NEW, GONE, UNREPORTED = ChangeKind.NEW, ChangeKind.GONE, ChangeKind.UNREPORTED


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([one("1")], [one("1", "B")], []),
        ([one("1")], [one("2", "B")], [(NEW, "2"), (GONE, "1")]),
        # Units that were joined, or have moved: the same title, department and goal.
        ([one("1")], [one("2")], []),
        ([one("1"), one("2")], [one("3")], []),
        ([one("1")], [one("2", department=SCHOOL)], [(NEW, "2"), (GONE, "1")]),
        ([one("1")], [one("2", goal=HOMES)], [(NEW, "2"), (GONE, "1")]),
        ([one("1")], [one("1", department=SCHOOL), one("2")], []),
        # One that is there itself is not another one as well.
        ([one("1")], [one("1", "B"), one("2")], [(NEW, "2")]),
        # Nothing is known to be the same by a title that is missing.
        ([one("1", "")], [one("2", "")], [(NEW, "2"), (GONE, "1")]),
        ([one("1", "")], [one("1", "")], []),
    ],
)
def test_which_activity_of_the_previous_round_one_is(
    before: list[Activity], now: list[Activity], expected: list[tuple[ChangeKind, str]]
) -> None:
    assert told(before, now) == expected


@pytest.mark.parametrize(
    ("units", "whole", "heard", "kind"),
    [
        (ALONE, False, None, GONE),
        (ALONE, False, {"Hemtjänst"}, GONE),
        (ALONE, False, {COMMON, "Bemanning"}, UNREPORTED),
        (("Hemtjänst", "Bemanning"), False, {"Hemtjänst"}, UNREPORTED),
        (("Hemtjänst", "Bemanning"), False, {"Hemtjänst", "Bemanning"}, GONE),
        ((), True, {COMMON}, GONE),
        ((), True, {"Hemtjänst"}, UNREPORTED),
        ((), False, {COMMON}, GONE),
        ((), False, {"Hemtjänst"}, UNREPORTED),
        (ALONE, True, {"Hemtjänst"}, UNREPORTED),
        (ALONE, True, {COMMON}, UNREPORTED),
        (ALONE, True, {"Hemtjänst", COMMON}, GONE),
    ],
)
def test_what_is_absent_is_gone_only_when_all_who_reported_it_have_been_heard(
    units: tuple[str, ...], whole: bool, heard: set[str] | None, kind: ChangeKind
) -> None:
    of = None if heard is None else frozenset(heard)
    assert told([one("1", units=units, whole=whole)], [], of) == [(kind, "1")]


@pytest.mark.parametrize(
    "now",
    [
        Compilation((Line(one("1", "B"), one("1", "B"), Choice(include=False)),)),
        Compilation(deleted=(one("1", "B"),)),
        # Known by its title where the Id is new.
        Compilation((Line(one("9"), one("9"), Choice(include=False)),)),
        Compilation(deleted=(one("9"),)),
    ],
)
def test_what_is_kept_out_of_the_report_has_not_gone(now: Compilation) -> None:
    before = Compilation((Line(one("1"), one("1")), Line(one("2", "Z"), one("2", "Z"))))
    found = [(change.kind, change.activity.id) for change in figures.round_changes(before, now)]
    assert found == [(ChangeKind.LEFT_OUT, "1"), (GONE, "2")]


def test_a_row_that_its_unit_has_answered_without_has_gone_though_it_was_edited() -> None:
    before = Compilation((Line(one("1"), one("1")),))
    now = Compilation((Line(one("1"), one("1"), Choice(away=True)),))
    found = [(change.kind, change.activity.id) for change in figures.round_changes(before, now)]
    assert found == [(GONE, "1")]


EARLY, LATE = date(2024, 6, 1), date(2024, 12, 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, []),
        ({"status": NOT_STARTED}, {"status": ONGOING}, [ChangeKind.STATUS]),
        ({"status": ONGOING}, {"status": DEVIATING}, [ChangeKind.STATUS]),
        ({"status": FINISHED}, {"status": ONGOING}, [ChangeKind.BACKWARDS]),
        ({"status": None}, {"status": ONGOING}, []),
        ({"status": ONGOING}, {"status": None}, []),
        ({"end": EARLY}, {"end": LATE}, [ChangeKind.END]),
        ({"end": LATE}, {"end": EARLY}, [ChangeKind.END]),
        ({"end": None}, {"end": EARLY}, []),
        ({"end": EARLY}, {"end": None}, []),
        ({"comment": "Så."}, {"comment": "Så."}, [ChangeKind.UNCHANGED]),
        ({"comment": "Så."}, {"comment": "Nytt."}, []),
        ({"comment": "Så.", "status": FINISHED}, {"comment": "Så.", "status": FINISHED}, []),
        (
            {"comment": "Så.", "status": None},
            {"comment": "Så.", "status": FINISHED},
            [ChangeKind.UNCHANGED],
        ),
        (
            {"status": FINISHED, "end": EARLY, "comment": "Så."},
            {"status": ONGOING, "end": LATE, "comment": "Nytt."},
            [ChangeKind.BACKWARDS, ChangeKind.END],
        ),
    ],
)
def test_what_differs_of_an_activity(
    old: dict[str, object], new: dict[str, object], expected: list[ChangeKind]
) -> None:
    changes = figures.changes([one("1", **old)], [one("1", **new)])  # type: ignore[arg-type]
    assert [change.kind for change in changes] == expected


PLACE, FIRST_CELL = Place("inkorg/a.xlsx", "Blad", 7), Place("inkorg/a.xlsx", "Blad", 7, 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"end": EARLY}, {"end": LATE}, [("E703", "2024-12-01")]),
        ({"end": LATE}, {"end": EARLY}, [("E703", "2024-06-01")]),
        # What is finished and ended earlier than was planned needs no explanation; later does.
        ({"end": LATE}, {"end": EARLY, "status": FINISHED}, []),
        ({"end": EARLY}, {"end": LATE, "status": FINISHED}, [("E703", "2024-12-01")]),
        ({"end": LATE}, {"end": EARLY, "status": None}, [("E703", "2024-06-01")]),
        ({"status": FINISHED}, {"status": ONGOING}, [("E702", ONGOING.name)]),
        ({"status": NOT_STARTED}, {"status": ONGOING}, []),
        ({"comment": "Så."}, {"comment": "Så."}, [("E703", "A")]),
    ],
)
def test_which_changes_someone_should_look_at(
    old: dict[str, object], new: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Each at the activity's first row; one without any at none."""
    first = {"sources": (PLACE, Place("inkorg/b.xlsx", "Blad", 8))}
    for of, place in [(first, FIRST_CELL), ({"sources": ()}, Place())]:
        now = [one("1", **new, **of)]  # type: ignore[arg-type]
        changes = figures.changes([one("1", **old)], now)  # type: ignore[arg-type]
        found = figures.change_findings(changes)
        assert [(f.code, f.value) for f in found] == expected
        assert all(f.place == place for f in found)


@pytest.mark.parametrize(
    ("of", "old", "new"),
    [
        (Field.STATUS, {"status": FINISHED}, {"status": ONGOING}),
        (Field.END, {"end": EARLY}, {"end": LATE}),
        (Field.COMMENT, {"comment": "Så."}, {"comment": "Så."}),
    ],
)
def test_a_change_of_the_coordinators_own_is_told_where_it_stands(
    of: Field, old: dict[str, object], new: dict[str, object]
) -> None:
    """And no other field's change is told there."""
    changes = figures.changes([one("1", **old)], [one("1", **new, sources=(PLACE,))])  # type: ignore[arg-type]
    here = Place("ut/sammanstallning.xlsx", "Aktiviteter", 4, 8)
    for other in Field:
        (found,) = figures.change_findings(changes, {("1", other): here})
        assert found.place == (here if other is of else FIRST_CELL)


@pytest.mark.parametrize(
    ("units", "department", "whose"),
    [
        (("Hemtjänst", "Bemanning"), CARE, "Hemtjänst, Bemanning"),
        ((), CARE, CARE),
        ((), None, "Hela verksamheten"),
    ],
)
def test_what_is_gone_says_whose_it_was(
    units: tuple[str, ...], department: str | None, whose: str
) -> None:
    gone = one("1", units=units, whole=not units, department=department, sources=(PLACE,))
    (found,) = figures.change_findings(figures.changes([gone], []))
    assert (found.code, found.place, found.value) == ("E701", Place(), "A")
    assert dict(found.fields) == {"title": "A", "unit": whose}
