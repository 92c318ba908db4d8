"""Numbers and dates in Swedish words."""

from datetime import date

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
_NUMBERS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip


def swedish_number(number: int) -> str:
    """A number in words up to twelve, in digits above: `två`, `13`."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def counted_in_words(number: int, one: str, many: str) -> str:
    """A count in words with its noun: `en aktivitet`, `två aktiviteter`."""
    return f"{swedish_number(number)} {one if number == 1 else many}"


def swedish_date(day: date) -> str:
    """A date in words, such as `30 april 2024`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
