"""The form's own words: its writer puts them there, and its reader knows them from what a unit wrote."""

from collections.abc import Sequence
from datetime import date

from excel_uppsikt.language.numbers import swedish_date
from excel_uppsikt.language.text import fold, listed
from excel_uppsikt.model import Plan

LACKS, HOLDS, EMPTY = "✘", "✔", "–"

OPEN = "1.  Klicka på Aktivera redigering överst i fönstret om knappen syns."
FILL_IN = "2.  Gå till ett mål nedan och skriv en rad per aktivitet. Kolumnen Kontroll visar vad som saknas."
GO_ON = (
    "2.  Gå till ett mål nedan och gå igenom varje rad: skriv en ny kommentar eller ändra status. "
    "Har inget hänt: skriv oförändrat. Lägg till nya rader om det behövs."
)
SEND = "3.  Spara filen och skicka den som svar på mejlet. Byt inte namn på blad eller rubriker."

# In what is sent back, where a day that has passed by the time it is read is still to be answered.
RETURNED = "Er fil är tillbaka, eftersom något i den behöver rättas eller ses över."
MEND = (
    "2.  Gå till bladet Att åtgärda och gör det som står där. Celler som det gäller är markerade."
)
SEND_AGAIN = (
    "3.  Spara filen och skicka hela filen igen som svar på mejlet. "
    "Byt inte namn på blad eller rubriker."
)
IF_LATE = "Har dagen gått: så snart ni kan."

COMPLETE = (
    "2.  Gå till målens blad och komplettera raderna. Kolumnen Att komplettera visar vad som saknas. "
    "Lägg till nya rader om det behövs."
)
# To what is asked beside the rows, or where no row is asked about.
ANSWER_BESIDE = (
    "Svara på det som inte gäller någon rad med en ny rad på bladet "
    "för det mål som svaret hör till."
)
ANSWER = (
    "2.  Läs i tabellen nedan vad som ska kompletteras. Svara med en ny rad på bladet för det mål som "
    "svaret hör till."
)
NEW_ROW = "Behövs en ny aktivitet: skriv den på en tom rad."
COMPLETE_ROWS = f"Komplettera raderna enligt kolumnen Att komplettera. {NEW_ROW}"
TO_COMPLETE = ("Gäller", "Att komplettera")
REST_TO_COMPLETE = "Är något i tabellen nedan inte kompletterat än: gör det också."
REST_STAYS = "Resten av det ni har lämnat in står kvar."
ONLY_THESE = "Det ni ändrar här ersätter bara de här raderna."
ONLY_THIS = f"{REST_STAYS} {ONLY_THESE}"

# What Kontroll says of a row, the first of them that is true. Its formula knows fewer spellings than the
# program, which may read what the formula cannot; so it says no more than that.
DONE = f"{HOLDS} Klar"
# The same in a form for what was sent back, of which no formula knows whether it is done.
FILLED = "Ifylld"
MISSING = "Saknas: "
UNREADABLE_DATE = "Datumet läses inte här, skriv år-månad-dag"
END_BEFORE_START = "Slutdatum ligger före startdatum"
UNKNOWN_STATUS = "Statusen känns inte igen här, välj i listan"
UNKNOWN_UNIT = "Enheten känns inte igen här, välj i listan"
GO_THROUGH = "Gå igenom raden"
NEEDS_COMMENT = "Statusen kräver en kommentar"
START_PASSED = "Startdatum har passerat"
END_PASSED = "Slutdatum har passerat"
ENDS_LATER = "Slutdatum ligger efter {cutoff}"
CELL_ERROR = "En cell visar ett fel"
# All of them, where the date stands that the round's plan had.
CONTROL_PHRASES = (
    *(DONE, FILLED, UNREADABLE_DATE, END_BEFORE_START, UNKNOWN_STATUS, UNKNOWN_UNIT, GO_THROUGH),
    *(NEEDS_COMMENT, START_PASSED, END_PASSED, CELL_ERROR, ENDS_LATER.format(cutoff="2024-04-30")),
)

# The word that a unit writes as the comment of a row where nothing has happened.
UNCHANGED = "oförändrat"


def outside(plan: Plan) -> str:
    """What Kontroll says of a date outside the round's allowed dates."""
    return f"Datum utanför {plan.settings.first_date}–{plan.settings.last_date}"


def is_unchanged(comment: str) -> bool:
    """Whether a comment only says that nothing has changed."""
    return fold(comment).replace(".", "").strip() == UNCHANGED


def subject(plan: Plan) -> str:
    """What the form is about, and of which round."""
    return f"Aktiviteter mot de politiska målen, {plan.settings.round_name}"


def contact(plan: Plan) -> str:
    """Whom to ask."""
    return f"Frågor? {plan.settings.sender} {plan.settings.sender_email}".strip()


def hand_in_by(day: date, *, again: bool) -> str:
    """The last day to hand in, or to hand in again what was sent back."""
    if again:
        return f"Lämna in igen senast {swedish_date(day)}. {IF_LATE}"
    return f"Lämna in senast {swedish_date(day)}"


def take_or_cross_out(former: str) -> str:
    """What to do about a row of a unit that was split, in the form of one of its parts."""
    return (
        f"Raden redovisades av {former}, som har delats. Är aktiviteten er: gå igenom raden. "
        "Är den inte er: ta bort raden."
    )


def which_part(former: Sequence[str], parts: Sequence[str]) -> str:
    """The same in a form that all units fill in."""
    return (
        f"{listed(tuple(former))} har delats. Behåll den av {listed(tuple(parts))} som har aktiviteten, och "
        "ta bort namnet på den som inte har den."
    )


def state(titled: int, lacking: int) -> str:
    """A goal's state in a sign and a word: empty, to be completed, or done."""
    if lacking:
        return f"{LACKS} Komplettera"
    return f"{HOLDS} Klart" if titled else f"{EMPTY} Tomt"


# All that a sheet's state can be, as whoever reads the form finds it.
STATES = (state(0, 0), state(1, 0), state(0, 1))


def state_formula(titled: str, lacking: str) -> str:
    """The same, of two cells or expressions."""
    return f'IF({lacking}>0,"{state(0, 1)}",IF({titled}>0,"{state(1, 0)}","{state(0, 0)}"))'


# How the mark begins behind a status in a follow-up form, where formulas have to find the status. They look
# for the dot alone, which is in hardly any status: more would make Kontroll longer than a formula may be.
EARLIER = " · senast redovisat"


def last_reported(*periods: str) -> str:
    """The mark of what stands as it was last reported, such as `Senast redovisat T1`."""
    return f"Senast redovisat {listed(periods)}"
