"""What the commands print: findings by file, tables and closing lines. Words only; no decisions."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from excel_uppsikt.checks.units import without_own_form
from excel_uppsikt.cli.repeats import in_one_line, told_once
from excel_uppsikt.figures import carried_sentence
from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.form import values
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.model import Activity, Line, RuleTerm, Submission
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, PLAN_FILE
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.results import CheckedRound, Review, Unmerged
from excel_uppsikt.rounds.words import WORDS, ask_for_another, counted_term, tally

if TYPE_CHECKING:
    from excel_uppsikt.rounds.checking import Progress

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "dim"}


def console() -> Console:
    """Where the commands print: in colour on a terminal, plain and unwrapped in a pipe."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows would else get the system's own code page, without ✔ and arrows.
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return Console(highlight=False, soft_wrap=True, markup=False, emoji=False)


def errors() -> Console:
    """Where is told what is no part of a result, such as of a JSON object."""
    return Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


@contextmanager
def reading(out: Console) -> Iterator["Progress"]:
    """Shows which file is being read, on a terminal only."""
    if not out.is_terminal:
        yield lambda _: None
        return
    with out.status("Läser inkorgen …") as status:
        yield lambda name: status.update(f"Läser {name}")


def print_findings(
    out: Console, findings: Sequence[Finding], activities: Sequence[Activity] = ()
) -> None:
    """The findings in order under the file they are in, one line each.

    What several files say alike of one of the `activities` is one line, at the first of them.
    """
    told = told_once(in_order(findings), activities)
    for file, group in groupby(told, key=lambda alike: alike[0].file):
        name = {None: "Enheterna", PLAN_FILE: f"Planen ({PLAN_FILE})"}.get(file, file)
        out.print(Text(str(name), style="bold"))
        if out.is_terminal:
            # A grid keeps long messages in a column of their own when they wrap.
            grid = Table.grid(padding=(0, 1))
            for alike in group:
                severity = alike[0].severity
                word = Text(f"  {WORDS[severity]}", style=_STYLES[severity])
                grid.add_row(word, Text(alike[0].code), Text(in_one_line(alike)))
            out.print(grid, soft_wrap=False)
        else:
            # Plain lines have nothing for Rich to do, which takes longer over them than to find them.
            lines = (
                f"  {WORDS[alike[0].severity]} {alike[0].code} {in_one_line(alike)}\n"
                for alike in group
            )
            out.file.writelines(lines)


def print_outcome(out: Console, checked: CheckedRound) -> None:
    """What was found, what was read, and what remains to do."""
    print_read(out, checked)
    print_closing(out, checked)


def print_read(out: Console, checked: CheckedRound) -> None:
    """What was found, and what was read."""
    print_findings(out, checked.findings, checked.activities)
    if checked.findings:
        out.print()
    collection = checked.collection
    if not collection.submissions and not collection.passed_over and not checked.findings:
        out.print(f"Inkorgen är tom. Lägg de ifyllda formulären i {checked.folder / INBOX}")
    for line in result_words.what_was_read(checked):
        out.print(line)
    print_carried(out, checked)
    if collection.passed_over:
        out.print(result_words.passed_over(collection.passed_over))
    if checked.settled:
        count = counted(checked.settled, "anmärkning är rättad", "anmärkningar är rättade")
        out.print(f"{count} i sammanställningen och räknas inte.")
    if checked.left_out:
        count = counted(checked.left_out, "anmärkning", "anmärkningar")
        out.print(f"{count} gäller rader som inte är med i rapporten och räknas inte.")


def print_carried(out: Console, of: CheckedRound | Review) -> None:
    """What stands in the reports as it was last reported, where anything does."""
    if words := carried_sentence(of.plan, of.compilation.carried):
        out.print(words)


def print_unmerged(out: Console, folder: Path, since: Unmerged) -> None:
    """What has happened in the inbox since the compilation was made, and how it gets into the report."""
    for line in result_words.unmerged(since):
        out.print(line)
    if since:
        out.print(
            f'Ska rapporten följa inkorgen som den är nu: uppsikt merge "{folder}" och sedan '
            f'uppsikt report "{folder}"'
        )


def print_closing(out: Console, checked: CheckedRound) -> None:
    """How many findings there are, and what remains to do about them."""
    out.print(result_words.closing(checked))


def print_review(out: Console, reviewed: CheckedRound | Review) -> None:
    """What is wrong in what a report is to be made of."""
    if isinstance(reviewed, Review):
        out.print(f"Läste {reviewed.folder / COMPILATION_FILE}")
        print_unmerged(out, reviewed.folder, reviewed.unmerged)
        changed = reviewed.compilation.use_changed
        if changed:
            out.print(
                f"Använd är ändrat för {listed(changed)} sedan sammanställningen gjordes, men rapporten görs "
                f'av texterna som de står. Ska ändringen med: uppsikt merge "{reviewed.folder}"'
            )
    print_findings(out, reviewed.findings)
    if reviewed.findings:
        anyway = "" if reviewed.ok else " Rapporten görs ändå. Rätta felen och kör igen."
        out.print(f"{tally(reviewed.findings).capitalize()}.{anyway}")
    if isinstance(reviewed, Review):
        print_carried(out, reviewed)
        _print_rule(out, reviewed.rule)


def _print_rule(out: Console, rule: Sequence[RuleTerm]) -> None:
    """Which units the report will say lack something, before it is made."""
    units: dict[str, list[str]] = {}
    for term in rule:
        if not term.holds:
            units.setdefault(term.unit, []).append(counted_term(term))
    if units:
        lacking = listed([f"{unit} ({listed(terms)})" for unit, terms in units.items()])
        out.print(f"Rapporten säger att regeln inte är uppfylld av {lacking}.")
    if by_others := without_own_form(rule):
        out.print(f"Rapporten säger att inget eget formulär ingår från {listed(by_others)}.")


def print_unread(out: Console, names: Sequence[str]) -> None:
    """Whom to ask for another file: those whose only one cannot be read."""
    if names:
        out.print(ask_for_another(names))


def as_json(checked: CheckedRound) -> str:
    """The round as one JSON object: what was handed in, and the activities as the compilation has them."""
    settings = checked.plan.settings
    findings = checked.findings
    known: dict[str, Any] = {
        "round": {
            "name": settings.round_name,
            "municipality": settings.municipality,
            "year": settings.year,
            "period": settings.period,
            "cutoff": settings.cutoff.isoformat() if settings.cutoff else None,
        },
        "submissions": [_submission(s) for s in checked.collection.submissions],
        "activities": [_activity(line) for line in checked.compilation.lines],
        "findings": [finding.as_json() for finding in findings],
        "summary": {
            f"{severity.value}s": sum(1 for f in findings if f.severity is severity)
            for severity in Severity
        },
    }
    return json.dumps(known, ensure_ascii=False, indent=2)


def _submission(submission: Submission) -> dict[str, Any]:
    return {
        "file": submission.file,
        "unit": submission.unit,
        "department": submission.department,
        "activities": submission.activities,
        "used": submission.used,
    }


def _activity(line: Line) -> dict[str, Any]:
    """An activity with what the coordinator has put right, and whether it is in the report."""
    activity = line.activity
    said = values.as_json(activity.values, activity.department)
    if said.pop("whole"):
        said["units"] = []
    known = {name: value if name == "units" else value or None for name, value in said.items()}
    return {
        "id": activity.id,
        "goal": activity.goal.text,
        **known,
        "included": line.choice.reported,
        # Only what is not reported in this round has it.
        **({"last_reported": activity.last_reported} if activity.last_reported else {}),
        "sources": [
            {"file": row.file, "sheet": row.sheet, "row": row.row} for row in activity.sources
        ],
    }


def print_rules(out: Console, codes: Sequence[str]) -> None:
    """What each code means: when it is given, an example, and what to do."""
    for code in codes:
        rule = CATALOGUE[code]
        head = Text(f"{code} ({WORDS[rule.severity]}) {rule.when}", style=_STYLES[rule.severity])
        out.print(head)
        out.print(f"  Exempel: {rule.example}")
        out.print(f"  Gör så här: {rule.remedy}")
