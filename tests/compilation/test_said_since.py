"""What a unit's own form, saved after its answer to a committee, says otherwise than the answer."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from excel_uppsikt.compilation.answers import Answer, Answers
from excel_uppsikt.compilation.completing import complete
from excel_uppsikt.model import Compilation, Entry, Field, FormKind, Submission
from tests.compilation.test_where_changes_stand import of, said
from tests.small_rounds import CARE

OWN = said(5, comment="Det går bra.")
ANSWER = said(
    9, "inkorg/svar.xlsx", id="2-abcde", comment="Femtio barn.", raw={Field.COMMENT: "Femtio barn."}
)
EARLY, LATE = datetime(2024, 6, 9), datetime(2024, 6, 12)  # noqa: DTZ001  as workbooks say it
ANSWERED = datetime(2024, 6, 10)  # noqa: DTZ001  as workbooks say it


def told(
    now: Entry,
    saved: datetime | None = LATE,
    *,
    used: bool = True,
    answered: datetime | None = ANSWERED,
) -> list[tuple[str, str | None, str | None]]:
    """What is told once the own form says this; the answer stands whatever it says."""
    forms = (
        Submission("inkorg/a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, saved, (now,), used=used),
        Submission(
            "inkorg/svar.xlsx",
            FormKind.UNIT,
            "Hemtjänst",
            CARE,
            answered,
            (ANSWER,),
            completion=True,
        ),
    )
    answers = Answers({"2-abcde": (Answer("Hemtjänst", ANSWER, OWN.values),)})
    done = complete((of(now),), answers, Compilation(), forms)
    assert [one.values.comment for one in done.activities] == ["Femtio barn."]
    return [(f.code, f.cell, f.value) for f in done.findings]


def commented(words: str) -> Entry:
    """The own row with another comment, and what stands in its cell."""
    values = replace(OWN.values, comment=words)
    return replace(OWN, values=values, raw={Field.COMMENT: words} if words else {})


LATER = [("M602", "G5", "Sjuttio barn.")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sjuttio barn.", LATER),
        ("Det går bra.", []),
        ("Femtio barn.", []),
        ("Femtio", []),
        # A cell that has been emptied, or never filled in, says nothing against the answer.
        ("", []),
    ],
)
def test_words_that_are_neither_the_old_nor_the_answer_are_told(
    words: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert told(commented(words)) == expected


def test_only_of_a_form_in_use_saved_after_the_answer() -> None:
    """Where either does not say when it was saved, nothing is known to have been said since."""
    now = commented("Sjuttio barn.")
    assert told(now) == LATER
    assert told(now, EARLY) == told(now, ANSWERED) == told(now, None) == []
    assert told(now, used=False) == told(now, answered=None) == []


def test_what_nobody_has_answered_is_no_concern_of_the_answer() -> None:
    """The unit may go on changing its own form where the committee has asked nothing."""
    later = replace(commented("Det går bra."), raw={Field.END: "2024-10-31"})
    assert told(replace(later, values=replace(later.values, end=date(2024, 10, 31)))) == []


def test_an_answer_whose_form_had_lost_its_rows_is_compared_with_itself_alone() -> None:
    now = commented("Sjuttio barn.")
    forms = (
        Submission("inkorg/a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, LATE, (now,)),
        Submission(
            "inkorg/svar.xlsx",
            FormKind.UNIT,
            "Hemtjänst",
            CARE,
            ANSWERED,
            (ANSWER,),
            completion=True,
        ),
    )
    answers = Answers({"2-abcde": (Answer("Hemtjänst", ANSWER, None),)})
    done = complete((of(OWN),), answers, Compilation(), forms)
    assert [(f.code, f.cell, f.value) for f in done.findings] == LATER


@pytest.mark.parametrize(("saved", "expected"), [(ANSWERED, []), (LATE, LATER)])
def test_of_several_answers_it_is_the_last_that_counts(
    saved: datetime, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """What the unit said between them the last may have heard of; the findings name that one."""
    now = commented("Sjuttio barn.")
    second = replace(ANSWER, file="inkorg/andra.xlsx")
    middle = datetime(2024, 6, 11)  # noqa: DTZ001  as workbooks say it
    unit = FormKind.UNIT
    forms = (
        Submission("inkorg/a.xlsx", unit, "Hemtjänst", CARE, saved, (now,)),
        Submission("inkorg/svar.xlsx", unit, "Hemtjänst", CARE, EARLY, (ANSWER,), completion=True),
        Submission(
            "inkorg/andra.xlsx", unit, "Bemanning", CARE, middle, (second,), completion=True
        ),
        Submission("inkorg/okänd.xlsx", unit, "Bemanning", CARE, None, (), completion=True),
    )
    given = (Answer("Hemtjänst", ANSWER, OWN.values), Answer("Bemanning", second, OWN.values))
    done = complete((of(now),), Answers({"2-abcde": given}), Compilation(), forms)
    assert [(f.code, f.cell, f.value) for f in done.findings] == expected
    assert {dict(f.fields)["whose"] for f in done.findings} <= {"Bemanning"}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2024, 10, 31), []),
        (date(2024, 9, 30), []),
        (date(2024, 12, 31), [("M602", "D5", "2024-12-31")]),
    ],
)
def test_a_date_is_neither_the_answers_nor_the_old_where_it_is_another(
    end: date, expected: list[tuple[str, str | None, str | None]]
) -> None:
    answer = replace(ANSWER, values=replace(OWN.values, end=date(2024, 10, 31)))
    answer = replace(answer, raw={Field.END: "2024-10-31"})
    now = replace(OWN, values=replace(OWN.values, end=end), raw={Field.END: end.isoformat()})
    unit = FormKind.UNIT
    forms = (
        Submission("inkorg/a.xlsx", unit, "Hemtjänst", CARE, LATE, (now,)),
        Submission(
            "inkorg/svar.xlsx", unit, "Hemtjänst", CARE, ANSWERED, (answer,), completion=True
        ),
    )
    given = Answers({"2-abcde": (Answer("Hemtjänst", answer, OWN.values),)})
    done = complete((of(now),), given, Compilation(), forms)
    assert [one.values.end for one in done.activities] == [date(2024, 10, 31)]
    assert [(f.code, f.cell, f.value) for f in done.findings] == expected
