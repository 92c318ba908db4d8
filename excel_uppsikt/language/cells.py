"""Cells as people know them: their names, and values of any type as tidy text."""

from datetime import date, datetime, time, timedelta

from excel_uppsikt.language.text import fold, tidy


def column_letters(column: int) -> str:
    """The letters of a 1-based column, such as `XFD` for 16384."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number (1-based) of a column's letters, in either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """A cell's name in Excel, such as `D7` for row 7, column 4."""
    return f"{column_letters(column)}{row}"


def as_text(value: object) -> str:
    """The value as tidy text: whole numbers without decimals, dates as year-month-day.

    >>> as_text(3.0), as_text(True), as_text(datetime(2024, 3, 1))
    ('3', 'SANT', '2024-03-01')
    """
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        plain = value.time() == time()
        return value.date().isoformat() if plain else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
        return f"{hours}:{minutes:02}"
    return "" if value is None else str(value)


def folded(value: object) -> str:
    """The value's text as names are compared, as that of its tidy text, which takes longer to make."""
    return fold(value if isinstance(value, str) else as_text(value))
