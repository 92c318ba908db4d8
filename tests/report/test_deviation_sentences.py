"""How many whole sentences of a deviation's reason are told, as far as the page has room for them."""

import pytest

from excel_uppsikt.report.deviations import deviations_in_words, told_deviations
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.report.room import Page
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import STATUSES, make_plan

PLAN = make_plan()
LATE = next(status for status in STATUSES if status.deviation)
# Each longer than a line of the page.
SENTENCES = [f"{letter * 120}." for letter in "abc"]


def told(lines: int) -> list[list[str]]:
    """The sentences told of each of two deviations, with room for so many lines beside the first ones."""
    script = Manuscript(PLAN, PLAN.departments[0], TEMPLATE)
    page = Page(script)
    both = [
        activity(name, id=f"2-{name}", status=LATE, comment=" ".join(SENTENCES)) for name in "AB"
    ]
    first = told_deviations(both, 170)
    heads = sum(page.bullet(head + reason) for _, head, reason in first)
    page.left = heads + lines * 290
    xml = [str(piece) for piece in deviations_in_words(script, first, page)]
    assert len(xml) == 2
    return [[one[0] for one in SENTENCES if one in piece] for piece in xml]


@pytest.mark.parametrize("lines", range(10))
def test_what_is_told_of_one_is_taken_from_the_room_for_the_next(lines: int) -> None:
    """A sentence takes one line or two here, and four more have room at most."""
    first, second = told(lines)
    assert first == list("abc")[: len(first)]
    assert second == list("abc")[: len(second)]
    more = len(first) + len(second) - 2
    assert more <= lines
    assert len(first) == 3 or len(second) == 1
    assert more == 4 or lines < 8
