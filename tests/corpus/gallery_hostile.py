"""Hostile and broken files, and files with a password, each by what is wrong with it."""

import io
import zipfile

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.excel.guard.limits import MAX_FILE
from tests.corpus.gallery import YOUNG, good
from tests.corpus.gallery_cases import Make
from tests.corpus.worst_files import HEADER, activity, workbook
from tests.excel.small_workbooks import (
    A1,
    BOF,
    MAIL,
    MAIN,
    ODS_ROW,
    ODS_VALUE,
    SHEET,
    SLIDES,
    WORD,
    ods,
    ods_empty_rows,
    ole,
    repacked,
    with_rows,
    workbook_bytes,
    zipped,
)


def part(name: str, content: str) -> Make:
    """A workbook with one part replaced."""
    return lambda: repacked(workbook_bytes(), {name: content.encode()})


def without(*names: str) -> Make:
    return lambda: repacked(workbook_bytes(), dict.fromkeys(names))


def appended(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Make:
    """A workbook with one more part, which may have the name of another."""

    def make() -> bytes:
        stream = io.BytesIO(workbook_bytes())
        with zipfile.ZipFile(stream, "a", method) as target:
            target.writestr(name, content)
        return stream.getvalue()

    return make


def cut(share: float) -> Make:
    return lambda: good()[: int(len(good()) * share)]


def flipped(share: float) -> Make:
    """A form with one bit changed on its way."""

    def make() -> bytes:
        data = bytearray(good())
        data[int(len(data) * share)] ^= 4
        return bytes(data)

    return make


def zip_flag() -> bytes:
    """A workbook whose zip says that it has a password."""
    data = bytearray(workbook_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def understated() -> bytes:
    """A zip bomb that says it is small."""
    data = repacked(workbook_bytes(), {"xl/media/a.bin": bytes(30_000_000)})
    return data.replace((30_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little"))


def cell_at(name: str) -> Make:
    return lambda: with_rows(f'{A1}<row r="2"><c r="{name}"><v>1</v></c></row>')


_ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
_LONG = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'

HOSTILE: dict[str, Make] = {
    "value beyond the sheet": cell_at("XFE1048577"),
    "value in an address that is none": cell_at("AAAAAAAAAAA1"),
    "value in row zero": cell_at("A0"),
    "values wide apart": lambda: with_rows(f'{A1}<row r="9000"><c r="BXX9000"><v>1</v></c></row>'),
    "millions of repeats in an ods":
        lambda: ods(
            '<table:table-row table:number-rows-repeated="190000">'
            + ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="1900" ', 1)
            + "</table:table-row>"
        ),
    "repeat below zero in an ods": lambda: ods(ods_empty_rows(-1)),
    "entity in an ods": lambda: repacked(ods(ODS_ROW), {"meta.xml": f"{_ENTITY}<x/>".encode()}),
    "two thousand million shared texts":
        part("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" count="2147483647"><si><t>x</t></si></sst>'),
    "long text used hundreds of times":
        lambda: repacked(
            with_rows("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 300))),
            {"xl/sharedStrings.xml": _LONG.encode()},
        ),
    "entity in a sheet": part(SHEET, f"{_ENTITY}<x/>"),
    "entities within entities": part(SHEET, _LAUGHS),
    "entity from a file": part(SHEET, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'),
    "entity in the properties": part("docProps/custom.xml", f"{_ENTITY}<x/>"),
    "declaration from the network": part("xl/workbook.xml", '<!DOCTYPE x SYSTEM "http://a.example/x.dtd"><x/>'),
    "XML nested too deep": part(SHEET, "<a>" * 5_000 + "</a>" * 5_000),
    "XML not well formed": part(SHEET, "<a><b></a>"),
    "workbook part not well formed": part("xl/workbook.xml", "<workbook"),
    "workbook part empty": part("xl/workbook.xml", ""),
    "sheet part empty": part(SHEET, ""),
    "undeclared prefix in the properties": part("docProps/core.xml", "<a:b/>"),
    "sheet in UTF-16": lambda: repacked(
        workbook_bytes(), {SHEET: f'<worksheet xmlns="{MAIN}"/>'.encode("utf-16")}),
    "no content types": without("[Content_Types].xml"),
    "no relations": without("xl/_rels/workbook.xml.rels"),
    "two values at one place": lambda: with_rows(f'{A1}<row r="2"><c r="A1"><v>2</v></c></row>'),
    "more filled rows than any form":
        lambda: workbook({YOUNG: (HEADER, *(activity(n) for n in range(5, 6 + limits.MAX_ROWS)))}),
    "more faults than anybody could read":
        lambda: workbook({YOUNG: (HEADER, *(
            activity(n, Enheter="q", Startdatum="q", Slutdatum="q", Status="q") for n in range(5, 2_800)))}),
    "zip bomb": lambda: repacked(workbook_bytes(), {"xl/media/a.bin": bytes(100_000_000)}),
    "zip bomb that understates its size": understated,
    "thousands of parts": lambda: repacked(workbook_bytes(), {f"xl/{n}.xml": b"<a/>" for n in range(2_001)}),
    "part packed with bzip2": appended("xl/a.xml", b"<a/>", zipfile.ZIP_BZIP2),
    "two sheets of one name but for case": appended(SHEET.upper(), b"<worksheet/>"),
    "first tenth of a form": cut(0.1),
    "first half of a form": cut(0.5),
    "form without its last bytes": cut(0.99),
    **{f"form with a bit flipped at {share:.0%}": flipped(share) for share in (0.2, 0.4, 0.6)},
    "nothing": lambda: b"",
    "white space": lambda: b" \r\n\t",
    "zeroes": lambda: bytes(4_096),
    "larger than any form": lambda: bytes(MAX_FILE + 1),
    "Word document": lambda: zipped(WORD),
    "slides": lambda: zipped(SLIDES),
    "OpenDocument text": lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "zip of pictures": lambda: zipped({"bild.png": b"\x89PNG\r\n\x1a\n\0\0", "läs.txt": b"hej"}),
    "zip of nothing": lambda: zipped({}),
    "old Word document": lambda: ole("WordDocument"),
    "old slides": lambda: ole("PowerPoint Document"),
    "Outlook message with a workbook": lambda: ole("__substg1.0_") + ole("Workbook"),
    "OLE of nothing known": lambda: ole("Annat"),
    "xls cut short": lambda: ole("Workbook"),
    "xlsb of noise": lambda: zipped(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": bytes(range(256))}),
    "PDF": lambda: b"%PDF-1.7\n\x80\x81",
    "picture": lambda: b"\x89PNG\r\n\x1a\n\0\0",
    "web page called xls": lambda: b"<html><table><tr><td>Aktivitet</td></tr></table></html>",
    "XML spreadsheet of 2003": lambda: b'<?xml version="1.0"?><Workbook/>',
    "e-mail": lambda: MAIL.removesuffix(b"Hej"),
    "text with semicolons": lambda: "Mål;Aktivitet\r\n1;Öppet hus\r\n".encode("cp1252"),
    "RTF": lambda: rb"{\rtf1\ansi Hej}",
    "noise": lambda: bytes(range(256)) * 16,
}  # fmt: skip

PROTECTED: dict[str, Make] = {
    "xlsx with a password": lambda: ole("EncryptedPackage"),
    "xls with a password": lambda: ole("Workbook") + BOF + b"\x2f\x00\x36\x00" + bytes(54),
    "ods with a password": lambda: ods(ODS_ROW, b"<manifest><encryption-data/></manifest>"),
    "zip with a password": zip_flag,
}  # fmt: skip
