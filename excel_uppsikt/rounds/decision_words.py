"""What both faces say in the same words of a report that was sent back: until when, and what to see to."""

from collections.abc import Sequence
from datetime import date

from excel_uppsikt.language.text import listed


def last_day(day: date | None, today: date) -> str:
    """The last day to complete; '' where there is none."""
    if day is None:
        return ""
    return f"Sista dag var {day}." if day < today else f"Sista dag är {day}."


def other_day(names: Sequence[str], day: date | None) -> str:
    """Whose forms were made before the plan had the last day that it has."""
    whose = f"Formuläret för komplettering till {listed(list(names))}"
    if day is None:
        return f"{whose} har en sista dag som planen inte har längre."
    return f"{whose} gjordes innan planen fick sin sista dag, {day}, och saknar den."


def meets_too_early(meets: date, sent_back: date) -> str:
    """That the plan's day of the meeting is not the next one's, as the completed report would say."""
    return (
        f"Rapportdatum i planen är {meets}, men rapporten återremitterades {sent_back}. Skriv dagen för "
        "nästa sammanträde på planens blad Verksamheter innan den kompletterade rapporten görs."
    )
