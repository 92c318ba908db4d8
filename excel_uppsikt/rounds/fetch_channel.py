"""Which way a mailbox is fetched from: as the command line says, else the one that is set up."""

from enum import Enum

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.settings import is_set_up
from excel_uppsikt.mail.settings_file import settings_file


class FetchChannel(Enum):
    """How a mailbox is reached, by its name on the command line and of its table in the settings."""

    IMAP = "imap"
    GRAPH = "graph"


def channel_set_up() -> FetchChannel:
    """The channel that is set up. Raises `CannotRunError` where none is, or both are."""
    found = [channel for channel in FetchChannel if is_set_up(channel.value)]
    if not found:
        raise CannotRunError(
            f"Ingen brevlåda är inställd. Skriv i {settings_file()} antingen [imap] med host och user, eller "
            "[graph] med client_id för Microsoft 365. It-avdelningen kan ge uppgifterna."
        )
    if len(found) > 1:
        raise CannotRunError(
            "Både IMAP och Microsoft 365 är inställda. Välj brevlåda: lägg till --channel imap eller "
            "--channel graph."
        )
    return found[0]
