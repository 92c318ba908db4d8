"""The unit rule, the heart of it: at least two activities plus one for each mandatory goal (U501-U503).

The rule is the seed's: every unit plans at least two activities toward the goals, and acts for the
council's goal of lower sickness absence; the plan's switches decide what counts.
"""

from collections.abc import Iterator, Sequence

from excel_uppsikt.findings.catalogue.merging import U501, U502, U503
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.language.text import counted
from excel_uppsikt.model import Activity, Collection, FormKind, Goal, Plan, RuleTerm, Settings, Unit


def unit_terms(plan: Plan, activities: Sequence[Activity], unit: Unit) -> tuple[RuleTerm, ...]:
    """The rule's terms for a unit: the minimum first, then each mandatory goal by number.

    An activity counts when it has a title and names the unit, or concerns the whole department and
    the plan lets such ones count.
    """
    counting = [a for a in activities if _counts(plan.settings, a, unit)]
    toward_minimum = [
        a for a in counting if plan.settings.mandatory_counts or not _goal(plan, a).mandatory
    ]
    minimum = plan.settings.minimum if unit.minimum is None else unit.minimum
    common = [
        a
        for a in activities
        if a.values.title and a.values.whole and a.department == unit.department
    ]
    ordinary = [a for a in common if plan.settings.mandatory_counts or not _goal(plan, a).mandatory]
    terms = [_term(unit, None, toward_minimum, minimum, ordinary)]
    for goal in plan.mandatory_goals:
        toward_goal = [a for a in counting if a.goal.number == goal.number]
        of_goal = [a for a in common if a.goal.number == goal.number]
        terms.append(_term(unit, goal, toward_goal, goal.minimum, of_goal))
    return tuple(terms)


def _goal(plan: Plan, activity: Activity) -> Goal:
    return next((g for g in plan.goals if g.number == activity.goal.number), activity.goal)


def _counts(settings: Settings, activity: Activity, unit: Unit) -> bool:
    common = (
        activity.values.whole and settings.common_counts and activity.department == unit.department
    )
    return bool(activity.values.title) and (unit.name in activity.values.units or common)


def _term(
    unit: Unit,
    goal: Goal | None,
    counting: Sequence[Activity],
    minimum: int,
    common: Sequence[Activity],
) -> RuleTerm:
    own = sum(1 for activity in counting if unit.name in activity.values.units)
    others = sum(1 for activity in common if unit.name not in activity.values.units)
    return RuleTerm(unit.name, goal, len(counting), own=own, minimum=minimum, common=others)


def handed_in(collection: Collection, unit: Unit) -> bool:
    """Whether anything came from the unit.

    Its form, a row in a per-goal form, or a file that bears its name but could not be read.
    """
    if unit.name in collection.unreadable_units:
        return True
    return any(
        submission.unit == unit.name
        or (
            submission.kind is FormKind.GOAL
            and any(unit.name in entry.values.units for entry in submission.entries)
        )
        for submission in collection.submissions
    )


def unit_rule(
    plan: Plan, collection: Collection, activities: Sequence[Activity]
) -> Iterator[Finding]:
    """U501, U502 and U503 for each unit, in the plan's order.

    A unit that handed in nothing is U503, and the rest only if others' activities name it. A unit
    whose file could not be read gets none of them: its F201 or F202 says enough.
    """
    for unit in plan.units:
        if not handed_in(collection, unit):
            yield find(U503.PLAIN, None, unit.name, unit=unit.name)
            if not any(unit.name in activity.values.units for activity in activities):
                continue
        elif unit.name in collection.unreadable_units and not _readable(collection, unit):
            continue
        for term in unit_terms(plan, activities, unit):
            if not term.holds:
                yield _short(plan, term)


def _readable(collection: Collection, unit: Unit) -> bool:
    return any(submission.unit == unit.name for submission in collection.submissions)


def _short(plan: Plan, term: RuleTerm) -> Finding:
    count = counted(term.have, "aktivitet", "aktiviteter")
    if term.goal is not None:
        goal, minimum = term.goal.text.rstrip("."), term.minimum
        if term.have:
            return find(
                U502.FEW, None, term.unit, unit=term.unit, count=count, goal=goal, minimum=minimum
            )
        return find(U502.NONE, None, term.unit, unit=term.unit, goal=goal, minimum=minimum)
    beyond = bool(plan.mandatory_goals) and not plan.settings.mandatory_counts
    return find(
        U501.PLAIN,
        None,
        term.unit,
        unit=term.unit,
        count=count,
        minimum=term.minimum,
        excluding=" utöver de obligatoriska målens" if beyond else "",
        missing=counted(term.minimum - term.have, "aktivitet", "aktiviteter"),
    )
