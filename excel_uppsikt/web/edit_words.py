"""What is told where rows of the compilation are edited on the page, in Swedish."""

from collections.abc import Sequence

from excel_uppsikt.language.text import listed

SAVING, SAVED = "Skriver ändringen i sammanställningen", "Ändringen står i sammanställningen"
NOTHING_CHANGED = "Inget var ändrat, så inget skrevs."
SAVED_BUT = "Sparat, men något behöver ses över"
NO_DEPARTMENT = "Utan verksamhet"
OWN_ROW, AWAY = "egen rad", "saknas i enhetens formulär"
DATE_HINT = "Till exempel 2024-06-30."
ORDER_HINT = "En siffra ordnar raden inom målet. Lägst siffra kommer först."


def too_long(header: str, most: int) -> str:
    """A text that no cell can hold."""
    return f"{header} är för lång för en cell i Excel: högst {most} tecken. Inget ändrades. Korta texten."


def changed(headers: Sequence[str]) -> str:
    """What the coordinator has changed in a row."""
    return f"ändrat: {listed(tuple(header.lower() for header in headers))}"


def of_row(title: str, said: str) -> str:
    """What is told of a row in a list of them."""
    return f"”{title}”: {said}"
