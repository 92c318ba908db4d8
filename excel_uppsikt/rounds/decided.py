"""How each department's report stands after the committees' decisions, and what is waited for."""

from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.compilation.decisions import standing, was_sent_back
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.model import Decisions, Department, Plan, Ruling
from excel_uppsikt.report.account import report_name
from excel_uppsikt.round_paths import COMPILATION_FILE, COMPLETION_FORMS, REPORTS
from excel_uppsikt.rounds.results import CheckedRound, CompletionState


@dataclass(frozen=True, slots=True)
class DepartmentState:
    """A department's report as it stands: the last decision, and who has completed what was asked.

    `asked` are all who are asked; those `unmade` have no form yet, `waiting` ones have not answered and
    `given` ones have. `reported` is whether the report has been made since the decision was written.
    """

    ruling: Ruling
    asked: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    reported: bool = False


def department_states(checked: CheckedRound) -> tuple[DepartmentState, ...]:
    """The departments that have been decided about, in the plan's order."""
    folder, plan = checked.folder, checked.plan
    asked, answered = checked.asked.by_owner, checked.completions()
    files = form_names(plan)
    states: list[DepartmentState] = []
    for department in plan.departments:
        ruling = standing(checked.compilation.decisions, department.name)
        if ruling is None:
            continue
        names = [name for name, one in asked.items() if one.ruling == ruling]
        given = [name for name in names if answered[name] is CompletionState.GIVEN]
        waiting = [name for name in names if name not in given]
        forms = folder / COMPLETION_FORMS
        unmade = [name for name in waiting if not (forms / files[name]).is_file()]
        states.append(
            DepartmentState(
                ruling,
                tuple(names),
                tuple(unmade),
                tuple(waiting),
                tuple(given),
                _is_newer(
                    report_path(folder, plan, department, checked.compilation.decisions),
                    folder / COMPILATION_FILE,
                ),
            )
        )
    return tuple(states)


def _is_newer(path: Path, other: Path) -> bool:
    """Whether a file has been written after another."""
    if not (path.is_file() and other.is_file()):
        return False
    return path.stat().st_mtime >= other.stat().st_mtime


def report_path(folder: Path, plan: Plan, department: Department, decisions: Decisions) -> Path:
    """Where a department's report lies, the completed one where another was sent back."""
    completed = was_sent_back(decisions, department.name)
    return folder / REPORTS / report_name(plan, department, completed=completed)
