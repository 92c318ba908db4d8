"""What may stand at Samma som, row by row: what cannot be followed, and what is not so yet."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from excel_uppsikt.compilation.same import decided, is_apart, merge_joined, not_yet_merged
from excel_uppsikt.figures import title_key
from excel_uppsikt.findings.catalogue.choices import M612
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Activity, Choice, Compilation, Goal, Line, Row, Values
from tests.report.test_document import activity
from tests.small_rounds import SICKNESS, STATUSES, YOUTH, make_plan, with_changes

ONE, OTHER, THIRD = (activity(name, id=f"2-{name.lower()}") for name in "ABC")
SCHOOL = "Skola"


def line(said: Activity, same: str = "", *, own: bool = False, at: int = 0, **choice: Any) -> Line:  # noqa: ANN401  any of the choice
    """A row with this at Samma som, the coordinator's `own` or a unit's."""
    read = Row(
        file="s.xlsx",
        sheet="Aktiviteter",
        row=at,
        values=Values(),
        raw={},
        columns={"Samma som": 15},
        required=(),
    )
    return Line(
        said, None if own else said, replace(Choice(same=same), **choice), read if at else None
    )


def told(*lines: Line) -> list[tuple[str, str | None, str | None, object]]:
    """Variant, cell, what was written, and the title."""
    return [
        (f.variant.name, f.cell, f.value, dict(f.fields)["title"])
        for f in not_yet_merged(Compilation(lines))
    ]


@pytest.mark.parametrize(
    ("goal", "department", "target", "wrong"),
    [
        (YOUTH, "Social verksamhet", "Social verksamhet", False),
        # A row whose department nobody has said may be any's.
        (YOUTH, None, "Social verksamhet", False),
        (YOUTH, None, None, False),
        (YOUTH, "Social verksamhet", None, True),
        (YOUTH, SCHOOL, "Social verksamhet", True),
        (SICKNESS, "Social verksamhet", "Social verksamhet", True),
        (SICKNESS, None, "Social verksamhet", True),
        (SICKNESS, SCHOOL, "Social verksamhet", True),
    ],
)
def test_only_rows_of_one_goal_and_department_are_one(
    goal: Goal, department: str | None, target: str | None, wrong: bool
) -> None:
    mine = replace(ONE, goal=goal, department=department)
    theirs = replace(OTHER, department=target)
    found = told(line(mine, "2-B", at=7), line(theirs))
    assert found == [("ELSEWHERE" if wrong else "NOT_YET", "O7", "2-B", "A")]


def test_what_there_is_none_of_and_a_row_of_ones_own_cannot_be_followed() -> None:
    """The one that has no title is told with a dash, and one that has not been read at no cell."""
    untitled = activity("", id="2-a")
    found = told(line(untitled, "2-finns"), line(OTHER, "s-1", at=5), line(THIRD, own=True))
    assert found == [("UNKNOWN", None, "2-finns", "–"), ("UNKNOWN", "O5", "s-1", "B")]
    own = replace(THIRD, id="s-1")
    found = told(line(ONE, "S-1", at=4), line(own, own=True))
    assert found == [("OWN", "O4", "S-1", "A")]


def test_rows_that_lead_round_are_told_each_and_what_leads_to_them() -> None:
    rows = (line(ONE, "2-b", at=4), line(OTHER, "2-a", at=5), line(THIRD, "2-a", at=6))
    assert told(*rows) == [
        ("CIRCLE", "O4", "2-b", "A"), ("CIRCLE", "O5", "2-a", "B"), ("CIRCLE", "O6", "2-a", "C"),
    ]  # fmt: skip
    assert told(line(ONE, "2-a", at=4)) == [("CIRCLE", "O4", "2-a", "A")]


def test_what_is_said_and_not_yet_so_is_told_both_ways() -> None:
    """Also of what leads further; not of what is kept out, apart, or the same as one that is away."""
    chain = (line(ONE, "2-b", at=4), line(OTHER, "2-c", at=5), line(THIRD))
    assert told(*chain) == [("NOT_YET", "O4", "2-b", "A"), ("NOT_YET", "O5", "2-c", "B")]
    done = (line(ONE, "2-b", joined=True), line(OTHER, "2-c", joined=True), line(THIRD))
    assert told(*done) == []
    assert told(line(ONE, joined=True, at=4)) == [("NOT_YET", "O4", None, "A")]
    assert told(line(ONE, "2-b", include=False), line(OTHER)) == []
    assert told(line(ONE, "2-b"), line(OTHER, away=True)) == []
    assert told(line(ONE, "egen"), line(OTHER)) == []


def test_what_held_the_last_time_is_said_still() -> None:
    """What could not be followed was told then, and what has been emptied since is no more."""
    apart = line(THIRD, "Egen")
    before = Compilation((line(ONE, "2-b", joined=True), line(OTHER, "2-finns"), apart))
    said = decided(before, Compilation())
    assert (said.same, said.together) == ({"2-a": "2-b", "2-c": "Egen"}, {"2-a": "2-b"})
    assert (said.apart, said.parted) == (frozenset({title_key(THIRD)}), (THIRD,))
    now = decided(before, Compilation((line(ONE), line(OTHER, "2-c"))))
    assert (now.same, now.together) == (said.same, {"2-b": "2-c"})
    renamed = replace(ONE, values=replace(ONE.values, title="Förr"))
    edited = Line(ONE, renamed, Choice(same="egen"))
    untitled = Line(activity("", id="2-u"), None, Choice(same="egen"))
    both = decided(Compilation(), Compilation((edited, untitled)))
    assert both.apart == {title_key(ONE), title_key(renamed)}
    assert both.parted == ()
    assert [is_apart(one) for one in (apart, edited, line(ONE), line(ONE, "2-b"))] == [
        True, True, False, False,
    ]  # fmt: skip


JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
PLAN = make_plan(goals=(YOUTH,))


def differing(
    part: Activity, whole: Activity, before: Activity | None = None
) -> list[tuple[str | None, dict[str, object]]]:
    """What is told of a part that is the same as another, whose row says `before` what it says now."""
    theirs = Line(before or whole, whole, Choice())
    earlier = Compilation((line(part, "2-b", at=4), theirs))
    merged = merge_joined(PLAN, (part, whole), earlier, decided(earlier, Compilation()))
    found = [f for f in merged.findings if f.variant is M612.DIFFERS]
    assert [one.choice.joined for one in merged.compilation.lines] == [True, False]
    return [(f.value, dict(f.fields)) for f in found]


def test_what_a_part_says_otherwise_than_the_activity_is_told_by_cell() -> None:
    """Of dates and status; not what it leaves out, nor what the coordinator has chosen."""
    part = activity("A", id="2-a", start=None, end=JUNE, status=STATUSES[0], comment="Annat.")
    whole = activity("B", id="2-b", end=JULY)
    kept = {"title": "A", "other": "B"}
    assert differing(part, whole) == [
        ("2024-06-30", {"header": "Slutdatum", "kept": "2024-07-31", **kept}),
        (STATUSES[0].name, {"header": "Status", "kept": STATUSES[1].name, **kept}),
    ]
    assert differing(with_changes(part, {"end": JULY, "status": STATUSES[1]}), whole) == []
    chosen = with_changes(whole, {"end": date(2024, 8, 31), "status": STATUSES[2]})
    assert differing(part, whole, chosen) == []


def test_what_has_no_title_is_told_with_a_dash_and_what_is_older_than_the_activity_not() -> None:
    part, whole = activity("", id="2-a", end=JUNE), activity("", id="2-b", end=JULY)
    told_of = {"header": "Slutdatum", "kept": "2024-07-31", "title": "–", "other": "–"}
    assert differing(part, whole) == [("2024-06-30", told_of)]
    earlier = replace(part, last_reported="T3 2023")
    assert differing(earlier, whole) == []
    both = differing(earlier, replace(whole, last_reported="T3 2023"))
    assert both == [("2024-06-30", told_of)]


def joined(part: Activity, whole: Activity) -> Activity:
    """The activity once a part is the same as it."""
    earlier = Compilation((line(part, "2-b", at=4), line(whole)))
    merged = merge_joined(PLAN, (part, whole), earlier, decided(earlier, Compilation()))
    (one,) = [each.activity for each in merged.compilation.lines if not each.choice.joined]
    return one


def test_the_activity_has_what_its_parts_say_and_of_older_ones_only_where_all_are_old() -> None:
    here, there = Place("inkorg/a.xlsx", "Blad", 5), Place("inkorg/b.xlsx", "Blad", 6)
    part = activity(
        "A", id="2-a", units=("Hemtjänst",), comment="Annat.", description="Skäl.", sources=(here,)
    )
    whole = activity("B", id="2-b", units=("Bemanning",), comment="Eget.", sources=(there,))
    both = joined(part, whole)
    assert both.values.units == ("Hemtjänst", "Bemanning")
    assert both.values.comment.split("\n") == ["Eget.", "Annat."]
    assert both.values.description.split("\n") == [*whole.values.description.split("\n"), "Skäl."]
    assert (both.values.title, both.sources, both.last_reported) == ("B", (there, here), "")
    old = "T3 2023"
    assert joined(replace(part, last_reported=old), whole) == whole
    aged = joined(replace(part, last_reported=old), replace(whole, last_reported=old))
    assert aged == replace(both, last_reported=old)
    newer = joined(part, replace(whole, last_reported=old))
    assert (newer.values.comment, newer.last_reported) == ("Annat.", "")
    assert (newer.values.title, newer.sources) == ("B", (here,))
    nameless = replace(activity("", id="2-b"), last_reported=old)
    assert joined(part, nameless).values.title == "A"
