"""Goals that begin alike are told apart in the summary, also where only beginnings have room."""

import io
from collections.abc import Sequence
from dataclasses import replace

import docx
import pytest

from excel_uppsikt.figures import TOTAL
from excel_uppsikt.model import Goal
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import HOMES, STATUSES, make_plan

GOALS = (
    Goal(
        1,
        "Skapa ett ökat utbud av aktiviteter för alla, genom avtalssamverkan med föreningar.",
        "A",
    ),
    Goal(2, "Skapa ett ökat utbud av aktiviteter för äldre i våra verksamheter.", "A"),
    Goal(3, "Andelen anställda som nyttjar kommunens friskvårdsbidrag ska öka.", "A"),
)


def names(goals: Sequence[Goal]) -> list[str]:
    """What stands first in the rows of the summary's table, the heading and the sum left out.

    With so many deviations that the page has room for no more than one line a goal.
    """
    plan = make_plan(goals=goals)
    late = {"status": STATUSES[4], "comment": "Det tog längre tid än planerat. " * 4}
    activities = [
        activity(
            f"Insats {at}", replace(HOMES, number=goal.number, text=goal.text), id=f"{at}", **late
        )
        for at, goal in enumerate([*goals] * (30 // len(goals)))
    ]
    made = make_report(plan, plan.departments[0], Account(activities, None, ()), template=TEMPLATE)
    table = docx.Document(io.BytesIO(made.data)).tables[0]
    first, *told, last = [row.cells[0].text for row in table.rows]
    assert (first, last) == ("Mål", TOTAL)
    return told


def test_no_two_goals_are_called_the_same() -> None:
    assert names(GOALS) == [
        "Skapa ett … för alla, genom avtalssamverkan …",
        "Skapa ett … för äldre i våra verksamheter.",
        "Andelen anställda som nyttjar kommunens …",
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # Little in common, and then a word too long for the rest of the line.
        (
            (
                "Utveckla arbetet med samverkansöverenskommelser i länet.",
                "Utveckla arbetet med kompetensförsörjningsplaner i länet.",
            ),
            (
                "Utveckla … med samverkansöverenskommelser i …",
                "Utveckla … med kompetensförsörjningsplaner …",
            ),
        ),
        # One is the other's beginning.
        (
            (
                "Skapa ett ökat utbud av aktiviteter för alla barn",
                "Skapa ett ökat utbud av aktiviteter för alla barn och unga",
            ),
            ("Skapa ett … barn", "Skapa ett … barn och unga"),
        ),
        # A small word is all that they have in common.
        (
            (f"På {'arbetsmarknads' * 3}insatserna", f"På {'kompetensförsörjnings' * 2}insatserna"),
            (
                f"På … {('arbetsmarknads' * 3)[:39]} …",
                f"På … {('kompetensförsörjnings' * 2)[:39]} …",
            ),
        ),
        # Nothing in common, and no word that has room.
        (
            (f"{'arbetsmarknads' * 4}insats", f"{'kompetensförsörjnings' * 3}insats"),
            (f"{('arbetsmarknads' * 4)[:44]} …", f"{('kompetensförsörjnings' * 3)[:44]} …"),
        ),
        # Short enough to stand whole, whatever they have in common.
        (
            ("Andelen nöjda boende ska öka i år.", "Andelen nöjda boende ska öka."),
            ("Andelen nöjda boende ska öka i år.", "Andelen nöjda boende ska öka."),
        ),
    ],
)  # fmt: skip
def test_nor_those_whose_words_are_long_or_go_on_from_the_others(
    texts: Sequence[str], expected: Sequence[str]
) -> None:
    assert names([Goal(at, text, "A") for at, text in enumerate(texts, 1)]) == [*expected]
