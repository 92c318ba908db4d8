"""The two binary formats, .xls and .xlsb: their notes on cells, and from what day they count.

The reader gives their cells and nothing else. What cannot be followed here gives no note rather than
a refusal, since the cells have been read all the same.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from excel_uppsikt.office.text import tidy

# A compound file's sectors: their possible sizes, and the first number that is not one.
_SECTOR_SIZES = (512, 4096)
_NO_SECTOR = 0xFFFFFFFA

# Records of .xls, by their numbers in [MS-XLS].
_EOF, _NOTE, _DATE_MODE, _CONTINUE, _OBJECT = 0x0A, 0x1C, 0x22, 0x3C, 0x5D
_SHEET, _TEXT, _BOF = 0x85, 0x1B6, 0x809
# Records of .xlsb, by their numbers in [MS-XLSB].
_BOOK_PROPERTIES, _BUNDLED_SHEET, _BEGIN_COMMENT, _COMMENT_TEXT = 153, 156, 635, 637

Notes = Mapping[tuple[int, int], str]
_BROKEN = (struct.error, IndexError)


@dataclass(frozen=True, slots=True)
class Told:
    """What a workbook tells besides its cells: whether days count from 1904, and notes by sheet's name."""

    since_1904: bool = False
    notes: Mapping[str, Notes] = field(default_factory=dict)


def xls_book(data: bytes) -> Told:
    """What an .xls workbook says besides its cells, as far as it can be followed."""
    since_1904 = False
    notes: dict[str, Notes] = {}
    try:
        stream = _workbook_stream(data)
        for kind, content in _records(stream, 0):
            if kind == _DATE_MODE:
                since_1904 = content[:1] == b"\x01"
            elif kind == _SHEET:
                start = struct.unpack_from("<I", content)[0]
                name = _characters(content[8:], content[6], content[7] & 1)
                notes[name] = _sheet_notes(stream, start)
    except _BROKEN:
        return Told(since_1904, notes)
    return Told(since_1904, notes)


def _sheet_notes(stream: bytes, start: int) -> Notes:
    """A sheet's notes: each names a drawn object, whose text stands by itself before it."""
    notes: dict[tuple[int, int], str] = {}
    texts: dict[int, str] = {}
    number = left = 0
    for kind, content in _records(stream, start):
        if kind == _OBJECT:
            number = struct.unpack_from("<H", content, 6)[0]
        elif kind == _TEXT:
            left = struct.unpack_from("<H", content, 10)[0]
            texts[number] = ""
        elif kind == _CONTINUE and left > 0:
            # Each piece tells anew whether its characters take one byte or two.
            wide = content[0] & 1
            texts[number] += _characters(content[1:], left, wide)
            left -= (len(content) - 1) >> wide
        elif kind == _NOTE:
            row, column, _, of = struct.unpack_from("<HHHH", content)
            text = tidy(texts.get(of, ""))
            if text:
                notes[row + 1, column + 1] = text
    return notes


def _characters(content: bytes, length: int, wide: int) -> str:
    if wide:
        return content[: 2 * length].decode("utf-16-le", "replace")
    return content[:length].decode("latin-1")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one sheet, or of the workbook itself, what is drawn inside it left out."""
    depth = 0
    if struct.unpack_from("<H", stream, at)[0] != _BOF:
        return
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook, put together from the sectors of the compound file."""
    size = 1 << min(16, struct.unpack_from("<H", data, 30)[0])
    if size not in _SECTOR_SIZES:
        return b""
    sectors, most = memoryview(data)[size:], len(data) // size

    def chain(at: int, table: list[int]) -> bytes:
        pieces: list[memoryview] = []
        # A damaged chain could go in a ring.
        while at < _NO_SECTOR and len(pieces) < most:
            pieces.append(sectors[at * size : (at + 1) * size])
            at = table[at]
        return b"".join(pieces)

    parts = [at for at in struct.unpack_from("<109I", data, 76) if at < _NO_SECTOR]
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _NO_SECTOR and len(parts) < most:
        *listed, more = struct.unpack_from(f"<{size // 4}I", sectors, more * size)
        parts += [at for at in listed if at < _NO_SECTOR]
    table: list[int] = []
    for at in parts[:most]:
        table += struct.unpack_from(f"<{size // 4}I", sectors, at * size)
    directory = chain(struct.unpack_from("<I", data, 48)[0], table)
    for at in range(0, len(directory), 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name == "Workbook":
            start, whole = struct.unpack_from("<II", directory, at + 116)
            return chain(start, table)[:whole]
    return b""


def xlsb_sheets(workbook: bytes) -> tuple[bool, dict[str, str]]:
    """Whether an .xlsb workbook's days count from 1904, and the relation's id of each sheet by name."""
    since_1904 = False
    sheets: dict[str, str] = {}
    try:
        for kind, content in _wide_records(workbook):
            if kind == _BOOK_PROPERTIES:
                since_1904 = bool(content[0] & 1)
            elif kind == _BUNDLED_SHEET:
                relation, at = _wide_text(content, 8)
                name, _ = _wide_text(content, at)
                sheets[name] = relation
    except _BROKEN:
        return since_1904, sheets
    return since_1904, sheets


def xlsb_comments(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """The place and text of each note in an .xlsb workbook's part of comments."""
    place = 1, 1
    try:
        for kind, content in _wide_records(part):
            if kind == _BEGIN_COMMENT:
                row, _, column = struct.unpack_from("<III", content, 4)
                place = row + 1, column + 1
            elif kind == _COMMENT_TEXT:
                yield place, _wide_text(content, 1)[0]
    except _BROKEN:
        return


def _wide_text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", content, at)[0]
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _wide_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        size, at = _number(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits to the byte, the lowest first, and where it ends."""
    number = 0
    for step in range(longest):
        byte = part[at]
        number |= (byte & 0x7F) << 7 * step
        at += 1
        if byte < 0x80:
            break
    return number, at
