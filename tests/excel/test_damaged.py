"""Damaged and hostile workbooks: refused rather than half read, and never a crash."""

import io
import random
import re
import struct
import zipfile
import zlib

import pytest

from excel_uppsikt.excel.formats import xlsx
from excel_uppsikt.excel.guard.zip_files import read_directory
from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.endurance import tries
from tests.excel.small_workbooks import (
    A1,
    SHEET,
    claiming_the_next,
    readable_or_refused,
    refusal,
    repacked,
    with_comments,
    with_rows,
    workbook_bytes,
    zipped,
)

# --- What would be lost -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        f'{A1}<row r="2"><c r="A1"><v>2</v></c></row>',
        f'{A1}<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        # Not spelt as programs do.
        "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
        '<row r="1"><c><v>1</v></c><c r="A1"><v>2</v></c></row>',
    ],
)
def test_two_values_at_one_place_are_damaged_rather_than_one_lost(rows: str) -> None:
    assert refusal(with_rows(rows)) == ("damaged", "en skadad fil")


@pytest.mark.parametrize("empty", ['<c r="A1"/>', '<c r="A1" s="2"/>'])
def test_an_empty_cell_at_the_place_of_a_value_does_no_harm(empty: str) -> None:
    assert read_workbook_bytes(with_rows(f'{A1}<row r="1">{empty}</row>')).sheets[0].rows == (
        (1.0,),
    )


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets//Sheet1.xml"])
def test_two_sheets_that_are_one_part_are_damaged(target: str) -> None:
    """A small file could hold the same megabytes of text a thousand times."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        relations = source.read("xl/_rels/workbook.xml.rels").decode()
    changed = relations.replace("worksheets/sheet2.xml", target).encode()
    data = repacked(workbook_bytes(), {"xl/_rels/workbook.xml.rels": changed})
    assert refusal(data)[0] == "damaged"


def test_two_sheets_of_one_name_are_damaged_rather_than_one_lost() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        book = source.read("xl/workbook.xml").decode()
    changed = re.sub(r'<sheet name="[^"]*"', '<sheet name="A"', book).encode()
    assert refusal(repacked(workbook_bytes(), {"xl/workbook.xml": changed}))[0] == "damaged"


@pytest.mark.parametrize("reference", ["AAAAAAAAAAA1", "A99999999999", "A0", "$A$1", "", "1A"])
def test_an_address_that_is_none_is_hostile(reference: str) -> None:
    data = with_rows(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')
    assert refusal(data) == ("hostile", f"en cell med adressen {reference}")


# --- XML --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "docProps/custom.xml"])
@pytest.mark.parametrize(
    ("declaration", "detail"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>', "en XML-entitet"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "en XML-entitet"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', "en DOCTYPE-deklaration"),
    ],
)
def test_declarations_in_xml_are_hostile(part: str, declaration: str, detail: str) -> None:
    data = repacked(workbook_bytes(), {part: f"{declaration}<x/>".encode()})
    assert refusal(data) == ("hostile", detail)


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_xml_nested_too_deep_is_hostile(part: str) -> None:
    data = repacked(workbook_bytes(), {part: b"<a>" * 101 + b"</a>" * 101})
    assert refusal(data) == ("hostile", "XML i fler än 100 nivåer")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_xml_that_is_not_well_formed_is_damaged(part: str) -> None:
    assert refusal(repacked(workbook_bytes(), {part: b"<a><b></a>"}))[0] == "damaged"


def test_a_sheet_in_utf_16_is_damaged_rather_than_silently_empty() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        text = source.read(SHEET).decode().replace("UTF-8", "UTF-16")
    assert refusal(repacked(workbook_bytes(), {SHEET: text.encode("utf-16")}))[0] == "damaged"


def test_an_undeclared_prefix_in_the_properties_is_damaged() -> None:
    data = repacked(workbook_bytes(), {"docProps/core.xml": b"<a:b/>"})
    assert refusal(data) == ("damaged", "en skadad fil")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_namespace_as_long_as_a_book_is_damaged(encoding: str) -> None:
    """It would stand in the name of every element."""
    properties = f"<a xmlns='{'x' * 10_000}'/>".encode(encoding)
    data = repacked(workbook_bytes(), {"docProps/custom.xml": properties})
    assert refusal(data)[0] == "damaged"


# --- The zip's parts --------------------------------------------------------------------------------


def test_one_part_that_unpacks_enormously_is_a_zip_bomb() -> None:
    data = repacked(workbook_bytes(), {"xl/media/a.bin": bytes(100_000_000)})
    assert len(data) < 200_000
    assert refusal(data) == ("hostile", "en zip-bomb")


def test_a_bomb_that_understates_its_size_is_refused() -> None:
    data = bytearray(repacked(workbook_bytes(), {"xl/media/a.bin": bytes(30_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as source:
        crc = source.getinfo("xl/media/a.bin").CRC
    assert crc == zlib.crc32(bytes(30_000_000))
    size = struct.pack("<I", 30_000_000)
    changed = bytes(data).replace(size, struct.pack("<I", 30))
    assert changed != bytes(data)
    assert refusal(changed)[0] == "damaged"


def test_parts_that_claim_each_others_bytes_are_damaged() -> None:
    """Two thousand that each claimed the rest of a large file took minutes."""
    data = claiming_the_next(xlsx.check_archive(read_directory(workbook_bytes())).packed())
    assert refusal(data) == ("damaged", "en skadad fil")


def test_a_part_under_two_names_is_damaged() -> None:
    """A note whose relations could not be found would be lost in silence."""
    data = with_comments("<commentList/>")
    name = b"xl/worksheets/_rels/sheet1.xml.rels"
    before, after = data[: data.rindex(name)], data[data.rindex(name) + len(name) :]
    assert refusal(before + name.replace(b"1", b"7") + after) == ("damaged", "en skadad fil")


def test_a_part_whose_sizes_are_overstated_is_read() -> None:
    """What other programs read too; that it is whole its checksum tells."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        first, at = source.infolist()[0], source.start_dir + 20
    data = bytearray(workbook_bytes())
    assert struct.unpack_from("<II", data, at) == (first.compress_size, first.file_size)
    struct.pack_into("<II", data, at, first.compress_size + 99, first.file_size + 1)
    assert read_workbook_bytes(bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # the point of the file
@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_two_parts_of_one_name_are_hostile(name: str) -> None:
    stream = io.BytesIO(workbook_bytes())
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr(name, b"<worksheet/>")
    assert refusal(stream.getvalue()) == ("hostile", "två delar med samma namn")


def test_a_part_packed_in_another_way_than_office_does_is_damaged() -> None:
    stream = io.BytesIO(workbook_bytes())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_BZIP2) as target:
        target.writestr("xl/a.xml", b"<a/>")
    assert refusal(stream.getvalue()) == ("damaged", "en skadad fil")


def test_the_reader_sees_exactly_the_parts_that_were_checked() -> None:
    checked = xlsx.check_archive(read_directory(workbook_bytes()))
    with (
        zipfile.ZipFile(io.BytesIO(checked.packed())) as packed,
        zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source,
    ):
        assert packed.namelist() == source.namelist()
        assert all(packed.read(name) == checked.parts[name.lower()] for name in packed.namelist())


# --- Cut short and with bits changed ----------------------------------------------------------------


def test_a_truncated_file_is_damaged() -> None:
    data = workbook_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        assert refusal(data[: int(len(data) * share)]) == ("damaged", "en skadad fil")


def test_flipped_bits_are_read_or_refused_and_never_crash() -> None:
    data = workbook_bytes()
    outcomes: set[bool] = set()
    for seed in range(tries(250, 10_000)):
        chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 4))):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        outcomes.add(readable_or_refused(bytes(damaged)))
    assert outcomes == {True, False}


def test_damaged_xml_in_a_sound_zip_is_read_or_refused_and_never_crashes() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    outcomes: set[bool] = set()
    for seed in range(tries(250, 10_000)):
        chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
        name = chance.choice(list(parts))
        damaged = bytearray(parts[name])
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        outcomes.add(readable_or_refused(zipped(parts | {name: bytes(damaged)})))
    assert outcomes == {True, False}
