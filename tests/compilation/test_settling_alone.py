"""What both have changed, as long as its question stands in the note, and the note once it is settled."""

from dataclasses import replace

from excel_uppsikt.compilation.settling import Conflict, Settlement, conflicts, settle
from excel_uppsikt.model import Choice, Compilation, Field, Line
from tests.report.test_document import activity
from tests.small_rounds import make_plan, with_changes

PLAN = make_plan()
NOW = activity("A", id="2-a", comment="Samordnarens.")
NEW = with_changes(NOW, {"comment": "Enhetens."})
ASKED = "Enhetens nya kommentar: Enhetens."


def row(note: str) -> Line:
    return Line(NOW, NEW, Choice(note=note, asked=(ASKED,)))


def test_it_waits_while_its_question_stands_in_the_note() -> None:
    waiting = Conflict("2-a", Field.COMMENT, "A", "Kommentar", "Samordnarens.", "Enhetens.")
    assert conflicts(PLAN, Compilation((row(f"Ring.\n{ASKED}"),))) == (waiting,)
    assert conflicts(PLAN, Compilation((row("Ring."),))) == ()
    assert conflicts(PLAN, Compilation((replace(row(ASKED), collected=None),))) == ()


def test_what_is_chosen_stands_and_nothing_is_left_of_the_question() -> None:
    """Not even its empty line; the other lines of the note are as they were."""
    before = Compilation((row(f"Ring.\n{ASKED}\nSkriv."),))
    for take_new, said in ((True, NEW), (False, NOW)):
        made = settle(before, [Settlement("2-a", Field.COMMENT, take_new)])
        assert [(one.activity, one.choice.note) for one in made.lines] == [(said, "Ring.\nSkriv.")]
    other = [Settlement("2-b", Field.COMMENT, True), Settlement("2-a", Field.END, True)]
    assert settle(before, other) == before
