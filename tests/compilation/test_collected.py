"""What was last collected of an activity, kept on a hidden sheet: the same when it is read again."""

import json
from dataclasses import replace

import pytest

from excel_uppsikt.compilation.collected import as_json, from_json
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Choice
from tests.report.test_document import activity
from tests.small_rounds import YOUTH, make_plan

PLAN = make_plan()
SOURCES = (Place("inkorg/å.xlsx", "Blad", 5), Place("inkorg/b.xlsx", "Blad", 7))
KEPT = activity("Läxhjälp", sources=SOURCES)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(include=False),
        Choice(away=True),
        Choice(kept=True),
        Choice(held=("comment", "Mål")),
        Choice(own_title="Läxläsning"),
        Choice(completed=("title", "comment")),
        Choice(own=("Mål", "title")),
        Choice(asked=("Enhetens nya kommentar: Så.",)),
    ],
)
def test_an_activity_and_what_its_row_does_not_show_are_kept(choice: Choice) -> None:
    for made in (KEPT, replace(KEPT, last_reported="T1"), activity("", units=(), whole=True)):
        assert from_json(PLAN, as_json(made, choice)) == (made, choice)


def test_what_the_row_shows_is_not_kept_twice() -> None:
    """Order, note, what is to be completed and Samma som are read from the row."""
    shown = Choice(order=2, note="Ring.", completion="Vad händer?", same="egen")
    assert from_json(PLAN, as_json(KEPT, shown)) == (KEPT, Choice())


def test_only_what_is_not_as_usual_takes_room() -> None:
    """And letters stand as they are: a cell holds 32,767 of them."""
    usual = json.loads(as_json(KEPT))
    assert [*usual] == [
        "id", "goal", "goal_text", "title", "units", "whole", "department", "start", "end",
        "description", "status", "comment", "sources", "asked",
    ]  # fmt: skip
    assert "Läxhjälp" in as_json(KEPT)
    assert "inkorg/å.xlsx" in as_json(KEPT)
    assert [len(source) for source in usual["sources"]] == [3, 3]


def test_a_goal_is_known_by_its_text_and_kept_where_the_plan_has_it_no_more() -> None:
    renumbered = make_plan(goals=(replace(YOUTH, number=7, text=YOUTH.text.upper()),))
    made, _ = from_json(renumbered, as_json(KEPT))
    assert made.goal == renumbered.goals[0]
    other = make_plan(goals=(replace(YOUTH, text="Ett annat mål."),))
    made, _ = from_json(other, as_json(KEPT))
    assert (made.goal.number, made.goal.text, made.goal.area) == (2, YOUTH.text, "")
