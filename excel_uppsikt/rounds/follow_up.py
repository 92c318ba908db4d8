"""What has been put right between two hand-ins: the findings of the last one are kept in ut/.uppsikt/."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.folder import LAST_HAND_INS
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.language.text import short_hash
from excel_uppsikt.model import Submission
from excel_uppsikt.rounds.files import write_whole


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How many of an earlier hand-in's findings are gone, and how many are left."""

    corrected: int
    left: int


def follow_up(
    folder: Path, submissions: Iterable[Submission], findings: Sequence[Finding]
) -> dict[str, FollowUp]:
    """What has been put right since an earlier hand-in, by owner; only where there was one.

    Running again on the same hand-in gives the same answer. Findings are recognised by code, value
    and the activity's title, since rows move from one hand-in to the next.
    """
    memory = _remembered(folder)
    progress: dict[str, FollowUp] = {}
    for submission in submissions:
        owner = _owner(submission)
        if not submission.used or owner is None:
            continue
        content, now = _content(submission), _keys(submission, findings)
        known = memory.get(owner, {"content": "", "now": [], "before": None})
        if known["content"] != content:
            before = known["now"] if known["content"] else None
            known = memory[owner] = {"content": content, "now": now, "before": before}
        if known["before"] is not None:
            left = [key for key in known["before"] if key in now]
            progress[owner] = FollowUp(len(known["before"]) - len(left), len(left))
    text = json.dumps(memory, ensure_ascii=False, indent=1, sort_keys=True).encode()
    path = folder / LAST_HAND_INS
    if memory and not (path.is_file() and path.read_bytes() == text):
        write_whole(path, text)
    return progress


def _owner(submission: Submission) -> str | None:
    if submission.unit:
        return submission.unit
    return f"{COMMON} {submission.department}" if submission.department else None


def _remembered(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        kept = json.loads((folder / LAST_HAND_INS).read_text("utf-8"))
        return {str(k): v for k, v in kept.items() if {"content", "now", "before"} <= v.keys()}
    except (OSError, ValueError, AttributeError):
        return {}


def _content(submission: Submission) -> str:
    """A mark of what the workbook says, whatever its file is called."""
    said = [(e.goal.text, e.row, sorted(e.raw.items())) for e in submission.entries]
    return short_hash(repr(said)) + short_hash(repr(said), "2")


def _keys(submission: Submission, findings: Sequence[Finding]) -> list[str]:
    titles: dict[tuple[str | None, int | None], str]
    titles = {(e.sheet, e.row): e.values.title for e in submission.entries}
    keys = []
    for finding in findings:
        own = finding.file == submission.file
        if finding.severity is Severity.HINT or not (own or finding.value == submission.unit):
            continue
        place = finding.place
        column = column_letters(place.column) if place.column else ""
        title = titles.get((place.sheet, place.row), "")
        keys.append("\0".join((finding.code, column, finding.value or "", title)))
    return keys
