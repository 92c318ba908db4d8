"""What `uppsikt status` prints: who has handed in, what each owes, and what remains to do."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from excel_uppsikt.cli.print_round import print_carried, print_unread
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.language.text import listed
from excel_uppsikt.rounds.mailed import NO_MAILS, Mails
from excel_uppsikt.rounds.owing import Owed, Owing
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.words import (
    deadline_words,
    handed_in,
    left_to_correct,
    mailed,
    returned,
    rule_words,
    sums,
    tally,
)

_HEADINGS = ("Enhet", "Inlämnat", "Aktiviteter", "Kvar att rätta", "Retur", "Regeln")
_MAILED = "Mejlat"
# In a pipe, where nothing says how wide a line may be.
_WIDE = 200


def print_status(
    out: Console, checked: CheckedRound, owed: Owed, mails: Mapping[str, Mails]
) -> None:
    """Who has handed in, what each unit lacks, the departments' sums, and what remains to do."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (*_HEADINGS, *([_MAILED] if mails else ())):
        table.add_column(heading, overflow="fold")
    for one in owed.owners:
        count = str(one.activities) if one.status.files or one.activities else ""
        state = (
            handed_in(one),
            count,
            left_to_correct(one),
            returned(one),
            rule_words(one.status.rule),
        )
        sent = [mailed(mails.get(one.status.name, NO_MAILS))] if mails else []
        table.add_row(one.status.name, *state, *sent)
    if out.is_terminal:
        out.print(table, soft_wrap=False)
    else:
        Console(highlight=False, markup=False, width=_WIDE, file=out.file).print(table)
    for department in checked.plan.departments:
        rows = sum(entry.department == department.name for entry in checked.collection.entries)
        told = sums(owed.of_department(department.name), rows)
        out.print(f"{department.name}: {told}.")
    owing = [one.status.name for one in owed.owners if not one.status.came]
    left = f"Väntar på {listed(owing)}." if owing else "Alla enheter har lämnat in."
    out.print(left + deadline_words(owed))
    print_carried(out, checked)
    unread = [o.status.name for o in owed.owners if o.status.unread and not o.status.files]
    print_unread(out, unread)
    if owing:
        out.print(f'Påminn dem som inte har lämnat in: uppsikt mail "{checked.folder}" reminders')
    if checked.findings:
        told = tally(checked.findings).capitalize()
        out.print(f'{told}. Se: uppsikt check "{checked.folder}"')


def as_json(checked: CheckedRound, owed: Owed, mails: Mapping[str, Mails]) -> str:
    """Who owes what as one JSON object; what is not known yet is null."""
    known: dict[str, Any] = {
        "round": checked.plan.settings.round_name,
        "deadline": owed.deadline.isoformat() if owed.deadline else None,
        "days_left": owed.days_left,
        "units": [_owner(one, mails.get(one.status.name, NO_MAILS)) for one in owed.owners],
    }
    return json.dumps(known, ensure_ascii=False, indent=2)


def _owner(one: Owing, mails: Mails) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "department": one.department,
        "kind": one.kind.value,
        "file": ", ".join(one.status.files) or None,
        "saved": one.saved.isoformat() if one.saved else None,
        "activities": one.activities,
        "errors": one.count(Severity.ERROR),
        "warnings": one.count(Severity.WARNING),
        "returned": one.returned,
        "mended": one.mended,
        "mailed": _iso(mails.mailed),
        "reminded": _iso(mails.reminded),
        "completion": one.status.completion,
        "rule": all(term.holds for term in one.status.rule),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
