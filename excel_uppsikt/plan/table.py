"""The plan's sheets as tables: the header row found, columns by name, rows with their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from excel_uppsikt.excel.workbook import CellValue, Sheet, Workbook
from excel_uppsikt.findings.catalogue.plan import P101
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.likeness import NEAR, alike
from excel_uppsikt.language.text import fold
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.definition import LAST_TIME, PlanSheet
from excel_uppsikt.round_paths import PLAN_FILE

_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a plan sheet, its cells by column heading, and how its workbook counts days."""

    sheet: str
    number: int
    cells: tuple[CellValue, ...]
    columns: Mapping[str, int]
    since_1904: bool = False

    def has(self, column: str) -> bool:
        """Whether the sheet has the column at all."""
        return column in self.columns

    def value(self, column: str) -> CellValue:
        """The cell's value as the workbook has it, '' when blank or without such a column."""
        index = self.columns.get(column)
        return "" if index is None or index >= len(self.cells) else self.cells[index]

    def text(self, column: str) -> str:
        """The cell's value as tidy text."""
        return as_text(self.value(column))

    def line(self, column: str) -> str:
        """The same on one line, as who it names is called in tables, subjects and names of files."""
        return " ".join(self.text(column).split())

    def place(self, column: str) -> Place:
        """The place of the cell."""
        index = self.columns.get(column, 0)
        return Place(PLAN_FILE, self.sheet, self.number, index + 1)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A sheet's rows that hold anything."""

    rows: tuple[PlanRow, ...]


def read_tables(workbook: Workbook) -> tuple[dict[str, PlanTable], list[Finding]]:
    """The plan's tables by sheet name; a sheet that cannot be used is left out and reported."""
    sheets = {fold(sheet.name): sheet for sheet in workbook.sheets}
    tables: dict[str, PlanTable] = {}
    findings: list[Finding] = []
    for definition in plan_form.SHEETS:
        sheet = sheets.get(fold(definition.name))
        if sheet is None:
            findings.append(
                find(P101.MISSING_SHEET, Place(PLAN_FILE), name=definition.name, headers=definition.headers)
            )  # fmt: skip
            continue
        table, faults = _read_table(definition, sheet)
        findings.extend(faults)
        if table is not None:
            tables[definition.name] = table
    return tables, findings


def _read_table(definition: PlanSheet, sheet: Sheet) -> tuple[PlanTable | None, list[Finding]]:
    header_row, columns = find_header(definition, sheet)
    missing = [column for column in definition.columns if column.header not in columns]
    findings = [
        find(P101.MISSING_COLUMN, Place(PLAN_FILE, definition.name, header_row + 1, 1), name=column.header)
        for column in missing
        if column.header != "Förklaring"
    ]  # fmt: skip
    if any(column.needed for column in missing):
        return None, findings
    rows = tuple(
        PlanRow(definition.name, number, cells, columns, sheet.since_1904)
        for number, cells in enumerate(sheet.rows[header_row + 1 :], header_row + 2)
        if any(
            as_text(cells[at])
            for header, at in columns.items()
            if at < len(cells) and header != LAST_TIME.header
        )
    )
    return PlanTable(rows), findings


def find_header(definition: PlanSheet, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The header row's index and its columns: the row among the first where most headings stand."""
    best: tuple[int, dict[str, int]] = (0, {})
    for index, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns = _columns(definition, cells)
        if len(columns) > len(best[1]):
            best = (index, columns)
    return best


def _columns(definition: PlanSheet, cells: tuple[CellValue, ...]) -> dict[str, int]:
    written = {fold(as_text(cell)): index for index, cell in reversed(list(enumerate(cells)))}
    columns: dict[str, int] = {}
    for column in definition.columns:
        key = fold(column.header)
        near = key if key in written else max(written, key=lambda w: alike(w, key), default="")
        if near and (near == key or alike(near, key) >= NEAR):
            columns.setdefault(column.header, written[near])
    if columns and definition.renewed and fold(LAST_TIME.header) in written:
        columns[LAST_TIME.header] = written[fold(LAST_TIME.header)]
    return columns
