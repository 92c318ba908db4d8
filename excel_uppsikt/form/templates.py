"""The workbooks of a round's forms.

In a follow-up round they are filled in with the activities of the previous compilation, so that what
is left to do is to change status and write a comment.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from excel_uppsikt.form import definition
from excel_uppsikt.form.definition import WHOLE_DEPARTMENT, Form
from excel_uppsikt.form.round_forms import Per, forms
from excel_uppsikt.form.values import FormRow, reported
from excel_uppsikt.form.words import take_or_cross_out, which_part
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.language.file_names import TakenNames
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Activity, Field, FormKind, Plan, Stage
from excel_uppsikt.sharing import ExecutorFor, in_this_process, shared_out

# Forms that make it worth it on two cores: each takes 90 ms to write, and a process 400 to begin.
WORTH_WRITING = 16
# What a worker is given at a time.
_FORMS_EACH = 4

_Rows = dict[int, list[FormRow]]


def form_files(
    plan: Plan,
    per: Per = Per.UNIT,
    previous: Sequence[Activity] = (),
    executor_for: ExecutorFor = in_this_process,
) -> Iterator[tuple[str, Form, bytes]]:
    """Each form with its file name and content; names that would collide are numbered.

    `previous` are the activities that the coordinator approved the last time, as the plan now names
    their goals and units. `executor_for` gives the executor that writes so many, with the same result.
    """
    names = TakenNames(str.casefold)
    wanted = [(form, names.own(definition.file_name(form))) for form in forms(plan, per)]
    filled = [(form, carried(plan, form, previous)) for form, _ in wanted]
    executor = executor_for(len(filled))
    made: Iterator[bytes]
    if executor is None:
        made = (form_workbook(plan, form, rows) for form, rows in filled)
    else:
        shares = [filled[at : at + _FORMS_EACH] for at in range(0, len(filled), _FORMS_EACH)]
        made = chain.from_iterable(shared_out(executor, partial(_write_some, plan), shares))
    for (form, name), data in zip(wanted, made, strict=True):
        yield name, form, data


def _write_some(plan: Plan, filled: Sequence[tuple[Form, _Rows]]) -> list[bytes]:
    return [form_workbook(plan, form, rows) for form, rows in filled]


def carried(plan: Plan, form: Form, previous: Sequence[Activity]) -> dict[int, list[FormRow]]:
    """The rows of a form that go on from the previous round, by goal number."""
    rows: dict[int, list[FormRow]] = {}
    for activity in previous:
        if activity.goal in form.goals and _belongs(form, activity):
            rows.setdefault(activity.goal.number, []).append(_row(plan, form, activity))
    return rows


def left_out(plan: Plan, per: Per, previous: Sequence[Activity]) -> tuple[Activity, ...]:
    """The activities that go on in no form, since the plan has neither their goal nor their units."""
    taken = {
        row.id
        for form in forms(plan, per)
        for rows in carried(plan, form, previous).values()
        for row in rows
    }
    return tuple(activity for activity in previous if activity.id not in taken)


def _belongs(form: Form, activity: Activity) -> bool:
    if form.kind is FormKind.UNIT:
        return form.unit in activity.values.units
    if form.kind is FormKind.COMMON:
        return activity.department == form.department and (
            activity.values.whole or not activity.values.units
        )
    return True


def _row(plan: Plan, form: Form, activity: Activity) -> FormRow:
    """A row to go on with; a finished activity keeps its comment and lies collapsed at the bottom.

    One of a unit that was split is marked, to be taken or crossed out, and lies open.
    """
    status = activity.values.status
    finished = status is not None and status.stage is Stage.FINISHED
    marks = _marks(form, activity)
    cells = {Field.UNITS: units_cell(plan, form, activity)}
    return FormRow(
        activity.values,
        cells if finished else {**cells, Field.COMMENT: ""},
        id=activity.id,
        previous=reported(activity.values, activity.last_reported),
        collapsed=finished and not marks,
        marks=marks,
        former=listed(tuple(dict.fromkeys(name for _, name in activity.undecided)))
        if marks
        else "",
    )


def _marks(form: Form, activity: Activity) -> dict[Field, str]:
    """What a unit, or who fills in for all, is to decide on an activity of a unit that was split."""
    former = dict(activity.undecided)
    if form.kind is FormKind.GOAL and former:
        return {Field.UNITS: which_part(tuple(dict.fromkeys(former.values())), tuple(former))}
    if form.kind is FormKind.UNIT and form.unit in former:
        return {Field.TITLE: take_or_cross_out(former[form.unit])}
    return {}


def units_cell(plan: Plan, form: Form, activity: Activity) -> str:
    """What stands in Enheter: nothing where the form says it, else the names."""
    if form.kind is FormKind.COMMON:
        return ""
    # A part says of itself that the activity is its own, and nobody says it of another part.
    others = {part for part, _ in activity.undecided if part != form.unit}
    others = others if form.kind is FormKind.UNIT else set()
    names = [name for name in activity.values.units if name not in others]
    if form.kind is FormKind.UNIT and names == [form.unit] and not activity.values.whole:
        return ""
    if activity.values.whole or not names:
        # A per-goal form has several departments' units; there the bare words would not say whose.
        several = form.kind is FormKind.GOAL and len(plan.departments) > 1
        whole = f"{WHOLE_DEPARTMENT} {activity.department}" if several else WHOLE_DEPARTMENT
        names = [whole, *names]
    return "; ".join(names)
