"""What a row of a completion is about: what was sent out, what is known by its title, or a new one."""

from dataclasses import replace

import pytest

from excel_uppsikt.compilation.answers import Answer, Answers, sort_answers
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import (
    Activity,
    Choice,
    Compilation,
    Entry,
    Field,
    FormKind,
    Line,
    Submission,
    Values,
)
from tests.compilation.test_where_changes_stand import said
from tests.report.test_document import activity
from tests.small_rounds import CARE, SICKNESS

FILE = "inkorg/svar.xlsx"
CAMP, WALK = activity("Läger", id="2-a"), activity("Gång", id="2-b")
RAW = {Field.COMMENT: "Nytt."}


def answered(title: str, at: int = 5, **changes: object) -> Entry:
    """A row of the completion with another comment than the activity's."""
    return said(at, FILE, title=title, comment="Nytt.", raw=RAW, **changes)


def form(*rows: Entry, sent: tuple[Activity, ...] = (CAMP,), unit: str = "Hemtjänst") -> Submission:
    went_out = {one.id: one.values for one in sent}
    return Submission(
        FILE, FormKind.UNIT, unit, CARE, None, rows, completion=True, sent=went_out
    )  # fmt: skip


def sort(
    *forms: Submission,
    known: tuple[Activity, ...] = (CAMP, WALK),
    lines: tuple[Line, ...] = (),
    heard: frozenset[str] = frozenset(),
) -> Answers:
    return sort_answers(forms, known, Compilation(lines, heard=heard))


def about(answers: Answers) -> dict[str, list[tuple[int, Values | None]]]:
    """The rows by the activity that they complete, each with what it went out with."""
    return {
        made: [(one.entry.row, one.sent) for one in given] for made, given in answers.by_id.items()
    }


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (answered("Nytt namn", id="2-a"), (CAMP, WALK)),
        # Of one that is away: by the form that was sent out.
        (answered("Nytt namn", id="2-a"), ()),
        (answered("LÄGER"), ()),
        # Its Id is lost, or nobody's.
        (answered("läger"), (CAMP, WALK)),
        (answered("Läger", id="9-z"), (CAMP, WALK)),
    ],
)
def test_a_row_is_known_by_its_id_or_else_by_its_title(
    row: Entry, known: tuple[Activity, ...]
) -> None:
    answers = sort(form(row), known=known)
    assert about(answers) == {"2-a": [(5, CAMP.values)]}
    assert (answers.new, answers.findings, answers.marks) == ((), (), frozenset())


def test_only_a_row_of_the_coordinators_own_has_the_answer_to_another_id() -> None:
    """A unit's row of that title is another activity, whose text the answer is not to change."""
    other = replace(CAMP, id="2-c")
    row = answered("Läger", id="2-a")
    for own, made in ((("title",), "2-c"), ((), "2-a")):
        line = Line(other, other, Choice(own=own))
        answers = sort(form(row), known=(other,), lines=(line,))
        assert about(answers) == {made: [(5, CAMP.values)]}
        assert (answers.new, answers.findings, answers.marks) == ((), (), frozenset())


def test_a_title_that_went_out_goes_before_one_of_another_activity_that_has_it_now() -> None:
    renamed = replace(WALK, values=replace(WALK.values, title="Läger"))
    answers = sort(form(answered("Läger")), known=(renamed,))
    assert about(answers) == {"2-a": [(5, CAMP.values)]}


@pytest.mark.parametrize(
    "row",
    [
        answered("Vandring"),
        answered("Läger", goal=SICKNESS, id=None),
        answered("Läger", department="Skola"),
    ],
)
def test_what_is_of_none_of_them_is_new_and_told(row: Entry) -> None:
    """Also of a title that is another goal's or another department's."""
    answers = sort(form(row, sent=()))
    assert (about(answers), answers.new, answers.unasked) == ({}, (row,), frozenset())
    assert [
        (f.code, f.variant.name, f.place, f.value, dict(f.fields)) for f in answers.findings
    ] == [
        ("M611", "PLAIN", Place(FILE, "Blad", 5, 1), None,
         {"title": row.values.title, "owner": "Hemtjänst"}),
    ]  # fmt: skip
    (mark,) = answers.taken
    assert answers.marks == {mark}
    assert mark.startswith(f"Ny {row.goal.number} ")
    # Whose it is, and all that it says, make the mark.
    other = replace(row, raw={Field.COMMENT: "Annat."})
    assert sort(form(other, sent=())).taken.isdisjoint({mark})
    assert sort(form(row, sent=(), unit="Bemanning")).taken.isdisjoint({mark})
    # It is no news that it was taken, and once an activity is made of it that is no question.
    assert sort(form(row, sent=()), heard=frozenset({mark})).findings == answers.findings
    there = activity(row.values.title, row.goal, id="2-n", department=row.department)
    again = sort(form(row, sent=()), known=(there,), heard=frozenset({mark}))
    assert (again.taken, again.unasked, again.findings) == (frozenset({mark}), frozenset(), ())


def test_of_what_one_has_sent_twice_the_last_counts_and_of_two_senders_both() -> None:
    first, last = form(answered("Läger", 5)), form(answered("Läger", 9))
    other = form(answered("Läger", 7), unit="Bemanning")
    answers = sort(first, other, last)
    assert about(answers) == {"2-a": [(9, CAMP.values), (7, CAMP.values)]}
    new = [answered("Vandring", at) for at in (5, 9)]
    assert sort(*(form(row) for row in new)).new == (new[1],)
    untitled = [answered("", at) for at in (5, 9)]
    assert sort(*(form(row) for row in untitled)).new == tuple(untitled)


def test_what_nobody_asked_for_is_told_by_what_it_says_otherwise() -> None:
    row = answered("Gång")
    answers = sort(form(row))
    assert about(answers) == {}
    (told,) = answers.findings
    assert (told.code, told.variant.name, told.place, told.value) == (
        "M610", "PLAIN", Place(FILE, "Blad", 5, 1), "Gång",
    )  # fmt: skip
    assert dict(told.fields) == {"title": "Gång", "rows": "Kommentar ”Nytt.”"}
    (mark,) = answers.marks
    assert (answers.unasked, answers.taken) == (frozenset({mark}), frozenset())
    # What says nothing else is remembered all the same, to be no new activity once its own form is away.
    same = replace(row, values=WALK.values)
    assert (sort(form(same)).findings, sort(form(same)).unasked) == ((), frozenset({mark}))
    gone = sort(form(row), known=(CAMP,), heard=frozenset({mark}))
    assert [(f.variant.name, f.value, dict(f.fields)["title"]) for f in gone.findings] == [
        ("GONE", "Gång", "Gång")
    ]
    assert (gone.new, gone.unasked) == ((), frozenset({mark}))


def test_a_form_that_has_lost_what_it_was_sent_out_with_answers_what_is_asked_now() -> None:
    """Not what nobody asks, nor what was told before as not asked."""
    lines = (Line(CAMP, CAMP, Choice(completion="Varför?")), Line(WALK, WALK))
    bare = form(answered("Läger", 5), answered("Gång", 9), sent=())
    answers = sort(bare, lines=lines)
    assert about(answers) == {"2-a": [(5, None)]}
    assert [f.place.row for f in answers.findings] == [9]
    marks = sort(bare).unasked
    assert len(marks) == 2
    assert about(sort(bare, lines=lines, heard=marks)) == {}
    assert answers.by_id["2-a"] == (Answer("Hemtjänst", bare.entries[0], None),)


def test_a_row_made_of_completions_alone_is_no_activity_to_answer_about() -> None:
    """It was a new one the last time and is now; one that has been asked about is known."""
    own = replace(WALK, sources=(Place(FILE, "Blad", 5),))
    alone = Line(WALK, own)
    row = answered("Gång")
    assert sort(form(row), known=(), lines=(alone,)).new == (row,)
    both = replace(own, sources=(*own.sources, Place("inkorg/a.xlsx", "Blad", 5)))
    for kept in (
        Line(WALK, both),
        Line(WALK, None),
        replace(alone, choice=Choice(completion="Varför?")),
    ):
        answers = sort(form(row), known=(), lines=(kept,))
        assert (answers.new, len(answers.unasked)) == ((), 1)
    assert sort(form(row), known=(WALK,), lines=(alone,)).new == ()


def test_a_row_is_known_by_the_title_that_was_collected_and_by_the_one_written_since() -> None:
    edited = replace(WALK, values=replace(WALK.values, title="Promenad"))
    for title in ("Gång", "promenad"):
        answers = sort(form(answered(title)), known=(), lines=(Line(edited, WALK),))
        assert [dict(f.fields)["title"] for f in answers.findings] == ["Promenad"]
