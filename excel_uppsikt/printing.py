"""What the commands print: findings by file, tables and closing lines. Words only; no decisions."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from excel_uppsikt.catalogue import CATALOGUE
from excel_uppsikt.collect import INBOX
from excel_uppsikt.findings import Finding, Severity, in_order
from excel_uppsikt.folding import folded
from excel_uppsikt.form import PLAN_FILE
from excel_uppsikt.model import Activity, Plan, Submission
from excel_uppsikt.office.text import counted, listed
from excel_uppsikt.outputs import Written
from excel_uppsikt.pipeline import Checked, Progress
from excel_uppsikt.pipeline_outputs import Back, Mailing
from excel_uppsikt.pipeline_reports import Publication, Report

WORDS = {Severity.ERROR: "fel", Severity.WARNING: "varning", Severity.HINT: "tips"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "dim"}
_PLURALS = {Severity.ERROR: "fel", Severity.WARNING: "varningar", Severity.HINT: "tips"}


def console() -> Console:
    """Where the commands print: in colour on a terminal, plain and unwrapped in a pipe."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows would else get the system's own code page, without ✔ and arrows.
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return Console(highlight=False, soft_wrap=True, markup=False, emoji=False)


@contextmanager
def reading(out: Console) -> Iterator[Progress]:
    """Shows which file is being read, on a terminal only."""
    if not out.is_terminal:
        yield lambda _: None
        return
    with out.status("Läser inkorgen …") as status:
        yield lambda name: status.update(f"Läser {name}")


def print_findings(out: Console, findings: Sequence[Finding]) -> None:
    """The findings in order under the file they are in, one line each."""
    for file, group in groupby(in_order(findings), key=lambda finding: finding.file):
        name = {None: "Enheterna", PLAN_FILE: f"Planen ({PLAN_FILE})"}.get(file, file)
        out.print(Text(str(name), style="bold"))
        if out.is_terminal:
            # A grid keeps long messages in a column of their own when they wrap.
            grid = Table.grid(padding=(0, 1))
            for finding in group:
                style = _STYLES[finding.severity]
                word = Text(f"  {WORDS[finding.severity]}", style=style)
                grid.add_row(word, Text(finding.code), Text(finding.message))
            out.print(grid, soft_wrap=False)
        else:
            for finding in group:
                out.print(f"  {WORDS[finding.severity]} {finding.code} {finding.message}")


def tally(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, such as `2 fel och 1 varning`."""
    counts = {
        severity: sum(1 for finding in findings if finding.severity is severity)
        for severity in Severity
    }
    told = [counted(n, WORDS[severity], _PLURALS[severity]) for severity, n in counts.items() if n]
    return listed(told) or "inga anmärkningar"


def advice(findings: Sequence[Finding]) -> str:
    """What remains to do about the findings, in a sentence."""
    if any(finding.severity is Severity.ERROR for finding in findings):
        return "Rätta felen, eller be enheterna rätta dem, och kör igen."
    if findings:
        return "Inget hindrar rapporten. Läs igenom varningarna först."
    return "Allt är klart."


def print_outcome(out: Console, checked: Checked) -> None:
    """What was found, what was read, and what remains to do."""
    print_read(out, checked)
    print_closing(out, checked)


def print_read(out: Console, checked: Checked) -> None:
    """What was found, and what was read."""
    print_findings(out, folded(checked.findings, checked.activities))
    if checked.findings:
        out.print()
    collection = checked.collection
    if not collection.submissions and not collection.passed_over and not checked.findings:
        out.print(f"Inkorgen är tom. Lägg de ifyllda formulären i {checked.folder / INBOX}")
    read = counted(len(collection.submissions), "arbetsbok lästes", "arbetsböcker lästes")
    rows = sum(len(s.entries) for s in collection.submissions if s.used)
    out.print(
        f"{read}: {counted(rows, 'rad', 'rader')}, "
        f"{counted(len(checked.activities), 'aktivitet', 'aktiviteter')} efter sammanslagning."
    )
    if collection.passed_over:
        files = counted(len(collection.passed_over), "fil", "filer")
        out.print(f"{files} hoppades över (låsfiler och dolda filer).")
    if checked.settled:
        count = counted(checked.settled, "anmärkning är rättad", "anmärkningar är rättade")
        out.print(f"{count} i sammanställningen och räknas inte.")


def print_closing(out: Console, checked: Checked) -> None:
    """How many findings there are, and what remains to do about them."""
    out.print(f"{tally(checked.findings).capitalize()}. {advice(checked.findings)}")


def print_written(out: Console, folder: Path, written: Written) -> None:
    """A file that was written, and whether it lies beside an edited one."""
    out.print(f"Skrev {shown(folder, written.path)}")
    if written.beside is not None:
        out.print(
            f"  {written.beside.name} har ändrats för hand och lämnades som den är. "
            "Jämför de två filerna och behåll den du vill ha."
        )


def shown(folder: Path, path: Path) -> str:
    """A path as the user sees it: under the round's folder as it was given."""
    return str(path if path.is_relative_to(folder) else folder / path)


def print_status(out: Console, checked: Checked) -> None:
    """Who has handed in, and what each unit lacks."""
    files: dict[str, list[str]] = {}
    for submission in checked.collection.submissions:
        if submission.used and submission.unit:
            files.setdefault(submission.unit, []).append(submission.file)
    lacking: dict[str, list[str]] = {}
    for term in checked.rule:
        if not term.holds:
            goal = f"för ”{term.goal.text.rstrip('.')}”" if term.goal else "aktiviteter"
            lacking.setdefault(term.unit, []).append(f"{term.have} av {term.minimum} {goal}")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("Enhet", "Inlämnat", "Regeln"):
        table.add_column(heading, overflow="fold")
    for unit in checked.plan.units:
        came = checked.handed_in[unit.name]
        unread = unit.name in checked.collection.unreadable_units
        other = "ja, men filen kan inte läsas" if unread else "ja, i formulär per mål"
        file = ", ".join(files.get(unit.name, [])) or (other if came else "nej")
        words = "; ".join(lacking.get(unit.name, []))
        table.add_row(unit.name, file, f"✘ {words}" if words else "✔ uppfylld")
    if out.is_terminal:
        out.print(table, soft_wrap=False)
    else:
        Console(highlight=False, markup=False, width=200, file=out.file).print(table)
    owing = [name for name, came in checked.handed_in.items() if not came]
    left = f"Väntar på {listed(owing)}." if owing else "Alla enheter har lämnat in."
    if checked.plan.settings.deadline:
        left += f" Sista svarsdag är {checked.plan.settings.deadline}."
    out.print(left)


def as_json(checked: Checked) -> str:
    """The round as one JSON object, with the keys that the design lays down."""
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
        "activities": [_activity(activity) for activity in checked.activities],
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
        "activities": len(submission.entries),
        "used": submission.used,
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "goal": activity.goal.text,
        "title": activity.title or None,
        "units": [] if activity.whole else list(activity.units),
        "department": activity.department,
        "start": activity.start.isoformat() if activity.start else None,
        "end": activity.end.isoformat() if activity.end else None,
        "description": activity.description or None,
        "status": activity.status.name if activity.status else None,
        "comment": activity.comment or None,
        "sources": [
            {"file": ref.file, "sheet": ref.sheet, "row": ref.row} for ref in activity.sources
        ],
    }


def print_reports(
    out: Console,
    folder: Path,
    plan: Plan,
    approved: Sequence[Activity],
    reports: Sequence[Report],
) -> None:
    """The reports that were written, and what to look after before they are sent."""
    for report in reports:
        for written in report.written:
            print_written(out, folder, written)
        if report.unfilled:
            out.print(f"  Uppgift saknas i planen för {listed(report.unfilled)}. Fyll i den.")
        for fault in report.faults:
            out.print(f"  Tillgänglighet: {fault}")
    if any(report.left_out for report in reports):
        out.print(
            "Texten i rapportmall.docx togs inte med, eftersom den saknar fält. Ska den vara rapportens "
            "framsida: sätt in till exempel {rapporttitel} och {verksamhet} i den."
        )
    if reports and not any(report.faults for report in reports):
        out.print("Tillgängligheten är kontrollerad, utan anmärkning.")
    if reports and not all(report.numbered for report in reports):
        out.print(
            "Innehållsförteckningen har inga sidnummer, eftersom LibreOffice inte är installerat. "
            "Vill du ha dem: högerklicka på förteckningen i Word och välj Uppdatera fält."
        )
    homeless = [activity for activity in approved if activity.department is None]
    if homeless and len(plan.departments) > 1:
        count = counted(len(homeless), "aktivitet", "aktiviteter")
        out.print(f"{count} hör inte till någon verksamhet och finns inte i någon rapport.")


def print_publications(out: Console, folder: Path, publications: Sequence[Publication]) -> None:
    """The clean copies, and what to do about the reports that cannot be published yet."""
    for publication in publications:
        for written in publication.written:
            print_written(out, folder, written)
        if publication.unfinished is not None:
            comments = counted(publication.unfinished.comments, "kommentar", "kommentarer")
            changes = counted(publication.unfinished.changes, "spårad ändring", "spårade ändringar")
            out.print(f"Inte klar att publicera: {shown(folder, publication.report)}")
            out.print(
                f"  Den har {comments} och {changes}. Öppna den i Word, godkänn eller avvisa "
                "ändringarna på fliken Granska, ta bort kommentarerna och kör igen."
            )
    if not publications:
        out.print(
            f'Det finns ingen rapport att publicera. Gör den först: uppsikt report "{folder}"'
        )
    elif all(publication.written for publication in publications):
        out.print("Inget i filerna visar vem som har skrivit. Läs igenom dem innan de publiceras.")


def print_compilation(out: Console, written: Written) -> None:
    """The compilation that was written, and where an edited one is kept."""
    out.print(f"Skrev {written.path}")
    if written.beside is not None:
        out.print(f"  Din version före körningen finns i {written.beside}")


def print_returns(out: Console, folder: Path, backs: Sequence[Back]) -> None:
    """The returns that were written, and what has been mended since the last hand-in."""
    written = [back.written for back in backs if back.written is not None]
    for one in written:
        if one.beside is not None:
            print_written(out, folder, one)
    if written:
        count = counted(len(written), "arbetsbok", "arbetsböcker")
        names = "; ".join(back.owner for back in backs if back.written is not None)
        place = shown(folder, written[0].path.parent)
        out.print(f"Skrev {count} i {place}, att skicka till: {names}.")
    for back in backs:
        if back.mended and not back.left:
            out.print(f"  {back.owner} har rättat allt sedan förra inlämningen.")
        elif back.mended:
            out.print(
                f"  {back.owner} har rättat {back.mended} sedan förra inlämningen; {back.left} kvar."
            )


def print_mailing(out: Console, folder: Path, mailing: Mailing, kind: str) -> None:
    """Who gets what, and who gets nothing for lack of an address or a file."""
    for draft, written in mailing.drafts:
        print_written(out, folder, written)
        out.print(f"  till {draft.to}: {draft.subject} ({', '.join(draft.attached)})")
        if draft.unfilled:
            out.print(f"  Uppgift saknas i planen för {listed(draft.unfilled)}. Fyll i den.")
    for owner in mailing.without_address:
        out.print(f"Ingen e-postadress i planen för {owner}.")
    first = {"templates": "uppsikt templates", "reports": "uppsikt report"}[kind]
    for file in mailing.missing:
        out.print(f"Filen {shown(folder, folder / file)} finns inte.")
    if mailing.missing:
        out.print(f'Gör det som saknas först: {first} "{folder}"')
    for path in mailing.newer:
        out.print(f"Det finns en nyare version som inte är bifogad: {path}")
    if mailing.drafts:
        count = counted(len(mailing.drafts), "utkast", "utkast")
        out.print(f"{count}. Öppna dem i Outlook, läs igenom och skicka.")
    else:
        out.print("Inga utkast gjordes.")


def print_rules(out: Console, codes: Sequence[str]) -> None:
    """What each code means: when it is given, an example, and what to do."""
    for code in codes:
        rule = CATALOGUE[code]
        severity = Severity(rule.severity)
        head = Text(f"{code} ({WORDS[severity]}) {rule.when}", style=_STYLES[severity])
        out.print(head)
        out.print(f"  Exempel: {rule.example}")
        out.print(f"  Gör så här: {rule.remedy}")
