"""What `uppsikt status` prints: who has handed in, what each owes, and what remains to do."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from excel_uppsikt.cli.print_round import counted_term, print_carried, print_unread, tally
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.returns import TO_CORRECT
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import RuleTerm
from excel_uppsikt.rounds.mailed import NO_MAILS, Mails
from excel_uppsikt.rounds.owing import Owed, Owing
from excel_uppsikt.rounds.results import CheckedRound, OwnerStatus

_HEADINGS = ("Enhet", "Inlämnat", "Aktiviteter", "Kvar att rätta", "Retur", "Regeln")
_MAILED = "Mejlat"
_KINDS = {
    MailKind.TEMPLATES: "formulär",
    MailKind.REMINDERS: "påminnelse",
    MailKind.RETURNS: "retur",
    MailKind.RECEIPTS: "kvitto",
    MailKind.COMPLETIONS: "komplettering",
}
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
        state = _handed_in(one), count, _left(one), _returned(one), _rule(one.status.rule)
        mailed = [_mailed(mails.get(one.status.name, NO_MAILS))] if mails else []
        table.add_row(one.status.name, *state, *mailed)
    if out.is_terminal:
        out.print(table, soft_wrap=False)
    else:
        Console(highlight=False, markup=False, width=_WIDE, file=out.file).print(table)
    for department in checked.plan.departments:
        rows = sum(entry.department == department.name for entry in checked.collection.entries)
        sums = _sums(owed.of_department(department.name), rows)
        out.print(f"{department.name}: {sums}.")
    owing = [one.status.name for one in owed.owners if not one.status.came]
    left = f"Väntar på {listed(owing)}." if owing else "Alla enheter har lämnat in."
    out.print(left + _deadline(owed))
    print_carried(out, checked)
    unread = [o.status.name for o in owed.owners if o.status.unread and not o.status.files]
    print_unread(out, unread)
    if owing:
        out.print(f'Påminn dem som inte har lämnat in: uppsikt mail "{checked.folder}" reminders')
    if checked.findings:
        told = tally(checked.findings).capitalize()
        out.print(f'{told}. Se: uppsikt check "{checked.folder}"')


def _handed_in(one: Owing) -> str:
    """What has come from a unit or a Gemensamt, when it was saved, and what has become of it."""
    status = one.status
    saved = f" (sparad {one.saved:%Y-%m-%d})" if one.saved else ""
    if status.files or not status.came:
        return f"{', '.join(status.files)}{saved}" if status.files else "nej"
    return _unused(status) or f"ja, i formulär per mål{saved}"


def _unused(status: OwnerStatus) -> str:
    if status.set_aside:
        unread = ", och en annan fil kan inte läsas" if status.unread else ""
        return f"ja, men {listed(status.set_aside)} används inte{unread}"
    return "ja, men filen kan inte läsas" if status.unread else ""


def _left(one: Owing) -> str:
    """The errors and warnings left for the owner to put right."""
    return _to_mend(one.left) or ("inget" if one.activities else "")


def _to_mend(findings: Collection[Finding]) -> str:
    """How many errors and warnings there are; hints are nothing that has to be put right."""
    wanted = [finding for finding in findings if finding.severity in TO_CORRECT]
    return tally(wanted) if wanted else ""


def _returned(one: Owing) -> str:
    """Whether a return lies ready, and what has been put right since the time before."""
    made = "finns" if one.returned else ""
    mended = f"{one.mended} rättat" if one.mended else ""
    return ", ".join(filter(None, (made, mended)))


def _mailed(mails: Mails) -> str:
    """When each kind of mail was last sent, drafted, or handed over without an answer."""
    told = [
        (mails.sent, "{kind} {day}"),
        (mails.drafted, "{kind} {day} (utkast)"),
        (mails.in_doubt, "{kind} {day} (okänt om den kom fram)"),
    ]
    return ", ".join(
        words.format(kind=_KINDS[kind], day=days[kind])
        for days, words in told
        for kind in _KINDS
        if kind in days
    )


def _rule(terms: Sequence[RuleTerm]) -> str:
    """Whether the unit rule holds by what the report will say, and what was handed in where it differs."""
    if not terms:
        return ""
    lacking = "; ".join(counted_term(term) for term in terms if not term.holds)
    beside = "; ".join(counted_term(term) for term in terms if term.holds and not term.held)
    if lacking:
        return f"✘ {lacking}"
    return f"✔ uppfylld i rapporten; {beside}" if beside else "✔ uppfylld"


def _sums(owners: Sequence[Owing], rows: int) -> str:
    """A department's sums in words. What two units share is counted once."""
    came = sum(one.status.came for one in owners)
    left = _to_mend({finding for one in owners for finding in one.left})
    mend = f", {left} kvar att rätta" if left else ""
    return f"{came} av {len(owners)} har lämnat in, {counted(rows, 'rad', 'rader')}{mend}"


def _deadline(owed: Owed) -> str:
    """The last day for answers, and how far from it is."""
    if owed.deadline is None or owed.days_left is None:
        return ""
    days = owed.days_left
    if days == 0:
        return f" Sista svarsdag är i dag, {owed.deadline}."
    if days > 0:
        return f" Sista svarsdag är {owed.deadline}, om {counted(days, 'dag', 'dagar')}."
    return f" Sista svarsdag var {owed.deadline}, för {counted(-days, 'dag', 'dagar')} sedan."


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
