"""The inbox read into a `Collection`: every file looked at, none changed, no bad one stopping the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

import pandas as pd

from excel_uppsikt.excel.reading import FileKind, Reason, UnreadableError, file_bytes
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.catalogue.files import F201, F202, F203, F204, F205, F207, F208
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.containers import hidden_workbook, read_contents
from excel_uppsikt.intake.differences import differing_rows
from excel_uppsikt.intake.folders import look_through
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.identity import from_file_name
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.names import UnitNames
from excel_uppsikt.intake.own_words import OurMails, own_words
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.intake.renamed import with_new_names
from excel_uppsikt.intake.submission import OpenedForm, open_form, read_submission
from excel_uppsikt.intake.table import inbox_table, rows_by_part
from excel_uppsikt.language.file_names import TakenNames
from excel_uppsikt.language.text import counted
from excel_uppsikt.model import Collection, FormKind, Plan, Submission
from excel_uppsikt.round_paths import INBOX, relative

# What is told of a file also when it is not used: why it may have come under the wrong name.
_ABOUT_OWNER = (F203, F204, F208)
_FIRST_TIME = datetime(1, 1, 1)  # noqa: DTZ001  what a workbook says is UTC without a zone
# What advice fits why a file is not read; one with a password has a finding of its own.
ADVICE: Mapping[Reason, F201] = {
    Reason.DAMAGED: F201.DAMAGED,
    Reason.NOT_WORKBOOK: F201.NOT_WORKBOOK,
    Reason.OTHER_FORMAT: F201.OTHER_FORMAT,
    Reason.BUSY: F201.BUSY,
    Reason.PARTLY: F201.PARTLY,
    Reason.TOO_LARGE: F201.TOO_LARGE,
    Reason.HOSTILE: F201.HOSTILE,
    Reason.OVERFULL: F201.OVERFULL,
    Reason.TOO_SLOW: F201.TOO_SLOW,
    Reason.FAR: F201.FAR,
    Reason.TOO_MANY: F201.TOO_MANY,
    Reason.TOGETHER: F201.TOGETHER,
    Reason.NESTED: F201.NESTED,
    Reason.HIDDEN: F201.HIDDEN,
    Reason.CLOSED: F201.CLOSED,
    Reason.ELSEWHERE: F201.ELSEWHERE,
    Reason.DANGLING: F201.DANGLING,
}
# And what fits better to some files that are no workbooks.
ADVICE_BY_KIND: Mapping[FileKind | None, F201] = {
    FileKind.MAIL: F201.MAIL,
    FileKind.OUTLOOK: F201.MAIL,
    FileKind.ZIP: F201.ZIP,
}
# What is said instead where another file of the same unit is used, and none needs to be sent for it.
BESIDE: Mapping[Code, Code] = {
    F201.DAMAGED: F201.DAMAGED_BESIDE,
    F201.PARTLY: F201.PARTLY_BESIDE,
    F201.NOT_WORKBOOK: F201.NOT_WORKBOOK_BESIDE,
    F201.OVERFULL: F201.OVERFULL_BESIDE,
    F201.TOO_SLOW: F201.TOO_SLOW_BESIDE,
    F201.FAR: F201.FAR_BESIDE,
    F201.TOO_LARGE: F201.TOO_LARGE_BESIDE,
    F201.HOSTILE: F201.HOSTILE_BESIDE,
    F202.WORKBOOK: F202.WORKBOOK_BESIDE,
}


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the inbox held: its forms as submissions, what is wrong with its files and rows, and all cells.

    `cells` is the table of every form's rows, as `intake/table.py` describes it. `use` is the coordinator's
    choice of files, under the names that they have now.
    """

    collection: Collection
    findings: tuple[Finding, ...]
    cells: pd.DataFrame = field(compare=False)
    use: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one file, or of one inside another: a submission if it was a form, and findings."""

    submission: Submission | None
    findings: tuple[Finding, ...]
    unreadable_unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before a file is read: the plan, its units' names and texts, and the Ids given."""

    plan: Plan
    names: UnitNames
    texts: PlanTexts
    given: GivenIds
    mails: OurMails


def collect(
    folder: Path,
    plan: Plan,
    *,
    use: Mapping[str, bool] | None = None,
    contents: Mapping[str, str] | None = None,
    given: GivenIds | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Inbox:
    """What the round's inbox holds, and what is wrong with its files and rows.

    `use` is the coordinator's choice of files to use or set aside, `contents` the marks of those that were
    there when it was made, `given` the Ids that the program has given activities. `progress` is called
    with each file's name before it is read.
    """
    known = _Known(
        plan, UnitNames.of(plan), PlanTexts.of(plan), given or GivenIds(), OurMails.of(plan)
    )
    opened, passed_over = _open_all(folder, known, progress)
    outcomes, cells = _read_all(known, opened)
    submissions = [read.submission for read in outcomes if read.submission is not None]
    use = with_new_names(use or {}, contents or {}, submissions)
    chosen, set_aside = choose_submissions(submissions, use)
    unused = {submission.file for submission in chosen if not submission.used}
    in_use = {_owner(submission): submission.file for submission in chosen if submission.used}
    findings = [
        _beside(finding, read.unreadable_unit, in_use)
        for read in outcomes
        for finding in read.findings
        if finding.file not in unused or finding.of(*_ABOUT_OWNER)
    ]
    unreadable = frozenset(read.unreadable_unit for read in outcomes if read.unreadable_unit)
    collection = Collection(tuple(chosen), unreadable, tuple(passed_over))
    return Inbox(collection, (*findings, *set_aside), cells, use)


def _open_all(
    folder: Path, known: _Known, progress: Callable[[str], None]
) -> tuple[list[OpenedForm | _Outcome], list[str]]:
    """Every file as a form cut into rows, or as what came of it otherwise; and those passed over."""
    found = look_through(folder)
    passed_over: list[str] = []
    opened: list[OpenedForm | _Outcome] = []
    taken = TakenNames()
    for path in found.passed_over:
        place = PurePosixPath(path.relative_to(folder / INBOX).as_posix())
        told = hidden_workbook(place, partial(file_bytes, path))
        if told is None:
            passed_over.append(relative(folder, path))
        else:
            opened.append(_unreadable(known, taken.own(relative(folder, path)), told))
    for path, reason in found.missed:
        name = taken.own(relative(folder, path))
        opened.append(_unreadable(known, name, UnreadableError(reason)))
    for path in found.files:
        # Names that differ on the disk can be written alike.
        name = taken.own(relative(folder, path))
        progress(name)
        for content in read_contents(path):
            inside = f"{name}/{content.inside}" if content.inside else name
            if content.content is None:
                passed_over.append(inside)
            elif isinstance(content.content, Written):
                opened.append(_Outcome(None, _words(known, inside, content.content)))
            else:
                opened.append(_open(known, inside, content.content))
    return opened, passed_over


def _open(known: _Known, name: str, content: Workbook | UnreadableError) -> OpenedForm | _Outcome:
    if isinstance(content, UnreadableError):
        return _unreadable(known, name, content)
    try:
        form = open_form(known.plan, name, content, known.texts, known.given)
    except UnreadableError as error:
        return _unreadable(known, name, error)
    return _Outcome(None, (form,)) if isinstance(form, Finding) else form


def _words(known: _Known, name: str, written: Written) -> tuple[Finding, ...]:
    """F207 with what the sender has written in a mail beside what was sent to them."""
    words = own_words(written, known.mails)
    sender = f" från {written.sender}" if written.sender else ""
    return (find(F207.MAIL, Place(name), words, sender=sender),) if words else ()


def _read_all(
    known: _Known, opened: Sequence[OpenedForm | _Outcome]
) -> tuple[list[_Outcome], pd.DataFrame]:
    """What comes of each file, its rows read from the table of them all, and the table."""
    forms = [form for form in opened if isinstance(form, OpenedForm)]
    cells = inbox_table([(form.file, form.sheets) for form in forms])
    by_part, part = rows_by_part(cells), 0
    outcomes: list[_Outcome] = []
    for form in opened:
        if isinstance(form, _Outcome):
            outcomes.append(form)
            continue
        rows = [by_part.get(at, []) for at in range(part, part + len(form.sheets))]
        part += len(form.sheets)
        try:
            outcomes.append(
                _Outcome(*read_submission(known.plan, form, rows, known.names, known.given))
            )
        except UnreadableError as error:
            outcomes.append(_unreadable(known, form.file, error))
    return outcomes, cells


def inbox_files(folder: Path) -> tuple[list[Path], list[str]]:
    """The inbox's files in order of name, and the lock, hidden and system files passed over."""
    found = look_through(folder)
    return found.files, [relative(folder, path) for path in found.passed_over]


def _unreadable(known: _Known, name: str, error: UnreadableError) -> _Outcome:
    finding = _refusal(Place(name), error)
    identity = from_file_name(known.plan, known.names, name)
    common = identity is not None and identity.kind is FormKind.COMMON
    owner = f"{COMMON} {identity.department}" if identity and common else known.names.unit_in(name)
    return _Outcome(None, (finding,), owner)


def _refusal(place: Place, error: UnreadableError) -> Finding:
    """F202 for a file that is protected, F201 with the reason for any other."""
    if error.reason is Reason.ENCRYPTED:
        return find(F202.ZIP if error.kind is FileKind.ZIP else F202.WORKBOOK, place)
    variant = ADVICE[error.reason]
    if error.reason is Reason.NOT_WORKBOOK:
        variant = ADVICE_BY_KIND.get(error.kind, variant)
    # Each advice names at most one thing: what the file is, or what there is too much of in it.
    return find(variant, place, **dict.fromkeys(variant.fields, error.detail))


def _beside(finding: Finding, owner: str | None, in_use: Mapping[str | None, str]) -> Finding:
    """The finding of an unreadable file, saying so where a readable one of the same owner is used."""
    variant = BESIDE.get(finding.variant)
    if owner is None or owner not in in_use or variant is None:
        return finding
    said = {name: value for name, value in finding.fields if name in variant.fields}
    return find(variant, finding.place, unit=owner, used=f"”{in_use[owner]}”", **said)


def choose_submissions(
    submissions: Iterable[Submission], use: Mapping[str, bool]
) -> tuple[list[Submission], list[Finding]]:
    """Each submission with whether it is used, and an F205 for each that was set aside.

    Of several from one unit (or several Gemensamt) the later saved is used, then the one with more
    activities, then the first by name; the coordinator's own choice goes before, also where it leaves
    none to use. Per-goal forms add up, and those for what was sent back set no other aside.
    """
    groups: dict[tuple[FormKind, str], list[Submission]] = {}
    result: list[Submission] = []
    findings: list[Finding] = []
    for submission in submissions:
        owner = submission.unit or submission.department
        adds_up = submission.kind is FormKind.GOAL or submission.completion
        if adds_up or not submission.proposed or owner is None:
            used = submission.proposed and use.get(submission.file, True)
            result.append(replace(submission, used=used))
            if submission.proposed and not used:
                findings.append(_by_choice(submission))
        else:
            groups.setdefault((submission.kind, owner), []).append(submission)
    for group in groups.values():
        ranked = sorted(group, key=_rank)
        wanted = [s for s in ranked if use.get(s.file) is True]
        wanted = wanted or [s for s in ranked if use.get(s.file, True)][:1]
        for submission in ranked:
            used = submission in wanted
            result.append(replace(submission, proposed=submission is ranked[0], used=used))
            if not used and wanted:
                findings.append(_set_aside(submission, wanted, use))
            elif not used:
                findings.append(_by_choice(submission))
    return sorted(result, key=lambda submission: submission.file), findings


def _rank(submission: Submission) -> tuple[float, int, str]:
    # Not as a timestamp, which the first and last years of all have not.
    saved = (submission.saved - _FIRST_TIME).total_seconds() if submission.saved else -1.0
    return (-saved, -len(submission.entries), submission.file)


def _by_choice(submission: Submission) -> Finding:
    """F205 for a file that the coordinator has set aside without another being used in its place."""
    place, owner, count = Place(submission.file), _owner(submission), _count(submission)
    if owner is None:
        return find(F205.PER_GOAL, place, count=count)
    return find(F205.NONE_USED, place, owner, unit=owner, count=count)


def _owner(submission: Submission) -> str | None:
    common = submission.department and f"{COMMON} {submission.department}"
    return None if submission.kind is FormKind.GOAL else submission.unit or common


def _set_aside(
    submission: Submission, wanted: list[Submission], use: Mapping[str, bool]
) -> Finding:
    used = wanted[0]
    if use.get(submission.file) is False:
        reason = "det står nej vid Använd för den här i sammanställningen"
    elif use.get(used.file):
        reason = "det står ja vid Använd för den i sammanställningen"
    elif submission.saved != used.saved and used.saved is not None:
        # One that was saved later still may have been set aside by the coordinator.
        latest = "senare" if False in use.values() else "senast"
        reason = f"den sparades {latest} ({used.saved:%Y-%m-%d %H:%M})"
    elif len(submission.entries) != len(used.entries):
        reason = "den har fler aktiviteter"
    else:
        reason = "den kommer först i namnordning"
    owner = _owner(submission)
    rows = differing_rows(submission.entries, [e for s in wanted for e in s.entries])
    place, name, count = Place(submission.file), f"”{used.file}”", _count(submission)
    if rows:
        return find(F205.DIFFERS, place, owner, unit=owner, used=name, used_count=_count(used),
                    reason=reason, count=count, rows=rows)  # fmt: skip
    return find(F205.SAME if submission.entries else F205.EMPTY, place, owner, unit=owner,
                used=name, used_count=_count(used), reason=reason, count=count)  # fmt: skip


def _count(submission: Submission) -> str:
    return counted(len(submission.entries), "aktivitet", "aktiviteter")
