"""What a form's goal sheet holds when it is sent out: its rows in place, and what is true of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from excel_uppsikt.form.cells import says_something
from excel_uppsikt.form.control_text import Kontroll
from excel_uppsikt.form.definition import FEWEST_BLANK, INPUT_ROWS, Form
from excel_uppsikt.form.row_formulas import unit_key
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.words import DONE
from excel_uppsikt.language.cells import as_text
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

    @property
    def follow_up(self) -> bool:
        """Whether any row goes on from the previous round."""
        return any(row.previous for row in self.rows)


def fillings(plan: Plan, form: Form, rows: Mapping[int, Sequence[FormRow]]) -> dict[int, Filling]:
    """Each goal's sheet as it is sent out, by goal number."""
    kontroll, counted = Kontroll(plan, form), counted_keys(plan, form)
    return {goal.number: _filling(kontroll, counted, goal, rows) for goal in form.goals}


def _filling(
    kontroll: Kontroll,
    counted: "CountedKeys",
    goal: Goal,
    rows: Mapping[int, Sequence[FormRow]],
) -> Filling:
    given = rows.get(goal.number, ())
    work = [row for row in given if not row.collapsed]
    blank = [FormRow()] * max(INPUT_ROWS - len(work), FEWEST_BLANK)
    placed = (*work, *blank, *(row for row in given if row.collapsed))
    answers = tuple(map(kontroll.says, placed))
    titled = [row for row in placed if _has_title(row)]
    return Filling(
        placed,
        answers,
        titled=len(titled),
        lacking=sum(1 for answer in answers if answer not in ("", DONE)),
        counting=sum(1 for row in titled if _is_own(counted, row)),
        collapsed=sum(row.collapsed for row in placed),
    )


def _has_title(row: FormRow) -> bool:
    return says_something(as_text(row.value(Field.TITLE)))


def _is_own(counted: "CountedKeys", row: FormRow) -> bool:
    """Whether a row counts for the form's unit: it names the unit, or none that is known."""
    written = unit_key(as_text(row.value(Field.UNITS)))
    own, others = (any(key in written for key in keys) for keys in (counted.own, counted.others))
    return own or not others


@dataclass(frozen=True, slots=True)
class CountedKeys:
    """Which names in Enheter make a row count for the form's unit, and which do not, as keys."""

    own: tuple[str, ...]
    others: tuple[str, ...]


def counted_keys(plan: Plan, form: Form) -> CountedKeys:
    """The names that count; none where the form is no single unit's."""
    scope = Scope.of(plan, form.department)
    names = {form.unit} if form.kind is FormKind.UNIT else set()
    if plan.settings.common_counts:
        names |= scope.wholes.keys()
    own = tuple(spelling for spelling, name in scope.choices.items() if name in names)
    others = tuple(spelling for spelling, name in scope.choices.items() if name not in names)
    return CountedKeys(_keys(own), _keys(others))


def _keys(spellings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(unit_key, spellings)))
