"""The compilation's sheets as tables, and each row's Id in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from excel_uppsikt.compilation import definition
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold, short_hash
from excel_uppsikt.model import Activity, Choice, Field

# What may stand where there is a choice of two.
YES_NO = {"ja": True, "j": True, "sant": True, "nej": False, "n": False, "falskt": False}
# What was last collected of each row by its Id, and its choice as it was written.
Bases = Mapping[str, tuple[Activity, Choice]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's rows by heading, with their row numbers."""

    rows: tuple[tuple[int, Mapping[str, CellValue]], ...]
    columns: Mapping[str, int]
    header_row: int
    problems: Mapping[tuple[int, int], str]
    since_1904: bool


def read_table(
    sheet: Sheet | None, headers: Sequence[str], of: Collection[str] = ()
) -> Table | None:
    """The sheet as a table, its header row being the first that holds all of `headers`.

    Only what stands under the headings `of` makes a row of it, where there are any; they are known
    whatever their case. The first column with one of them is its, before that one spelt as it is.
    """
    wanted = {fold(header) for header in headers}
    known = {fold(header): header for header in of}
    for at, cells in enumerate(sheet.rows if sheet else ()):
        columns: dict[str, int] = {}
        names = [(column, as_text(cell)) for column, cell in enumerate(cells)]
        for column, name in sorted(names, key=lambda named: named[1] not in of):
            if name:
                columns.setdefault(known.get(fold(name), name), column)
        if wanted <= {fold(name) for name in columns} and sheet is not None:
            rows = [
                (number, {name: row[c] for name, c in columns.items() if c < len(row)})
                for number, row in enumerate(sheet.rows[at + 1 :], at + 2)
            ]
            filled = [
                row
                for row in rows
                if any(as_text(value) for name, value in row[1].items() if not of or name in of)
            ]
            return Table(tuple(filled), columns, at + 1, sheet.problems, sheet.since_1904)
    return None


def row_ids(table: Table, bases: Bases) -> dict[int, str]:
    """Each row's Id by its number; rows without one, and copies of others, get one of their own.

    Of rows with the same Id the first keeps it, before that the first whose title it had.
    """

    def title(row: Mapping[str, CellValue]) -> str:
        return fold(as_text(row.get(form.header(Field.TITLE), "")))

    def changed(numbered: tuple[int, Mapping[str, CellValue]]) -> bool:
        base = bases.get(as_text(numbered[1].get(form.ID_HEADER, "")))
        return base is None or fold(base[0].values.title) != title(numbered[1])

    owners: dict[str, int] = {}
    for number, row in sorted(table.rows, key=changed):
        owners.setdefault(as_text(row.get(form.ID_HEADER, "")), number)
    owners.pop("", None)
    ids = {number: made for made, number in owners.items()}
    taken = {*owners, *bases}
    for number, row in table.rows:
        if number not in ids:
            ids[number] = _own_id(as_text(row.get(definition.GOAL, "")), title(row), taken)
            taken.add(ids[number])
    return ids


def _own_id(goal: str, title: str, taken: set[str]) -> str:
    """An Id for a row that the coordinator wrote, the same in every run."""
    count = 0
    while True:
        made = f"s-{short_hash(fold(goal), title, str(count))}"
        if made not in taken:
            return made
        count += 1


def part_place(place: Place, columns: Mapping[str, int], part: str) -> Place:
    """Where a part of the row stands whose place this is, by the parts' columns (1-based)."""
    return place.at(place.row or 0, columns.get(part, 1))
