"""The unit rule, the heart of it: at least two activities plus one for each mandatory goal (U501-U503).

The rule is the seed's: every unit plans at least two activities toward the goals, and acts for the
council's goal of lower sickness absence; the plan's switches decide what counts.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace

from excel_uppsikt.checks.hand_ins import handed_in, own_form_read, set_aside
from excel_uppsikt.findings.catalogue.units import U501, U502, U503
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.form.definition import COMPLETION_OF
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.model import Activity, Collection, Goal, Plan, RuleTerm, Settings, Unit


def unit_terms(
    plan: Plan,
    activities: Sequence[Activity],
    unit: Unit,
    handed: Sequence[Activity] | None = None,
) -> tuple[RuleTerm, ...]:
    """The rule's terms for a unit: the minimum first, then each mandatory goal by number.

    An activity counts when it has a title and names the unit, or concerns the whole department and
    the plan lets such ones count. `activities` are those of the report; `handed` as they were handed in,
    to tell beside where that makes a difference.
    """
    terms = _terms(plan, activities, unit)
    if handed is None:
        return terms
    by_unit = _terms(plan, handed, unit)
    return tuple(
        term if term.have == other.have else replace(term, handed=other.have)
        for term, other in zip(terms, by_unit, strict=True)
    )


def round_terms(
    plan: Plan,
    activities: Sequence[Activity],
    handed: Sequence[Activity],
    in_use: Container[str] | None = None,
) -> tuple[RuleTerm, ...]:
    """Every unit's terms, in the plan's order.

    `in_use` are those whose forms are, as of those who have been `heard`; None where that is not known.
    """
    reported_of, handed_of = _by_unit(activities), _by_unit(handed)
    return tuple(
        replace(term, heard=in_use is None or _own_form(unit, in_use))
        for unit in plan.units
        for term in unit_terms(plan, reported_of(unit), unit, handed_of(unit))
    )


def _own_form(unit: Unit, in_use: Container[str]) -> bool:
    return unit.name in in_use or f"{COMPLETION_OF} {unit.name}" in in_use


def has_nothing(terms: Sequence[RuleTerm]) -> bool:
    """Whether a unit with these terms owes something and the report has nothing of it."""
    return not any(term.have for term in terms) and not all(term.holds for term in terms)


def without_own_form(rule: Sequence[RuleTerm]) -> list[str]:
    """The units of whom no form is in use, by name, but for those that are told to have nothing at all."""
    units = dict.fromkeys(term.unit for term in rule if not term.heard)
    return [unit for unit in units if not has_nothing([t for t in rule if t.unit == unit])]


def _by_unit(activities: Sequence[Activity]) -> Callable[[Unit], list[Activity]]:
    """The activities that may count for a unit: those that name it, and those of all units."""
    of_all = [activity for activity in activities if activity.values.whole]
    named: dict[str, list[Activity]] = {}
    for activity in activities:
        if not activity.values.whole:
            for name in dict.fromkeys(activity.values.units):
                named.setdefault(name, []).append(activity)
    return lambda unit: [*named.get(unit.name, ()), *of_all]


def _terms(plan: Plan, activities: Sequence[Activity], unit: Unit) -> tuple[RuleTerm, ...]:
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


def unit_rule(
    plan: Plan,
    collection: Collection,
    activities: Sequence[Activity],
    handed: Sequence[Activity] | None = None,
) -> Iterator[Finding]:
    """U501, U502 and U503 for each unit, in the plan's order, on the activities of the report.

    A unit that handed in nothing is U503, and the rest only if others' activities name it. A unit
    whose file could not be read gets none of them: its F201 or F202 says enough. One whose file the
    coordinator has set aside is told so. `handed` are the activities as handed in, which may be others
    than those the coordinator has approved.
    """
    reported_of = _by_unit(activities)
    handed_of = None if handed is None else _by_unit(handed)
    for unit in plan.units:
        reported, given = reported_of(unit), None if handed_of is None else handed_of(unit)
        if not handed_in(collection, unit):
            yield find(U503.PLAIN, None, unit.name, unit=unit.name)
            named = (*reported, *(given or ()))
            if not any(unit.name in activity.values.units for activity in named):
                continue
        elif unit.name in collection.unreadable_units and not own_form_read(collection, unit):
            continue
        for term in unit_terms(plan, reported, unit, given):
            if not term.holds:
                yield _short(plan, term, set_aside(collection, unit))


def _short(plan: Plan, term: RuleTerm, aside: tuple[str, ...]) -> Finding:
    unit, minimum, count = term.unit, term.minimum, _activities(term.have)
    beyond = bool(plan.mandatory_goals) and not plan.settings.mandatory_counts
    beside = " utöver de obligatoriska målens" if beyond else ""
    goal = term.goal.text.rstrip(".") if term.goal else ""
    # Where what is used would be enough, it is not the files set aside that are missed.
    if aside and not term.held:
        files = listed(aside)
        if term.goal is not None:
            return find(
                U502.SET_ASIDE, None, unit,
                unit=unit, files=files, goal=goal, minimum=minimum, count=count,
            )  # fmt: skip
        return find(
            U501.SET_ASIDE, None, unit,
            unit=unit, files=files, minimum=minimum, excluding=beside, count=count,
        )  # fmt: skip
    if term.handed is not None:
        # The report has fewer, or more, than the unit has handed in: whose matter it is, is another.
        handed = _activities(term.handed)
        if term.goal is not None:
            return find(
                U502.KEPT_OUT if term.held else U502.OTHERWISE, None, unit,
                unit=unit, goal=goal, minimum=minimum, count=count, handed=handed,
            )  # fmt: skip
        return find(
            U501.KEPT_OUT if term.held else U501.OTHERWISE, None, unit,
            unit=unit, minimum=minimum, excluding=beside, count=count, handed=handed,
        )  # fmt: skip
    if term.goal is not None and term.have:
        return find(U502.FEW, None, unit, unit=unit, count=count, goal=goal, minimum=minimum)
    if term.goal is not None:
        return find(U502.NONE, None, unit, unit=unit, goal=goal, minimum=minimum)
    missing = _activities(minimum - term.have)
    return find(
        U501.PLAIN, None, unit, unit=unit, count=count, minimum=minimum, excluding=beside,
        missing=missing,
    )  # fmt: skip


def _activities(number: int) -> str:
    return counted(number, "aktivitet", "aktiviteter")
