"""The cells of an activity's row read into values, in a unit's form and in the compilation alike.

Every value is typed, nothing is guessed, and what cannot be read is told at its cell.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from excel_uppsikt.findings.catalogue.rows import R302, R305, R306, R309, R310, R311, R312
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import WHOLE_DEPARTMENT, ColumnKind
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.choices import ChoicesReading, read_choice, read_choices
from excel_uppsikt.language.dates import DateProblem, read_date, serial
from excel_uppsikt.language.text import fold, has_forbidden, listed, tidy
from excel_uppsikt.model import Field, Status, Values

_TEXTS = tuple((c.field.value, c.field) for c in form.COLUMNS if c.kind is ColumnKind.TEXT)
_OTHERS = tuple(
    (c.field.value, c.field, c.kind) for c in form.COLUMNS if c.kind is not ColumnKind.TEXT
)
# The day with the number 100000. No day that anybody means has six digits, as in 240301.
_FIRST_WRITTEN = date(2173, 10, 14)
_ONLY_MARKS = re.compile(r"[\s.\-‐‑‒–—―−…_]*")


@dataclass(frozen=True, slots=True)
class CellError:
    """What stands in a cell without a value: an error such as `#REF!`, or `=`, a formula never computed."""

    word: str


def cell_text(value: object) -> str:
    """What stands in a cell, as tidy text; an error's own word."""
    if isinstance(value, str):
        return tidy(value)
    if type(value) is date:
        return value.isoformat()
    return value.word if isinstance(value, CellError) else as_text(value)


def says_something(text: str) -> bool:
    """Whether a title or comment says anything; dashes and dots alone do not."""
    return text[:1].isalnum() or _ONLY_MARKS.fullmatch(text) is None


class Reading(NamedTuple):
    """A row's cells as read. `raw` is what stood in each that is not blank, as text.

    `wholes` are the departments named as a whole, of which `values` tell only whether there are any;
    `unread` are the fields with something that could not be used, for which `values` has nothing or
    less than was written. `undecided` are the parts of split units, as of an `Activity`. `named` is whether
    the row itself says whom it concerns.
    """

    values: Values
    raw: Mapping[Field, str]
    wholes: tuple[str, ...]
    unread: frozenset[Field]
    findings: tuple[Finding, ...]
    undecided: tuple[tuple[str, str], ...] = ()
    named: bool = True


class RowReader:
    """Reads rows one after another, each by its cells' values and columns (1-based).

    A row that names nobody concerns the `own` units, and in a `common` form the whole department where
    nothing stands in its Enheter.
    """

    def __init__(self, scope: Scope, *, own: tuple[str, ...] = (), common: bool = False) -> None:
        self.scope, self.plan = scope, scope.plan
        self._own, self._common = own, common
        self._order = {unit.name: at for at, unit in enumerate(self.plan.units)}
        self._place = Place()
        self._columns: Mapping[str, int] = {}
        self._values: Mapping[Field, object] = {}
        self._raw: dict[Field, str] = {}
        self._findings: list[Finding] = []
        self._unread: set[Field] = set()
        self._undecided: tuple[tuple[str, str], ...] = ()

    def read(
        self,
        place: Place,
        cells: Mapping[Field, object],
        columns: Mapping[str, int],
        *,
        since_1904: bool = False,
    ) -> Reading:
        """The row at a place with a row number, by the values of its fields' cells.

        `since_1904` is how its workbook counts the days of numbers without a date's format.
        """
        self._place, self._columns, self._values = place, columns, cells
        self._raw = {
            of: text for of, value in cells.items() if value != "" and (text := cell_text(value))
        }
        self._findings, self._unread = [], set()
        for of, text in self._raw.items():
            value = cells[of]
            if text != value if isinstance(value, str) else isinstance(value, CellError):
                self._check(of, value)
        known: dict[str, Any] = {name: self._text(of) for name, of in _TEXTS}
        wholes: tuple[str, ...] = ()
        self._undecided = ()
        for name, of, kind in _OTHERS:
            if kind is ColumnKind.DATE:
                known[name] = self._date(of, since_1904=since_1904)
            elif kind is ColumnKind.STATUS:
                known[name] = self._status()
            else:
                known[name], wholes = self._units()
        whole = bool(wholes)
        named = whole or bool(known[Field.UNITS])
        if not named:
            known[Field.UNITS.value] = self._own
            whole = self._common and Field.UNITS not in self._raw
        values = Values(**known, whole=whole)
        findings = tuple(self._findings)
        unread = frozenset(self._unread)
        return Reading(values, self._raw, wholes, unread, findings, self._undecided, named)

    def _check(self, of: Field, value: object) -> None:
        """R310 for a cell without a value, R309 for one that is not read as it was written."""
        header = form.header(of)
        if isinstance(value, CellError):
            variant = R310.FORMULA if value.word == "=" else R310.ERROR_VALUE
            self._tell(variant, of, value.word, header=header)
            self._unread.add(of)
        elif isinstance(value, str) and has_forbidden(value):
            self._tell(R309.CLEANED, of, self._raw[of], header=header)

    def _tell(self, variant: Code, of: Field, written: object, **fields: object) -> None:
        place = self._place.at(self._place.row or 0, self._columns[of])
        self._findings.append(find(variant, place, written, **fields))

    def _readable(self, of: Field) -> str:
        return "" if of in self._unread else self._raw.get(of, "")

    def _text(self, of: Field) -> str:
        """A text that says something; dashes and dots alone do not, but may stand in a description."""
        text = self._readable(of)
        return text if of is Field.DESCRIPTION or says_something(text) else ""

    def _date(self, of: Field, *, since_1904: bool) -> date | None:
        written = self._readable(of)
        if not written:
            return None
        value = self._values[of]
        if isinstance(value, date):
            # As almost all are: nothing is left to read.
            day = value.date() if isinstance(value, datetime) else value
            if day < _FIRST_WRITTEN or since_1904:
                return day
            # 240301 in a cell for dates, which shows it as a day in 2557.
            return read_date(serial(day), year=day.year).value or day
        settings, header = self.plan.settings, form.header(of)
        end = of is Field.END
        reading = read_date(value, year=settings.year, end=end, since_1904=since_1904)
        match reading.problem:
            case DateProblem.AMBIGUOUS:
                first, second = reading.readings
                self._tell(R302.AMBIGUOUS, of, written, header=header, first=first, second=second)
            case DateProblem.NOT_REAL:
                self._tell(R302.NOT_REAL, of, written, header=header)
            case DateProblem.UNREADABLE:
                example = settings.last_date if end else settings.first_date
                self._tell(R302.UNREADABLE, of, written, header=header, example=example)
            case None if reading.inexact:
                self._tell(R312.PLAIN, of, written, header=header, read=reading.value)
        if reading.problem is not None:
            self._unread.add(of)
        return reading.value

    def _status(self) -> Status | None:
        written = self._readable(Field.STATUS)
        if not written:
            return None
        exact = self.scope.exact_statuses.get(written)
        if exact is not None:
            return exact
        reading = read_choice(written, self.scope.statuses, self.scope.comparisons)
        if reading.name is None:
            self._unread.add(Field.STATUS)
            near = listed([quote(name) for name in reading.near], "eller")
            allowed = listed([quote(status.name) for status in self.plan.statuses], "eller")
            if fold(written) in self.scope.gone_statuses:
                self._tell(R305.OFFERED, Field.STATUS, written, allowed=allowed)
            elif near:
                self._tell(R305.NEAR, Field.STATUS, written, near=near)
            else:
                self._tell(R305.UNKNOWN, Field.STATUS, written, allowed=allowed)
        elif not reading.exact:
            self._tell(R311.PLAIN, Field.STATUS, written, read=reading.name)
        return self.plan.status(reading.name)

    def _units(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The units named, in the plan's order, and the departments named as a whole."""
        written = self._readable(Field.UNITS)
        if not written:
            return (), ()
        reading = self._in_plan(written)
        names = list(reading.names)
        for piece, name in reading.taken:
            if self._was_split(piece):
                names.remove(name)
            else:
                self._tell(R311.PLAIN, Field.UNITS, piece, read=name)
        for piece, near in (*reading.unknown, *((piece, ()) for piece, _ in reading.taken)):
            parts = self._was_split(piece)
            if parts or (piece, near) in reading.unknown:
                self._unknown_unit(piece, parts or near)
        wholes = [self.scope.wholes[name] for name in names if name in self.scope.wholes]
        if "" in wholes:
            example = form.whole_names(self.plan.departments)[0]
            self._tell(R306.WHICH_DEPARTMENT, Field.UNITS, WHOLE_DEPARTMENT, example=example)
            wholes.remove("")
            self._unread.add(Field.UNITS)
        if self.scope.before:
            self._undecided = self.scope.parts_meant(names)
        named = {*names, *(part for part, _ in self._undecided)}
        units = sorted(named & self._order.keys(), key=self._order.__getitem__)
        return tuple(units), tuple(wholes)

    def _in_plan(self, written: str) -> ChoicesReading:
        """What is named, without the units that have gone from the plan: these are told."""
        gone = self.scope.gone_units
        if not gone:
            return read_choices(written, self.scope.choices, self.scope.comparisons)
        choices = {**self.scope.choices, **gone}
        reading = read_choices(written, choices, self.scope.comparisons)
        misspelt = {name: piece for piece, name in reading.taken}
        allowed = form.units_in_words(self.plan.units_of(self.scope.department))
        for name in reading.names:
            if fold(name) in gone:
                self._unread.add(Field.UNITS)
                piece = misspelt.get(name, name)
                self._tell(R306.OFFERED, Field.UNITS, piece, allowed=allowed)
        return ChoicesReading(
            tuple(name for name in reading.names if fold(name) not in gone),
            tuple((piece, name) for piece, name in reading.taken if fold(name) not in gone),
            tuple(
                (piece, tuple(name for name in near if fold(name) not in gone))
                for piece, near in reading.unknown
            ),
        )

    def _was_split(self, piece: str) -> tuple[str, ...]:
        """The parts of a unit that was split and that a piece of the cell names; none where it does not."""
        parts = {} if self.scope.before else self.scope.parts
        return next((of for name, of in parts.items() if fold(name) == fold(piece)), ())

    def _unknown_unit(self, piece: str, near: Sequence[str]) -> None:
        self._unread.add(Field.UNITS)
        other = self.scope.other_units.get(fold(piece))
        if other:
            self._tell(R306.OTHER_DEPARTMENT, Field.UNITS, piece, other=other)
        elif near:
            asked = listed([quote(name) for name in near], "eller")
            self._tell(R306.NEAR, Field.UNITS, piece, near=asked)
        else:
            allowed = form.units_in_words(self.plan.units_of(self.scope.department))
            self._tell(R306.UNKNOWN, Field.UNITS, piece, allowed=allowed)
