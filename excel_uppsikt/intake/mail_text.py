"""What is written in an e-mail, as plain lines: of its own text parts, or of a web page's."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from lxml import etree

from excel_uppsikt.language.text import clean

# Bytes or letters of a mail's text that are read; nobody writes so much.
LONGEST_TEXT = 100_000
_LONGEST_NAME = 120
# What begins on a line of its own, and what a cell of a table is followed by.
_BLOCKS = {
    "address", "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "table", "tr", "ul",
}  # fmt: skip
_CELLS = {"td", "th"}
_UNSEEN = {"head", "script", "style", "title"}
_SPACES = re.compile(r"[^\S\n\xa0]+|\xa0")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a mail's text, and whom it is from: a name or an address, '' where it is not told.

    `unread` is whether it has a text that cannot be read, `address` the sender's, '' where it is not told.
    """

    sender: str
    subject: str
    text: str
    unread: bool = False
    address: str = ""


def written_in(message: Message) -> Written:
    """What is written in a mail itself; not in files or mails attached to it."""
    text = "\n".join(part for part in _texts(message) if part.strip())
    name, address = parseaddr(str(message.get("From", "")))
    sender = _short(_decoded(name) or _decoded(address))
    subject = _decoded(str(message.get("Subject", "")))
    return Written(sender, subject, text[:LONGEST_TEXT], address=_short(_decoded(address)))


def _texts(message: Message) -> Iterator[str]:
    """The mail's text parts; of the same text in several forms the plainest that says anything."""
    parts = message.get_payload()
    if message.get_content_maintype() == "message":
        return
    if not isinstance(parts, list):
        if _is_text(message):
            yield _part_text(message)
        return
    inner = [list(_texts(part)) for part in parts if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        inner = [texts for texts in inner if any(text.strip() for text in texts)][:1]
    for texts in inner:
        yield from texts


def _is_text(part: Message) -> bool:
    kind = part.get_content_type()
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    return kind in ("text/plain", "text/html") and not attached


def _part_text(part: Message) -> str:
    content = part.get_payload(decode=True)
    data = content[:LONGEST_TEXT] if isinstance(content, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        # Many a mail says nothing of its letters, or something that is not so.
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return page_text(text) if part.get_content_type() == "text/html" else text


def _decoded(raw: str) -> str:
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError):
        text = raw
    return " ".join(clean(text.encode("utf-8", "replace").decode("utf-8")).split())


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def encoding_of(code_page: int) -> str:
    """What Python calls a Windows code page."""
    named = {
        65001: "utf-8",
        1200: "utf-16-le",
        20127: "cp1252",
        28591: "latin-1",
        28605: "iso8859-15",
    }
    name = named.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def page_text(page: str) -> str:
    """The words of a web page in lines; what it quotes has `> ` before each line, as in a plain mail."""
    # Letters that XML has not, and a declaration of how they are written, would make the page unread.
    page = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]|<\?xml[^>]*>", "", page[:LONGEST_TEXT]
    )
    root = etree.fromstring(f"<div>{page}</div>", etree.HTMLParser(no_network=True))
    return _Page(root).text() if root is not None else ""


class _Page:
    """A page's lines as they come together."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._lines: list[str] = []
        self._line = ""
        self._quotes = self._unseen = 0

    def text(self) -> str:
        """All lines."""
        for event, element in etree.iterwalk(self._root, events=("start", "end", "comment")):
            if event == "start":
                self._open(element)
            elif event == "end":
                self._close(str(element.tag))
            if event != "start" and not self._unseen:
                self._add(element.tail or "")
        self._end()
        return "\n".join(self._lines)

    def _open(self, element: etree._Element) -> None:
        tag = str(element.tag)
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self._end()
        self._quotes += tag == "blockquote"
        if tag == "br":
            self._end(even_empty=True)
        if not self._unseen:
            self._add(element.text or "")

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end()
        if tag in _CELLS:
            self._line += " "
        if tag == "p" and self._lines and self._lines[-1].strip("> "):
            self._end(even_empty=True)
        self._quotes -= tag == "blockquote"
        self._unseen -= tag in _UNSEEN

    def _add(self, text: str) -> None:
        self._line += _SPACES.sub(" ", text.replace("\r", " ").replace("\n", " "))

    def _end(self, *, even_empty: bool = False) -> None:
        line = " ".join(self._line.split())
        if line or even_empty:
            self._lines.append("> " * self._quotes + line)
        self._line = ""
