"""What the coordinator types elsewhere than in Excel, put into the rows of a compilation as it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from excel_uppsikt.compilation.table import Table
from excel_uppsikt.excel.workbook import CellValue


@dataclass(frozen=True, slots=True)
class Typed:
    """A text typed for a cell: the Id of its row, its column's heading, and the text."""

    activity: str
    header: str
    text: str


def typed_cells(
    table: Table, ids: Mapping[int, str], typed: Iterable[Typed]
) -> dict[tuple[int, str], str]:
    """The texts by the row's number and the column's heading; `ids` are the rows' by their numbers.

    A text for a row or a column that is not there is left out.
    """
    rows = {made: number for number, made in ids.items()}
    return {
        (rows[one.activity], one.header): one.text
        for one in typed
        if one.activity in rows and one.header in table.columns
    }


def with_typed(table: Table, cells: Mapping[tuple[int, str], str]) -> Table:
    """The table as if the texts stood in its cells, and nothing that cannot be read in any of these."""
    of_row: dict[int, dict[str, CellValue]] = {}
    for (number, header), text in cells.items():
        of_row.setdefault(number, {})[header] = text
    rows = tuple((number, {**row, **of_row.get(number, {})}) for number, row in table.rows)
    gone = {(number, table.columns[header] + 1) for number, header in cells}
    problems = {cell: word for cell, word in table.problems.items() if cell not in gone}
    return replace(table, rows=rows, problems=problems)
