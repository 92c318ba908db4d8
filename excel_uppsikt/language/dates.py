"""Cell values read as dates: every notation people use, and no guess where two readings exist."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from excel_uppsikt.language.text import fold

# Serial day 0 of the 1900 system, with Excel's extra leap day of 1900 already allowed for.
_SERIAL_ZERO = date(1899, 12, 30)
_LATER_SINCE_1904 = timedelta(days=1_462)
FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119: other numbers are not meant as dates

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|"
    r"aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<y>\d{4}|[-'’]?\d{2})"
_AND_YEAR = rf"(?:[\s,]*-?\s*{_YEAR})"
_TIME = r"(?:[t ]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?z?)?"
_WEEKDAY = r"(?:(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag)?(?:en)?\.?\s+)?(?:den\s+)?"


class DateProblem(StrEnum):
    """Why what was written is no date."""

    UNREADABLE = "unreadable"
    NOT_REAL = "not_real"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says as a date.

    `value` is None with a `problem`; an ambiguous one has both `readings`. `inexact` marks a period
    read as one of its days.
    """

    value: date | None = None
    problem: DateProblem | None = None
    inexact: bool = False
    readings: tuple[date, ...] = ()


def serial(day: date) -> int:
    """The number that a spreadsheet keeps for a day."""
    return (day - _SERIAL_ZERO).days


_UNREADABLE = DateReading(problem=DateProblem.UNREADABLE)
_NOT_REAL = DateReading(problem=DateProblem.NOT_REAL)


def read_date(
    value: object, *, year: int, end: bool = False, since_1904: bool = False
) -> DateReading:
    """The date in a cell that is not blank.

    A period (a month, a week, a tertial) gives its first day, or its last when `end` is true; where
    it names no year it is the round's `year`. A bare serial number counts days from 1900, or from
    1904 in a workbook that does so (`since_1904`). Never raises.
    """
    if isinstance(value, datetime):
        return DateReading(value.date())
    if isinstance(value, date):
        return DateReading(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return _UNREADABLE
    if not isinstance(value, str):
        # Written so that it is true of what is not a number, too.
        if not abs(value) <= 10**9 or (value > 10**5 and value != int(value)):
            return _UNREADABLE
        value = str(int(value))
    written = fold(value).rstrip(".,;")
    for pattern, build in _NOTATIONS:
        match = pattern.fullmatch(written)
        if match is not None:
            reading = build(match, year, end)
            if since_1904 and build is _serial and reading.value is not None:
                return DateReading(reading.value + _LATER_SINCE_1904)
            return reading
    return _UNREADABLE


def _year(written: str | None, default: int) -> int:
    digits = (written or "").lstrip("-'’")
    if not digits:
        return default
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int, *, inexact: bool = False) -> DateReading:
    try:
        return DateReading(date(year, month, day), inexact=inexact)
    except ValueError:
        return _NOT_REAL


def _period(first: date, last: date, end: bool) -> DateReading:
    return DateReading(last if end else first, inexact=True)


def _months(year: int, first: int, last: int, end: bool) -> DateReading:
    if not (1 <= first <= last <= 12 and year >= 1):
        return _NOT_REAL
    return _period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), end)


def _numbers(match: re.Match[str], year: int, end: bool) -> DateReading:
    del end
    return _day(_year(match["y"], year), int(match["m"]), int(match["d"]))


def _two_readings(match: re.Match[str], year: int, end: bool) -> DateReading:
    """Day and month in an order that differs between countries: taken only when one is possible."""
    del end
    written = _year(match["y"], year)
    readings = [_day(written, int(match[m]), int(match[d])) for d, m in (("a", "b"), ("b", "a"))]
    dates = tuple(dict.fromkeys(r.value for r in readings if r.value is not None))
    if len(dates) == 2:
        return DateReading(problem=DateProblem.AMBIGUOUS, readings=dates)
    return DateReading(dates[0]) if dates else _NOT_REAL


def _named_month(match: re.Match[str], year: int, end: bool) -> DateReading:
    del end
    written = match["y"]
    month = _MONTHS.index(match["month"][:3]) + 1
    return _day(_year(written, year), month, int(match["d"]), inexact=not written)


def _day_and_month(match: re.Match[str], year: int, end: bool) -> DateReading:
    del end
    return _day(year, int(match["m"]), int(match["d"]), inexact=True)


def _whole_month(match: re.Match[str], year: int, end: bool) -> DateReading:
    month = _MONTHS.index(match["month"][:3]) + 1
    return _months(_year(match["y"], year), month, month, end)


def _number_month(match: re.Match[str], year: int, end: bool) -> DateReading:
    return _months(_year(match["y"], year), int(match["m"]), int(match["m"]), end)


def _week(match: re.Match[str], year: int, end: bool) -> DateReading:
    named = match.groupdict()
    written = _year(named.get("y") or named.get("y2"), year)
    try:
        monday, sunday = (date.fromisocalendar(written, int(match["w"]), day) for day in (1, 7))
    except ValueError:
        return _NOT_REAL
    return _period(monday, sunday, end)


def _part_of_year(match: re.Match[str], year: int, end: bool) -> DateReading:
    length = {"t": 4, "q": 3, "k": 3}[match["part"][0]]
    number = int(match["n"])
    written = _year(match.groupdict().get("y"), year)
    return _months(written, (number - 1) * length + 1, number * length, end)


def _whole_year(match: re.Match[str], year: int, end: bool) -> DateReading:
    return _months(_year(match["y"], year), 1, 12, end)


def _serial(match: re.Match[str], year: int, end: bool) -> DateReading:
    del year, end
    number = int(match[0])
    if not FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _UNREADABLE
    return DateReading(_SERIAL_ZERO + timedelta(days=number))


_Build = Callable[[re.Match[str], int, bool], DateReading]
# Written as after `fold`: lower case, single spaces, hyphens for dashes. The first that fits wins.
_NOTATIONS: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?P<y>\d{{4}})\s?[-./]\s?(?P<m>\d{{1,2}})\s?[-./]\s?(?P<d>\d{{1,2}}){_TIME}", _numbers),
        (r"(?P<y>\d{4}) (?P<m>\d{1,2}) (?P<d>\d{1,2})", _numbers),
        (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", _numbers),
        (r"(?P<y>\d{2})(?P<dash>-?)(?P<m>\d{2})(?P=dash)(?P<d>\d{2})", _numbers),
        (rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?:\s*-\s*|\s+){_YEAR}", _numbers),
        (rf"(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d{{2}}){_TIME}", _numbers),
        (r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4}|\d{2})", _two_readings),
        (rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?::?[ae]|\.)?\s?{_MONTH}{_AND_YEAR}?", _named_month),
        (r"(?P<d>\d{1,2})/(?P<m>\d{1,2})", _day_and_month),
        (rf"{_MONTH}{_AND_YEAR}?", _whole_month),
        (r"(?P<y>\d{4})\s?[-./]\s?(?P<m>\d{1,2})", _number_month),
        (rf"(?:v|vecka)\.?\s?(?P<w>\d{{1,2}}){_AND_YEAR}?", _week),
        (r"(?P<y>\d{4})[\s-]*(?:v|w|vecka)\.?\s?(?P<w>\d{1,2})", _week),
        (rf"(?P<part>t|tertial|q|k|kv|kvartal)\.?\s?(?P<n>[1-4]){_AND_YEAR}?", _part_of_year),
        (r"(?P<y>\d{4})[\s-]*(?P<part>t|tertial|q|k|kv|kvartal)\.?\s?(?P<n>[1-4])", _part_of_year),
        (r"(?P<y>(?:19|20|21)\d{2})", _whole_year),
        (r"\d{5}", _serial),
    )
)
