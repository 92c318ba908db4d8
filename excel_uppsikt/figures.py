"""Counts, coverage and changes, worked out on the activities that the report will hold."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from excel_uppsikt.findings.catalogue.changes import E701, E702, E703
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.form.words import last_reported
from excel_uppsikt.language.text import counted, fold, listed
from excel_uppsikt.model import (
    Activity,
    Change,
    ChangeKind,
    Compilation,
    Field,
    Goal,
    Plan,
    Stage,
    Unit,
)

if TYPE_CHECKING:
    import pandas as pd

WHOLE = "Hela verksamheten"
NOBODY = "Utan enhet"
TOTAL = "Summa"
# Where values stand, in the compilation or in the units' forms, by the activity's Id and the field.
ValuePlaces = Mapping[tuple[str, Field], Place]
_NO_PLACES: ValuePlaces = {}
# Department, goal and title, as activities are compared.
TitleKey = tuple[str | None, int, str]
# The field that has changed, or has not.
_CHANGED = {
    ChangeKind.BACKWARDS: Field.STATUS,
    ChangeKind.END: Field.END,
    ChangeKind.UNCHANGED: Field.COMMENT,
}
_STAGES = {stage: at for at, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class GoalStages:
    """A goal's activities: how many, how many at each stage, and how many deviate from the plan."""

    goal: Goal
    count: int
    stages: Mapping[Stage, int]
    deviating: int


def status_counts(plan: Plan, activities: Sequence[Activity]) -> dict[str, int]:
    """How many activities have each status, in the plan's order; those without under ''."""
    counts = Counter(a.values.status.name if a.values.status else "" for a in activities)
    result = {status.name: counts[status.name] for status in plan.statuses}
    return result | ({"": counts[""]} if counts[""] else {})


def goal_counts(plan: Plan, activities: Sequence[Activity]) -> dict[int, int]:
    """How many activities each goal has, by number, every goal included."""
    counts = Counter(activity.goal.number for activity in activities)
    return {goal.number: counts[goal.number] for goal in plan.goals_by_number}


def goal_stages(plan: Plan, activities: Sequence[Activity]) -> list[GoalStages]:
    """The goals that have activities, by number: how many at each stage, and how many deviate."""
    rows: list[GoalStages] = []
    for goal in plan.goals_by_number:
        toward = [
            activity.values.status for activity in activities if activity.goal.number == goal.number
        ]
        if toward:
            known = [status for status in toward if status is not None]
            counts = {stage: sum(s.stage is stage for s in known) for stage in Stage}
            rows.append(GoalStages(goal, len(toward), counts, sum(s.deviation for s in known)))
    return rows


def coverage(plan: Plan, activities: Sequence[Activity]) -> "pd.DataFrame":
    """Activities per goal (rows, by number) and unit (columns, the plan's order).

    The common ones and the total come last. An activity of several units counts once for each, and
    once in the total.
    """
    import pandas as pd  # most commands count nothing by goal and unit, and start without it

    # pandas.crosstab gives the same, and takes fifteen times as long.
    counts = Counter(
        (activity.goal.number, name)
        for activity in activities
        for name in ([WHOLE] if activity.values.whole else activity.values.units or [NOBODY])
    )
    goals = [goal.number for goal in plan.goals_by_number]
    unclear = [NOBODY] if any(name == NOBODY for _, name in counts) else []
    columns = [*(unit.name for unit in plan.units), WHOLE, *unclear]
    rows = [[counts[number, name] for name in columns] for number in goals]
    frame = pd.DataFrame(rows, index=goals, columns=columns, dtype="int64")
    totals = goal_counts(plan, activities)
    frame[TOTAL] = [totals[number] for number in goals]
    return frame


def units_of(plan: Plan, activity: Activity) -> tuple[Unit, ...]:
    """The units an activity concerns: those it names, or all of its department's."""
    if activity.values.whole:
        return plan.units_of(activity.department)
    return tuple(unit for unit in plan.units if unit.name in activity.values.units)


def changes(
    before: Sequence[Activity],
    now: Sequence[Activity],
    *,
    heard: Container[str] | None = None,
    kept_out: Container[str] = (),
) -> tuple[Change, ...]:
    """What has changed since the previous round, activity by activity, matched by Id.

    New and gone activities, statuses changed or gone backwards, end dates moved, and comments that
    say the same as last time for an activity that was not finished then. One that is absent is left out if
    it is among the Ids that are `kept_out` of the report, and else gone only if all who reported it have
    been `heard` (None: all have); the rest are not reported. One whose Id is new is the activity of its
    department and goal that had its title, as of units that were joined or have moved; so is one that two
    of them had.
    """
    earlier = {activity.id: activity for activity in before}
    present = {activity.id: activity.department for activity in now}
    titled = {
        title_key(old): old
        for old in before
        if old.values.title and (old.id not in present or present[old.id] != old.department)
    }
    titles = {title_key(activity) for activity in now if activity.values.title}
    result: list[Change] = []
    for activity in now:
        old = earlier.get(activity.id) or titled.get(title_key(activity))
        if old is None:
            result.append(Change(ChangeKind.NEW, activity))
        else:
            result.extend(_differences(old, activity))
    for old in before:
        if old.id not in present and title_key(old) not in titles:
            silent = heard is not None and any(owner not in heard for owner in reporters(old))
            kind = ChangeKind.UNREPORTED if silent else ChangeKind.GONE
            result.append(Change(ChangeKind.LEFT_OUT if old.id in kept_out else kind, old))
    return tuple(result)


def title_key(activity: Activity) -> TitleKey:
    """What activities have alike that are the same: department, goal and title."""
    return activity.department, activity.goal.number, fold(activity.values.title)


def round_changes(before: Compilation, now: Compilation) -> tuple[Change, ...]:
    """What has changed between two rounds' reports; none where there is no round before."""
    excluded = [line.activity for line in now.lines if not line.choice.include]
    excluded += now.deleted
    kept_out = {activity.id for activity in excluded}
    titles = {title_key(activity) for activity in excluded}
    kept_out |= {old.id for old in before.in_reports if title_key(old) in titles}
    # What is a part of another activity now is there.
    parts = {line.activity.id for line in now.lines if line.choice.joined}
    then = [old for old in before.in_reports if old.id not in parts]
    return changes(then, now.approved, heard=now.heard, kept_out=kept_out)


@dataclass(frozen=True, slots=True)
class CarriedOn:
    """Activities that nobody has reported in this round: how many, how many of whom, and when they last were.

    `owners` are in the plan's order, units by name, departments' own as `Gemensamt NAME`. One of several
    units counts for each, and once in all.
    """

    count: int
    owners: Mapping[str, int]
    periods: tuple[str, ...]


def carried_on(plan: Plan, carried: Sequence[Activity]) -> CarriedOn:
    """Figures of the carried activities, which are in no others."""
    names = [unit.name for unit in plan.units]
    names += [f"{COMMON} {department.name}" for department in plan.departments]
    whose = [name for activity in carried for name in reporters(activity)]
    owners = {name: whose.count(name) for name in dict.fromkeys((*names, *whose)) if name in whose}
    periods = tuple(dict.fromkeys(activity.last_reported for activity in carried))
    return CarriedOn(len(carried), owners, periods)


def carried_sentence(plan: Plan, carried: Sequence[Activity]) -> str:
    """How many activities stand as they were last reported, and whose, for the coordinator; '' for none."""
    if not carried:
        return ""
    of = carried_on(plan, carried)
    whose = listed([f"{name} {count}" for name, count in of.owners.items()])
    if sum(of.owners.values()) > of.count:
        whose = f"{whose}; en som flera har räknas hos var och en"
    count = counted(of.count, "aktivitet", "aktiviteter")
    they, marked = ("Den", "märkt") if of.count == 1 else ("De", "märkta")
    return (
        f"{count} har inte redovisats den här omgången ({whose}). {they} står kvar i rapporten, "
        f"{marked} {last_reported(*of.periods)}, och räknas inte."
    )


def reporters(activity: Activity) -> tuple[str, ...]:
    """Whose forms an activity stands in: its units', and its department's own where it concerns all."""
    common = f"{COMMON} {activity.department}"
    alone = activity.values.whole or not activity.values.units
    return (*activity.values.units, *((common,) if alone else ()))


def _differences(old: Activity, new: Activity) -> Iterator[Change]:
    if old.values.status and new.values.status and old.values.status != new.values.status:
        back = _STAGES[new.values.status.stage] < _STAGES[old.values.status.stage]
        kind = ChangeKind.BACKWARDS if back else ChangeKind.STATUS
        yield Change(kind, new, old.values.status.name, new.values.status.name)
    if old.values.end and new.values.end and old.values.end != new.values.end:
        yield Change(ChangeKind.END, new, old.values.end.isoformat(), new.values.end.isoformat())
    finished = old.values.status is not None and old.values.status.stage is Stage.FINISHED
    if old.values.comment and old.values.comment == new.values.comment and not finished:
        yield Change(ChangeKind.UNCHANGED, new)


def change_findings(
    differences: Sequence[Change],
    own: ValuePlaces = _NO_PLACES,
    units: ValuePlaces = _NO_PLACES,
) -> tuple[Finding, ...]:
    """E701 to E703 for the changes that someone should look at, each where its value stands.

    A value of the coordinator's own stands in `own`, others in `units`; of what is in neither its activity's
    first row is told. That what is finished ended earlier than was planned needs no explanation.
    """
    findings = (_change_finding(change, own, units) for change in differences)
    return tuple(finding for finding in findings if finding is not None)


def _change_finding(change: Change, own: ValuePlaces, units: ValuePlaces) -> Finding | None:
    activity = change.activity
    title, before, value = activity.values.title, change.before, change.now or activity.values.title
    first = next(iter(activity.sources), None)
    place = Place(first.file, first.sheet, first.row, 1) if first else None
    of = _CHANGED.get(change.kind)
    here = own.get((activity.id, of)) if of else None
    place = units.get((activity.id, of), place) if of else place
    match change.kind:
        case ChangeKind.GONE:
            unit = ", ".join(activity.values.units) or activity.department or WHOLE
            return find(E701.PLAIN, None, value, title=title, unit=unit)
        case ChangeKind.BACKWARDS:
            return find(
                E702.HERE if here else E702.PLAIN, here or place, value, title=title, before=before
            )
        case ChangeKind.END if not _finished_early(change):
            return find(
                E703.MOVED_HERE if here else E703.MOVED,
                here or place, value, title=title, before=before,
            )  # fmt: skip
        case ChangeKind.UNCHANGED:
            return find(
                E703.UNCHANGED_HERE if here else E703.UNCHANGED, here or place, value, title=title
            )
    return None


def _finished_early(change: Change) -> bool:
    """Whether an activity is finished and its end date has become earlier, as C403 asks."""
    status = change.activity.values.status
    return status is not None and status.stage is Stage.FINISHED and change.now < change.before
