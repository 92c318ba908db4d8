"""Who has handed in: units and departments' own forms, in use, set aside, or missing (U504)."""

from collections.abc import Iterator, Sequence

from excel_uppsikt.findings.catalogue.units import U504
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.form.definition import COMMON, COMPLETION_OF
from excel_uppsikt.model import Collection, FormKind, Plan, Submission, Unit


def _hand_ins(collection: Collection) -> list[Submission]:
    """The forms that count as handed in: one for what was sent back does not."""
    return [submission for submission in collection.submissions if not submission.completion]


def handed_in(collection: Collection, unit: Unit) -> bool:
    """Whether anything came from the unit.

    Its form, a row in a per-goal form, or a file that bears its name but could not be read.
    """
    if unit.name in collection.unreadable_units:
        return True
    return any(_is_from(submission, unit) for submission in _hand_ins(collection))


def set_aside(collection: Collection, unit: Unit) -> tuple[str, ...]:
    """The unit's files that the coordinator has said are not to be used; rows in a per-goal form too."""
    return tuple(
        submission.file
        for submission in _hand_ins(collection)
        if submission.proposed and not submission.used and _is_from(submission, unit)
    )


def _is_from(submission: Submission, unit: Unit) -> bool:
    if submission.kind is FormKind.GOAL:
        return any(unit.name in entry.values.units for entry in submission.entries)
    return submission.unit == unit.name


def answered(plan: Plan, collection: Collection) -> frozenset[str]:
    """Who has handed anything in: units by name, departments' common forms as `Gemensamt NAME`."""
    came = {
        name
        for submission in _hand_ins(collection)
        for name in (
            (of for entry in submission.entries for of in entry.values.units)
            if submission.kind is FormKind.GOAL
            else (submission.unit,)
        )
    }
    units = {unit.name for unit in plan.units} & came
    common = {
        f"{COMMON} {submission.department}"
        for submission in _hand_ins(collection)
        if submission.kind is FormKind.COMMON and submission.department
    }
    return frozenset({*units, *common, *collection.unreadable_units})


def heard(plan: Plan, collection: Collection) -> frozenset[str]:
    """Whose forms have been read and are in use, by the same names as of those who have `answered`.

    And whose completions have, with a word before the name.
    """
    used = [submission for submission in _hand_ins(collection) if submission.used]
    named = {
        name for s in used if s.kind is FormKind.GOAL for e in s.entries for name in e.values.units
    }
    own = {s.unit for s in used if s.unit}
    completed = {f"{COMPLETION_OF} {s.owner}" for s in collection.completions}
    common = {f"{COMMON} {s.department}" for s in used if s.kind is FormKind.COMMON}
    return frozenset(
        {*own, *common, *completed, *(unit.name for unit in plan.units if unit.name in named)}
    )


def common_missing(
    plan: Plan, collection: Collection, expected: Sequence[str]
) -> Iterator[Finding]:
    """U504 for each department whose own form is `expected`, by name, and has not come in."""
    came = answered(plan, collection)
    for department in plan.departments:
        owner = f"{COMMON} {department.name}"
        if department.name in expected and owner not in came:
            yield find(U504.PLAIN, None, owner, department=department.name)


def own_form_read(collection: Collection, unit: Unit) -> bool:
    """Whether a form of the unit's own has been read, used or not."""
    return any(submission.unit == unit.name for submission in _hand_ins(collection))
