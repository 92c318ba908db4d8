"""Completions when all that was known of the activity is away, and rows of theirs without a title."""

import pytest

from excel_uppsikt.compilation.answers import Answer, Answers, sort_answers
from excel_uppsikt.compilation.completing import complete
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Activity, Compilation, Field, FormKind, Submission
from tests.compilation.test_where_changes_stand import said
from tests.small_rounds import CARE, YOUTH

NEW = "Femtio barn."


@pytest.mark.parametrize("sent", [True, False])
def test_an_answer_alone_is_what_its_form_went_out_with_and_what_was_answered(
    *, sent: bool
) -> None:
    """Neither the unit's own form nor an earlier compilation is there; one that lost that is itself."""
    entry = said(5, title="Läger", comment=NEW, raw={Field.COMMENT: NEW})
    before = said(5, title="Lägret", comment="Det går bra.").values if sent else None
    answers = Answers({"2-a": (Answer("Hemtjänst", entry, before),)})
    done = complete((), answers, Compilation())
    (one,) = done.activities
    assert (one.id, one.goal, one.department, one.sources) == (
        "2-a", YOUTH, CARE, (Place("inkorg/a.xlsx", "Blad", 5),),
    )  # fmt: skip
    assert (one.values.title, one.values.comment) == ("Lägret" if sent else "Läger", NEW)
    assert (done.findings, dict(done.own_titles), dict(done.fields)) == ((), {}, {})


def test_a_row_without_a_title_is_none_of_those_known() -> None:
    """Not even of one that has none either: it is new, and told so."""
    row = said(5, title="", comment=NEW, id=None, raw={Field.COMMENT: NEW})
    form = Submission(
        "inkorg/a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, (row,), completion=True
    )
    untitled = Activity("2-b", YOUTH, CARE, said(9, title="").values)
    answers = sort_answers([form], [untitled], Compilation())
    assert (dict(answers.by_id), answers.new) == ({}, (row,))
    assert [(f.code, f.cell) for f in answers.findings] == [("M611", "A5")]
