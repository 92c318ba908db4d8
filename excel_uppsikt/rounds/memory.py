"""The files in ut/.uppsikt/: what the program remembers from run to run, each of them for one purpose.

Each can be deleted, damaged or made by another version. What cannot be understood counts as forgotten.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from excel_uppsikt.language.text import cell_part
from excel_uppsikt.model import Activity, Change, Department, Plan, Values
from excel_uppsikt.plan.default_texts import (
    MAIL_COMPLETIONS,
    MAIL_RECEIPTS,
    MAIL_REMINDERS,
    MAIL_REPORTS,
    MAIL_RETURNS,
    MAIL_TEMPLATES,
)
from excel_uppsikt.report.account import Account
from excel_uppsikt.round_paths import MADE_REPORTS
from excel_uppsikt.rounds.disk import write_whole
from excel_uppsikt.version import __version__

_MAILS = (
    *(MAIL_COMPLETIONS, MAIL_RECEIPTS, MAIL_REMINDERS, MAIL_REPORTS, MAIL_RETURNS, MAIL_TEMPLATES),
)


def remembered(path: Path) -> dict[str, Any]:
    """What a file remembers, by name; the caller sees to the values. Nothing where it cannot be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        # Half a character can be written in JSON, and then nowhere else.
        _text({"": kept})
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(path: Path, memory: Mapping[str, Any]) -> None:
    """Writes what is to be remembered, unless the file says so already."""
    text = _text(memory)
    if not (path.is_file() and path.read_bytes() == text):
        write_whole(path, text)


def texts(value: object) -> tuple[str, ...] | None:
    """A remembered list of texts, or None where it is anything else."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


def _text(memory: Mapping[str, Any]) -> bytes:
    return json.dumps(memory, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Marks of what a report was made of: what it tells of, the plan and the template, and the program."""

    account: str
    frame: str
    version: str


def _completed(account: Account) -> object:
    """What a report tells of what was sent back."""
    sent_back = account.sent_back
    if sent_back is None:
        return None
    wanted = [(one.about, one.asked, one.done, one.activity is None) for one in sent_back.wanted]
    return sent_back.ruling, wanted, sorted(sent_back.marks.items())


def made_of(
    plan: Plan, department: Department, account: Account, pictures: Sequence[bytes | None]
) -> MadeOf:
    """The marks of a report; the same from run to run where its text would be the same.

    `pictures` are the template and the municipality's arms.
    """
    told = (
        [_said(activity) for activity in account.activities],
        None if account.changes is None else [_changed(change) for change in account.changes],
        [replace(term, handed=None) for term in account.rule],
        _completed(account),
        (account.to_board, account.before),
    )
    # What is of no report, such as addresses and mails, can be changed without making it anew.
    frame = (
        replace(plan.settings, sender_email="", previous=""),
        plan.goals,
        replace(department, email=""),
        len(plan.departments),
        [(unit.name, unit.department) for unit in plan.units],
        plan.statuses,
        [text for text in plan.texts if text.section not in _MAILS],
        [None if picture is None else sha256(picture).hexdigest() for picture in pictures],
    )
    return MadeOf(_mark(told), _mark(frame), __version__)


def remember_report(folder: Path, name: str, made: MadeOf) -> None:
    """Keeps what a report was made of, under its file's name."""
    path = folder / MADE_REPORTS
    remember(path, {**remembered(path), name: asdict(made)})


def remembered_report(folder: Path, name: str) -> MadeOf | None:
    """What a report was made of; None where that is not known, or by another version of the program."""
    match remembered(folder / MADE_REPORTS).get(name):
        case {"account": str(account), "frame": str(frame), "version": str(version)}:
            return MadeOf(account, frame, version) if version == __version__ else None
    return None


def remember_pdf(folder: Path, name: str, document: str | None) -> None:
    """Keeps the mark of the document that a PDF file was made of, under the PDF's path in the round."""
    path = folder / MADE_REPORTS
    remember(path, {**remembered(path), name: document})


def remembered_pdf(folder: Path, name: str) -> str | None:
    """The mark of the document that a PDF file was made of; None where that is not known."""
    mark = remembered(folder / MADE_REPORTS).get(name)
    return mark if isinstance(mark, str) else None


def _said(activity: Activity) -> tuple[object, ...]:
    return (activity.goal, activity.department, _values(activity.values))


def _values(values: Values) -> Values:
    """What is said of an activity, as the compilation's cells hold it."""
    texts = {
        of: cell_part(getattr(values, of)).strip() for of in ("title", "description", "comment")
    }
    return replace(values, **texts)  # type: ignore[arg-type]  # texts by their names


def _changed(change: Change) -> tuple[object, ...]:
    return (change.kind, _said(change.activity), change.before, change.now)


def _mark(said: object) -> str:
    return sha256(repr(said).encode()).hexdigest()
