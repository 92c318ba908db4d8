"""Cells typed in a workbook, where all else stays as it was, as when Excel saves.

openpyxl reads and writes the whole workbook anew, which takes ten times as long, and loses what formulas were
computed to: it is for tests of that, and for changes of more than cells.
"""

import io
import posixpath
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import openpyxl
from lxml import etree
from lxml.etree import _Element
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.workbook import Workbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Typed:
    """A change of a workbook: values typed in cells of a sheet, by names as `B4`."""

    sheet: str
    cells: Mapping[str, object]

    def __call__(self, book: Workbook) -> None:
        for name, value in self.cells.items():
            book[self.sheet][name].value = value


def changed(data: bytes, changes: Sequence[Callable[[Workbook], None]]) -> bytes:
    """A workbook after these changes, saved: by openpyxl where they are more than typing."""
    typed = [change for change in changes if isinstance(change, Typed)]
    values = [value for change in typed for value in change.cells.values()]
    if len(typed) == len(changes) and can_be_typed(*values):
        quick = TypedBook(data)
        for one in typed:
            for name, value in one.cells.items():
                quick.type(one.sheet, *coordinate_to_tuple(name), value)
        return quick.saved()
    book = openpyxl.load_workbook(io.BytesIO(data))
    for change in changes:
        change(book)
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def can_be_typed(*values: object) -> bool:
    """Whether these values are typed as they are: text that begins no formula or error, numbers, nothing."""
    return all(
        value is None
        or isinstance(value, (int, float))
        or (isinstance(value, str) and value[:1] not in ("=", "#"))
        for value in values
    )


class TypedBook:
    """An .xlsx file whose cells can be looked at and typed in."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._trees: dict[str, _Element] = {}
        links = etree.fromstring(self._parts["xl/_rels/workbook.xml.rels"])
        targets = {
            link.get("Id"): posixpath.join("/xl", link.get("Target", "")).removeprefix("/")
            for link in links
        }
        self._sheets = {
            sheet.get("name"): targets[sheet.get(_LINK)]
            for sheet in etree.fromstring(self._parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
        }

    def _tree(self, part: str) -> _Element:
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self._parts[part])
        return self._trees[part]

    @cached_property
    def _texts(self) -> list[str]:
        items = self._tree("xl/sharedStrings.xml")
        return list(map(_text, items))

    def texts(self, sheet: str) -> dict[tuple[int, int], str]:
        """The text in each cell that has any, by row and column."""
        found: dict[tuple[int, int], str] = {}
        for cell in self._tree(self._sheets[sheet]).iter(f"{_MAIN}c"):
            if cell.get("t") == "s":
                found[_place(cell)] = self._texts[int(cell.findtext(f"{_MAIN}v", ""))]
            elif cell.get("t") == "inlineStr":
                found[_place(cell)] = _text(cell)
        return found

    def last_row(self, sheet: str) -> int:
        """The last row that has a cell, be it empty."""
        rows = self._tree(self._sheets[sheet]).iter(f"{_MAIN}row")
        return max(int(row.get("r", "")) for row in rows if len(row))

    def type(self, sheet: str, row: int, column: int, value: object) -> None:
        """Types a value that `can_be_typed` in a cell, which keeps its looks."""
        assert can_be_typed(value), value
        tree = self._tree(self._sheets[sheet])
        for size in tree.findall(f"{_MAIN}dimension"):
            tree.remove(size)
        (rows,) = tree.iter(f"{_MAIN}sheetData")
        line = _child(rows, "row", str(row), int)
        line.attrib.pop("spans", "")
        place = f"{get_column_letter(column)}{row}"
        cell = _child(line, "c", place, lambda name: coordinate_to_tuple(name)[1])
        style = cell.get("s")
        cell.clear()
        cell.set("r", place)
        if style:
            cell.set("s", style)
        if value is None:
            return
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
            text.text = value
            text.set(_SPACE, "preserve")
            return
        if isinstance(value, bool):
            cell.set("t", "b")
        etree.SubElement(cell, f"{_MAIN}v").text = str(
            int(value) if value is True or value is False else value
        )

    def saved(self) -> bytes:
        """The workbook's bytes."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in self._parts.items():
                tree = self._trees.get(name)
                archive.writestr(
                    name,
                    content
                    if tree is None
                    else etree.tostring(
                        tree, xml_declaration=True, encoding="UTF-8", standalone=True
                    ),
                )
        return made.getvalue()


def _place(cell: _Element) -> tuple[int, int]:
    return coordinate_to_tuple(cell.get("r", ""))


def _text(item: _Element) -> str:
    return "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))


def _child(parent: _Element, kind: str, name: str, number: Callable[[str], int]) -> _Element:
    """The child of this name, which is put where its number belongs when there is none."""
    numbers = [number(child.get("r", "")) for child in parent]
    at = bisect_left(numbers, number(name))
    if numbers[at : at + 1] != [number(name)]:
        parent.insert(at, etree.Element(f"{_MAIN}{kind}", {"r": name}))
    return parent[at]
