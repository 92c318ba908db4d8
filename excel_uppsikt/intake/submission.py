"""A received workbook read as a form: whose it is, which sheet is which goal, what its rows say."""

from collections.abc import Iterable
from functools import cache

from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.finding import Finding, Source, find
from excel_uppsikt.form import definition as form
from excel_uppsikt.intake.goal_sheets import find_goal_sheets
from excel_uppsikt.intake.identity import Identity, identify, read_marks, unit_in_name
from excel_uppsikt.intake.rows import Scope, read_entries
from excel_uppsikt.language.text import fold, listed
from excel_uppsikt.model import Entry, FormKind, Plan, Submission


def read_submission(
    plan: Plan, file: str, workbook: Workbook
) -> tuple[Submission | None, tuple[Finding, ...]]:
    """The workbook as a submission, and its findings; None when it is not a form of this round.

    A form whose owner cannot be told is a submission that is not used. Raises `UnreadableError` for one
    with far more in it than a form can have.
    """
    marks = read_marks(workbook)
    source = Source(file)
    told = marks.round_name
    if told and fold(told) != fold(plan.settings.round_name):
        return None, (find("F203", source, told, variant="other_round", other=told),)
    sheets, findings = find_goal_sheets(plan, file, workbook, marks)
    if not sheets:
        return None, _not_a_form(source, findings)
    nobodys = cache(
        lambda: read_entries(plan, Scope.of(plan, Identity(FormKind.GOAL)), file, sheets)[0]
    )
    identity = identify(plan, file, marks, lambda: _units_of(nobodys()))
    if identity is None or not identity.known:
        return _unknown_owner(plan, file, workbook, identity, nobodys(), findings)
    scope = Scope.of(plan, identity)
    entries, faults = read_entries(plan, scope, file, sheets)
    findings += faults
    submission = Submission(
        file=file,
        kind=identity.kind,
        unit=identity.unit,
        department=identity.department or scope.only_department,
        saved=workbook.saved,
        entries=tuple(entries),
    )
    return submission, (
        *_repairs(source, identity),
        *_disagreements(plan, identity, submission),
        *findings,
    )


def _not_a_form(source: Source, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for a workbook without goal sheets; what else it holds is not worth listing."""
    for finding in findings:
        if finding.code == "F203":
            return (finding,)
    headers = ", ".join(column.header for column in form.COLUMNS if column.required)
    return (find("F203", source, variant="no_form", headers=headers),)


def _units_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The units of the rows when each row names exactly the same, else nothing."""
    named = {frozenset(entry.units) for entry in entries}
    return next(iter(named)) if len(named) == 1 else frozenset()


def _unknown_owner(
    plan: Plan,
    file: str,
    workbook: Workbook,
    identity: Identity | None,
    entries: Iterable[Entry],
    findings: list[Finding],
) -> tuple[Submission, tuple[Finding, ...]]:
    """A form nobody can be credited with: read for its count, reported, and not used."""
    if identity is None:
        finding = find("F204", Source(file), example=plan.units[0].name)
    else:
        finding = find("F204", Source(file), identity.said, variant="unknown")
    kind = identity.kind if identity else FormKind.UNIT
    submission = Submission(
        file, kind, None, None, workbook.saved, tuple(entries), proposed=False, used=False
    )
    return submission, (finding, *(f for f in findings if f.code == "F207"))


def _repairs(source: Source, identity: Identity) -> Iterable[Finding]:
    if identity.told_by:
        yield find("F206", source, variant="metadata", reason=identity.told_by)


def _disagreements(plan: Plan, identity: Identity, submission: Submission) -> Iterable[Finding]:
    """F208 where the file's name or all its rows say another unit than the form does."""
    unit = identity.unit
    if unit is None:
        return
    in_name = unit_in_name(plan, submission.file)
    if in_name is not None and in_name != unit:
        yield find("F208", Source(submission.file), in_name, variant="file_name", unit=unit)
    named = [entry.units for entry in submission.entries]
    others = {name for units in named for name in units}
    if named and all(named) and unit not in others:
        value = listed(sorted(others))
        yield find("F208", Source(submission.file), value, variant="rows", unit=unit)
