"""The forms for what was sent back: only for those concerned, with only the rows to be completed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from excel_uppsikt.form.asking import Asking
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.round_forms import Per, form_names, forms
from excel_uppsikt.form.templates import units_cell
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Activity, Entry, Field, Plan


@dataclass(frozen=True, slots=True)
class Wanting:
    """Whose form it is, as `Form.owner` has it, and what it asks."""

    owner: str
    asking: Asking


def completion_files(plan: Plan, wanted: Sequence[Wanting]) -> Iterator[tuple[str, Form, bytes]]:
    """Each form with its file name, the same as of the owner's own form, and its content."""
    names = form_names(plan)
    asking = {one.owner: one.asking for one in wanted}
    for form in forms(plan, Per.UNIT):
        if form.owner in asking:
            made = completion_form(plan, form, asking[form.owner])
            rows = asked_rows(plan, made, asking[form.owner])
            yield (
                names[form.owner],
                made,
                form_workbook(plan, made, rows, asking=asking[form.owner]),
            )


def completion_form(plan: Plan, form: Form, asking: Asking, filled: Iterable[Entry] = ()) -> Form:
    """The form with the goals of rows to be completed or filled; with all where a question has none."""
    asked = {activity.goal.number for activity, _ in asking.rows}
    asked |= {entry.goal.number for entry in filled}
    goals = [goal for goal in plan.goals_by_number if asking.questions or goal.number in asked]
    return replace(form, goals=tuple(goals), completion=True)


def asked_rows(plan: Plan, form: Form, asking: Asking) -> dict[int, list[FormRow]]:
    """The rows to be completed by goal number, as they are sent out."""
    rows: dict[int, list[FormRow]] = {}
    for activity, asked in asking.rows:
        rows.setdefault(activity.goal.number, []).append(_row(plan, form, activity, asked))
    return rows


def _row(plan: Plan, form: Form, activity: Activity, asked: str) -> FormRow:
    cells = {Field.UNITS: units_cell(plan, form, activity)}
    return FormRow(activity.values, cells, id=activity.id, asked=asked)
