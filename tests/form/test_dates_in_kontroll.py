"""What Kontroll says of a date is never against the check, however it is written: less, but nothing else."""

from datetime import date, datetime

import pytest

from excel_uppsikt.form.control_text import Kontroll
from excel_uppsikt.form.definition import unit_form
from excel_uppsikt.language.dates import read_date
from tests.small_rounds import make_plan, row

PLAN = make_plan()
KONTROLL = Kontroll(PLAN, unit_form(PLAN, PLAN.units[0]))
DONE, UNREAD = "✔ Klar", "Datumet läses inte här, skriv år-månad-dag"
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
START, END = date(2024, 1, 15), date(2024, 9, 30)
# Numbers as cells hold them: counts of days, years, and year, month and day in one.
NUMBERS: list[float] = [
    *range(1895, 2205), *range(-2, 40), 9_999, 10_000, 12_345, 19_999, 20_000, 45_292, 45_306.5, 45_657,
    45_658, 79_999, 80_000, 80_001, 99_999, 99_999.5, 100_000, 202_403, 240_301, 240_301.5, 241_301,
    20_240_301, 20_241_301, 990_301, 1.5, 0.25, 2024.5, 1e9,
]  # fmt: skip
WORDS = [
    "1 mars 2024", "den 1 mars 2024", "fre 1 mars 2024", "1 mars", "mars 2024", "mars", "1/3", "1/3 2024",
    "3/1/2024", "13/3/2024", "1.3.2024", "01.03.2024", "v 12", "v12 2024", "2024 v 12", "T1", "2024 T1",
    "2024", "202403", "2024-03", "2024/3", "45352", "45352,5", "240301", "24-03-01", "20240301",
    "2024-03-01", "2024/03/01", "2024.03.01", "2024-03/01", "2024 03 01", "2024-3-1", "2024-03-01 08:30",
    "2024-03-01.", "\u00a02024-03-01", "2024-03-01\u200b", "2024–03–01", "20240230", "2024-02-30",
    "2024-13-01", "1899-12-31", "1899-01-01", "0000-01-01", "2042-09-30", "2023-12-31", "till hösten", "-5",
    "12:00", "1e5", "2024--3-01", "20 24-03-01", "2024-03- 1", "+2024-03-01",
]  # fmt: skip
DAYS = [date(2024, 3, 1), datetime(2024, 3, 1, 8, 30), date(1950, 1, 1), date(2042, 1, 1)]  # noqa: DTZ001  a cell's date has no zone


def taken(value: object, *, end: bool) -> date | None:
    """The day that the check takes a cell for, where it has nothing against it by itself."""
    day = read_date(value, year=2024, end=end).value
    return day if day is not None and FIRST <= day <= LAST else None


@pytest.mark.parametrize("end", [False, True])
def test_kontroll_says_of_no_date_what_the_check_does_not(end: bool) -> None:
    """Done only where the check takes it; and of one that it takes no more than that it is not read here."""
    wrong: list[tuple[object, str]] = []
    for value in (*NUMBERS, *WORDS, *DAYS):
        cells = {"start": START, "end": END, "end" if end else "start": value}
        said = KONTROLL.says(row(units="Hemtjänst", status="Pågående med avvikelse", **cells))
        day = taken(value, end=end)
        right = day is not None and (day >= START if end else day <= END)
        if said != UNREAD and (said == DONE) != right:
            wrong.append((value, said))
    assert wrong == []


@pytest.mark.parametrize("value", ["2024-03-01", "20240301", 240301, 45352, date(2024, 3, 1)])
def test_the_usual_ways_to_write_a_date_are_read(value: object) -> None:
    assert KONTROLL.says(row(units="Hemtjänst", start=value)) == DONE
