"""What is told of reports, their clean copies, and what keeps them from going out, in Swedish."""

from collections.abc import Sequence

from excel_uppsikt.language.text import listed


def kept(name: str) -> str:
    """What was handed out, kept as it was."""
    return f"Sparade en version av rapporten som den är: {name}."


def unfilled(what: str, marks: Sequence[str]) -> str:
    """Placeholders that are left in a report, or in its letter."""
    return (
        f"I {what} står {listed(tuple(marks))} kvar, eftersom uppgiften saknas i planen. Fyll i planen, "
        "eller rätta texten på dess blad Texter, och gör rapporten igen."
    )


def unknown_in_template(marks: Sequence[str]) -> str:
    """Placeholders in the municipality's own template that there is nothing for."""
    return (
        f"I rapportmall.docx står {listed(tuple(marks))}, som inte går att fylla i. Rätta mallen och gör "
        "rapporten igen."
    )


def older(name: str) -> str:
    """A file beside a report that was not made anew."""
    return f"{name} är äldre än rapporten. Ta bort den, eller gör en ny."


MAKING_REPORT, REPORT_MADE = "Gör rapporten", "Rapporten är gjord"
PUBLISHING, PUBLISHED, NOT_PUBLISHED = (
    "Gör rena kopior",
    "Rapporten är klar att publicera",
    "Inte klar att publicera",
)
NO_REPORT = "Det finns ingen rapport än. Gör rapporten först."


def not_published(name: str) -> str:
    """A report that there is no clean copy of."""
    return f"Inte klar att publicera: {name}."


def old_pdf(name: str) -> str:
    """A PDF file that says what the report said before."""
    return f"{name} är äldre än rapporten i Word och säger vad den sade då. Skicka den inte; ta bort den."


def published_before(names: str) -> str:
    """A clean copy from before, where there is none now."""
    return f"Det som publicerades förut ligger kvar: {names}."


NEWER_BESIDE = "Bredvid rapporten ligger en nyare, (ny).docx, som inte är den som publiceras."
FILL_IN_AND_MAKE = (
    "Fyll i uppgiften i planen, eller rätta texten där den står (planens blad Texter, rapportmall.docx eller "
    "sammanställningen), och gör rapporten igen. Du kan också rätta rapporten i Word."
)
UNREADABLE = (
    "Den kan inte läsas. Stäng den om den är öppen, ta bort lösenordet om den har ett och spara den som "
    "Word-dokument (.docx)."
)
_AGAIN = (
    "Gör rapporten igen. Är den ändrad i Word läggs den nya bredvid: jämför dem, och ta bort den du inte "
    "vill ha."
)
OUTDATED = {
    "compilation": f"Den är äldre än sammanställningen: det den berättar har ändrats sedan dess. {_AGAIN}",
    "plan": f"Planen, rapportmallen eller vapnet har ändrats sedan den gjordes. {_AGAIN}",
    "perhaps": f"Den kan vara äldre än sammanställningen, som har sparats efter den. {_AGAIN}",
}


def has_marks(found: str) -> str:
    """A report with comments or tracked changes."""
    return (
        f"Den har {found}. Öppna den i Word, godkänn eller avvisa ändringarna på fliken Granska, ta bort "
        "kommentarer och inbäddade filer och försök igen."
    )


def open_elsewhere(lock: str) -> str:
    """A report that is open in Word."""
    return (
        "Den är öppen i ett annat program, så det som inte är sparat är inte med. Spara och stäng den. "
        f"(Är den inte öppen: ta bort filen {lock}.)"
    )
