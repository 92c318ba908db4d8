"""Where both the coordinator and a unit have changed the same: side by side, and settled by a choice."""

from pathlib import Path

import pytest

from excel_uppsikt.compilation.settling import Conflict, Settlement
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds.results import CompilationWritten
from excel_uppsikt.rounds.settling import Waiting, merge_chosen, waiting
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SECOND,
    bytes_of,
    hand_in,
    home_form,
    line,
    put,
    run,
    start,
)
from tests.small_rounds import row

COMMENT, DESCRIPTION = "Enhetens nya ord.\nPå två rader.", "Ger mer tid."
OWN = "Samordnarens ord."


def in_conflict(folder: Path) -> None:
    """Kommentar and Beskrivning of one activity changed by both, and a note of the coordinator's own."""
    start(folder)
    put(folder, FIRST, {"Kommentar": OWN, "Beskrivning": "Kort.", "Anteckning": "Ring på måndag."})
    changed = row(FIRST, comment=COMMENT, description=DESCRIPTION)
    hand_in(folder, "Hemtjänst.xlsx", home_form(changed, row(SECOND), row("Öppna simhallen")))
    run(folder)


def choose(folder: Path, chosen: tuple[Settlement, ...], mark: str) -> None:
    """The compilation made with what was chosen."""
    *_, written = merge_chosen(folder, chosen, mark)
    assert isinstance(written, CompilationWritten)


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in run(folder).findings if finding.code == "M603"]


def of_first(folder: Path) -> tuple[object, ...]:
    """What stands at Beskrivning, Kommentar and Anteckning of the activity."""
    cells = line(folder, FIRST)
    return tuple(cells[name] for name in ("Beskrivning", "Kommentar", "Anteckning"))


def test_both_sides_are_told_as_they_stand(tmp_path: Path) -> None:
    """Nothing waits where nothing has been merged, or only one side has changed anything."""
    assert waiting(tmp_path, PLAN) == Waiting()
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": OWN})
    run(tmp_path)
    assert waiting(tmp_path, PLAN).conflicts == ()
    in_conflict(tmp_path / "t2")
    found = waiting(tmp_path / "t2", PLAN).conflicts
    assert [(one.part, one.title, one.header, one.stands, one.new) for one in found] == [
        ("description", FIRST, "Beskrivning", "Kort.", DESCRIPTION),
        ("comment", FIRST, "Kommentar", OWN, COMMENT),
    ]


@pytest.mark.parametrize("take_new", [True, False])
def test_a_choice_is_written_and_asked_about_no_more(tmp_path: Path, take_new: bool) -> None:
    """The other question waits as before, the coordinator's own note stays, and so it is in run after run."""
    in_conflict(tmp_path)
    wait = waiting(tmp_path, PLAN)
    comment = wait.conflicts[1]
    choose(tmp_path, (Settlement(comment.activity, "comment", take_new),), wait.mark)
    left = "Ring på måndag.\nEnhetens nya beskrivning: Ger mer tid."
    for _ in range(2):
        assert of_first(tmp_path) == ("Kort.", COMMENT if take_new else OWN, left)
        assert waiting(tmp_path, PLAN).conflicts == wait.conflicts[:1]
        assert codes(tmp_path) == ["M603"]
    wait = waiting(tmp_path, PLAN)
    other = wait.conflicts[0]
    choose(tmp_path, (Settlement(other.activity, "description", not take_new),), wait.mark)
    assert waiting(tmp_path, PLAN).conflicts == ()
    assert codes(tmp_path) == []
    description = "Kort." if take_new else DESCRIPTION
    assert of_first(tmp_path) == (description, COMMENT if take_new else OWN, "Ring på måndag.")


def test_what_was_chosen_goes_on_like_any_edit(tmp_path: Path) -> None:
    """The unit's words taken over follow the unit; one's own stand, and are asked about once more."""
    for take_new, after in ((True, "Ännu nyare."), (False, OWN)):
        folder = tmp_path / str(take_new)
        in_conflict(folder)
        wait = waiting(folder, PLAN)
        chosen = tuple(Settlement(one.activity, one.part, take_new) for one in wait.conflicts)
        choose(folder, chosen, wait.mark)
        changed = row(FIRST, comment="Ännu nyare.", description=DESCRIPTION)
        hand_in(folder, "Hemtjänst.xlsx", home_form(changed, row(SECOND), row("Öppna simhallen")))
        asked = codes(folder)
        assert of_first(folder)[1] == after
        assert asked == ([] if take_new else ["M603"])


def test_a_compilation_saved_since_is_shown_again_first(tmp_path: Path) -> None:
    """What was chosen by what no longer stands there is not written."""
    in_conflict(tmp_path)
    wait = waiting(tmp_path, PLAN)
    put(tmp_path, FIRST, {"Kommentar": "Skrivet i Excel under tiden."})
    before = bytes_of(tmp_path)
    chosen = (Settlement(wait.conflicts[1].activity, "comment", take_new=True),)
    with pytest.raises(CannotRunError, match="har sparats sedan den visades"):
        choose(tmp_path, chosen, wait.mark)
    assert bytes_of(tmp_path) == before


def test_a_choice_of_what_does_not_wait_changes_nothing(tmp_path: Path) -> None:
    """As by a form that was sent twice, or made up."""
    in_conflict(tmp_path)
    before, wait = of_first(tmp_path), waiting(tmp_path, PLAN)
    activity = wait.conflicts[0].activity
    made_up = (
        Settlement("X", "comment", True),
        Settlement(activity, "status", True),
        Settlement(activity, "x", True),
    )
    choose(tmp_path, made_up, wait.mark)
    assert of_first(tmp_path) == before
    assert isinstance(waiting(tmp_path, PLAN).conflicts[0], Conflict)
