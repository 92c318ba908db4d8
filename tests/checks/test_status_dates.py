"""Statuses against dates at the cutoff."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from excel_uppsikt.checks.dates import dates_agree_with_status
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.model import Row, Stage, Status, Values
from tests.checks.checked_rows import CUTOFF, FIRST_ROW, PLAN, checked, faults
from tests.small_rounds import YOUTH, row

BEFORE, ON, AFTER = CUTOFF - timedelta(days=1), CUTOFF, CUTOFF + timedelta(days=1)
NOT_STARTED = "Ej påbörjad"
ONGOING, ONGOING_DEVIATION = "Pågående enligt plan", "Pågående med avvikelse"
FINISHED, FINISHED_DEVIATION = "Avslutad enligt plan", "Avslutad med avvikelse"
# Far from the cutoff, on the side where no status minds.
EARLY, LATE = date(2024, 1, 15), date(2024, 12, 1)


AT_THE_CUTOFF = (
    # status, start, end, code
    (NOT_STARTED, BEFORE, LATE, "C401"),
    (NOT_STARTED, ON, LATE, ""),
    (NOT_STARTED, AFTER, LATE, ""),
    (NOT_STARTED, EARLY, BEFORE, "C401"),
    (ONGOING, EARLY, BEFORE, "C402"),
    (ONGOING, EARLY, ON, ""),
    (ONGOING, EARLY, AFTER, ""),
    (ONGOING_DEVIATION, EARLY, BEFORE, ""),
    (FINISHED, EARLY, BEFORE, ""),
    (FINISHED, EARLY, ON, ""),
    (FINISHED, EARLY, AFTER, "C403"),
    (FINISHED_DEVIATION, EARLY, AFTER, ""),
    (ONGOING, BEFORE, LATE, ""),
    (ONGOING, ON, LATE, ""),
    (ONGOING, AFTER, LATE, "C404"),
    (ONGOING_DEVIATION, ON, LATE, ""),
    (ONGOING_DEVIATION, AFTER, LATE, "C404"),
)


def test_dates_are_held_against_the_status_at_the_cutoff(tmp_path: Path) -> None:
    """Strictly: the cutoff day itself has not passed. Each finding stands at the row's status."""
    rows = [
        row(f"Aktivitet {at}", status=status, start=start, end=end)
        for at, (status, start, end, _) in enumerate(AT_THE_CUTOFF)
    ]
    expected = [f"{code} F{at}" for at, (*_, code) in enumerate(AT_THE_CUTOFF, FIRST_ROW) if code]
    assert faults(tmp_path, rows) == expected


def test_without_a_cutoff_no_status_is_held_against_a_date(tmp_path: Path) -> None:
    rows = [
        row(f"Aktivitet {at}", status=status, start=start, end=end)
        for at, (status, start, end, _) in enumerate(AT_THE_CUTOFF)
    ]
    assert faults(tmp_path, rows, cutoff=None) == []


def test_what_is_missing_unreadable_or_in_disorder_says_nothing_of_the_status(
    tmp_path: Path,
) -> None:
    """The fault itself is told, and nothing that follows from it."""
    rows = [
        row("A", status=NOT_STARTED, start="snart"),
        row("B", status=ONGOING, start=EARLY, end=None),
        row("C", status="Vet ej", end=BEFORE),
        row("D", status="", end=BEFORE),
        row("E", status=ONGOING, start=AFTER, end=BEFORE),
        row("F", status=ONGOING, start=None, end=LATE),
        row("G", status=FINISHED, start=EARLY, end=None),
    ]
    assert faults(tmp_path, rows) == [
        "R302 C5", "R301 D6", "R305 F7", "R301 F8", "R303 D9", "R301 C10", "R301 D11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "start", "end", "code"),
    [
        (Stage.NOT_STARTED, BEFORE, LATE, "C401"),
        (Stage.ONGOING, EARLY, BEFORE, "C402"),
        (Stage.FINISHED, EARLY, AFTER, "C403"),
        (Stage.ONGOING, AFTER, LATE, "C404"),
    ],
)
def test_a_status_that_deviates_may_be_late_but_not_go_on_before_it_begins(
    stage: Stage, start: date, end: date, code: str
) -> None:
    """Whatever a municipality calls it: one for what has not begun in time can deviate as well."""
    told = []
    for deviation in (False, True):
        status = Status("Egen", stage, deviation, needs_comment=False, symbol="", color="")
        values = Values(title="A", start=start, end=end, status=status)
        one = Row(file="a.xlsx", sheet="Blad", row=5, values=values, columns={"status": 6})
        told.append([(f.code, f.cell) for f in dates_agree_with_status(PLAN, one)])
    assert told == [[(code, "F5")], [(code, "F5")] if code == "C404" else []]


def test_a_finding_says_status_date_and_cutoff(tmp_path: Path) -> None:
    found = checked(tmp_path, [row(status=ONGOING, end=BEFORE)]).findings[0]
    assert (found.code, found.severity) == ("C402", Severity.WARNING)
    for words in (ONGOING, "2024-04-29", "2024-04-30", f"Blad ”{sheet_name(YOUTH)}”, cell F5"):
        assert words in found.message


def test_an_ongoing_activity_that_lies_ahead_is_only_a_hint(tmp_path: Path) -> None:
    found = checked(tmp_path, [row(status=ONGOING, start=AFTER)]).findings[0]
    assert (found.code, found.severity) == ("C404", Severity.HINT)
