"""Sheets of any cells, and damaged ones, are judged without a scan as they are by the scan."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.endurance import tries
from tests.excel.sheet_parts import EXCEL, HEAD, OFFICE, OWN, SPELLINGS, TAIL, hold_against_scan

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
