"""What the forms of a round say of its plan, as it is compared; made once for all the forms of an inbox."""

from collections.abc import Mapping
from dataclasses import dataclass

from excel_uppsikt.form import definition as form
from excel_uppsikt.form.words import contact, subject
from excel_uppsikt.intake.own_columns import OwnWords
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Goal, Plan


@dataclass(frozen=True, slots=True)
class PlanTexts:
    """The plan's goals by folded text and by folded name of their sheet, and the lines of *Läs mig*.

    `goal_lines` are the goals as its table has them, `readme_lines` what else it says of this round: its
    contact, and whose it can be. `own_words` are those of the form's own columns.
    """

    goals: Mapping[str, Goal]
    goal_sheets: Mapping[str, Goal]
    goal_lines: frozenset[str]
    readme_lines: frozenset[str]
    own_words: OwnWords

    @classmethod
    def of(cls, plan: Plan) -> "PlanTexts":
        """The texts of a plan."""
        commons = (f"{form.COMMON} {department.name}" for department in plan.departments)
        return cls(
            goals={fold(goal.text): goal for goal in plan.goals},
            goal_sheets={fold(form.sheet_name(goal)): goal for goal in plan.goals},
            goal_lines=frozenset(fold(f"{goal.number}. {goal.text}") for goal in plan.goals),
            readme_lines=frozenset(
                (*form.unit_names(plan.units), *map(fold, (*commons, subject(plan), contact(plan))))
            ),
            own_words=OwnWords.of(plan),
        )
