"""Workbooks of every format read the same, whatever they are called, and what is no workbook is named."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import read_workbook, read_workbook_bytes
from tests.endurance import tries
from tests.excel.small_workbooks import (
    BOF,
    EXPECTED,
    MAIL,
    MAIN,
    ODS_ROW,
    ODS_VALUE,
    OLE,
    SLIDES,
    WORD,
    cells,
    ods,
    ods_empty_rows,
    ole,
    readable_or_refused,
    refusal,
    repacked,
    with_rows,
    workbook_bytes,
    xlsb,
    zipped,
)
from tests.libreoffice import converted, needs_libreoffice

# --- Formats ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """LibreOffice's own .ods and .xls of the sample workbook."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "bok.xlsx").write_bytes(workbook_bytes())
    return {
        kind: (converted(folder, ["bok.xlsx"], kind) / f"bok.{kind}").read_bytes()
        for kind in ("ods", "xls")
    }


@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_other_formats_give_the_same_cells(saved_elsewhere: dict[str, bytes], kind: str) -> None:
    workbook = read_workbook_bytes(saved_elsewhere[kind])
    assert cells(workbook) == EXPECTED
    assert [sheet.visible for sheet in workbook.sheets] == [True, False]
    assert all(not sheet.problems for sheet in workbook.sheets)


@needs_libreoffice
def test_ods_keeps_custom_properties_and_its_saved_time(
    saved_elsewhere: dict[str, bytes],
) -> None:
    workbook = read_workbook_bytes(saved_elsewhere["ods"])
    assert workbook.properties["uppsikt Enhet"] == "Kulturskolan"
    assert workbook.saved is not None


def test_an_xlsb_is_read() -> None:
    assert cells(read_workbook_bytes(xlsb(1, 1))) == {"Blad!A1": 1.0, "Blad!B2": 2.0}


@pytest.mark.parametrize("name", ["bok.xls", "bok.ods", "bok.docx", "bok"])
def test_a_wrong_extension_still_reads(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(workbook_bytes())
    assert cells(read_workbook(path)) == EXPECTED


def test_strict_ooxml_is_read() -> None:
    data = with_rows('<row r="2"><c r="B2"><v>7</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        strict = {
            name: source.read(name)
            .replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            for name in source.namelist()
        }
    assert cells(read_workbook_bytes(zipped(strict)))["Mål 1!B2"] == 7.0


def test_libreoffices_empty_rows_to_the_end_of_an_ods_are_harmless() -> None:
    rows = read_workbook_bytes(ods(ODS_ROW + ods_empty_rows(1_048_575))).sheets[0].rows
    assert rows == (("x",),)


def test_repeated_rows_and_cells_of_an_ods_are_written_out() -> None:
    wide_cell = ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="3" ', 1)
    twice = f'<table:table-row table:number-rows-repeated="2">{wide_cell}</table:table-row>'
    rows = read_workbook_bytes(ods(ods_empty_rows(2) + twice)).sheets[0].rows
    assert rows == (("",) * 3, ("",) * 3, ("x",) * 3, ("x",) * 3)


def test_a_repeat_that_is_no_number_is_damaged() -> None:
    assert refusal(ods(ods_empty_rows(-1))) == ("damaged", "en skadad fil")


def test_declarations_in_an_ods_are_hostile_where_they_are_read() -> None:
    data = repacked(ods(ODS_ROW), {"meta.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    assert refusal(data) == ("hostile", "en XML-entitet")
    # LibreOffice writes such a declaration itself when a workbook has macros.
    macros = b'<!DOCTYPE library:library PUBLIC "a" "library.dtd"><library:library/>'
    data = repacked(ods(ODS_ROW), {"Basic/Standard/script-lb.xml": macros})
    assert cells(read_workbook_bytes(data)) == {"A!A1": "x"}


@needs_libreoffice
def test_flipped_bits_in_an_xls_are_read_or_refused_and_never_crash(
    saved_elsewhere: dict[str, bytes],
) -> None:
    data = saved_elsewhere["xls"]
    outcomes: set[bool] = set()
    for seed in range(tries(40, 1_000)):
        chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
        damaged = bytearray(data)
        for _ in range(8):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        outcomes.add(readable_or_refused(bytes(damaged)))
    assert outcomes == {True, False}


def test_an_xls_cut_short_is_damaged() -> None:
    assert refusal(ole("Workbook")) == ("damaged", "en skadad fil")


def test_an_xlsb_of_noise_is_damaged() -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": bytes(range(256))}
    assert refusal(zipped(parts)) == ("damaged", "en skadad fil")


def test_an_xlsb_that_would_take_the_process_with_it_is_read_without_what_would() -> None:
    (sheet,) = read_workbook_bytes(xlsb(1_048_575, 16_383)).sheets
    assert (sheet.rows, sheet.far) == (((1.0,),), {(1_048_576, 16_384): "2"})


# --- What is not a workbook -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "en tom fil"),
        (b" \r\n", "en tom fil"),
        (zipped(WORD), "ett Word-dokument"),
        (zipped(SLIDES), "en PowerPoint-presentation"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "ett OpenDocument-textdokument",
        ),
        (zipped({"bilder/semester.txt": b"hej"}), "en zip-fil"),
        (ole("WordDocument"), "ett Word-dokument"),
        (ole("ObjectPool") + ole("Workbook"), "ett Word-dokument"),
        (ole("PowerPoint Document"), "en PowerPoint-presentation"),
        (ole("__substg1.0_") + ole("Workbook"), "ett Outlook-meddelande"),
        (ole("Annat"), "en okänd fil"),
        (b"%PDF-1.7\n\x80\x81", "en PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "en bild"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "en bild"),
        (b"GIF89a\1\0", "en bild"),
        (b"BM\x1a\0\0\0\0\0\0\0", "en bild"),
        (b"II*\0\x08\0", "en bild"),
        (b"\0\0\0\x18ftypheic\0", "en bild"),
        (b"RIFF\x1a\0\0\0WEBPVP8 ", "en bild"),
        (b"\n<!DOCTYPE html><p>Hej", "en webbsida"),
        (b"\xef\xbb\xbf<HTML><table>", "en webbsida"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "en webbsida"),
        (b'<?xml version="1.0"?><Workbook>', "en XML-fil"),
        (rb"{\rtf1\ansi Hej}", "ett RTF-dokument"),
        (MAIL, "ett e-postmeddelande"),
        (b"Received: from a\r\n by b;\r\n\tday\r\nSubject: Hej\r\n\r\n", "ett e-postmeddelande"),
        ("Mål;Aktivitet\r\n1;Öppet hus\r\n".encode("cp1252"), "en textfil"),
        ("Mål;Aktivitet\r\n".encode("utf-16"), "en textfil"),
        (b"Lunchen: kl 12\nEn rad\nSubject: hej\n", "en textfil"),
        (bytes(range(256)), "en okänd fil"),
    ],
)
def test_what_is_not_a_workbook_is_named(data: bytes, detail: str) -> None:
    assert refusal(data) == ("not_workbook", detail)


def test_random_bytes_are_never_anything_but_refused() -> None:
    for seed in range(tries(300, 10_000)):
        chance = random.Random(seed)  # noqa: S311  repeatable noise, not a secret
        start = chance.choice((b"", b"PK", b"PK\x03\x04", OLE[:8], b"<", b"%", b"RIFF"))
        assert not readable_or_refused(start + chance.randbytes(chance.randrange(2_000)))


# --- With a password --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        ole("EncryptedPackage"),
        ole("Workbook") + BOF + b"\x2f\x00\x36\x00" + bytes(54),
        ods(ODS_ROW, b"<manifest><encryption-data/></manifest>"),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_workbook_with_a_password_is_encrypted(data: bytes) -> None:
    assert refusal(data) == ("encrypted", "en lösenordsskyddad fil")


def test_a_zip_with_a_password_is_encrypted() -> None:
    data = bytearray(workbook_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == ("encrypted", "en lösenordsskyddad fil")
