"""What goes on from the previous round, held against the row that goes on from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from excel_uppsikt.checks.gone_through import (
    earlier_by_id,
    gone_through,
    is_as_sent,
    is_waiting,
    with_carried_comments,
)
from excel_uppsikt.model import Activity, Collection, Entry, Field, FormKind, Submission
from tests.report.test_document import activity
from tests.small_rounds import CARE, STATUSES, YOUTH, with_changes

SCHOOL = "Skola"
NOT_STARTED, ONGOING, DEVIATING, FINISHED, _ = STATUSES
BEFORE = activity("A", units=("Hemtjänst",), description="Varför.", comment="Så var det.")


def row(before: Activity = BEFORE, at: int = 5, **changes: object) -> Entry:
    """The row that goes on from an activity, as it is sent out, with changes."""
    finished = before.values.status is FINISHED
    values = before.values if finished else replace(before.values, comment="")
    made = Entry(
        file="a.xlsx",
        sheet="Blad",
        row=at,
        goal=YOUTH,
        department=before.department,
        id=before.id,
        values=values,
        columns={"comment": 7},
    )
    return with_changes(made, changes)


def said(comment: str, at: int = 5) -> Entry:
    """A row with this in its comment's cell."""
    return row(at=at, comment=comment, raw={Field.COMMENT: comment})


@pytest.mark.parametrize(
    ("entry", "before", "waiting"),
    [
        (row(), BEFORE, True),
        (row(end=date(2024, 12, 1), title="B"), BEFORE, True),
        (row(status=DEVIATING), BEFORE, False),
        (said("Nytt."), BEFORE, False),
        (said("Oförändrat."), BEFORE, False),
        # The word was there, though what it stands for was empty.
        (row(raw={Field.COMMENT: "oförändrat"}), BEFORE, False),
        (row(id=None), BEFORE, False),
        (row(id="2-annan"), BEFORE, False),
        (row(status=FINISHED, comment=""), with_changes(BEFORE, {"status": FINISHED}), False),
        (row(status=None), with_changes(BEFORE, {"status": None}), False),
        (row(status=None), BEFORE, False),
    ],
)
def test_a_row_waits_until_it_has_a_comment_or_another_status(
    entry: Entry, before: Activity, waiting: bool
) -> None:
    assert is_waiting(entry, earlier_by_id([before])) is waiting


def test_the_comment_is_carried_on_from_the_rows_own_department() -> None:
    """One of units that now belong to several departments is in each; of another, the Id tells."""
    school = with_changes(BEFORE, {"department": SCHOOL, "comment": "I skolan."})
    elsewhere = "Någon annanstans"
    rows = tuple(replace(said("oförändrat"), department=name) for name in (CARE, SCHOOL, elsewhere))
    collection = Collection((Submission("a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, rows),))
    for previous in ([BEFORE, school], [school, BEFORE]):
        carried = with_carried_comments(collection, previous).entries
        assert [e.values.comment for e in carried[:2]] == ["Så var det.", "I skolan."]
        assert carried[2].values.comment in {"Så var det.", "I skolan."}
    assert with_carried_comments(collection, []) == collection
    new = replace(collection.submissions[0], entries=(said("Nytt."), replace(rows[0], id=None)))
    kept = Collection((new,))
    assert with_carried_comments(kept, [BEFORE]) == kept


def told(
    kind: FormKind, rows: Sequence[Entry], previous: Sequence[Activity], *, used: bool = True
) -> list[tuple[str, str | None]]:
    """What is said of a form with these rows: code and cell."""
    unit = "Hemtjänst" if kind is FormKind.UNIT else None
    form = Submission("a.xlsx", kind, unit, CARE, None, tuple(rows), used=used)
    found = gone_through(Collection((form,)), earlier_by_id(previous))
    return [(finding.code, finding.cell) for finding in found]


DONE = with_changes(BEFORE, {"id": "2-klar", "title": "K", "status": FINISHED})
SENT = [row(at=5), row(DONE, at=6)]


def test_a_form_as_it_was_sent_out_is_told_once_and_one_that_is_not_used_not_at_all() -> None:
    assert told(FormKind.UNIT, SENT, [BEFORE, DONE]) == [("F209", None)]
    assert told(FormKind.UNIT, SENT, [BEFORE, DONE], used=False) == []
    assert told(FormKind.UNIT, SENT[1:], [BEFORE, DONE]) == []
    assert told(FormKind.UNIT, [], [BEFORE, DONE]) == []


def test_who_completes_is_not_asked_what_has_happened_since_the_last_round() -> None:
    """Such a form has rows as they were reported in this round; none of them waits for a word."""
    form = Submission(
        "a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, tuple(SENT), completion=True
    )
    earlier = earlier_by_id([BEFORE, DONE])
    assert ([*gone_through(Collection((form,)), earlier)], is_as_sent(form, earlier)) == ([], False)
    unchanged = Collection((replace(form, entries=(said("oförändrat"),)),))
    assert with_carried_comments(unchanged, [BEFORE]) == unchanged


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Ny titel"},
        {"start": date(2024, 2, 1)},
        {"end": date(2024, 12, 1)},
        {"description": "Därför."},
        {"units": ("Hemtjänst", "Bemanning")},
        {"units": ()},
        {"comment": "Nytt."},
        {"id": None},
        {"status": ONGOING},
    ],
)
def test_with_anything_changed_each_row_that_waits_is_told(changes: dict[str, object]) -> None:
    """Also where it is what was finished that has been changed."""
    changed = [row(at=5), row(DONE, at=6, **changes)]
    assert told(FormKind.UNIT, changed, [BEFORE, DONE]) == [("R313", "G5")]
    other = row(with_changes(BEFORE, {"id": "2-ny", "title": "N"}), at=9)
    assert told(FormKind.UNIT, [*SENT, other], [BEFORE, DONE]) == [("R313", "G5")]


def test_a_row_that_had_no_status_says_nothing_of_whether_its_form_was_gone_through() -> None:
    """Nobody can have left it as it was: a status is asked for in it."""
    bare = with_changes(BEFORE, {"id": "2-utan", "title": "U", "status": None})
    assert told(FormKind.UNIT, [row(at=5), row(bare, at=6)], [BEFORE, bare]) == [("R313", "G5")]
    assert told(FormKind.UNIT, [row(bare, at=6)], [bare]) == []


def test_in_gemensamt_no_units_stand_and_a_row_in_two_departments_is_one() -> None:
    common = with_changes(BEFORE, {"units": ("Hemtjänst",), "whole": True})
    sent = [row(common, units=())]
    assert told(FormKind.COMMON, sent, [common]) == [("F209", None)]
    assert told(FormKind.UNIT, sent, [common]) == [("R313", "G5")]
    split = with_changes(BEFORE, {"units": ("Hemtjänst", "Åsens skola")})
    rows = [row(split, units=("Hemtjänst",)), row(split, units=("Åsens skola",))]
    assert told(FormKind.GOAL, rows, [split]) == [("F209", None)]
    assert told(FormKind.GOAL, [*rows, said("Nytt.", at=6)], [split]) == [("R313", "G5")]


def test_the_form_of_a_part_of_a_unit_that_was_split_names_no_other_part() -> None:
    parts = ("Norr", "Söder")
    split = replace(
        with_changes(BEFORE, {"units": parts}),
        undecided=(("Norr", "Hemtjänst"), ("Söder", "Hemtjänst")),
    )
    assert told(FormKind.UNIT, [row(split, units=("Norr",))], [split]) == [("F209", None)]
    assert told(FormKind.UNIT, [row(split, units=("Väst",))], [split]) == [("R313", "G5")]
