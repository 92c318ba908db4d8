"""The formulas of an .xlsx workbook's sheets as they are written there, read by themselves.

Most workbooks have none, which is seen at once, and openpyxl takes long to load and reads the whole workbook.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree

from excel_uppsikt.excel.formats.xlsx import check_archive
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError, others_as_damaged
from excel_uppsikt.excel.guard.scan import whole_number
from excel_uppsikt.excel.guard.zip_files import read_directory
from excel_uppsikt.excel.own_cells import MAX_FORMULAS, MAX_OWN_CELLS, MAX_OWN_XML
from excel_uppsikt.excel.trees import SHEET_NAMES, local_name
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.language.cells import cell_name, column_number

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


@others_as_damaged()
def written_formulas(data: bytes, sheets: Sequence[Sheet]) -> dict[str, dict[tuple[int, int], str]]:
    """The formula in each cell of these sheets that has one, by the sheet's name, row and column (1-based).

    Each begins with `=`, and one that is written for several cells is as it is in its own cell. Those far
    outside any form are left out.

    Raises:
        UnreadableError: For a workbook of another format than .xlsx, one with too much, or one that cannot
            be read.
    """
    directory = read_directory(data)
    known = directory.unpack(OWN, SHEET_NAMES.__contains__)
    parts = check_archive(directory, OWN, known).trees.sheet_parts()
    own = {parts[sheet.name]: sheet for sheet in sheets if sheet.name in parts}
    unpacked = directory.unpack(OWN, own.__contains__)
    looked = {part: content for part, content in unpacked.items() if _FORMULA.search(content)}
    if not looked:
        return {}
    cells = sum(content.count(b"<c ") + content.count(b"<row") for content in looked.values())
    if cells > MAX_OWN_CELLS or sum(map(len, looked.values())) > MAX_OWN_XML:
        raise UnreadableError(Reason.OVERFULL)
    check_archive(directory, OWN, looked)
    found: dict[str, dict[tuple[int, int], str]] = {}
    letters = 0
    for part, content in looked.items():
        sheet = own[part]
        of_sheet = found.setdefault(sheet.name, {})
        for place, formula in _formulas(content):
            letters += len(formula)
            if letters > MAX_FORMULAS:
                raise UnreadableError(Reason.OVERFULL)
            if place not in sheet.far:
                of_sheet[place] = formula
    return found


def _formulas(content: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    row = column = 0
    shared: dict[str, Callable[[str], str]] = {}
    parsed = ElementTree.iterparse(io.BytesIO(content), ("start", "end"))  # noqa: S314  checked before
    for event, element in parsed:
        kind = local_name(element.tag)
        if kind == "row" and event == "start":
            number = element.get("r")
            row, column = row + 1 if number is None else whole_number(number), 0
        elif kind == "row":
            element.clear()
        elif kind == "c" and event == "end":
            named = _REFERENCE.fullmatch(element.get("r", ""))
            at, column = (int(named[2]), column_number(named[1])) if named else (row, column + 1)
            for child in element:
                if local_name(child.tag) == "f":
                    yield (at, column), _in_cell(child, cell_name(at, column), shared)


def _in_cell(
    formula: ElementTree.Element, cell: str, shared: dict[str, Callable[[str], str]]
) -> str:
    """A formula as it is in its own cell; '' for a data table's, which is none that can be written."""
    kind, text = formula.get("t"), f"={formula.text or ''}"
    if kind == "dataTable":
        return ""
    if kind != "shared":
        return text
    number = formula.get("si", "")
    if number in shared:
        return shared[number](cell)
    if text != "=":
        # Few formulas are shared, and openpyxl takes long to load.
        from openpyxl.formula.translate import Translator

        shared[number] = Translator(text, cell).translate_formula
    return text
