"""Sheets taken for harmless without a scan are those in which the scan finds nothing."""

import io
import re
import zipfile
from collections.abc import Mapping
from itertools import islice, product
from xml.parsers import expat

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from excel_uppsikt.excel.formats.xlsx import scan_for
from excel_uppsikt.excel.guard import parts, sheet_scan
from excel_uppsikt.excel.guard.limits import (
    MAX_COLUMN,
    MAX_DEPTH,
    MAX_ROW,
    RECEIVED,
)
from excel_uppsikt.excel.guard.parts import check_parts
from excel_uppsikt.excel.guard.refusal import UnreadableError
from excel_uppsikt.excel.guard.usual_sheets import MOST_DIFFERENT, outline, text_sizes
from excel_uppsikt.form.definition import unit_form
from excel_uppsikt.form.writing import form_workbook
from tests.endurance import tries
from tests.small_rounds import make_plan, row

PART = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedstrings.xml"
HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<dimension ref="A1:I44"/><sheetData>'
)
TAIL = (
    b'</sheetData><dataValidations count="1"><dataValidation type="list" sqref="B5:B44">'
    b"<formula1>lst_enheter</formula1></dataValidation></dataValidations></worksheet>"
)

BOOK = (
    '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Blad" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Without them the reader takes the file for no workbook at all.
RELATIONS = {
    part: f'<Relationships><Relationship Id="rId1" Type="{KINDS}/{kind}" Target="{target}"/></Relationships>'
    for part, kind, target in (
        ("_rels/.rels", "officeDocument", "xl/workbook.xml"),
        ("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
    )
}

# As the programs write them: the form's own writer, Excel and LibreOffice.
OWN = (
    '<row r="4" spans="1:9" ht="24"><c r="A4" s="6" t="s"><v>42</v></c></row>'
    '<row r="5" spans="1:9" ht="360"><c r="A5" s="17"/><c r="C5" s="18"><v>45292</v></c>'
    '<c r="H5" s="19" t="str"><f t="shared" ref="H5:H44" si="0">IF(A5&gt;0,"",TRIM(C5))</f>'
    '<v>✔ Klar</v></c><c r="I5" t="inlineStr"><is><t xml:space="preserve"> Läsa &amp; skriva</t></is></c>'
    '</row><row r="6" spans="1:9"><c r="H6" s="19" t="str"><f t="shared" si="0"/><v></v></c></row>'
).encode()
EXCEL = (
    b'<row r="5" spans="1:9" s="4" customFormat="1" ht="30" customHeight="1" x14ac:dyDescent="0.25">'
    b'<c r="A5" s="17" t="s"><v>0</v></c><c r="B5" s="10" t="b"><v>1</v></c><c r="C5"><v>1.5E-2</v></c>'
    b'<c r="D5" t="d"><v>2024-03-01</v></c><c r="AB5" s="2"><f>SUM(C5:C9)</f><v>0</v></c></row>'
    b'<row r="6" spans="1:9" x14ac:dyDescent="0.25"/><row r="99999"><c r="ZZ99999"/></row>'
)
OFFICE = (
    '<row r="1" customFormat="false" ht="27" hidden="false" customHeight="false" outlineLevel="0" '
    'collapsed="false"><c r="A1" s="12" t="n"></c><c r="H1" s="13" t="str">'
    '<f aca="false">IF(A1=&quot;&quot;,&quot;–&quot;,A1)</f><v>–</v></c></row>'
).encode()

REFUSED, DAMAGED = (-1, -1), "damaged en skadad fil"

Outcome = tuple[str, Mapping[tuple[int, int], str], int, int]


def outcome(content: bytes, *, every_cell: bool) -> Outcome:
    """What a pass says of a sheet: the refusal or '', the problems, and the counts or their bounds."""
    try:
        scanned, outlines = parts._scan({PART: content}, scan_for, RECEIVED, every_cell=every_cell)
    except UnreadableError as error:
        return f"{error.reason.value} {error.detail}", {}, 0, 0
    except expat.ExpatError:
        return "damaged", {}, 0, 0
    size = parts._size(scanned, outlines)
    return "", scanned[PART].problems if scanned else {}, size.values, size.area


def taken(content: bytes) -> bool:
    """Whether a sheet is taken without a scan."""
    return outline(content) is not None


def hold_against_scan(content: bytes) -> None:
    refusal, problems, values, area = outcome(content, every_cell=False)
    scanned_refusal, scanned_problems, scanned_values, scanned_area = outcome(
        content, every_cell=True
    )
    if scanned_refusal == DAMAGED and not refusal and twice(content):
        # A formula without text at the place of a value is refused, or left out with its row.
        assert (found := outline(content))
        assert filled_cells(found.filled).items() >= filled_cells(content).items()
        return
    assert (refusal, problems) == (scanned_refusal, scanned_problems)
    assert values >= scanned_values
    assert area >= scanned_area
    if (found := outline(content)) is not None and not refusal:
        whole = filled_cells(content)
        # What the reader cannot make out may stand round the cells, as a dimension, and is not given it.
        assert REFUSED in whole or filled_cells(found.filled) == whole


def twice(content: bytes) -> bool:
    """Whether two cells stand at one place."""
    places = re.findall(rb'<c r="([A-Z0-9]+)"', content)
    return len(set(places)) < len(places)


def filled_cells(sheet: bytes) -> dict[tuple[int, int], object]:
    """What the reader finds in a sheet by row and column, or that it refuses the sheet."""
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook(sheet))).get_sheet_by_index(0)
        values = rows.to_python(skip_empty_area=False)
    except Exception as error:
        return {REFUSED: type(error)}
    return {(r, c): v for r, row in enumerate(values) for c, v in enumerate(row) if v != ""}


def workbook(sheet: bytes) -> bytes:
    """A workbook of one sheet and some shared strings."""
    with zipfile.ZipFile(data := io.BytesIO(), "w") as book:
        book.writestr("xl/workbook.xml", BOOK)
        for part, relations in RELATIONS.items():
            book.writestr(part, relations)
        book.writestr("xl/sharedStrings.xml", f"<sst>{'<si><t>å</t></si>' * 50}</sst>")
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return data.getvalue()


def sheets(data: bytes) -> list[bytes]:
    """The sheets of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]


@pytest.mark.parametrize("cells", [OWN, EXCEL, OFFICE], ids=["own", "excel", "libreoffice"])
def test_sheets_as_programs_write_them_are_taken(cells: bytes) -> None:
    assert taken(HEAD + cells + TAIL)
    hold_against_scan(HEAD + cells + TAIL)
    # A workbook that the reader refuses would be held against nothing.
    assert REFUSED not in filled_cells(HEAD + cells + TAIL)
    assert filled_cells(HEAD + cells + TAIL)


def test_every_sheet_of_a_form_is_taken() -> None:
    plan = make_plan()
    rows = [
        row(
            f"Läsa {n} & <skriva>",
            units="",
            start="2024-03-01",
            end=45_292,
            description="a\nb",
            status="x",
            comment="",
        )
        for n in range(70)
    ]
    for sheet in sheets(form_workbook(plan, unit_form(plan, plan.units[0]), {2: rows})):
        assert taken(sheet)
        hold_against_scan(sheet)


def test_a_form_saved_by_openpyxl_without_values_is_scanned() -> None:
    plan = make_plan()
    data = io.BytesIO()
    form = form_workbook(plan, unit_form(plan, plan.units[0]), {})
    openpyxl.load_workbook(io.BytesIO(form)).save(data)
    for sheet in sheets(data.getvalue()):
        hold_against_scan(sheet)
    assert not all(map(taken, sheets(data.getvalue())))


CELL = b'<c r="A5" s="17"/>'
# In place of an empty cell: whatever another program, or someone who wishes ill, could write.
SPELLINGS: dict[str, bytes] = {
    "single quotes": b"<c r='A5'/>",
    "single quotes after double": b"<c r=\"A5\" s='1'/>",
    "space before =": b'<c r ="A5"/>',
    "space after =": b'<c r= "A5"/>',
    "two spaces": b'<c  r="A5"/>',
    "tab": b'<c\tr="A5"/>',
    "line break": b'<c\nr="A5"/>',
    "carriage return": b'<c\rr="A5"/>',
    "space before the end": b'<c r="A5" />',
    "space in an end tag": b'<c r="A5"></c >',
    "text in a cell": b'<c r="A5">5</c>',
    "text between cells": b'<c r="A5"/>5',
    "white space between cells": b'<c r="A5"/>\n',
    "space in an address": b'<c r=" A5"/>',
    "number as reference in an address": b'<c r="&#65;5"/>',
    "entity in an address": b'<c r="A5&amp;"/>',
    "prefix": b'<x14:c r="A5"/>',
    "prefix of r": b'<c x14:r="A5"/>',
    "CDATA": b'<c r="A5"><v><![CDATA[5]]></v></c>',
    "comment": b'<!-- --><c r="A5"/>',
    "comment round a cell": b'<!--<c r="A5"/>-->',
    "comment in a value": b'<c r="A5"><v>5<!-- --></v></c>',
    "processing instruction": b'<?a b?><c r="A5"/>',
    "no address": b"<c/>",
    "no address but a style": b'<c s="1"/>',
    "no attributes": b"<c><v>5</v></c>",
    "address last": b'<c s="1" r="A5"/>',
    "address twice": b'<c r="A5" r="ZZZ9"/>',
    "style twice": b'<c r="A5" s="1" s="2"/>',
    "another attribute": b'<c r="A5" vm="1"/>',
    "lower-case address": b'<c r="a5"/>',
    "absolute address": b'<c r="$A$5"/>',
    "area as address": b'<c r="A5:B6"/>',
    "row 0": b'<c r="A0"/>',
    "row with a zero first": b'<c r="A05"/>',
    "no row": b'<c r="A"/>',
    "no column": b'<c r="5"/>',
    "three letters": b'<c r="AAA5"/>',
    "the farthest cell": b'<c r="XFD1048576"><v>1</v></c>',
    "beyond the grid": b'<c r="XFE1048577"><v>1</v></c>',
    "six digits": b'<c r="A100000"/>',
    "upper-case tag": b'<C r="A5"/>',
    "a cell in a cell": b'<c r="A5"><c r="B5"/></c>',
    "a row in a row": b'<row r="6"><c r="A6"/></row>',
    "a row in a cell": b'<c r="A5"><row r="6"/></c>',
    "a cell that does not end": b'<c r="A5">',
    "an end too many": b'<c r="A5"/></c>',
    "another end": b'<c r="A5"></row>',
    "error": b'<c r="A5" t="e"><v>#N/A</v></c>',
    "error in upper case": b'<c r="A5" t="E"><v>#N/A</v></c>',
    "another type": b'<c r="A5" t="inlinestr"><is><t>a</t></is></c>',
    "shared string without a number": b'<c r="A5" t="s"><v>a</v></c>',
    "shared string of a long number": b'<c r="A5" t="s"><v>12345678901</v></c>',
    "formula without a value": b'<c r="A5"><f>1+1</f></c>',
    "formula with a blank number": b'<c r="A5"><f>1+1</f><v></v></c>',
    "formula with a blank value": b'<c r="A5"><f>1+1</f><v/></c>',
    "formula twice": b'<c r="A5"><f>1</f><f>1</f><v>1</v></c>',
    "attribute of a formula twice": b'<c r="A5"><f t="shared" t="array">1</f><v>1</v></c>',
    "value twice": b'<c r="A5"><v>1</v><v>2</v></c>',
    "value before formula": b'<c r="A5"><v></v><f>1</f></c>',
    "element in a value": b'<c r="A5"><v>1<b/></v></c>',
    "unknown entity": b'<c r="A5"><v>&a;</v></c>',
    "entity in upper case": b'<c r="A5"><v>&AMP;</v></c>',
    "entity not ended": b'<c r="A5"><v>&amp</v></c>',
    "character by number": b'<c r="A5"><v>&#65;</v></c>',
    "zero by number": b'<c r="A5"><v>&#0;</v></c>',
    "end of CDATA": b'<c r="A5"><v>]]></v></c>',
    "control character": b'<c r="A5"><v>\x01</v></c>',
    "NUL": b'<c r="A5"><v>\x00</v></c>',
    "not UTF-8": b'<c r="A5"><v>\xe5</v></c>',
    "half a surrogate": b'<c r="A5"><v>\xed\xa0\x80</v></c>',
    "overlong": b'<c r="A5"><v>\xc0\xbc</v></c>',
    "no character": b'<c r="A5"><v>\xef\xbf\xbf</v></c>',
    "inline string in pieces": b'<c r="A5" t="inlineStr"><is><r><t>a</t></r></is></c>',
    "end of the cells": b"</row></sheetData><sheetData><row>",
    "cells in the cells": b'<sheetData><c r="B5"/></sheetData>',
    "row without a number": b'</row><row><c r="A5"/>',
    "row with a word for number": b'</row><row r="a"><c r="A5"/>',
    "row with a large number": b'</row><row r="1234567890"><c r="A5"/>',
    "attribute of a row twice": b'</row><row r="6" ht="1" ht="2"><c r="A6"/>',
    "number of a row twice": b'</row><row r="6" r="7"><c r="A6"/>',
    "text between rows": b'</row>a<row r="6"><c r="A6"/>',
    "cells of a prefix in the cells": b'</row><x14:sheetData/><row r="7">',
    "row of another prefix": b'</row><x14:row r="6"><c r="A6"/></x14:row><row r="7">',
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_is_spelt_otherwise_is_scanned(spelling: str) -> None:
    cells = OWN.replace(CELL, SPELLINGS[spelling])
    assert cells != OWN
    assert not taken(HEAD + cells + TAIL)
    hold_against_scan(HEAD + cells + TAIL)


AROUND: dict[str, tuple[bytes, bytes]] = {
    "no cells": (HEAD, b"</worksheet>"),
    "a declaration": (b'<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD.partition(b"\n")[2], TAIL),
    "cells in a comment": (HEAD.replace(b"<sheetD", b"<!--<sheetD"), TAIL.replace(b"ata>", b"ata>-->")),
    "cells in CDATA": (HEAD.replace(b"<sheetD", b"<![CDATA[<sheetD"), TAIL.replace(b"ata>", b"ata>]]>")),
    "cells in an instruction": (HEAD.replace(b"<sheetD", b"<?a <sheetD"), TAIL.replace(b"ata>", b"ata>?>")),
    "an instruction": (HEAD.replace(b"<dim", b"<?a b?><dim"), TAIL),
    "another sheet's cells": (HEAD, TAIL.replace(b"<data", b"<sheetData/><data", 1)),
    "another sheet's cells before": (HEAD.replace(b"<dim", b"<sheetData/><dim"), TAIL),
    "cells of a prefix before": (HEAD.replace(b"<dim", b"<x14:sheetData/><dim"), TAIL),
    "another sheet's cells of a prefix": (HEAD, TAIL.replace(b"<data", b"<x14:sheetData\t/><data", 1)),
    "cells before": (HEAD.replace(b"<dim", b'<row r="1"><c r="B1" t="e"/></row><dim'), TAIL),
    "a value before": (HEAD.replace(b"<dim", b'<row r="1"><c r="B1"><v>1</v></c></row><dim'), TAIL),
    "cells after": (HEAD, TAIL.replace(b"<data", b'<c r="B9" t="e"><v>#N/A</v></c><data', 1)),
    "cells of a prefix after": (HEAD, TAIL.replace(b"<data", b"<x14:c><v>1</v></x14:c><data", 1)),
    "cells of two prefixes": (HEAD, TAIL.replace(b"<data", b"<a:b:c\n><v>1</v></a:b:c><data", 1)),
    "announced strings": (HEAD, TAIL.replace(b"<data", b'<sst count="99999999"/><data', 1)),
    "an unknown entity": (HEAD, TAIL.replace(b"lst", b"&lst;")),
    "not ended": (HEAD, TAIL.removesuffix(b"</worksheet>")),
    "after the end": (HEAD, TAIL + b"<a/>"),
    "deep after": (HEAD, TAIL.replace(b"<data", b"<a>" * 200 + b"</a>" * 200 + b"<data", 1)),
    "deep round": (HEAD.replace(b"<dim", b"<a>" * 97 + b"<dim"), TAIL.replace(b"</w", b"</a>" * 97 + b"</w")),
    "false ends": (HEAD.replace(b"<dim", b"<a b='</'/>" * 300 + b"<dim"), TAIL),
    "in an attribute": (HEAD.replace(b"<sheetD", b'<a b="<sheetD'), TAIL.replace(b"ata>", b'ata>"/>')),
    "cells with an attribute": (HEAD.replace(b"<sheetData>", b'<sheetData a="b">'), TAIL),
}  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_round_the_cells_is_judged_as_before(around: str) -> None:
    head, tail = AROUND[around]
    hold_against_scan(head + OWN + tail)


@pytest.mark.parametrize(
    "around",
    [
        *(around for around in AROUND if around.startswith(("another", "cells of a prefix b"))),
        *("a value before", "cells after", "cells of a prefix after", "cells of two prefixes"),
    ],
)
def test_a_sheet_with_cells_in_two_places_is_damaged(around: str) -> None:
    """The reader would take the first place for all there is, and lose the other in silence."""
    head, tail = AROUND[around]
    assert outcome(head + OWN + tail, every_cell=False) == ("damaged en skadad fil", {}, 0, 0)


def test_other_encodings_are_judged_as_before() -> None:
    text = (HEAD + OWN + TAIL).decode()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "utf-7"):
        hold_against_scan(text.encode(encoding, "xmlcharrefreplace"))
        hold_against_scan(text.replace("UTF-8", encoding).encode(encoding, "xmlcharrefreplace"))


@pytest.mark.parametrize("levels", range(MAX_DEPTH - 8, MAX_DEPTH + 3))
def test_depth_is_counted_from_the_outermost_element(levels: int) -> None:
    outside = levels - 2
    head = HEAD.replace(b"<dim", b"<a>" * outside + b"<dim")
    tail = b"</sheetData>" + b"</a>" * outside + b"</worksheet>"
    hold_against_scan(head + OWN + tail)


def test_bounds_of_what_is_taken_lie_within_the_limits() -> None:
    found = outline(HEAD + EXCEL + TAIL)
    assert found is not None
    assert found.area == 702 * 99_999
    assert MAX_COLUMN >= 702
    assert MAX_ROW >= 99_999


def test_a_sheet_with_too_high_a_bound_is_scanned_and_read() -> None:
    assert check_parts({PART: HEAD + EXCEL + TAIL}, scan_for).problems[PART] == {}


def test_what_would_take_much_memory_is_scanned() -> None:
    texts = (f'<c r="A{n}" t="inlineStr"><is><t>{n:b}</t></is></c>' for n in range(1, 30_000))
    several = HEAD + f'<row r="1">{"".join(texts)}</row>'.encode() + TAIL
    large = HEAD + OWN.replace("✔".encode(), b"a" * 5_000_000) + TAIL
    for content in (several, large, HEAD + b"<c " * 2_000_000 + TAIL):
        assert not taken(content)
        hold_against_scan(content)


def test_sheets_of_many_different_rows_are_scanned() -> None:
    """A proof takes longer, and a sheet beyond the bounds is scanned all the same."""
    texts = ("".join(letters) for letters in product("abcdefghijklmnopqrstuvwxyz", repeat=3))
    rows = (
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (n, n, text.encode())
        for n, text in enumerate(islice(texts, MOST_DIFFERENT // 2 + 1), 1)
    )
    sheet = HEAD + b"".join(rows) + TAIL
    assert taken(sheet)
    assert list(check_parts({"a": sheet, "b": sheet}, scan_for).filled) == ["a"]
    few = HEAD + OWN + TAIL
    assert list(check_parts({"a": few, "b": few}, scan_for).filled) == ["a", "b"]


def test_a_text_repeated_beyond_all_measure_is_refused() -> None:
    strings = b"<sst><si><t>" + b"a" * 900_000 + b"</t></si><si><t>b</t></si></sst>"
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 400)
    )
    with pytest.raises(UnreadableError, match="overfull"):
        check_parts({PART: HEAD + rows + TAIL, STRINGS: strings}, scan_for)
    # Many cells, but few of the long text: the bound does not hold, the count does.
    few = rows.replace(b"<v>0", b"<v>1", 395)
    assert check_parts({PART: HEAD + few + TAIL, STRINGS: strings}, scan_for).problems[PART] == {}


@pytest.mark.parametrize(
    "strings",
    [
        b'<sst xmlns="http://a.b" count="3" uniqueCount="2"><si><t>a</t></si><si><t>&#65;</t></si></sst>',
        b'<?xml version="1.0" encoding="UTF-8"?>\r\n<sst><si><t xml:space="preserve"> </t></si></sst>\n',
        "<sst><si><t></t></si><si><t>åäö\n</t></si></sst>".encode("utf-8-sig"),
    ],
)
def test_plain_texts_are_measured_without_a_scan(strings: bytes) -> None:
    scan = sheet_scan.SharedTextScan()
    scan.scan(strings)
    exact = sheet_scan.SheetScan()
    exact.scan(strings)
    assert text_sizes(strings) == scan.strings
    assert len(scan.strings) == len(exact.strings)
    assert all(
        0 <= size - true < 30 for size, true in zip(scan.strings, exact.strings, strict=True)
    )


@pytest.mark.parametrize(
    "strings",
    [
        b'<sst count="99999999"><si><t>a</t></si></sst>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>',
        b"<sst><si><t>&b;</t></si></sst>",
        b"<sst><si><t>]]></t></si></sst>",
        b"<sst><si><t>\x01</t></si></sst>",
        b"<sst><si><t>\xe5</t></si></sst>",
        b"<sst><si><t>a</t></si>",
        b"<sst><si><t>a</t></si></sst><a/>",
        b'<sst count="1" count="1"><si><t>a</t></si></sst>',
        b"<sst><si>" + b"<a>" * 200 + b"</a>" * 200 + b"</si></sst>",
    ],
)
def test_texts_that_are_not_plain_are_refused_as_by_the_scan(strings: bytes) -> None:
    refused = []
    for scan in (sheet_scan.SharedTextScan(), sheet_scan.SheetScan()):
        with pytest.raises((UnreadableError, expat.ExpatError)) as error:
            scan.scan(strings)
        refused.append((error.type, str(error.value)))
    assert refused[0] == refused[1]


def test_rows_where_nothing_stands_are_left_out() -> None:
    found = outline(
        HEAD + OWN + EXCEL.replace(b'5"', b'9"').replace(b'r="6"', b'r="8"') + OFFICE + TAIL
    )
    assert found is not None
    assert b'<row r="6"' not in found.filled
    assert b'<row r="8" spans' not in found.filled
    assert [cell in found.filled for cell in (b'"A4"', b'"I5"', b'"AB9"', b'"H1"')] == [True] * 4
    assert found.outside == HEAD + TAIL


def test_strings_are_counted_though_they_look_like_a_sheet() -> None:
    strings = (
        b'<sst><sheetData><row r="1"><c r="A1"/></row></sheetData><si>'
        + b"a" * 900_000
        + b"</si></sst>"
    )
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 400)
    )
    with pytest.raises(UnreadableError, match="overfull"):
        check_parts({PART: HEAD + rows + TAIL, STRINGS: strings}, scan_for)


def test_deep_parts_without_cells_are_refused() -> None:
    fine = b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH
    deep = b"<b>" + fine + b"</b>"
    hidden = b"<!--" + b"</" * 500 + b"-->" + deep
    # In UTF-16 each of these characters has the bytes of an end tag.
    wide = "<a>" + "⼼" * 200 + deep.decode() + "</a>"
    check_parts({"docprops/app.xml": fine}, scan_for)
    for content in (
        deep,
        hidden,
        wide.encode(),
        deep.decode().encode("utf-16"),
        wide.encode("utf-16"),
    ):
        with pytest.raises(UnreadableError, match="nivåer"):
            check_parts({"docprops/app.xml": content}, scan_for)


PIECES = st.sampled_from(
    (
        *SPELLINGS.values(),
        *(b"<", b">", b"/", b'"', b"'", b" ", b"\n", b"&", b";", b"=", b":", b"0", b"9", b"A", b"\x00"),
        *(b"<c ", b"</c>", b"<row ", b"</row>", b'<row r="9">', b"<v>", b"</v>", b"<v/>", b"<f>", b"</f>"),
        *(b' r="B7"', b' t="e"', b' t="str"', b' t="s"', b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>"),
        *(b"<sheetData>", b"</sheetData>", b"<sheetData/>", b"<a:sheetData/>"),
        *(b"\xef\xbb\xbf", b"\xc3", "å".encode()),
    )
)  # fmt: skip
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES | st.just(b"") | st.binary(max_size=3))


@settings(max_examples=tries(300, 50_000))
@given(
    cells=st.lists(st.sampled_from((OWN, EXCEL, OFFICE)), min_size=1, max_size=2),
    edits=st.lists(EDIT, min_size=1, max_size=3),
)
@example(cells=[OWN], edits=[(0.5, 0, b"")])
def test_a_damaged_sheet_is_judged_as_by_the_scan(
    cells: list[bytes], edits: list[tuple[float, int, bytes]]
) -> None:
    content = HEAD + b"".join(cells) + TAIL
    for where, length, piece in edits:
        at = int(where * len(content))
        content = content[:at] + piece + content[at + length :]
    hold_against_scan(content)


ATTRIBUTE = st.sampled_from(
    (' r="A5"', ' r="B0"', ' r="AB12"', ' s="1"', ' t="n"', ' t="s"', ' t="str"', ' t="e"', ' t="b"', "")
)  # fmt: skip
INSIDE = st.sampled_from(
    ("<v>1</v>", "<v></v>", "<v/>", "<f>A1</f>", '<f t="shared" si="0"/>', "<is><t>a</t></is>", "<v>å</v>")
)  # fmt: skip
CELLS = st.builds(
    lambda attributes, inside: f"<c{''.join(attributes)}>{''.join(inside)}</c>",
    st.lists(ATTRIBUTE, max_size=3, unique=True),
    st.lists(INSIDE, max_size=2),
)


@settings(max_examples=tries(300, 50_000))
@given(rows=st.lists(st.lists(CELLS, max_size=3), min_size=1, max_size=3))
def test_sheets_of_any_cells_are_judged_as_by_the_scan(rows: list[list[str]]) -> None:
    written = (f'<row r="{at}">{"".join(cells)}</row>' for at, cells in enumerate(rows, 1))
    hold_against_scan(HEAD + "".join(written).encode() + TAIL)
