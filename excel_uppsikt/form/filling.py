"""What a form's goal sheet holds when it is sent out: its rows in place, and what is true of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from excel_uppsikt.form.control_column import DONE, check_text
from excel_uppsikt.form.definition import INPUT_ROWS, Form, whole_names
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Field, FormKind, Goal, Plan


@dataclass(frozen=True, slots=True)
class Filling:
    """A goal sheet's rows from the first row to fill in, with what Kontroll says of each.

    Rows to work with stand first, then blank ones, then the collapsed. `titled` rows have a title,
    `lacking` ones lack something, `counting` ones count for the form's own unit.
    """

    rows: tuple[FormRow, ...]
    answers: tuple[str, ...]
    titled: int
    lacking: int
    counting: int
    collapsed: int


def fillings(plan: Plan, form: Form, rows: Mapping[int, Sequence[FormRow]]) -> dict[int, Filling]:
    """Each goal's sheet as it is sent out, by goal number."""
    return {goal.number: _filling(plan, form, goal, rows) for goal in form.goals}


def _filling(plan: Plan, form: Form, goal: Goal, rows: Mapping[int, Sequence[FormRow]]) -> Filling:
    given = rows.get(goal.number, ())
    work = [row for row in given if not row.collapsed]
    blank = [FormRow()] * max(INPUT_ROWS - len(work), INPUT_ROWS // 2)
    placed = (*work, *blank, *(row for row in given if row.collapsed))
    answers = tuple(check_text(plan, form.kind, row) for row in placed)
    titled = [row for row in placed if _has_title(row)]
    return Filling(
        placed,
        answers,
        titled=len(titled),
        lacking=sum(1 for answer in answers if answer not in ("", DONE)),
        counting=sum(1 for row in titled if _is_own(plan, form, row)),
        collapsed=sum(row.collapsed for row in placed),
    )


def _has_title(row: FormRow) -> bool:
    return bool(as_text(row.value(Field.TITLE)).strip(" -–—.\n"))


def _is_own(plan: Plan, form: Form, row: FormRow) -> bool:
    """Whether a row counts for the form's unit: it names the unit, or none."""
    written = fold(as_text(row.value(Field.UNITS)))
    return not written or any(fold(name) in written for name in counted_names(plan, form))


def counted_names(plan: Plan, form: Form) -> list[str]:
    """What in Enheter makes a row count for the form's unit, other than leaving it empty."""
    if form.kind is not FormKind.UNIT:
        return []
    departments = [d for d in plan.departments if d.name == form.department]
    common = whole_names(departments) if plan.settings.common_counts else []
    return [form.unit or "", *common]
