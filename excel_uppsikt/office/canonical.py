"""Sheets as spreadsheet programs write them, proved harmless without a walk through each cell.

What stands outside the cells is handed back, to be parsed as any other part. Of the cells the proof
is a grammar: what stands between `<sheetData>` and `</sheetData>` is cut at each `<c `, digits and
capital letters are made alike, and every piece that is then left has to match, from end to end, a
pattern of one whole cell and of the rows that end and begin after it. A sheet has thousands of cells
but only some tens of different pieces, so the pattern is tried that many times. It knows one spelling
of each tag, and plain text between them. Whatever else a file may hold (other quotes, spaces,
prefixes, comments, nesting, cells without a place, error values, formulas whose value was never
saved) does not match.

So nothing is refused here: a sheet either has no problems and keeps within the bounds given, or it is
for the walk in `parts.py` to say. `tests/test_office_canonical.py` holds the two against each other.
"""

import re
from dataclasses import dataclass

from excel_uppsikt.office.limits import MAX_DEPTH

_BEGIN, _END, _CELL = b"<sheetData>", b"</sheetData>", b"<c "
# A zero stays what it is: no row's number begins with one.
_ALIKE = bytes.maketrans(b"23456789BCDEFGHIJKLMNOPQRSTUVWXYZ", b"1" * 8 + b"A" * 25)
# The pieces are held in memory, which the walk is not. No form comes near these.
_LARGEST, _MOST_PIECES = 5_000_000, 20_000
# A row, a cell, and in a cell a text in its element.
_LEVELS = 4

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml [^<>]*\?>")
# What the walk would take for a part of the cells, whatever its prefix, though it stands elsewhere;
# what is round the cells themselves is one such part.
_STRAY = re.compile(rb"<(?:[^\s<>/]*:)?(?:c|row|si|sst|sheetData)[\s/>]")

# Plain text, where the parser would see exactly what stands here; `]]>` is looked for apart.
_TEXT = r"(?:[^<&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]++|&(?:amp|lt|gt|quot|apos);)"
_NAME = r"[a-z][a-z01A]*+(?::[a-z][a-zA]*+)?"
_ATTRIBUTES = rf'(?: {_NAME}="[a-zA01 .:$-]*+")*+'
_SPACE = r'(?: xml:space="preserve")?'
_KIND = r'(?: t="(?:n|b|d|str)")?'
_FORMULA = rf"<f(?P<formula>{_ATTRIBUTES})(?:/>|>{_TEXT}*+</f>)"
_CONTENT = "|".join(
    (
        r'(?: t="(?:n|b|d|s|str)")?(?:/>|></c>)',
        rf"{_KIND}><v{_SPACE}>{_TEXT}*+</v></c>",
        r' t="s"><v>[01]{1,9}</v></c>',
        rf' t="inlineAtr"><is><t{_SPACE}>{_TEXT}*+</t></is></c>',
        # A text may have come out empty; of other kinds that is a value never saved.
        rf"(?P<kind>{_KIND})>{_FORMULA}<v{_SPACE}>(?P<value>{_TEXT}*+)</v></c>",
    )
)
_ROW = rf'<row r="[01]{{1,5}}"{_ATTRIBUTES}'
_ROWS = rf"(?:{_ROW}(?:/>|></row>))*"
_FIRST = re.compile(rf"{_ROWS}{_ROW}>")
_PIECE = re.compile(
    r'r="(?P<letters>A{1,2})(?P<digits>1[01]{0,4})"(?: s="[01]{1,9}")?'
    rf"(?:{_CONTENT})(?P<rows></row>{_ROWS}(?P<open>{_ROW}>)?)?"
)
_TAG = re.compile(r"<(?:row|f) [^<>]*>")
_ATTRIBUTE = re.compile(rf" ({_NAME})=")
_WIDTHS = {1: 26, 2: 26 + 26 * 26}


@dataclass(frozen=True, slots=True)
class Outline:
    """A sheet without its cells, and how many cells and how large a rectangle it has at most."""

    outside: bytes
    values: int
    area: int


@dataclass(frozen=True, slots=True)
class _Proved:
    """A whole cell: how far to the right and down it can lie, and whether a row is open after it."""

    width: int
    height: int
    in_row: bool


class Canonical:
    """Finds the outlines of one workbook's sheets, whose pieces are mostly the same."""

    def __init__(self) -> None:
        self._proved: dict[bytes, _Proved] = {}
        self._plain: set[bytes] = set()

    def outline(self, content: bytes) -> Outline | None:
        """The sheet's outline, where its cells hold nothing that the walk would tell of."""
        begin, end = content.find(_BEGIN) + len(_BEGIN), content.rfind(_END)
        if begin < len(_BEGIN) or end < begin or len(content) > _LARGEST:
            return None
        outside = content[:begin] + content[end:]
        first, *pieces = content[begin:end].translate(_ALIKE).split(_CELL)
        if not pieces or not self._is_plain(outside) or not _is_first(first):
            return None
        last = pieces.pop()
        different = set(pieces)
        new = (different | {last}) - self._proved.keys()
        if len(self._proved) + len(new) > _MOST_PIECES or not all(map(self._prove, new)):
            return None
        cells = [self._proved[piece] for piece in different]
        end_cell = self._proved[last]
        if end_cell.in_row or not all(cell.in_row for cell in cells):
            return None
        cells.append(end_cell)
        area = max(cell.width for cell in cells) * max(cell.height for cell in cells)
        return Outline(outside, len(pieces) + 1, area)

    def _is_plain(self, outside: bytes) -> bool:
        """Whether the rest of a sheet can be parsed by itself; that of the last sheet is mostly this."""
        if outside not in self._plain and _is_plain(outside):
            self._plain.add(outside)
        return outside in self._plain

    def _prove(self, piece: bytes) -> bool:
        """Whether a piece is a whole cell without problems, which is then remembered."""
        text = _decoded(piece)
        match = _PIECE.fullmatch(text)
        if match is None:
            return False
        if (match["rows"] or match["formula"]) and not _attributes_differ(text):
            return False
        if match["formula"] is not None and not match["value"] and "str" not in match["kind"]:
            return False
        self._proved[piece] = _Proved(
            _WIDTHS[len(match["letters"])],
            10 ** len(match["digits"]) - 1,
            match["rows"] is None or match["open"] is not None,
        )
        return True


def _is_plain(outside: bytes) -> bool:
    """Whether what is parsed without the cells is judged as with them, and is not too deep."""
    declaration = _DECLARATION.match(outside)
    return (
        outside.count(b"<?") == (declaration is not None)
        and b"<!" not in outside
        and most_levels(outside) + _LEVELS <= MAX_DEPTH
        and len(_STRAY.findall(outside)) == 1
    )


def most_levels(content: bytes) -> int:
    """How deep XML in an encoding that holds ASCII can be at most: each tag but end tags, one level."""
    return content.count(b"<") - content.count(b"</")


def _is_first(piece: bytes) -> bool:
    text = _decoded(piece)
    return _FIRST.fullmatch(text) is not None and _attributes_differ(text)


def _decoded(piece: bytes) -> str:
    """The piece as text, '' (which is no piece) where the parser would take no such text."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return ""
    return "" if "]]>" in text else text


def _attributes_differ(text: str) -> bool:
    """Whether no tag has the same attribute twice, going by names made alike."""
    names = [_ATTRIBUTE.findall(tag) for tag in _TAG.findall(text)]
    return all(len(of_tag) == len(set(of_tag)) for of_tag in names)
