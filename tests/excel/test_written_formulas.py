"""The formulas of sheets, read by themselves: what openpyxl says of each cell, and none of those far away."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from excel_uppsikt.excel import written_formulas as module
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import Reason, UnreadableError, read_workbook_bytes
from excel_uppsikt.excel.written_formulas import written_formulas
from excel_uppsikt.language.cells import cell_name
from tests.excel.small_workbooks import MAIN, SHEET, repacked, with_rows, workbook_bytes

ROWS = (
    '<row r="2"><c r="A2"><f>SUM(A5:A9)</f></c><c><f>A2&amp;"&lt;"</f><v>1</v></c><c r="D2"><v>1</v></c>'
    '<c r="E2" t="e"><f>NAMN()</f><v>#NAME?</v></c><c r="F2"><f/></c></row>'
    '<row><c r="A3"><f t="shared" ref="A3:A5" si="0">B3+$B$1</f><v>1</v></c></row>'
    '<row r="4"><c r="A4" t="str"><f t="shared" si="0"/><v>x</v></c>'
    '<c r="C4"><f t="array" ref="C4:C5">A1:A2*2</f><v>1</v></c>'
    '<c r="D4"><f t="dataTable" ref="D4:D5" r1="A1"/><v>1</v></c></row>'
    '<row r="5"><c r="A5"><f t="shared" si="0"/></c><c r="B5" t="s"><v>0</v></c></row>'
)


def found(data: bytes) -> dict[str, dict[str, str]]:
    read = written_formulas(data, read_workbook_bytes(data, OWN).sheets)
    return {
        sheet: {cell_name(*place): formula for place, formula in cells.items() if formula}
        for sheet, cells in read.items()
    }


def by_openpyxl(data: bytes) -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for cell in sheet._cells.values():
            if cell.data_type == "f" and not isinstance(cell.value, DataTableFormula):
                text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                told.setdefault(sheet.title, {})[cell.coordinate] = str(text)
    return told


def test_each_is_as_it_is_in_its_own_cell() -> None:
    """Also one that is written once for several cells, one of many cells, and one that was never computed."""
    data = with_rows(ROWS)
    expected = {
        "A2": "=SUM(A5:A9)", "B2": '=A2&"<"', "E2": "=NAMN()", "F2": "=", "A3": "=B3+$B$1",
        "A4": "=B4+$B$1", "C4": "=A1:A2*2", "A5": "=B5+$B$1",
    }  # fmt: skip
    assert found(data) == by_openpyxl(data) == {"Mål 1": expected}


def test_of_every_sheet_that_is_asked_for_and_no_other() -> None:
    other = f'<worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData></worksheet>'.encode()
    data = repacked(workbook_bytes(), {"xl/worksheets/sheet2.xml": other})
    first, second = read_workbook_bytes(data, OWN).sheets
    assert written_formulas(data, [first]) == {"Mål 1": {(6, 5): "=1+1"}}
    assert [*written_formulas(data, [second])] == ["Dold"]
    assert found(data) == by_openpyxl(data)


def test_one_far_outside_any_form_is_left_out() -> None:
    data = with_rows(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="XFD1"><f>2+2</f><v>4</v></c></row>'
        '<row r="1048576"><c r="B1048576"><f>3+3</f><v>6</v></c></row>'
    )
    (far, _) = read_workbook_bytes(data, OWN).sheets
    assert {*far.far} == {(1_048_576, 2), (1, 16_384)}
    assert found(data) == {"Mål 1": {"A1": "=1+1"}}


def test_a_sheet_of_other_spelling_is_read_alike() -> None:
    """As by programs that name the namespace in each element."""
    plain = f'<worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData></worksheet>'
    named = plain.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    named = named.replace("xmlns=", "xmlns:x=")
    data = repacked(workbook_bytes(), {SHEET: named.encode()})
    assert found(data) == found(with_rows(ROWS))


def test_a_workbook_without_formulas_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_formulas", None)
    data = with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;f&gt;</t></is></c></row>')
    assert found(data) == {}


@pytest.mark.parametrize(
    ("limit", "most"), [("MAX_FORMULAS", 50), ("MAX_OWN_CELLS", 10), ("MAX_OWN_XML", 500)]
)
def test_more_than_anybody_could_write_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    data = with_rows(ROWS)
    monkeypatch.setattr(module, limit, most)
    with pytest.raises(UnreadableError) as refused:
        found(data)
    assert refused.value.reason is Reason.OVERFULL


def test_what_is_no_workbook_any_more_is_refused() -> None:
    data = with_rows(ROWS)
    sheets = read_workbook_bytes(data, OWN).sheets
    odd = with_rows('<row r="x"><c r="A1"><f>1</f></c></row>')
    for other in (b"", b"PK\x03\x04", data[:-300], repacked(data, {"xl/workbook.xml": b"<"}), odd):
        with pytest.raises(UnreadableError):
            written_formulas(other, sheets)


def test_a_name_in_the_workbook_is_no_entity_bomb() -> None:
    """What the file may have become since it was read is looked at as when it was."""
    bomb = f'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}"><f>&b;</f></worksheet>'
    data = workbook_bytes()
    sheets = read_workbook_bytes(data, OWN).sheets
    with pytest.raises(UnreadableError) as refused:
        written_formulas(repacked(data, {SHEET: bomb.encode()}), sheets)
    assert refused.value.reason is Reason.HOSTILE
