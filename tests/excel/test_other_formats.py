"""Workbooks of formats that are not read: told as what they are, never as something else or as damaged."""

import io
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.changed_forms import PLAN
from tests.excel.small_workbooks import (
    ODS_ROW,
    cells,
    ods,
    refusal,
    repacked,
    workbook_bytes,
    zipped,
)
from tests.excel.test_binary import END, compound, rec
from tests.small_rounds import check

EXCEL_XML = (
    b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
FLAT = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="o" '
    b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
)


def moved_parts() -> bytes:
    """A workbook whose parts lie in another folder, as few programs write it."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        return zipped({n.replace("xl/", "bok/"): source.read(n) for n in source.namelist()})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (EXCEL_XML, "ett XML-kalkylblad"),
        (b"\xef\xbb\xbf" + EXCEL_XML, "ett XML-kalkylblad"),
        (FLAT, "ett OpenDocument-kalkylblad i en enda XML-fil"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "en arbetsbok från Excel 4 eller äldre"),
        (b"\x09\x02\x06\x00\x00\x03\x10\x00", "en arbetsbok från Excel 4 eller äldre"),
        (b"\x09\x04\x06\x00\x00\x04\x10\x00", "en arbetsbok från Excel 4 eller äldre"),
        (b"\0\0\x02\0\x06\x04\x06\0", "ett kalkylblad från Lotus 1-2-3 eller Quattro Pro"),
        (b"\0\0\x1a\0\x00\x10\x04\0", "ett kalkylblad från Lotus 1-2-3 eller Quattro Pro"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "ett kalkylblad i formatet SYLK"),
        (
            zipped({"Index/Document.iwa": b"x", "preview.jpg": b"y"}),
            "ett dokument från Numbers eller ett annat program från Apple",
        ),
        (moved_parts(), "en arbetsbok med ovanlig uppbyggnad"),
    ],
)
def test_a_workbook_of_another_format_is_told_as_one(data: bytes, kind: str) -> None:
    assert refusal(data) == ("other_format", kind)


def test_what_to_do_is_told_also_when_it_came_in_a_mail_or_zip(tmp_path: Path) -> None:
    inbox = {"Hemtjänst.xml": EXCEL_XML, "svar.zip": zipped({"Hemtjänst.numbers": FLAT})}
    told = [f for f in check(tmp_path, PLAN, inbox).findings if f.code == "F201"]
    advice = (
        "som inte kan läsas här. "
        "Be avsändaren spara den som Excel-arbetsbok (.xlsx) och skicka den igen."
    )
    assert [(f.file, f.message) for f in told] == [
        ("inkorg/Hemtjänst.xml", f"Filen är ett XML-kalkylblad, {advice}"),
        (
            "inkorg/svar.zip/Hemtjänst.numbers",
            f"Filen är ett OpenDocument-kalkylblad i en enda XML-fil, {advice}",
        ),
    ]


def test_a_workbook_without_what_says_its_parts_is_damaged() -> None:
    assert refusal(repacked(workbook_bytes(), {"[Content_Types].xml": None}))[0] == "damaged"


def test_an_ods_that_says_what_it_is_in_its_manifest_alone_is_read() -> None:
    manifest = b'<manifest media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    data = repacked(ods(ODS_ROW, manifest), {"mimetype": None})
    assert cells(read_workbook_bytes(data)) == {"A!A1": "x"}


@pytest.mark.parametrize("version", [b"\x00\x05", b"\x00\x06"])
def test_an_xls_with_a_password_of_any_kind_is_protected(version: bytes) -> None:
    """As Excel 95 wrote it, whose beginning is shorter."""
    begin = rec(0x809, version + b"\x05\x00" + bytes(4))
    data = compound(begin + rec(0x42, b"\xe4\x04") + rec(0x2F, b"\x12\x34\x56\x78") + END)
    assert refusal(data) == ("encrypted", "en lösenordsskyddad fil")
