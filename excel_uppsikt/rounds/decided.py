"""How each department's report stands after the committees' decisions, and what is waited for."""

from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.compilation.completions import due
from excel_uppsikt.compilation.decisions import standing, was_sent_back
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.model import Decisions, Department, Plan, Ruling
from excel_uppsikt.report.account import report_name
from excel_uppsikt.round_paths import COMPILATION_FILE, COMPLETION_FORMS, MADE_COMPLETIONS, REPORTS
from excel_uppsikt.rounds.disk import last_saved
from excel_uppsikt.rounds.memory import remembered
from excel_uppsikt.rounds.results import CheckedRound, CompletionState


@dataclass(frozen=True, slots=True)
class DepartmentState:
    """A department's report as it stands: the last decision, and who has completed what was asked.

    `asked` are all who are asked; those `unmade` have no form yet, those `outdated` one that says another
    last day than the plan, or none; `waiting` ones have not answered and `given` ones have. `reported` is
    whether the report has been made since the decision was written.
    """

    ruling: Ruling
    asked: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    reported: bool = False
    outdated: tuple[str, ...] = ()


def department_states(checked: CheckedRound) -> tuple[DepartmentState, ...]:
    """The departments that have been decided about, in the plan's order."""
    folder, plan = checked.folder, checked.plan
    asked, answered = checked.asked.by_owner, checked.completions()
    files, days = form_names(plan), remembered(folder / MADE_COMPLETIONS)
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
        made = [name for name in waiting if name not in unmade]
        day = due(plan, ruling)
        said = day.isoformat() if day else ""
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
                # Of a form that nobody remembers nothing is said.
                tuple(name for name in made if days.get(files[name], said) != said),
            )
        )
    return tuple(states)


def _is_newer(path: Path, other: Path) -> bool:
    """Whether a file has been written after another."""
    saved, before = last_saved(path), last_saved(other)
    return saved is not None and before is not None and saved >= before


def report_path(folder: Path, plan: Plan, department: Department, decisions: Decisions) -> Path:
    """Where a department's report lies, the completed one where another was sent back."""
    completed = was_sent_back(decisions, department.name)
    return folder / REPORTS / report_name(plan, department, completed=completed)
