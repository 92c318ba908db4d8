"""Workbooks read as plain values, whatever program saved them: what a file is, and the way to its format.

A file is known by its content, never by its name. What is no workbook is refused as what it is.
"""

import re
from collections.abc import Callable, Set
from pathlib import Path

from excel_uppsikt.excel.compound import BOOK_NAMES, entries
from excel_uppsikt.excel.formats import ods, xls, xlsb, xlsx
from excel_uppsikt.excel.guard.limits import RECEIVED, Limits, check_size
from excel_uppsikt.excel.guard.refusal import FileKind, Reason, UnreadableError
from excel_uppsikt.excel.guard.zip_files import ZipDirectory, read_directory
from excel_uppsikt.excel.workbook import Workbook

__all__ = [
    "FileKind", "Reason", "UnreadableError", "file_bytes", "read_workbook", "read_workbook_bytes",
]  # fmt: skip

_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a compound file is by the names at its root, None for an .xls workbook. In a damaged file they are
# looked for as bytes, in the order in which they decide: an e-mail or a document may carry a whole
# workbook inside.
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
# Workbooks that are not read, by their beginnings; of old ones the first record gives the version.
_OTHER_FORMATS = (
    (re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00"), FileKind.OLD_EXCEL),
    (re.compile(rb"\0\0(?:\x1a\0|\x02\0[\x01\x02\x04\x06][\x04\x10])"), FileKind.LOTUS),
    (re.compile(rb"ID;P"), FileKind.SYLK),
    (
        re.compile(rb"\s*<\?xml\b.*?urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL),
        FileKind.EXCEL_XML,
    ),
    (
        re.compile(rb"\s*<\?xml\b.*?application/vnd\.oasis\.opendocument\.spreadsheet", re.DOTALL),
        FileKind.FLAT_OPENDOCUMENT,
    ),
)
_OFFICE_FOLDERS = (("word", FileKind.WORD), ("ppt", FileKind.POWERPOINT))
_APPLE = {"index/document.iwa", "index.zip"}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SNIFFED = 4_096


def read_workbook(path: Path, limits: Limits = RECEIVED) -> Workbook:
    """The workbook in a file.

    Raises:
        UnreadableError: For what is too large, busy, no workbook, or cannot or must not be read.
    """
    return read_workbook_bytes(file_bytes(path), limits)


def file_bytes(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        UnreadableError: For a file that is too large or busy.
    """
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(Reason.BUSY) from error


def read_workbook_bytes(
    data: bytes, limits: Limits = RECEIVED, without: Set[str] = frozenset()
) -> Workbook:
    """The workbook in the bytes.

    Of an .xlsx workbook's sheets with names in `without` the cells are found harmless and not read.

    Raises:
        UnreadableError: For what is too large, no workbook, or cannot or must not be read.
    """
    check_size(len(data))
    if data.startswith(_ZIP):
        directory = read_directory(data)
        read = _zip_format(directory)
        if read is xlsx.read:
            return xlsx.read(directory, limits, without)
        return read(directory, limits)
    if not data.startswith(_COMPOUND):
        top = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf")
        for pattern, kind in _OTHER_FORMATS:
            if pattern.match(top):
                raise UnreadableError(Reason.OTHER_FORMAT, kind=kind)
        raise UnreadableError(Reason.NOT_WORKBOOK, kind=_other(data))
    _check_compound(data)
    return xls.read(data, limits)


def _zip_format(directory: ZipDirectory) -> Callable[[ZipDirectory, Limits], Workbook]:
    """What reads a zip file, by the names of its entries; UnreadableError where it is no workbook."""
    entries = directory.entries
    folders = {name.partition("/")[0] for name in entries if "/" in name}
    if "[content_types].xml" in entries:
        if "xl/workbook.bin" in entries and "xl/workbook.xml" not in entries:
            return xlsb.read
        if "xl" in folders:
            return xlsx.read
        for folder, kind in _OFFICE_FOLDERS:
            if folder in folders:
                raise UnreadableError(Reason.NOT_WORKBOOK, kind=kind)
        if b"spreadsheetml" in directory.beginning("[content_types].xml", _SNIFFED):
            raise UnreadableError(Reason.OTHER_FORMAT, kind=FileKind.UNUSUAL)
    elif "xl" in folders:
        raise UnreadableError(Reason.DAMAGED)
    if not _APPLE.isdisjoint(entries):
        raise UnreadableError(Reason.OTHER_FORMAT, kind=FileKind.APPLE)
    return _opendocument(directory)


def _opendocument(directory: ZipDirectory) -> Callable[[ZipDirectory, Limits], Workbook]:
    """What reads a zip file that says what it is as OpenDocument files do."""
    mimetype = directory.beginning("mimetype", 100)
    if not mimetype:
        # The manifest says the same, where a program has packed the file anew.
        mimetype = directory.beginning("meta-inf/manifest.xml", _SNIFFED)
    if b"opendocument.spreadsheet" in mimetype:
        return ods.read
    is_text = b"opendocument.text" in mimetype
    raise UnreadableError(
        Reason.NOT_WORKBOOK, kind=FileKind.OPENDOCUMENT_TEXT if is_text else FileKind.ZIP
    )


def _check_compound(data: bytes) -> None:
    """Refuses a compound file that is no .xls workbook."""
    found = entries(data)
    at_root = [entry.name for entry in found if entry.at_root]
    if not any(e.name.casefold() in BOOK_NAMES and e.is_stream and e.at_root for e in found):
        _check_names(data, at_root)
        return
    if _ENCRYPTED_NAME in at_root:
        raise UnreadableError(Reason.ENCRYPTED)


def _check_names(data: bytes, at_root: list[str]) -> None:
    """Refuses a compound file without a workbook at its root; one whose root is lost may be a workbook."""
    if _ENCRYPTED_NAME.encode("utf-16-le") in data:
        raise UnreadableError(Reason.ENCRYPTED)
    for name, kind in _COMPOUND_NAMES:
        if any(found.startswith(name) for found in at_root) and kind is not None:
            raise UnreadableError(Reason.NOT_WORKBOOK, kind=kind)
    for name, kind in () if at_root else _COMPOUND_NAMES:
        if name.encode("utf-16-le") in data:
            if kind is not None:
                raise UnreadableError(Reason.NOT_WORKBOOK, kind=kind)
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
