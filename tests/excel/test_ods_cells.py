"""Cells of .ods in every kind that programs write: none is empty that is not, and each in its place."""

from datetime import date, datetime, time

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.excel.workbook import CellValue, Sheet
from tests.excel.small_workbooks import ODS_ROW, ODS_VALUE, ods, refusal

HOURS = 'office:value-type="time" office:time-value='
FORMULA = 'table:formula="of:=[.A1]/0"'
ERROR = 'xmlns:calcext="c" calcext:value-type="error"'


def cell(attributes: str = "", text: str | None = "", name: str = "table-cell") -> str:
    inside = "" if text is None else f"<text:p>{text}</text:p>"
    return f"<table:{name} {attributes}>{inside}</table:{name}>"


def only(rows: str) -> Sheet:
    (sheet,) = read_workbook_bytes(ods(rows)).sheets
    return sheet


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (cell('office:value-type="percentage" office:value="0.5"', "50 %"), 0.5),
        (cell('office:value-type="currency" office:currency="SEK" office:value="12"', "12 kr"), 12.0),
        (cell('office:value-type="boolean" office:boolean-value="true"', "SANT"), True),
        (cell('office:value-type="date" office:date-value="2024-03-01"', "1 mars"), date(2024, 3, 1)),
        (
            cell('office:value-type="date" office:date-value="2024-03-01T08:00:00"', "1 mars"),
            datetime(2024, 3, 1, 8),  # noqa: DTZ001  as it is read
        ),
        (cell(f'{HOURS}"PT08H30M00S"', "08:30"), time(8, 30)),
        (cell(f'{HOURS}"PT36H00M00S"', "36:00"), "36:00"),
        (cell(f'{HOURS}"-PT1H00M00S"', "-1:00"), "-1:00"),
        (cell(f'{HOURS}"PT999999999999H00M00S"', "mycket"), "mycket"),
        (cell('office:value-type="string"', "a &amp; <text:span>b</text:span>"), "a & b"),
        (cell('office:value-type="string"', "<![CDATA[a & <b>]]>"), "a & <b>"),
        (cell('office:value-type="string"', "Klart<!-- snart -->"), "Klart"),
        (cell("", "utan slag"), "utan slag"),
        (cell('office:value-type="void"', "tomt slag"), "tomt slag"),
        (cell('office:value-type="string"', "dold", "covered-table-cell"), "dold"),
    ],
)  # fmt: skip
def test_a_value_of_each_kind_is_read_and_so_is_what_follows(
    written: str, value: CellValue
) -> None:
    sheet = only(row(written, ODS_VALUE) + ODS_ROW)
    assert (sheet.rows, sheet.problems) == (((value, "x"), ("x", "")), {})


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (cell(f'{FORMULA} office:value-type="string" {ERROR}', "#DIV/0!"), "#DIV/0!"),
        (cell(f'{FORMULA} office:value-type="float" office:value="0" {ERROR}', "#REF!"), "#REF!"),
        (cell(FORMULA, None), "="),
    ],
)
def test_an_error_and_a_formula_without_a_value_are_problems_of_their_cells(
    written: str, told: str
) -> None:
    """In the place where they stand, also of a repeated row, and beside a note."""
    note = "<office:annotation><text:p>obs</text:p></office:annotation>"
    noted = written.replace("<text:p>", f"{note}<text:p>", 1)
    for made in (written, noted):
        sheet = only(ODS_ROW + row(ODS_VALUE, made, ODS_VALUE))
        assert sheet.problems == {(2, 2): told}
        assert [(r[0], r[2]) for r in sheet.rows] == [("x", ""), ("x", "x")]
    repeated = (
        f'<table:table-row table:number-rows-repeated="2">{ODS_VALUE}{written}</table:table-row>'
    )
    assert only(repeated).problems == {(1, 2): told, (2, 2): told}


def test_covered_and_repeated_cells_and_rows_stand_in_their_places() -> None:
    spanned = cell('office:value-type="string" table:number-columns-spanned="3"', "bred")
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    twice = f'<table:table-row table:number-rows-repeated="2">{ODS_VALUE}</table:table-row>'
    rows = (
        f"<table:table-header-rows>{row(spanned, covered, ODS_VALUE)}</table:table-header-rows>"
        f"<table:table-row-group><table:table-row-group>{twice}</table:table-row-group>"
        f"</table:table-row-group><!-- mellan -->{row(covered, ODS_VALUE)}"
    )
    assert only(rows).rows == (
        ("bred", "", "", "x"),
        ("x", "", "", ""),
        ("x", "", "", ""),
        ("", "", "x", ""),
    )


def test_text_without_a_kind_counts_for_what_the_workbook_holds() -> None:
    """Repeated over a whole sheet it is as much as any other value."""
    wide = cell('table:number-columns-repeated="1000"', "x")
    many = f'<table:table-row table:number-rows-repeated="1000">{wide}</table:table-row>'
    assert refusal(ods(many)) == ("too_large", "fler än 300 000 celler")
    far = cell('table:number-columns-repeated="16383"', None)
    assert only(ODS_ROW + row(far, cell("", "bort"))).far == {(2, 16_384): "bort"}
