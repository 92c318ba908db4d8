"""Workbooks of the format .xlsx, transitional and strict (ECMA-376), from bytes to values."""

import re
from collections.abc import Mapping, Set
from html import escape

from excel_uppsikt.excel.formats.sheets import BookDetails, read_sheets
from excel_uppsikt.excel.guard.archive import Archive, check
from excel_uppsikt.excel.guard.limits import RECEIVED, Limits
from excel_uppsikt.excel.guard.parts import SHARED_TEXTS, scan_for_xml
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.scan import PartScan
from excel_uppsikt.excel.guard.sheet_scan import SharedTextScan, SheetScan
from excel_uppsikt.excel.guard.zip_files import ZipDirectory
from excel_uppsikt.excel.notes import related_notes, xml_comments
from excel_uppsikt.excel.properties import custom_properties, last_modified
from excel_uppsikt.excel.trees import local_name, plain_targets
from excel_uppsikt.excel.workbook import Cells, Sheet, Workbook

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
# Excel's largest number that is still a day is far less, and the reader fails at a thousand million.
_MOST_DAYS = 100_000_000
# A cell with a number in it, of a formula or not.
_NUMBER = re.compile(
    rb"(<(?:\w+:)?c)(\s[^<>]*+)(>(?:<(?:\w+:)?f(?:\s[^<>]*+)?>(?:[^<]*+</(?:\w+:)?f>)?)?<(?:\w+:)?v>)([^<]*+)(?=</)"
)
_KIND = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
# The error values that calamine knows, and the mark of a formula without a saved value.
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "="}
# An error's cell up to its value, and the value. No part of it is looked for twice: a comment may hold
# the beginnings of a million cells.
_ERROR = re.compile(
    rb"""(<(?:\w+:)?c\s(?>[^<>]*?\bt=["']e["'])[^<>]*+>(?:[^<]|<(?!(?:\w+:)?[cv][\s/>]))*+<(?:\w+:)?v>)"""
    rb"([^<]*)"
)


def read(directory: ZipDirectory, limits: Limits, without: Set[str] = frozenset()) -> Workbook:
    """The workbook in a zip file; sheets with names in `without` have no rows.

    Raises:
        UnreadableError: For whatever cannot or must not be read.
    """
    archive = check_archive(directory, limits)
    changed = {_RELATIONS: plain_targets(archive.parts.get(_RELATIONS, b""))}
    changed |= _with_known_errors(archive)
    sheet_parts = archive.trees.sheet_parts()
    details = BookDetails(
        _since_1904(archive),
        related_notes(archive, sheet_parts, xml_comments),
        _problems_by_sheet(archive, sheet_parts),
        _far_by_sheet(archive, sheet_parts),
    )
    sheets = _read_sheets(archive, changed, details, limits, without)
    names = {sheet.name for sheet in sheets}
    _check_all_read(archive, sheet_parts, names)
    charts = tuple(name for name in sheet_parts if name not in names)
    return Workbook(sheets, custom_properties(archive.trees), last_modified(archive.trees), charts)


def _read_sheets(
    archive: Archive,
    changed: dict[str, bytes],
    details: BookDetails,
    limits: Limits,
    without: Set[str],
) -> tuple[Sheet, ...]:
    try:
        return read_sheets(archive.packed(changed), details, limits, without)
    except UnreadableError as error:
        if error.reason is not Reason.DAMAGED:
            raise
        refusal = error
    # A number in a duration's format may be more than time has; as a text it costs only its own cell.
    parts = {name: changed.get(name, content) for name, content in archive.parts.items()}
    texts = {
        name: _NUMBER.sub(_number_as_text, content)
        for name, content in parts.items()
        if b"sheetData" in content
    }
    if all(parts[name] == content for name, content in texts.items()):
        raise refusal
    return read_sheets(archive.packed(changed | texts), details, limits, without)


def _number_as_text(cell: re.Match[bytes]) -> bytes:
    kind = _KIND.search(cell[2])
    try:
        small = abs(float(cell[4])) < _MOST_DAYS
    except ValueError:
        small = True
    if small or (kind is not None and kind[1] != b"n"):
        return cell[0]
    return b"".join((cell[1], _KIND.sub(b"", cell[2]), b' t="str"', cell[3], cell[4]))


def _check_all_read(archive: Archive, sheet_parts: Mapping[str, str], read: Set[str]) -> None:
    """Refuses a workbook with a sheet whose cells are not there, or that was not read though they are."""
    for name, part in sheet_parts.items():
        content = archive.parts.get(part, b"")
        cells = b"sheetData" in content
        if (name in read and not cells) or (
            name not in read and cells and _WORKSHEET.search(content)
        ):
            raise UnreadableError(Reason.DAMAGED)


def check_archive(
    directory: ZipDirectory, limits: Limits = RECEIVED, parts: Mapping[str, bytes] | None = None
) -> Archive:
    """The checked parts of the workbook; `parts` are those of the directory where they have been unpacked.

    Raises:
        UnreadableError: For whatever should not reach the reader.
    """
    return check(directory, parts or directory.unpack(limits), scan_for, limits)


def scan_for(name: str, content: bytes) -> type[PartScan] | None:
    """The scan that a part needs, by its lower-case name and content; None where it is no XML."""
    if name == SHARED_TEXTS:
        return SharedTextScan
    # calamine finds sheets by the workbook's relations, whatever their names are.
    if b"sheetData" in content or name.startswith("xl/worksheets/sheet"):
        return SheetScan
    return scan_for_xml(name, content)


def _with_known_errors(archive: Archive) -> dict[str, bytes]:
    """The sheets with error values that calamine does not know, as `#SPILL!`, made into one it does.

    It would refuse the whole file for one of them. What really stood there is among the problems.
    """
    changed: dict[str, bytes] = {}
    for part, problems in archive.problems.items():
        unknown = {escape(word, quote=False).encode() for word in set(problems.values()) - _ERRORS}
        if unknown:
            changed[part] = _replaced(archive.parts[part], unknown)
    return changed


def _replaced(sheet: bytes, unknown: set[bytes]) -> bytes:
    return _ERROR.sub(lambda e: b"%b#N/A" % e[1] if e[2].strip() in unknown else e[0], sheet)


def _problems_by_sheet(archive: Archive, sheet_parts: Mapping[str, str]) -> dict[str, Cells]:
    return {
        name: archive.problems[part]
        for name, part in sheet_parts.items()
        if archive.problems.get(part)
    }


def _far_by_sheet(archive: Archive, sheet_parts: Mapping[str, str]) -> dict[str, Cells]:
    """The texts of the cells far outside any form."""
    found = {
        name: archive.far[part][""] for name, part in sheet_parts.items() if part in archive.far
    }
    shared: list[str] = []
    if any(cell.shared is not None for cells in found.values() for cell in cells.values()):
        shared = [
            "".join(e.text or "" for e in text.iter() if local_name(e.tag) == "t")
            for text in archive.trees.outermost(SHARED_TEXTS, "si")
        ]
    texts = {
        name: {
            place: cell.text
            if cell.shared is None
            else "".join(shared[cell.shared : cell.shared + 1])
            for place, cell in cells.items()
        }
        for name, cells in found.items()
    }
    return {
        name: {place: text for place, text in cells.items() if text.strip()}
        for name, cells in texts.items()
    }


def _since_1904(archive: Archive) -> bool:
    """Whether the workbook counts days from 1904, as Excel on a Mac once did."""
    if b"1904" not in archive.parts.get(_BOOK, b""):
        return False
    properties = (e for e in archive.trees.elements(_BOOK) if local_name(e.tag) == "workbookPr")
    return any(element.get("date1904", "0") in ("1", "true") for element in properties)
