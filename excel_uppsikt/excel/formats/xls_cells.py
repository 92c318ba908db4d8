"""The cells of an .xls workbook's stream, made such that the reader takes them all (MS-XLS 2.4).

A number that cannot be the time its format says costs the reader the whole workbook, and so does an error
value that it does not know.
"""

import struct
from collections.abc import Iterator, Sequence

from excel_uppsikt.excel.formats.binary_cells import (
    ERRORS,
    NO_NUMBER,
    UNKNOWN,
    BinaryCell,
    SheetCells,
    is_number,
    is_plain,
    move_far,
)
from excel_uppsikt.excel.guard.limits import Limits, check_tags
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError

# No record has the number 0: that is a stretch of the file that has been lost.
_LOST, _EOF, _BOF = 0, 0x0A, 0x809
# How a sheet begins, and what it says where not a sheet but the workbook itself does, or a worksheet.
_SHEET_BEGINS, _BOOK_BEGINS, _CELLS_BEGIN = b"\x09\x08", b"\x05\x00", b"\x10\x00"
# Formula, RString, BoolErr, Number, Label, LabelSst, RK, and MulRk, whose cells stand side by side.
_FORMULA, _RICH, _BOOL_OR_ERROR, _NUMBER = 0x06, 0xD6, 0x205, 0x203
_LABEL, _SHARED, _PACKED, _MANY_PACKED = 0x204, 0xFD, 0x27E, 0xBD
_CELLS = {_FORMULA, _RICH, _BOOL_OR_ERROR, _NUMBER, _LABEL, _SHARED, _PACKED, _MANY_PACKED}
# How many bytes a cell's record has at least; with fewer the reader refuses it.
_SHORTEST = {
    _FORMULA: 20,
    _BOOL_OR_ERROR: 8,
    _NUMBER: 14,
    _SHARED: 10,
    _PACKED: 10,
    _MANY_PACKED: 12,
}
# A number of a format that no workbook has.
_NO_FORMAT = b"\xff\xff"


class XlsCells:
    """The cells of the worksheets that begin at these places of a workbook's stream.

    `texts` is how many of the shared texts the cells need. Raises `UnreadableError` for a sheet that does not
    begin or end where it should: of that no part could be told from an empty sheet.
    """

    def __init__(self, stream: bytes, starts: Sequence[int], limits: Limits) -> None:
        self.stream = bytearray(stream)
        self.sheets: list[SheetCells] = []
        self.texts = 0
        left = limits.values
        _check_all_named(stream, starts)
        records = _Records(stream)
        for start in starts:
            sheet = SheetCells()
            self.sheets.append(sheet)
            for kind, at, size in records.of_sheet(start):
                if kind in _CELLS and _SHORTEST.get(kind, 6) <= size <= len(stream) - at:
                    sheet.cells.append(self._cell(sheet, kind, at, size))
                    if kind == _SHARED:
                        shared = struct.unpack_from("<I", stream, at + 6)[0]
                        self.texts = max(self.texts, shared + 1)
                    left -= 1
                    if left < 0:
                        # It is refused when it is counted.
                        return
        move_far(self.sheets, limits)
        for sheet in self.sheets:
            for cell, place in sheet.moved.items():
                self._place(cell, *place)

    def _cell(self, sheet: SheetCells, kind: int, at: int, size: int) -> BinaryCell:
        row, first = struct.unpack_from("<HH", self.stream, at)
        last = first
        place = row + 1, first + 1
        if kind == _NUMBER:
            number = struct.unpack_from("<d", self.stream, at + 6)[0]
            if not is_number(number):
                # As an error value of its own, in the record that is longer than such a one.
                struct.pack_into("<H", self.stream, at - 4, _BOOL_OR_ERROR)
                self.stream[at + 6 : at + 8] = bytes((NO_NUMBER, 1))
                sheet.problems[place] = ERRORS[NO_NUMBER]
            elif not is_plain(number):
                self.stream[at + 4 : at + 6] = _NO_FORMAT
        elif kind == _FORMULA:
            self._formula(sheet, place, at)
        elif kind == _BOOL_OR_ERROR:
            if self.stream[at + 7] == 1:
                self._error(sheet, place, at + 6)
        elif kind == _PACKED:
            self._packed(at + 4)
        elif kind == _MANY_PACKED:
            last = first + (size - 6) // 6 - 1
            for number_at in range(at + 4, at + size - 7, 6):
                self._packed(number_at)
        return BinaryCell(at, row, first, last)

    def _formula(self, sheet: SheetCells, place: tuple[int, int], at: int) -> None:
        if self.stream[at + 12 : at + 14] == b"\xff\xff":
            if self.stream[at + 6] == 2:
                self._error(sheet, place, at + 8)
            return
        number = struct.unpack_from("<d", self.stream, at + 6)[0]
        if not is_number(number):
            self.stream[at + 6 : at + 14] = bytes((2, 0, NO_NUMBER, 0, 0, 0, 0xFF, 0xFF))
            sheet.problems[place] = ERRORS[NO_NUMBER]
        elif not is_plain(number):
            self.stream[at + 4 : at + 6] = _NO_FORMAT

    def _error(self, sheet: SheetCells, place: tuple[int, int], at: int) -> None:
        if self.stream[at] not in ERRORS:
            self.stream[at] = UNKNOWN
        sheet.problems[place] = ERRORS[self.stream[at]]

    def _packed(self, at: int) -> None:
        """Takes the format from a number in four bytes (RkRec, MS-XLS 2.5.218) that is no time."""
        whole = struct.unpack_from("<I", self.stream, at + 2)[0]
        if whole & 2:
            number = float(struct.unpack_from("<i", self.stream, at + 2)[0] >> 2)
        else:
            number = struct.unpack("<d", struct.pack("<II", 0, whole & ~3))[0]
        if not is_plain(number / 100 if whole & 1 else number):
            self.stream[at : at + 2] = _NO_FORMAT

    def _place(self, cell: BinaryCell, row: int, column: int) -> None:
        struct.pack_into("<HH", self.stream, cell.at, row, column)
        if cell.last > cell.first:
            count = cell.last - cell.first + 1
            struct.pack_into("<H", self.stream, cell.at + 4 + 6 * count, column + count - 1)


def _check_all_named(stream: bytes, starts: Sequence[int]) -> None:
    """Refuses cells of a worksheet that is not named as one, which the reader would pass over."""
    at = depth = count = 0
    known, passed_over = set(starts), False
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        count += 1
        check_tags(count)
        if kind == _BOF:
            if depth == 0:
                passed_over = at not in known and stream[at + 6 : at + 8] == _CELLS_BEGIN
            depth += 1
        elif depth == 0:
            # After the last sheet a file may be filled with anything.
            return
        elif kind == _EOF:
            depth -= 1
        elif passed_over and depth == 1 and kind in _CELLS:
            raise UnreadableError(Reason.DAMAGED)
        at += 4 + size


class _Records:
    """The records of a workbook's sheets. Sheets do not overlap, so there are no more than fit in it."""

    def __init__(self, stream: bytes) -> None:
        self._stream, self._left, self._count = stream, len(stream), 0

    def of_sheet(self, at: int) -> Iterator[tuple[int, int, int]]:
        """The number, place and size of each record of a sheet, what is drawn inside it left out."""
        stream, depth = self._stream, 0
        if (
            at == 0
            or stream[at : at + 2] != _SHEET_BEGINS
            or stream[at + 6 : at + 8] == _BOOK_BEGINS
        ):
            raise UnreadableError(Reason.DAMAGED)
        while at + 4 <= len(stream) and self._left > 0:
            kind, size = struct.unpack_from("<HH", stream, at)
            self._left -= 4 + size
            self._count += 1
            check_tags(self._count)
            if kind == _LOST:
                break
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth == 0:
                    return
            elif depth == 1:
                yield kind, at + 4, size
            at += 4 + size
        raise UnreadableError(Reason.DAMAGED)
