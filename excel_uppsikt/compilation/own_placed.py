"""Own columns and sheets given their places in the new compilation, where rows and columns have moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.definition import ACTIVITY_COLUMNS, FIRST_LINE, CompilationColumn
from excel_uppsikt.compilation.own import NAMELESS, OwnColumn, OwnContent, Stored, key_of
from excel_uppsikt.excel.formulas import GONE, LAST_ROW, Move, Table, can_be_copied
from excel_uppsikt.excel.own_cells import OwnCell, OwnSheet
from excel_uppsikt.excel.own_names import sheet_name
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.cells import as_text, cell_name
from excel_uppsikt.language.text import counted
from excel_uppsikt.model import Compilation

_MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class PlacedOwn:
    """Where the columns of Aktiviteter stand, and the own content with them.

    `columns` are the program's and the coordinator's own in order. `cells` and `notes` are those of
    Aktiviteter by row and column (1-based), `stored` by Id what waits for rows that are away, `sheets` have
    the name of the program's sheet before them, and `moved` says where own cells have gone.
    """

    columns: tuple[CompilationColumn | OwnColumn, ...] = ACTIVITY_COLUMNS
    cells: Mapping[tuple[int, int], OwnCell] = field(default_factory=dict)
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    sheets: tuple[tuple[OwnSheet, str | None], ...] = ()
    stored: Mapping[str, Stored] = field(default_factory=dict)
    moved: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def part_columns(self) -> Mapping[str, int]:
        """Where each part of a row stands (1-based), its field or the heading of what is no field."""
        return {
            column.field or column.header: at
            for at, column in enumerate(self.columns, 1)
            if isinstance(column, CompilationColumn)
        }


def place_own(own: OwnContent, earlier: Compilation, now: Compilation) -> PlacedOwn:
    """The own content of the earlier compilation as it stands in the new one, what cannot be kept told."""
    return _Placing(own, earlier, now).placed()


class _Placing:
    """Places the own content, keeping what is to be told."""

    def __init__(self, own: OwnContent, earlier: Compilation, now: Compilation) -> None:
        self.own, self.lines = own, now.lines
        # Each row's number in the old sheet by its number in the new one.
        self.rows = {
            line.read.row: at for at, line in enumerate(now.lines, FIRST_LINE) if line.read
        }
        self.gone = [line for line in earlier.lines if line.read and line.read.row not in self.rows]
        self.columns = _in_order(own.columns)
        self.at = {
            column.key: at
            for at, column in enumerate(self.columns, 1)
            if isinstance(column, OwnColumn)
        }
        self.shift = FIRST_LINE - 1 - own.header_row
        self.end = max(FIRST_LINE, FIRST_LINE + len(now.lines) - 1)
        self.move = self._move(self.rows)
        self.names, self.sheet_names = self._names()
        self.told: list[Finding] = []
        # The formulas that cannot be kept, by where they are told of: the first, and how many.
        self.formulas: dict[tuple[Code, Place], list[tuple[Place, str]]] = {}

    def _move(self, rows: Mapping[int, int]) -> Move:
        columns = {column.at: self.at[column.key] for column in self.own.columns}
        columns |= {
            at: self.columns.index(ACTIVITY_COLUMNS[definition.INDEX[name]]) + 1
            for at, name in self.own.headings.items()
        }
        table = Table(self.own.header_row + 1, self.own.last_row, self.shift, self.end, rows)
        return Move(self.own.sheet, table, columns)

    def _names(self) -> tuple[dict[str, str], set[str]]:
        taken = {name.casefold() for name in definition.SHEETS}
        names: dict[str, str] = {}
        for sheet, _ in self.own.sheets:
            names[sheet.name] = sheet_name(sheet.name, taken)
            taken.add(names[sheet.name].casefold())
        return names, taken

    def placed(self) -> PlacedOwn:
        cells: dict[tuple[int, int], OwnCell] = {}
        moved: dict[tuple[int, int], tuple[int, int]] = {}
        stored: dict[str, dict[str, tuple[OwnCell, int]]] = {}
        for column in self.own.columns:
            at = self.at[column.key]
            ids = {line.read.row: line.activity.id for line in self.gone if line.read}
            for row, cell in column.cells.items():
                if row in ids:
                    kept = self._stored_cell(column, row, cell)
                    stored.setdefault(ids[row], {})[column.key] = kept
                    continue
                new = self.move.table.row(row)
                place = Place(self.own.file, self.own.sheet).at(row, column.at)
                if new is None or new >= LAST_ROW or (new, at) in cells:
                    self.told.append(find(F207.COMPILATION, place, _words(cell)))
                    continue
                moved[row, column.at] = new, at
                cells[new, at] = self._copied(cell, place, self.move, area=cell_name(new, at))
        self._come_back(cells, stored)
        self._tell_away(stored)
        self._name_headings(cells)
        self._name_empty(cells, stored)
        # By column and row, wherever the rows stood before: what is written twice is the same file.
        cells = dict(sorted(cells.items(), key=lambda placed: placed[0][::-1]))
        notes = dict(self._notes())
        sheets = tuple((self._sheet(sheet), after) for sheet, after in self.own.sheets)
        self._tell_formulas()
        return PlacedOwn(self.columns, cells, notes, sheets, stored, moved, tuple(self.told))

    def _name_headings(self, cells: dict[tuple[int, int], OwnCell]) -> None:
        """Gives own columns headings that are none of the program's."""
        for column in self.own.columns:
            if column.heading != column.written:
                at = FIRST_LINE - 1, self.at[column.key]
                cells[at] = replace(cells[at], value=column.heading, formula="")
                place = Place(self.own.file, self.own.sheet).at(self.own.header_row, column.at)
                self.told.append(find(F207.OWN_NAME, place, column.written, name=column.heading))

    def _name_empty(
        self,
        cells: dict[tuple[int, int], OwnCell],
        stored: dict[str, dict[str, tuple[OwnCell, int]]],
    ) -> None:
        """Gives a heading to a column without one that has nothing left but what waits for rows.

        It would else be gone when they come back.
        """
        filled = {at for _, at in cells}
        for column in self.own.columns:
            waiting = [kept for kept in stored.values() if column.key in kept]
            if waiting and self.at[column.key] not in filled:
                name = NAMELESS.format(self.at[column.key])
                cells[FIRST_LINE - 1, self.at[column.key]] = OwnCell(name)
                for kept in waiting:
                    kept[key_of(name, 1)] = kept.pop(column.key)

    def _copied(self, cell: OwnCell, place: Place, move: Move, *, area: str = "") -> OwnCell:
        """A cell with its formula as it is after the move; `area` is where it then stands in the table."""
        if not cell.formula:
            return cell
        formula = cell.formula if cell.formula.startswith("=") else f"={cell.formula}"
        if not can_be_copied(formula, self.sheet_names) or (area and ":" in _true_area(cell.area)):
            self._formula(F207.OWN_FORMULA, place, formula)
            # What was never worked out has nothing but its words.
            return replace(
                cell, value=formula if cell.value == "" else cell.value, formula="", area=""
            )
        new = move.formula(formula, place.sheet or "")
        cell = replace(cell, formula=new, area=area if area and cell.area else cell.area)
        if new.count(GONE) > formula.count(GONE):
            self._formula(F207.OWN_REFERENCE, place, formula)
            return replace(cell, value=GONE)
        return cell

    def _formula(self, variant: Code, place: Place, formula: str) -> None:
        where = Place(place.file, place.sheet, None, place.column)
        self.formulas.setdefault((variant, where), []).append((place, formula))

    def _tell_formulas(self) -> None:
        for (variant, _), found in self.formulas.items():
            place, formula = found[0]
            count = counted(len(found), "cell", "celler")
            if variant is F207.OWN_FORMULA:
                self.told.append(find(F207.OWN_FORMULA, place, formula, count=count))
            else:
                self.told.append(find(F207.OWN_REFERENCE, place, formula, count=count))

    def _stored_cell(self, column: OwnColumn, row: int, cell: OwnCell) -> tuple[OwnCell, int]:
        """A cell of a row that is away, its formula speaking of no other row."""
        alone = row + self.shift
        place = Place(self.own.file, self.own.sheet).at(row, column.at)
        kept = self._copied(cell, place, self._move({row: alone}), area=cell_name(alone, column.at))
        return replace(kept, area=""), alone

    def _come_back(
        self,
        cells: dict[tuple[int, int], OwnCell],
        stored: dict[str, dict[str, tuple[OwnCell, int]]],
    ) -> None:
        """Puts what was stored into the rows that are back; the rest is stored on."""
        back = {line.activity.id: at for at, line in enumerate(self.lines, FIRST_LINE)}
        lost: dict[str, list[str]] = {}
        for made, kept in self.own.stored.items():
            for key, (cell, row) in kept.items():
                if key not in self.at:
                    lost.setdefault(key, []).append(_words(cell))
                elif made not in back:
                    stored.setdefault(made, {}).setdefault(key, (cell, row))
                elif (back[made], self.at[key]) not in cells:
                    place = Place(self.own.file, definition.ACTIVITIES, row, self.at[key])
                    table = Table(FIRST_LINE, LAST_ROW - 1, 0, LAST_ROW - 1, {row: back[made]})
                    move = Move(definition.ACTIVITIES, table)
                    cells[back[made], self.at[key]] = self._copied(
                        cell, place, move, area=cell_name(back[made], self.at[key])
                    )
        place = Place(self.own.file, definition.ACTIVITIES)
        for key, texts in lost.items():
            words = " | ".join(texts[:_MOST_TOLD])
            self.told.append(
                find(F207.OWN_COLUMN_GONE, place, words, column=key.partition("\t")[0])
            )

    def _tell_away(self, stored: Mapping[str, Stored]) -> None:
        """F207 for each own column with something on rows that are away, formulas apart."""
        # By Id, as they are kept, so that the next run tells the same.
        rows = [stored[made] for made in sorted(stored)]
        for column in self.own.columns:
            waiting = [kept[column.key][0] for kept in rows if column.key in kept]
            texts = [_words(cell) for cell in waiting if not cell.formula]
            if texts:
                place = Place(self.own.file, self.own.sheet).at(self.own.header_row, column.at)
                words = " | ".join(texts[:_MOST_TOLD])
                count = counted(len(texts), "rad", "rader")
                self.told.append(find(F207.OWN_AWAY, place, words, count=count))

    def _notes(self) -> Iterator[tuple[tuple[int, int], str]]:
        place = Place(self.own.file, self.own.sheet)
        for (row, column), text in self.own.notes.items():
            new = self.move.table.row(row)
            if new is None:
                self.told.append(find(F207.COMPILATION, place.at(row, column), text))
            else:
                yield (new, self.move.column(column)), text

    def _sheet(self, sheet: OwnSheet) -> OwnSheet:
        name = self.names[sheet.name]
        place = Place(self.own.file, sheet.name)
        if name != sheet.name:
            self.told.append(find(F207.OWN_NAME, place, sheet.name, name=name))
        cells = {
            at: self._copied(cell, place.at(*at), self.move) for at, cell in sheet.cells.items()
        }
        return replace(sheet, name=name, cells=cells)


def _true_area(area: str) -> str:
    """An array's range, '' for that of a single cell."""
    first, _, last = area.partition(":")
    return "" if last in ("", first) else area


def _words(cell: OwnCell) -> str:
    return cell.formula or as_text(cell.value)


def _in_order(own: Sequence[OwnColumn]) -> tuple[CompilationColumn | OwnColumn, ...]:
    """The program's columns with each own one after the one that it stood after."""
    columns: list[CompilationColumn | OwnColumn] = [c for c in own if c.after is None]
    for column in ACTIVITY_COLUMNS:
        columns.append(column)
        columns += [c for c in own if c.after == column.header]
    return tuple(columns)
