"""Figures of what nobody has reported, of goals and units, and of what has changed, number by number."""

from dataclasses import replace

import pytest

from excel_uppsikt.figures import (
    CarriedOn,
    carried_on,
    carried_sentence,
    change_findings,
    changes,
    coverage,
    goal_counts,
    goal_stages,
    reporters,
    round_changes,
    status_counts,
    units_of,
)
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import (
    Activity,
    Change,
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
from tests.small_rounds import CARE, HOMES, SICKNESS, STATUSES, YOUTH, make_plan, with_changes

SCHOOL = "Skola"
PLAN = make_plan()
TWO = make_plan(
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", Unit("Åsens skola", SCHOOL)),
)
NOT_STARTED, ONGOING, DEVIATING, FINISHED, FINISHED_OTHERWISE = STATUSES


def carried(*units: str, when: str = "T3 2023", whole: bool = False) -> Activity:
    return activity("A", units=units, last_reported=when, whole=whole)


def test_who_is_silent_is_told_in_the_plans_order_and_nobody_else() -> None:
    """Units, then departments' own, then those that the plan no longer has."""
    told = (
        carried("Köket", "Bemanning"),
        carried("Hemtjänst", when="T2 2023"),
        carried(whole=True),
        carried("Bemanning"),
    )
    of = carried_on(PLAN, told)
    assert of == CarriedOn(
        4,
        {"Hemtjänst": 1, "Bemanning": 2, f"Gemensamt {CARE}": 1, "Köket": 1},
        ("T3 2023", "T2 2023"),
    )
    assert [*of.owners] == ["Hemtjänst", "Bemanning", f"Gemensamt {CARE}", "Köket"]
    assert carried_sentence(PLAN, told) == (
        "4 aktiviteter har inte redovisats den här omgången (Hemtjänst 1, Bemanning 2, "
        "Gemensamt Social verksamhet 1 och Köket 1; en som flera har räknas hos var och en). De står "
        "kvar i rapporten, märkta Senast redovisat "
        "T3 2023 och T2 2023, och räknas inte."
    )
    assert carried_sentence(PLAN, told[1:2]) == (
        "1 aktivitet har inte redovisats den här omgången (Hemtjänst 1). Den står kvar i rapporten, "
        "märkt Senast redovisat T2 2023, och räknas inte."
    )
    assert carried_sentence(PLAN, ()) == ""


@pytest.mark.parametrize(
    ("units", "whole", "whose"),
    [
        (("Hemtjänst",), False, ("Hemtjänst",)),
        (("Hemtjänst",), True, ("Hemtjänst", f"Gemensamt {CARE}")),
        ((), True, (f"Gemensamt {CARE}",)),
        ((), False, (f"Gemensamt {CARE}",)),
    ],
)
def test_whose_forms_an_activity_stands_in(
    units: tuple[str, ...], whole: bool, whose: tuple[str, ...]
) -> None:
    assert reporters(activity("A", units=units, whole=whole)) == whose


def test_the_units_of_what_concerns_a_whole_department_are_its_own() -> None:
    named = activity("A", units=("Åsens skola", "Hemtjänst"))
    assert [unit.name for unit in units_of(TWO, named)] == ["Hemtjänst", "Åsens skola"]
    whole = activity("A", units=(), whole=True)
    assert [unit.name for unit in units_of(TWO, whole)] == ["Hemtjänst"]


def test_every_status_and_goal_has_its_number() -> None:
    """What has no status last, where there is any; goals without activities in no table of stages."""
    told = [
        activity("A", status=DEVIATING), activity("B", status=None), activity("C", status=FINISHED),
        activity("D", SICKNESS, status=NOT_STARTED),
        activity("E", SICKNESS, status=FINISHED_OTHERWISE),
    ]  # fmt: skip
    assert [*status_counts(PLAN, told).items()] == [
        (NOT_STARTED.name, 1), (ONGOING.name, 0), (DEVIATING.name, 1), (FINISHED.name, 1),
        (FINISHED_OTHERWISE.name, 1), ("", 1),
    ]  # fmt: skip
    assert "" not in status_counts(PLAN, told[:1])
    assert [*goal_counts(PLAN, told).items()] == [(1, 2), (2, 3), (3, 0)]
    first, second = goal_stages(PLAN, told)
    stages = (Stage.NOT_STARTED, Stage.ONGOING, Stage.FINISHED)
    assert [(r.goal, r.count, [r.stages[s] for s in stages], r.deviating) for r in (first, second)] == [
        (SICKNESS, 2, [1, 0, 1], 1), (YOUTH, 3, [0, 1, 1], 1),
    ]  # fmt: skip


def test_an_activity_of_several_counts_for_each_and_once_in_all() -> None:
    told = [
        activity("A"), activity("B", units=("Hemtjänst",), whole=True), activity("C", HOMES, units=()),
    ]  # fmt: skip
    table = coverage(PLAN, told)
    assert [*table.columns] == [
        "Hemtjänst",
        "Bemanning",
        "Hela verksamheten",
        "Utan enhet",
        "Summa",
    ]
    assert {number: [*map(int, row)] for number, row in zip(table.index, table.values, strict=True)} == {
        1: [0, 0, 0, 0, 0], 2: [1, 1, 1, 0, 2], 3: [0, 0, 0, 1, 1],
    }  # fmt: skip
    assert [*coverage(PLAN, told[:2]).columns] == [
        "Hemtjänst", "Bemanning", "Hela verksamheten", "Summa",
    ]  # fmt: skip


OLD = activity("A", status=ONGOING, comment="Som förut.")


def kinds(then: Activity, now: Activity) -> list[tuple[ChangeKind, str, str]]:
    return [(one.kind, one.before, one.now) for one in changes([then], [now])]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({}, {"comment": "Nytt."}, []),
        ({"status": None}, {"comment": "Nytt."}, []),
        ({}, {"status": None, "comment": "Nytt."}, []),
        ({}, {"status": FINISHED, "comment": "Nytt."},
         [(ChangeKind.STATUS, ONGOING.name, FINISHED.name)]),
        # Of one stage to another of the same it has not gone backwards.
        ({}, {"status": DEVIATING, "comment": "Nytt."},
         [(ChangeKind.STATUS, ONGOING.name, DEVIATING.name)]),
        ({}, {"status": NOT_STARTED, "comment": "Nytt."},
         [(ChangeKind.BACKWARDS, ONGOING.name, NOT_STARTED.name)]),
        ({"end": None}, {"comment": "Nytt."}, []),
        ({}, {"end": None, "comment": "Nytt."}, []),
        ({}, {}, [(ChangeKind.UNCHANGED, "", "")]),
        ({"comment": ""}, {"comment": ""}, []),
        ({"status": FINISHED}, {"status": FINISHED}, []),
        ({"status": None}, {"status": None}, [(ChangeKind.UNCHANGED, "", "")]),
    ],
)  # fmt: skip
def test_what_has_changed_in_an_activity(
    then: dict[str, object], now: dict[str, object], expected: list[tuple[ChangeKind, str, str]]
) -> None:
    assert kinds(with_changes(OLD, then), with_changes(OLD, now)) == expected


@pytest.mark.parametrize(
    ("heard", "kept_out", "kind"),
    [
        (None, (), ChangeKind.GONE),
        ({"Hemtjänst", "Bemanning"}, (), ChangeKind.GONE),
        ({"Hemtjänst"}, (), ChangeKind.UNREPORTED),
        (None, ("2-abcde",), ChangeKind.LEFT_OUT),
        ({"Hemtjänst"}, ("2-abcde",), ChangeKind.LEFT_OUT),
    ],
)
def test_what_is_absent_is_gone_only_if_all_have_been_heard(
    heard: set[str] | None, kept_out: tuple[str, ...], kind: ChangeKind
) -> None:
    found = changes([OLD], [], heard=heard, kept_out=kept_out)
    assert found == (Change(kind, OLD),)


def test_an_activity_with_another_id_is_the_one_that_had_its_title() -> None:
    """Not where that is there itself, and nothing where neither has a title."""
    moved = replace(OLD, id="2-ny")
    assert kinds(OLD, moved) == [(ChangeKind.UNCHANGED, "", "")]
    both = changes([OLD], [OLD, moved])
    assert [one.kind for one in both] == [ChangeKind.UNCHANGED, ChangeKind.NEW]
    bare, other = activity("", id="2-x"), activity("", id="2-y")
    assert [one.kind for one in changes([bare], [other])] == [ChangeKind.NEW, ChangeKind.GONE]
    elsewhere = replace(OLD, department=SCHOOL)
    known = changes([OLD, replace(moved, department=SCHOOL)], [elsewhere])
    assert [one.kind for one in known] == [ChangeKind.UNCHANGED]


def test_what_the_coordinator_has_left_out_is_not_called_gone() -> None:
    """Nor what is now a part of another; by Id and by title."""
    before = Compilation((Line(OLD, OLD),))
    left_out = Compilation((Line(replace(OLD, id="2-z"), OLD, Choice(include=False)),))
    deleted = Compilation((), deleted=(OLD,))
    part = Compilation((Line(OLD, OLD, Choice(joined=True)),))
    found = [
        [one.kind for one in round_changes(before, now)]
        for now in (left_out, deleted, part, Compilation(()))
    ]
    assert found == [[ChangeKind.LEFT_OUT], [ChangeKind.LEFT_OUT], [], [ChangeKind.GONE]]


def test_each_change_to_look_at_is_told_where_its_value_stands() -> None:
    """A value of the coordinator's own there; what no row has, at the first; and what is gone nowhere."""
    here = activity("A", sources=(Place("a.xlsx", "Blad", 5), Place("b.xlsx", "Blad", 6)))
    own, unit = Place("s.xlsx", "Akt", 4, 8), Place("b.xlsx", "Blad", 6, 7)
    told = [
        Change(ChangeKind.NEW, here),
        Change(ChangeKind.STATUS, here, "Före", "Nu"),
        Change(ChangeKind.BACKWARDS, here, "Före", "Nu"),
        Change(ChangeKind.END, here, "2024-08-31", "2024-09-30"),
        Change(ChangeKind.UNCHANGED, here),
        Change(ChangeKind.GONE, here),
        Change(ChangeKind.UNREPORTED, here),
    ]

    def found(of: Field | None, *, by_coordinator: bool) -> list[tuple[str, Place]]:
        at = {(here.id, of): own if by_coordinator else unit} if of else {}
        places = ({}, at) if not by_coordinator else (at, {})
        return [(f"{f.code}.{f.variant.name}", f.place) for f in change_findings(told, *places)]

    first = Place("a.xlsx", "Blad", 5, 1)
    plain = [
        ("E702.PLAIN", first), ("E703.MOVED", first), ("E703.UNCHANGED", first),
        ("E701.PLAIN", Place()),
    ]  # fmt: skip
    assert found(None, by_coordinator=False) == plain
    for at, (of, name) in enumerate(
        ((Field.STATUS, "E702.HERE"), (Field.END, "E703.MOVED_HERE"),
         (Field.COMMENT, "E703.UNCHANGED_HERE"))
    ):  # fmt: skip
        expected = [*plain]
        expected[at] = (plain[at][0], unit)
        assert found(of, by_coordinator=False) == expected
        expected[at] = (name, own)
        assert found(of, by_coordinator=True) == expected


@pytest.mark.parametrize(
    ("status", "now", "told"),
    [
        (FINISHED, "2024-08-01", False),
        (FINISHED, "2024-09-30", True),
        (ONGOING, "2024-08-01", True),
        (None, "2024-08-01", True),
    ],
)
def test_what_is_finished_early_needs_no_explanation(status: object, now: str, told: bool) -> None:
    change = Change(ChangeKind.END, activity("A", status=status), "2024-08-31", now)
    assert [f.code for f in change_findings([change])] == (["E703"] if told else [])
