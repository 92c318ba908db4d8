"""Which activity a row is: the Id it keeps when its title changes, and where it stands among the others."""

from itertools import permutations

import pytest

from excel_uppsikt.compilation.edits import in_order
from excel_uppsikt.compilation.ids import keep_ids, reworded
from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.model import Activity, Choice, Compilation, Department, Line
from tests.compilation.reported_rows import entry
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan

SCHOOL = "Skola"
NEAR, NEARER = "Öppna simhallen igen", "Öppna simhallen igen nu"


def one(made: str, title: str = NEAR, **changes: object) -> Activity:
    """An activity with this Id."""
    return activity(title, id=made, **changes)  # type: ignore[arg-type]


def kept(earlier: list[Activity], now: list[Activity], *, deleted: bool = False) -> list[str]:
    """The Ids that activities get, after a compilation that had, or has had, the earlier ones."""
    lines = tuple(Line(old, old) for old in earlier)
    before = Compilation(deleted=tuple(earlier)) if deleted else Compilation(lines)
    return [activity.id for activity in keep_ids(now, before)]


@pytest.mark.parametrize("deleted", [False, True])
@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        ([one("1")], [one("9", NEARER)], ["1"]),
        ([one("1")], [one("9", "ÖPPNA  simhallen igen")], ["1"]),
        ([one("1")], [one("9", "Renovera badhuset")], ["9"]),
        ([one("1")], [one("9", NEARER, goal=HOMES)], ["9"]),
        ([one("1")], [one("9", NEARER, department=SCHOOL)], ["9"]),
        # It is still there itself.
        ([one("1")], [one("1"), one("9", NEARER)], ["1", "9"]),
        # Which of two it is cannot be known; the same title can.
        ([one("1", f"{NEAR} a"), one("2", f"{NEAR} b")], [one("9", f"{NEAR} c")], ["9"]),
        ([one("1", f"{NEAR} a"), one("2", f"{NEAR} b")], [one("9", f"{NEAR} b")], ["2"]),
        # Each is taken once, first by the one that has its very title.
        ([one("1")], [one("8", NEARER), one("9")], ["8", "1"]),
        ([one("1")], [one("8", NEARER), one("9", f"{NEAR} då")], ["1", "9"]),
        ([one("1", f"{NEAR} a"), one("2", f"{NEAR} b")],
         [one("8", f"{NEAR} a"), one("9", f"{NEAR} c")], ["1", "2"]),
        # An Id that was known is nobody else's.
        ([one("1"), one("2", NEARER)], [one("2", NEARER)], ["2"]),
        ([one("1", "Hälsosamtal 2023")], [one("9", "Hälsosamtal 2024")], ["9"]),
        # Rows without a title have nothing alike: it may be another unit's.
        ([one("1", "")], [one("9", "")], ["9"]),
    ],
)  # fmt: skip
def test_an_activity_whose_id_is_new_may_be_one_that_is_gone(
    earlier: list[Activity], now: list[Activity], expected: list[str], deleted: bool
) -> None:
    assert kept(earlier, now, deleted=deleted) == expected


def test_an_own_row_gives_its_id_to_no_other() -> None:
    """It is the coordinator's, and joined with the activity in another way."""
    compilation = Compilation((Line(one("s-1"), None),))
    assert [a.id for a in keep_ids([one("9", NEARER)], compilation)] == ["9"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        # Of the 40 letters of both, 6 are of one alone, and in the other pair 8: alike to 85 and 80 of 100.
        ("öppna simhallen igen", "öppna badhallen igen", True),
        ("öppna simhallen igen", "öppna simhallen ofta", False),
        ("etapp 1 av bygget vid ån", "etapp 1 av byggen vid ån", True),
        ("etapp 1 av bygget vid ån", "etapp 2 av bygget vid ån", False),
        ("etapp 1 av bygget vid ån", "etapp av bygget vid ån", False),
    ],
)
def test_how_much_alike_titles_are_that_may_be_the_same(one: str, other: str, alike: bool) -> None:
    """The same for what a unit reworded and for two that are only told of."""
    assert reworded(one, other) is reworded(other, one) is alike
    found = merge_entries(make_plan(), [entry(one), entry(other, at=6)]).findings
    assert [finding.code for finding in found] == (["M601"] if alike else [])


def test_rows_stand_by_department_goal_ordning_and_alphabet() -> None:
    """In whatever order they come: departments as the plan has them, then what is of none."""
    plan = make_plan(departments=(Department(SCHOOL), Department(CARE)))
    expected = [
        (one("11", "Z", department=SCHOOL, goal=SICKNESS), None),
        (one("12", "A", department=SCHOOL, goal=HOMES), None),
        (one("13", "Z", goal=YOUTH), -1),
        (one("14", "Y", goal=YOUTH), 0),
        (one("15", "X", goal=YOUTH), 1.5),
        (one("16", "", goal=YOUTH), 2),
        (one("17", "A", goal=YOUTH), None),
        (one("18", "Z", goal=YOUTH), None),
        (one("19", "Å", goal=YOUTH), None),
        (one("20", "Ä", goal=YOUTH), None),
        (one("21", "Ö", goal=YOUTH), None),
        (one("22", "Ö", goal=YOUTH), None),
        (one("23", "", goal=YOUTH), None),
        (one("24", "A", department=None, goal=SICKNESS), None),
        (one("25", "A", department="Okänd", goal=YOUTH), None),
    ]
    lines = [Line(of, of, Choice(order=order)) for of, order in expected]
    for turned in (lines, lines[::-1], lines[7:] + lines[:7]):
        assert [line.activity.id for line in in_order(plan, turned)] == [
            of.id for of, _ in expected
        ]


def test_entries_of_the_same_activity_are_taken_in_the_plans_order() -> None:
    """What concerns all goes first, then the units as the plan has them, then what names nobody."""
    plan = make_plan()
    rows = [
        entry("A", unit="Bemanning", at=9, units=(), whole=True, comment="Först."),
        entry("A", unit="Hemtjänst", at=8, units=("Bemanning", "Hemtjänst"), comment="Sedan."),
        entry("A", unit="Bemanning", at=5, comment="Därefter."),
        entry("A", unit="Bemanning", at=6, comment="Också."),
        entry("A", unit="Annan", at=4, units=(), comment="Sist."),
    ]
    for turned in permutations(rows):
        (merged,) = merge_entries(plan, turned).activities
        assert merged.values.comment == "Först.\nSedan.\nDärefter.\nOckså.\nSist."
        assert (merged.values.units, merged.values.whole) == (("Hemtjänst", "Bemanning"), True)
