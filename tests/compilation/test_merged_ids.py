"""Ids of activities: the same in every run and order, and never two activities'."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from excel_uppsikt.compilation.merging import Merged, merge_entries
from excel_uppsikt.model import Entry
from tests.compilation.reported_rows import PLAN, entry
from tests.small_rounds import HOMES


def ids(merged: Merged) -> dict[str, str]:
    """The Ids by title; titles that differ in case or spaces only must not be compared so."""
    return {activity.values.title: activity.id for activity in merged.activities}


def known(merged: Merged) -> dict[str, str]:
    """The Ids as the next run knows them: with the titles they had."""
    return {activity.id: activity.values.title for activity in merged.activities}


def test_ids_are_the_same_whatever_the_order_of_files() -> None:
    rows = [entry(), entry("Åka skidor", unit="Bemanning"), entry(goal=HOMES), entry("", at=9)]
    first = merge_entries(PLAN, rows)
    assert len({a.id for a in first.activities}) == 4
    for order in permutations(rows):
        assert merge_entries(PLAN, order).activities == first.activities


def test_ids_are_the_same_in_the_next_run() -> None:
    """Also for two titles that look alike, and for rows without a title."""
    rows: Sequence[Entry] = [
        entry("Utveckla arbetet i norr"),
        entry("Utveckla arbetet i norra", at=6),
        entry("", at=7),
    ]
    first = merge_entries(PLAN, rows)
    second = merge_entries(PLAN, rows, known(first))
    third = merge_entries(PLAN, rows, known(second))
    assert second.activities == first.activities
    assert third.activities == first.activities


def test_the_id_in_a_form_is_kept() -> None:
    merged = merge_entries(PLAN, [entry(id="2-abc"), entry("Annan", at=6)])
    assert ids(merged)["Ordna lovaktiviteter"] == "2-abc"
    assert ids(merged)["Annan"] not in ("2-abc", "")


def test_an_id_on_two_titles_stays_with_the_title_it_had_before() -> None:
    rows = [entry("Ny rad", id="2-abc", at=5), entry("Gammal rad", id="2-abc", at=6)]
    merged = merge_entries(PLAN, rows, {"2-abc": "Gammal  RAD"})
    assert ids(merged)["Gammal rad"] == "2-abc"
    assert ids(merged)["Ny rad"] not in ("2-abc", "")


@pytest.mark.parametrize("before", [{}, {"2-abc": "En tredje titel"}])
def test_an_id_on_two_titles_stays_with_the_first_when_neither_had_it(
    before: dict[str, str],
) -> None:
    rows = [entry("Andra", id="2-abc", at=6), entry("Första", id="2-abc", at=5)]
    merged = merge_entries(PLAN, rows, before)
    assert ids(merged)["Första"] == "2-abc"
    assert ids(merged)["Andra"] not in ("2-abc", "")


def test_a_new_activity_never_gets_an_id_that_another_title_has() -> None:
    """Not even when its own would have been that one: the title was another's, since reworded."""
    (made,) = merge_entries(PLAN, [entry()]).activities
    merged = merge_entries(PLAN, [entry()], {made.id: "Omskriven titel"})
    assert [a.id for a in merged.activities] != [made.id]
