"""The order of the steps: from a round's folder to what is read, checked, merged and written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.checks import check_all
from excel_uppsikt.checks.units import handed_in, unit_terms
from excel_uppsikt.compilation.definition import ACTIVITIES, FIRST_LINE, PART_COLUMNS
from excel_uppsikt.compilation.edits import keep_ids, merge_edits, settled
from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.compilation.reading import Read, read_compilation
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.folder import COMPILATION_FILE, PLAN_FILE
from excel_uppsikt.intake.inbox import collect
from excel_uppsikt.model import Activity, Change, Collection, Compilation, Plan, RuleTerm
from excel_uppsikt.plan.reading import PlanReading, read_plan

Progress = Callable[[str], None]


def _quiet(_: str) -> None:
    """No progress to show."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A round read and checked; nothing has been written. `activities` are as collected.

    `settled` counts the findings left out since the coordinator has given the value.
    """

    folder: Path
    plan: Plan
    collection: Collection
    activities: tuple[Activity, ...]
    compilation: Compilation
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    settled: int = 0

    @property
    def rule(self) -> tuple[RuleTerm, ...]:
        """The unit rule's terms for every unit, on what was collected."""
        return tuple(
            term
            for unit in self.plan.units
            for term in unit_terms(self.plan, self.activities, unit)
        )

    @property
    def handed_in(self) -> dict[str, bool]:
        """Whether each unit has handed anything in."""
        return {unit.name: handed_in(self.collection, unit) for unit in self.plan.units}


def load_plan(folder: Path) -> PlanReading:
    """The round's plan and its findings. Raises `PlanError` when there is none to read."""
    return read_plan(folder / PLAN_FILE)


def check(
    folder: Path, plan: Plan, *, found: tuple[Finding, ...] = (), progress: Progress = _quiet
) -> Checked:
    """The round read, merged and checked. `found` are the plan's own findings.

    Raises `CompilationError` when an earlier compilation is there but cannot be read.
    """
    earlier = read_compilation(folder / COMPILATION_FILE, plan)
    before = previous_compilation(folder, plan)
    inbox = collect(folder, plan, use=earlier.compilation.use, progress=progress)
    collection = inbox.collection
    # Titles as the units wrote them: the coordinator may have reworded them since.
    known = {
        (line.collected or line.activity).id: (line.collected or line.activity).values.title
        for line in (*before.compilation.lines, *earlier.compilation.lines)
    }
    merged = merge_entries(plan, collection.entries, known)
    activities = keep_ids(merged.activities, earlier.compilation)
    edited = merge_edits(plan, activities, earlier.compilation)
    changes: tuple[Change, ...] = ()
    if plan.settings.previous:
        changes = figures.changes(before.compilation.approved, edited.compilation.approved)
    findings = (
        *found,
        *inbox.findings,
        *merged.findings,
        *check_all(plan, collection, activities),
        *earlier.findings,
        *edited.findings,
        *figures.change_findings(changes),
    )
    done = settled(edited.compilation, collection.entries, findings)
    return Checked(
        folder,
        plan,
        collection,
        activities,
        edited.compilation,
        changes,
        in_order(finding for finding in findings if finding not in done),
        settled=len(done),
    )


def as_merged(checked: Checked) -> Checked:
    """The round with findings in the compilation at the cells they will have once it is written."""
    cells = {
        (line.read.row, column): (at, PART_COLUMNS[part])
        for at, line in enumerate(checked.compilation.lines, FIRST_LINE)
        if line.read is not None
        for part, column in line.read.columns.items()
    }

    def moved(finding: Finding) -> Finding:
        place = finding.place
        if (place.file, place.sheet) != (COMPILATION_FILE, ACTIVITIES):
            return finding
        row, column = cells.get((place.row or 0, place.column or 0), (place.row, place.column))
        return replace(finding, place=replace(place, row=row, column=column))

    return replace(checked, findings=in_order(map(moved, checked.findings)))


def previous_compilation(folder: Path, plan: Plan) -> Read:
    """The compilation of the previous round, empty where the plan names none."""
    previous = plan.settings.previous
    return (
        read_compilation(folder / previous, plan, name=previous)
        if previous
        else Read(Compilation())
    )
