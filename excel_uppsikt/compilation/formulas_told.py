"""Formulas that the coordinator has put into the program's own cells, which are written anew as values."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.own import OwnContent
from excel_uppsikt.excel.own_cells import may_have_formulas, read_own_sheets
from excel_uppsikt.excel.reading import UnreadableError, file_bytes
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.findings.catalogue.files import F207
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.text import counted


def formulas_told(path: Path, ours: Mapping[str, Sheet], own: OwnContent) -> tuple[Finding, ...]:
    """F207 at the first formula of each of the program's columns in Aktiviteter, and of those in Beslut.

    A formula that has never been computed is told by itself. `ours` are the program's sheets by name.
    """
    looked = [ours[name] for name in (definition.ACTIVITIES, definition.DECISIONS) if name in ours]
    try:
        data = file_bytes(path)
        if not may_have_formulas(data, {sheet.name for sheet in looked}):
            return ()
        pages = read_own_sheets(data, looked)
    except UnreadableError:
        return ()
    found: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for sheet in looked:
        main = sheet is ours[definition.ACTIVITIES]
        cells = pages[sheet.name].cells if sheet.name in pages else {}
        for (row, column), cell in cells.items():
            kept = main and (column not in own.headings or row <= own.header_row)
            if cell.formula and not kept and (row, column) not in sheet.problems:
                found.setdefault((sheet.name, column), []).append((row, cell.formula))
    return tuple(_told(own.file, found))


def _told(file: str, found: Mapping[tuple[str, int], list[tuple[int, str]]]) -> Iterator[Finding]:
    for (sheet, column), formulas in found.items():
        row, formula = formulas[0]
        count = counted(len(formulas), "cell", "celler")
        yield find(F207.FORMULA, Place(file, sheet).at(row, column), formula, count=count)
