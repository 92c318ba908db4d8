"""What both faces say in the same words of a report that was sent back: until when, and what to see to."""

from datetime import date


def last_day(day: date | None, today: date) -> str:
    """The last day to complete; '' where there is none."""
    if day is None:
        return ""
    return f"Sista dag var {day}." if day < today else f"Sista dag är {day}."


def meets_too_early(meets: date, sent_back: date) -> str:
    """That the plan's day of the meeting is not the next one's, as the completed report would say."""
    return (
        f"Rapportdatum i planen är {meets}, men rapporten återremitterades {sent_back}. Skriv dagen för "
        "nästa sammanträde på planens blad Verksamheter innan den kompletterade rapporten görs."
    )
