"""A message (MIME) in the words of Graph: its head and text as JSON, and the files attached to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A file attached to a message: its name, its type, and its bytes."""

    name: str
    kind: str
    data: bytes


class InPieces:
    """A message in pieces; a large one takes seconds to take apart, and is so once."""

    def __init__(self, message: EmailMessage) -> None:
        self._message = message

    @classmethod
    def of(cls, raw: bytes) -> "InPieces":
        """The pieces of a message as it is written."""
        return cls(BytesParser(EmailMessage, policy=default).parsebytes(raw))

    def without_attachments(self) -> dict[str, Any]:
        """The message as Graph takes it without its attachments."""
        message = self._message
        page = message.get_body(("html",))
        text = page or message.get_body(("plain",))
        found: dict[str, Any] = {
            "subject": str(message.get("Subject", "")),
            "body": {
                "contentType": "html" if page else "text",
                "content": str(text.get_content()).replace("\r\n", "\n") if text else "",
            },
            "toRecipients": _people(message, "To"),
            "ccRecipients": _people(message, "Cc"),
            "bccRecipients": _people(message, "Bcc"),
            "replyTo": _people(message, "Reply-To"),
        }
        if message["From"]:
            found["from"] = _people(message, "From")[0]
        if message["Message-ID"]:
            found["internetMessageId"] = str(message["Message-ID"])
        return found

    def attachments(self) -> Iterator[Part]:
        """The files attached to the message."""
        for part in self._message.iter_attachments():
            content = part.get_payload(decode=True)
            data = content if isinstance(content, bytes) else b""
            yield Part(part.get_filename() or "bilaga", part.get_content_type(), data)


def _people(message: EmailMessage, header: str) -> list[dict[str, dict[str, str]]]:
    addresses: tuple[Address, ...] = getattr(message[header], "addresses", ())
    return [
        {"emailAddress": {"name": a.display_name or a.addr_spec, "address": a.addr_spec}}
        for a in addresses
    ]
