"""Reading of workbooks: values, problems and notes at their cells, and properties."""

import io
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel.reading import UnreadableError, read_workbook, read_workbook_bytes
from excel_uppsikt.language.cells import cell_name
from tests.excel.small_workbooks import (
    ANNOTATION,
    EXPECTED,
    ODS_VALUE,
    SAVED,
    cells,
    ods,
    ods_empty_rows,
    repacked,
    with_comments,
    with_rows,
    workbook_bytes,
)


def test_values_stand_at_their_true_places_below_empty_rows() -> None:
    workbook = read_workbook_bytes(workbook_bytes())
    assert cells(workbook) == EXPECTED
    assert workbook.sheets[0].rows[0] == ("",) * 5
    assert all(not sheet.problems for sheet in workbook.sheets)


def test_a_hidden_sheet_is_read_and_not_visible() -> None:
    visible = {sheet.name: sheet.visible for sheet in read_workbook_bytes(workbook_bytes()).sheets}
    assert visible == {"Mål 1": True, "Dold": False}


def test_custom_properties_are_text() -> None:
    properties = read_workbook_bytes(workbook_bytes()).properties
    assert properties == {"uppsikt Enhet": "Kulturskolan", "uppsikt Antal": "3"}


@pytest.mark.parametrize(
    ("written", "saved"),
    [
        ("2025-03-01T12:30:00Z", SAVED),
        ("2025-03-01T14:30:00+02:00", SAVED),
        ("2025-03-01T12:30:00", SAVED),
        ("i går", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_the_saved_time_is_utc_and_none_when_unreadable(
    written: str, saved: datetime | None
) -> None:
    core = f'<p xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>{written}'
    part = f"{core}</dcterms:modified></p>".encode()
    data = repacked(workbook_bytes(), {"docProps/core.xml": part})
    assert read_workbook_bytes(data).saved == saved


def test_a_workbook_without_properties_has_neither_saved_time_nor_properties() -> None:
    gone = {"docProps/core.xml": None, "docProps/custom.xml": None}
    workbook = read_workbook_bytes(repacked(workbook_bytes(), gone))
    assert (workbook.saved, workbook.properties) == (None, {})


def test_xlsxwriters_own_saved_time_is_read() -> None:
    assert read_workbook_bytes(workbook_bytes()).saved == SAVED


def test_a_file_that_cannot_be_opened_is_busy(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_workbook(tmp_path)
    assert (refused.value.reason.value, refused.value.detail) == ("busy", "en fil som är upptagen")


def test_a_chart_sheet_is_left_out_and_the_rest_is_read() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("Blad").write_number("A1", 1)
        chart = book.add_chart({"type": "column"})
        assert chart is not None
        chart.add_series({"values": "=Blad!$A$1:$A$1"})
        book.add_chartsheet("Diagram").set_chart(chart)
    workbook = read_workbook_bytes(stream.getvalue())
    assert ([sheet.name for sheet in workbook.sheets], workbook.chart_sheets) == (
        ["Blad"],
        ("Diagram",),
    )


def test_error_values_and_unsaved_formulas_are_problems_at_their_cells() -> None:
    data = with_rows(
        '<row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f>A1</f></c></row>'
        '<row r="3"><c r="C3"><f>A1</f><v></v></c><c><f>A1</f><v/></c></row>'
        '<row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4"><f>1</f><v>1</v></c></row>'
    )
    first, second = read_workbook_bytes(data).sheets
    assert first.problems == {
        (2, 2): "#REF!", (2, 3): "=", (3, 3): "=", (3, 4): "=", (4, 1): "#DIV/0!",
    }  # fmt: skip
    assert second.problems == {}


def test_an_error_value_of_a_newer_excel_does_not_cost_the_file() -> None:
    """What the reader does not know is told at its cell, and the rest of the file is read."""
    data = with_rows(
        '<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><v>7</v></c>'
        '<c r="C1" t="e"><v>Err:502</v></c></row>'
    )
    sheet = read_workbook_bytes(data).sheets[0]
    assert sheet.problems == {(1, 1): "#SPILL!", (1, 3): "Err:502"}
    assert sheet.rows == (("", 7.0, ""),)


def test_many_error_values_of_other_programs_are_told_each_at_its_cell() -> None:
    """Also one whose word is the beginning of another's, or holds what XML writes otherwise."""
    words = ["#SPILL!", "#SPILL", "#A&B!", *(f"Err:{number}" for number in range(500, 900))]
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="e"><v> {escape(word)}\n</v></c><c r="B{at}"><v>7</v></c>'
        # The same words as text.
        f'<c r="C{at}" t="str"><f>A1</f><v>{escape(word)}</v></c></row>'
        for at, word in enumerate(words, 1)
    )
    sheet = read_workbook_bytes(with_rows(rows)).sheets[0]
    assert sheet.problems == {(at, 1): word for at, word in enumerate(words, 1)}
    assert [row[1:] for row in sheet.rows] == [(7.0, word) for word in words]


def test_notes_of_an_ods_stand_at_their_cells_and_not_in_the_values() -> None:
    """Below repeated rows and cells, on filled and on empty ones."""
    filled = ODS_VALUE.replace("<text:p>", f"{ANNOTATION}<text:p>")
    repeated = '<table:table-cell table:number-columns-repeated="3"/>'
    empty = f"<table:table-cell>{ANNOTATION}</table:table-cell>"
    rows = f"{ods_empty_rows(4)}<table:table-row>{filled}{repeated}{empty}</table:table-row>"
    sheet = read_workbook_bytes(ods(rows)).sheets[0]
    words = "Rad ett\nrad två\nslut"
    assert sheet.notes == {(5, 1): words, (5, 5): words}
    assert cells(read_workbook_bytes(ods(rows))) == {"A!A5": "x"}


@pytest.mark.parametrize(
    ("reference", "place"),
    [("C7", (7, 3)), ("$C$7", (7, 3)), ("c7:D9", (7, 3)), ("", (1, 1)), ("R1C1!", (1, 1))],
)
def test_notes_of_an_xlsx_stand_at_their_cells(reference: str, place: tuple[int, int]) -> None:
    """Of runs joined; one whose place cannot be read stands at A1."""
    comments = (
        f'<commentList><comment ref="{reference}" authorId="7"><text><r><t>Anna:_x000D_</t></r>'
        "<r><t>hej</t></r></text></comment></commentList>"
    )
    first, second = read_workbook_bytes(with_comments(comments)).sheets
    assert (first.notes, second.notes) == ({place: "Anna:\nhej"}, {})


def test_notes_are_read_though_there_are_cells_beside_them() -> None:
    """Of a sheet the rows alone are kept."""
    comments = (
        '<sheetData><row r="1"><c r="A1"/></row></sheetData>'
        '<commentList><comment ref="A1"><text><t>Hej</t></text></comment></commentList>'
    )
    assert read_workbook_bytes(with_comments(comments)).sheets[0].notes == {(1, 1): "Hej"}


def test_notes_inside_one_another_are_read_once() -> None:
    """A hundred levels would else make a hundred times as much text."""
    inner = "<text><t>Hej</t></text>"
    comments = f'<comment ref="B2"><comment ref="C3">{inner}</comment></comment>'
    first = read_workbook_bytes(with_comments(f"<commentList>{comments}</commentList>")).sheets[0]
    assert first.notes == {(2, 2): "Hej"}


def test_an_unknown_error_beside_a_comment_full_of_cells_is_read() -> None:
    """Looked for in the wrong way, it would take days."""
    cells_begun = "<c t='e' " * 50_000
    rows = f'<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row><!--{cells_begun}-->'
    assert read_workbook_bytes(with_rows(rows)).sheets[0].problems == {(1, 1): "#SPILL!"}


def test_a_formula_of_text_saved_as_empty_is_no_problem() -> None:
    data = with_rows('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>')
    assert read_workbook_bytes(data).sheets[0].problems == {}


def test_openpyxls_formulas_without_values_are_problems() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["B2"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    assert read_workbook_bytes(stream.getvalue()).sheets[0].problems == {(2, 2): "="}


def test_cell_names_are_excels() -> None:
    names = [cell_name(7, 4), cell_name(1, 26), cell_name(1, 27), cell_name(1048576, 16384)]
    assert names == ["D7", "Z1", "AA1", "XFD1048576"]
