"""The attachments of an e-mail (RFC 822), also of mails forwarded in it, as names and bytes."""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import Compat32
from email.utils import parseaddr

from excel_uppsikt.excel.guard.limits import MAX_PARTS
from excel_uppsikt.excel.reading import Reason, UnreadableError
from excel_uppsikt.intake.mail_text import Written, written_in

# The parser looks at every line once for each multipart around it.
_MOST_NESTED, _MOST_LINES = 50, 1_000_000
# The spaces are those that the parser takes for such in a text.
_MULTIPART = re.compile(rb"(?:^|[\r\n])content-type:[\s\x1c-\x1f]*multipart/", re.IGNORECASE)
# A file's name in pieces, each on a line of its own, takes some forty parameters.
_LONGEST_HEADER, _MOST_PARAMETERS, _LONGEST_HEAD = 10_000, 100, 200_000
# Bytes of a draft of ours in which its text stands.
LONGEST_DRAFT = 300_000
# What mail programs send along of their own accord, and what Exchange calls a text below an attachment.
_NOT_SENT = {
    "text/calendar", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/pgp-signature", "application/applefile",
}  # fmt: skip
_TEXT_BELOW = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)
_FORWARDED = "vidarebefordrat"


def attachments(data: bytes) -> list[tuple[str, bytes | None]]:
    """Each file attached, with the name it was given; None for a mail in a mail in a mail.

    What is attached to a forwarded mail stands below that mail's name. Raises `UnreadableError` for
    a mail of more parts than any mail has.
    """
    parts = mail_contents(data)
    return [(name, part) for name, part in parts if not isinstance(part, Written)]


def mail_contents(data: bytes) -> list[tuple[str, bytes | Written | None]]:
    """What is written in the mail, then the files attached as `attachments` has them.

    What is written in a forwarded mail stands under that mail's name. Raises as that does.
    """
    _check_size(data)
    try:
        message = email.message_from_bytes(data, policy=_AsWritten())
        return [("", written_in(message)), *_attached(message, "", inside=False)]
    # Headers that break the standard make the library raise a dozen kinds of exceptions.
    except Exception as error:
        raise UnreadableError(Reason.DAMAGED) from error


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """A mail's own id, its date and sender's address as they are written, and its sender and subject."""

    id: str
    date: str
    address: str
    sender: str
    subject: str


def mail_headers(data: bytes) -> MailHeaders:
    """The headers of a mail; '' for each that it has not, and all of them where they cannot be read."""
    try:
        message = BytesHeaderParser(policy=_AsWritten()).parsebytes(data[:_LONGEST_HEAD])
        written = written_in(message)
        address = parseaddr(str(message.get("From", "")))[1]
        own, date = (str(message.get(name, "")).strip() for name in ("Message-ID", "Date"))
        return MailHeaders(own, date, address, written.sender, written.subject)
    # Headers that break the standard make the library raise a dozen kinds of exceptions.
    except Exception:
        return MailHeaders("", "", "", "", "")


def draft_in(data: bytes) -> tuple[str, str]:
    """To whom a draft is, and its text, which comes before its files; '' for what cannot be read."""
    try:
        message = email.message_from_bytes(data[:LONGEST_DRAFT], policy=_AsWritten())
        return parseaddr(str(message.get("To", "")))[1], written_in(message).text
    # As above.
    except Exception:
        return "", ""


class _AsWritten(Compat32):
    """Headers with the bytes they came with, where the library would put marks for å, ä and ö."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """A header's value, cut: parameters by the million take the library forever."""
        del name
        return ";".join(value[:_LONGEST_HEADER].split(";", _MOST_PARAMETERS)[:_MOST_PARAMETERS])


def _check_size(data: bytes) -> None:
    """Refuses more lines, parts or multiparts than any mail has, each of which costs memory or time."""
    if data.count(b"\n--") + data.count(b"\r--") > MAX_PARTS:
        raise UnreadableError(Reason.TOO_MANY, f"fler än {MAX_PARTS} delar")
    if max(data.count(b"\n"), data.count(b"\r")) > _MOST_LINES:
        raise UnreadableError(Reason.TOO_MANY, "fler än en miljon rader")
    if len(_MULTIPART.findall(data)) > _MOST_NESTED:
        raise UnreadableError(Reason.TOO_MANY, f"bilagor i bilagor i mer än {_MOST_NESTED} led")


def _attached(
    message: Message, folder: str, *, inside: bool
) -> Iterator[tuple[str, bytes | Written | None]]:
    for part in _leaves(message):
        name = _name(part)
        if part.get_content_type() == "message/rfc822":
            name = name or _FORWARDED
            path = folder + (name if name.lower().endswith(".eml") else f"{name}.eml")
            inner = part.get_payload(0)
            if inside or not isinstance(inner, Message):
                yield path, None
            else:
                yield path, written_in(inner)
                yield from _attached(inner, f"{path}/", inside=True)
        elif _is_sent(part, name):
            content = part.get_payload(decode=True)
            yield folder + (name or "bilaga"), content if isinstance(content, bytes) else b""


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that are not made of parts; a mail in the mail is one."""
    parts = message.get_payload()
    if message.get_content_maintype() == "message" or not isinstance(parts, list):
        yield message
        return
    for part in parts:
        if isinstance(part, Message):
            yield from _leaves(part)


def _is_sent(part: Message, name: str) -> bool:
    """Whether somebody attached the part, rather than wrote it or has it in every mail."""
    kind, of = part.get_content_type(), part.get_content_maintype()
    if kind in _NOT_SENT or of == "message" or _TEXT_BELOW.fullmatch(name):
        return False
    disposition = part.get_content_disposition()
    if of == "image" and (disposition == "inline" or part["Content-ID"]):
        return False
    return bool(name) or disposition == "attachment" or of == "application"


def _name(part: Message) -> str:
    """A part's file name, whichever of three ways its letters are written in."""
    name = part.get_filename("")
    if "=?" in name:
        with suppress(ValueError, LookupError):
            name = str(make_header(decode_header(name)))
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
