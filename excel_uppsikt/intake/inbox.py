"""The inbox read into a `Collection`: every file looked at, none changed, no bad one stopping the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from excel_uppsikt.excel.reading import FileKind, Reason, UnreadableError
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.finding import Finding, Source, find
from excel_uppsikt.folder import INBOX, relative
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.containers import left_behind, read_contents, unlike
from excel_uppsikt.intake.differences import differing_rows
from excel_uppsikt.intake.identity import unit_in_name
from excel_uppsikt.intake.submission import read_submission
from excel_uppsikt.language.text import counted
from excel_uppsikt.model import Collection, FormKind, Plan, Submission

# What is told of a file also when it is not used: why it may have come under the wrong name.
_ABOUT_OWNER = ("F203", "F204", "F208")
_FIRST_TIME = datetime(1, 1, 1)  # noqa: DTZ001  what a workbook says is UTC without a zone
# What advice of F201 fits why a file is not read; one with a password has a finding of its own.
ADVICE = {
    Reason.DAMAGED: "damaged",
    Reason.NOT_WORKBOOK: "not_workbook",
    Reason.BUSY: "busy",
    Reason.TOO_LARGE: "too_large",
    Reason.HOSTILE: "hostile",
    Reason.OVERFULL: "overfull",
    Reason.TOO_SLOW: "too_slow",
    Reason.FAR: "far",
    Reason.TOO_MANY: "too_many",
    Reason.TOGETHER: "together",
    Reason.NESTED: "nested",
}
# And what fits better to some files that are no workbooks.
ADVICE_BY_KIND = {FileKind.MAIL: "mail", FileKind.OUTLOOK: "outlook", FileKind.ZIP: "zip"}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one file, or of one inside another: a submission if it was a form, and findings."""

    submission: Submission | None
    findings: tuple[Finding, ...]
    unreadable_unit: str | None = None


def collect(
    folder: Path,
    plan: Plan,
    *,
    use: Mapping[str, bool] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Collection, tuple[Finding, ...]]:
    """What the round's inbox holds, and what is wrong with its files and rows.

    `use` is the coordinator's choice of files to use or set aside. `progress` is called with each
    file's name before it is read.
    """
    files, passed_over = inbox_files(folder)
    reads: list[_Outcome] = []
    taken: dict[str, int] = {}
    for path in files:
        # Names that differ on the disk can be written alike.
        name = unlike(relative(folder, path), taken)
        progress(name)
        for content in read_contents(path):
            inside = f"{name}/{content.inside}" if content.inside else name
            if content.content is None:
                passed_over.append(inside)
            else:
                reads.append(_read(plan, inside, content.content))
    submissions = [read.submission for read in reads if read.submission is not None]
    chosen, set_aside = choose_submissions(submissions, use or {})
    unused = {submission.file for submission in chosen if not submission.used}
    findings = [
        finding
        for read in reads
        for finding in read.findings
        if finding.file not in unused or finding.code in _ABOUT_OWNER
    ]
    unreadable = frozenset(read.unreadable_unit for read in reads if read.unreadable_unit)
    return Collection(tuple(chosen), unreadable, tuple(passed_over)), (*findings, *set_aside)


def inbox_files(folder: Path) -> tuple[list[Path], list[str]]:
    """The inbox's files in order of name, and the lock, hidden and system files passed over."""
    inbox = folder / INBOX
    files: list[Path] = []
    passed_over: list[str] = []
    found = (path for path in inbox.rglob("*") if path.is_file()) if inbox.is_dir() else ()
    for path in sorted(found, key=lambda path: (relative(folder, path), path)):
        if left_behind(PurePosixPath(path.relative_to(inbox).as_posix())):
            passed_over.append(relative(folder, path))
        else:
            files.append(path)
    return files, passed_over


def _read(plan: Plan, name: str, content: Workbook | UnreadableError) -> _Outcome:
    if isinstance(content, UnreadableError):
        return _unreadable(plan, name, content)
    try:
        return _Outcome(*read_submission(plan, name, content))
    except UnreadableError as error:
        return _unreadable(plan, name, error)


def _unreadable(plan: Plan, name: str, error: UnreadableError) -> _Outcome:
    source, detail = Source(name), error.detail
    if error.reason is Reason.ENCRYPTED:
        finding = find("F202", source, variant="zip" if error.kind is FileKind.ZIP else "")
    else:
        advice = ADVICE[error.reason]
        if error.reason is Reason.NOT_WORKBOOK and error.kind is not None:
            advice = ADVICE_BY_KIND.get(error.kind, advice)
        finding = find("F201", source, variant=advice, kind=detail, detail=detail)
    unit = unit_in_name(plan, name)
    return _Outcome(None, (finding,), unit)


def choose_submissions(
    submissions: Iterable[Submission], use: Mapping[str, bool]
) -> tuple[list[Submission], list[Finding]]:
    """Each submission with whether it is used, and an F205 for each that was set aside.

    Of several from one unit (or several Gemensamt) the later saved is used, then the one with more
    activities, then the first by name; the coordinator's own choice goes before. Per-goal forms add
    up.
    """
    groups: dict[tuple[FormKind, str], list[Submission]] = {}
    result: list[Submission] = []
    for submission in submissions:
        owner = submission.unit or submission.department
        if submission.kind is FormKind.GOAL or not submission.proposed or owner is None:
            used = submission.proposed and use.get(submission.file, True)
            result.append(replace(submission, used=used))
        else:
            groups.setdefault((submission.kind, owner), []).append(submission)
    findings: list[Finding] = []
    for group in groups.values():
        ranked = sorted(group, key=_rank)
        wanted = [s for s in ranked if use.get(s.file) is True]
        wanted = wanted or [s for s in ranked if use.get(s.file, True)][:1]
        for submission in ranked:
            used = submission in wanted
            result.append(replace(submission, proposed=submission is ranked[0], used=used))
            if not used and wanted:
                by_hand = any(s.file in use for s in ranked)
                findings.append(_set_aside(submission, wanted, by_hand=by_hand))
    return sorted(result, key=lambda submission: submission.file), findings


def _rank(submission: Submission) -> tuple[float, int, str]:
    # Not as a timestamp, which the first and last years of all have not.
    saved = (submission.saved - _FIRST_TIME).total_seconds() if submission.saved else -1.0
    return (-saved, -len(submission.entries), submission.file)


def _set_aside(submission: Submission, wanted: list[Submission], *, by_hand: bool) -> Finding:
    used = wanted[0]
    if by_hand:
        reason = "det står så i sammanställningen"
    elif submission.saved != used.saved and used.saved is not None:
        reason = f"den sparades senast ({used.saved:%Y-%m-%d %H:%M})"
    elif len(submission.entries) != len(used.entries):
        reason = "den har fler aktiviteter"
    else:
        reason = "den kommer först i namnordning"
    owner = submission.unit or f"{COMMON} {submission.department}"
    rows = differing_rows(submission.entries, [e for s in wanted for e in s.entries])
    return find(
        "F205",
        Source(submission.file),
        owner,
        variant="differs" if rows else "same" if submission.entries else "empty",
        unit=owner,
        used=f"”{used.file}”",
        used_count=_count(used),
        reason=reason,
        count=_count(submission),
        rows=rows,
    )


def _count(submission: Submission) -> str:
    return counted(len(submission.entries), "aktivitet", "aktiviteter")
