"""A row of a completion form that nobody had asked for, when the coordinator does ask for it."""

from excel_uppsikt.compilation.answers import sort_answers
from excel_uppsikt.model import Choice, Compilation, Field, FormKind, Line, Submission
from tests.compilation.test_where_changes_stand import of, said
from tests.small_rounds import CARE, with_changes

ROW = said(5, title="Läger", comment="Nytt.", id="2-a", raw={Field.COMMENT: "Nytt."})
FORM = Submission("inkorg/a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, (ROW,), completion=True)
KNOWN = with_changes(of(said(9)), {"title": "Läger", "id": "2-a"})


def test_it_is_told_in_every_run_in_the_same_words_also_once_it_is_asked_for() -> None:
    """It was written before the question, and of something else; so it is no answer to it."""
    first = sort_answers([FORM], [KNOWN], Compilation())
    assert ([f.code for f in first.findings], dict(first.by_id)) == (["M610"], {})
    there = Line(KNOWN, KNOWN)
    asked = Line(KNOWN, KNOWN, Choice(completion="Hur gick det?"))
    for line in (there, asked):
        again = sort_answers([FORM], [KNOWN], Compilation((line,), heard=first.unasked))
        assert again == first


def test_a_form_that_has_lost_what_it_went_out_with_answers_what_is_asked() -> None:
    """Where nothing in it has been told as unasked before."""
    asked = Line(KNOWN, KNOWN, Choice(completion="Hur gick det?"))
    answers = sort_answers([FORM], [KNOWN], Compilation((asked,)))
    assert (answers.findings, answers.unasked, answers.new) == ((), frozenset(), ())
    assert {made: [one.entry for one in given] for made, given in answers.by_id.items()} == {
        "2-a": [ROW]
    }
