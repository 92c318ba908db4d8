"""Which of several submissions of one unit is used, and what is told of those that are not."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from excel_uppsikt.findings.catalogue.files import F205
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.differences import differing_rows
from excel_uppsikt.language.text import counted
from excel_uppsikt.model import FormKind, Submission

_FIRST_TIME = datetime(1, 1, 1)  # noqa: DTZ001  what a workbook says is UTC without a zone


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
    place, owner, count = Place(submission.file), owner_in_words(submission), _count(submission)
    if owner is None:
        return find(F205.PER_GOAL, place, count=count)
    return find(F205.NONE_USED, place, owner, unit=owner, count=count)


def owner_in_words(submission: Submission) -> str | None:
    """Whose it is in words, None for one of a goal or of nobody known."""
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
    owner = owner_in_words(submission)
    rows = differing_rows(submission.entries, [e for s in wanted for e in s.entries])
    place, name, count = Place(submission.file), f"”{used.file}”", _count(submission)
    if rows:
        return find(F205.DIFFERS, place, owner, unit=owner, used=name, used_count=_count(used),
                    reason=reason, count=count, rows=rows)  # fmt: skip
    return find(F205.SAME if submission.entries else F205.EMPTY, place, owner, unit=owner,
                used=name, used_count=_count(used), reason=reason, count=count)  # fmt: skip


def _count(submission: Submission) -> str:
    return counted(submission.activities, "aktivitet", "aktiviteter")
