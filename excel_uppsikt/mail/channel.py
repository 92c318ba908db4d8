"""The protocol that every channel follows: given a message, it hands it over and tells the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.addresses import plain, usable
from excel_uppsikt.mail.ledger import Row, State
from excel_uppsikt.mail.message import Message


class ChannelKind(StrEnum):
    """How messages go out, by its name on the command line."""

    FILES = "files"
    SMTP = "smtp"
    GRAPH = "graph"


class ChannelError(CannotRunError):
    """The service cannot be used at all, with the reason and what to do in Swedish."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered of a message.

    `draft` is its id, where it lies as a draft there, and `version` a mark of how it lies, '' for none.
    """

    state: State
    words: str = ""
    draft: str = ""
    version: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a channel that sends by itself puts on a message: its id, and when."""

    message_id: str
    when: datetime


class Channel(Protocol):
    """A way out. What goes wrong with one message is its answer, and never raised."""

    @property
    def kind(self) -> ChannelKind:
        """Which one it is."""

    @property
    def sends(self) -> bool:
        """Whether messages are on their way when they have been handed over; else they are drafts."""

    @property
    def harmless(self) -> bool:
        """Whether handing the same over once more leaves everything as it was."""

    def hand_over(self, message: Message, stamp: Stamp, draft: str = "") -> Answer:
        """Hands over a message, or the draft of it that lies there by this id, and gives the answer."""

    def close(self) -> None:
        """Ends what was opened."""


def stamp(message: Message, earlier: Sequence[Row], when: datetime) -> Stamp:
    """The message's id, the same for the same content to the same person where nothing came of it before.

    Servers that look for copies then know it. One that is sent again on purpose has another.
    """
    sent = sum(row.state in (State.SENT, State.DRAFTED) for row in earlier)
    said = f"{message.content}\0{plain(message.to)}\0{message.test_to}\0{sent}"
    whose = message.sender_email if usable(message.sender_email) else message.to
    domain = plain(whose).rpartition("@")[2]
    return Stamp(f"<{sha256(said.encode()).hexdigest()[:32]}@{domain}>", when)
