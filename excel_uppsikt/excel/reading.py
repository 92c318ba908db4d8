"""Workbooks read as plain values, whatever program saved them; nothing else gets past the door."""

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from excel_uppsikt.excel.binary import Told, xls_book, xlsb_sheets
from excel_uppsikt.excel.guard import archive
from excel_uppsikt.excel.guard.archive import Archive
from excel_uppsikt.excel.guard.limits import (
    RECEIVED,
    Limits,
    check_name,
    check_sheets,
    check_size,
)
from excel_uppsikt.excel.guard.probe import probe
from excel_uppsikt.excel.guard.refusal import FileKind, Reason, UnreadableError
from excel_uppsikt.excel.notes import notes_by_sheet
from excel_uppsikt.excel.trees import local_name
from excel_uppsikt.excel.workbook import Cells, Sheet, Workbook

__all__ = [
    "FileKind", "Reason", "UnreadableError", "file_bytes", "read_workbook", "read_workbook_bytes",
]  # fmt: skip


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a compound file is by the names in it, None for an .xls workbook. They are looked for as bytes, so
# that a damaged file too is known for what it is, and in the order in which they decide: an e-mail or a
# document may carry a whole workbook inside.
_COMPOUND_NAMES: tuple[tuple[str, FileKind | None], ...] = (
    ("__substg1.0_", FileKind.OUTLOOK),
    ("ObjectPool", FileKind.WORD),
    ("Workbook", None),
    ("WordDocument", FileKind.WORD),
    ("PowerPoint Document", FileKind.POWERPOINT),
    ("Book", None),
)
# How Office stores a workbook or document with a password (MS-OFFCRYPTO 2.3.4.4).
_ENCRYPTED_NAME = "EncryptedPackage"
_XLS_PASSWORD = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00.\x00", re.DOTALL
)
_MAGIC = (
    (re.compile(rb"%PDF"), FileKind.PDF),
    (
        re.compile(
            rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP"
            rb"|.{4}ftyp(?:hei[cx]|hev[cx]|mif1|msf1|avif)",
            re.DOTALL,
        ),
        FileKind.IMAGE,
    ),
    (re.compile(rb"\{\\rtf"), FileKind.RTF),
    (
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE),
        FileKind.WEB_PAGE,
    ),
    (re.compile(rb"\s*<\?xml\b"), FileKind.XML),
    (
        re.compile(
            rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,40}?"
            rb"(?:From|Received|MIME-Version|Subject):\s",
            re.IGNORECASE,
        ),
        FileKind.MAIL,
    ),
)  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SNIFFED = 4_096


def read_workbook(path: Path, limits: Limits = RECEIVED) -> Workbook:
    """The workbook in a file, or UnreadableError with what the file is instead."""
    return read_workbook_bytes(file_bytes(path), limits)


def file_bytes(path: Path) -> bytes:
    """A file's bytes, or UnreadableError when it is too large or busy."""
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(Reason.BUSY) from error


def read_workbook_bytes(data: bytes, limits: Limits = RECEIVED) -> Workbook:
    """The workbook in the bytes, told by content; UnreadableError for everything else."""
    check_size(len(data))
    if not data.startswith(b"PK"):
        _check_xls(data)
        probe(data, limits)
        return Workbook(_sheets(data, {}, xls_book(data), limits), {}, None)
    checked = archive.check(data, limits)
    packed = checked.packed()
    if checked.kind == "xlsb":
        probe(packed, limits)
    parts = checked.trees.sheet_parts() if checked.kind == "xlsx" else {}
    told = Told(_since_1904(checked), notes_by_sheet(checked, parts))
    sheets = _sheets(packed, _problems(checked, parts), told, limits)
    if checked.kind == "ods":
        return Workbook(sheets, _ods_properties(checked), _saved(checked, "meta.xml", "date"))
    return Workbook(sheets, _properties(checked), _saved(checked, "docprops/core.xml", "modified"))


def _check_xls(data: bytes) -> None:
    if not data.startswith(_OLE):
        raise UnreadableError(Reason.NOT_WORKBOOK, kind=_other(data))
    if _ENCRYPTED_NAME.encode("utf-16-le") in data:
        raise UnreadableError(Reason.ENCRYPTED)
    for name, kind in _COMPOUND_NAMES:
        if name.encode("utf-16-le") in data:
            if kind is not None:
                raise UnreadableError(Reason.NOT_WORKBOOK, kind=kind)
            if _XLS_PASSWORD.search(data):
                raise UnreadableError(Reason.ENCRYPTED)
            return
    raise UnreadableError(Reason.NOT_WORKBOOK, kind=FileKind.UNKNOWN)


def _other(data: bytes) -> FileKind:
    """What a file that is neither a zip nor a compound file is."""
    if not data.strip():
        return FileKind.EMPTY
    top = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf")
    for pattern, kind in _MAGIC:
        if pattern.match(top):
            return kind
    if top.startswith((b"\xff\xfe", b"\xfe\xff")) or not _CONTROL.search(top):
        return FileKind.TEXT
    return FileKind.UNKNOWN


def _sheets(
    data: bytes, problems: Mapping[str, Cells], told: Told, limits: Limits
) -> tuple[Sheet, ...]:
    # In an .xls workbook thousands of notes can share one text, which is then told of each.
    limits.check_text(sum(len(text) for notes in told.notes.values() for text in notes.values()))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets: list[Sheet] = []
        area = 0
        check_sheets(len(book.sheet_names))
        for meta in book.sheets_metadata:
            check_name(meta.name)
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            area += sheet.total_height * sheet.total_width
            limits.check_area(area)
            rows = tuple(map(tuple, sheet.to_python(skip_empty_area=False)))
            visible = meta.visible == SheetVisibleEnum.Visible
            broken, notes = problems.get(meta.name, {}), told.notes.get(meta.name, {})
            sheets.append(Sheet(meta.name, visible, rows, broken, notes, told.since_1904))
        if not sheets:
            # Every workbook has a sheet; one without has lost the part that names them.
            raise UnreadableError(Reason.DAMAGED)
        return tuple(sheets)
    except UnreadableError:
        raise
    except BaseException as error:
        # A panic in the reader is a BaseException whose class cannot be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise UnreadableError(Reason.DAMAGED) from error
        raise


def _problems(checked: Archive, sheet_parts: Mapping[str, str]) -> dict[str, Cells]:
    """The problem cells of each sheet by its name."""
    return {
        name: checked.problems[part]
        for name, part in sheet_parts.items()
        if checked.problems.get(part)
    }


def _since_1904(checked: Archive) -> bool:
    """Whether the workbook counts days from 1904, as Excel on a Mac once did."""
    if checked.kind == "xlsb":
        return xlsb_sheets(checked.parts.get("xl/workbook.bin", b""))[0]
    if checked.kind == "ods":
        return b'<table:null-date table:date-value="1904' in checked.parts.get("content.xml", b"")
    if b"1904" not in checked.parts.get("xl/workbook.xml", b""):
        return False
    properties = (
        e for e in checked.trees.elements("xl/workbook.xml") if local_name(e.tag) == "workbookPr"
    )
    return any(element.get("date1904", "0") in ("1", "true") for element in properties)


def _properties(checked: Archive) -> dict[str, str]:
    return {
        element.get("name", ""): "".join(element.itertext())
        for element in checked.trees.outermost("docprops/custom.xml", "property")
    }


def _ods_properties(checked: Archive) -> dict[str, str]:
    return {
        next((value for key, value in element.items() if local_name(key) == "name"), ""): "".join(
            element.itertext()
        )
        for element in checked.trees.outermost("meta.xml", "user-defined")
    }


def _saved(checked: Archive, part: str, name: str) -> datetime | None:
    for element in checked.trees.elements(part):
        if local_name(element.tag) == name:
            try:
                moment = datetime.fromisoformat((element.text or "").strip())
                # A time without a zone is UTC in .xlsx, but the sender's own clock in .ods.
                if moment.tzinfo is None and checked.kind != "ods":
                    return moment
                return moment.astimezone(UTC).replace(tzinfo=None)
            except (ValueError, OverflowError, OSError):
                return None
    return None
