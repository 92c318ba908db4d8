"""Workbooks of the format .xls (MS-XLS, as Excel 97 to 2003 saved them), from bytes to values.

calamine gives their cells and nothing else, of a file made anew for it. Notes that cannot be followed are
left out rather than the workbook refused, since the cells have been read all the same.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress

from excel_uppsikt.excel.compound import plain_file, workbook_stream
from excel_uppsikt.excel.formats.binary_cells import check_sheets, with_places
from excel_uppsikt.excel.formats.sheets import BookDetails, read_sheets
from excel_uppsikt.excel.formats.xls_cells import XlsCells
from excel_uppsikt.excel.guard.limits import Limits
from excel_uppsikt.excel.guard.probe import probe
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError, others_as_damaged
from excel_uppsikt.excel.workbook import Cells, Workbook
from excel_uppsikt.language.text import tidy

# In a workbook. Each cell is one record, and many other things are.
_MOST_RECORDS = 2_000_000
# Records by their numbers: EOF, Note, Date1904, FilePass, Continue, Obj, BoundSheet8, SST, TxO, BOF
# (MS-XLS 2.3).
_EOF, _NOTE, _DATE_MODE, _PROTECTED, _CONTINUE, _OBJECT = 0x0A, 0x1C, 0x22, 0x2F, 0x3C, 0x5D
_SHEET, _SHARED_TEXTS, _TEXT, _BOF = 0x85, 0xFC, 0x1B6, 0x809
# The workbook's first record with, maybe after one of write protection, the FilePass record.
_PASSWORD = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00.\x00", re.DOTALL
)
# What a record cut short or damaged raises.
_BROKEN = (struct.error, LookupError)


def read(data: bytes, limits: Limits) -> Workbook:
    """The workbook in a compound file.

    Raises:
        UnreadableError: For whatever cannot or must not be read.
    """
    if _PASSWORD.search(data):
        raise UnreadableError(Reason.ENCRYPTED)
    with others_as_damaged():
        stream = workbook_stream(data)
        cells = XlsCells(stream, _sheet_starts(stream), limits)
        if cells.texts > _shared_texts(stream):
            # The reader would leave those cells empty.
            raise UnreadableError(Reason.DAMAGED)
    plain = plain_file(bytes(cells.stream))
    probe(plain, limits)
    read = read_sheets(plain, _details(stream), limits)
    with others_as_damaged():
        sheets = tuple(with_places(*sheet) for sheet in zip(read, cells.sheets, strict=True))
    check_sheets(sheets, limits)
    return Workbook(sheets, {}, None)


def _sheet_starts(stream: bytes) -> list[int]:
    """Where each of the workbook's sheets with cells begins."""
    starts: list[int] = []
    for kind, content in _Records(stream).of_sheet(0):
        if kind == _PROTECTED:
            raise UnreadableError(Reason.ENCRYPTED)
        if kind == _SHEET and content[5] == 0:
            starts.append(struct.unpack_from("<I", content)[0])
    return starts


def _shared_texts(stream: bytes) -> int:
    """How many texts the cells can share."""
    return next(
        (
            struct.unpack_from("<I", content, 4)[0]
            for kind, content in _Records(stream).of_sheet(0)
            if kind == _SHARED_TEXTS
        ),
        0,
    )


def read_details(data: bytes) -> BookDetails:
    """The date system and the notes of the workbook, as far as they can be followed."""
    stream = b""
    with suppress(*_BROKEN):
        stream = workbook_stream(data)
    return _details(stream)


def _details(stream: bytes) -> BookDetails:
    since_1904 = False
    starts: dict[str, int] = {}
    records = _Records(stream)
    with suppress(*_BROKEN):
        for kind, content in records.of_sheet(0):
            if kind == _DATE_MODE:
                since_1904 = content[:1] == b"\x01"
            elif kind == _SHEET:
                name = _characters(content[8:], content[6], content[7] & 1)
                starts[name] = struct.unpack_from("<I", content)[0]
    # Several names may lead to the same place.
    notes = {
        start: _sheet_notes(records.of_sheet(start)) for start in dict.fromkeys(starts.values())
    }
    return BookDetails(since_1904, {name: notes[start] for name, start in starts.items()})


def _sheet_notes(records: Iterable[tuple[int, bytes]]) -> Cells:
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
                # Each piece says anew whether its characters take one byte or two.
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
    """The records of a workbook, read sheet by sheet.

    Sheets do not overlap, so no more is read in all than there is, however many are said to begin
    at the same place or inside one another.
    """

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._bytes, self._count = len(stream), _MOST_RECORDS

    def of_sheet(self, at: int) -> Iterator[tuple[int, bytes]]:
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
