"""Titles that look alike are asked about in every run, until the coordinator has said that they are one."""

from pathlib import Path

from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import put, run
from tests.compilation.test_same import NEXT, ONE, PLAN, form, made, start
from tests.small_rounds import make_round, row

NEAR = "Starta fritidsklubbar"
FORMS = {"A.xlsx": form("Hemtjänst", row(ONE)), "B.xlsx": form("Bemanning", row(NEAR))}


def asked(checked: CheckedRound) -> list[str | None]:
    """The titles that are told to look like another."""
    return [f.value for f in checked.findings if f.code == "M601"]


def test_nothing_said_is_asked_again(tmp_path: Path) -> None:
    assert [asked(start(tmp_path, FORMS)), asked(run(tmp_path, PLAN))] == [[NEAR], [NEAR]]


def test_what_is_parted_in_the_next_round_is_asked_about_again(tmp_path: Path) -> None:
    first, later = tmp_path / "t1", tmp_path / "t2"
    start(first, FORMS)
    put(first, NEAR, {"Samma som": made(first, ONE)})
    assert asked(run(first, PLAN)) == []
    inbox = {
        "A.xlsx": form("Hemtjänst", row(ONE), plan=NEXT),
        "B.xlsx": form("Bemanning", row(NEAR), plan=NEXT),
    }
    make_round(later, NEXT, inbox)
    assert [asked(run(later, NEXT)), asked(run(later, NEXT))] == [[], []]
    put(later, NEAR, {"Samma som": None})
    assert asked(run(later, NEXT)) == [NEAR]
