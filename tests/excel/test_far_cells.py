"""Cells far outside any form: taken out before the reader sees them, and what stood in them kept."""

import io
import zipfile

import pytest

from excel_uppsikt.excel.guard.limits import MAX_FAR
from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.excel.small_workbooks import (
    A1,
    MAIN,
    ODS_ROW,
    ODS_VALUE,
    SHEET,
    ods,
    ods_empty_rows,
    refusal,
    repacked,
    with_rows,
    workbook_bytes,
)

Far = dict[tuple[int, int], str]
CORNER = (1_048_576, 16_384)
_SPACE = (
    '<table:table-cell office:value-type="string"><text:p><text:s/></text:p></table:table-cell>'
)


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        (f'{A1}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', {CORNER: "1"}),
        (f'{A1}<row r="1048576"><c><v>1</v></c></row>', {(1_048_576, 1): "1"}),
        (f'{A1}<row r="2"><c r="xfd2" t="inlineStr"><is><t>&lt; y</t></is></c></row>', {(2, 16_384): "< y"}),
        (f'{A1}<row r="2"><c r="XFD2" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>', {}),
        (f'{A1}<row r="2"><c r="XFD2" t="s"><v>0</v></c></row>', {(2, 16_384): "Öppna förskolan\när öppen"}),
        (f'{A1}<row r="2"><c r="XFD2" t="s"><v>99</v></c></row>', {}),
        (f'{A1}<row r="2"><c r="XFD2" t="e"><v>#REF!</v></c></row>', {(2, 16_384): "#REF!"}),
        (f'{A1}<row r="2"><c r="XFD2"><f>A1&gt;0</f></c></row>', {(2, 16_384): "="}),
        (f'{A1}<row r="2"><c r="XFD2" t="str"><f>A1</f><v></v></c></row>', {}),
        ('<x:row r="9"><x:c r="XFD9" a=">"><x:v>7</x:v></x:c></x:row>', {(9, 16_384): "7"}),
    ],
)  # fmt: skip
def test_a_cell_in_a_far_corner_is_kept_apart(rows: str, far: Far) -> None:
    """Its text is told, white space is nothing, and the rest of the sheet is read as if it were empty."""
    rows = rows.replace("<x:row", f'<x:row xmlns:x="{MAIN}"')
    sheet = read_workbook_bytes(with_rows(rows)).sheets[0]
    assert sheet.far == far
    assert sheet.rows == (((1.0,),) if A1 in rows else ())
    assert sheet.problems == {}


def test_what_stands_beside_a_far_cell_stays_in_its_place() -> None:
    far = '<row r="2"><c r="B2"><v>2</v></c><c r="WWW2" t="n"><v>9</v></c></row>'
    (sheet, *_) = read_workbook_bytes(with_rows(f"{A1}{far}<row><c><v>3</v></c></row>")).sheets
    assert sheet.rows == ((1.0, ""), ("", 2.0), (3.0, ""))
    assert list(sheet.far.values()) == ["9"]


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        (ODS_ROW + ods_empty_rows(1_048_574) + ODS_ROW, {(1_048_576, 1): "x"}),
        (
            ODS_ROW + '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
            f"{ODS_VALUE}</table:table-row>",
            {(2, 16_384): "x"},
        ),
        (ODS_ROW + ods_empty_rows(1_048_574) + f"<table:table-row>{_SPACE}</table:table-row>", {}),
        (
            ODS_ROW + '<table:table-row table:number-rows-repeated="1048575">'
            + _SPACE.replace("cell ", 'cell table:number-columns-repeated="16384" ', 1)
            + "</table:table-row>",
            {},
        ),
        (
            ODS_ROW + ods_empty_rows(1_048_574)
            + '<table:table-row><table:table-cell a="/>" office:value-type="float" office:value="5"/>'
            "</table:table-row>",
            {(1_048_576, 1): "5"},
        ),
    ],
)  # fmt: skip
def test_a_far_cell_in_an_ods_is_kept_apart(rows: str, far: Far) -> None:
    (sheet,) = read_workbook_bytes(ods(rows)).sheets
    assert (sheet.rows, sheet.far) == ((("x",),), far)


def test_a_far_value_is_found_in_a_sheet_under_any_name() -> None:
    far = f'<worksheet xmlns="{MAIN}"><sheetData>{A1}<row r="3"><c r="XFD3"><v>1</v></c></row>'
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        relations = source.read("xl/_rels/workbook.xml.rels")
    changes = {
        SHEET: None,
        "xl/bild.png": f"{far}</sheetData></worksheet>".encode(),
        "xl/_rels/workbook.xml.rels": relations.replace(b"worksheets/sheet1.xml", b"bild.png"),
    }
    sheet = read_workbook_bytes(repacked(workbook_bytes(), changes)).sheets[0]
    assert (sheet.rows, sheet.far) == (((1.0,),), {(3, 16_384): "1"})


def test_more_far_cells_than_anybody_left_by_mistake_are_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, MAX_FAR + 3))
    assert refusal(with_rows(A1 + cells)) == ("far", f"cell XFD{MAX_FAR + 2}")


def test_two_values_in_one_far_cell_are_refused() -> None:
    """Only one of them would be told."""
    cell = '<c r="XFD2"><v>1</v></c>'
    assert refusal(with_rows(f'{A1}<row r="2">{cell}{cell}</row>'))[0] == "damaged"


def test_far_cells_sharing_a_long_text_are_too_large() -> None:
    """Each of them would have it whole in what is told."""
    cells = "".join(f'<row r="{n}"><c r="XFD{n}" t="s"><v>0</v></c></row>' for n in range(2, 500))
    long = f'<sst xmlns="{MAIN}"><si><t>{"ord " * 20_000}</t></si></sst>'
    data = repacked(with_rows(A1 + cells), {"xl/sharedStrings.xml": long.encode()})
    assert refusal(data)[0] == "overfull"
