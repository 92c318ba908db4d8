"""A received workbook read as a form: whose it is, which sheet is which goal, what its rows say."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.catalogue.contents import F206, F207
from excel_uppsikt.findings.catalogue.files import F203, F204, F208
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import values
from excel_uppsikt.form.definition import ASKED_HEADER, header, required_fields, split_units
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.goal_sheets import find_goal_sheets
from excel_uppsikt.intake.gone_goals import gone_goals
from excel_uppsikt.intake.identity import Identity, Marks, identify, read_marks
from excel_uppsikt.intake.names import UnitNames
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.intake.rows import read_entries
from excel_uppsikt.intake.table import CutSheet, RawRow, cut_sheets
from excel_uppsikt.language.text import fold, listed
from excel_uppsikt.model import Entry, FormKind, Plan, Submission, Values


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A workbook with goal sheets, cut into rows; whose it is has not been asked yet.

    `findings` are about its sheets. `saved` is when the workbook says it was saved (UTC), and `completion`
    whether it is for what was sent back, by its marks or its column.
    """

    file: str
    marks: Marks
    saved: datetime | None
    sheets: tuple[CutSheet, ...]
    findings: tuple[Finding, ...]
    completion: bool = False


def open_form(
    plan: Plan,
    file: str,
    workbook: Workbook,
    known: PlanTexts | None = None,
    given: GivenIds | None = None,
) -> OpenedForm | Finding:
    """The workbook as a form of this round, or the F203 that says why it is none.

    `known` are the plan's texts, where they have been prepared for all forms. Of the Ids on its rows only
    those `given` stay; none where that is left out. Raises `UnreadableError` for one with far more in it
    than a form can have.
    """
    marks = read_marks(workbook)
    place = Place(file)
    told = marks.round_name
    if told and fold(told) != fold(plan.settings.round_name):
        return find(F203.OTHER_ROUND, place, told, other=told)
    known = known or PlanTexts.of(plan)
    sheets, gone, findings = find_goal_sheets(known, file, workbook, marks)
    if not sheets:
        return _not_a_form(place, findings)
    findings += gone_goals(known.own_words, file, gone)
    given = given or GivenIds()
    cut = tuple(
        given.without_others(sheet, rows, Place(file, rows.name), marks.sent)
        for sheet, rows in zip(sheets, cut_sheets(known.own_words, file, sheets), strict=True)
    )
    asked = marks.completion or any(fold(ASKED_HEADER) in sheet.own for sheet in sheets)
    return OpenedForm(file, marks, workbook.saved, cut, tuple(findings), asked)


def read_submission(
    plan: Plan,
    form: OpenedForm,
    rows: Sequence[Sequence[RawRow]],
    names: UnitNames | None = None,
    given: GivenIds | None = None,
) -> tuple[Submission, tuple[Finding, ...]]:
    """The form as a submission, by the rows of each of its sheets in the inbox's table; and its findings.

    `names` are the names of the plan's units, where they have been prepared for all forms, and `given` the
    Ids that its rows may bear, by which they are told apart. One whose owner
    cannot be told is a submission that is not used. Raises `UnreadableError` for one
    with far more in it than a form can have.
    """
    names = names or UnitNames.of(plan)
    file, parts = form.file, tuple(zip(form.sheets, rows, strict=True))
    nobodys = cache(lambda: read_entries(plan, Identity(FormKind.GOAL), file, parts)[0])
    identity = identify(plan, names, file, form.marks, lambda: _units_of(nobodys()))
    if identity is None or not identity.known:
        return _unknown_owner(plan, form, identity, nobodys())
    entries, faults = read_entries(plan, identity, file, parts, form.marks)
    only = plan.departments[0].name if len(plan.departments) == 1 else None
    submission = Submission(
        file=file,
        kind=identity.kind,
        unit=identity.unit,
        department=identity.department or only,
        saved=form.saved,
        entries=tuple(entries),
        completion=form.completion,
        sent=_as_sent(plan, form.marks),
    )
    submission = (given or GivenIds()).settled(submission)
    return submission, (
        *_repairs(Place(file), identity),
        *_disagreements(names, identity, submission),
        *form.findings,
        *faults,
    )


def _as_sent(plan: Plan, marks: Marks) -> dict[str, Values]:
    """The activities that a form for what was sent back went out with, by their Ids."""
    sent: dict[str, Values] = {}
    for made, written in marks.sent.items():
        try:
            sent[made] = values.from_json(plan, json.loads(written))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return sent


def _not_a_form(place: Place, findings: Iterable[Finding]) -> Finding:
    """What is said of a workbook without goal sheets; what else it holds is not worth listing."""
    for finding in findings:
        if finding.of(F203):
            return finding
    headers = ", ".join(map(header, required_fields(FormKind.UNIT)))
    return find(F203.NO_FORM, place, headers=headers)


def _units_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The units of the rows when each row names exactly the same, else nothing."""
    named = {frozenset(entry.values.units) for entry in entries}
    return next(iter(named)) if len(named) == 1 else frozenset()


def _unknown_owner(
    plan: Plan, form: OpenedForm, identity: Identity | None, entries: Iterable[Entry]
) -> tuple[Submission, tuple[Finding, ...]]:
    """A form nobody can be credited with: read for its count, reported, and not used."""
    if identity is None:
        finding = find(F204.NOTHING_TELLS, Place(form.file), example=plan.units[0].name)
    else:
        was_split = {fold(name): parts for name, parts in split_units(plan.units).items()}
        parts = was_split.get(fold(identity.said))
        place, said = Place(form.file), identity.said
        finding = (
            find(F204.SPLIT, place, said, parts=listed(parts))
            if parts
            else find(
                F204.COMMON if identity.kind is FormKind.COMMON else F204.UNKNOWN, place, said
            )
        )
    kind = identity.kind if identity else FormKind.UNIT
    submission = Submission(
        form.file, kind, None, None, form.saved, tuple(entries), proposed=False, used=False
    )
    return submission, (finding, *(f for f in form.findings if f.of(F207)))


def _repairs(place: Place, identity: Identity) -> Iterable[Finding]:
    if identity.told_by:
        yield find(F206.METADATA, place, reason=identity.told_by)


def _disagreements(
    names: UnitNames, identity: Identity, submission: Submission
) -> Iterable[Finding]:
    """F208 where the file's name or all its rows say another unit than the form does."""
    unit = identity.unit
    if unit is None:
        return
    in_name = names.unit_in(submission.file)
    if in_name is not None and in_name != unit:
        yield find(F208.FILE_NAME, Place(submission.file), in_name, unit=unit)
    named = [entry.values.units for entry in submission.entries]
    others = {name for units in named for name in units}
    if named and all(named) and unit not in others:
        value = listed(sorted(others))
        yield find(F208.ROWS, Place(submission.file), value, unit=unit)
