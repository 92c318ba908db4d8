"""No sheet is lost in silence: where parts are said to lie, and cells that one number would cost."""

import io
import zipfile
from datetime import timedelta

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.excel.small_workbooks import (
    A1,
    EXPECTED,
    MAIN,
    SHEET,
    refusal,
    repacked,
    with_rows,
    workbook_bytes,
    xlsb,
)

RELATIONS = "xl/_rels/workbook.xml.rels"


def related(old: str, new: str) -> bytes:
    """The sample workbook with a change in what tells where its parts lie."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        relations = source.read(RELATIONS)
    assert old.encode() in relations
    return repacked(workbook_bytes(), {RELATIONS: relations.replace(old.encode(), new.encode(), 1)})


@pytest.mark.parametrize(
    "target",
    ["./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml", "/xl/./worksheets/sheet1.xml",
     "worksheets/./sheet1.xml", "worksheets/../worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"],
)  # fmt: skip
def test_a_sheet_is_found_however_its_place_is_written(target: str) -> None:
    """With what is known of its cells beside their values."""
    book = read_workbook_bytes(related('Target="worksheets/sheet1.xml"', f'Target="{target}"'))
    assert [sheet.name for sheet in book.sheets] == ["Mål 1", "Dold"]
    assert book.sheets[0].rows[2][1] == EXPECTED["Mål 1!B3"]


def test_a_part_of_an_xlsb_is_found_however_its_place_is_written() -> None:
    data = xlsb(1, 1)
    name = "xl/_rels/workbook.bin.rels"
    relations = (
        zipfile.ZipFile(io.BytesIO(data)).read(name).replace(b'"worksheets/', b'"./worksheets/')
    )
    assert read_workbook_bytes(repacked(data, {name: relations})).sheets[0].rows == (
        (1.0, ""),
        ("", 2.0),
    )


@pytest.mark.parametrize(
    "content",
    [None, b"<x/>", b"<html><body/></html>", f'<worksheet xmlns="{MAIN}"/>'.encode()],
)
def test_a_sheet_without_cells_to_read_is_a_damaged_workbook(content: bytes | None) -> None:
    """It would be an empty sheet, and all that a unit wrote on it missing."""
    assert refusal(repacked(workbook_bytes(), {SHEET: content}))[0] == "damaged"


def test_a_sheet_said_to_be_a_chart_is_a_damaged_workbook() -> None:
    assert refusal(related('relationships/worksheet"', 'relationships/chartsheet"'))[0] == "damaged"


def test_a_sheet_of_no_cells_is_an_empty_sheet() -> None:
    content = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    assert read_workbook_bytes(repacked(workbook_bytes(), {SHEET: content})).sheets[0].rows == ()


@pytest.mark.parametrize("number", ["1e300", "-1E+15", "9999999999999", "999999999999.5"])
def test_a_duration_beyond_all_time_costs_only_its_own_cell(number: str) -> None:
    """It is told as it is written; durations and numbers beside it are what they were."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>'
        "<cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="46"/></cellXfs></styleSheet>'
    )
    rows = (
        f'{A1}<row r="2"><c r="A2" s="1"><v>{number}</v></c><c r="B2" s="1" t="n"><f>A2&gt;1</f>'
        f'<v>{number}</v></c><c r="C2" s="1"><v>1.5</v></c><c r="D2"><v>7012345</v></c></row>'
    )
    data = repacked(with_rows(rows), {"xl/styles.xml": styles.encode()})
    expected = (number, number, timedelta(days=1.5), 7012345.0)
    assert read_workbook_bytes(data).sheets[0].rows == ((1.0, "", "", ""), expected)
