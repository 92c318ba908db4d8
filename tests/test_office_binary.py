"""Notes on cells and the date system in .xls and .xlsb, whose cells alone the reader gives."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from excel_uppsikt.office.binary import Told, xls_book, xlsb_comments, xlsb_sheets
from excel_uppsikt.office.reading import Workbook, read_workbook_bytes
from tests.test_form_elsewhere import converted, needs_libreoffice
from tests.test_office_reading import record, repacked, wide, xlsb

LONG = "Är det rätt – datum? " + "Ja! " * 3_000
NOTES = {
    "Blad å": {(1, 1): LONG.strip(), (5, 3): "två\nrader 📚", (90, 2): "plain"},
    "Två": {(2, 2): "annat"},
}


def noted(*, since_1904: bool = False) -> bytes:
    """An .xlsx workbook with the notes."""
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, notes in NOTES.items():
        sheet = book.create_sheet(name)
        for (row, column), text in notes.items():
            sheet.cell(row, column).comment = Comment(text, "Bo")
        for at in range(3, 2_000):
            sheet.cell(at, 4).value = f"Text nummer {at} " * 30
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls(folder: Path, data: bytes) -> bytes:
    (folder / "bok.xlsx").write_bytes(data)
    return (converted(folder, ["bok.xlsx"], "xls") / "bok.xls").read_bytes()


@needs_libreoffice
@pytest.mark.parametrize("since_1904", [False, True])
def test_notes_and_date_system_are_read_from_an_xls(since_1904: bool, tmp_path: Path) -> None:
    """Also long notes, that are kept in pieces, and notes on empty cells."""
    data = as_xls(tmp_path, noted(since_1904=since_1904))
    assert xls_book(data) == Told(since_1904, NOTES)
    read = read_workbook_bytes(data)
    assert {sheet.name: sheet.notes for sheet in read.sheets} == NOTES
    assert {sheet.since_1904 for sheet in read.sheets} == {since_1904}


@needs_libreoffice
def test_an_xls_that_is_damaged_has_what_notes_can_be_followed(tmp_path: Path) -> None:
    """Nothing is raised, wherever it is cut or overwritten: its cells may be whole all the same."""
    data = as_xls(tmp_path, noted())
    for at in range(0, len(data), len(data) // 97):
        xls_book(data[:at])
        xls_book(data[:at] + b"\xff" * 64 + data[at + 64 :])
        xls_book(data[:at] + bytes(64) + data[at + 64 :])
    # Sectors in a ring, and sectors of a size that no file has.
    ring = bytearray(data)
    struct.pack_into("<I", ring, 512 * (1 + struct.unpack_from("<I", data, 76)[0]), 0)
    xls_book(bytes(ring))
    assert xls_book(data[:30] + b"\xff\xff" + data[32:]) == Told()


def long_record(kind: int, content: bytes) -> bytes:
    """A record of an .xlsb part that may be longer than 127 bytes."""
    short = record(kind, b"")[:-1]
    size = len(content)
    return short + bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14]) + content


def comment(row: int, column: int, text: str) -> bytes:
    """A note's records in an .xlsb workbook (0-based)."""
    place = struct.pack("<IIIII", 0, row, row, column, column) + bytes(16)
    return record(635, place) + long_record(637, b"\x00" + wide(text)) + record(636, b"")


def noted_xlsb(flags: int = 0) -> bytes:
    """An .xlsb workbook with two notes, one long, and these flags of its own."""
    data = xlsb(3, 2)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../comments1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        book = source.read("xl/workbook.bin")
    properties = record(0x99, struct.pack("<II", flags, 0) + wide(""))
    start = record(0x83, b"")
    changes: dict[str, bytes | None] = {
        "xl/workbook.bin": start + properties + book.removeprefix(start),
        "xl/worksheets/_rels/sheet1.bin.rels": relations.encode(),
        "xl/comments1.bin": record(628, b"")
        + comment(0, 0, LONG)
        + comment(3, 2, "Klart\ni maj")
        + record(629, b""),
    }
    return repacked(data, changes)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        pytest.param(noted_xlsb, False, id="from 1900"),
        pytest.param(lambda: noted_xlsb(flags=0x10021), True, id="from 1904"),
    ],
)
def test_notes_and_date_system_are_read_from_an_xlsb(
    make: Callable[[], bytes], expected: bool
) -> None:
    read: Workbook = read_workbook_bytes(make())
    (sheet,) = read.sheets
    assert sheet.notes == {(1, 1): LONG.strip(), (4, 3): "Klart\ni maj"}
    assert sheet.since_1904 is expected


def test_an_xlsb_part_cut_anywhere_raises_nothing() -> None:
    """What stands before the cut is told."""
    part = comment(0, 0, "Ett") + comment(3, 2, "Två")
    read = [len(list(xlsb_comments(part[:at]))) for at in range(len(part) + 1)]
    assert read == sorted(read)
    assert read[-1] == 2
    with zipfile.ZipFile(io.BytesIO(noted_xlsb())) as source:
        book = source.read("xl/workbook.bin")
    assert xlsb_sheets(book) == (False, {"Blad": "rId1"})
    for at in range(len(book)):
        xlsb_sheets(book[:at])
