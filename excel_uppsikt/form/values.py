"""An activity's values as plain data: what a form's row and JSON hold, by the kind of each column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from excel_uppsikt.form.definition import COLUMNS, ColumnKind
from excel_uppsikt.form.words import EARLIER
from excel_uppsikt.model import Field, Plan, Status, Values


def cell_value(values: Values, of: Field) -> object:
    """What stands in a field's cell of a form: text, a date, a status's name, units with semicolons."""
    if of is Field.UNITS:
        return "; ".join(values.units)
    value = values.value(of)
    return value.name if isinstance(value, Status) else value


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form to be written. `cells` has what stands in a cell where that is not what `values` say.

    Anything may be there, as in real life. `previous` is what was reported the last time; a `collapsed`
    row lies hidden at the bottom. `marks` are cells to correct, with what to do about each; `former` is
    the unit that was split since, where nobody has said which of its parts the row is. `asked` is what is
    to be completed in it.
    """

    values: Values = field(default_factory=Values)
    cells: Mapping[Field, object] = field(default_factory=dict)
    id: str = ""
    previous: str = ""
    collapsed: bool = False
    marks: Mapping[Field, str] = field(default_factory=dict)
    former: str = ""
    asked: str = ""

    def value(self, of: Field) -> object:
        """The content of a field's cell."""
        return self.cells[of] if of in self.cells else cell_value(self.values, of)


def reported(values: Values, period: str = "") -> str:
    """What was reported the last time, as a follow-up form shows it: the status, and below it the comment.

    With the status in which `period` that was, where it was not the previous one.
    """
    status = values.status.name if values.status else "–"
    when = f"{EARLIER} {period}" if period else ""
    return f"{status}{when}\n{values.comment}".strip()


def as_json(values: Values, department: str | None) -> dict[str, Any]:
    """The values by field, and beside the units whether they are the whole department, and which."""
    known: dict[str, Any] = {}
    for column in COLUMNS:
        value = cell_value(values, column.field)
        known[column.field.value] = value.isoformat() if isinstance(value, date) else value
        if column.field is Field.UNITS:
            whom = {"units": list(values.units), "whole": values.whole, "department": department}
            known |= whom
    return known


def from_json(plan: Plan, kept: Mapping[str, Any]) -> Values:
    """The values that `as_json` gave; a field that was not kept is blank. Raises `ValueError`."""
    known = {
        column.field.value: _read(plan, column.kind, kept.get(column.field.value))
        for column in COLUMNS
    }
    return Values(**known, whole=kept["whole"])


def _read(plan: Plan, kind: ColumnKind, value: Any) -> Any:  # noqa: ANN401  as each kind of column has it
    match kind:
        case ColumnKind.TEXT:
            return value or ""
        case ColumnKind.DATE:
            return date.fromisoformat(value) if value else None
        case ColumnKind.STATUS:
            return plan.status(value)
        case ColumnKind.UNITS:
            return tuple(value or ())
