"""What is taken of answers to a committee: each cell that says otherwise than it was sent out, no other."""

from dataclasses import replace
from datetime import date

import pytest

from excel_uppsikt.compilation.answers import Answer, Answers
from excel_uppsikt.compilation.completing import Completed, complete, with_completed
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Activity, Choice, Compilation, Field, Line, Status, Values
from tests.compilation.test_where_changes_stand import of, said
from tests.small_rounds import STATUSES, with_changes

MADE = "2-abcde"
OWN = said(5)
BEFORE = replace(of(OWN), id=MADE)
SENT = BEFORE.values
RAW = dict.fromkeys(Field, "skrivet")
JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)


def answer(**changes: object) -> Answer:
    """Hemtjänst's answer with changes in what it was sent out with, all of its cells filled in."""
    row = with_changes(said(9, "inkorg/svar.xlsx"), {"raw": RAW, **changes})
    return Answer("Hemtjänst", row, SENT)


def other(**changes: object) -> Answer:
    """Bemanning's."""
    row = with_changes(said(12, "inkorg/annat.xlsx"), {"raw": RAW, **changes})
    return Answer("Bemanning", row, SENT)


def completed(
    *answers: Answer, there: Activity | None = BEFORE, earlier: Compilation | None = None
) -> Completed:
    by_id = Answers({MADE: answers})
    return complete((there,) if there else (), by_id, earlier or Compilation())


def told(done: Completed) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(f"{f.code}.{f.variant.name}", f.file, f.cell, f.value) for f in done.findings]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.TITLE, "Ny titel"),
        (Field.START, date(2024, 2, 1)),
        (Field.END, JUNE),
        (Field.DESCRIPTION, "Nytt skäl."),
        (Field.STATUS, STATUSES[2]),
        (Field.COMMENT, "Nytt läge."),
    ],
)
def test_each_cell_that_has_been_changed_is_taken_alone(
    field: Field, value: str | date | Status
) -> None:
    done = completed(answer(**{field.value: value}))
    (one,) = done.activities
    assert one.values == with_changes(BEFORE, {field.value: value}).values
    assert dict(done.fields) == {MADE: (field,)}
    assert dict(done.own_titles) == ({MADE: SENT.title} if field is Field.TITLE else {})
    assert one.sources == (Place(OWN.file, OWN.sheet, 5), Place("inkorg/svar.xlsx", "Blad", 9))
    assert told(done) == []
    # A form that has not the column has said nothing of it.
    without = {of: text for of, text in RAW.items() if of is not field}
    (same,) = completed(answer(**{field.value: value, "raw": without})).activities
    assert same.values == SENT


@pytest.mark.parametrize(
    ("field", "emptied"),
    [(Field.COMMENT, ""), (Field.STATUS, None), (Field.END, None), (Field.TITLE, "")],
)
def test_an_emptied_cell_takes_nothing_away(field: Field, emptied: object) -> None:
    done = completed(answer(**{field.value: emptied}))
    assert [one.values for one in done.activities] == [SENT]


def test_spaces_and_what_a_cell_cannot_hold_are_no_answer() -> None:
    long = "x" * 40_000
    sent = replace(SENT, comment=long, description="Så.")
    given = answer(comment=long[:32_767], description=" Så. \n")
    done = completed(replace(given, sent=sent), there=replace(BEFORE, values=sent))
    assert [one.values for one in done.activities] == [sent]
    assert dict(done.fields) == {MADE: ()}


def test_two_texts_are_joined_and_of_two_dates_the_last_saved_stands() -> None:
    first = answer(comment="Ett.", end=JUNE, title="Ettan")
    last = other(comment="Två.", end=JULY, title="Tvåan")
    done = completed(first, last)
    (one,) = done.activities
    assert (one.values.comment, one.values.end, one.values.title) == ("Ett.\nTvå.", JULY, "Tvåan")
    # Nothing but what both have changed is told, at the cell that was saved first.
    assert told(done) == [
        ("M602.FIRST_KEPT", "inkorg/svar.xlsx", "A9", "skrivet"),
        ("M602.FIRST_KEPT", "inkorg/svar.xlsx", "D9", "skrivet"),
        ("M602.JOINED", "inkorg/svar.xlsx", "G9", "skrivet"),
    ]
    assert all("Bemanning" in finding.unit_words for finding in done.findings)


def test_two_that_say_the_same_are_one() -> None:
    done = completed(answer(comment="Ett.", end=JUNE), other(comment="ett.", end=JUNE))
    (one,) = done.activities
    assert (one.values.comment, one.values.end, told(done)) == ("ett.", JUNE, [])


def line(now: Values = SENT, collected: Values | None = SENT, **choice: object) -> Compilation:
    """A compilation of the one row, as it stands and as it was collected."""
    base = replace(BEFORE, values=collected) if collected else None
    made = Line(replace(BEFORE, values=now), base, replace(Choice(), **choice))  # type: ignore[arg-type]
    return Compilation((made,))


def test_without_the_units_own_form_the_row_is_as_it_was_collected() -> None:
    """And what is known of it as completed before is so still."""
    earlier = line(
        replace(SENT, comment="Redigerat."),
        replace(SENT, comment="Samlat.", title="Rubrik"),
        completed=(Field.COMMENT,),
        own_title="Egen rubrik",
    )
    done = completed(answer(end=JUNE), there=None, earlier=earlier)
    (one,) = done.activities
    assert one.values == replace(SENT, comment="Samlat.", title="Rubrik", end=JUNE)
    assert (dict(done.fields), dict(done.own_titles)) == (
        {MADE: (Field.COMMENT,)}, {MADE: "Egen rubrik"},
    )  # fmt: skip


@pytest.mark.parametrize(("edited", "yields"), [("Det går bra.", True), ("Redigerat.", False)])
def test_a_text_that_the_answer_was_sent_out_with_yields_to_it(edited: str, yields: bool) -> None:
    """One that the coordinator has written since stands, for merging to tell of."""
    sent = replace(SENT, comment="Det går bra.")
    earlier = line(replace(SENT, comment=edited))
    done = completed(replace(answer(comment="Svaret."), sent=sent), earlier=earlier)
    (row,) = done.earlier.lines
    assert row.collected is not None
    assert row.collected.values == (sent if yields else SENT)
    assert (row.activity, row.choice) == (earlier.lines[0].activity, earlier.lines[0].choice)


def test_an_answer_taken_before_is_not_taken_over_what_has_been_changed_back() -> None:
    """The coordinator has written again what was sent out; the answer was collected then."""
    earlier = line(SENT, replace(SENT, comment="Svaret."), completed=(Field.COMMENT,))
    done = completed(answer(comment="Svaret."), earlier=earlier)
    assert done.earlier == earlier


def test_who_has_kept_an_earlier_answer_has_not_taken_it_back() -> None:
    """The next form was sent out with it, and only another cell of it has been changed."""
    first = replace(SENT, comment="Första svaret.")
    earlier = line(first, first, completed=(Field.COMMENT,))
    second = replace(answer(comment="Första svaret.", end=JUNE), sent=first)
    (one,) = completed(second, earlier=earlier).activities
    assert one.values == replace(first, end=JUNE)
    # What went out as the unit's own form says takes nothing of the earlier answer.
    (plain,) = completed(answer(end=JUNE), earlier=earlier).activities
    assert plain.values == replace(SENT, end=JUNE)


def test_nothing_is_kept_by_an_answer_of_which_it_is_not_known_what_went_out() -> None:
    earlier = line(replace(SENT, comment="Första svaret."), completed=(Field.COMMENT,))
    (one,) = completed(replace(answer(end=JUNE), sent=None), earlier=earlier).activities
    assert one.values == replace(SENT, end=JUNE)


def test_what_was_carried_on_has_been_reported_once_it_is_answered() -> None:
    carried = replace(BEFORE, last_reported="T1")
    (one,) = completed(answer(end=JUNE), there=carried).activities
    assert one.last_reported == ""


def test_the_compilation_says_what_was_completed_and_no_longer_what_was() -> None:
    done = completed(answer(title="Ny titel"))
    (row,) = with_completed(line(), done).lines
    assert (row.choice.own_title, row.choice.completed) == (SENT.title, (Field.TITLE,))
    nothing = Completed((BEFORE,), Compilation())
    for was in (line(own_title="Förr"), line(completed=(Field.END,)), line()):
        assert with_completed(was, nothing) == line()


def test_nothing_answered_changes_nothing() -> None:
    earlier = line()
    done = complete((BEFORE,), Answers(), earlier)
    assert done == Completed((BEFORE,), earlier)
