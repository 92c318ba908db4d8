"""Workbooks larger than any form: refused at each limit, and read where only their looks are large."""

import io
import random
import re
import time as clock
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from excel_uppsikt.excel.formats import xlsx
from excel_uppsikt.excel.guard import limits
from excel_uppsikt.excel.guard.limits import MAX_FAR
from excel_uppsikt.excel.guard.zip_files import read_directory
from excel_uppsikt.excel.reading import UnreadableError, read_workbook, read_workbook_bytes
from tests.excel.small_workbooks import (
    A1,
    ANNOTATION,
    MAIN,
    ODS_ROW,
    ODS_VALUE,
    SHEET,
    cells,
    ods,
    refusal,
    repacked,
    with_comments,
    with_rows,
    workbook_bytes,
)

# --- Cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (f'{A1}<row r="1048577"><c r="XFE1048577"><v>1</v></c></row>', "XFE1048577"),
        (f'{A1}<row r="2"><c r="XFD2"/><c><v>1</v></c></row>', "XFE2"),
    ],
)
def test_a_value_outside_every_sheet_is_told(rows: str, cell: str) -> None:
    assert refusal(with_rows(rows)) == ("far", f"cell {cell}")


def test_a_far_value_repeated_in_an_ods_is_told() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:formula="of:=1"/></table:table-row>'
    )
    assert refusal(ods(rows)) == ("far", "cell A1000000")


def test_a_far_cell_with_nothing_but_style_is_harmless() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read_workbook_bytes(with_rows(A1 + far)).sheets[0].rows == ((1.0,),)


def test_stray_values_spanning_too_many_cells_are_too_large() -> None:
    """More of them than are slips, each of which is told by itself."""
    stray = [
        f'<row r="{n}"><c r="BXX{n}"><v>1</v></c></row>' for n in range(8_000, 8_001 + MAX_FAR)
    ]
    assert refusal(with_rows(A1 + "".join(stray))) == (
        "too_large",
        "blad på mer än 5 miljoner celler",
    )
    (sheet, *_) = read_workbook_bytes(with_rows(A1 + "".join(stray[:MAX_FAR]))).sheets
    assert (sheet.rows, len(sheet.far)) == (((1.0,),), MAX_FAR)


def test_more_values_than_any_form_has_are_too_large() -> None:
    cell = ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="1000" ', 1)
    rows = f'<table:table-row table:number-rows-repeated="301">{cell}</table:table-row>'
    assert refusal(ods(rows)) == ("too_large", "fler än 300 000 celler")


# --- Text -------------------------------------------------------------------------------------------


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
    assert refusal(with_rows(rows)) == ("overfull", "mer än 8 MB text")


@pytest.mark.parametrize("attribute", ["count", "uniqueCount"])
def test_more_shared_texts_announced_than_can_be_are_too_large(attribute: str) -> None:
    strings = f'<sst xmlns="{MAIN}" {attribute}="2147483647"><si><t>x</t></si></sst>'
    data = repacked(workbook_bytes(), {"xl/sharedStrings.xml": strings.encode()})
    assert refusal(data) == ("too_large", "fler än 300 000 texter")


def test_a_long_shared_text_used_thousands_of_times_is_too_large() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 300))
    data = repacked(with_rows(rows), {"xl/sharedStrings.xml": strings.encode()})
    assert refusal(data) == ("overfull", "mer än 8 MB text")


def test_a_long_text_repeated_in_an_ods_is_too_large() -> None:
    long = ODS_VALUE.replace(">x<", f">{'x' * 100_000}<")
    rows = f'<table:table-row table:number-rows-repeated="9999">{long}</table:table-row>'
    assert refusal(ods(rows)) == ("overfull", "mer än 8 MB text")


def test_spaces_that_an_ods_tells_the_number_of_are_counted() -> None:
    """The reader writes them out: twenty bytes would take all the memory there is."""
    spaces = '<text:p>x<text:s text:c="{}"/></text:p>'
    few = ODS_ROW.replace("<text:p>x</text:p>", spaces.format(3))
    assert cells(read_workbook_bytes(ods(few))) == {"A!A1": "x   "}
    many = ODS_ROW.replace("<text:p>x</text:p>", spaces.format(900_000_000))
    assert refusal(ods(many)) == ("overfull", "mer än 8 MB text")
    assert refusal(ods(many.replace(' office:value-type="string"', "")))[0] == "overfull"


def test_notes_of_an_ods_count_where_nothing_else_stands() -> None:
    note = ANNOTATION.replace("Rad", random.Random(1).randbytes(60_000).hex())  # noqa: S311  only has to be hard to compress
    cell = f"<table:table-row><table:table-cell>{note}</table:table-cell></table:table-row>"
    assert refusal(ods(cell * 100))[1] == "mer än 8 MB text"


def test_notes_of_many_megabytes_are_too_large() -> None:
    comments = "".join(f'<comment ref="A{n}"/>' for n in range(500_000))
    assert refusal(with_comments(comments)) == ("too_large", "mer än 10 MB utöver bladen")


# --- Sheets, parts and files ------------------------------------------------------------------------


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
            assert refusal(data) == ("hostile", "ett bladnamn på mer än 255 tecken")


def test_more_sheets_than_any_workbook_has_are_too_large() -> None:
    sheets = "".join(f'</table:table><table:table table:name="T{n}">' for n in range(2_000))
    assert refusal(ods(f"{ODS_ROW}{sheets}")) == ("overfull", "fler än 2 000 blad")


def test_parts_read_as_trees_count_together() -> None:
    """An element takes a hundred times as much memory as the fewest bytes it can be written in."""
    properties = b"<a>" + b"<b/><c/><d/>" * 50_000 + b"</a>"
    data = with_comments("<b/><c/><d/>" * 100_000)
    assert read_workbook_bytes(repacked(workbook_bytes(), {"docProps/custom.xml": properties}))
    assert refusal(repacked(data, {"docProps/custom.xml": properties})) == (
        "too_large",
        "mer än 10 MB utöver bladen",
    )


@pytest.mark.parametrize("part", ["xl/styles.xml", SHEET])
def test_millions_of_elements_are_too_large(part: str) -> None:
    letters = random.Random(1).choices("abcdef", k=50_000)  # noqa: S311  only has to be hard to compress
    elements = "".join(f"<{letter}/>" for letter in letters)
    data = repacked(workbook_bytes(), {part: f"<a>{elements * 81}</a>".encode()})
    assert refusal(data) == ("too_large", "mer formatering än något formulär har")


def test_many_parts_together_too_large_when_unpacked_are_too_large() -> None:
    noise = random.Random(1).randbytes(100_000)  # noqa: S311  only has to be hard to compress
    parts: dict[str, bytes | None] = {f"xl/media/{n}.bin": noise * 3 + bytes(9_000_000)
                                      for n in range(25)}  # fmt: skip
    data = repacked(workbook_bytes(), parts)
    assert refusal(data) == ("too_large", "mer än 80 MB när den packas upp")


def test_thousands_of_parts_are_too_large() -> None:
    data = repacked(workbook_bytes(), {f"xl/{n}.xml": b"<a/>" for n in range(2_001)})
    assert refusal(data) == ("too_large", "fler än 2000 delar")


def test_a_huge_file_is_too_large_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.xlsx"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_FILE + 1)
    with pytest.raises(UnreadableError) as refused:
        read_workbook(path)
    assert (refused.value.reason.value, refused.value.detail) == ("too_large", "mer än 50 MB")


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
        xlsx.check_archive(read_directory(stream.getvalue()))
        times.append(clock.perf_counter() - start)
    # About 0.01 s; the bound only catches a check that has gone from linear to something else.
    assert min(times) < 0.5
