"""Dates: every notation of the reading rules is read, and nothing is guessed where two fit."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from excel_uppsikt.language.dates import DateProblem, DateReading, read_date
from tests.endurance import tries

YEAR = 2024
FIRST_OF_MARCH = date(2024, 3, 1)
SERIAL = 45352  # what Excel has in a cell that shows 2024-03-01
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip

# One notation each, all of them 1 March 2024.
EXACT: tuple[object, ...] = (
    date(2024, 3, 1),
    datetime(2024, 3, 1, tzinfo=UTC),
    datetime(2024, 3, 1, 23, 59, 59, tzinfo=UTC),
    SERIAL,
    float(SERIAL),
    SERIAL + 0.75,
    str(SERIAL),
    "2024-03-01",
    "2024-3-1",
    "2024.03.01",
    "2024/03/01",
    "2024/3/1",
    "20240301",
    20240301,
    20240301.0,
    "240301",
    240301,
    240301.0,
    "24-03-01",
    "1/3 2024",
    "1/3 -24",
    "01/03 2024",
    "1.3.2024",
    "01.03.2024",
    "1 mars 2024",
    "1 mar -24",
    "1 mar 24",
    "1 mar. 2024",
    "1:a mars 2024",
    "1 Mars 2024",
    "den 1 mars 2024",
    "fredag den 1 mars 2024",
    "2024-03-01 00:00:00",
    "2024-03-01T08:30",
    "  2024-03-01\n",
    "2024-03-01.",
    "\u200b2024-03-01\u00ad",
    "2024\u201303\u201301",
    "1\u00a0mars\u00a02024",
)

# What is written, the first day and the last.
INEXACT: tuple[tuple[object, date, date], ...] = (
    ("mars 2024", date(2024, 3, 1), date(2024, 3, 31)),
    ("mars -24", date(2024, 3, 1), date(2024, 3, 31)),
    ("Mars", date(2024, 3, 1), date(2024, 3, 31)),
    ("feb 2023", date(2023, 2, 1), date(2023, 2, 28)),
    ("feb.", date(2024, 2, 1), date(2024, 2, 29)),
    ("2024-03", date(2024, 3, 1), date(2024, 3, 31)),
    ("2024-3", date(2024, 3, 1), date(2024, 3, 31)),
    ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
    ("v. 12", date(2024, 3, 18), date(2024, 3, 24)),
    ("v 12", date(2024, 3, 18), date(2024, 3, 24)),
    ("v12", date(2024, 3, 18), date(2024, 3, 24)),
    ("vecka 12", date(2024, 3, 18), date(2024, 3, 24)),
    ("v. 12 2025", date(2025, 3, 17), date(2025, 3, 23)),
    ("v. 1", date(2024, 1, 1), date(2024, 1, 7)),
    ("T1", date(2024, 1, 1), date(2024, 4, 30)),
    ("t2", date(2024, 5, 1), date(2024, 8, 31)),
    ("T3", date(2024, 9, 1), date(2024, 12, 31)),
    ("T 1", date(2024, 1, 1), date(2024, 4, 30)),
    ("tertial 1", date(2024, 1, 1), date(2024, 4, 30)),
    ("T1 2025", date(2025, 1, 1), date(2025, 4, 30)),
    ("Q4", date(2024, 10, 1), date(2024, 12, 31)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    (2024, date(2024, 1, 1), date(2024, 12, 31)),
    # A day without its year is one day, whichever end it is.
    ("1 mars", date(2024, 3, 1), date(2024, 3, 1)),
    ("den 31 maj", date(2024, 5, 31), date(2024, 5, 31)),
    ("1/3", date(2024, 3, 1), date(2024, 3, 1)),
    ("29 februari", date(2024, 2, 29), date(2024, 2, 29)),
)

NOT_REAL: tuple[object, ...] = (
    "2024-02-31",
    "2024-2-30",
    "2023-02-29",
    "2024-13-01",
    "20240231",
    20240231,
    "240231",
    "31 februari 2024",
    "29 feb 2023",
    "31 juni",
    "32 mars",
    "31/2 2024",
    "31.2.2024",
    "31/31/2024",
    "2024-13",
    "0000-01-01",
    "v. 53",
    "v. 0",
    "T4",
    "9999 v 52",
)

UNREADABLE: tuple[object, ...] = (
    "",
    "-",
    "våren",
    "löpande",
    "snarast",
    "xx mars 2024",
    "1 mars 2024 ungefär",
    "1 mars 2024 - 3 april 2024",
    "2024-03-01, 2024-04-01",
    "12345678901234567890",
    "99999",
    "3,5",
    0,
    0.5,
    1,
    -1,
    12.5,
    999_999.5,
    10.5**6,
    10**400,
    float("inf"),
    float("-inf"),
    float("nan"),
    True,
    False,
    None,
    time(8, 30),
    timedelta(days=3),
    ("2024-03-01",),
    b"2024-03-01",
)


@pytest.mark.parametrize("end", [False, True])
@pytest.mark.parametrize("written", EXACT, ids=repr)
def test_an_exact_notation_is_its_day_as_start_and_as_end(written: object, end: bool) -> None:
    # Neither the round's year nor which end it is matters where the date says everything.
    assert read_date(written, year=1999, end=end) == DateReading(FIRST_OF_MARCH)


@pytest.mark.parametrize(("written", "first", "last"), INEXACT, ids=str)
def test_a_period_starts_on_its_first_day_and_ends_on_its_last(
    written: object, first: date, last: date
) -> None:
    assert [read_date(written, year=YEAR), read_date(written, year=YEAR, end=True)] == [
        DateReading(first, inexact=True),
        DateReading(last, inexact=True),
    ]


@pytest.mark.parametrize("end", [False, True])
@pytest.mark.parametrize("written", NOT_REAL, ids=repr)
def test_a_day_that_no_calendar_has_is_told_as_such(written: object, end: bool) -> None:
    assert read_date(written, year=YEAR, end=end) == DateReading(problem=DateProblem.NOT_REAL)


@pytest.mark.parametrize("end", [False, True])
@pytest.mark.parametrize("written", UNREADABLE, ids=lambda value: repr(value)[:30])
def test_anything_else_is_unreadable_and_never_raises(written: object, end: bool) -> None:
    assert read_date(written, year=YEAR, end=end) == DateReading(problem=DateProblem.UNREADABLE)


@pytest.mark.parametrize("written", ["03/04/2024", "3/4/2024", "03-04-2024", "03/04/24"])
def test_two_possible_readings_are_both_named_and_none_is_taken(written: str) -> None:
    assert read_date(written, year=YEAR) == DateReading(
        problem=DateProblem.AMBIGUOUS, readings=(date(2024, 4, 3), date(2024, 3, 4))
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/04/2024", date(2024, 4, 13)),
        ("04/13/2024", date(2024, 4, 13)),
        ("03/03/2024", date(2024, 3, 3)),
    ],
)
def test_the_same_notation_is_taken_where_only_one_reading_is_possible(
    written: str, day: date
) -> None:
    assert read_date(written, year=YEAR) == DateReading(day)


NOTATIONS: dict[str, Callable[[date], object]] = {
    "date": lambda d: d,
    "datetime": lambda d: datetime(d.year, d.month, d.day, 12, tzinfo=UTC),
    "serial": lambda d: (d - date(1899, 12, 30)).days,
    "serial with time": lambda d: (d - date(1899, 12, 30)).days + 0.5,
    "iso": date.isoformat,
    "short iso": lambda d: f"{d.year}-{d.month}-{d.day}",
    "points": lambda d: f"{d:%Y.%m.%d}",
    "slashes": lambda d: f"{d:%Y/%m/%d}",
    "eight digits": lambda d: f"{d:%Y%m%d}",
    "eight digits as a number": lambda d: float(f"{d:%Y%m%d}"),
    "six digits": lambda d: f"{d:%y%m%d}",
    "day/month year": lambda d: f"{d.day}/{d.month} {d.year}",
    "day.month.year": lambda d: f"{d.day}.{d.month}.{d.year}",
    "month in full": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "month cut short": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} -{d:%y}",
}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_day_of_three_years_reads_back(notation: str) -> None:
    days = [date(2023, 1, 1) + timedelta(days=number) for number in range(365 + 366 + 365)]
    write = NOTATIONS[notation]
    assert [d for d in days if read_date(write(d), year=1999) != DateReading(d)] == []


def test_no_text_at_all_makes_it_raise() -> None:
    """A seeded pile of pieces of dates, put together anyhow."""
    pieces = [
        "0", "1", "31", "12", "99", "2024", "9999", "-", "/", ".", " ", ",", "mars", "feb", "v",
        "T", "Q", "\n", "\u2013", "a", ":", "\u0663", "\u00b2", "\x00", "\ud800",
    ]  # fmt: skip
    random_one = random.Random(2024)  # noqa: S311  a test that is the same every time
    for _ in range(tries(20_000, 1_000_000)):
        written = "".join(random_one.choices(pieces, k=random_one.randint(1, 7)))
        reading = read_date(written, year=YEAR, end=random_one.random() < 0.5)
        assert (reading.value is None) == bool(reading.problem), written
