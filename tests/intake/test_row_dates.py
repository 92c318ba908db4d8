"""Dates in rows, however they are written."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.intake.read_rows import Table, by_row, faults, numbered, own
from tests.small_rounds import row

EXACT = (
    date(2024, 3, 1),
    datetime(2024, 3, 1, 13, 45),  # noqa: DTZ001  a cell has no zone
    45352,
    45352.75,
    "2024-03-01",
    "2024-3-1",
    "2024.03.01",
    "2024/03/01",
    "20240301",
    20240301,
    "240301",
    "1/3 2024",
    "1.3.2024",
    "1 mars 2024",
    "1 mar -24",
    " 2024–03–01 ",
)


def test_every_way_to_write_a_day_is_that_day(tmp_path: Path) -> None:
    rows = [
        row(f"Nr {at}", start=value, end=value, status="Avslutad enligt plan")
        for at, value in enumerate(EXACT)
    ]
    checked = own(tmp_path, rows)
    assert faults(checked) == []
    assert [(a.values.start, a.values.end) for a in by_row(checked)] == [
        (date(2024, 3, 1),) * 2
    ] * len(EXACT)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("mars 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("v. 12", date(2024, 3, 18), date(2024, 3, 24)),
        ("T1", date(2024, 1, 1), date(2024, 4, 30)),
        ("1 mars", date(2024, 3, 1), date(2024, 3, 1)),
    ],
)
def test_an_inexact_date_is_its_first_day_as_start_and_its_last_as_end(
    written: str, first: date, last: date, tmp_path: Path
) -> None:
    """In the round's year, and R312 says what it was read as."""
    rows = [row("Läxhjälp", start=written, end=written, status="Avslutad enligt plan")]
    checked = own(tmp_path, rows)
    assert faults(checked) == [("R312", "C5"), ("R312", "D5")]
    assert [f.value for f in checked.findings if f.code == "R312"] == [written] * 2
    assert [(a.values.start, a.values.end) for a in checked.activities] == [(first, last)]


def test_dates_that_cannot_be_read_or_stand_in_order(tmp_path: Path) -> None:
    """R302, R303 and R304 by cell; what cannot be read gives nothing more."""
    late = date(2024, 9, 30)
    table: Table = [
        ({"start": "snart"}, [("R302", "C")]),
        ({"end": "2024-02-30"}, [("R302", "D")]),
        ({"end": "31 april 2024"}, [("R302", "D")]),
        ({"start": "03/04/2024"}, [("R302", "C")]),
        ({"end": "7"}, [("R302", "D")]),
        ({"start": "våren", "end": "hösten"}, [("R302", "C"), ("R302", "D")]),
        # Were the start date readable, the end would lie before it.
        ({"start": "den 35 maj 2024", "end": date(2024, 5, 1)}, [("R302", "C")]),
        ({"start": late, "end": date(2024, 9, 29), "status": "Ej påbörjad"}, [("R303", "D")]),
        ({"start": late, "end": late, "status": "Ej påbörjad"}, []),
        ({"end": date(2042, 9, 30)}, [("R304", "D")]),
        ({"start": date(2023, 12, 31)}, [("R304", "C")]),
        ({"start": date(2024, 1, 1), "end": date(2024, 12, 31)}, []),
        ({"start": date(2023, 5, 1), "end": date(2025, 1, 1)}, [("R304", "C"), ("R304", "D")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [(a.values.start is None, a.values.end is None) for a in by_row(checked)[:7]] == [
        (True, False),
        (False, True),
        (False, True),
        (True, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_a_date_with_two_readings_is_told_with_both(tmp_path: Path) -> None:
    checked = own(tmp_path, [row(start="03/04/2024")])
    (found,) = [f for f in checked.findings if f.code == "R302"]
    assert found.value == "03/04/2024"
    assert "2024-04-03" in found.message
    assert "2024-03-04" in found.message
