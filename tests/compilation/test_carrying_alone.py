"""What is carried on from the round before, record by record: of whom, with which Id, and of when."""

from dataclasses import replace

import pytest

from excel_uppsikt.compilation.carrying import carry
from excel_uppsikt.figures import title_key
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import (
    Activity,
    Choice,
    Compilation,
    Department,
    Goal,
    Line,
    Row,
    Unit,
    Values,
)
from tests.small_rounds import CARE, YOUTH, make_plan

SCHOOL = "Skola"
PLAN = make_plan(
    goals=(YOUTH,),
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", "Bemanning", Unit("Åsens skola", SCHOOL)),
    keep_unreported=True,
)
NOBODY: frozenset[str] = frozenset()


def activity(title: str = "Läger", *units: str, made: str = "2-a", whole: bool = False) -> Activity:
    values = Values(title=title, units=units or ("Hemtjänst",), whole=whole)
    return Activity(made, YOUTH, CARE, values, (Place("inkorg/a.xlsx", "Blad", 5),))


def row(file: str = "..\\t1\\ut\\s.xlsx") -> Row:
    return Row(
        file=file,
        sheet="Aktiviteter",
        row=7,
        values=Values(),
        raw={},
        columns={},
        required=(),
    )


def before(*activities: Activity, year: int | None = 2024, period: str = "T1") -> Compilation:
    lines = tuple(Line(one, one, Choice(), row()) for one in activities)
    return Compilation(lines, year=year, period=period)


def carried(
    compilation: Compilation,
    *activities: Activity,
    answered: frozenset[str] = NOBODY,
    own: tuple[Activity, ...] = (),
    apart: tuple[Activity, ...] = (),
) -> tuple[Activity, ...]:
    earlier = Compilation(tuple(Line(one, None) for one in own))
    keys = {title_key(one) for one in apart}
    return carry(PLAN, compilation, activities, earlier, answered, keys)


def test_who_is_silent_stands_as_last_reported_at_the_row_it_was_read_in() -> None:
    old = replace(activity(), undecided=(("Bemanning", "Hemtjänst"),))
    assert carried(before(old)) == (
        replace(
            old,
            undecided=(),
            sources=(Place("../t1/ut/s.xlsx", "Aktiviteter", 7),),
            last_reported="T1",
        ),
    )
    unread = Compilation((Line(old, old),), period="T1", year=2024)
    assert [one.sources for one in carried(unread)] == [()]
    assert carry(replace(PLAN, settings=replace(PLAN.settings, keep_unreported=False)),
                 before(old), (), Compilation(), NOBODY) == ()  # fmt: skip


@pytest.mark.parametrize(
    ("units", "whole", "answered", "expected"),
    [
        (("Hemtjänst",), False, {"Hemtjänst"}, None),
        (("Hemtjänst", "Bemanning"), False, {"Hemtjänst"}, (("Bemanning",), False)),
        (("Hemtjänst",), True, {"Hemtjänst"}, ((), True)),
        (("Hemtjänst",), True, {f"Gemensamt {CARE}"}, (("Hemtjänst",), False)),
        (("Hemtjänst",), True, {"Hemtjänst", f"Gemensamt {CARE}"}, None),
        ((), True, {"Hemtjänst"}, ((), True)),
        ((), True, {f"Gemensamt {CARE}"}, None),
        # That of no unit is the department's own.
        ((), False, {f"Gemensamt {SCHOOL}"}, ((), False)),
        ((), False, {f"Gemensamt {CARE}"}, None),
        # Units that the plan no longer has can answer nothing.
        (("Köket",), False, {"Hemtjänst"}, None),
    ],
)
def test_only_those_who_are_silent_are_named(
    units: tuple[str, ...],
    whole: bool,
    answered: set[str],
    expected: tuple[tuple[str, ...], bool] | None,
) -> None:
    old = replace(activity(), values=Values(title="Läger", units=units, whole=whole))
    found = carried(before(old), answered=frozenset(answered))
    assert [(one.values.units, one.values.whole) for one in found] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize(
    ("year", "period", "was", "expected"),
    [
        (2024, "T1", "", "T1"),
        (2023, "T3", "", "T3 2023"),
        (None, "T3", "", "T3"),
        # What was carried on then already is as it was, and of the year it says or that of its round.
        (2024, "T2", "T1", "T1"),
        (2023, "T3", "T2", "T2 2023"),
        (2023, "T3", "T3 2022", "T3 2022"),
        (None, "", "", "i en tidigare omgång"),
        (2023, "T3", "i en tidigare omgång", "i en tidigare omgång"),
    ],
)
def test_it_is_said_when_it_was_last_reported(
    year: int | None, period: str, was: str, expected: str
) -> None:
    (one,) = carried(before(replace(activity(), last_reported=was), year=year, period=period))
    assert one.last_reported == expected


def test_what_somebody_has_reported_now_is_not_carried_on() -> None:
    """Known by Id in its department, by title, or on a row of the coordinator's own."""
    old = activity()
    assert carried(before(old), activity("Annan titel")) == ()
    assert carried(before(old), activity("LÄGER", made="2-b")) == ()
    assert carried(before(old), own=(activity("läger", made="s-1"),)) == ()
    untitled = activity("", made="2-c")
    assert len(carried(before(untitled), activity("", made="2-d"), own=(activity(""),))) == 1
    # One that is kept apart from it though it has the same title is another.
    assert len(carried(before(old), activity(made="2-b"), apart=(old,))) == 1


def test_a_row_out_of_the_report_and_of_a_goal_that_is_gone_are_not_carried_on() -> None:
    old, gone = activity(), replace(activity("Ny", made="2-b"), goal=Goal(9, "Borta", ""))
    lines = (
        Line(old, old, Choice(include=False), row()),
        Line(activity("Del", made="2-c"), old, Choice(joined=True, same="2-a"), row()),
        Line(activity("Väg", made="2-d"), old, Choice(away=True), row()),
        Line(gone, gone, Choice(), row()),
    )
    assert carried(Compilation(lines, period="T1", year=2024)) == ()


def test_an_id_that_is_taken_is_given_anew_each_time() -> None:
    """The plan has made two departments' activities of one; the Id is another's now, or the other part's."""
    mine, theirs = activity(), replace(activity("Skolgård", "Åsens skola"), department=SCHOOL)
    first, second = carried(before(mine, theirs))
    assert (first.id, second.department) == ("2-a", SCHOOL)
    assert (second.id != "2-a", second.id.startswith("2-")) == (True, True)
    (only,) = carried(before(mine), replace(activity("Annat", "Åsens skola"), department=SCHOOL))
    assert (only.id != "2-a", only.department) == (True, CARE)
    again = [one.id for one in carried(before(mine, theirs, theirs))]
    assert len(set(again)) == 3
