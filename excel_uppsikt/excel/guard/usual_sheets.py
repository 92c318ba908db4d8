"""Sheets as spreadsheet programs write them, proved harmless without a scan of each cell.

What stands outside the cells is handed back, to be parsed as any other part. Of the cells the proof
is a grammar: what stands between `<sheetData>` and `</sheetData>` is cut into rows, digits and capital
letters are made alike, and every row that is then left has to match the grammar from end to end, cell
by cell. A sheet has thousands of cells but only some tens of different rows, and a row once proved is
known in the next sheet and the next file. The grammar knows one spelling of each tag, and plain text
between them. Whatever else a file may hold (other quotes, spaces, prefixes, comments, nesting, cells
without a place, error values, formulas whose value was never saved) does not match.

So nothing is refused here: a sheet either has no problems and keeps within the bounds given, or it is
for the scan in `sheet_scan.py` to say. `tests/excel/test_usual_sheets.py` holds the two against each
other.

Most rows of a form are empty boxes to fill in. The reader takes as long for them as for the others,
and for formulas and what stands round the cells, and finds nothing. So it is given the other rows alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from excel_uppsikt.excel.guard.by_content import by_content
from excel_uppsikt.excel.guard.limits import MAX_DEPTH

_BEGIN, _END, _ROW, _ROW_END, _CELL = b"<sheetData>", b"</sheetData>", b"<row ", "</row>", "<c "
_TEXT_BEGIN = b"<si>"
_BARE, _BARE_END = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
_PLACE = re.compile(rb'<c (r="[A-Z]++[0-9]++")')
_FORMULAS = re.compile(rb"<f[^>]*?(?:/>|>[^<]*</f>)")
# A zero stays what it is: no row's number begins with one.
_ALIKE = bytes.maketrans(b"23456789BCDEFGHIJKLMNOPQRSTUVWXYZ", b"1" * 8 + b"A" * 25)
# The rows are held in memory, which those of the scan are not. No form comes near these: the longest row
# is that of the lists to choose from, with 40 bytes for each unit of the plan.
_LARGEST, _LARGEST_OUTSIDE, _LONGEST_ROW = 5_000_000, 200_000, 30_000
# How many are remembered from form to form, which takes 6 % (what is outside) and a fifth (rows) off the
# time a form takes.
_MOST_OUTSIDES, _MOST_ROWS = 50, 1_000
# Sheets' cells and their shapes, half off what the proof takes; of a form's size, so that they are some
# megabytes.
_MOST_SHAPES, _LARGEST_SHAPE = 100, 100_000
# In one workbook. To prove a row takes longer than to scan it, and pays where many are alike.
MOST_DIFFERENT = 5_000
# A row, a cell, and in a cell a text in its element.
_LEVELS = 4

# Other parts can have cells in them too, and more than cells to lose, such as notes.
_SHEET = re.compile(rb"(?:\xef\xbb\xbf)?(?P<declaration><\?xml [^<>]*\?>)?\s*+<worksheet[\s>]")
# What the scan would take for a part of the cells, whatever its prefix, though it stands elsewhere;
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
        r'(?P<empty>(?: t="(?:n|b|d|s|str)")?(?:/>|></c>))',
        rf"{_KIND}><v{_SPACE}>{_TEXT}*+</v></c>",
        r' t="s"><v>[01]{1,9}</v></c>',
        rf' t="inlineAtr"><is><t{_SPACE}>{_TEXT}*+</t></is></c>',
        # A text may have come out empty; of other kinds that is a value never saved.
        rf"(?P<kind>{_KIND})>{_FORMULA}<v{_SPACE}>(?P<value>{_TEXT}*+)</v></c>",
    )
)
_ROW_HEAD = re.compile(rf'r="[01]{{1,5}}"(?P<rest>{_ATTRIBUTES})(?P<end>>|/>|></row>)')
_WHOLE_CELL = re.compile(
    rf'r="(?P<letters>A{{1,2}})(?P<digits>1[01]{{0,4}})"(?: s="[01]{{1,9}}")?(?:{_CONTENT})'
)
_TEXTS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>)?\s*+"
    rb'<sst(?: xmlns="[a-z0-9/:.]*+"| (?:count|uniqueCount)="[0-9]{1,6}")*+>'
    rb'(?:<si><t(?: xml:space="preserve")?>[^<]*+</t></si>)*+</sst>\s*+'
)
_ATTRIBUTE = re.compile(rf" ({_NAME})=")
_WIDTHS = {1: 26, 2: 26 + 26 * 26}


@dataclass(frozen=True, slots=True)
class Outline:
    """A sheet without its cells, and a sheet of only the rows where something stands.

    `values` and `area` are how many cells and how large a rectangle it has at most, `different` how many
    rows that are not alike.
    """

    outside: bytes
    filled: bytes
    different: int
    values: int
    area: int


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a sheet, as its outline has them."""

    filled: bytes
    different: int
    values: int
    area: int


@dataclass(frozen=True, slots=True)
class _Proved:
    """Cells: how many, how far to the right and down they can lie, and whether anything stands there."""

    cells: int
    width: int
    height: int
    filled: bool


_NO_CELLS = _Proved(0, 0, 0, filled=False)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A sheet's rows, proved: the stretches of those where something stands, but for formulas, and how much.

    Each stretch is by its first byte and the one after its last.
    """

    filled: tuple[tuple[int, int], ...]
    different: int
    values: int
    area: int


def outline(content: bytes, most: int = MOST_DIFFERENT) -> Outline | None:
    """The sheet's outline, where its cells hold nothing that the scan would report.

    None also where more than `most` of its rows are different.
    """
    begin, end = content.find(_BEGIN) + len(_BEGIN), content.rfind(_END)
    if begin < len(_BEGIN) or end < begin or len(content) > _LARGEST:
        return None
    cells, outside = content[begin:end], content[:begin] + content[end:]
    if len(outside) > _LARGEST_OUTSIDE or not _is_plain(outside):
        return None
    found = _proved(cells) if len(cells) > _LARGEST_SHAPE else _remembered_cells(cells)
    if found is None or found.different > most:
        return None
    return Outline(outside, found.filled, found.different, found.values, found.area)


def _proved(cells: bytes) -> _Cells | None:
    """What stands in cells; None where it cannot be proved harmless."""
    alike = cells.translate(_ALIKE)
    shape = _shape(alike) if len(alike) > _LARGEST_SHAPE else _remembered_shape(alike)
    if shape is None:
        return None
    filled = b"".join([cells[first:after] for first, after in shape.filled])
    places = _PLACE.findall(filled)
    if len(set(places)) < len(places):
        # Of two cells at one place only one would be read.
        return None
    bare = b"".join((_BARE, filled, _BARE_END))
    return _Cells(bare, shape.different, shape.values, shape.area)


# A goal's sheet where nobody has written is the same in each form that the same program saved.
_remembered_cells = by_content(_MOST_SHAPES)(_proved)


def _shape(cells: bytes) -> _Shape | None:
    """The shape of cells whose digits and letters have been made alike, which keeps each row's length.

    None where a row cannot be proved, or more of them are different than in any workbook.
    """
    first, *alike = cells.split(_ROW)
    different = set(alike)
    if first or not alike or len(different) > MOST_DIFFERENT:
        return None
    if max(map(len, different)) > _LONGEST_ROW:
        return None
    proved = {piece: row for piece in different if (row := _prove_row(piece)) is not None}
    if len(proved) < len(different):
        return None
    filled: list[tuple[int, int]] = []
    values = end = 0
    for piece in alike:
        begin, end = end, end + len(_ROW) + len(piece)
        values += proved[piece].cells
        if proved[piece].filled:
            filled.extend(_without_formulas(begin, _ROW + piece))
    rows = proved.values()
    area = max(row.width for row in rows) * max(row.height for row in rows)
    return _Shape(tuple(filled), len(different), values, area)


def _without_formulas(begin: int, row: bytes) -> Iterator[tuple[int, int]]:
    """The stretches of a row that begins at a byte, where no formula stands."""
    after = 0
    for formula in _FORMULAS.finditer(row):
        yield begin + after, begin + formula.start()
        after = formula.end()
    yield begin + after, begin + len(row)


# Others are filled in alike, but for numbers: a round's sheets are of few shapes.
_remembered_shape = by_content(_MOST_SHAPES)(_shape)


@by_content(_MOST_OUTSIDES)
def _is_plain(outside: bytes) -> bool:
    """Whether what is parsed without the cells is judged as with them, and is not too deep."""
    sheet = _SHEET.match(outside)
    return (
        sheet is not None
        and outside.count(b"<?") == (sheet["declaration"] is not None)
        and b"<!" not in outside
        and depth_bound(outside) + _LEVELS <= MAX_DEPTH
        and len(_STRAY.findall(outside)) == 1
    )


def depth_bound(content: bytes) -> int:
    """How deep XML in an encoding that holds ASCII can be at most: each tag but end tags, one level."""
    return content.count(b"<") - content.count(b"</")


@lru_cache(maxsize=_MOST_ROWS)
def _prove_row(piece: bytes) -> _Proved | None:
    """What a row holds, from its number to its end, if it is a whole row without problems."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    head, *cells = text.split(_CELL)
    match = _ROW_HEAD.fullmatch(head)
    if match is None or "]]>" in text or not _all_differ(match["rest"], "r"):
        return None
    if not cells:
        return _NO_CELLS if match["end"] != ">" else None
    if match["end"] != ">" or not cells[-1].endswith(_ROW_END):
        return None
    cells[-1] = cells[-1].removesuffix(_ROW_END)
    proved = [cell for cell in map(_prove_cell, cells) if cell is not None]
    if len(proved) < len(cells):
        return None
    return _Proved(
        len(cells),
        max(cell.width for cell in proved),
        max(cell.height for cell in proved),
        any(cell.filled for cell in proved),
    )


def _prove_cell(piece: str) -> _Proved | None:
    """What a cell holds, from its address to its end, if it is a whole cell without problems."""
    match = _WHOLE_CELL.fullmatch(piece)
    if match is None:
        return None
    filled = match["empty"] is None
    if match["formula"] is not None:
        filled = bool(match["value"])
        if not _all_differ(match["formula"]) or not (filled or "str" in match["kind"]):
            return None
    width, height = _WIDTHS[len(match["letters"])], 10 ** len(match["digits"]) - 1
    return _Proved(1, width, height, filled)


def text_sizes(content: bytes) -> list[int] | None:
    """The length of each shared text with its tags, where there are plain texts and nothing else.

    The texts themselves remain to be parsed.
    """
    if _TEXTS.fullmatch(content) is None:
        return None
    return list(map(len, content.split(_TEXT_BEGIN)[1:]))


def _all_differ(attributes: str, *others: str) -> bool:
    """Whether no attribute of a tag is there twice, going by names made alike."""
    names = [*_ATTRIBUTE.findall(attributes), *others]
    return len(names) == len(set(names))
