"""Sheets as parts of a workbook, judged with and without a scan of every cell."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from python_calamine import CalamineWorkbook

from excel_uppsikt.excel.formats.xlsx import scan_for
from excel_uppsikt.excel.guard import parts
from excel_uppsikt.excel.guard.limits import RECEIVED
from excel_uppsikt.excel.guard.refusal import UnreadableError
from excel_uppsikt.excel.guard.usual_sheets import outline

PART = "xl/worksheets/sheet1.xml"
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
