"""Workbooks of the format .xlsb (MS-XLSB), whose sheets are binary parts in a zip file, from bytes to values.

calamine gives their cells and nothing else. Notes that cannot be followed are left out rather than
the workbook refused, since the cells have been read all the same.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping

from excel_uppsikt.excel.formats.binary_cells import check_sheets, move_far, with_places
from excel_uppsikt.excel.formats.sheets import BookDetails, read_sheets
from excel_uppsikt.excel.formats.xlsb_cells import XlsbCells, records_of
from excel_uppsikt.excel.guard.archive import Archive, check
from excel_uppsikt.excel.guard.limits import Limits
from excel_uppsikt.excel.guard.parts import scan_for_xml
from excel_uppsikt.excel.guard.probe import probe
from excel_uppsikt.excel.guard.refusal import others_as_damaged
from excel_uppsikt.excel.guard.zip_files import ZipDirectory
from excel_uppsikt.excel.notes import Place, related_notes, xml_comments
from excel_uppsikt.excel.properties import custom_properties, last_modified
from excel_uppsikt.excel.trees import plain_targets
from excel_uppsikt.excel.workbook import Workbook

_BOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
# Where the reader knows a sheet by its place to be one with cells.
_SHEETS = "xl/worksheets/"
# Records by their numbers: BrtWbProp, BrtBundleSh, BrtBeginComment, BrtCommentText (MS-XLSB 2.3).
_BOOK_PROPERTIES, _BUNDLED_SHEET, _BEGIN_COMMENT, _COMMENT_TEXT = 153, 156, 635, 637
# What a record cut short or damaged raises.
_BROKEN = (struct.error, LookupError)


def read(directory: ZipDirectory, limits: Limits) -> Workbook:
    """The workbook in a zip file.

    Raises:
        UnreadableError: For whatever cannot or must not be read.
    """
    archive = check(directory, directory.unpack(limits), scan_for_xml, limits)
    since_1904, named = read_book_part(archive.parts.get(_BOOK, b""))
    parts = _parts(archive, named)
    cells = _cells(archive, parts, limits)
    packed = archive.packed(
        {
            _RELATIONS: plain_targets(archive.parts.get(_RELATIONS, b"")),
            **{part: of_part.part() for part, of_part in cells.items()},
        }
    )
    probe(packed, limits)
    details = BookDetails(since_1904, related_notes(archive, parts, _comments))
    sheets = tuple(
        with_places(sheet, cells[parts[sheet.name]].sheet)
        if parts.get(sheet.name) in cells
        else sheet
        for sheet in read_sheets(packed, details, limits)
    )
    check_sheets(sheets, limits)
    return Workbook(sheets, custom_properties(archive.trees), last_modified(archive.trees))


@others_as_damaged()
def _cells(archive: Archive, parts: Mapping[str, str], limits: Limits) -> dict[str, XlsbCells]:
    """The cells of each sheet's part, the far ones moved."""
    cells: dict[str, XlsbCells] = {}
    records = 0
    for part in parts.values():
        if part.startswith(_SHEETS) and part not in cells:
            cells[part] = XlsbCells(archive.parts.get(part, b""), limits.values, records)
            records += cells[part].records
    move_far([of_part.sheet for of_part in cells.values()], limits)
    return cells


def _parts(archive: Archive, sheets: dict[str, str]) -> dict[str, str]:
    """The part of each sheet by its name, given its relation's id by name."""
    targets = archive.trees.related(_BOOK)
    return {name: targets[link][1] for name, link in sheets.items() if link in targets}


def _comments(archive: Archive, part: str) -> Iterable[tuple[Place, str]]:
    if part.endswith(".bin"):
        return read_comments(archive.parts.get(part, b""))
    return xml_comments(archive, part)


def read_book_part(part: bytes) -> tuple[bool, dict[str, str]]:
    """Whether the workbook's days count from 1904, and the relation's id of each sheet by its name.

    From a part cut short or damaged it gives what stands before the damage.
    """
    since_1904 = False
    sheets: dict[str, str] = {}
    try:
        for _, kind, content in records_of(part):
            if kind == _BOOK_PROPERTIES:
                since_1904 = bool(content[0] & 1)
            elif kind == _BUNDLED_SHEET:
                relation, at = _text(content, 8)
                name, _ = _text(content, at)
                sheets[name] = relation
    except _BROKEN:
        return since_1904, sheets
    return since_1904, sheets


def read_comments(part: bytes) -> Iterator[tuple[Place, str]]:
    """The place (1-based) and text of each note in a part of comments.

    From a part cut short or damaged it gives those that stand before the damage.
    """
    place = 1, 1
    try:
        for _, kind, content in records_of(part):
            if kind == _BEGIN_COMMENT:
                row, _, column = struct.unpack_from("<III", content, 4)
                place = row + 1, column + 1
            elif kind == _COMMENT_TEXT:
                yield place, _text(content, 1)[0]
    except _BROKEN:
        return


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", content, at)[0]
    return content[at + 4 : end].decode("utf-16-le", "replace"), end
