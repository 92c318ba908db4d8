"""An .xls file of which a stretch is lost is refused, rather than read with cells or rows left out."""

import struct

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.excel.small_workbooks import refusal
from tests.excel.test_binary import BEGIN, END, compound, label, rec

TEXTS = rec(0xFC, struct.pack("<II", 2, 2) + b"".join(b"\1\0\0" + t for t in (b"a", b"b")))


def shared(row: int, text: int) -> bytes:
    """A cell with one of the texts that cells share."""
    return rec(0xFD, struct.pack("<HHHI", row, 0, 0, text))


def book(texts: bytes, records: bytes) -> bytes:
    at = len(BEGIN + texts + rec(0x85, bytes(12)) + END)
    named = rec(0x85, struct.pack("<IHBB", at, 0, 4, 0) + b"Blad")
    return compound(BEGIN + texts + named + END + BEGIN + records + END)


def test_shared_texts_are_read() -> None:
    data = book(TEXTS, shared(0, 1) + shared(1, 0))
    assert read_workbook_bytes(data).sheets[0].rows == (("b",), ("a",))


@pytest.mark.parametrize("texts", [b"", TEXTS])
def test_a_cell_whose_shared_text_is_lost_is_not_taken_for_empty(texts: bytes) -> None:
    data = book(texts, label(0, 0, "Rubrik") + shared(1, 2))
    assert refusal(data)[0] == "damaged"


def test_a_stretch_of_nothing_amid_the_cells_is_not_taken_for_no_cells() -> None:
    """As where the sectors of a disk have been lost."""
    whole = label(0, 0, "Rubrik") + bytes(64) + label(9, 0, "Sist")
    assert refusal(book(TEXTS, whole))[0] == "damaged"
