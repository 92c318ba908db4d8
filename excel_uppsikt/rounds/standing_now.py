"""Where a round stands that has been checked, as status tells it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.decisions import standing
from excel_uppsikt.figures import carried_sentence
from excel_uppsikt.findings.catalogue.plan import P102
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.rounds.checking import Progress, check_round, load_plan, no_progress
from excel_uppsikt.rounds.owing import Owed, Owing, owed
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.standing import OwnerStanding, Standing
from excel_uppsikt.rounds.standing_before import keep_standing, round_mark
from excel_uppsikt.rounds.words import (
    handed_in,
    left_to_correct,
    returned,
    rule_words,
    sums,
    tally,
)


def checked_standing(
    folder: Path, *, progress: Progress = no_progress
) -> tuple[Standing, CheckedRound | None]:
    """Where a round stands, and the round itself where a committee has decided about any report.

    It is kept for the next time, but for what may be told otherwise though nothing has changed: files that
    could not be read, and decisions, which are told by the day and by which files have been made.

    Raises `CannotRunError` for a plan or a compilation that cannot be used.
    """
    plan, _ = load_plan(folder)
    # Before anything that counts is read, so that what is changed meanwhile is found out.
    mark = round_mark(folder, plan.settings.previous)
    checked = check_round(folder, progress=progress)
    standing, decided = standing_of(checked), is_decided(checked)
    if not decided and not _may_be_otherwise(checked):
        keep_standing(folder, standing, checked.plan.settings.previous, mark)
    return standing, checked if decided else None


def standing_of(checked: CheckedRound) -> Standing:
    """Where a round stands that has been checked."""
    # How many days are left is no part of it.
    owners = owed(checked, date.min)
    plan = checked.plan
    return Standing(
        round_name=plan.settings.round_name,
        deadline=owners.deadline,
        owners=tuple(map(_owner, owners.owners)),
        departments=tuple(_departments(checked, owners)),
        carried=carried_sentence(plan, checked.compilation.carried),
        found=tally(checked.findings).capitalize() if checked.findings else "",
        ok=checked.ok,
    )


def _may_be_otherwise(checked: CheckedRound) -> bool:
    """Whether a file may be read the next time that could not be read, or was not there, this time."""
    lacking = any(finding.variant is P102.NO_FILE for finding in checked.findings)
    return lacking or (checked.inbox is not None and checked.inbox.unreadable)


def is_decided(checked: CheckedRound) -> bool:
    """Whether a committee has decided about any report."""
    decisions = checked.compilation.decisions
    return any(standing(decisions, one.name) is not None for one in checked.plan.departments)


def _owner(one: Owing) -> OwnerStanding:
    status = one.status
    return OwnerStanding(
        name=status.name,
        words=(
            handed_in(one),
            str(one.activities) if status.files or one.activities else "",
            left_to_correct(one),
            returned(one),
            rule_words(status.rule),
        ),
        unit=one.unit,
        department=one.department,
        kind=one.kind.value,
        files=status.files,
        saved=one.saved.isoformat() if one.saved else None,
        activities=one.activities,
        errors=one.count(Severity.ERROR),
        warnings=one.count(Severity.WARNING),
        returned=one.returned,
        mended=one.mended,
        completion=status.completion,
        rule=all(term.holds for term in status.rule),
        came=status.came,
        unread=status.unread and not status.files,
    )


def _departments(checked: CheckedRound, owners: Owed) -> Iterator[str]:
    rows = Counter(entry.department for entry in checked.collection.entries)
    for department in checked.plan.departments:
        name = department.name
        yield f"{name}: {sums(owners.of_department(name), rows[name])}."
