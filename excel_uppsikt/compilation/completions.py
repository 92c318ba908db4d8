"""What is to be completed after a report was sent back: what is asked, and of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from excel_uppsikt import figures
from excel_uppsikt.compilation.decisions import standing
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.model import Activity, Compilation, Outcome, Plan, Ruling


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a unit, or of who fills in a department's own form, by the decision.

    `rows` are the activities with what is to be completed in each; `questions` concern none of them.
    """

    owner: str
    ruling: Ruling
    rows: tuple[tuple[Activity, str], ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedOfAll:
    """What is asked of each by owner, in the plan's order, and what is written that nobody is asked.

    `undecided` are the departments that have something to complete though nothing was sent back;
    `homeless` are activities that no form can be made for, since nobody is named.
    """

    by_owner: Mapping[str, Asked] = field(default_factory=dict)
    undecided: tuple[str, ...] = ()
    homeless: tuple[Activity, ...] = ()


def asked_of_all(plan: Plan, compilation: Compilation) -> AskedOfAll:
    """What the departments whose report stands as sent back are to complete."""
    rows: dict[str, list[tuple[Activity, str]]] = {}
    questions: dict[str, list[str]] = {}
    ruled: dict[str, Ruling] = {}
    for department in plan.departments:
        ruling = standing(compilation.decisions, department.name)
        if ruling is not None and ruling.outcome is Outcome.SENT_BACK:
            ruled[department.name] = ruling
            for question in ruling.questions:
                questions.setdefault(question.owner, []).append(question.asked)
    undecided: dict[str, None] = {}
    homeless: list[Activity] = []
    for line in compilation.lines:
        activity, asked = line.activity, line.choice.completion
        if not asked:
            continue
        if activity.department is None:
            homeless.append(activity)
        elif activity.department in ruled:
            for owner in figures.reporters(activity):
                rows.setdefault(owner, []).append((activity, asked))
        elif not _decided(compilation, activity.department):
            undecided[activity.department] = None
    homes = {unit.name: unit.department for unit in plan.units}
    homes |= {f"{COMMON} {one.name}": one.name for one in plan.departments}
    by_owner = {
        owner: Asked(
            owner,
            ruled[home],
            tuple(rows.get(owner, ())),
            tuple(dict.fromkeys(questions.get(owner, ()))),
        )
        for owner, home in homes.items()
        if home in ruled and (owner in rows or owner in questions)
    }
    return AskedOfAll(by_owner, tuple(undecided), tuple(homeless))


def due(plan: Plan, ruling: Ruling) -> date | None:
    """The last day to complete what was sent back, None where the plan says none after the decision."""
    day = plan.settings.last_day_of_corrections
    if day is None or (ruling.day is not None and day < ruling.day):
        return None
    return day


def _decided(compilation: Compilation, department: str) -> bool:
    """Whether anything has been decided, so that what was to be completed is history."""
    return standing(compilation.decisions, department) is not None
