"""Cells of .xls and .xlsb that the reader would not take: far away, no time, no number, no sheet at all."""

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import timedelta

import pytest

from excel_uppsikt.excel.compound import plain_file, workbook_stream
from excel_uppsikt.excel.guard.limits import MAX_FAR
from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.excel.workbook import Sheet
from tests.excel.small_workbooks import record, refusal, repacked, wide, xlsb
from tests.excel.test_binary import BEGIN, END, compound, label, long_record, rec

HOURS = 46  # [h]:mm:ss
MUCH = 2e9  # more days than time has


def xls(
    sheets: Mapping[str, bytes], starts: Mapping[str, int] | None = None, end: bytes = END
) -> bytes:
    """An .xls workbook whose second number format is hours; `starts` says otherwise where sheets begin."""
    formats = b"".join(rec(0xE0, struct.pack("<HH", 0, of) + bytes(16)) for of in (0, HOURS))
    bound = {name: rec(0x85, bytes(8 + len(name))) for name in sheets}
    at = len(BEGIN + formats + b"".join(bound.values()) + END)
    for name, records in sheets.items():
        begin = (starts or {}).get(name, at)
        named = struct.pack("<IHBB", begin, 0, len(name), 0) + name.encode("latin-1")
        bound[name] = rec(0x85, named)
        at += len(BEGIN + records + end)
    book = BEGIN + formats + b"".join(bound.values()) + END
    return compound(book + b"".join(BEGIN + records + end for records in sheets.values()))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return rec(0x203, struct.pack("<HHHd", row, column, style, value))


def packed(value: int) -> bytes:
    """A number in four bytes, whole."""
    return struct.pack("<i", value << 2 | 2)


def many(row: int, column: int, *values: int) -> bytes:
    cells = b"".join(struct.pack("<H", 0) + packed(value) for value in values)
    return rec(
        0xBD, struct.pack("<HH", row, column) + cells + struct.pack("<H", column + len(values) - 1)
    )


def formula(row: int, column: int, value: bytes, style: int = 0) -> bytes:
    return rec(0x06, struct.pack("<HHH", row, column, style) + value + bytes(8))


def error(row: int, column: int, code: int) -> bytes:
    return rec(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def only(data: bytes) -> Sheet:
    (sheet,) = read_workbook_bytes(data).sheets
    return sheet


NEAR = label(0, 0, "Läxhjälp") + label(1, 1, "x")
ROWS = (("Läxhjälp", ""), ("", "x"))
TEXT_RESULT, ERROR_RESULT = bytes(6) + b"\xff\xff", b"\x02\x00\x17\x00\x00\x00\xff\xff"


@pytest.mark.parametrize(
    ("records", "far"),
    [
        (label(65_535, 255, "kladd"), {(65_536, 256): "kladd"}),
        (label(65_535, 255, " "), {}),
        (label(65_535, 0, "ned") + label(0, 255, "bort"), {}),
        (label(65_535, 0, "a") + label(65_535, 255, "b"), {(65_536, 1): "a", (65_536, 256): "b"}),
        (number(65_535, 255, 3.5), {(65_536, 256): "3,5"}),
        (many(65_535, 253, 1, 2, 3), {(65_536, 254): "1", (65_536, 255): "2", (65_536, 256): "3"}),
        (error(65_535, 255, 0x17), {(65_536, 256): "#REF!"}),
        (formula(65_535, 255, struct.pack("<d", 7)), {(65_536, 256): "7"}),
        (formula(65_535, 255, ERROR_RESULT), {(65_536, 256): "#REF!"}),
        (
            formula(65_535, 255, TEXT_RESULT) + rec(0x207, struct.pack("<HB", 3, 0) + b"och"),
            {(65_536, 256): "och"},
        ),
        (label(3, 5_000, "utanför"), {(4, 5_001): "utanför"}),
    ],
)  # fmt: skip
def test_a_far_cell_of_an_xls_is_kept_apart(
    records: bytes, far: Mapping[tuple[int, int], str]
) -> None:
    """As of an .xlsx: its text is told, white space is nothing, and the rest is read as if it were empty."""
    tall_and_wide = b"ned" in records
    sheet = only(xls({"Blad": NEAR + (b"" if tall_and_wide else records)}))
    assert sheet.rows == ROWS
    sheet = only(xls({"Blad": records + NEAR}))
    if tall_and_wide:
        told = {(65_536, 1): "ned", (1, 256): "bort"}
        assert (sheet.rows, sheet.far) == (ROWS, told)
    else:
        assert (sheet.rows, sheet.far, sheet.problems) == (ROWS, far, {})


def test_far_cells_of_several_sheets_stay_with_their_own() -> None:
    one, two = label(65_535, 200, "ett"), label(60_000, 255, "två")
    read = read_workbook_bytes(xls({"A": NEAR + one, "B": label(0, 0, "b"), "C": two})).sheets
    assert [(s.name, s.rows, s.far) for s in read] == [
        ("A", ROWS, {(65_536, 201): "ett"}),
        ("B", (("b",),), {}),
        ("C", (), {(60_001, 256): "två"}),
    ]


def test_a_tall_or_wide_sheet_that_can_be_read_is_read_where_it_stands() -> None:
    sheet = only(xls({"Blad": NEAR + label(20_000, 5, "sist")}))
    assert (len(sheet.rows), sheet.rows[20_000][5], sheet.far) == (20_001, "sist", {})


def test_a_cell_outside_every_sheet_is_refused() -> None:
    assert refusal(xls({"Blad": NEAR + label(9, 20_000, "x")})) == ("far", "cell ACOG10")


def test_more_far_cells_of_an_xls_than_anybody_left_by_mistake_are_refused() -> None:
    cells = b"".join(label(row, 255, "x") for row in range(60_000, 60_001 + MAX_FAR))
    assert refusal(xls({"Blad": NEAR + cells}))[0] == "too_large"
    cells = b"".join(label(row, 3_000, "x") for row in range(MAX_FAR + 1))
    assert refusal(xls({"Blad": NEAR + cells})) == ("far", "cell DKK1001")


@pytest.mark.parametrize("start", [0, 3, 10**6, 2**32 - 1])
def test_a_sheet_that_does_not_begin_where_the_workbook_says_is_no_empty_sheet(start: int) -> None:
    assert refusal(xls({"A": NEAR, "B": NEAR}, {"B": start}))[0] == "damaged"


def test_a_sheet_that_ends_in_the_midst_is_no_shorter_sheet() -> None:
    """As where the last of the file has been lost, and the reader goes on to its end."""
    assert refusal(xls({"A": NEAR}, end=b""))[0] == "damaged"


def test_two_sheets_of_one_name_are_not_one_sheet_twice() -> None:
    data = xls({"A": NEAR, "B": label(0, 0, "annat")})
    same = data.replace(b"\x01\x00B", b"\x01\x00A")
    assert same != data
    assert refusal(same)[0] == "damaged"


@pytest.mark.parametrize(
    ("records", "value"),
    [
        (number(2, 0, MUCH, 1), MUCH),
        (number(2, 0, -MUCH, 1), -MUCH),
        (rec(0x27E, struct.pack("<HHH", 2, 0, 1) + packed(500_000_000)), 5e8),
        (formula(2, 0, struct.pack("<d", MUCH), 1), MUCH),
        (number(2, 0, 1.5, 1), timedelta(days=1.5)),
    ],
)
def test_a_number_that_is_more_than_time_has_costs_only_its_own_cell(
    records: bytes, value: object
) -> None:
    sheet = only(xls({"Blad": NEAR + records}))
    assert sheet.rows == (*ROWS, (value, ""))


@pytest.mark.parametrize(
    ("records", "told"),
    [
        (error(2, 0, 0x17), "#REF!"),
        (error(2, 0, 0x2A), "#N/A"),
        (error(2, 0, 0x99), "#N/A"),
        (formula(2, 0, ERROR_RESULT), "#REF!"),
        (number(2, 0, float("nan")), "#NUM!"),
        (number(2, 0, float("inf"), 1), "#NUM!"),
        (formula(2, 0, struct.pack("<d", float("inf"))), "#NUM!"),
    ],
)
def test_an_error_in_an_xls_is_a_problem_of_its_cell(records: bytes, told: str) -> None:
    sheet = only(xls({"Blad": NEAR + records}))
    assert (sheet.rows, sheet.problems) == ((*ROWS, ("", "")), {(3, 1): told})


def test_a_text_result_that_is_empty_is_no_problem() -> None:
    assert only(xls({"Blad": NEAR + formula(2, 0, TEXT_RESULT)})).problems == {}


@pytest.mark.parametrize("size", [0, 1, 100, 4_095, 4_096, 4_097, 5_000_000])
def test_a_stream_in_a_plain_file_is_found_again(size: int) -> None:
    stream = (b"uppsikt!" * (size // 8 + 1))[:size]
    found = workbook_stream(plain_file(stream))
    assert found[:size] == stream
    assert not found[size:].strip(b"\0")


@pytest.mark.parametrize("name", ["WORKBOOK", "Book", "BOOK", "workbook"])
def test_the_workbooks_stream_is_known_whatever_the_case_of_its_name(name: str) -> None:
    coded = name.encode("utf-16-le")
    data = bytearray(xls({"Blad": NEAR}))
    at = data.rindex("Workbook".encode("utf-16-le"))
    data[at : at + 64] = coded.ljust(64, b"\0")
    struct.pack_into("<H", data, at + 64, len(coded) + 2)
    assert only(bytes(data)).rows == ROWS


def xlsb_row(row: int, *cells: bytes) -> bytes:
    return record(0, struct.pack("<I", row) + bytes(13)) + b"".join(cells)


def xlsb_cell(kind: int, column: int, content: bytes, style: int = 0) -> bytes:
    return long_record(kind, struct.pack("<II", column, style) + content)


def text(column: int, said: str) -> bytes:
    return xlsb_cell(6, column, wide(said))


def book(rows: bytes, *, end: bytes = record(146, b"")) -> bytes:
    """An .xlsb workbook with these rows, whose second number format is hours."""
    data = xlsb(0, 0)
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.bin")
    begin = part.index(record(0x91, b"")) + len(record(0x91, b""))
    formats = b"".join(record(0x2F, struct.pack("<HH", 0, of) + bytes(12)) for of in (0, HOURS))
    styles = record(0x269, struct.pack("<I", 2)) + formats
    changes = {"xl/worksheets/sheet1.bin": part[:begin] + rows + end, "xl/styles.bin": styles}
    return repacked(data, changes)


XLSB_NEAR = xlsb_row(0, text(0, "Läxhjälp")) + xlsb_row(1, text(1, "x"))


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        (xlsb_row(1_048_575, text(16_383, "kladd")), {(1_048_576, 16_384): "kladd"}),
        (xlsb_row(1_048_575, text(16_383, " ")), {}),
        (xlsb_row(900_000, text(0, "ned"), text(1, "invid")), {(900_001, 1): "ned", (900_001, 2): "invid"}),
        (xlsb_row(5, text(9_000, "bort")), {(6, 9_001): "bort"}),
        (xlsb_row(90_000, text(300, "båda")), {(90_001, 301): "båda"}),
        (xlsb_row(5, xlsb_cell(5, 9_000, struct.pack("<d", 2.0))), {(6, 9_001): "2"}),
        (xlsb_row(5, xlsb_cell(3, 9_000, b"\x17")), {(6, 9_001): "#REF!"}),
        (xlsb_row(5, xlsb_cell(11, 9_000, b"\x17" + bytes(9))), {(6, 9_001): "#REF!"}),
        (xlsb_row(5, xlsb_cell(4, 9_000, b"\x01")), {(6, 9_001): "SANT"}),
        (xlsb_row(5, text(9_000, "lång " * 60)), {(6, 9_001): ("lång " * 60).strip()}),
    ],
)  # fmt: skip
def test_a_far_cell_of_an_xlsb_is_kept_apart(
    rows: bytes, far: Mapping[tuple[int, int], str]
) -> None:
    for data in (book(XLSB_NEAR + rows), book(rows + XLSB_NEAR)):
        sheet = only(data)
        assert (sheet.rows, sheet.far, sheet.problems) == (ROWS, far, {})


def test_a_cell_outside_every_sheet_of_an_xlsb_is_refused() -> None:
    assert refusal(book(XLSB_NEAR + xlsb_row(2**31, text(0, "x"))))[0] == "far"
    assert refusal(book(XLSB_NEAR + xlsb_row(4, text(2**32 - 1, "x"))))[0] == "far"


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        (xlsb_cell(5, 0, struct.pack("<d", MUCH), 1), MUCH, {}),
        (xlsb_cell(2, 0, packed(500_000_000), 1), 5e8, {}),
        (xlsb_cell(9, 0, struct.pack("<d", -MUCH) + bytes(10), 1), -MUCH, {}),
        (xlsb_cell(5, 0, struct.pack("<d", 1.5), 1), timedelta(days=1.5), {}),
        (xlsb_cell(5, 0, struct.pack("<d", float("nan"))), "", {(3, 1): "#NUM!"}),
        (xlsb_cell(3, 0, b"\x2a"), "", {(3, 1): "#N/A"}),
        (xlsb_cell(3, 0, b"\x99"), "", {(3, 1): "#N/A"}),
        (xlsb_cell(11, 0, b"\x0f" + bytes(9)), "", {(3, 1): "#VALUE!"}),
        (xlsb_cell(62, 0, b"\0" + wide("fet text")), "fet text", {}),
    ],
)
def test_a_cell_that_is_no_time_no_number_or_has_looks_costs_no_other_cell(
    cell: bytes, value: object, told: Mapping[tuple[int, int], str]
) -> None:
    sheet = only(book(XLSB_NEAR + xlsb_row(2, cell)))
    rows = (*ROWS, (value, "")) if value != "" else sheet.rows
    assert (sheet.rows, sheet.problems) == (rows, told)
    assert sheet.rows[:2] == ROWS


def test_a_part_of_an_xlsb_that_ends_in_the_midst_is_no_shorter_sheet() -> None:
    assert refusal(book(XLSB_NEAR, end=b""))[0] == "damaged"
