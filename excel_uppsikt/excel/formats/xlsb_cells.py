"""The cells of a sheet's part in an .xlsb workbook, made such that the reader takes them all (MS-XLSB 2.4).

A number that cannot be the time its format says costs the reader the whole workbook, and so does an error
value that it does not know. Text with looks of its own in the cell it passes over.
"""

import struct
from collections.abc import Iterator

from excel_uppsikt.excel.formats.binary_cells import (
    ERRORS,
    NO_NUMBER,
    UNKNOWN,
    BinaryCell,
    SheetCells,
    is_number,
    is_plain,
)
from excel_uppsikt.excel.guard.limits import check_tags
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError

# Records by their numbers: BrtRowHdr, BrtCellRk, BrtCellError, BrtCellReal, BrtCellSt, BrtFmlaNum,
# BrtFmlaError, BrtCellRString, BrtEndSheetData. Cells stand between the first and the last (MS-XLSB 2.3).
_ROW, _PACKED, _ERROR, _NUMBER, _TEXT, _FORMULA_NUMBER = 0, 2, 3, 5, 6, 9
_FORMULA_ERROR, _RICH_TEXT, _END = 11, 62, 146
# Cells without a column of their own (BrtShortRk to BrtShortRString), which come after another in their row.
# SheetJS writes them, and the reader passes them over.
_SHORT_CELLS = range(13, 20)
_CELLS = {*range(_PACKED, _FORMULA_ERROR + 1), _RICH_TEXT}
# The number of a format that no workbook has.
_NO_FORMAT = b"\xff\xff\xff"

Record = tuple[int, int, bytes]


class XlsbCells:
    """The cells of a sheet's part, of which those after `most` are left as they are.

    `records` are those looked at, `before` those of the parts before it. Raises `UnreadableError` for a part
    that ends before its cells do, or has cells that the reader passes over, and for more records than any
    workbook has.
    """

    def __init__(self, part: bytes, most: int, before: int = 0) -> None:
        self.sheet = SheetCells()
        self._part, self._changed, self._end = part, dict[int, tuple[int, bytes]](), -1
        row = 0
        self.records = 0
        for at, kind, content in records_of(part):
            self.records += 1
            check_tags(before + self.records)
            if kind == _ROW:
                row = struct.unpack_from("<I", content)[0]
            elif kind == _END:
                self._end = at
                break
            elif kind in _SHORT_CELLS:
                raise UnreadableError(Reason.PARTLY)
            elif kind in _CELLS and len(self.sheet.cells) <= most:
                column = struct.unpack_from("<I", content)[0]
                self.sheet.cells.append(BinaryCell(at, row, column, column))
                made = self._made((row + 1, column + 1), kind, content)
                if made != (kind, content):
                    self._changed[at] = made
        if self._end < 0:
            raise UnreadableError(Reason.DAMAGED)

    def _made(self, place: tuple[int, int], kind: int, content: bytes) -> tuple[int, bytes]:
        """The record as the reader takes it, and takes it right; what is wrong in it is a problem."""
        if kind in (_PACKED, _NUMBER, _FORMULA_NUMBER):
            number = (
                _packed(content) if kind == _PACKED else struct.unpack_from("<d", content, 8)[0]
            )
            if not is_number(number):
                self.sheet.problems[place] = ERRORS[NO_NUMBER]
                return _ERROR, content[:8] + bytes([NO_NUMBER])
            if not is_plain(number):
                return kind, content[:4] + _NO_FORMAT + content[7:]
        elif kind in (_ERROR, _FORMULA_ERROR):
            error = content[8] if content[8] in ERRORS else UNKNOWN
            self.sheet.problems[place] = ERRORS[error]
            return _ERROR, content[:8] + bytes([error])
        elif kind == _RICH_TEXT:
            return _TEXT, content[:8] + content[9:]
        return kind, content

    def part(self) -> bytes:
        """The part with each record made what the reader takes, and the far cells moved."""
        moved = {cell.at: place for cell, place in self.sheet.moved.items()}
        if not self._changed and not moved:
            return self._part
        pieces: list[bytes] = []
        beside: list[bytes] = []
        done = 0
        for at in sorted({*self._changed, *moved}):
            kind, content, end = record_at(self._part, at)
            kind, content = self._changed.get(at, (kind, content))
            pieces.append(self._part[done:at])
            done = end
            if at in moved:
                row, column = moved[at]
                beside.append(_written(_ROW, struct.pack("<I", row) + bytes(13)))
                beside.append(_written(kind, struct.pack("<I", column) + content[4:]))
            else:
                pieces.append(_written(kind, content))
        return b"".join((*pieces, self._part[done : self._end], *beside, self._part[self._end :]))


def records_of(part: bytes) -> Iterator[Record]:
    """The place, number and content of each record (MS-XLSB 2.1.4)."""
    at = 0
    while at < len(part):
        kind, content, end = record_at(part, at)
        yield at, kind, content
        at = end


def record_at(part: bytes, at: int) -> tuple[int, bytes, int]:
    """The number and content of the record at a place, and where it ends."""
    kind, at = _number(part, at, 2)
    size, at = _number(part, at, 4)
    return kind, part[at : at + size], at + size


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


def _written(kind: int, content: bytes) -> bytes:
    """A record of one of the numbers below 128."""
    size = bytearray()
    left = len(content)
    while True:
        left, low = left >> 7, left & 0x7F
        size.append(low | (0x80 if left else 0))
        if not left:
            return bytes([kind, *size]) + content


def _packed(content: bytes) -> float:
    """A number in four bytes (RkNumber, MS-XLSB 2.5.122)."""
    whole = struct.unpack_from("<I", content, 8)[0]
    if whole & 2:
        number = float(struct.unpack_from("<i", content, 8)[0] >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, whole & ~3))
    return number / 100 if whole & 1 else number
