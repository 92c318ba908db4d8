"""P104: dates that can be read but hardly be right, each at its cell and in words."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import in_order
from tests.plan.changed_plans import FIRST, Change, faulty, put, setting_row, value

CUTOFF, ANSWERS, CORRECTIONS = "Avstämningsdatum", "Sista svarsdag", "Sista dag för rättningar"
FIRST_DAY, LAST_DAY = "Första tillåtna datum", "Sista tillåtna datum"


def report(when: date | None) -> Change:
    return put("Verksamheter", C4=when)


def later(period: str, cutoff: date) -> list[Change]:
    """A round with this cutoff, and the answers and the report after it."""
    return [
        value("Period", period),
        value(CUTOFF, cutoff),
        value(ANSWERS, cutoff),
        report(cutoff),
    ]


# The year of the round is 2024, its cutoff 2024-04-30, the last day of answers 2024-05-10, the report's
# date 2024-06-04. What is changed, and what is said of which cell.
CASES: dict[str, tuple[Sequence[Change], list[tuple[str, str]]]] = {
    "nothing": ([], []),
    "the first day of the year": ([value(CUTOFF, date(2024, 1, 1))], []),
    "the last day of the year": (later("T3", date(2024, 12, 31)), []),
    "a third term told in January": (later("T3", date(2025, 1, 31)), []),
    "a whole year told in January": (later("Helår", date(2025, 1, 15)), []),
    "a third term told in February": (
        later("T3", date(2025, 2, 1)),
        [("B9", "Avstämningsdatum ”2025-02-01” ligger inte i omgångens år 2024.")],
    ),
    "a first term told in January after": (
        later("T1", date(2025, 1, 31)),
        [("B9", "Avstämningsdatum ”2025-01-31” ligger inte i omgångens år 2024.")],
    ),
    "a second term told in January after": (
        later("Tertial 2", date(2025, 1, 31)),
        [("B9", "Avstämningsdatum ”2025-01-31” ligger inte i omgångens år 2024.")],
    ),
    "a cutoff of last year": (
        [value(CUTOFF, date(2023, 12, 31))],
        [("B9", "Avstämningsdatum ”2023-12-31” ligger inte i omgångens år 2024.")],
    ),
    "last year's dates left in": (
        [value("År", 2025), value(CUTOFF, date(2025, 4, 30))],
        [
            ("B7", "Första tillåtna datum ”2024-01-01”: de tillåtna datumen ligger helt utanför "
             "omgångens år 2025."),
            ("B8", "Sista tillåtna datum ”2024-12-31”: de tillåtna datumen ligger helt utanför "
             "omgångens år 2025."),
            ("B10", "Sista svarsdag ”2024-05-10” ligger före omgångens år 2025."),
            ("C4", "Rapportdatum ”2024-06-04” ligger före omgångens år 2025."),
        ],
    ),
    "all but the year changed": (
        [
            *later("T1", date(2025, 4, 30)),
            value(FIRST_DAY, date(2025, 1, 1)),
            value(LAST_DAY, date(2025, 12, 31)),
        ],
        [
            ("B7", "Första tillåtna datum ”2025-01-01”: de tillåtna datumen ligger helt utanför "
             "omgångens år 2024."),
            ("B8", "Sista tillåtna datum ”2025-12-31”: de tillåtna datumen ligger helt utanför "
             "omgångens år 2024."),
            ("B9", "Avstämningsdatum ”2025-04-30” ligger inte i omgångens år 2024."),
        ],
    ),
    "allowed dates of several years": (
        [value(FIRST_DAY, date(2022, 1, 1)), value(LAST_DAY, date(2027, 12, 31))],
        [],
    ),
    "corrections before the answers": (
        [value(CORRECTIONS, date(2024, 5, 9))],
        [("B25", "Sista dag för rättningar ”2024-05-09” ligger före sista svarsdag 2024-05-10.")],
    ),
    "corrections on the last day of answers": ([value(CORRECTIONS, date(2024, 5, 10))], []),
    "corrections of last year": (
        [value(CORRECTIONS, date(2023, 5, 24))],
        [("B25", "Sista dag för rättningar ”2023-05-24” ligger före omgångens år 2024.")],
    ),
    "a report before the cutoff": (
        [report(date(2024, 4, 4))],
        [("C4", "Rapportdatum ”2024-04-04” ligger före avstämningsdatum 2024-04-30.")],
    ),
    "a report before the answers": (
        [report(date(2024, 5, 9))],
        [("C4", "Rapportdatum ”2024-05-09” ligger före sista svarsdag 2024-05-10.")],
    ),
    "a report before the corrections": (
        [value(CORRECTIONS, date(2024, 6, 5))],
        [("C4", "Rapportdatum ”2024-06-04” för Social verksamhet ligger före sista dag för "
             "rättningar 2024-06-05.")],
    ),
    "a report on the last day of corrections": ([value(CORRECTIONS, date(2024, 6, 4))], []),
    "a report a year too late": (
        [report(date(2025, 6, 4))],
        [("C4", "Rapportdatum ”2025-06-04” ligger mer än ett år efter avstämningsdatum 2024-04-30.")],
    ),
    "answers a year too late": (
        [value(ANSWERS, date(2025, 5, 10)), report(None)],
        [("B10", "Sista svarsdag ”2025-05-10” ligger mer än ett år efter avstämningsdatum 2024-04-30.")],
    ),
    "no dates to compare": (
        [value(ANSWERS, None), value(FIRST_DAY, None), value(LAST_DAY, None), report(None)],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_date_that_can_hardly_be_right_is_told_at_its_cell(tmp_path: Path, case: str) -> None:
    changes, expected = CASES[case]
    reading = faulty(tmp_path, *changes)
    assert reading.plan is not None
    assert {(f.code, f.severity) for f in reading.findings} <= {("P104", Severity.WARNING)}
    found = in_order(reading.findings)
    assert [
        (f.cell, f.words[: len(words)])
        for f, (_, words) in zip(found, sorted_by_cell(expected), strict=True)
    ] == sorted_by_cell(expected)
    assert all("Rätta " in f.words for f in found)


def sorted_by_cell(told: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(told, key=lambda one: (one[0][0], int(one[0][1:])))


def test_the_rows_are_those_the_cases_name() -> None:
    """B9 is the cutoff's cell, and so on, in the order of the design's settings."""
    names = (FIRST_DAY, LAST_DAY, CUTOFF, ANSWERS, CORRECTIONS)
    assert [setting_row(name) for name in names] == [7, 8, 9, 10, 25]
    assert FIRST == 4
