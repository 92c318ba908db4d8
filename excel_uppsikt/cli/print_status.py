"""What `uppsikt status` prints: who has handed in, what each owes, and what remains to do."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from excel_uppsikt.cli.print_round import print_unread
from excel_uppsikt.rounds.laying_aside import laid_aside
from excel_uppsikt.rounds.mailed import NO_MAILS, Mails
from excel_uppsikt.rounds.result_words import lies_aside
from excel_uppsikt.rounds.standing import OwnerStanding, Standing
from excel_uppsikt.rounds.words import awaited, deadline_words, mailed

_HEADINGS = ("Enhet", "Inlämnat", "Aktiviteter", "Kvar att rätta", "Retur", "Regeln")
_MAILED = "Mejlat"
# In a pipe, where nothing says how wide a line may be.
_WIDE = 200


def print_status(
    out: Console, folder: Path, standing: Standing, today: date, mails: Mapping[str, Mails]
) -> None:
    """Who has handed in, what each unit lacks, the departments' sums, and what remains to do."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (*_HEADINGS, *([_MAILED] if mails else ())):
        table.add_column(heading, overflow="fold")
    for one in standing.owners:
        sent = [mailed(mails.get(one.name, NO_MAILS))] if mails else []
        table.add_row(one.name, *one.words, *sent)
    if out.is_terminal:
        out.print(table, soft_wrap=False)
    else:
        Console(highlight=False, markup=False, width=_WIDE, file=out.file).print(table)
    for sums in standing.departments:
        out.print(sums)
    owing = [one.name for one in standing.owners if not one.came]
    unread = [one.name for one in standing.owners if one.unread]
    out.print(awaited(owing, unread) + deadline_words(standing.deadline, standing.days_left(today)))
    if standing.carried:
        out.print(standing.carried)
    print_unread(out, unread)
    if aside := laid_aside(folder):
        out.print(lies_aside(aside))
    if owing:
        out.print(
            f'Påminn dem som inte har lämnat in eller har fel kvar: uppsikt mail "{folder}" reminders'
        )
    if standing.found:
        out.print(f'{standing.found}. Se: uppsikt check "{folder}"')


def as_json(standing: Standing, today: date, mails: Mapping[str, Mails]) -> str:
    """Who owes what as one JSON object; what is not known yet is null."""
    known: dict[str, Any] = {
        "round": standing.round_name,
        "deadline": _iso(standing.deadline),
        "days_left": standing.days_left(today),
        "units": [_owner(one, mails.get(one.name, NO_MAILS)) for one in standing.owners],
    }
    return json.dumps(known, ensure_ascii=False, indent=2)


def _owner(one: OwnerStanding, mails: Mails) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "department": one.department,
        "kind": one.kind,
        "file": ", ".join(one.files) or None,
        "saved": one.saved,
        "activities": one.activities,
        "errors": one.errors,
        "warnings": one.warnings,
        "returned": one.returned,
        "mended": one.mended,
        "mailed": _iso(mails.mailed),
        "reminded": _iso(mails.reminded),
        "completion": one.completion,
        "rule": one.rule,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
