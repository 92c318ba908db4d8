"""What can be edited in a row, its goal and the form's fields: compared, taken over, and as cells show it."""

from dataclasses import replace

from excel_uppsikt.compilation.definition import ACTIVITIES, GOAL
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.text import cell_part, fold
from excel_uppsikt.model import Activity, Field, Line, Plan, Status
from excel_uppsikt.round_paths import COMPILATION_FILE

# What can be edited in a row: its goal, which a form gives by its sheet, and the form's fields.
EDITABLE: tuple[str, ...] = (GOAL, *Field)


def title_of(line: Line) -> str:
    """The row's title as it is now, else as last collected; a dash for none."""
    return (
        line.activity.values.title or (line.collected.values.title if line.collected else "") or "–"
    )


def place_of(line: Line, part: str) -> Place:
    """Where a part of the row stands, by its file's sheet alone for a row that has not been read."""
    return line.read.place(part) if line.read else Place(COMPILATION_FILE, ACTIVITIES)


def with_part(activity: Activity, other: Activity, part: str) -> Activity:
    """The activity with what the other says in a field or of its goal."""
    if part == GOAL:
        return replace(activity, goal=other.goal)
    values = activity.values.taking(Field(part), other.values)
    # Which department it is stands with the units.
    department = other.department if part == Field.UNITS else activity.department
    return replace(activity, values=values, department=department)


def same_value(one: Activity, other: Activity, part: str) -> bool:
    """Whether two activities say the same in a field or of their goal, as far as a cell can hold it."""
    if part == GOAL:
        return fold(one.goal.text) == fold(other.goal.text)
    if part == Field.UNITS:
        # The cell of a whole department does not name its units.
        return (one.values.whole and other.values.whole) or one.values.value(
            Field.UNITS
        ) == other.values.value(Field.UNITS)
    first, second = one.values.value(Field(part)), other.values.value(Field(part))
    if isinstance(first, str) and isinstance(second, str):
        return cell_part(first).strip() == cell_part(second).strip()
    return first == second


def shown(plan: Plan, activity: Activity, part: str) -> str:
    """A field's value, or the goal, as the compilation's cell shows it."""
    if part == GOAL:
        return activity.goal.text
    if part == Field.UNITS:
        return units_in_cell(plan, activity)
    value = activity.values.value(Field(part))
    if isinstance(value, Status):
        return value.name
    return "" if value is None else str(value)


def units_in_cell(plan: Plan, activity: Activity) -> str:
    """The units as the cell Enheter shows them: names with semicolons, or the whole department."""
    if not activity.values.whole:
        return "; ".join(activity.values.units)
    several = len(plan.departments) > 1
    return f"{form.WHOLE_DEPARTMENT} {activity.department}" if several else form.WHOLE_DEPARTMENT
