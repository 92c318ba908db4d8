"""Forms saved as .ods by programs that put white space between rows and cells, as Gnumeric and SheetJS do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.form.definition import README_SHEET
from tests.changed_forms import PLAN, YOUNG
from tests.excel.small_workbooks import ODS_TYPE, ods, zipped
from tests.small_rounds import check, own_form, places, row

ROWS = {2: [row("Läxhjälp", comment="På måndagar.\nOch på fredagar."), row("Fältarbete")]}
# How a program saves what the form's formulas come to.
Result = Callable[[str, CellValue], CellValue]
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def in_text(value: CellValue) -> CellValue:
    """Results as texts, as Calligra saves them."""
    return str(int(value)) if isinstance(value, float) else value


def as_error(word: str) -> Result:
    """Results as a text that says what went wrong, as Gnumeric saves them."""
    return lambda _sheet, _value: word


def _cell(value: CellValue) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = escape(str(value)).replace("\n", "<text:line-break/>")
    return f'<table:table-cell office:value-type="string">\n  <text:p>{text}</text:p>\n </table:table-cell>'


def _sheet(sheet: Sheet, result: Result) -> str:
    """The sheet's XML, an element a line, with other results of its formulas."""
    lines: list[str] = []
    for row_number, cells in enumerate(sheet.rows, 1):
        made = [
            result(sheet.name, value) if _computed(sheet.name, row_number, at, value) else value
            for at, value in enumerate(cells, 1)
        ]
        lines.append("\n    ".join(("<table:table-row>", *map(_cell, made), "</table:table-row>")))
    rows = "\n   ".join(lines)
    return f'<table:table table:name="{escape(sheet.name)}">\n   {rows}\n  </table:table>'


def _computed(sheet: str, row_number: int, column: int, value: CellValue) -> bool:
    """Whether a cell of Hemtjänst's form is a formula of its own: Kontroll, the states and the counts."""
    if sheet == README_SHEET:
        return (
            2 <= column <= 4
            and (isinstance(value, float) or str(value)[:1] in "✔✘–")
            and value != ""
        )
    return sheet[:1].isdecimal() and column == 8 and row_number in (2, *range(5, 45))


def resaved(data: bytes, result: Result) -> bytes:
    """The form as such a program saves it."""
    tables = "\n  ".join(_sheet(sheet, result) for sheet in read_workbook_bytes(data).sheets)
    content = (
        f"<office:document-content {_SPACES}>\n <office:body>\n <office:spreadsheet>\n  {tables}\n"
        " </office:spreadsheet>\n </office:body>\n</office:document-content>\n"
    )
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": b"<manifest/>"}
    return zipped({"mimetype": ODS_TYPE, **parts})


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(lambda _sheet, value: value, id="as they are"),
        pytest.param(lambda _sheet, value: in_text(value), id="as texts"),
        pytest.param(as_error("#VALUE!"), id="as errors"),
        pytest.param(as_error("Err:502"), id="as LibreOffice's errors"),
        pytest.param(lambda _sheet, _value: 0.0, id="as nought"),
    ],
)
def test_a_form_saved_by_another_program_is_read_whole(result: Result, tmp_path: Path) -> None:
    """As the form itself, and what its own formulas came to is not taken for what the unit wrote."""
    data = own_form(PLAN, "Hemtjänst", ROWS)
    sent = check(tmp_path / "1", PLAN, {"Hemtjänst.xlsx": data})
    other = check(tmp_path / "2", PLAN, {"Hemtjänst.ods": resaved(data, result)})
    assert places(other.findings, but="U") == places(sent.findings, but="U") == []
    assert [a.values for a in other.activities] == [a.values for a in sent.activities]
    assert len(other.activities) == 2
    assert other.activities[1].values.comment == "På måndagar.\nOch på fredagar."


def test_what_a_unit_wrote_is_told_in_such_a_form_too(tmp_path: Path) -> None:
    """A text in Kontroll and one beside the table, each at its own cell."""
    data = own_form(PLAN, "Hemtjänst", ROWS)

    def written(sheet: str, value: CellValue) -> CellValue:
        return "Anna ansvarar" if sheet == YOUNG and value == "✔ Klar" else value

    other = check(tmp_path, PLAN, {"Hemtjänst.ods": resaved(data, written)})
    assert places(other.findings, but="U") == [
        ("F207", "Hemtjänst.ods", YOUNG, "H5"), ("F207", "Hemtjänst.ods", YOUNG, "H6")
    ]  # fmt: skip


def test_white_space_in_a_text_is_kept() -> None:
    """Only what stands between rows and cells is passed over; line breaks and tabs are parts of a text."""
    rows = (
        "\n <table:table-row>\n\t<table:table-cell office:value-type='string'>"
        "<text:p>ett <text:span>två</text:span> tre<text:line-break/>fyra<text:tab/>fem</text:p>"
        "</table:table-cell>\r\n <table:table-cell table:formula='of:=[.A1]&gt;1' office:value-type='float'"
        " office:value='2'/>\n</table:table-row>\n"
    )
    (sheet,) = read_workbook_bytes(ods(rows)).sheets
    assert sheet.rows == (("ett två tre\nfyra\tfem", 2.0),)
