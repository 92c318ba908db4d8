"""A row's dates: which of them a finding tells, and where; and a row of one day is as good as any."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt import figures
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Activity, Change, ChangeKind, Values
from tests.small_rounds import CARE, STATUSES, YOUTH, check, make_plan, own_form, row

PLAN = make_plan(minimum=0, goals=(YOUTH,))
NOT_STARTED, ONGOING, _, FINISHED, _ = (status.name for status in STATUSES)


def told(folder: Path, rows: Sequence[FormRow]) -> list[tuple[str, str | None, str | None, str]]:
    """The findings of Hemtjänst's rows: code, cell, what was written, and the first sentence."""
    checked = check(folder, PLAN, {"a.xlsx": own_form(PLAN, "Hemtjänst", {YOUTH.number: rows})})
    return [
        (f.code, f.cell, f.value, f.words.partition(". ")[0])
        for f in checked.findings
        if not f.code.startswith("U")
    ]


def test_an_end_before_the_start_tells_both_dates_each_in_its_place(tmp_path: Path) -> None:
    rows = [row(start="2024-05-02", end="2024-05-01")]
    words = "Slutdatum (2024-05-01) ligger före startdatum (2024-05-02)"
    assert told(tmp_path, rows) == [("R303", "D5", "2024-05-01", words)]


def test_a_date_outside_the_round_tells_itself_and_the_rounds_dates(tmp_path: Path) -> None:
    """Each at its own cell; the round's first and last day are inside."""
    rows = [
        row("A", start="2023-12-31", end="2025-01-01"),
        row("B", start="2024-01-01", end="2024-12-31"),
    ]
    outside = "ligger utanför omgångens datum (2024-01-01 till 2024-12-31)"
    assert told(tmp_path, rows) == [
        ("R304", "C5", "2023-12-31", f"Startdatum ”2023-12-31” {outside}"),
        ("R304", "D5", "2025-01-01", f"Slutdatum ”2025-01-01” {outside}"),
    ]


# The cutoff is 2024-04-30: one day before it and one after, and the date that is told.
@pytest.mark.parametrize(
    ("status", "start", "end", "code", "words"),
    [
        (
            NOT_STARTED,
            "2024-04-28",
            "2024-04-29",
            "C401",
            "startdatum 2024-04-28 hade passerat vid",
        ),
        (
            NOT_STARTED,
            "2024-04-29",
            "2024-04-29",
            "C401",
            "startdatum 2024-04-29 hade passerat vid",
        ),
        (ONGOING, "2024-04-28", "2024-04-29", "C402", "slutdatum 2024-04-29 hade passerat vid"),
        (ONGOING, "2024-04-29", "2024-04-29", "C402", "slutdatum 2024-04-29 hade passerat vid"),
        (FINISHED, "2024-05-01", "2024-05-02", "C403", "slutdatum 2024-05-02 ligger efter"),
        (FINISHED, "2024-05-01", "2024-05-01", "C403", "slutdatum 2024-05-01 ligger efter"),
        (ONGOING, "2024-05-01", "2024-05-02", "C404", "startdatum 2024-05-01 ligger efter"),
        (ONGOING, "2024-05-01", "2024-05-01", "C404", "startdatum 2024-05-01 ligger efter"),
    ],
)
def test_a_status_that_its_date_speaks_against_tells_that_date_and_then_the_cutoff(
    tmp_path: Path, status: str, start: str, end: str, code: str, words: str
) -> None:
    """Also where an activity starts and ends the same day."""
    expected = f"Statusen är ”{status}”, men {words} avstämningen 2024-04-30"
    rows = [row(status=status, start=start, end=end)]
    assert told(tmp_path, rows) == [(code, "F5", status, expected)]


def activity(**values: object) -> Activity:
    """The same activity, with other values."""
    known = Values(title="Fältarbete", units=("Hemtjänst",), comment="")
    return Activity("a1", YOUTH, CARE, replace(known, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["status", "end"])
def test_what_was_given_last_round_and_is_missing_in_either_is_no_change(field: str) -> None:
    """There is nothing to compare it with: a missing cell is told as such."""
    given = {"status": STATUSES[1], "end": date(2024, 5, 1)}[field]
    with_it, without = activity(**{field: given}), activity()
    assert figures.changes([with_it], [without]) == ()
    assert figures.changes([without], [with_it]) == ()
    assert figures.changes([without], [without]) == ()
    other = activity(status=STATUSES[3])
    assert figures.changes([activity(status=STATUSES[1])], [other]) == (
        Change(ChangeKind.STATUS, other, STATUSES[1].name, STATUSES[3].name),
    )
