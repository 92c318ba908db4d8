"""Reading of workbooks: what is read, what is refused, and that nothing else ever happens."""

import io
import random
import re
import shutil
import struct
import subprocess
import time as clock
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.office import archive, limits
from excel_uppsikt.office.reading import (
    UnreadableError,
    Workbook,
    cell_name,
    read_workbook,
    read_workbook_bytes,
)

SAVED = datetime(2025, 3, 1, 12, 30)  # noqa: DTZ001  what read_workbook gives is UTC without a zone
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def workbook_bytes() -> bytes:
    """A workbook with text, numbers and days below empty rows, and a hidden sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": SAVED})
        book.set_custom_property("uppsikt Enhet", "Kulturskolan")
        book.set_custom_property("uppsikt Antal", 3)
        sheet = book.add_worksheet("Mål 1")
        sheet.write_string("B3", "Öppna förskolan\när öppen")
        sheet.write_number("C4", 3.5)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime("D5", datetime(2025, 9, 30), day)  # noqa: DTZ001  a day has no zone
        sheet.write_formula("E6", "=1+1", None, 2)
        book.add_worksheet("Dold").write_string("A1", "gömd")
        book.worksheets()[1].hide()
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The zip with parts replaced, added or (None) taken away."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts: dict[str, bytes | None] = {name: source.read(name) for name in source.namelist()}
        for name, content in (parts | dict(changes)).items():
            if content is not None:
                target.writestr(name, content)
    return stream.getvalue()


def with_rows(rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook whose first sheet has these rows of XML."""
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return repacked(workbook_bytes(), {SHEET: sheet.encode()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def ods(rows: str, manifest: bytes = b"<manifest/>") -> bytes:
    """An .ods workbook of one sheet with these rows of XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": manifest}
    return zipped({"mimetype": ODS_TYPE, **parts})


A1 = '<row r="1"><c r="A1"><v>1</v></c></row>'
ODS_VALUE = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
ODS_ROW = f"<table:table-row>{ODS_VALUE}</table:table-row>"


def ods_empty_rows(count: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{count}">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )


def record(kind: int, content: bytes) -> bytes:
    """One record of an .xlsb part."""
    code = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return code + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(row: int, column: int) -> bytes:
    """An .xlsb workbook with the number 1 in A1 and the number 2 in a cell (0-based)."""

    def cell(at_row: int, at_column: int, value: float) -> bytes:
        header = record(0, struct.pack("<I", at_row) + bytes(13))
        return header + record(5, struct.pack("<IId", at_column, 0, value))

    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    sheet = struct.pack("<II", 0, 1) + wide("rId1") + wide("Blad")
    book = record(0x83, b"") + record(0x8F, b"") + record(0x9C, sheet) + record(0x90, b"")
    cells = cell(0, 0, 1.0) + cell(row, column, 2.0)
    area = struct.pack("<IIII", 0, row, 0, column)
    data = record(0x91, b"") + cells + record(0x92, b"")
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": book + record(0x84, b""),
        "xl/_rels/workbook.bin.rels": relations.encode(),
        "xl/worksheets/sheet1.bin": record(0x81, b"") + record(0x94, area) + data,
    }
    return zipped(parts)


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as refused:
        read_workbook_bytes(data)
    return refused.value.reason, refused.value.detail


def readable_or_refused(data: bytes) -> bool:
    """Whether the bytes were read; anything but a reading or an UnreadableError is a failure."""
    try:
        read_workbook_bytes(data)
    except UnreadableError:
        return False
    return True


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """LibreOffice's own .ods or .xls of the sample workbook."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "bok.xlsx").write_bytes(workbook_bytes())

    def convert(kind: str) -> bytes:
        subprocess.run(  # noqa: S603  a program found on the path, with our own file
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *("--headless", "--convert-to", kind, "--outdir", str(folder)),
                str(folder / "bok.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return (folder / f"bok.{kind}").read_bytes()

    return convert


def cells(workbook: Workbook) -> dict[str, object]:
    return {
        f"{sheet.name}!{cell_name(row, column)}": value
        for sheet in workbook.sheets
        for row, values in enumerate(sheet.rows, 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }


EXPECTED = {
    "Mål 1!B3": "Öppna förskolan\när öppen",
    "Mål 1!C4": 3.5,
    "Mål 1!D5": date(2025, 9, 30),
    "Mål 1!E6": 2.0,
    "Dold!A1": "gömd",
}


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


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_other_formats_give_the_same_cells(converted: Callable[[str], bytes], kind: str) -> None:
    workbook = read_workbook_bytes(converted(kind))
    assert cells(workbook) == EXPECTED
    assert [sheet.visible for sheet in workbook.sheets] == [True, False]
    assert all(not sheet.problems for sheet in workbook.sheets)


def test_ods_keeps_custom_properties_and_its_saved_time(
    converted: Callable[[str], bytes],
) -> None:
    workbook = read_workbook_bytes(converted("ods"))
    assert workbook.properties["uppsikt Enhet"] == "Kulturskolan"
    assert workbook.saved is not None


def test_an_xlsb_is_read() -> None:
    assert cells(read_workbook_bytes(xlsb(1, 1))) == {"Blad!A1": 1.0, "Blad!B2": 2.0}


@pytest.mark.parametrize("name", ["bok.xls", "bok.ods", "bok.docx", "bok"])
def test_a_wrong_extension_still_reads(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(workbook_bytes())
    assert cells(read_workbook(path)) == EXPECTED


def test_a_file_that_cannot_be_opened_is_busy(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_workbook(tmp_path)
    assert (refused.value.reason, refused.value.detail) == ("busy", "en fil som är upptagen")


def test_strict_ooxml_is_read() -> None:
    data = with_rows('<row r="2"><c r="B2"><v>7</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        strict = {
            name: source.read(name)
            .replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            for name in source.namelist()
        }
    assert cells(read_workbook_bytes(zipped(strict)))["Mål 1!B2"] == 7.0


def test_a_chart_sheet_is_left_out_and_the_rest_is_read() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("Blad").write_number("A1", 1)
        chart = book.add_chart({"type": "column"})
        assert chart is not None
        chart.add_series({"values": "=Blad!$A$1:$A$1"})
        book.add_chartsheet("Diagram").set_chart(chart)
    assert [sheet.name for sheet in read_workbook_bytes(stream.getvalue()).sheets] == ["Blad"]


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


@pytest.mark.parametrize(
    "rows",
    [
        f'{A1}<row r="2"><c r="A1"><v>2</v></c></row>',
        f'{A1}<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        # Not spelt as programs do.
        "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
        '<row r="1"><c><v>1</v></c><c r="A1"><v>2</v></c></row>',
    ],
)
def test_two_values_at_one_place_are_damaged_rather_than_one_lost(rows: str) -> None:
    assert refusal(with_rows(rows)) == ("damaged", "en skadad fil")


@pytest.mark.parametrize("empty", ['<c r="A1"/>', '<c r="A1" s="2"/>'])
def test_an_empty_cell_at_the_place_of_a_value_does_no_harm(empty: str) -> None:
    assert read_workbook_bytes(with_rows(f'{A1}<row r="1">{empty}</row>')).sheets[0].rows == (
        (1.0,),
    )


@pytest.mark.parametrize(
    "cell",
    [
        't="inlineStr"><is><t>{}</t></is></c>',
        't="str"><f>A1</f><v>{}</v></c>',
        'q="é"><v>{}</v></c>',
    ],
)
def test_more_text_in_the_cells_than_any_form_has_is_too_large(cell: str) -> None:
    """However it stands there."""
    noise = random.Random(1).randbytes(300).hex()  # noqa: S311  only has to be hard to compress
    text = noise * (30_000 // len(noise))
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" {cell.format(f"{n}{text}")}</row>' for n in range(1, 350)
    )
    assert refusal(with_rows(rows)) == ("too_large", "mer än 8 MB text")


ANNOTATION = (
    '<office:annotation><dc:creator xmlns:dc="d">Anna</dc:creator>'
    '<dc:date xmlns:dc="d">2024-05-02</dc:date><text:p>Rad <text:span>ett</text:span></text:p>'
    "<text:p>rad<text:s/>två<text:line-break/>slut</text:p></office:annotation>"
)


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


def with_comments(comments: str) -> bytes:
    """A workbook whose first sheet has this part of notes."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="{}" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/comments"/></Relationships>'
    )
    return repacked(
        workbook_bytes(),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations.format("../Notes.xml").encode(),
            "xl/worksheets/_rels/sheet2.xml.rels": relations.format("/xl/saknas.xml").encode(),
            "xl/notes.xml": f'<comments xmlns="{MAIN}">{comments}</comments>'.encode(),
        },
    )


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


def test_notes_of_many_megabytes_are_too_large() -> None:
    comments = "".join(f'<comment ref="A{n}"/>' for n in range(500_000))
    assert refusal(with_comments(comments)) == ("too_large", "mer än 10 MB i annat än bladen")


def test_notes_inside_one_another_are_read_once() -> None:
    """A hundred levels would else make a hundred times as much text."""
    inner = "<text><t>Hej</t></text>"
    comments = f'<comment ref="B2"><comment ref="C3">{inner}</comment></comment>'
    first = read_workbook_bytes(with_comments(f"<commentList>{comments}</commentList>")).sheets[0]
    assert first.notes == {(2, 2): "Hej"}


def test_parts_read_as_trees_count_together() -> None:
    """An element takes a hundred times as much memory as the fewest bytes it can be written in."""
    properties = b"<a>" + b"<b/><c/><d/>" * 50_000 + b"</a>"
    data = with_comments("<b/><c/><d/>" * 100_000)
    assert read_workbook_bytes(repacked(workbook_bytes(), {"docProps/custom.xml": properties}))
    assert refusal(repacked(data, {"docProps/custom.xml": properties})) == (
        "too_large",
        "mer än 10 MB i annat än bladen",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_namespace_as_long_as_a_book_is_damaged(encoding: str) -> None:
    """It would stand in the name of every element."""
    properties = f"<a xmlns='{'x' * 10_000}'/>".encode(encoding)
    data = repacked(workbook_bytes(), {"docProps/custom.xml": properties})
    assert refusal(data)[0] == "damaged"


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets//Sheet1.xml"])
def test_two_sheets_that_are_one_part_are_damaged(target: str) -> None:
    """A small file could hold the same megabytes of text a thousand times."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        relations = source.read("xl/_rels/workbook.xml.rels").decode()
    changed = relations.replace("worksheets/sheet2.xml", target).encode()
    data = repacked(workbook_bytes(), {"xl/_rels/workbook.xml.rels": changed})
    assert refusal(data)[0] == "damaged"


def test_two_sheets_of_one_name_are_damaged_rather_than_one_lost() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        book = source.read("xl/workbook.xml").decode()
    changed = re.sub(r'<sheet name="[^"]*"', '<sheet name="A"', book).encode()
    assert refusal(repacked(workbook_bytes(), {"xl/workbook.xml": changed}))[0] == "damaged"


def test_a_sheets_name_longer_than_any_is_too_large() -> None:
    """It would stand in every finding."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        book = source.read("xl/workbook.xml").decode()
    for length, fine in ((limits.MAX_NAME, True), (limits.MAX_NAME + 1, False)):
        name = f'<sheet name="{"x" * length}"'
        changed = re.sub(r'<sheet name="[^"]*"', name, book, count=1).encode()
        data = repacked(workbook_bytes(), {"xl/workbook.xml": changed})
        if fine:
            assert read_workbook_bytes(data)
        else:
            assert refusal(data) == ("too_large", "ett bladnamn på mer än 255 tecken")


def test_more_sheets_than_any_workbook_has_are_too_large() -> None:
    sheets = "".join(f'</table:table><table:table table:name="T{n}">' for n in range(2_000))
    assert refusal(ods(f"{ODS_ROW}{sheets}")) == ("too_large", "fler än 2000 blad")


def test_spaces_that_an_ods_tells_the_number_of_are_counted() -> None:
    """The reader writes them out: twenty bytes would take all the memory there is."""
    spaces = '<text:p>x<text:s text:c="{}"/></text:p>'
    few = ODS_ROW.replace("<text:p>x</text:p>", spaces.format(3))
    assert cells(read_workbook_bytes(ods(few))) == {"A!A1": "x   "}
    many = ODS_ROW.replace("<text:p>x</text:p>", spaces.format(900_000_000))
    assert refusal(ods(many)) == ("too_large", "mer än 8 MB text")
    assert refusal(ods(many.replace(' office:value-type="string"', "")))[0] == "too_large"


def test_notes_of_an_ods_count_where_nothing_else_stands() -> None:
    note = ANNOTATION.replace("Rad", random.Random(1).randbytes(60_000).hex())  # noqa: S311
    cell = f"<table:table-row><table:table-cell>{note}</table:table-cell></table:table-row>"
    assert refusal(ods(cell * 100))[1] == "mer än 8 MB text"


@pytest.mark.parametrize("part", ["xl/styles.xml", SHEET])
def test_millions_of_elements_are_too_large(part: str) -> None:
    letters = random.Random(1).choices("abcdef", k=50_000)  # noqa: S311
    elements = "".join(f"<{letter}/>" for letter in letters)
    data = repacked(workbook_bytes(), {part: f"<a>{elements * 81}</a>".encode()})
    assert refusal(data) == ("too_large", "fler än 4 miljoner element")


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


@pytest.mark.parametrize(
    ("rows", "detail"),
    [
        (f'{A1}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD, rad 1048576"),
        (f'{A1}<row r="1048577"><c r="XFE1048577"><v>1</v></c></row>', "XFE, rad 1048577"),
        (f'{A1}<row r="1048576"><c><v>1</v></c></row>', "A, rad 1048576"),
        (f'{A1}<row r="2"><c r="XFD2"/><c><v>1</v></c></row>', "XFE, rad 2"),
        (f'{A1}<row r="2"><c r="xfd2" t="inlineStr"><is><t>x</t></is></c></row>', "XFD, rad 2"),
        ('<x:row r="1"><x:c r="XFD1"><x:f>1</x:f></x:c></x:row>', "XFD, rad 1"),
    ],
)
def test_a_value_in_a_far_corner_is_too_large(rows: str, detail: str) -> None:
    rows = rows.replace("<x:row", f'<x:row xmlns:x="{MAIN}"')
    assert refusal(with_rows(rows)) == ("too_large", f"en cell i kolumn {detail}")


@pytest.mark.parametrize("reference", ["AAAAAAAAAAA1", "A99999999999", "A0", "$A$1", "", "1A"])
def test_an_address_that_is_none_is_hostile(reference: str) -> None:
    data = with_rows(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')
    assert refusal(data) == ("hostile", f"en cell med adressen {reference}")


def test_a_far_value_is_found_in_a_sheet_under_any_name() -> None:
    far = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>'
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        relations = source.read("xl/_rels/workbook.xml.rels")
    changes = {
        SHEET: None,
        "xl/bild.png": f"{far}</sheetData></worksheet>".encode(),
        "xl/_rels/workbook.xml.rels": relations.replace(b"worksheets/sheet1.xml", b"bild.png"),
    }
    data = repacked(workbook_bytes(), changes)
    assert refusal(data) == ("too_large", "en cell i kolumn XFD, rad 1")


def test_a_far_cell_with_nothing_but_style_is_harmless() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read_workbook_bytes(with_rows(A1 + far)).sheets[0].rows == ((1.0,),)


def test_stray_values_spanning_too_many_cells_are_too_large() -> None:
    data = with_rows(f'{A1}<row r="9000"><c r="BXX9000"><v>1</v></c></row>')
    assert refusal(data) == ("too_large", "blad på mer än 5 miljoner celler")


def test_more_values_than_any_form_has_are_too_large() -> None:
    cell = ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="1000" ', 1)
    rows = f'<table:table-row table:number-rows-repeated="301">{cell}</table:table-row>'
    assert refusal(ods(rows)) == ("too_large", "fler än 300 000 celler")


@pytest.mark.parametrize("attribute", ["count", "uniqueCount"])
def test_more_shared_texts_announced_than_can_be_are_too_large(attribute: str) -> None:
    strings = f'<sst xmlns="{MAIN}" {attribute}="2147483647"><si><t>x</t></si></sst>'
    data = repacked(workbook_bytes(), {"xl/sharedStrings.xml": strings.encode()})
    assert refusal(data) == ("too_large", "fler än 300 000 texter")


def test_a_long_shared_text_used_thousands_of_times_is_too_large() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 300))
    data = repacked(with_rows(rows), {"xl/sharedStrings.xml": strings.encode()})
    assert refusal(data) == ("too_large", "mer än 8 MB text")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "docProps/custom.xml"])
@pytest.mark.parametrize(
    ("declaration", "detail"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>', "en XML-entitet"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "en XML-entitet"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', "en DOCTYPE-deklaration"),
    ],
)
def test_declarations_in_xml_are_hostile(part: str, declaration: str, detail: str) -> None:
    data = repacked(workbook_bytes(), {part: f"{declaration}<x/>".encode()})
    assert refusal(data) == ("hostile", detail)


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_xml_nested_too_deep_is_hostile(part: str) -> None:
    data = repacked(workbook_bytes(), {part: b"<a>" * 101 + b"</a>" * 101})
    assert refusal(data) == ("hostile", "XML i fler än 100 nivåer")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_xml_that_is_not_well_formed_is_damaged(part: str) -> None:
    assert refusal(repacked(workbook_bytes(), {part: b"<a><b></a>"}))[0] == "damaged"


def test_a_sheet_in_utf_16_is_damaged_rather_than_silently_empty() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        text = source.read(SHEET).decode().replace("UTF-8", "UTF-16")
    assert refusal(repacked(workbook_bytes(), {SHEET: text.encode("utf-16")}))[0] == "damaged"


def test_an_undeclared_prefix_in_the_properties_is_damaged() -> None:
    data = repacked(workbook_bytes(), {"docProps/core.xml": b"<a:b/>"})
    assert refusal(data) == ("damaged", "en skadad fil")


def test_one_part_that_unpacks_enormously_is_a_zip_bomb() -> None:
    data = repacked(workbook_bytes(), {"xl/media/a.bin": bytes(100_000_000)})
    assert len(data) < 200_000
    assert refusal(data) == ("hostile", "en zip-bomb")


def test_a_bomb_that_understates_its_size_is_refused() -> None:
    data = bytearray(repacked(workbook_bytes(), {"xl/media/a.bin": bytes(30_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as source:
        crc = source.getinfo("xl/media/a.bin").CRC
    assert crc == zlib.crc32(bytes(30_000_000))
    size = struct.pack("<I", 30_000_000)
    changed = bytes(data).replace(size, struct.pack("<I", 30))
    assert changed != bytes(data)
    assert refusal(changed)[0] == "damaged"


def claiming_the_next(data: bytes) -> bytes:
    """The zip, nothing in it packed, whose first part by the directory holds the second one too."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        first, second, third, *_ = source.infolist()
        at = source.start_dir + 16
    begin = second.header_offset - first.file_size
    claimed = data[begin : third.header_offset]
    assert struct.unpack_from("<I", data, at) == (first.CRC,)
    sizes = struct.pack("<III", zlib.crc32(claimed), len(claimed), len(claimed))
    return data[:at] + sizes + data[at + len(sizes) :]


def test_parts_that_claim_each_others_bytes_are_damaged() -> None:
    """Two thousand that each claimed the rest of a large file took minutes."""
    data = claiming_the_next(archive.check(workbook_bytes()).packed())
    assert refusal(data) == ("damaged", "en skadad fil")


def test_a_part_under_two_names_is_damaged() -> None:
    """A note whose relations could not be found would be lost in silence."""
    data = with_comments("<commentList/>")
    name = b"xl/worksheets/_rels/sheet1.xml.rels"
    before, after = data[: data.rindex(name)], data[data.rindex(name) + len(name) :]
    assert refusal(before + name.replace(b"1", b"7") + after) == ("damaged", "en skadad fil")


def test_a_part_whose_sizes_are_overstated_is_read() -> None:
    """What other programs read too; that it is whole its checksum tells."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        first, at = source.infolist()[0], source.start_dir + 20
    data = bytearray(workbook_bytes())
    assert struct.unpack_from("<II", data, at) == (first.compress_size, first.file_size)
    struct.pack_into("<II", data, at, first.compress_size + 99, first.file_size + 1)
    assert read_workbook_bytes(bytes(data))


def test_many_parts_together_too_large_when_unpacked_are_too_large() -> None:
    noise = random.Random(1).randbytes(100_000)  # noqa: S311  only has to be hard to compress
    parts: dict[str, bytes | None] = {f"xl/media/{n}.bin": noise * 3 + bytes(9_000_000)
                                      for n in range(25)}  # fmt: skip
    data = repacked(workbook_bytes(), parts)
    assert refusal(data) == ("too_large", "mer än 80 MB uppackad")


def test_thousands_of_parts_are_too_large() -> None:
    data = repacked(workbook_bytes(), {f"xl/{n}.xml": b"<a/>" for n in range(2_001)})
    assert refusal(data) == ("too_large", "fler än 2000 delar")


def test_a_huge_file_is_too_large_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.xlsx"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_FILE + 1)
    with pytest.raises(UnreadableError) as refused:
        read_workbook(path)
    assert (refused.value.reason, refused.value.detail) == ("too_large", "mer än 50 MB")


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # the point of the file
@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_two_parts_of_one_name_are_hostile(name: str) -> None:
    stream = io.BytesIO(workbook_bytes())
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr(name, b"<worksheet/>")
    assert refusal(stream.getvalue()) == ("hostile", "två delar med samma namn")


def test_a_part_packed_in_another_way_than_office_does_is_damaged() -> None:
    stream = io.BytesIO(workbook_bytes())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_BZIP2) as target:
        target.writestr("xl/a.xml", b"<a/>")
    assert refusal(stream.getvalue()) == ("damaged", "en skadad fil")


def test_the_reader_sees_exactly_the_parts_that_were_checked() -> None:
    checked = archive.check(workbook_bytes())
    with (
        zipfile.ZipFile(io.BytesIO(checked.packed())) as packed,
        zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source,
    ):
        assert packed.namelist() == source.namelist()
        assert all(packed.read(name) == checked.parts[name.lower()] for name in packed.namelist())


def test_a_truncated_file_is_damaged() -> None:
    data = workbook_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        assert refusal(data[: int(len(data) * share)]) == ("damaged", "en skadad fil")


def test_flipped_bits_are_read_or_refused_and_never_crash() -> None:
    data = workbook_bytes()
    outcomes: set[bool] = set()
    for seed in range(250):
        chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 4))):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        outcomes.add(readable_or_refused(bytes(damaged)))
    assert outcomes == {True, False}


def test_damaged_xml_in_a_sound_zip_is_read_or_refused_and_never_crashes() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for seed in range(250):
        chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
        name = chance.choice(list(parts))
        damaged = bytearray(parts[name])
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        readable_or_refused(zipped(parts | {name: bytes(damaged)}))


def test_flipped_bits_in_an_xls_are_read_or_refused_and_never_crash(
    converted: Callable[[str], bytes],
) -> None:
    data = converted("xls")
    for seed in range(40):
        chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
        damaged = bytearray(data)
        for _ in range(8):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        readable_or_refused(bytes(damaged))


def test_random_bytes_are_never_anything_but_refused() -> None:
    for seed in range(300):
        chance = random.Random(seed)  # noqa: S311  repeatable noise, not a secret
        start = chance.choice((b"", b"PK", b"PK\x03\x04", OLE[:8], b"<", b"%", b"RIFF"))
        assert not readable_or_refused(start + chance.randbytes(chance.randrange(2_000)))


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
SLIDES = {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}
MAIL = b"Return-Path: <a@example.org>\r\nDelivered-To: b\r\nFrom: a@example.org\r\n\r\nHej"


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "en tom fil"),
        (b" \r\n", "en tom fil"),
        (zipped(WORD), "ett Word-dokument"),
        (zipped(SLIDES), "en PowerPoint-presentation"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "ett OpenDocument-textdokument",
        ),
        (zipped({"bilder/semester.txt": b"hej"}), "en zip-fil"),
        (ole("WordDocument"), "ett Word-dokument"),
        (ole("ObjectPool") + ole("Workbook"), "ett Word-dokument"),
        (ole("PowerPoint Document"), "en PowerPoint-presentation"),
        (ole("__substg1.0_") + ole("Workbook"), "ett Outlook-meddelande"),
        (ole("Annat"), "en okänd fil"),
        (b"%PDF-1.7\n\x80\x81", "en PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "en bild"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "en bild"),
        (b"GIF89a\1\0", "en bild"),
        (b"BM\x1a\0\0\0\0\0\0\0", "en bild"),
        (b"II*\0\x08\0", "en bild"),
        (b"\0\0\0\x18ftypheic\0", "en bild"),
        (b"RIFF\x1a\0\0\0WEBPVP8 ", "en bild"),
        (b"\n<!DOCTYPE html><p>Hej", "en webbsida"),
        (b"\xef\xbb\xbf<HTML><table>", "en webbsida"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "en webbsida"),
        (b'<?xml version="1.0"?><Workbook>', "en XML-fil"),
        (rb"{\rtf1\ansi Hej}", "ett RTF-dokument"),
        (MAIL, "ett e-postmeddelande"),
        (b"Received: from a\r\n by b;\r\n\tday\r\nSubject: Hej\r\n\r\n", "ett e-postmeddelande"),
        ("Mål;Aktivitet\r\n1;Öppet hus\r\n".encode("cp1252"), "en textfil"),
        ("Mål;Aktivitet\r\n".encode("utf-16"), "en textfil"),
        (b"Lunchen: kl 12\nEn rad\nSubject: hej\n", "en textfil"),
        (bytes(range(256)), "en okänd fil"),
    ],
)
def test_what_is_not_a_workbook_is_named(data: bytes, detail: str) -> None:
    assert refusal(data) == ("not_workbook", detail)


BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)


@pytest.mark.parametrize(
    "data",
    [
        ole("EncryptedPackage"),
        ole("Workbook") + BOF + b"\x2f\x00\x36\x00" + bytes(54),
        ods(ODS_ROW, b"<manifest><encryption-data/></manifest>"),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_workbook_with_a_password_is_encrypted(data: bytes) -> None:
    assert refusal(data) == ("encrypted", "en lösenordsskyddad fil")


def test_a_zip_with_a_password_is_encrypted() -> None:
    data = bytearray(workbook_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == ("encrypted", "en lösenordsskyddad fil")


def test_libreoffices_empty_rows_to_the_end_of_an_ods_are_harmless() -> None:
    rows = read_workbook_bytes(ods(ODS_ROW + ods_empty_rows(1_048_575))).sheets[0].rows
    assert rows == (("x",),)


def test_repeated_rows_and_cells_of_an_ods_are_written_out() -> None:
    wide_cell = ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="3" ', 1)
    twice = f'<table:table-row table:number-rows-repeated="2">{wide_cell}</table:table-row>'
    rows = read_workbook_bytes(ods(ods_empty_rows(2) + twice)).sheets[0].rows
    assert rows == (("",) * 3, ("",) * 3, ("x",) * 3, ("x",) * 3)


@pytest.mark.parametrize(
    ("rows", "detail"),
    [
        (ODS_ROW + ods_empty_rows(1_048_574) + ODS_ROW, "A, rad 1048576"),
        (
            '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
            f"{ODS_VALUE}</table:table-row>",
            "XFD, rad 1",
        ),
        (
            '<table:table-row table:number-rows-repeated="1000000">'
            '<table:table-cell table:formula="of:=1"/></table:table-row>',
            "A, rad 1000000",
        ),
    ],
)
def test_a_far_value_in_an_ods_is_too_large(rows: str, detail: str) -> None:
    assert refusal(ods(rows)) == ("too_large", f"en cell i kolumn {detail}")


def test_a_repeat_that_is_no_number_is_damaged() -> None:
    assert refusal(ods(ods_empty_rows(-1))) == ("damaged", "en skadad fil")


def test_a_long_text_repeated_in_an_ods_is_too_large() -> None:
    long = ODS_VALUE.replace(">x<", f">{'x' * 100_000}<")
    rows = f'<table:table-row table:number-rows-repeated="9999">{long}</table:table-row>'
    assert refusal(ods(rows)) == ("too_large", "mer än 8 MB text")


def test_declarations_in_an_ods_are_hostile_where_they_are_read() -> None:
    data = repacked(ods(ODS_ROW), {"meta.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    assert refusal(data) == ("hostile", "en XML-entitet")
    # LibreOffice writes such a declaration itself when a workbook has macros.
    macros = b'<!DOCTYPE library:library PUBLIC "a" "library.dtd"><library:library/>'
    data = repacked(ods(ODS_ROW), {"Basic/Standard/script-lb.xml": macros})
    assert cells(read_workbook_bytes(data)) == {"A!A1": "x"}


def test_an_xlsb_that_would_take_the_process_with_it_is_refused() -> None:
    assert refusal(xlsb(1_048_575, 16_383))[0] in {"damaged", "too_large"}


def test_an_xlsb_of_noise_is_damaged() -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": bytes(range(256))}
    assert refusal(zipped(parts)) == ("damaged", "en skadad fil")


def test_an_xls_cut_short_is_damaged() -> None:
    assert refusal(ole("Workbook")) == ("damaged", "en skadad fil")


def test_a_form_of_twenty_sheets_is_checked_in_a_blink() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        border = book.add_format({"border": 1})
        for number in range(20):
            sheet = book.add_worksheet(f"Mål {number}")
            for row in range(30):
                for column in range(10):
                    sheet.write_blank(row, column, None, border)
                sheet.write_string(row, 0, "Aktivitet", border)
    times = []
    for _ in range(5):
        start = clock.perf_counter()
        archive.check(stream.getvalue())
        times.append(clock.perf_counter() - start)
    # About 0.01 s; the bound only catches a check that has gone from linear to something else.
    assert min(times) < 0.5
