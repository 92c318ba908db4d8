"""What goes back to those who handed in, and what has been put right since the time before.

Only what they can do something about goes back. What the coordinator has decided in the compilation is
the coordinator's: a file that is set aside, a row that is not in the report, a value that has been
written there. The findings of the last hand-in are kept in ut/.uppsikt/.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from excel_uppsikt.compilation.settled import rows_left_out
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.definition import COMMON, COMPLETION_OF
from excel_uppsikt.form.to_correct import by_submission, last_answers
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.language.text import short_hash
from excel_uppsikt.model import FormKind, Submission
from excel_uppsikt.round_paths import LAST_HAND_INS
from excel_uppsikt.rounds.memory import remember, remembered, texts
from excel_uppsikt.rounds.results import CheckedRound


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How many of an earlier hand-in's findings are gone, and how many are left."""

    corrected: int
    left: int


@dataclass(frozen=True, slots=True)
class _HandIn:
    """What is remembered of an owner: what was handed in, its findings, and those of the one before."""

    content: str
    now: tuple[str, ...]
    before: tuple[str, ...] | None


def follow_up(
    folder: Path,
    submissions: Iterable[Submission],
    findings: Sequence[Finding],
    *,
    keep: bool = True,
) -> dict[str, FollowUp]:
    """What has been put right since an earlier hand-in, by owner; only where there was one.

    Of forms for what was sent back by `completion_of` the owner.

    Running again on the same hand-in gives the same answer. Findings are recognised by code, value
    and the activity's title, since rows move from one hand-in to the next. These are remembered for the next
    hand-in, unless they are not to be kept.
    """
    path = folder / LAST_HAND_INS
    memory = {
        owner: known
        for owner, kept in remembered(path).items()
        if (known := _understood(kept)) is not None
    }
    concerning = by_submission(findings)
    progress: dict[str, FollowUp] = {}
    for submission in last_answers(submissions):
        owner = _owner(submission)
        if not submission.used or owner is None:
            continue
        name = completion_of(owner) if submission.completion else owner
        content, now = _content(submission), _keys(submission, concerning(submission))
        known = memory.get(name)
        if known is None or known.content != content:
            known = memory[name] = _HandIn(content, now, known.now if known else None)
        if known.before is not None:
            left = [key for key in known.before if key in now]
            progress[name] = FollowUp(len(known.before) - len(left), len(left))
    if memory and keep:
        remember(path, {owner: asdict(known) for owner, known in memory.items()})
    return progress


def completion_of(owner: str) -> str:
    """What an owner's form for what was sent back is known by, beside its own form."""
    return f"{COMPLETION_OF} {owner}"


def _owner(submission: Submission) -> str | None:
    """Who handed in a form; nobody alone has handed in a goal's form for all units."""
    common = submission.kind is FormKind.COMMON and submission.department
    return f"{COMMON} {submission.department}" if common else submission.unit


def _understood(kept: object) -> _HandIn | None:
    match kept:
        case {"content": str(content), "now": listed, "before": earlier} if content:
            now, before = texts(listed), texts(earlier)
            if now is not None and (before is not None or earlier is None):
                return _HandIn(content, now, before)
    return None


def _content(submission: Submission) -> str:
    """A mark of what the workbook says, whatever its file is called."""
    said = [(e.goal.text, e.row, sorted(e.raw.items())) for e in submission.entries]
    return short_hash(repr(said)) + short_hash(repr(said), "2")


def _keys(submission: Submission, findings: Iterable[Finding]) -> tuple[str, ...]:
    """What its findings are recognised by in a later hand-in."""
    titles: dict[tuple[str | None, int | None], str]
    titles = {(e.sheet, e.row): e.values.title for e in submission.entries}
    keys = []
    for finding in findings:
        if finding.severity is Severity.HINT:
            continue
        place = finding.place
        column = column_letters(place.column) if place.column else ""
        title = titles.get((place.sheet, place.row), "")
        keys.append("\0".join((finding.code, column, finding.value or "", title)))
    return tuple(keys)


def findings_of_units(checked: CheckedRound) -> tuple[Finding, ...]:
    """The findings that are the units' to do something about, in their order."""
    out = set(rows_left_out(checked.compilation))
    return tuple(
        finding
        for finding in checked.findings
        if finding.for_units and (finding.file, finding.sheet, finding.place.row) not in out
    )


def newer_set_aside(checked: CheckedRound, submission: Submission) -> tuple[str, ...]:
    """The files of the same owner that the coordinator has set aside, and uses this one instead.

    A return of the one in use would ask for what may have been put right already.
    """
    if submission.kind is FormKind.GOAL:
        return ()
    owner = (submission.owner, submission.completion)
    return tuple(
        other.file
        for other in checked.collection.submissions
        if other.proposed and not other.used and (other.owner, other.completion) == owner
    )
