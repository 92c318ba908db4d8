"""The form's own words: its writer puts them there, and its reader knows them from what a unit wrote."""

from excel_uppsikt.model import Plan

LACKS, HOLDS, EMPTY = "✘", "✔", "–"

OPEN = "1.  Klicka på Aktivera redigering överst i fönstret om knappen syns."
FILL_IN = "2.  Gå till ett mål nedan och skriv en rad per aktivitet. Kolumnen Kontroll visar vad som saknas."
GO_ON = "2.  Gå till ett mål nedan. Ändra status och skriv en ny kommentar på raderna. Lägg till nya rader."
SEND = "3.  Spara filen och skicka den som svar på mejlet. Byt inte namn på blad eller rubriker."


def subject(plan: Plan) -> str:
    """What the form is about, and of which round."""
    return f"Aktiviteter mot de politiska målen, {plan.settings.round_name}"


def contact(plan: Plan) -> str:
    """Whom to ask."""
    return f"Frågor? {plan.settings.sender} {plan.settings.sender_email}".strip()


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
