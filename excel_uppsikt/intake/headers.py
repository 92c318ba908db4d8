"""Which row of a sheet is the form's header, and which column is which, whatever was done to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.contents import F206
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import COLUMNS, OWN_HEADERS
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.likeness import NEAR, Comparisons, alike
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Field

# Below this row a header is known by one heading at least that is spelt right: comparing every text of
# thousands of rows with every heading takes long.
_NEAR_WITHIN = 200
_FEWEST_HEADERS = 3
_FEWEST_WITHOUT_TITLE = 5

_EXACT = {fold(column.header): column.field for column in COLUMNS}
_SOLID = {spelling.replace(" ", ""): field for spelling, field in _EXACT.items()}
_ALIASES = {fold(alias): column.field for column in COLUMNS for alias in column.aliases}
_HEADINGS = _EXACT.keys() | _ALIASES.keys()
_LONGEST_HEADING = 2 * max(map(len, _HEADINGS))
_OWN = frozenset(map(fold, OWN_HEADERS))
_KNOWN = _HEADINGS | _OWN | {""}


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's header stands and what each column is. Rows and columns are 0-based.

    `own` are the form's own columns by folded heading, `renamed` those known by another name or a near
    one, `repeated` those whose heading stands once already.
    """

    row: int
    columns: Mapping[Field, int]
    own: Mapping[str, int]
    renamed: tuple[tuple[Field, int], ...]
    repeated: tuple[int, ...]
    as_sent: bool


def find_header(sheet: Sheet, comparisons: Comparisons) -> Header | None:
    """The row with the most of the form's headings; the first of several, however far down."""
    best: Header | None = None
    for row, cells in enumerate(sheet.rows):
        if row >= _NEAR_WITHIN and not _has_heading(cells):
            continue
        if len([1 for cell in cells if cell != "" and isinstance(cell, str)]) < _FEWEST_HEADERS:
            continue
        headings = _headings(cells)
        # Where all are known there is nothing to compare.
        near = _KNOWN.issuperset(headings) or all(map(comparisons.allow, filter(None, headings)))
        header = _read_header(row, headings, near=near)
        if header is not None and (best is None or len(header.columns) > len(best.columns)):
            best = header
        if best is not None and len(best.columns) == len(COLUMNS):
            # No row can have more; the rows below are the unit's, and long to compare.
            break
    return best


def _has_heading(cells: Sequence[CellValue]) -> bool:
    return any(
        isinstance(cell, str) and 0 < len(cell) <= _LONGEST_HEADING and fold(cell) in _HEADINGS
        for cell in cells
    )


# The header is the same on every sheet of a form, and in most forms. Numbers that are equal are none.
@lru_cache(maxsize=200)
def _headings(cells: tuple[CellValue, ...]) -> tuple[str, ...]:
    return tuple(map(_heading, cells))


def _heading(cell: CellValue) -> str:
    """The folded text of a cell, '' for one too long to be a heading."""
    text = cell if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING else as_text(cell)
    return fold(text) if len(text) <= _LONGEST_HEADING else ""


@lru_cache(maxsize=200)
def _read_header(row: int, headings: tuple[str, ...], *, near: bool) -> Header | None:
    columns: dict[Field, int] = {}
    own: dict[str, int] = {}
    renamed: list[tuple[Field, int]] = []
    repeated: list[int] = []
    keys = {at: key for at, key in enumerate(headings) if key}
    for at, key in keys.items():
        exact = _SOLID.get(key.replace(" ", ""))
        if exact is not None and exact not in columns:
            columns[exact] = at
        elif exact is not None:
            repeated.append(at)
        elif key in _OWN:
            own.setdefault(key, at)
    taken = {*columns.values(), *own.values(), *repeated}
    for at, key in keys.items():
        field = None if at in taken else _renamed(key, columns, near=near)
        if field is not None:
            columns[field] = at
            renamed.append((field, at))
    fewest = _FEWEST_HEADERS if Field.TITLE in columns else _FEWEST_WITHOUT_TITLE
    if len(columns) < fewest:
        return None
    as_sent = _in_order(columns) == [column.field for column in COLUMNS] and not (
        renamed or repeated
    )
    return Header(row, columns, own, tuple(renamed), tuple(repeated), as_sent)


def _in_order(columns: Mapping[Field, int]) -> list[Field]:
    return sorted(columns, key=lambda field: columns[field])


def _renamed(key: str, columns: Mapping[Field, int], *, near: bool) -> Field | None:
    """The field that an unknown heading means: by alias, else by being `near` exactly one heading."""
    field = _ALIASES.get(key)
    if field is None and near:
        alike_to = {
            f for spelling, f in (_EXACT | _ALIASES).items() if alike(key, spelling) >= NEAR
        }
        field = alike_to.pop() if len(alike_to) == 1 else None
    return None if field in columns else field


def header_repairs(place: Place, sheet: Sheet, header: Header) -> list[Finding]:
    """F206 for each column that was told in spite of what was done to it, and for those that are missing."""

    def at(column: int) -> Place:
        return place.at(header.row + 1, column + 1)

    if header.as_sent:
        return []
    cells = sheet.rows[header.row]
    findings = [
        find(F206.COLUMN, at(column), as_text(cells[column]), header=form.header(field))
        for field, column in header.renamed
    ]
    findings += [
        find(F206.DUPLICATE_COLUMN, at(column), as_text(cells[column]))
        for column in header.repeated
    ]
    order = [c.field for c in COLUMNS if c.field in header.columns]
    actual = _in_order(header.columns)
    if actual != order:
        written = ", ".join(form.header(field) for field in actual)
        findings.append(find(F206.MOVED, at(min(header.columns.values())), written))
    findings += [
        find(F206.MISSING_COLUMN, at(0), header=column.header)
        for column in COLUMNS
        if column.field not in header.columns
    ]
    return findings
