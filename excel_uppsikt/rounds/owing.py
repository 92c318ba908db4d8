"""Who owes what: what has come from each unit and Gemensamt, and what is left to put right there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.definition import COMMON, COMPLETION_OF
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.form.to_correct import by_submission, last_answers
from excel_uppsikt.model import Department, FormKind, Submission, Unit, count_activities
from excel_uppsikt.round_paths import RETURNS
from excel_uppsikt.rounds.follow_up import (
    FollowUp,
    completion_of,
    findings_of_units,
    follow_up,
)
from excel_uppsikt.rounds.results import CheckedRound, OwnerStatus


@dataclass(frozen=True, slots=True)
class Owing:
    """What a unit, or a department's Gemensamt (`unit` is None), has handed in and owes.

    `saved` is when the latest of its forms in use was saved (UTC), `activities` how many activities those
    of their rows are that are its own or name it, `left` the findings that are left to put right there.
    `returned` is whether a return lies ready for it, and `mended` how much has been put right since its
    hand-in before the last, None where there was none.
    """

    status: OwnerStatus
    unit: str | None
    department: str
    saved: datetime | None
    activities: int
    left: tuple[Finding, ...]
    returned: bool
    mended: int | None

    @property
    def heard(self) -> bool:
        """Whether what came from it could be read; a file that could not be is no answer that counts."""
        status = self.status
        readable = bool(status.files or status.set_aside or self.activities)
        return status.came and (readable or not status.unread)

    @property
    def kind(self) -> FormKind:
        """Whose form it is."""
        return FormKind.COMMON if self.unit is None else FormKind.UNIT

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What is left that has to be put right."""
        return tuple(finding for finding in self.left if finding.severity is Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are left."""
        return sum(finding.severity is severity for finding in self.left)


@dataclass(frozen=True, slots=True)
class Owed:
    """Every owner in the plan's order, and then each Gemensamt that is expected or came.

    `days_left` is how many days are left to the last day for answers: negative when it has passed, None
    where the plan has none.
    """

    owners: tuple[Owing, ...]
    deadline: date | None
    days_left: int | None

    def of_department(self, name: str) -> tuple[Owing, ...]:
        """The owners of a department."""
        return tuple(one for one in self.owners if one.department == name)


def owed(checked: CheckedRound, today: date) -> Owed:
    """Who owes what in a round. Nothing is written or remembered."""
    findings = findings_of_units(checked)
    submissions = checked.collection.submissions
    progress = follow_up(checked.folder, submissions, findings, keep=False)
    latest, forms = last_answers(submissions), form_names(checked.plan)
    of_file, statuses = by_submission(findings), {one.name: one for one in checked.owners()}
    of_no_file = [finding for finding in findings if finding.file is None]
    owners: list[Owing] = []
    everybody: list[Unit | Department] = [*checked.plan.units, *checked.plan.departments]
    for owner in everybody:
        name = owner.name if isinstance(owner, Unit) else f"{COMMON} {owner.name}"
        if (status := statuses.get(name)) is not None:
            used = [one for one in latest if one.used and _is_of(one, owner)]
            told = _told(used, owner, of_file, of_no_file)
            # A form for what was sent back is no hand-in, though what is wrong there is to be put right.
            own = [one for one in used if not one.completion]
            since = [progress[one] for one in (name, completion_of(name)) if one in progress]
            owners.append(_owing(checked, owner, status, forms[name], own, told, since))
    deadline = checked.plan.settings.deadline
    return Owed(tuple(owners), deadline, (deadline - today).days if deadline else None)


def _owing(
    checked: CheckedRound,
    owner: Unit | Department,
    status: OwnerStatus,
    form: str,
    own: Sequence[Submission],
    told: Sequence[Finding],
    progress: Sequence[FollowUp],
) -> Owing:
    unit = owner if isinstance(owner, Unit) else None
    names = (form, f"{COMPLETION_OF} {form}")
    return Owing(
        status=status,
        unit=unit.name if unit else None,
        department=unit.department if unit else owner.name,
        saved=max((one.saved for one in own if one.saved is not None), default=None),
        activities=count_activities(one.entries[at] for one in own for at in _rows(one, owner)),
        left=tuple(told),
        returned=any((checked.folder / RETURNS / name).is_file() for name in names),
        mended=sum(one.corrected for one in progress) if progress else None,
    )


def _is_of(submission: Submission, owner: Unit | Department) -> bool:
    """Whether a form is the owner's own, or a goal's with rows of its."""
    if submission.kind is FormKind.GOAL:
        return bool(_rows(submission, owner))
    if isinstance(owner, Unit):
        return submission.unit == owner.name
    return submission.kind is FormKind.COMMON and submission.department == owner.name


def _rows(submission: Submission, owner: Unit | Department) -> list[int]:
    """The places, among its entries, of a form's rows that the owner has handed in."""
    return [
        at
        for at, entry in enumerate(submission.entries)
        if submission.kind is not FormKind.GOAL
        or (isinstance(owner, Unit) and owner.name in entry.values.units)
    ]


def _told(
    own: Iterable[Submission],
    owner: Unit | Department,
    of_file: Callable[[Submission], tuple[Finding, ...]],
    of_no_file: Iterable[Finding],
) -> list[Finding]:
    """The findings that are the owner's to put right: in its form, on its rows of others, and of the rule."""
    told: list[Finding] = []
    for submission in own:
        if submission.kind is not FormKind.GOAL:
            told += [finding for finding in of_file(submission) if finding.file is not None]
            continue
        entries = submission.entries
        rows = {(entries[at].sheet, entries[at].row) for at in _rows(submission, owner)}
        told += [
            finding
            for finding in of_file(submission)
            if (finding.place.sheet, finding.place.row) in rows
        ]
    if isinstance(owner, Unit):
        told += [finding for finding in of_no_file if finding.value == owner.name]
    return told
