"""A message saved from Outlook (MS-OXMSG): its attachments, also of messages in it, and its own words."""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from excel_uppsikt.excel.compound import entries
from excel_uppsikt.excel.guard.limits import MAX_PARTS, check_size
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.storages import Storage, storages
from excel_uppsikt.intake.mail_text import Written, encoding_of, page_text
from excel_uppsikt.intake.rich_text import RichTextError, rich_text
from excel_uppsikt.language.text import clean

# The properties that are read, by their numbers (MS-OXPROPS).
_SUBJECT, _BODY, _HTML, _SENT_BY, _ADDRESS = "0037", "1000", "1013", "0C1A", "5D01"
_RICH = "1009"
_DATA, _LONG_NAME, _NAME, _SHOWN, _TYPE, _CONTENT_ID = (
    "3701",
    "3707",
    "3704",
    "3001",
    "370E",
    "3712",
)
_CODE_PAGE, _INTERNET_CODE_PAGE, _HIDDEN = 0x3FFD, 0x3FDE, 0x7FFE
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
# What stands before the properties in their stream, of the file itself, a message in it and an attachment.
_HEAD, _INNER_HEAD, _ATTACHMENT_HEAD = 32, 24, 8
_LONGEST_SENDER = 120
# Bytes of a name, of the properties, and of a text; what is longer is cut.
_LONGEST_NAME, _MOST_PROPERTIES, _LONGEST_TEXT = 2_000, 16_000, 200_000
_LONGEST_RICH = 500_000
_NOT_SENT = {"application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar"}
_IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf"}
_TEXT_BELOW = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutlookMessage:
    """A message's attachments, and the messages attached to it, each under its name and read when called."""

    attachments: tuple[tuple[str, Callable[[], bytes]], ...]
    messages: tuple[tuple[str, Callable[[], "OutlookMessage"]], ...]
    written: Callable[[], Written]


def outlook_message(data: bytes) -> OutlookMessage:
    """The message in a file.

    Raises UnreadableError where it is damaged, or has more attachments than any message has.
    """
    return _message(storages(data), _HEAD)


def is_outlook(data: bytes) -> bool:
    """Whether it is such a file."""
    return data.startswith(_COMPOUND) and any(
        entry.at_root and entry.name == _PROPERTIES for entry in entries(data)
    )


def _message(storage: Storage, head: int) -> OutlookMessage:
    properties = _Properties.of(storage, head)
    attached = [
        inner
        for name, inner in sorted(storage.storages.items())
        if name.casefold().startswith("__attach_version1.0_")
    ]
    if len(attached) > MAX_PARTS:
        raise UnreadableError(Reason.TOO_MANY, f"fler än {MAX_PARTS} delar")
    return OutlookMessage(
        tuple(file for inner in attached for file in _file(inner, properties.code_page)),
        tuple(message for inner in attached for message in _inner(inner, properties.code_page)),
        partial(_written, properties),
    )


def _written(properties: "_Properties") -> Written:
    text = properties.text(_BODY, _LONGEST_TEXT)
    if not text.strip():
        text = page_text(properties.text(_HTML, _LONGEST_TEXT))
    unread = False
    if not text.strip() and (packed := properties.data(_RICH, _LONGEST_RICH)):
        try:
            text = rich_text(packed)
        except RichTextError:
            unread = True
    name, address = (_one_line(properties.text(of)) for of in (_SENT_BY, _ADDRESS))
    return Written(name or address, properties.text(_SUBJECT), text, unread, address)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:_LONGEST_SENDER]


def _file(storage: Storage, code_page: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The file that is attached, unless it is what Outlook sends of its own accord."""
    stream = storage.streams.get(f"__substg1.0_{_DATA}0102")
    if stream is None:
        return
    properties = _Properties.of(storage, _ATTACHMENT_HEAD, code_page)
    name, kind = _file_name(properties), properties.text(_TYPE).casefold()
    is_image = kind.startswith("image/") or PurePosixPath(name.casefold()).suffix in _IMAGES
    if kind in _NOT_SENT or _TEXT_BELOW.fullmatch(name):
        return
    if is_image and (properties.text(_CONTENT_ID) or properties.number(_HIDDEN)):
        return
    yield name or "bilaga", partial(_content, stream)


def _content(stream: Callable[[int | None], bytes]) -> bytes:
    data = stream(None)
    check_size(len(data))
    return data


def _inner(storage: Storage, code_page: str) -> Iterator[tuple[str, Callable[[], OutlookMessage]]]:
    """The message that is attached."""
    message = storage.storages.get(f"__substg1.0_{_DATA}000D")
    # A drawing or document of another program lies in a storage too.
    if message is None or _PROPERTIES not in message.streams:
        return
    name = _Properties.of(storage, _ATTACHMENT_HEAD, code_page).text(_SHOWN)
    name = name or _Properties.of(message, _INNER_HEAD).text(_SUBJECT) or "vidarebefordrat"
    name = name.replace("/", " ").replace("\\", " ")
    name = name if name.casefold().endswith(".msg") else f"{name}.msg"
    yield name, partial(_message, message, _INNER_HEAD)


def _file_name(properties: "_Properties") -> str:
    return properties.text(_LONG_NAME) or properties.text(_NAME) or properties.text(_SHOWN)


@dataclass(frozen=True, slots=True)
class _Properties:
    """The properties of a message or an attachment: texts in streams of their own, numbers in one."""

    storage: Storage
    numbers: dict[int, int]
    code_page: str

    @classmethod
    def of(cls, storage: Storage, head: int, code_page: str = "cp1252") -> "_Properties":
        stream = storage.streams.get(_PROPERTIES)
        data = stream(_MOST_PROPERTIES)[head:] if stream else b""
        numbers = {}
        for at in range(0, len(data) - 15, 16):
            number, value = struct.unpack_from("<2xH4xI", data, at)
            numbers[number] = value
        own = numbers.get(_CODE_PAGE)
        return cls(storage, numbers, encoding_of(own) if own else code_page)

    def number(self, which: int) -> int:
        """A number or a yes; 0 where it is not there."""
        return self.numbers.get(which, 0)

    def data(self, which: str, most: int) -> bytes:
        """Bytes; none where they are not there."""
        stream = self.storage.streams.get(f"__substg1.0_{which}0102")
        return stream(most) if stream else b""

    def text(self, which: str, most: int = _LONGEST_NAME) -> str:
        """A text, however it is written; empty where it is not there."""
        streams = self.storage.streams
        for kind, encoding in (
            ("001F", "utf-16-le"),
            ("001E", self.code_page),
            ("0102", encoding_of(self.number(_INTERNET_CODE_PAGE))),
        ):
            stream = streams.get(f"__substg1.0_{which}{kind}")
            if stream is not None:
                return stream(most).decode(encoding, "replace").rstrip("\0")
        return ""
