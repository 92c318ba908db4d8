"""The XML parts of a zipped workbook scanned: what is hostile, too large or in error.

Sheets of the usual spelling are spared the scan of their cells; `usual_sheets.py` says why that is safe.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from excel_uppsikt.excel.guard.by_content import by_content
from excel_uppsikt.excel.guard.far_cells import USUAL, WIDEST, Bounds, FarCell
from excel_uppsikt.excel.guard.limits import MAX_TAGS, RECEIVED, Limits, check_tags
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.scan import ENCODING, CellScan, PartScan
from excel_uppsikt.excel.guard.usual_sheets import MOST_DIFFERENT, Outline, depth_bound, outline
from excel_uppsikt.excel.workbook import Cells

# What scan a part needs, by its lower-case name and content; None where it is no XML.
ScanFor = Callable[[str, bytes], type[PartScan] | None]

SHARED_TEXTS = "xl/sharedstrings.xml"
_USES_STRING = b' t="s"'
_LARGEST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What the parts of a harmless workbook hold, by their names.

    `problems` are the error cells of each sheet, `filled` the sheets that can be read without the rows
    where nothing stands, and those without the cells far outside any form (where the sheets are too large
    together: outside usual ones), which `far` has by each sheet in a part.
    """

    problems: Mapping[str, Cells]
    filled: Mapping[str, bytes]
    far: Mapping[str, Mapping[str, Mapping[tuple[int, int], FarCell]]]


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


def scan_for_xml(name: str, _content: bytes) -> type[PartScan] | None:
    """The scan of a part without cells."""
    return PartScan if name.endswith((".xml", ".rels")) else None


def check_parts(
    parts: Mapping[str, bytes], scan_for: ScanFor, limits: Limits = RECEIVED
) -> Checked:
    """The error cells and the filled rows of the sheets, once every part has been found harmless.

    Raises:
        UnreadableError: For hostile, too large and damaged parts.
        xml.parsers.expat.ExpatError: For XML that is not well formed.
    """
    # An element takes four bytes at least, so the tags of a form need not be counted.
    if sum(map(len, parts.values())) > 4 * MAX_TAGS:
        check_tags(sum(depth_bound(parts[name]) for name in parts if scan_for(name, parts[name])))
    scans, outlines = _scan(parts, scan_for, limits)
    size = _size(scans, outlines)
    if outlines and not limits.fits(size.values, size.text, size.area):
        # Outlines give bounds, which may be far too high; the scan of each cell gives the truth.
        scans, outlines = _scan(parts, scan_for, limits, every_cell=True)
        size = _size(scans, outlines)
    if size.area > limits.area and limits.slips:
        scans = _usual(parts, scan_for, limits) or scans
        size = _size(scans, outlines)
    size.check(limits)
    return Checked(
        {name: scan.problems for name, scan in scans.items()},
        {name: found.filled for name, found in outlines.items()}
        | {name: scan.content for name, scan in scans.items() if scan.far.any},
        {name: scan.far.cells for name, scan in scans.items() if scan.far.any},
    )


def _usual(
    parts: Mapping[str, bytes], scan_for: ScanFor, limits: Limits
) -> dict[str, CellScan] | None:
    """The scans with what lies outside usual forms taken out; None where that is more than a few slips."""
    try:
        scans, _ = _scan(parts, scan_for, limits, every_cell=True, within=USUAL)
    except UnreadableError as error:
        if error.reason is not Reason.FAR:
            raise
        return None
    return scans


def _scan(
    parts: Mapping[str, bytes],
    scan_for: ScanFor,
    limits: Limits,
    *,
    every_cell: bool = False,
    within: Bounds = WIDEST,
) -> tuple[dict[str, CellScan], dict[str, Outline]]:
    """The scans of the parts with cells by name, and the outlines of sheets that need none."""
    scans: dict[str, CellScan] = {}
    outlines: dict[str, Outline] = {}
    different, values = MOST_DIFFERENT, 0
    for name, content in parts.items():
        scan = scan_for(name, content)
        if scan is None:
            continue
        if not issubclass(scan, CellScan):
            _check_part(content)
            continue
        # The reader takes UTF-16 for an empty sheet, while expat would read the cells in it.
        if b"\0" in content:
            raise UnreadableError(Reason.DAMAGED)
        if not every_cell and name != SHARED_TEXTS and (found := outline(content, different)):
            different -= found.different
            _check_part(found.outside, ENCODING)
            outlines[name] = found
            continue
        scans[name] = _scanned(scan, limits, values, content, within)
        values += scans[name].values
    return scans, outlines


def _scanned(
    scan: type[CellScan], limits: Limits, before: int, content: bytes, within: Bounds
) -> CellScan:
    """The scan of a part with cells; of what is left of it where it has cells far away."""
    first = scan(limits, before, within)
    first.scan(content)
    if not first.far.any:
        return first
    # What the reader will see is scanned as any other part: nothing far may be left in it.
    second = scan(limits, before, within)
    second.scan(first.far.without(content))
    if second.far.any:
        raise UnreadableError(Reason.DAMAGED)
    second.far = first.far
    return second


def _check_part(content: bytes, encoding: str | None = None) -> None:
    """Refuses a part without cells for what it declares or how deep it is."""
    if len(content) > _LARGEST_REMEMBERED:
        PartScan(encoding).parse(content)
    elif encoding is None:
        _check_small_part(content)
    else:
        _check_small_sheet(content)


@by_content(100)
def _check_small_sheet(content: bytes) -> None:
    PartScan(ENCODING).parse(content)


@by_content(100)
def _check_small_part(content: bytes) -> None:
    # Styles, themes and relations are the same in most forms of a round: to remember them takes a fifth
    # off the time a form takes.
    PartScan().parse(content)


def _size(scans: Mapping[str, CellScan], outlines: Mapping[str, Outline]) -> _Size:
    strings = scans[SHARED_TEXTS].strings if SHARED_TEXTS in scans else []
    uses = sum(found.filled.count(_USES_STRING) for found in outlines.values())
    texts = sum(len(found.filled) for found in outlines.values()) + uses * max(strings, default=0)
    return _Size(
        sum(scan.values for scan in scans.values()) + sum(o.values for o in outlines.values()),
        sum(scan.area for scan in scans.values()) + sum(o.area for o in outlines.values()),
        sum(scan.text_size(strings) for scan in scans.values()) + texts,
    )
