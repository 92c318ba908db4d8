"""Formulas copied from one workbook into another: which can be, and their references after a move."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from excel_uppsikt.language.cells import column_letters, column_number

LONGEST_FORMULA = 8_192
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
GONE = "#REF!"
_TEXT = r'"(?:[^"]|"")*+"'
_SHEET = r"(?:'(?:[^']|'')++'|[^\W\d][\w.]*+(?::[^\W\d][\w.]*+)?)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    rf"{_TEXT}|(?<![\w.#\]\\$])(?P<sheet>{_SHEET})?"
    rf"(?P<area>{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})"
    r"(?![\w.(!\[])"
)
_PART = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
_NAMED_SHEET = re.compile(rf"{_TEXT}|(?<![\w.#])({_SHEET})")
# Links to other workbooks and programs, and the columns of tables, stand in brackets.
_OUTSIDE = re.compile(rf"{_TEXT}|([|\[\]])")
# Functions that fetch something from elsewhere or run something, in Excel or LibreOffice.
_REACHING = re.compile(
    rf"{_TEXT}|\b((?:WEBSERVICE|FILTERXML|IMAGE|RTD|DDE|CALL|REGISTER(?:\.ID)?|EXEC|EVALUATE|SQL\.REQUEST"
    r"|STOCKHISTORY|FIELDVALUE|CUBE\w+|IMPORT\w+|TRANSLATE|DETECTLANGUAGE|COPILOT|PY)\s*\("
    # A link that is not plainly to a page, a mail address or a place in the workbook may open a program.
    r'|HYPERLINK\s*\((?!\s*"(?:https?:|mailto:|#)))',
    re.IGNORECASE,
)
# Names, apart from those of sheets, functions, cells, and what LET and LAMBDA call their own.
_NAME = re.compile(
    rf"{_TEXT}|{_SHEET}|#[A-Za-z/0]++[!?]?|\$?[A-Za-z]{{1,3}}\$?[0-9]{{1,7}}(?![\w.(])"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(])|[0-9][\w.]*+|_xlpm\.[\w.]++"
    r"|[^\W\d][\w.]*+\s*+\(|(?:TRUE|FALSE)(?![\w.])|(?P<name>[^\W\d][\w.\\?]*+)",
    re.IGNORECASE,
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

# A row or a column after the move; None where it has gone.
Moved = Callable[[int], int | None]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table before and after a move: where each now stands, and the rows around them.

    `first` and `last` are the table's rows before, `shift` is how much what stands above it moves, and
    `end` its last row after.
    """

    first: int
    last: int
    shift: int
    end: int
    rows: Mapping[int, int] = field(default_factory=dict)

    def row(self, row: int) -> int | None:
        """A row after the move."""
        if row < self.first:
            return row + self.shift if row + self.shift > 0 else None
        if row > self.last:
            return row if row == LAST_ROW else min(row + self.end - self.last, LAST_ROW)
        return self.rows.get(row)

    def between(self, top: int, bottom: int) -> tuple[int, int] | None:
        """The rows of a range after the move; None where they do not stand together any more."""
        if top == bottom:
            return _together([self.row(top)], 0)
        if top <= self.first and bottom >= self.last:
            first = self.first + self.shift if top == self.first else self.row(top)
            last = self.row(bottom) if bottom > self.last else self.end
            return None if first is None or last is None else (first, max(first, last))
        if top > self.last or bottom < self.first:
            return _together([self.row(top), self.row(bottom)], bottom - top)
        if top < self.first or bottom > self.last:
            return None
        return _together([self.row(row) for row in range(top, bottom + 1)], bottom - top)


@dataclass(frozen=True, slots=True)
class Move:
    """How the cells of one sheet move: its rows, and its columns where those move."""

    sheet: str
    table: Table
    columns: Mapping[int, int] = field(default_factory=dict)

    def column(self, column: int) -> int:
        """A column after the move; those beyond the last that is known keep their distance from it."""
        last = max(self.columns, default=0)
        beyond = column > last > 0
        return self.columns.get(column, column + self.columns[last] - last if beyond else column)

    def formula(self, formula: str, home: str) -> str:
        """A formula on the sheet `home` with its references as they are after the move, `#REF!` for gone."""

        def moved(found: re.Match[str]) -> str:
            area, sheet = found["area"], found["sheet"]
            if area is None or plain_name(sheet or home).casefold() != self.sheet.casefold():
                return found[0]
            new = self._area(area)
            return GONE if new is None else f"{sheet or ''}{new}"

        return _REFERENCE.sub(moved, formula)

    def _area(self, area: str) -> str | None:
        begin, _, end = area.partition(":")
        first, last = _PART.fullmatch(begin), _PART.fullmatch(end or begin)
        if first is None or last is None:
            return area
        columns = self._columns(first[2], last[2])
        rows: tuple[int, int] | None = (0, 0)
        if first[4] and last[4]:
            top, bottom = sorted((int(first[4]), int(last[4])))
            if not 0 < top <= bottom <= LAST_ROW:
                return area
            rows = self.table.between(top, bottom)
        if columns is None or rows is None:
            return None
        ends = [
            f"{part[1]}{column_letters(column) if part[2] else ''}{part[3]}{row or ''}"
            for part, column, row in zip((first, last), columns, rows, strict=True)
        ]
        return ":".join(ends) if end else ends[0]

    def _columns(self, first: str, last: str) -> tuple[int, int] | None:
        if not first:
            return 0, 0
        left, right = sorted((column_number(first), column_number(last)))
        if right > LAST_COLUMN or not self.columns:
            return left, right
        inside = {left, right, *(at for at in self.columns if left < at < right)}
        moved = [self.column(at) for at in sorted(inside)]
        return (moved[0], moved[-1]) if moved == sorted(moved) else None


def _together(found: list[int | None], span: int) -> tuple[int, int] | None:
    """The first and last of these, where none has gone and they still span as much."""
    there = [at for at in found if at is not None]
    if len(there) < len(found) or max(there) - min(there) != span:
        return None
    return min(there), max(there)


def plain_name(sheet: str) -> str:
    """A sheet's name as a formula has it, without its quotation marks and `!`."""
    name = sheet.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def can_be_copied(formula: str, sheets: Collection[str]) -> bool:
    """Whether a formula can stand in a workbook with these sheets alone (their names in lower case).

    One that reaches outside it, to a program, the web or another file, cannot, nor one with a name that has
    been given to something, nor one that Excel would call the whole file damaged for.
    """
    if len(formula) > LONGEST_FORMULA or _UNWRITABLE.search(formula):
        return False
    if any(found[1] for pattern in (_OUTSIDE, _REACHING) for found in pattern.finditer(formula)):
        return False
    if any(found["name"] for found in _NAME.finditer(formula)):
        return False
    return all(
        name.casefold() in sheets
        for found in _NAMED_SHEET.finditer(formula)
        if found[1]
        for name in plain_name(found[1]).split(":")
    )
