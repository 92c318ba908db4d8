"""The sample year's second round, made of the first: its plan, and the forms that the units hand in.

What happens in between stands in `ange-2024-t2.toml`.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from excel_uppsikt.form.definition import COMMON, common_form, file_name, unit_form
from excel_uppsikt.form.templates import carried
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Activity, Field, Plan, Settings, Unit
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.round_paths import PLAN_FILE
from excel_uppsikt.rounds.checking import check_round, previous_compilation
from excel_uppsikt.rounds.workbooks import write_compilation

FIRST, SECOND = "ange-2024", "ange-2024-t2"


def second_plan(first: Plan, story: Mapping[str, Any]) -> Plan:
    """The plan of the second round: the first one's, with new dates and two units joined."""
    known: dict[str, Any] = story["settings"]
    settings: Settings = replace(first.settings, **known)
    department = replace(first.departments[0], **story["department"])
    joined = Unit(department=department.name, **_with_tuple(story["joined"]))
    units = [unit for unit in first.units if unit.name not in joined.earlier_names]
    return replace(first, settings=settings, departments=(department,), units=(joined, *units))


def _with_tuple(joined: Mapping[str, Any]) -> dict[str, Any]:
    return {**joined, "earlier_names": tuple(joined["earlier_names"])}


def second_inbox(
    first: Path, plan: Plan, story: Mapping[str, Any]
) -> Iterator[tuple[str, bytes, datetime]]:
    """Each form handed in by name, with when it was saved. `first` is the first round's folder."""
    silent = set(story["silent"]["units"])
    previous = [_answered(plan, story, activity) for activity in _previous(first, plan)]
    owners = [unit_form(plan, unit) for unit in plan.units if unit.name not in silent]
    for form in (*owners, common_form(plan, plan.departments[0])):
        rows = {
            goal: kept
            for goal, rows in carried(plan, form, previous).items()
            if (kept := [row for row in map(_GoneThrough(plan, story), rows) if row is not None])
        }
        for new in story["new"]:
            if new["unit"] == form.unit:
                rows.setdefault(new["goal"], []).append(_new_row(new))
        yield file_name(form), form_workbook(plan, form, rows), story["saved"][form.unit or COMMON]


def _previous(first: Path, plan: Plan) -> Sequence[Activity]:
    """The first round's activities as the second one's units are called."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = Path(folder)
        copied, second = rounds / FIRST, rounds / SECOND
        _copy(first, copied)
        write_compilation(check_round(copied))
        second.mkdir()
        (second / PLAN_FILE).write_bytes(as_workbook(plan))
        return previous_compilation(second, plan).compilation.approved


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())


def _answered(plan: Plan, story: Mapping[str, Any], activity: Activity) -> Activity:
    """An activity with what the committee was answered about it."""
    for question in story["question"]:
        if question["title"] == activity.values.title:
            values = replace(
                activity.values,
                status=plan.status(question["status"]),
                end=question.get("end", activity.values.end),
                comment=question["comment"].strip(),
            )
            return replace(activity, values=values)
    return activity


class _GoneThrough:
    """A follow-up row as its unit hands it in; None for one that it has taken out."""

    def __init__(self, plan: Plan, story: Mapping[str, Any]) -> None:
        self._plan = plan
        self._gone = set(story["vanished"]["titles"])
        self._changes = {change["title"]: change for change in story["change"]}

    def __call__(self, row: FormRow) -> FormRow | None:
        if row.values.title in self._gone:
            return None
        change = self._changes.get(row.values.title)
        if change is None:
            return row if row.collapsed else self._with(row, {Field.COMMENT: "Oförändrat"})
        fields = [of for of in Field if of.value in change and of is not Field.TITLE]
        return self._with(row, {of: change[of.value] for of in fields})

    @staticmethod
    def _with(row: FormRow, said: Mapping[Field, object]) -> FormRow:
        return replace(row, cells={**row.cells, **said}, collapsed=False)


def _new_row(new: Mapping[str, Any]) -> FormRow:
    cells: dict[Field, str | date] = {of: new.get(of.value, "") for of in Field}
    return FormRow(cells=cells)
