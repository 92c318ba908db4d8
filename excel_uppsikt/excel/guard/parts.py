"""The XML parts of a zipped workbook looked through: what is hostile, too large or in error.

Sheets of the usual spelling are spared the walk of their cells; `canonical.py` says why that is safe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from excel_uppsikt.excel.guard.limits import MAX_TAGS, RECEIVED, Limits, check_tags
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.scan import ENCODING, CellWalk, OdsWalk, SheetWalk, TextWalk, Walk
from excel_uppsikt.excel.guard.usual_sheets import MOST_DIFFERENT, Outline, most_levels, outline

ZipKind = Literal["xlsx", "xlsb", "ods"]

_STRINGS = "xl/sharedstrings.xml"
_USES_STRING = b' t="s"'
_LARGEST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What the parts of a harmless workbook hold, by their names.

    `problems` are the error cells of each sheet, `filled` the sheets that can be read without the rows
    where nothing stands.
    """

    problems: Mapping[str, Mapping[tuple[int, int], str]]
    filled: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Size:
    """How much the sheets of a workbook hold together."""

    values: int
    area: int
    text: int

    def check(self, limits: Limits) -> None:
        """Refuses more than a workbook may hold."""
        limits.check_values(self.values)
        limits.check_area(self.area)
        limits.check_text(self.text)


def check_parts(kind: ZipKind, parts: Mapping[str, bytes], limits: Limits = RECEIVED) -> Checked:
    """The error cells and the filled rows of the sheets, once every part has been found harmless.

    Raises `UnreadableError` for hostile, too large and damaged parts.
    """
    _check_tags(kind, parts)
    walks, outlines = _pass(kind, parts, limits)
    size = _size(walks, outlines)
    if outlines and not limits.fits(size.values, size.text, size.area):
        # Outlines give bounds, which may be far too high; the walk of each cell gives the truth.
        walks, outlines = _pass(kind, parts, limits, every_cell=True)
        size = _size(walks, outlines)
    size.check(limits)
    return Checked(
        {name: walk.problems for name, walk in walks.items()},
        {name: found.filled for name, found in outlines.items()},
    )


def _check_tags(kind: ZipKind, parts: Mapping[str, bytes]) -> None:
    # An element takes four bytes at least, so the tags of a form need not be counted.
    if sum(map(len, parts.values())) > 4 * MAX_TAGS:
        check_tags(sum(most_levels(parts[n]) for n in parts if _kind_of_walk(kind, n, parts[n])))


def _pass(
    kind: ZipKind, parts: Mapping[str, bytes], limits: Limits, *, every_cell: bool = False
) -> tuple[dict[str, CellWalk], dict[str, Outline]]:
    """The walks through the parts with cells by name, and the outlines of sheets that need none."""
    walks: dict[str, CellWalk] = {}
    outlines: dict[str, Outline] = {}
    different, values = MOST_DIFFERENT, 0
    for name, content in parts.items():
        kind_of_walk = _kind_of_walk(kind, name, content)
        if kind_of_walk is None:
            continue
        if not issubclass(kind_of_walk, CellWalk):
            _check_part(content)
            continue
        # The reader takes UTF-16 for an empty sheet, while expat would read the cells in it.
        if b"\0" in content:
            raise UnreadableError(Reason.DAMAGED)
        if not every_cell and name != _STRINGS and (found := outline(content, different)):
            different -= found.different
            _check_part(found.outside, ENCODING)
            outlines[name] = found
            continue
        walks[name] = kind_of_walk(limits, values)
        walks[name].walk(content)
        values += walks[name].values
    return walks, outlines


def _check_part(content: bytes, encoding: str | None = None) -> None:
    """Refuses a part without cells for what it declares or how deep it is."""
    if len(content) > _LARGEST_REMEMBERED:
        Walk(encoding).parse(content)
    else:
        _check_small_part(content, encoding)


@lru_cache(maxsize=100)
def _check_small_part(content: bytes, encoding: str | None) -> None:
    # Styles, themes and relations are the same in most forms of a round: to remember them takes a fifth
    # off the time a form takes.
    Walk(encoding).parse(content)


def _size(walks: Mapping[str, CellWalk], outlines: Mapping[str, Outline]) -> _Size:
    strings = walks[_STRINGS].strings if _STRINGS in walks else []
    uses = sum(found.filled.count(_USES_STRING) for found in outlines.values())
    texts = sum(len(found.filled) for found in outlines.values()) + uses * max(strings, default=0)
    return _Size(
        sum(walk.values for walk in walks.values()) + sum(o.values for o in outlines.values()),
        sum(walk.area for walk in walks.values()) + sum(o.area for o in outlines.values()),
        sum(walk.text_size(strings) for walk in walks.values()) + texts,
    )


def _kind_of_walk(kind: ZipKind, name: str, content: bytes) -> type[Walk] | None:
    # The reader finds sheets by the workbook's relations, whatever their names are.
    if kind == "xlsx":
        if name == _STRINGS:
            return TextWalk
        if b"sheetData" in content or name.startswith("xl/worksheets/sheet"):
            return SheetWalk
    if kind == "ods" and name == "content.xml":
        return OdsWalk
    return Walk if name.endswith((".xml", ".rels")) else None
