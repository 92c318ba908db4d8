"""A cell in the last corner of an old sheet, IV65536: the form is read, and the cell is told by itself."""

from pathlib import Path

import pytest

from excel_uppsikt.excel.guard.limits import MAX_FAR, OWN
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.reading import read_workbook, read_workbook_bytes
from tests.excel.small_workbooks import (
    A1,
    ODS_ROW,
    ODS_VALUE,
    ods,
    ods_empty_rows,
    refusal,
    with_rows,
)

Far = dict[tuple[int, int], str]
CORNER = (65_536, 256)
LARGE = ("too_large", "blad på mer än 5 miljoner celler")
SPACE = '<is><t xml:space="preserve"> </t></is>'


def corner(cell: str) -> str:
    """The last row of an old sheet with this in its last cell."""
    return f'<row r="65536"><c r="IV65536" {cell}</c></row>'


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        (corner("><v>1</v>"), {CORNER: "1"}),
        (corner('t="inlineStr"><is><t>Ring Bo</t></is>'), {CORNER: "Ring Bo"}),
        (corner('t="s"><v>0</v>'), {CORNER: "Öppna förskolan\när öppen"}),
        (corner('t="e"><v>#REF!</v>'), {CORNER: "#REF!"}),
        (corner("><f>A1</f>"), {CORNER: "="}),
        (corner(f't="inlineStr">{SPACE}'), {}),
        # Each by itself is no large sheet; both together are.
        ('<row r="65536"><c r="A65536"><v>1</v></c></row><row r="65537"><c r="IV65537"><v>2</v></c></row>',
         {(65_536, 1): "1", (65_537, 256): "2"}),
        ('<row r="10001"><c r="A10001"><v>1</v></c><c r="BRR10001"><v>2</v></c></row>',
         {(10_001, 1): "1", (10_001, 1_838): "2"}),
    ],
)  # fmt: skip
def test_the_rest_of_the_sheet_is_read(rows: str, far: Far) -> None:
    sheet = read_workbook_bytes(with_rows(A1 + rows)).sheets[0]
    assert (sheet.rows, sheet.far, sheet.problems) == (((1.0,),), far, {})


def test_what_a_usual_form_may_have_stays_in_its_place() -> None:
    """The last usual row and column; and where the sheet is not too large, all of it."""
    usual = '<row r="10000"><c r="CV10000"><v>2</v></c></row>'
    sheet = read_workbook_bytes(with_rows(A1 + usual + corner("><v>1</v>"))).sheets[0]
    assert (len(sheet.rows), len(sheet.rows[0])) == (10_000, 100)
    assert (sheet.rows[-1][-1], sheet.far) == (2.0, {CORNER: "1"})
    small = read_workbook_bytes(with_rows(f'{A1}<row r="65536"><c r="C65536"><v>1</v></c></row>'))
    assert (len(small.sheets[0].rows), small.sheets[0].far) == (65_536, {})


@pytest.mark.parametrize(
    ("last", "far"),
    [
        (ODS_VALUE, {CORNER: "x"}),
        (
            '<table:table-cell office:value-type="string"><text:p><text:s/></text:p></table:table-cell>',
            {},
        ),
    ],
)
def test_in_an_ods_too(last: str, far: Far) -> None:
    empty = '<table:table-cell table:number-columns-repeated="255"/>'
    rows = f"{ODS_ROW}{ods_empty_rows(65_534)}<table:table-row>{empty}{last}</table:table-row>"
    (sheet,) = read_workbook_bytes(ods(rows)).sheets
    assert (sheet.rows, sheet.far) == ((("x",),), far)


def test_more_of_them_than_anybody_left_by_mistake_are_too_large_as_before() -> None:
    """Also one text that is repeated all the way, of which only one place would be told."""
    many = "".join(
        f'<row r="{n}"><c r="IV{n}"><v>1</v></c></row>' for n in range(60_000, 60_002 + MAX_FAR)
    )
    assert refusal(with_rows(A1 + many)) == LARGE
    repeated = ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="256" ', 1)
    rows = ODS_ROW + ods_empty_rows(65_534) + f"<table:table-row>{repeated}</table:table-row>"
    assert refusal(ods(rows)) == LARGE


def test_of_the_coordinators_own_workbook_no_cell_is_taken_for_a_slip(tmp_path: Path) -> None:
    """There it would be a row of the report; it is read where it stands, or the whole is refused."""
    path = tmp_path / "sammanstallning.xlsx"
    path.write_bytes(with_rows(A1 + corner("><v>1</v>")))
    sheet = read_workbook(path, OWN).sheets[0]
    assert (len(sheet.rows), sheet.rows[-1][-1], sheet.far) == (65_536, 1.0, {})
    path.write_bytes(with_rows(f'{A1}<row r="65536"><c r="BXX65536"><v>1</v></c></row>'))
    with pytest.raises(UnreadableError) as refused:
        read_workbook(path, OWN)
    assert refused.value.reason is Reason.TOO_LARGE
