"""Small workbooks and other files, made byte by byte, and what is read of them or said against them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime

import pytest
import xlsxwriter

from excel_uppsikt.excel.reading import UnreadableError, read_workbook_bytes
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.language.cells import cell_name

SAVED = datetime(2025, 3, 1, 12, 30)  # noqa: DTZ001  what read_workbook gives is UTC without a zone
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

A1 = '<row r="1"><c r="A1"><v>1</v></c></row>'
ODS_VALUE = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
ODS_ROW = f"<table:table-row>{ODS_VALUE}</table:table-row>"

ANNOTATION = (
    '<office:annotation><dc:creator xmlns:dc="d">Anna</dc:creator>'
    '<dc:date xmlns:dc="d">2024-05-02</dc:date><text:p>Rad <text:span>ett</text:span></text:p>'
    "<text:p>rad<text:s/>två<text:line-break/>slut</text:p></office:annotation>"
)

BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)

WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
SLIDES = {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}
MAIL = b"Return-Path: <a@example.org>\r\nDelivered-To: b\r\nFrom: a@example.org\r\n\r\nHej"

EXPECTED = {
    "Mål 1!B3": "Öppna förskolan\när öppen",
    "Mål 1!C4": 3.5,
    "Mål 1!D5": date(2025, 9, 30),
    "Mål 1!E6": 2.0,
    "Dold!A1": "gömd",
}


def workbook_bytes() -> bytes:
    """A workbook with text, numbers and days below empty rows, and a hidden sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": SAVED})
        book.set_custom_property("uppsikt Enhet", "Kulturskolan")
        book.set_custom_property("uppsikt Antal", 3)
        sheet = book.add_worksheet("Mål 1")
        sheet.write_string("B3", "Öppna förskolan\när öppen")
        sheet.write_number("C4", 3.5)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime("D5", datetime(2025, 9, 30), day)  # noqa: DTZ001  a day has no zone
        sheet.write_formula("E6", "=1+1", None, 2)
        book.add_worksheet("Dold").write_string("A1", "gömd")
        book.worksheets()[1].hide()
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The zip with parts replaced, added or (None) taken away."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts: dict[str, bytes | None] = {name: source.read(name) for name in source.namelist()}
        for name, content in (parts | dict(changes)).items():
            if content is not None:
                target.writestr(name, content)
    return stream.getvalue()


def with_rows(rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook whose first sheet has these rows of XML."""
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return repacked(workbook_bytes(), {SHEET: sheet.encode()})


def with_comments(comments: str) -> bytes:
    """A workbook whose first sheet has this part of notes."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="{}" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/comments"/></Relationships>'
    )
    return repacked(
        workbook_bytes(),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations.format("../Notes.xml").encode(),
            "xl/worksheets/_rels/sheet2.xml.rels": relations.format("/xl/saknas.xml").encode(),
            "xl/notes.xml": f'<comments xmlns="{MAIN}">{comments}</comments>'.encode(),
        },
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def claiming_the_next(data: bytes) -> bytes:
    """The zip, nothing in it packed, whose first part by the directory holds the second one too."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        first, second, third, *_ = source.infolist()
        at = source.start_dir + 16
    begin = second.header_offset - first.file_size
    claimed = data[begin : third.header_offset]
    assert struct.unpack_from("<I", data, at) == (first.CRC,)
    sizes = struct.pack("<III", zlib.crc32(claimed), len(claimed), len(claimed))
    return data[:at] + sizes + data[at + len(sizes) :]


def ods(rows: str, manifest: bytes = b"<manifest/>") -> bytes:
    """An .ods workbook of one sheet with these rows of XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": manifest}
    return zipped({"mimetype": ODS_TYPE, **parts})


def ods_empty_rows(count: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{count}">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )


def record(kind: int, content: bytes) -> bytes:
    """One record of an .xlsb part."""
    code = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return code + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(row: int, column: int) -> bytes:
    """An .xlsb workbook with the number 1 in A1 and the number 2 in a cell (0-based)."""

    def cell(at_row: int, at_column: int, value: float) -> bytes:
        header = record(0, struct.pack("<I", at_row) + bytes(13))
        return header + record(5, struct.pack("<IId", at_column, 0, value))

    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    sheet = struct.pack("<II", 0, 1) + wide("rId1") + wide("Blad")
    book = record(0x83, b"") + record(0x8F, b"") + record(0x9C, sheet) + record(0x90, b"")
    cells = cell(0, 0, 1.0) + cell(row, column, 2.0)
    area = struct.pack("<IIII", 0, row, 0, column)
    data = record(0x91, b"") + cells + record(0x92, b"")
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": book + record(0x84, b""),
        "xl/_rels/workbook.bin.rels": relations.encode(),
        "xl/worksheets/sheet1.bin": record(0x81, b"") + record(0x94, area) + data,
    }
    return zipped(parts)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(512)


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as refused:
        read_workbook_bytes(data)
    return refused.value.reason.value, refused.value.detail


def readable_or_refused(data: bytes) -> bool:
    """Whether the bytes were read; anything but a reading or an UnreadableError is a failure."""
    try:
        read_workbook_bytes(data)
    except UnreadableError:
        return False
    return True


def cells(workbook: Workbook) -> dict[str, object]:
    return {
        f"{sheet.name}!{cell_name(row, column)}": value
        for sheet in workbook.sheets
        for row, values in enumerate(sheet.rows, 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }
