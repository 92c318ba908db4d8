"""The rows of a compilation as they are shown for editing, and what was written in their form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from excel_uppsikt.compilation.definition import GOAL, INCLUDE, ORDER
from excel_uppsikt.compilation.parts import same_value, shown, units_in_cell
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.words import last_reported
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import short_hash
from excel_uppsikt.model import Field, Line, Plan
from excel_uppsikt.web import edit_words

YES, NO = "ja", "nej"


class InputKind(Enum):
    """How a cell is written in: in one line or several, or chosen."""

    LINE = "line"
    LINES = "lines"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Input:
    """A cell of a row as it is edited, `header` being its column's heading.

    `stands` is what stands in the cell, `unsaved` what was written for it and could not be saved. `collected`
    is what the units' forms say where the cell says something else.
    """

    header: str
    kind: InputKind
    stands: str
    collected: str = ""
    options: tuple[str, ...] = ()
    hint: str = ""
    unsaved: str | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the field shows something else than the cell."""
        return self.shown != self.stands

    @property
    def shown(self) -> str:
        """What the field shows."""
        return self.stands if self.unsaved is None else self.unsaved


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row in the list of them all. `key` stands in addresses; `marks` say what is special with it."""

    key: str
    title: str
    units: str
    dates: tuple[str, ...]
    status: str
    include: bool
    order: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalRows:
    """The rows toward a goal."""

    goal: str
    rows: tuple[ListedRow, ...]


# The fields that are edited here, in their order; who it concerns is changed in Excel.
_FIELDS = {
    Field.TITLE: InputKind.LINES,
    Field.START: InputKind.LINE,
    Field.END: InputKind.LINE,
    Field.DESCRIPTION: InputKind.LINES,
    Field.STATUS: InputKind.CHOICE,
    Field.COMMENT: InputKind.LINES,
}


def key_of(line: Line) -> str:
    """What stands for a row in addresses: its Id may hold anything."""
    return short_hash(line.activity.id)


def department_of(line: Line) -> str:
    """The department whose report a row belongs to."""
    return line.activity.department or edit_words.NO_DEPARTMENT


def departments(plan: Plan, lines: Iterable[Line]) -> tuple[str, ...]:
    """The departments that have rows, in the plan's order, and at last the rows without any."""
    there = {department_of(line) for line in lines}
    names = [department.name for department in plan.departments]
    return tuple(name for name in (*names, edit_words.NO_DEPARTMENT) if name in there)


def by_goal(plan: Plan, lines: Iterable[Line]) -> tuple[GoalRows, ...]:
    """Rows of a department under their goals, as they stand in the compilation."""
    goals: dict[str, list[ListedRow]] = {}
    for line in lines:
        goals.setdefault(line.activity.goal.text, []).append(_listed(plan, line))
    return tuple(GoalRows(goal, tuple(rows)) for goal, rows in goals.items())


def _listed(plan: Plan, line: Line) -> ListedRow:
    values = line.activity.values
    return ListedRow(
        key=key_of(line),
        title=title_of(line),
        units=units_in_cell(plan, line.activity),
        dates=tuple(as_text(day) if day else "…" for day in (values.start, values.end)),
        status=values.status.name if values.status else "",
        include=line.choice.chosen,
        order=order_of(line),
        marks=tuple(_marks(line)),
    )


def title_of(line: Line) -> str:
    """What a row is called."""
    collected = line.collected.values.title if line.collected else ""
    return line.activity.values.title or collected or "–"


def order_of(line: Line) -> str:
    """What stands at Ordning."""
    return as_text(line.choice.order)


def _marks(line: Line) -> Iterable[str]:
    if line.activity.last_reported:
        yield last_reported(line.activity.last_reported)
    if line.collected is None or line.own:
        yield edit_words.OWN_ROW
        return
    if line.choice.away:
        yield edit_words.AWAY
    headers = [form.header(of) for of in Field if not same_value(line.activity, line.collected, of)]
    if headers:
        yield edit_words.changed(headers)


def can_be_arranged(line: Line) -> bool:
    """Whether the compilation has both columns, of which somebody may have taken one away."""
    return line.read is not None and {INCLUDE, ORDER} <= line.read.columns.keys()


def inputs(plan: Plan, line: Line, written: Mapping[str, str]) -> tuple[Input, ...]:
    """The cells of a row that can be edited, with what was `written` for them by heading and not saved.

    A column that somebody has taken away has none.
    """
    columns = line.read.columns if line.read else {}
    made = [_of_field(plan, line, of) for of in _FIELDS if of in columns]
    if INCLUDE in columns:
        made.append(Input(INCLUDE, InputKind.CHOICE, include_of(line), options=(YES, NO)))
    if ORDER in columns:
        made.append(Input(ORDER, InputKind.LINE, order_of(line), hint=edit_words.ORDER_HINT))
    return tuple(replace(one, unsaved=written.get(one.header)) for one in made)


def beside(plan: Plan, line: Line) -> dict[str, str]:
    """Whose a row is, which is changed in Excel."""
    header = form.header(Field.UNITS)
    return {GOAL: line.activity.goal.text, header: units_in_cell(plan, line.activity)}


def include_of(line: Line) -> str:
    """What stands at Ta med."""
    return YES if line.choice.chosen else NO


def _of_field(plan: Plan, line: Line, of: Field) -> Input:
    stands = line.read.raw.get(of, "") if line.read else ""
    collected = ""
    if line.collected is not None and not same_value(line.activity, line.collected, of):
        collected = shown(plan, line.collected, of) or "(tom cell)"
    options: tuple[str, ...] = ()
    if of is Field.STATUS:
        names = [status.name for status in plan.statuses]
        options = tuple(dict.fromkeys(["", *names, stands]))
    hint = edit_words.DATE_HINT if of in (Field.START, Field.END) else ""
    return Input(form.header(of), _FIELDS[of], stands, collected, options, hint)
