"""Of a follow-up form that is as it was sent out, that alone is told."""

from dataclasses import replace
from datetime import date

from excel_uppsikt.checks import check_all
from excel_uppsikt.model import Collection, FormKind, Submission
from tests.checks.test_gone_through import BEFORE, DEVIATING, FINISHED, NOT_STARTED, row, said
from tests.small_rounds import CARE, make_plan, with_changes

PLAN = make_plan(units=("Hemtjänst",), minimum=0, goals=())
EARLY, LATE = date(2024, 2, 1), date(2024, 9, 1)
# What disagrees with the cutoff, a reason that is lacking, and what nobody has filled in.
CHANGES: list[dict[str, object]] = [
    {"status": NOT_STARTED, "start": EARLY},
    {"end": EARLY},
    {"status": FINISHED, "end": LATE},
    {"start": LATE, "end": LATE},
    {"status": DEVIATING},
    {"description": "XXX"},
]
ACTIVITIES = [
    with_changes(BEFORE, {"id": f"2-{at}", "title": f"Aktivitet {at}", **changes})
    for at, changes in enumerate(CHANGES)
]


def told(*submissions: Submission) -> list[tuple[str, str | None, int | None]]:
    """All that the checks of rows and forms say: code, file and row."""
    found = check_all(PLAN, Collection(submissions), (), (), ACTIVITIES)
    return [(f.code, f.file, f.place.row) for f in found if f.code[0] != "U"]


def form(file: str = "a.xlsx", **changes: object) -> Submission:
    """The form as it was sent out, with changes."""
    rows = tuple(replace(row(one, at=5 + at), file=file) for at, one in enumerate(ACTIVITIES))
    sent = Submission(file, FormKind.UNIT, "Hemtjänst", CARE, None, rows)
    return replace(sent, **changes)  # type: ignore[arg-type]


def test_nothing_is_told_beside_that_a_form_is_as_it_was_sent_out() -> None:
    assert told(form()) == [("F209", "a.xlsx", None)]


def test_another_form_is_told_of_all_the_same() -> None:
    touched = form("b.xlsx")
    first = replace(said("Arbetet pågår.", at=5), file="b.xlsx", id="2-0")
    touched = replace(touched, entries=(first, *touched.entries[1:]))
    found = told(form(), touched)
    assert ("F209", "a.xlsx", None) in found
    assert {file for code, file, _ in found if code != "F209"} == {"b.xlsx"}
    assert {code for code, file, _ in found if file == "b.xlsx"} >= {"R313", "C402", "C403", "C404"}


def test_one_that_is_not_in_use_or_went_out_for_what_was_sent_back_is_not_as_sent() -> None:
    assert told(form(used=False)) == []
    assert "F209" not in {code for code, *_ in told(form(completion=True))}
    assert "C402" in {code for code, *_ in told(form(completion=True))}
