"""What is deep, large or much is judged without a scan as it is by the scan."""

from itertools import islice, product
from xml.parsers import expat

import pytest

from excel_uppsikt.excel.formats.xlsx import scan_for
from excel_uppsikt.excel.guard import sheet_scan
from excel_uppsikt.excel.guard.limits import MAX_COLUMN, MAX_DEPTH, MAX_ROW
from excel_uppsikt.excel.guard.parts import check_parts
from excel_uppsikt.excel.guard.refusal import UnreadableError
from excel_uppsikt.excel.guard.usual_sheets import MOST_DIFFERENT, outline, text_sizes
from tests.excel.sheet_parts import EXCEL, HEAD, OFFICE, OWN, PART, TAIL, hold_against_scan, taken

STRINGS = "xl/sharedstrings.xml"


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
