"""A worksheet of an .xls workbook that the reader would pass over: named as none, or not at all."""

import struct

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.excel.small_workbooks import refusal
from tests.excel.test_binary import END, compound, label, rec

BOOK, WORKSHEET, CHART = 0x0005, 0x0010, 0x0020
SHEET, CHART_SHEET = 0, 2
TEXT = label(0, 0, "Bygga")


def begin(kind: int) -> bytes:
    return rec(0x809, struct.pack("<HH", 0x600, kind) + bytes(12))


def xls(*sheets: tuple[str, int, bytes], rest: bytes = b"") -> bytes:
    """A workbook of sheets: the name of each ('' for none), what it is said to be, and its records."""
    named = [name for name, *_ in sheets if name]
    at = len(begin(BOOK) + END) + sum(len(rec(0x85, bytes(8 + len(name)))) for name in named)
    bound = b""
    for name, said, records in sheets:
        if name:
            bound += rec(0x85, struct.pack("<IBBBB", at, 0, said, len(name), 0) + name.encode())
        at += len(records)
    return compound(begin(BOOK) + bound + END + b"".join(records for *_, records in sheets) + rest)


def of(kind: int, *records: bytes) -> bytes:
    return begin(kind) + b"".join(records) + END


SEEN = ("A", SHEET, of(WORKSHEET, TEXT))


@pytest.mark.parametrize("hidden", [("B", CHART_SHEET), ("B", 1), ("B", 6), ("", SHEET)])
def test_a_worksheet_that_is_named_as_none_is_not_passed_over(hidden: tuple[str, int]) -> None:
    """As a sheet of an .xlsx whose cells were not read."""
    data = xls(SEEN, (*hidden, of(WORKSHEET, TEXT)))
    assert refusal(data)[0] == "damaged"
    assert refusal(xls((*hidden, of(WORKSHEET, TEXT)), SEEN))[0] == "damaged"


@pytest.mark.parametrize(
    "other",
    [
        ("B", CHART_SHEET, of(CHART, TEXT)),
        ("", SHEET, of(CHART, TEXT)),
        # Nothing is lost with one that is empty, or with the numbers that a chart inside it draws.
        ("B", CHART_SHEET, of(WORKSHEET)),
        ("B", CHART_SHEET, of(WORKSHEET, of(CHART, TEXT))),
    ],
)
def test_what_holds_no_cells_of_a_worksheet_is_passed_over(other: tuple[str, int, bytes]) -> None:
    (sheet,) = read_workbook_bytes(xls(SEEN, other)).sheets
    assert (sheet.name, sheet.rows) == ("A", (("Bygga",),))


def test_what_comes_after_the_last_sheet_is_none() -> None:
    (sheet,) = read_workbook_bytes(xls(SEEN, rest=bytes(600) + of(WORKSHEET, TEXT))).sheets
    assert sheet.rows == (("Bygga",),)
