"""The forms of a round: a unit's own and each department's common one, or one for each goal."""

from collections.abc import Iterator
from enum import StrEnum

from excel_uppsikt import form as definition
from excel_uppsikt.form import Form
from excel_uppsikt.form_writing import form_workbook
from excel_uppsikt.model import Plan


class Per(StrEnum):
    """What there is one workbook for."""

    UNIT = "unit"
    GOAL = "goal"


def forms(plan: Plan, per: Per = Per.UNIT) -> tuple[Form, ...]:
    """The round's forms, in the plan's order."""
    if per is Per.GOAL:
        return tuple(definition.goal_form(goal) for goal in plan.goals_by_number)
    units = (definition.unit_form(plan, unit) for unit in plan.units)
    common = (definition.common_form(plan, department) for department in plan.departments)
    return (*units, *common)


def form_files(plan: Plan, per: Per = Per.UNIT) -> Iterator[tuple[str, Form, bytes]]:
    """Each form with its file name and content; names that would collide are numbered."""
    taken: set[str] = set()
    for form in forms(plan, per):
        name = definition.file_name(form)
        stem, count = name.removesuffix(".xlsx"), 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem} ({count}).xlsx"
        taken.add(name.casefold())
        yield name, form, form_workbook(plan, form)
