"""A round's folder read, checked and merged with the coordinator's edits.

Nothing is written but what the program needs to know the inbox's files again.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.checks.gone_through import with_carried_comments
from excel_uppsikt.compilation.deciding import NOTHING, Written, with_written
from excel_uppsikt.compilation.definition import ACTIVITIES, FIRST_LINE, SUBMISSIONS, USE_COLUMN
from excel_uppsikt.compilation.own_placed import place_own
from excel_uppsikt.compilation.reading import CompilationReading, read_compilation, units_told
from excel_uppsikt.compilation.settling import Settlement, settle
from excel_uppsikt.compilation.typed import Typed
from excel_uppsikt.findings.finding import CannotRunError, Finding, in_order
from excel_uppsikt.form.definition import COMMON, common_form, file_name
from excel_uppsikt.intake.folders import Lying, inbox_now
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.inbox import Inbox, collect
from excel_uppsikt.model import Compilation, Plan
from excel_uppsikt.plan.former_names import unknown_names
from excel_uppsikt.plan.reading import PlanReading, read_plan
from excel_uppsikt.round_paths import COMPILATION_FILE, PLAN_FILE, TEMPLATES
from excel_uppsikt.rounds.found import of_compilation, of_hand_ins, with_findings
from excel_uppsikt.rounds.laying_aside import keys_aside
from excel_uppsikt.rounds.merged import merge_round
from excel_uppsikt.rounds.outputs import content_mark
from excel_uppsikt.rounds.read_before import keep_read, read_before
from excel_uppsikt.rounds.results import CheckedRound, UnusablePlanError
from excel_uppsikt.rounds.sent_mail import sent_mails
from excel_uppsikt.rounds.workers import processes
from excel_uppsikt.sharing import ExecutorFor

Progress = Callable[[str], None]


def no_progress(_: str) -> None:
    """Shows nothing of what is being read."""


def load_plan(folder: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """The round's plan, and what is wrong in it.

    Raises `PlanError` when there is none to read, `UnusablePlanError` for faults that stop everything.
    """
    reading = read_plan(folder / PLAN_FILE)
    if reading.plan is None:
        raise UnusablePlanError(reading.findings)
    return reading.plan, (*reading.findings, *_unknown_former_names(folder, reading))


def _unknown_former_names(folder: Path, reading: PlanReading) -> tuple[Finding, ...]:
    """P103 for former names that the previous compilation has no unit of, where it tells of any."""
    previous = reading.plan.settings.previous if reading.plan else ""
    if not reading.former or not previous:
        return ()
    units = units_told(folder / previous)
    return tuple(unknown_names(reading.former, units)) if units else ()


def check(
    folder: Path,
    plan: Plan,
    *,
    found: tuple[Finding, ...] = (),
    chosen: tuple[Settlement, ...] = (),
    typed: tuple[Typed, ...] = (),
    progress: Progress = no_progress,
    keep: bool = True,
    executor_for: ExecutorFor | None = None,
    written: Written = NOTHING,
) -> CheckedRound:
    """The round read, merged and checked. `found` are the plan's own findings.

    What was `chosen` where both sides had changed the same counts as written in the compilation, and so does
    what was `typed` for its cells.
    With `keep` what the files said is kept, so that they are not read again as long as they are unchanged.
    Many files are opened by processes of the program's own, or by the executor that `executor_for` gives.
    Decisions and questions that were `written` on the page count as standing in the compilation.

    Raises `CompilationError` when an earlier compilation is there but cannot be read.
    """
    with processes() if executor_for is None else nullcontext(executor_for) as workers:
        read = _read_folder(
            folder,
            plan,
            chosen=chosen,
            typed=typed,
            progress=progress,
            keep=keep,
            workers=workers,
        )
    read = replace(read, earlier=with_written(plan, read.earlier, written))
    return _checked(folder, plan, read, found)


def _checked(folder: Path, plan: Plan, read: "_Read", found: tuple[Finding, ...]) -> CheckedRound:
    """What was read merged, and all that is wrong in it, with what was `found` before."""
    before, earlier, inbox = read.before.compilation, read.earlier, read.inbox
    collection = with_carried_comments(inbox.collection, before.in_reports)
    joined = merge_round(plan, collection, before, earlier.compilation)
    own = place_own(earlier.own, earlier.compilation, joined.compilation)
    previous = bool(plan.settings.previous)
    checked = CheckedRound(
        folder=folder,
        plan=plan,
        collection=collection,
        activities=joined.activities,
        compilation=joined.compilation,
        previous=before,
        changes=figures.round_changes(before, joined.compilation) if previous else (),
        findings=(),
        common_expected=_common_expected(folder, plan, before),
        read_as=read.read_as,
        inbox=inbox,
        lay=read.lay,
        own=own,
    )
    told = (*found, *inbox.findings, *joined.findings, *of_hand_ins(checked))
    told += (*earlier.findings, *own.findings, *of_compilation(checked))
    return with_findings(checked, told)


@dataclass(frozen=True, slots=True)
class _Read:
    """A round's folder as read: its compilation and the previous round's, and the inbox.

    `read_as` is a mark of the compilation as it was read, `lay` how the inbox lay before it was.
    """

    earlier: CompilationReading
    before: CompilationReading
    inbox: Inbox
    lay: Mapping[str, Lying]
    read_as: str | None


def _read_folder(
    folder: Path,
    plan: Plan,
    *,
    chosen: tuple[Settlement, ...],
    typed: tuple[Typed, ...],
    progress: Progress,
    keep: bool,
    workers: ExecutorFor,
) -> _Read:
    """The compilations first: by them it is known which files are used, and which Ids have been given."""
    path = folder / COMPILATION_FILE
    read_as = content_mark(path)
    earlier = read_compilation(path, plan, typed=typed)
    settled = settle(earlier.compilation, chosen)
    before = previous_compilation(folder, plan)
    files, lay = read_before(folder, plan), inbox_now(folder)
    inbox = collect(
        folder,
        plan,
        use=settled.use,
        contents=settled.contents,
        given=GivenIds.of(before.compilation, settled),
        files=files,
        sent=sent_mails(folder),
        aside=frozenset(keys_aside(folder)),
        progress=progress,
        executor_for=workers,
    )
    if keep:
        keep_read(folder, files)
    earlier = replace(earlier, compilation=replace(settled, use=inbox.use))
    return _Read(earlier, before, inbox, lay, read_as)


def _common_expected(folder: Path, plan: Plan, before: Compilation) -> tuple[str, ...]:
    """The departments whose own form has gone out, or had activities in the previous round."""
    had = {name for activity in before.in_reports for name in figures.reporters(activity)}
    return tuple(
        department.name
        for department in plan.departments
        if f"{COMMON} {department.name}" in had
        or (folder / TEMPLATES / file_name(common_form(plan, department))).is_file()
    )


def check_round(
    folder: Path,
    *,
    chosen: tuple[Settlement, ...] = (),
    typed: tuple[Typed, ...] = (),
    progress: Progress = no_progress,
    keep: bool = True,
    executor_for: ExecutorFor | None = None,
) -> CheckedRound:
    """The round in a folder read, merged and checked, with its plan's own findings.

    `progress` is called with each file's name as it is read; `chosen`, `typed`, `keep` and `executor_for` are
    as for `check`. Raises `CannotRunError` for a plan or a compilation that cannot be used.
    """
    plan, findings = load_plan(folder)
    return check(
        folder,
        plan,
        found=findings,
        chosen=chosen,
        typed=typed,
        progress=progress,
        keep=keep,
        executor_for=executor_for,
    )


def known_department(plan: Plan, written: str | None) -> str | None:
    """The department that was asked for, as the plan spells it; None for all.

    Raises `CannotRunError` for one that the plan does not have.
    """
    if written is None:
        return None
    names = {department.name.casefold(): department.name for department in plan.departments}
    if written.casefold() not in names:
        known = ", ".join(names.values())
        raise CannotRunError(f"Verksamheten {written} finns inte i planen. Välj bland: {known}.")
    return names[written.casefold()]


def as_merged(checked: CheckedRound) -> CheckedRound:
    """The round with findings in the compilation at the cells they will have once it is written."""
    columns = checked.own.part_columns
    cells = dict(checked.own.moved) | {
        (line.read.row, column): (at, columns[part])
        for at, line in enumerate(checked.compilation.lines, FIRST_LINE)
        if line.read is not None
        for part, column in line.read.columns.items()
    }

    # Only who writes the compilation asks for this, and the others start without XlsxWriter.
    from excel_uppsikt.compilation.tables import listed_files

    files = listed_files(checked.collection, checked.findings)

    def moved(finding: Finding) -> Finding:
        place, name = finding.place, dict(finding.fields).get("name")
        if (place.file, place.sheet) == (COMPILATION_FILE, SUBMISSIONS) and name in files:
            return replace(finding, place=place.at(FIRST_LINE + files.index(str(name)), USE_COLUMN))
        if (place.file, place.sheet) != (COMPILATION_FILE, ACTIVITIES):
            return finding
        row, column = cells.get((place.row or 0, place.column or 0), (place.row, place.column))
        return replace(finding, place=replace(place, row=row, column=column))

    return replace(checked, findings=in_order(map(moved, checked.findings)))


def previous_compilation(folder: Path, plan: Plan) -> CompilationReading:
    """The compilation of the previous round, empty where the plan names none."""
    previous = plan.settings.previous
    return (
        read_compilation(folder / previous, plan, name=previous, before=True)
        if previous
        else CompilationReading(Compilation())
    )
