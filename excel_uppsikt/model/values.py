"""What is said of an activity, and the row of a sheet that it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from excel_uppsikt.findings.place import Place
from excel_uppsikt.model.plan import Status


class Field(StrEnum):
    """The parts of an activity that a unit fills in, by their names in code."""

    TITLE = "title"
    UNITS = "units"
    START = "start"
    END = "end"
    DESCRIPTION = "description"
    STATUS = "status"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Values:
    """What is said of an activity; every record of one holds it. What is missing or unreadable is None.

    `units` are names from the plan, in its order; `whole` is whether the whole department is concerned.
    """

    title: str = ""
    units: tuple[str, ...] = ()
    whole: bool = False
    start: date | None = None
    end: date | None = None
    description: str = ""
    status: Status | None = None
    comment: str = ""

    def value(self, field: Field) -> object:
        """What stands in a field; whom it concerns is the units and whether it is the whole department."""
        return (self.units, self.whole) if field is Field.UNITS else getattr(self, field.value)

    def given(self, field: Field) -> bool:
        """Whether anything is said in a field."""
        return bool(self.units) or self.whole if field is Field.UNITS else bool(self.value(field))

    def taking(self, field: Field, other: "Values") -> "Values":
        """The values with what the other ones say in a field."""
        if field is Field.UNITS:
            return replace(self, units=other.units, whole=other.whole)
        return replace(self, **{field.value: getattr(other, field.value)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A filled-in row of a sheet as read, a unit's or the compilation's.

    `row` is its number (1-based). `raw` holds what stood in each cell, as text; `columns` each value's
    column (1-based) by its field; `required` are the fields that it must fill.
    """

    file: str
    sheet: str
    row: int
    values: Values
    raw: Mapping[Field, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    required: tuple[Field, ...] = ()

    def place(self, of: str = Field.TITLE) -> Place:
        """The place of one of its values; of the row's first cell where the column is missing."""
        return Place(self.file, self.sheet, self.row, self.columns.get(of, 1))
