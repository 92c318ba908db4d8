"""Notes on cells and the date system in .xls and .xlsb, whose cells alone the reader gives."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from excel_uppsikt.excel.formats.sheets import BookDetails
from excel_uppsikt.excel.formats.xls import read_details
from excel_uppsikt.excel.formats.xlsb import read_book_part, read_comments
from excel_uppsikt.excel.guard import limits
from excel_uppsikt.excel.reading import UnreadableError, read_workbook_bytes
from excel_uppsikt.excel.workbook import Workbook
from tests.endurance import tries
from tests.excel.small_workbooks import OLE, record, repacked, wide, xlsb
from tests.libreoffice import converted, needs_libreoffice

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
    assert read_details(data) == BookDetails(since_1904, NOTES)
    read = read_workbook_bytes(data)
    assert {sheet.name: sheet.notes for sheet in read.sheets} == NOTES
    assert {sheet.since_1904 for sheet in read.sheets} == {since_1904}


@needs_libreoffice
def test_an_xls_that_is_damaged_has_what_notes_can_be_followed(tmp_path: Path) -> None:
    """Nothing is raised, wherever it is cut or overwritten: its cells may be whole all the same."""
    data = as_xls(tmp_path, noted())
    for at in range(0, len(data), len(data) // 97):
        read_details(data[:at])
        read_details(data[:at] + b"\xff" * 64 + data[at + 64 :])
        read_details(data[:at] + bytes(64) + data[at + 64 :])
    # Sectors in a ring, and sectors of a size that no file has.
    ring = bytearray(data)
    struct.pack_into("<I", ring, 512 * (1 + struct.unpack_from("<I", data, 76)[0]), 0)
    read_details(bytes(ring))
    assert read_details(data[:30] + b"\xff\xff" + data[32:]) == BookDetails()


def rec(kind: int, content: bytes = b"") -> bytes:
    """A record of an .xls stream."""
    return struct.pack("<HH", kind, len(content)) + content


BEGIN, END = rec(0x809, bytes(16)), rec(0x0A)
LETTERS = "Klart i maj"


def drawn(number: int) -> bytes:
    return rec(0x5D, struct.pack("<HHH", 0x15, 18, 0x19) + struct.pack("<H", number))


def said(text: str, *, length: int | None = None) -> bytes:
    """A drawn object's text, said to be of some length."""
    size = len(text) if length is None else length
    told = rec(0x1B6, bytes(10) + struct.pack("<H", size))
    return told + rec(0x3C, b"\0" + text.encode("latin-1"))


def note(row: int, number: int) -> bytes:
    return rec(0x1C, struct.pack("<HHHH", row, 0, 0, number))


def book_stream(
    sheets: Mapping[str, bytes],
    *,
    since_1904: bool = False,
    starts: Mapping[str, int] | None = None,
) -> bytes:
    """An .xls workbook's stream; `starts` names sheets that begin so far into the first one."""
    named = [*sheets, *(starts or {})]
    at = len(BEGIN) + len(rec(0x22, bytes(2))) + len(END)
    at += sum(len(rec(0x85, bytes(8 + len(name)))) for name in named)
    places: dict[str, int] = {name: at + into for name, into in (starts or {}).items()}
    for name, records in sheets.items():
        places[name] = at
        at += len(BEGIN + records + END)
    bound = (
        rec(0x85, struct.pack("<IHBB", places[name], 0, len(name), 0) + name.encode("latin-1"))
        for name in named
    )
    book = BEGIN + rec(0x22, bytes([since_1904, 0])) + b"".join(bound) + END
    return book + b"".join(BEGIN + records + END for records in sheets.values())


def chained(numbers: range) -> list[int]:
    """What sector comes after each of these that lie in a row."""
    return [*numbers[1:], 0xFFFFFFFE]


def compound(stream: bytes, *, small: bool = False) -> bytes:
    """A compound file with the workbook's stream in its sectors, or in its stream of small ones."""
    whole = stream if small else stream.ljust(4_096, b"\0")
    # Another small stream lies before it.
    padded = bytes(64 if small else 0) + whole + bytes(-len(whole) % 64)
    links = [0xFFFFFFFE, *chained(range(1, len(padded) // 64))] if small else []
    small_table = struct.pack(f"<{len(links)}I", *links)
    small_table += b"\xff" * (-len(small_table) % 512)
    padded += bytes(-len(padded) % 512)
    count, small_count = len(padded) // 512, len(small_table) // 512
    first_table = count + 1 + small_count
    tables = -(-(first_table + 1) // 127)
    table = [
        *chained(range(count)),
        *(0xFFFFFFFE,),
        *(chained(range(count + 1, first_table)) if small else ()),
        *[0xFFFFFFFD] * tables,
    ]
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
        + b"\xff" * 8
        + struct.pack("<I", child)
        + bytes(36)
        + struct.pack("<II", start, size)
        + bytes(4)
        for name, kind, child, start, size in (
            ("Root Entry", 5, 1, 0 if small else 0xFFFFFFFE, len(padded) if small else 0),
            ("Workbook", 2, 0xFFFFFFFF, int(small), len(whole)),
        )
    ).ljust(512, b"\0")
    head = OLE[:24] + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIII", tables, count, 0, 4_096)
    head += struct.pack("<II", count + 1 if small else 0xFFFFFFFE, small_count)
    head += struct.pack("<II", 0xFFFFFFFE, 0)
    head += struct.pack(f"<{tables}I", *range(first_table, first_table + tables))
    return (
        head.ljust(512, b"\xff")
        + padded
        + entries
        + small_table
        + struct.pack(f"<{len(table)}I", *table)
    )


NOTED = drawn(1) + said(LETTERS) + drawn(2) + said("Sen") + note(4, 1) + note(5, 2)
TOLD = BookDetails(True, {"Blad": {(5, 1): LETTERS, (6, 1): "Sen"}})


@pytest.mark.parametrize("small", [False, True])
def test_notes_and_date_system_are_read_wherever_the_stream_lies(small: bool) -> None:
    """A workbook of less than four kilobytes lies among small sectors."""
    assert (
        read_details(compound(book_stream({"Blad": NOTED}, since_1904=True), small=small)) == TOLD
    )


def test_a_text_said_to_be_longer_than_it_is_costs_only_its_own_note() -> None:
    """What is drawn next has its own number, under which nothing has been written."""
    damaged = drawn(1) + said(LETTERS, length=900) + drawn(2) + rec(0x3C, b"\0?")
    sheets = {"Skadat": damaged + note(1, 1) + note(2, 2), "Blad": NOTED}
    assert read_details(compound(book_stream(sheets))).notes == {
        "Skadat": {(2, 1): f"{LETTERS}?"},
        "Blad": TOLD.notes["Blad"],
    }


def test_a_damaged_sheet_costs_neither_its_other_notes_nor_those_of_other_sheets() -> None:
    sheets = {"Skadat": drawn(1) + said("Ett") + note(0, 1) + rec(0x5D, b"\0"), "Blad": NOTED}
    assert read_details(compound(book_stream(sheets))).notes == {
        "Skadat": {(1, 1): "Ett"},
        "Blad": TOLD.notes["Blad"],
    }


@pytest.mark.parametrize("step", [0, 20], ids=["at the same place", "inside one another"])
def test_many_sheets_of_the_same_records_cost_as_much_as_one(step: int) -> None:
    records = BEGIN * 3_000 + rec(0x100) * 200_000
    starts = {f"{number}": number * step for number in range(3_000)}
    data = compound(book_stream({"Blad": records}, starts=starts))
    begun = time.perf_counter()
    told = read_details(data)
    assert time.perf_counter() - begun < 5
    assert not any(told.notes.values())


def test_many_notes_of_the_same_text_cost_as_much_as_one() -> None:
    records = drawn(1) + rec(0x1B6, bytes(10) + b"\xff\xff") + rec(0x3C, b"\0a") * 60_000
    records += b"".join(note(row, 1) for row in range(60_000))
    data = compound(book_stream({"Blad": records}))
    begun = time.perf_counter()
    told = read_details(data)
    assert time.perf_counter() - begun < 5
    assert told.notes["Blad"] == dict.fromkeys(((row, 1) for row in range(1, 60_001)), "a" * 60_000)


def label(row: int, column: int, text: str) -> bytes:
    """A text's cell."""
    head = struct.pack("<HHHHB", row, column, 0, len(text), 0)
    return rec(0x204, head + text.encode("latin-1"))


def test_cells_of_an_xls_are_read() -> None:
    data = compound(book_stream({"Blad": label(0, 1, "Läxhjälp") + label(2, 0, "x")}))
    assert read_workbook_bytes(data).sheets[0].rows == (("", "Läxhjälp"), ("", ""), ("x", ""))


@pytest.mark.parametrize(
    ("made", "detail"),
    [
        pytest.param(
            lambda: b"".join(
                label(n // 200, n % 200, "x") for n in range(limits.RECEIVED.values + 1)
            ),
            "fler celler eller mer text än något formulär har",
            id="cells",
        ),
        pytest.param(
            lambda: b"".join(
                label(limits.RECEIVED.area // 200 + n, 200, "x") for n in range(1_001)
            ),
            "blad på mer än 5 miljoner celler",
            id="wide apart",
        ),
    ],
)
def test_an_xls_of_more_than_any_form_is_too_large(made: Callable[[], bytes], detail: str) -> None:
    """Cells are counted in a process of its own, which may be out of memory where they are read."""
    records = made()
    with pytest.raises(UnreadableError) as refused:
        read_workbook_bytes(compound(book_stream({"Blad": records})))
    assert (refused.value.reason.value, refused.value.detail) == ("too_large", detail)


def ring(data: bytes, at: int, number: int) -> bytes:
    """The file with what comes after a sector changed, in the table at a sector."""
    place = 512 * (1 + at) + 4 * number
    return data[:place] + struct.pack("<I", number) + data[place + 4 :]


def test_sectors_in_a_ring_come_to_an_end() -> None:
    large = compound(book_stream({"Blad": NOTED}))
    small = compound(book_stream({"Blad": NOTED}), small=True)
    # A table that goes on in a sector that goes on in itself, and names nothing.
    endless = bytearray(large + b"\xff" * 508)
    at = len(large) // 512 - 1
    endless += struct.pack("<I", at)
    struct.pack_into("<I", endless, 68, at)
    for data in (
        *(ring(large, struct.unpack_from("<I", large, 76)[0], number) for number in range(9)),
        *(ring(small, struct.unpack_from("<I", small, 76)[0], number) for number in range(4)),
        *(ring(small, struct.unpack_from("<I", small, 60)[0], number) for number in range(4)),
        bytes(endless),
    ):
        assert set(read_details(data).notes) <= {"Blad"}


def test_bytes_damaged_at_random_raise_nothing() -> None:
    chance = random.Random(1)  # noqa: S311  the same damages each time
    books = [compound(book_stream({"Blad": NOTED, "B": NOTED}), small=s) for s in (False, True)]
    with zipfile.ZipFile(io.BytesIO(noted_xlsb())) as source:
        parts = source.read("xl/workbook.bin"), comment(0, 0, "Ett") + comment(3, 2, "Två")
    for _ in range(tries(1_000, 50_000)):
        for original in (*books, *parts):
            data = bytearray(original)
            for _ in range(chance.choice((1, 2, 5, 20))):
                data[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
            read_details(bytes(data))
            read_book_part(bytes(data))
            list(read_comments(bytes(data)))


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
    read = [len(list(read_comments(part[:at]))) for at in range(len(part) + 1)]
    assert read == sorted(read)
    assert read[-1] == 2
    with zipfile.ZipFile(io.BytesIO(noted_xlsb())) as source:
        book = source.read("xl/workbook.bin")
    assert read_book_part(book) == (False, {"Blad": "rId1"})
    for at in range(len(book)):
        read_book_part(book[:at])


def test_one_long_text_of_thousands_of_notes_is_too_large() -> None:
    """Each note would be told with the whole text."""
    records = drawn(1) + said("x" * 8_000) + b"".join(note(row, 1) for row in range(2_000))
    data = compound(book_stream({"Blad": label(0, 0, "a") + records}))
    with pytest.raises(UnreadableError) as caught:
        read_workbook_bytes(data)
    assert caught.value.detail == "mer än 8 MB text"


def test_a_name_in_the_directory_is_no_longer_than_it_can_be() -> None:
    """What is said to be longer is not taken from what stands after it."""
    data = compound(book_stream({"Blad": NOTED}, since_1904=True))
    entry = data.rindex("Workbook".encode("utf-16-le"))
    assert read_details(data[: entry + 64] + b"\xff\xff" + data[entry + 66 :]) == BookDetails()
