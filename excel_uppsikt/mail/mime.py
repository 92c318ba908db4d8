"""A message as the bytes that every channel gets: its text, the same words in HTML, and what is attached."""

import hashlib
import html
import mimetypes
import unicodedata
from collections.abc import Iterator, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby

from excel_uppsikt.mail.addresses import header_address, usable
from excel_uppsikt.mail.message import Attachment, Message

# Every line is short ASCII, as all servers take it.
_POLICY = SMTP.clone(cte_type="7bit")
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
_LONGEST_PLAIN_NAME = 60
_BULLET = "- "


def as_bytes(message: Message, headers: Mapping[str, str | Address] | None = None) -> bytes:
    """The message, the same bytes each time, with a channel's own header lines before it.

    Sender, date and id are the channel's to set: a draft has none of them.
    """
    made = EmailMessage(policy=_POLICY)
    for name, value in (headers or {}).items():
        made[name] = value
    made["Subject"] = message.subject
    if usable(message.sender_email):
        made["Reply-To"] = header_address(message.sender, message.sender_email)
    made["To"] = header_address("" if message.test_to else message.name, message.to)
    made.set_content(message.text + "\n", cte="quoted-printable")
    made.add_alternative(as_html(message), subtype="html", cte="quoted-printable")
    for attachment in message.attachments:
        _attach(made, attachment)
    # Boundaries of Python's own choice would be drawn at random and make every run differ.
    mark = _mark(message)
    for at, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"uppsikt-{mark}-{at}")
    return made.as_bytes()


def as_html(message: Message) -> str:
    """The words of the message as HTML: paragraphs, and lines that begin with a dash as a list."""
    paragraphs = "\n".join(_blocks(message.text))
    return (
        '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8">'
        f"<title>{html.escape(message.subject)}</title></head>\n"
        f'<body style="font-family: Calibri, Arial, sans-serif">\n{paragraphs}\n</body></html>\n'
    )


def _blocks(text: str) -> Iterator[str]:
    for filled, lines in groupby(text.split("\n"), key=lambda line: bool(line.strip())):
        for listed, group in groupby(lines, key=lambda line: line.startswith(_BULLET)):
            if not filled:
                continue
            words = [html.escape(line.removeprefix(_BULLET), quote=False) for line in group]
            if listed:
                yield f"<ul>{''.join(f'<li>{line}</li>' for line in words)}</ul>"
            else:
                yield "<p>" + "<br>\n".join(words) + "</p>"


def _attach(made: EmailMessage, attachment: Attachment) -> None:
    name = attachment.name
    maintype, subtype = _type(name).split("/")
    made.add_attachment(attachment.data, maintype=maintype, subtype=subtype, filename=name)
    if not name.isascii():
        # For programs that do not know how names in other letters are written.
        part = list(made.iter_attachments())[-1]
        part.set_param("name", _plain_name(name))


def _plain_name(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, ending = letters.rpartition(".")
    return f"{stem[:_LONGEST_PLAIN_NAME]}{dot}{ending}"


def _type(name: str) -> str:
    ending = name[name.rfind(".") :].lower()
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _mark(message: Message) -> str:
    digest = hashlib.sha256(f"{message.to}\0{message.subject}\0{message.text}".encode())
    for attachment in message.attachments:
        digest.update(attachment.data)
    return digest.hexdigest()[:24]
