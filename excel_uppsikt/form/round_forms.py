"""Which forms a round has, and their file names: one for each unit and department, or one for each goal."""

from enum import StrEnum

from excel_uppsikt.form import definition
from excel_uppsikt.form.definition import Form
from excel_uppsikt.language.file_names import TakenNames
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


def form_names(plan: Plan) -> dict[str, str]:
    """The file name of each owner's own form, by `Form.owner`; names that would collide are numbered."""
    names = TakenNames(str.casefold)
    return {form.owner: names.own(definition.file_name(form)) for form in forms(plan)}
