"""Rows of a compilation told by the units and departments of the present plan."""

from collections.abc import Mapping
from dataclasses import replace

from excel_uppsikt.form.scope import Scope
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Line, Plan


def in_present_units(plan: Plan, scope: Scope, base: Activity) -> Activity:
    """What was last collected, in the units as they are now called, and of the department they are in.

    The row's cells are read so too: a plan changed during the round is no edit of the row.
    """
    names = [scope.choices.get(fold(name), name) for name in base.values.units]
    parts = scope.parts if scope.before else {}
    undecided = scope.parts_meant(names) if parts else ()
    named = {*names, *(part for part, _ in undecided)}
    units = [unit.name for unit in plan.units if unit.name in named]
    homes = [scope.home[name] for name in units]
    gone = [name for name in names if name not in scope.home and name not in parts]
    department = base.department if base.department in homes else next(iter(homes), base.department)
    values = replace(base.values, units=(*units, *gone))
    now = replace(base, values=values, department=department, undecided=undecided)
    return now if scope.before else _part_of(now, department, scope.home, own=True)


def by_department(line: Line, home: Mapping[str, str]) -> list[Line]:
    """The row once for each department that its units now belong to; its own first.

    Only a row of the round before can have units of several.
    """
    activity = line.activity
    homes = [home[name] for name in activity.values.units if name in home]
    departments = [activity.department, *(other for other in homes if activity.department)]
    return [
        replace(line, activity=_part_of(activity, department, home, own=at == 0))
        for at, department in enumerate(dict.fromkeys(departments))
    ]


def _part_of(
    activity: Activity, department: str | None, home: Mapping[str, str], *, own: bool
) -> Activity:
    """What of an activity is a department's: its units, and in its own also what concerns the whole."""
    values = activity.values
    units = tuple(name for name in values.units if home.get(name, department) == department)
    undecided = tuple(pair for pair in activity.undecided if pair[0] in units)
    values = replace(values, units=units, whole=values.whole and own)
    return replace(activity, department=department, values=values, undecided=undecided)
