"""Mail drafts: one .eml for each recipient, opened, read through and sent from Outlook by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from excel_uppsikt.language.file_names import TakenNames, safe_file_name
from excel_uppsikt.language.text import listed
from excel_uppsikt.mail.message import MailKind, Message
from excel_uppsikt.mail.mime import as_bytes

# Outlook opens a message with this header as a draft to be sent. The sender, the date and the Message-ID
# are its to set.
HEADERS = {"X-Unsent": "1"}
_NAMES = {
    MailKind.TEMPLATES: "Formulär",
    MailKind.REMINDERS: "Påminnelse",
    MailKind.RETURNS: "Retur",
    MailKind.RECEIPTS: "Kvitto",
    MailKind.COMPLETIONS: "Komplettering",
    MailKind.REPORTS: "Rapport",
}
_TEST = "Prov"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft ready to be written: its file name, and the message in it."""

    file: str
    message: Message
    data: bytes = field(repr=False)

    @property
    def to(self) -> str:
        """The address it goes to."""
        return self.message.to

    @property
    def subject(self) -> str:
        """Its subject."""
        return self.message.subject

    @property
    def attached(self) -> tuple[str, ...]:
        """The names of what is attached."""
        return self.message.attached

    @property
    def unfilled(self) -> tuple[str, ...]:
        """Placeholders that the plan gives nothing for."""
        return self.message.unfilled


def beginning(kind: MailKind) -> str:
    """How the names of a kind's drafts begin, and no other's."""
    return f"{_NAMES[kind]} "


def drafts(messages: Sequence[Message]) -> tuple[Draft, ...]:
    """The messages as drafts, with file names of their own each."""
    made: list[Draft] = []
    names = TakenNames(str.casefold)
    for message in messages:
        test = f"{_TEST} " if message.test_to else ""
        whose = f"{listed(message.owners)} {message.name}"
        stem = safe_file_name(f"{test}{beginning(message.kind)}{whose}")
        made.append(Draft(names.own(f"{stem}.eml"), message, as_bytes(message, HEADERS)))
    return tuple(made)
