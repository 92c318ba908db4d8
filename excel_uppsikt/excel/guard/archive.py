"""The safety check of zipped workbooks: what is handed on to the reader has all been looked at.

A file of a kilobyte can make the reader ask for hundreds of gigabytes and take the whole program
with it, so every limit here is checked before the reader sees the file.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from zlib_ng import zlib_ng as zlib

from excel_uppsikt.excel.guard.limits import MAX_PARTS, RECEIVED, Limits
from excel_uppsikt.excel.guard.ods_scan import OdsScan
from excel_uppsikt.excel.guard.parts import SHARED_TEXTS, ScanFor, check_parts, scan_for_xml
from excel_uppsikt.excel.guard.refusal import FileKind, Reason, UnreadableError
from excel_uppsikt.excel.guard.scan import PartScan
from excel_uppsikt.excel.guard.sheet_scan import SharedTextScan, SheetScan
from excel_uppsikt.excel.trees import Trees

# A local header up to its name: the mark, then the flags, then the lengths of the name and of what
# follows it.
_HEADER, _ENTRY, _UTF8_NAME = struct.Struct("<4s2xH18xHH"), b"PK\x03\x04", 0x800
_SMALL = 10_000_000
# The error values that the reader knows, and the mark of a formula without a saved value.
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "="}
_CENTRAL_ENTRY = b"PK\x01\x02"
# An error's cell up to its value, and the value. No part of it is looked for twice: a comment may hold
# the beginnings of a million cells.
_ERROR = re.compile(
    rb"""(<(?:\w+:)?c\s(?>[^<>]*?\bt=["']e["'])[^<>]*+>(?:[^<]|<(?!(?:\w+:)?[cv][\s/>]))*+<(?:\w+:)?v>)"""
    rb"([^<]*)"
)
ZipKind = Literal["xlsx", "xlsb", "ods"]
_ODS_PARTS = {"mimetype", "content.xml", "meta.xml", "meta-inf/manifest.xml"}


@dataclass(frozen=True, slots=True)
class Archive:
    """A checked file: its parts and their own names by lower-case name, and error cells by part.

    A sheet may be without rows where nothing stands. `trees` reads the other parts.
    """

    kind: ZipKind
    parts: Mapping[str, bytes]
    names: Mapping[str, str]
    problems: Mapping[str, Mapping[tuple[int, int], str]]
    trees: Trees

    def packed(self) -> bytes:
        """A plain zip of the checked parts.

        Two zip readers can disagree on what a crafted file holds; after this they cannot.
        """
        return stored(
            (self.names[name], _known_errors(content, self.problems.get(name, {})))
            for name, content in self.parts.items()
        )


def _known_errors(content: bytes, problems: Mapping[tuple[int, int], str]) -> bytes:
    """The sheet with error values that the reader does not know, as `#SPILL!`, made into one it does.

    It would refuse the whole file for one of them. What really stood there is among the problems.
    """
    unknown = {escape(word).encode() for word in set(problems.values()) - _ERRORS}
    if not unknown:
        return content
    return _ERROR.sub(lambda e: b"%b#N/A" % e[1] if e[2].strip() in unknown else e[0], content)


class _Counted(io.BytesIO):
    """A zip file's bytes, where no more entries are read at a time than a workbook has parts.

    zipfile reads the directory in one step, and makes an object of each entry in it. Elsewhere such
    entries may stand too, as those of workbooks that are in a zip file as they are.
    """

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes."""
        content = super().read(size)
        if content.count(_CENTRAL_ENTRY) > MAX_PARTS:
            raise UnreadableError(Reason.TOO_LARGE, f"fler än {MAX_PARTS} delar")
        return content


def check(data: bytes, limits: Limits = RECEIVED) -> Archive:
    """The archive in the bytes, or UnreadableError for whatever should not reach the reader."""
    try:
        return _check(data, limits)
    except UnreadableError:
        raise
    # zipfile and zlib raise a dozen kinds of exceptions for broken files, struct.error among them.
    except Exception as error:
        raise UnreadableError(Reason.DAMAGED) from error


def _check(data: bytes, limits: Limits) -> Archive:
    with zipfile.ZipFile(_Counted(data)) as source:
        entries = {_plain(entry.filename): entry for entry in source.infolist()}
        kind = _kind(source, entries)
        if len(entries) != len(source.infolist()):
            raise UnreadableError(Reason.HOSTILE, "två delar med samma namn")
        if any(entry.flag_bits & 1 for entry in entries.values()):
            raise UnreadableError(Reason.ENCRYPTED)
        wanted = {
            name: entry
            for name, entry in entries.items()
            if not name.endswith("/") and (kind != "ods" or name in _ODS_PARTS)
        }
        parts = _unpacked(data, wanted, limits)
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise UnreadableError(Reason.ENCRYPTED)
    names = {name: entry.filename for name, entry in wanted.items()}
    checked = check_parts(parts, _SCANS[kind], limits)
    return Archive(kind, {**parts, **checked.filled}, names, checked.problems, Trees(parts))


def _plain(name: str) -> str:
    # The reader looks names up without regard to case.
    return name.replace("\\", "/").lower()


def _kind(source: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> ZipKind:
    if "[content_types].xml" in entries:
        if "xl/workbook.bin" in entries and "xl/workbook.xml" not in entries:
            return "xlsb"
        if any(name.startswith("xl/") for name in entries):
            return "xlsx"
        if any(name.startswith("word/") for name in entries):
            raise UnreadableError(Reason.NOT_WORKBOOK, kind=FileKind.WORD)
        if any(name.startswith("ppt/") for name in entries):
            raise UnreadableError(Reason.NOT_WORKBOOK, kind=FileKind.POWERPOINT)
    if "mimetype" in entries:
        with source.open(entries["mimetype"]) as stream:
            mimetype = stream.read(100)
        if b"opendocument.spreadsheet" in mimetype:
            return "ods"
        if b"opendocument.text" in mimetype:
            raise UnreadableError(Reason.NOT_WORKBOOK, kind=FileKind.OPENDOCUMENT_TEXT)
    raise UnreadableError(Reason.NOT_WORKBOOK, kind=FileKind.ZIP)


def _unpacked(
    data: bytes, entries: Mapping[str, zipfile.ZipInfo], limits: Limits
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    size = 0
    ends = entry_ends(entries.values(), len(data))
    for name, entry in entries.items():
        parts[name] = read_entry(data, entry, ends[entry.header_offset], size, limits)
        size += len(parts[name])
    return parts


def entry_ends(entries: Iterable[zipfile.ZipInfo], end: int) -> dict[int, int]:
    """Where each entry has ended at the latest, by where it begins: at the next one, or in the end.

    A few bytes of a directory can claim the same megabytes over and over; each would take its time.
    """
    ends: dict[int, int] = {}
    for begin in sorted((entry.header_offset for entry in entries), reverse=True):
        ends[begin] = end
        end = begin
    return ends


def read_entry(
    data: bytes, entry: zipfile.ZipInfo, end: int, before: int, limits: Limits = RECEIVED
) -> bytes:
    """A part's bytes from a zip file's, read no further than to `end` and unpacked no more than it may.

    Raises UnreadableError for a part that is too much together with so many bytes `before` it, an
    enormous one, or a damaged one, and zlib.error or struct.error for other damage. zipfile does the
    same in four times as many steps.
    """
    left = max(0, limits.unpacked - before)
    mark, flags, length, extra = _HEADER.unpack_from(data, entry.header_offset)
    name = entry.header_offset + _HEADER.size
    begin = name + length + extra
    # Other methods are not part of the formats, and bzip2 unpacks without a limit.
    if mark != _ENTRY or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError(Reason.DAMAGED)
    # Under a damaged name a part is looked for in vain, and notes would be lost in silence.
    encoding = "utf-8" if flags & _UTF8_NAME else "cp437"
    if data[name : name + length].decode(encoding) != entry.orig_filename:
        raise UnreadableError(Reason.DAMAGED)
    packed = data[begin : min(begin + entry.compress_size, end)]
    # Small parts of nothing but repetition are normal.
    most = max(_SMALL, len(packed) * limits.ratio)
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    else:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacking.decompress(packed, min(most, left, entry.file_size) + 1)
    if len(content) > most:
        raise UnreadableError(Reason.HOSTILE, "en zip-bomb")
    limits.check_unpacked(before + len(content))
    if len(content) > entry.file_size or zlib.crc32(content) != entry.CRC:
        raise UnreadableError(Reason.DAMAGED)
    return content


def stored(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of the parts by name, none of them compressed.

    It is the same bytes for the same parts: each is dated 1980-01-01, where the format's time begins.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in parts:
            target.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def scan_for_xlsx(name: str, content: bytes) -> type[PartScan] | None:
    """The scan that a part of an .xlsx workbook needs."""
    if name == SHARED_TEXTS:
        return SharedTextScan
    # The reader finds sheets by the workbook's relations, whatever their names are.
    if b"sheetData" in content or name.startswith("xl/worksheets/sheet"):
        return SheetScan
    return scan_for_xml(name, content)


def _scan_for_ods(name: str, content: bytes) -> type[PartScan] | None:
    return OdsScan if name == "content.xml" else scan_for_xml(name, content)


_SCANS: Mapping[ZipKind, ScanFor] = {
    "xlsx": scan_for_xlsx,
    "xlsb": scan_for_xml,
    "ods": _scan_for_ods,
}
