"""The two binary formats, .xls and .xlsb: their notes on cells, and from what day they count.

The reader gives their cells and nothing else. What cannot be followed here gives no note rather than
a refusal, since the cells have been read all the same.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from excel_uppsikt.language.text import tidy

# Of a workbook. Each cell is one, and many other things.
_MOST_RECORDS = 2_000_000
# A compound file's sectors: their possible sizes, and the first number that is not one.
_SECTOR_SIZES = (512, 4096)
_NO_SECTOR = 0xFFFFFFFA
# Of a name in the directory, with the two bytes that end it.
_LONGEST_NAME = 64
# What is shorter lies in sectors of their own, that are smaller.
_SMALL, _SMALL_SECTOR = 4_096, 64

# Records of .xls, by their numbers in [MS-XLS].
_EOF, _NOTE, _DATE_MODE, _CONTINUE, _OBJECT = 0x0A, 0x1C, 0x22, 0x3C, 0x5D
_SHEET, _TEXT, _BOF = 0x85, 0x1B6, 0x809
# Records of .xlsb, by their numbers in [MS-XLSB].
_BOOK_PROPERTIES, _BUNDLED_SHEET, _BEGIN_COMMENT, _COMMENT_TEXT = 153, 156, 635, 637

Notes = Mapping[tuple[int, int], str]
_BROKEN = (struct.error, LookupError)


@dataclass(frozen=True, slots=True)
class Told:
    """What a workbook tells besides its cells: whether days count from 1904, and notes by sheet's name."""

    since_1904: bool = False
    notes: Mapping[str, Notes] = field(default_factory=dict)


def xls_book(data: bytes) -> Told:
    """What an .xls workbook says besides its cells, as far as it can be followed."""
    since_1904 = False
    starts: dict[str, int] = {}
    records = _Records(b"")
    with suppress(*_BROKEN):
        records = _Records(_workbook_stream(data))
        for kind, content in records.walk(0):
            if kind == _DATE_MODE:
                since_1904 = content[:1] == b"\x01"
            elif kind == _SHEET:
                name = _characters(content[8:], content[6], content[7] & 1)
                starts[name] = struct.unpack_from("<I", content)[0]
    # Several names may lead to the same place.
    notes = {start: _sheet_notes(records.walk(start)) for start in dict.fromkeys(starts.values())}
    return Told(since_1904, {name: notes[start] for name, start in starts.items()})


def _sheet_notes(records: Iterable[tuple[int, bytes]]) -> Notes:
    """A sheet's notes: each names a drawn object, whose text stands by itself before it."""
    places: dict[tuple[int, int], int] = {}
    pieces: dict[int, list[str]] = {}
    drawn = written = left = 0
    with suppress(*_BROKEN):
        for kind, content in records:
            if kind == _OBJECT:
                drawn = struct.unpack_from("<H", content, 6)[0]
            elif kind == _TEXT:
                left = struct.unpack_from("<H", content, 10)[0]
                written = drawn
                pieces[written] = []
            elif kind == _CONTINUE and left > 0:
                # Each piece tells anew whether its characters take one byte or two.
                wide = content[0] & 1
                pieces[written].append(_characters(content[1:], left, wide))
                left -= (len(content) - 1) >> wide
            elif kind == _NOTE:
                row, column, _, of = struct.unpack_from("<HHHH", content)
                places[row + 1, column + 1] = of
    texts = {of: tidy("".join(of_text)) for of, of_text in pieces.items()}
    return {place: texts[of] for place, of in places.items() if texts.get(of)}


def _characters(content: bytes, length: int, wide: int) -> str:
    if wide:
        return content[: 2 * length].decode("utf-16-le", "replace")
    return content[:length].decode("latin-1")


class _Records:
    """The records of a workbook, walked through sheet by sheet.

    Sheets do not overlap, so no more is walked in all than there is, however many are said to begin
    at the same place or inside one another.
    """

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._bytes, self._count = len(stream), _MOST_RECORDS

    def walk(self, at: int) -> Iterator[tuple[int, bytes]]:
        """The records of one sheet, or of the workbook itself, what is drawn inside it left out."""
        stream, depth = self._stream, 0
        if struct.unpack_from("<H", stream, at)[0] != _BOF:
            return
        while at + 4 <= len(stream) and self._bytes > 0 and self._count > 0:
            kind, size = struct.unpack_from("<HH", stream, at)
            self._bytes -= 4 + size
            self._count -= 1
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
    sectors = memoryview(data)[size:]
    first, small_table = struct.unpack_from("<I8xI", data, 48)
    table = _table(data, size, sectors)
    directory = _chain(sectors, size, first, table)
    for at in range(0, len(directory), 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, _LONGEST_NAME) - 2)].decode(
            "utf-16-le", "replace"
        )
        if name == "Workbook":
            start, whole = struct.unpack_from("<II", directory, at + 116)
            if whole >= _SMALL:
                return _chain(sectors, size, start, table)[:whole]
            # Small streams share one of their own, whose place the first entry gives.
            small = _chain(sectors, size, struct.unpack_from("<I", directory, 116)[0], table)
            links = _chain(sectors, size, small_table, table)
            numbers = struct.unpack(f"<{len(links) // 4}I", links)
            return _chain(memoryview(small), _SMALL_SECTOR, start, numbers)[:whole]
    return b""


def _table(data: bytes, size: int, sectors: memoryview) -> list[int]:
    """What sector comes after each; the sectors that tell this are listed first, and in a chain."""
    most = len(sectors) // size + 1
    parts = [at for at in struct.unpack_from("<109I", data, 76) if at < _NO_SECTOR]
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(most):
        if more >= _NO_SECTOR or len(parts) >= most:
            break
        *listed, more = struct.unpack_from(f"<{size // 4}I", sectors, more * size)
        parts += [at for at in listed if at < _NO_SECTOR]
    table: list[int] = []
    for at in parts:
        if len(table) >= most:
            break
        table += struct.unpack_from(f"<{size // 4}I", sectors, at * size)
    return table


def _chain(sectors: memoryview, size: int, at: int, table: Sequence[int]) -> bytes:
    """The sectors from one on, put together."""
    pieces: list[memoryview] = []
    # A damaged chain could go in a ring.
    while at < _NO_SECTOR and len(pieces) * size < len(sectors):
        pieces.append(sectors[at * size : (at + 1) * size])
        at = table[at]
    return b"".join(pieces)


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
