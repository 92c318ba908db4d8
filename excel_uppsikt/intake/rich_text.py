"""The words of a message that has them in RTF alone: unpacked (MS-OXRTFCP), and as written (MS-OXRTFEX).

Outlook keeps a web page in RTF too, each of its tags in a group that other programs pass over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from excel_uppsikt.intake.mail_text import LONGEST_TEXT, encoding_of, page_text

_PACKED, _PLAIN = b"LZFu", b"MELA"
_HEAD, _WINDOW, _END_OF_RUN = 16, 4096, 2
# What every packed text can refer to from its beginning.
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par "
    rb"\pard\plain\f0\fs20\b\i\u\tab\tx"
)
# Bytes of RTF that are read. What it says of looks takes more than the words do.
_LONGEST = 10 * LONGEST_TEXT
_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])|"
    rb"(?P<group>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|.",
    re.DOTALL,
)
_UNSEEN = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "headerl", "headerr", "footerl",
    "footerr", "listtable", "revtbl", "filetbl", "generator",
}  # fmt: skip
_SAID = {
    "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": " ",
    "nestcell": " ", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "endash": "–",
    "emdash": "—", "bullet": "•",
}  # fmt: skip
_SIGNS = {"\\": "\\", "{": "{", "}": "}", "~": "\xa0", "_": "-", "\n": "\n", "\r": "\n"}


class RichTextError(Exception):
    """It is no such text."""


def rich_text(packed: bytes) -> str:
    """The words of a message's RTF, as it has it; cut where there are more than anybody writes.

    Raises `RichTextError` where it is none.
    """
    data = _unpacked(packed)
    if not data.lstrip().startswith(rb"{\rtf"):
        raise RichTextError
    reader = _Reader(data)
    said = "".join(reader.all())
    # Letters beyond the first 65,536 are written as two halves.
    whole = said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return page_text(whole) if reader.is_page else whole[:LONGEST_TEXT]


def _unpacked(packed: bytes) -> bytes:
    kind = packed[8:12]
    if kind == _PLAIN:
        return packed[_HEAD : _HEAD + _LONGEST]
    if kind != _PACKED:
        raise RichTextError
    return bytes(_bytes(packed))


def _bytes(packed: bytes) -> bytearray:
    """What is packed: runs of eight, each a byte or a reference to what has come before."""
    window, out = bytearray(_KNOWN.ljust(_WINDOW, b"\0")), bytearray()
    at, place = _HEAD, len(_KNOWN)
    while at < len(packed) and len(out) < _LONGEST:
        kinds = packed[at]
        at += 1
        for bit in range(8):
            if at + (kinds >> bit & 1) >= len(packed):
                return out
            if kinds >> bit & 1:
                start, length = divmod(int.from_bytes(packed[at : at + 2], "big"), 16)
                if start == place:
                    return out
                at += 2
                run = range(start, start + length + _END_OF_RUN)
            else:
                window[place] = packed[at]
                at += 1
                run = range(place, place + 1)
            for one in run:
                byte = window[one % _WINDOW]
                out.append(byte)
                window[place] = byte
                place = (place + 1) % _WINDOW
    return out


@dataclass(frozen=True, slots=True)
class _Group:
    """How what stands in a group is read. `instead` counts the letters that stand for one in Unicode."""

    unseen: bool = False
    is_tag: bool = False
    for_others: bool = False
    instead: int = 1


class _Reader:
    """RTF as it is read, group by group."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._group, self._groups = _Group(), list[_Group]()
        self._codec, self._waiting = "cp1252", bytearray()
        self._pass_over, self._optional = 0, False
        self.is_page = False

    def all(self) -> Iterator[str]:
        """The words, in pieces."""
        at = 0
        while (token := _TOKEN.match(self._data, at)) is not None:
            at = token.end()
            if (word := token["word"]) is not None:
                number = int(token["number"]) if token["number"] else None
                if word == b"bin":
                    at += max(0, number or 0)
                yield from self._word(word.decode("ascii"), number)
            elif token["hex"]:
                self._add(bytes.fromhex(token["hex"].decode("ascii")))
            elif token["text"]:
                self._add(token["text"])
            elif token["group"]:
                yield from self._flush()
                self._open_or_close(token["group"])
            elif token["sign"]:
                yield from self._sign(token["sign"].decode("latin-1"))
        yield from self._flush()

    def _open_or_close(self, sign: bytes) -> None:
        self._pass_over, self._optional = 0, False
        if sign == b"{":
            self._groups.append(self._group)
        elif self._groups:
            self._group = self._groups.pop()

    def _add(self, data: bytes) -> None:
        """Takes letters in the code page, but for those that stand for one that has been had."""
        passed = min(self._pass_over, len(data))
        self._pass_over -= passed
        self._waiting += data[passed:]

    def _flush(self) -> Iterator[str]:
        if self._waiting and self._is_seen():
            yield self._waiting.decode(self._codec, "replace")
        self._waiting.clear()

    def _is_seen(self) -> bool:
        group = self._group
        return not group.unseen and (group.is_tag or not group.for_others)

    def _sign(self, sign: str) -> Iterator[str]:
        yield from self._flush()
        self._optional = sign == "*"
        if sign in _SIGNS and self._is_seen():
            yield _SIGNS[sign]

    def _word(self, word: str, number: int | None) -> Iterator[str]:
        yield from self._flush()
        optional, self._optional = self._optional, False
        if word == "u":
            self._pass_over = self._group.instead
            if self._is_seen():
                yield chr((number or 0) & 0xFFFF)
        elif word in _SAID:
            if self._is_seen():
                yield _SAID[word]
        else:
            self._change(word, number, optional=optional)

    def _change(self, word: str, number: int | None, *, optional: bool) -> None:
        group = self._group
        if word == "fromhtml":
            self.is_page = True
        elif word == "ansicpg":
            self._codec = encoding_of(number or 0)
        elif word == "uc":
            self._group = replace(group, instead=max(0, number or 0))
        elif word == "htmlrtf":
            # What other programs are to show in place of the tags.
            self._group = replace(group, for_others=self.is_page and number != 0)
        elif word == "htmltag" and optional and self.is_page:
            self._group = replace(group, is_tag=True)
        elif optional or word in _UNSEEN:
            self._group = replace(group, unseen=True)
