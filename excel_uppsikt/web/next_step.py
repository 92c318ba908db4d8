"""The next step of a round: by its files, and by the committees' decisions where these may say otherwise."""

from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.model import Outcome
from excel_uppsikt.web import words
from excel_uppsikt.web.progress import NextStep, progress_of
from excel_uppsikt.web.readings import Readings

if TYPE_CHECKING:
    from excel_uppsikt.rounds.results import CheckedRound


def next_step(folder: Path, readings: Readings) -> NextStep | None:
    """What to do next in a round; None where that is not known before the round has been read."""
    progress = progress_of(folder)
    if not progress.decided_on:
        return progress.next_step
    reading = readings.fresh(folder)
    if reading is None:
        return None
    if reading.checked is None:
        return progress.next_step
    return _decided(reading.checked) or progress.next_step


def _decided(checked: "CheckedRound") -> NextStep | None:
    """What a decision asks for; None where the round goes on as its files say."""
    from excel_uppsikt.rounds.decided import department_states, report_path  # noqa: PLC0415  loads pandas

    plan = checked.plan
    states = department_states(checked)
    sent_back = [one for one in states if one.ruling.outcome is Outcome.SENT_BACK]
    if any(not one.asked or one.unmade or one.outdated for one in sent_back):
        return NextStep(*words.DO_ASK)
    if any(one.waiting for one in sent_back):
        return NextStep(*words.DO_COMPLETE)
    decisions = checked.compilation.decisions
    departments = [plan.department(one.ruling.department) for one in sent_back]
    paths = [report_path(checked.folder, plan, one, decisions) for one in departments]
    if not all(path.is_file() for path in paths):
        return NextStep(*words.DO_COMPLETED_REPORT)
    approved = [one for one in states if one.ruling.outcome is Outcome.APPROVED]
    return NextStep(*words.DO_END) if len(approved) == len(plan.departments) else None
