"""Two activities whose titles happen to give the same Id, which each must have of its own."""

from dataclasses import replace

from excel_uppsikt.compilation.ids import assign_ids, new_id
from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.language.text import fold, short_hash
from tests.compilation.test_where_changes_stand import said
from tests.small_rounds import CARE, HOMES, make_plan

ONE, OTHER = "Träff 3582", "Träff 10233"


def test_each_has_its_own_and_the_same_in_every_run() -> None:
    first, second = (short_hash(CARE, "2", fold(title), "0") for title in (ONE, OTHER))
    assert first == second
    rows = [said(5, title=ONE), said(6, title=OTHER)]
    ids = {a.values.title: a.id for a in merge_entries(make_plan(), rows).activities}
    assert ids == {ONE: f"2-{first}", OTHER: f"2-{short_hash(CARE, '2', fold(OTHER), '1')}"}
    again = merge_entries(make_plan(), rows, {made: title for title, made in ids.items()})
    assert {a.values.title: a.id for a in again.activities} == ids
    # One that an Id was given to is known by it, and no other title is given it.
    late = merge_entries(make_plan(), rows[1:], {f"2-{first}": ONE}).activities
    assert [a.id for a in late] == [ids[OTHER]]
    activity = replace(again.activities[0], id="x")
    assert new_id(activity, {f"2-{first}"}) != f"2-{first}"


def test_a_row_without_a_title_keeps_the_id_that_it_had() -> None:
    rows = [said(5, title=""), said(6, title="")]
    first = [a.id for a in merge_entries(make_plan(), rows).activities]
    assert len({*first}) == 2
    known = dict.fromkeys(first, "")
    assert [a.id for a in merge_entries(make_plan(), rows, known).activities] == first
    # Not one that has been another's since.
    taken = merge_entries(make_plan(), rows[:1], {first[0]: "Läger"}).activities
    assert taken[0].id != first[0]


def test_of_rows_that_were_copied_with_their_id_it_stays_with_the_first() -> None:
    """With the one that has the title it is known by, and of several such the first; no Id is given twice."""
    copied = [
        said(5, title="Läger", id="2-x"),
        said(6, title="Bad", id="2-x"),
        said(7, title="Bad", goal=HOMES, id="2-x"),
    ]

    def holder(known: dict[str, str]) -> list[tuple[str, int]]:
        made = merge_entries(make_plan(), copied, known).activities
        assert len({one.id for one in made}) == 3
        return [(one.values.title, one.goal.number) for one in made if one.id == "2-x"]

    assert holder({}) == [("Läger", 2)]
    assert holder({"2-x": "Bad"}) == [("Bad", 2)]
    assert holder({"2-x": "Något annat"}) == [("Läger", 2)]


def test_the_ids_of_rows_kept_apart_are_the_same_in_whatever_order_they_come() -> None:
    """Each is made of its own title, and of whose it is."""
    keys = [(CARE, 2, fold(title), "egen") for title in (ONE, "Läger", "Bad")]
    made = assign_ids(dict.fromkeys(keys, ()), {})
    assert len({*made.values()}) == len(keys)
    assert assign_ids(dict.fromkeys(reversed(keys), ()), {}) == made
