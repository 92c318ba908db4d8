"""ut/retur/: a unit's own workbook back, on a fresh form with what to correct marked.

What the unit wrote stands as it was written. Each cell to correct is filled and has a note, the first
sheet lists everything with links, and what stood outside the form's fields is kept on a sheet of its
own. Mended and handed in again it is read as any form.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import xlsxwriter

from excel_uppsikt.excel.writing import Book
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition
from excel_uppsikt.form.asking import Asking
from excel_uppsikt.form.completion import asked_rows, completion_form
from excel_uppsikt.form.definition import (
    COLUMNS,
    COMPLETION_OF,
    Form,
    common_form,
    goal_form,
    unit_form,
)
from excel_uppsikt.form.return_sheets import Item, write_stray, write_to_correct
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.form.row_formulas import FIRST_ROW
from excel_uppsikt.form.to_correct import TO_CORRECT, by_submission, last_answers
from excel_uppsikt.form.values import FormRow, reported
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.language.file_names import TakenNames
from excel_uppsikt.model import Activity, Entry, Field, FormKind, Plan, Submission
from excel_uppsikt.version import __version__

_NOTHING: Mapping[str, Asking] = {}


@dataclass(frozen=True, slots=True)
class Return:
    """A workbook to send back: its file name, the form it is on, what was handed in, and what to correct.

    `before` is what its activities were reported as the last time, by Id; `mark` is the same where the
    workbook would be, from run to run. `asking` is what was to be completed, in a form for that.
    """

    file: str
    plan: Plan
    form: Form
    submission: Submission
    findings: tuple[Finding, ...]
    before: Mapping[str, str]
    mark: str
    asking: Asking | None = None

    @property
    def owner(self) -> str:
        """Whose it is, in words."""
        return self.form.owner

    def workbook(self) -> bytes:
        """The workbook, made as it is asked for."""
        return _workbook(self)


def returns(
    plan: Plan,
    submissions: Iterable[Submission],
    findings: Sequence[Finding],
    previous: Sequence[Activity] = (),
    asked: Mapping[str, Asking] = _NOTHING,
) -> tuple[Return, ...]:
    """A return for each submission in use with an error or a warning, of its own or its unit's.

    `findings` are those that units can do something about, `previous` are the activities that its
    follow-up forms went out with, and `asked` is by owner what is to be completed: of the forms for that
    the last one of each owner who is still asked is sent back, beside that of its own form.
    """
    before = {one.id: reported(one.values, one.last_reported) for one in previous}
    made: list[Return] = []
    names, own_names = TakenNames(str.casefold), form_names(plan)
    # Two plans or programs that differ anywhere may differ in what they make.
    basis = sha256(repr((__version__, xlsxwriter.__version__, plan)).encode()).hexdigest()
    concerning = by_submission(findings)
    for submission in last_answers(submissions):
        form, asking = _form(plan, submission), None
        if form is not None and submission.completion:
            asking = _as_sent(asked.get(submission.owner), submission)
            form = completion_form(plan, form, asking, submission.entries) if asking else None
        own = concerning(submission)
        if form is None or not any(f.severity in TO_CORRECT for f in own):
            continue
        name = own_names.get(form.owner) or definition.file_name(form)
        name = names.own(f"{COMPLETION_OF} {name}" if asking else name)
        own_before = _before(submission, before)
        said = repr((basis, form, submission, own, own_before, asking))
        mark = sha256(said.encode()).hexdigest()
        made.append(Return(name, plan, form, submission, own, own_before, mark, asking))
    return tuple(made)


def _as_sent(asking: Asking | None, submission: Submission) -> Asking | None:
    """What is asked, with the activities as the form had them when it went out: answers are told by that."""
    if asking is None:
        return None
    rows = (
        (replace(activity, values=submission.sent.get(activity.id, activity.values)), wanted)
        for activity, wanted in asking.rows
    )
    return replace(asking, rows=tuple(rows))


def _before(submission: Submission, before: Mapping[str, str]) -> dict[str, str]:
    """What was reported the last time of a submission's own activities, by their Ids."""
    ids = (entry.id for entry in submission.entries)
    return {known: before[known] for known in ids if known is not None and known in before}


def _form(plan: Plan, submission: Submission) -> Form | None:
    """The fresh form for a submission; None for one that is not used or nobody's."""
    if not submission.used:
        return None
    if submission.kind is FormKind.UNIT:
        return next((unit_form(plan, u) for u in plan.units if u.name == submission.unit), None)
    if submission.kind is FormKind.COMMON:
        owners = [d for d in plan.departments if d.name == submission.department]
        return common_form(plan, owners[0]) if owners else None
    goals = {entry.goal.number: entry.goal for entry in submission.entries}
    # A workbook put together of several goals' forms has no form of its own to go back on.
    return goal_form(next(iter(goals.values()))) if len(goals) == 1 else None


def _workbook(made: Return) -> bytes:
    plan, form, findings = made.plan, made.form, made.findings
    notes: dict[Place, list[str]] = {}
    for finding in findings:
        notes.setdefault(finding.place, []).append(finding.unit_words)
    rows: dict[int, list[FormRow]] = {}
    places: dict[Place, Place] = {}
    wanted = {one.id: asked for one, asked in made.asking.rows} if made.asking else {}
    for entry in _each_once(made.submission.entries):
        of_goal = rows.setdefault(entry.goal.number, [])
        number = FIRST_ROW + len(of_goal) + 1
        sheet = definition.sheet_name(entry.goal)
        for at, column in enumerate(COLUMNS, 1):
            places.setdefault(entry.place(column.field), Place(None, sheet, number, at))
        of_goal.append(_row(entry, notes, made.before, wanted))
    if made.asking:
        filled = {row.id for of_goal in rows.values() for row in of_goal}
        for goal, asked in asked_rows(plan, form, made.asking).items():
            rows.setdefault(goal, []).extend(row for row in asked if row.id not in filled)
    items = [Item(finding, places.get(finding.place)) for finding in findings]

    def sheets_before(book: Book) -> None:
        stray = [finding for finding in findings if finding.of(F207)]
        write_to_correct(
            book, form, [item for item in items if not item.finding.of(F207)], len(stray)
        )
        write_stray(book, stray)

    # The day of the answers has passed, as a rule, when something is sent back.
    settings = replace(plan.settings, deadline=plan.settings.last_day_of_corrections)
    plan = replace(plan, settings=settings)
    return form_workbook(plan, form, rows, before=sheets_before, asking=made.asking)


def _each_once(entries: Iterable[Entry]) -> Iterable[Entry]:
    """The rows of a workbook; one that was split between departments stands once."""
    seen: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        seen.setdefault((entry.sheet, entry.row), entry)
    return seen.values()


def _row(
    entry: Entry,
    notes: Mapping[Place, list[str]],
    before: Mapping[str, str],
    wanted: Mapping[str, str],
) -> FormRow:
    """A row as the unit wrote it; a cell that could be read as a date is one."""
    marks = {
        of: " ".join(notes[place])
        for of in Field
        if of in entry.columns and (place := entry.place(of)) in notes
    }
    cells = {of: _written(entry, of) for of in Field}
    known = entry.id or ""
    return FormRow(
        entry.values, cells, id=known, previous=before.get(known, ""), marks=marks,
        asked=wanted.get(known, ""),
    )  # fmt: skip


def _written(entry: Entry, of: Field) -> object:
    value = entry.values.value(of)
    raw = entry.raw.get(of, "")
    # A period read as a day (R312) goes back as it was written.
    return value if isinstance(value, date) and value.isoformat() in raw else raw
