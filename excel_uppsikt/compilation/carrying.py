"""Activities of those who have handed in nothing: carried on from the previous round as last reported."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from excel_uppsikt.compilation.ids import new_id
from excel_uppsikt.figures import TitleKey, title_key
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.model import Activity, Compilation, Line, Plan, Values

# Where a compilation does not say of which round it is.
_SOME_TIME = "i en tidigare omgång"
_YEAR = re.compile(r"\b[12][0-9]{3}\b")


def carry(
    plan: Plan,
    before: Compilation,
    activities: Sequence[Activity],
    earlier: Compilation,
    answered: Set[str],
    apart: Set[TitleKey] = frozenset(),
) -> tuple[Activity, ...]:
    """What was in the last reports and concerns somebody who has not `answered`, as it stood there.

    Nothing that somebody has reported in this round, as one of the `activities` or, the coordinator, on a row
    of her own in the `earlier` compilation. Of several units only those are named that are silent. The
    Id is the one it had, but where the plan has made two departments' activities of one.
    """
    if not plan.settings.keep_unreported:
        return ()
    own = [ln.activity for ln in earlier.lines if ln.collected is None or ln.choice.own]
    present = {(activity.id, activity.department) for activity in activities}
    titles = {title_key(activity) for activity in (*activities, *own) if activity.values.title}
    titles -= apart
    taken = {activity.id for activity in activities}
    silent = {*_owners(plan)} - answered
    result: list[Activity] = []
    for line in before.lines:
        old = line.activity
        values = _of_silent(old, silent)
        reported = (old.id, old.department) in present or title_key(old) in titles
        if values is None or reported or not line.choice.reported or old.goal not in plan.goals:
            continue
        made = new_id(old, taken) if old.id in taken else old.id
        taken.add(made)
        result.append(
            replace(
                old,
                id=made,
                values=values,
                sources=tuple(_source(line)),
                undecided=(),
                last_reported=_period(plan, before, old),
            )
        )
    return tuple(result)


def _owners(plan: Plan) -> Iterator[str]:
    yield from (unit.name for unit in plan.units)
    yield from (f"{COMMON} {department.name}" for department in plan.departments)


def _of_silent(activity: Activity, silent: Set[str]) -> Values | None:
    """What of an activity is of those who are silent; None where nothing is."""
    values = activity.values
    units = tuple(name for name in values.units if name in silent)
    common = f"{COMMON} {activity.department}" in silent
    if not units and not (common and (values.whole or not values.units)):
        return None
    return replace(values, units=units, whole=values.whole and common)


def _source(line: Line) -> Iterator[Place]:
    """The row of the previous compilation, which has the files that it was reported in."""
    if line.read is not None:
        yield Place(line.read.file.replace("\\", "/"), line.read.sheet, line.read.row)


def _period(plan: Plan, before: Compilation, activity: Activity) -> str:
    """When it was last reported, with the year where that is another than this round's."""
    period = activity.last_reported or before.period
    if not period:
        return _SOME_TIME
    said = period == _SOME_TIME or _YEAR.search(period)
    other = before.year is not None and before.year != plan.settings.year
    return f"{period} {before.year}" if other and not said else period
