"""Who has handed something in, whose forms are in use, and whose have been set aside."""

from dataclasses import replace

import pytest

from excel_uppsikt.checks.hand_ins import (
    answered,
    common_missing,
    handed_in,
    heard,
    own_form_read,
    set_aside,
)
from excel_uppsikt.checks.units import unit_rule
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import (
    Collection,
    Department,
    Entry,
    FormKind,
    Submission,
    Unit,
    Values,
)
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan

SCHOOL = "Skola"
PLAN = make_plan(
    goals=(YOUTH, HOMES),
    units=("Hemtjänst", "Bemanning", Unit("Åsens skola", SCHOOL)),
    departments=(Department(CARE), Department(SCHOOL)),
    minimum=1,
)
HOME, STAFF, _ = PLAN.units


def per_goal(*named: str) -> Submission:
    """A goal's form for all units, with a row that names these."""
    entry = Entry(
        file="mål.xlsx",
        sheet="Blad",
        row=5,
        goal=YOUTH,
        department=CARE,
        values=Values(title="A", units=named),
    )
    return Submission("mål.xlsx", FormKind.GOAL, None, None, None, (entry,))


OWN = Submission("h.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, ())
COMMON = Submission("g.xlsx", FormKind.COMMON, None, CARE, None, ())
EVERYONE = {"Hemtjänst", "Bemanning", "Åsens skola", f"Gemensamt {CARE}", f"Gemensamt {SCHOOL}"}


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        (Collection(), set()),
        (Collection((OWN,)), {"Hemtjänst"}),
        (Collection((COMMON,)), {f"Gemensamt {CARE}"}),
        (Collection((per_goal("Bemanning", "Hemtjänst"),)), {"Hemtjänst", "Bemanning"}),
        (Collection((per_goal(),)), set()),
        (Collection(unreadable_units=frozenset({"Bemanning"})), {"Bemanning"}),
        (
            Collection(unreadable_units=frozenset({f"Gemensamt {SCHOOL}"})),
            {f"Gemensamt {SCHOOL}"},
        ),
        # What is set aside was handed in all the same.
        (Collection((replace(OWN, used=False), replace(COMMON, used=False))),
         {"Hemtjänst", f"Gemensamt {CARE}"}),
    ],
)  # fmt: skip
def test_who_has_answered(collection: Collection, expected: set[str]) -> None:
    assert answered(PLAN, collection) == expected
    assert {u.name for u in PLAN.units if handed_in(collection, u)} == {
        name for name in expected if not name.startswith("Gemensamt")
    }
    missing = list(common_missing(PLAN, collection, (CARE, SCHOOL)))
    assert [(f.code, f.value) for f in missing] == [
        ("U504", owner)
        for owner in (f"Gemensamt {CARE}", f"Gemensamt {SCHOOL}")
        if owner not in expected
    ]


def test_gemensamt_is_missed_only_where_it_was_expected() -> None:
    assert list(common_missing(PLAN, Collection(), ())) == []
    (found,) = common_missing(PLAN, Collection(), (SCHOOL,))
    assert (found.value, found.place, dict(found.fields)) == (
        f"Gemensamt {SCHOOL}",
        Place(),
        {"department": SCHOOL},
    )


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        (Collection((OWN, COMMON)), {"Hemtjänst", f"Gemensamt {CARE}"}),
        (Collection((replace(OWN, used=False), COMMON)), {f"Gemensamt {CARE}"}),
        (Collection((OWN, replace(COMMON, used=False))), {"Hemtjänst"}),
        (Collection((per_goal("Bemanning", "Okänd"),)), {"Bemanning"}),
        (Collection((replace(per_goal("Bemanning"), used=False),)), set()),
        (Collection((OWN,), unreadable_units=frozenset({"Bemanning"})), {"Hemtjänst"}),
    ],
)
def test_whose_forms_are_in_use(collection: Collection, expected: set[str]) -> None:
    """Who could not be read has not been heard, and who is not in the plan neither."""
    assert heard(PLAN, collection) == expected


def test_which_of_a_units_files_the_coordinator_has_set_aside() -> None:
    """Not one that the program itself would not have used, nor another unit's."""
    mine = replace(OWN, used=False)
    collection = Collection(
        (
            mine,
            replace(mine, file="äldre.xlsx", proposed=False),
            replace(mine, file="b.xlsx", unit="Bemanning"),
            replace(OWN, file="används.xlsx"),
            replace(per_goal("Hemtjänst"), used=False),
            replace(per_goal("Bemanning"), file="mål 2.xlsx", used=False),
            replace(COMMON, used=False),
        )
    )
    assert set_aside(collection, HOME) == ("h.xlsx", "mål.xlsx")
    assert set_aside(collection, STAFF) == ("b.xlsx", "mål 2.xlsx")


@pytest.mark.parametrize("used", [True, False])
def test_a_form_for_what_was_sent_back_is_no_hand_in(used: bool) -> None:
    """Whosever it is, nobody is taken to have reported by it, nor to have had files set aside."""
    sent_back = Collection(
        tuple(
            replace(one, used=used, completion=True)
            for one in (OWN, COMMON, per_goal("Bemanning", "Hemtjänst"))
        )
    )
    assert answered(PLAN, sent_back) == frozenset()
    assert [handed_in(sent_back, unit) for unit in PLAN.units] == [False] * 3
    assert [set_aside(sent_back, unit) for unit in PLAN.units] == [()] * 3
    assert own_form_read(sent_back, HOME) is False
    missing = [found.value for found in common_missing(PLAN, sent_back, (CARE,))]
    assert missing == [f"Gemensamt {CARE}"]
    # Only units and departments are sent one; it has been heard as what it is.
    own = {f"Komplettering {name}" for name in ("Hemtjänst", f"Gemensamt {CARE}")}
    assert heard(PLAN, Collection(sent_back.submissions[:2])) == (own if used else frozenset())


@pytest.mark.parametrize(
    ("collection", "named", "expected"),
    [
        # Nothing came: told so, and what is lacking only where others have named the unit.
        (Collection(), (), ["U503"]),
        (Collection(), ("Hemtjänst",), ["U503", "U501"]),
        (Collection((OWN,)), (), ["U501"]),
        (Collection(unreadable_units=frozenset({"Hemtjänst"})), (), []),
        (Collection(unreadable_units=frozenset({"Hemtjänst"})), ("Hemtjänst",), []),
        (Collection((OWN,), unreadable_units=frozenset({"Hemtjänst"})), (), ["U501"]),
        (Collection((OWN,), unreadable_units=frozenset({"Bemanning"})), (), ["U501"]),
    ],
)
def test_what_a_unit_that_lacks_something_is_told(
    collection: Collection, named: tuple[str, ...], expected: list[str]
) -> None:
    plan = replace(PLAN, units=(replace(HOME, minimum=2),))
    activities = [activity("A", units=named)]
    assert [f.code for f in unit_rule(plan, collection, activities)] == expected
    # Also where it is only the hand-ins that name it, and the report does not.
    handed = [f.code for f in unit_rule(plan, collection, [], activities)]
    assert handed == expected


def test_what_the_report_has_and_what_was_handed_in_are_told_apart() -> None:
    """Whose matter it is: what the coordinator keeps out is no unit's to correct."""
    plan = make_plan(units=("Hemtjänst",), minimum=2)
    one, two, sick = (activity(t, units=("Hemtjänst",)) for t in "ABC")
    sick = replace(sick, goal=SICKNESS)
    twice = replace(plan, goals=(YOUTH, HOMES, replace(SICKNESS, minimum=2)))
    beside = " utöver de obligatoriska målens"
    out = "men allt är inte med enligt sammanställningen. Se Ta med på bladet Aktiviteter."
    goal = "för målet ”Sjukfrånvaron ska minska”"
    for of, reported, handed, expected in [
        (plan, [one, sick], [one, two, sick],
         [f"Hemtjänst har 1 aktivitet{beside} i rapporten, men regeln är minst 2. "
          f"Inlämnat är 2 aktiviteter, {out}"]),
        (plan, [sick], [one, sick],
         [f"Inlämnat för Hemtjänst är 1 aktivitet{beside}, men regeln är minst 2. "
          "I rapporten står 0 aktiviteter."]),
        (plan, [one, sick], [one, sick],
         [f"Hemtjänst har 1 aktivitet{beside}, men regeln är minst 2. 1 aktivitet saknas."]),
        (plan, [one, two], [one, two, sick],
         [f"Hemtjänst har 0 aktiviteter {goal} i rapporten. Minst 1 krävs. "
          f"Inlämnat är 1 aktivitet, {out}"]),
        (twice, [one, two], [one, two, sick],
         [f"Inlämnat för Hemtjänst är 1 aktivitet {goal}. Minst 2 krävs. I rapporten står 0 aktiviteter."]),
        (twice, [one, two, sick], [one, two, sick],
         [f"Hemtjänst har 1 aktivitet {goal}. Minst 2 krävs."]),
        (plan, [one, two], [one, two], [f"Hemtjänst har ingen aktivitet {goal}. Minst 1 krävs."]),
        # What the report has more than was handed in is enough.
        (plan, [one, two, sick], [], []),
    ]:  # fmt: skip
        found = list(unit_rule(of, Collection((OWN,)), reported, handed))
        assert [finding.message for finding in found] == expected
        assert [finding.for_units for finding in found] == [out not in text for text in expected]
