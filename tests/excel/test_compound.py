"""What a compound file is, by what stands at its root; .xlsb whose cells the reader knows only a part of."""

import io
import struct
import zipfile

import pytest

from excel_uppsikt.excel.compound import entries
from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.excel.small_workbooks import record, refusal, repacked, xlsb
from tests.excel.test_binary import book_stream, compound, label

NONE = 0xFFFFFFFF
Named = tuple[str, int, int, int, int]


def with_entries(stream: bytes, *more: Named, book: str = "Workbook", root: int = 1) -> bytes:
    """The .xls workbook with other entries: name, kind, and numbers of those left, right and below."""
    data = bytearray(compound(stream))
    at = 512 + 512 * struct.unpack_from("<I", data, 48)[0]
    name = book.encode("utf-16-le")
    data[at + 128 : at + 192] = name.ljust(64, b"\0")
    struct.pack_into("<H", data, at + 192, len(name) + 2)
    struct.pack_into("<I", data, at + 76, root)
    for number, (called, kind, left, right, below) in enumerate(more, 2):
        start = at + number * 128
        coded = called.encode("utf-16-le")
        data[start : start + 64] = coded.ljust(64, b"\0")
        struct.pack_into("<HBBIII", data, start + 64, len(coded) + 2, kind, 1, left, right, below)
    return bytes(data)


STREAM = book_stream({"Blad": label(0, 0, "Läxhjälp")})
ROWS = (("Läxhjälp",),)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param((), id="nothing else"),
        pytest.param(
            (("MBD0001", 1, NONE, NONE, 3), ("WordDocument", 2, NONE, NONE, NONE)),
            id="a Word document inside",
        ),
        pytest.param(
            (("MBD0001", 1, NONE, NONE, 3), ("ObjectPool", 1, NONE, NONE, NONE)),
            id="a Word document's objects inside",
        ),
    ],
)
@pytest.mark.parametrize("root", [1, NONE])
def test_a_workbook_at_the_root_is_read(more: tuple[Named, ...], root: int) -> None:
    """Whatever it has inside it, and also where the root does not say where its entries are."""
    book = read_workbook_bytes(with_entries(STREAM, *more, root=root))
    assert [sheet.rows for sheet in book.sheets] == [ROWS]


@pytest.mark.parametrize(
    ("book", "more", "kind"),
    [
        ("WordDocument", (("MBD0001", 1, NONE, NONE, 3), ("Workbook", 2, NONE, NONE, NONE)),
         "ett Word-dokument"),
        ("__properties",
         (("__substg1.0_3701000D", 1, NONE, NONE, 3), ("Workbook", 2, NONE, NONE, NONE)),
         "ett Outlook-meddelande"),
        ("PowerPoint Document", (), "en PowerPoint-presentation"),
        ("Annat", (("MBD0001", 1, NONE, NONE, 3), ("Workbook", 2, NONE, NONE, NONE)), "en okänd fil"),
    ],
)  # fmt: skip
def test_a_workbook_inside_another_file_is_not_its_own(
    book: str, more: tuple[Named, ...], kind: str
) -> None:
    assert refusal(with_entries(STREAM, *more, book=book)) == ("not_workbook", kind)


def test_an_encrypted_package_is_protected() -> None:
    assert refusal(with_entries(STREAM, book="EncryptedPackage"))[0] == "encrypted"


def test_a_workbook_before_that_of_the_root_is_not_read_in_its_place() -> None:
    """The reader takes the first of the name."""
    more = (("Workbook", 2, NONE, NONE, NONE),)
    data = bytearray(with_entries(STREAM, *more, root=2))
    at = 512 + 512 * struct.unpack_from("<I", data, 48)[0]
    # The first lies in a storage that comes after both.
    start = at + 3 * 128
    data[start : start + 64] = "Inne".encode("utf-16-le").ljust(64, b"\0")
    struct.pack_into("<HBBIII", data, start + 64, 10, 1, 1, NONE, NONE, 1)
    assert refusal(bytes(data))[0] == "damaged"


def test_entries_in_a_ring_come_to_an_end() -> None:
    more = (("A", 1, 2, 3, 2), ("B", 1, 3, 2, 3))
    assert [entry.name for entry in entries(with_entries(STREAM, *more))] == ["Workbook", "A", "B"]


@pytest.mark.parametrize("size", [0, 100, 512, 1_000, 4_000, 5_000])
def test_a_directory_that_cannot_be_followed_has_no_entries(size: int) -> None:
    data = with_entries(STREAM)[:size]
    assert isinstance(entries(data), list)


@pytest.mark.parametrize("kind", range(13, 20))
def test_an_xlsb_with_cells_that_the_reader_passes_over_is_told(kind: int) -> None:
    """All but the first cell of each row would be lost, as where SheetJS has saved it."""
    data = xlsb(1, 1)
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.bin")
    row = record(0, struct.pack("<I", 5) + bytes(13)) + record(5, struct.pack("<IId", 0, 0, 1.0))
    short = record(kind, bytes(12))
    end = part.index(record(146, b""))
    changed = part[:end] + row + short + part[end:]
    assert refusal(repacked(data, {"xl/worksheets/sheet1.bin": changed}))[0] == "partly"
