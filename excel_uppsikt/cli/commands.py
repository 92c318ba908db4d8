"""What each command does: calls the steps in order, has them printed, answers the exit status.

0 when nothing is wrong, 1 when at least one finding is an error. What cannot be run at all raises
`CannotRunError`, whose text is the one line to show.
"""

import shutil
from pathlib import Path

from rich.console import Console

from excel_uppsikt.bundled import bundled
from excel_uppsikt.cli import print_files as printing_outputs
from excel_uppsikt.cli import print_round as printing
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.review import review
from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.findings.finding import CannotRunError, Finding, has_errors, in_order
from excel_uppsikt.folder import COMPILATION_FILE, INBOX, PLAN_FILE
from excel_uppsikt.form.templates import Per, left_out
from excel_uppsikt.language.text import counted
from excel_uppsikt.mail.drafts import MailKind
from excel_uppsikt.model import Activity, Compilation, Plan
from excel_uppsikt.rounds.checking import Checked, as_merged, load_plan, previous_compilation
from excel_uppsikt.rounds.checking import check as check_round
from excel_uppsikt.rounds.mailings import mail_forms, mail_reminders, mail_reports, mail_returns
from excel_uppsikt.rounds.reports import Extras, newer_than_compilation, write_reports
from excel_uppsikt.rounds.reports import publish as publish_reports
from excel_uppsikt.rounds.workbooks import (
    new_round,
    write_compilation,
    write_returns,
    write_templates,
)
from excel_uppsikt.word.pages import libreoffice

_SAMPLE = "ange-2024"


def init(folder: Path) -> int:
    """Makes a new round's folder and tells the next steps."""
    if (folder / PLAN_FILE).exists():
        raise CannotRunError(
            f"{folder} har redan en {PLAN_FILE}. Inget ändrades. Välj en annan mapp."
        )
    out = printing.console()
    out.print(f"Skrev {new_round(folder)}")
    out.print("Gör så här nu:")
    out.print("  1. Fyll i planen i Excel: omgång, mål, verksamheter, enheter och mottagare.")
    out.print(f'  2. Gör formulären: uppsikt templates "{folder}"')
    out.print(f"  3. Lägg de ifyllda formulären i {folder / INBOX}")
    out.print(f'  4. Gör sammanställning och rapport: uppsikt run "{folder}"')
    return 0


def templates(folder: Path, *, per: str = Per.UNIT) -> int:
    """Writes the round's forms."""
    out = printing.console()
    plan, findings = _plan(out, folder)
    before = previous_compilation(folder, plan)
    findings = (*findings, *before.findings)
    count = 0
    for written in write_templates(folder, plan, Per(per), before.compilation.approved):
        printing_outputs.print_written(out, folder, written)
        count += 1
    printing.print_findings(out, findings)
    if before.compilation.approved:
        carried = counted(len(before.compilation.approved), "aktivitet", "aktiviteter")
        out.print(f"{carried} från {plan.settings.previous}.")
    _print_left_behind(out, plan, Per(per), before.compilation)
    if has_errors(findings):
        out.print(f"{count} formulär. Rätta planen och gör om formulären innan de skickas.")
    else:
        out.print(f'{count} formulär. Gör mejl till enheterna: uppsikt mail "{folder}" templates')
    return _status(findings)


def _print_left_behind(out: Console, plan: Plan, per: Per, before: Compilation) -> None:
    """The previous round's activities that are in no form, and why."""
    for activity in left_out(plan, per, before.approved):
        out.print(
            f"Följde inte med: ”{activity.values.title}”. Målet eller enheten finns inte längre i planen. "
            "Har enheten bytt namn: skriv det gamla under Tidigare namn på bladet Enheter och kör igen."
        )
    for line in before.lines:
        if not line.choice.include:
            out.print(
                f"Följde inte med: ”{line.activity.values.title}”. Ta med är nej i {plan.settings.previous}."
            )


def check(folder: Path, *, as_json: bool) -> int:
    """Prints the findings, as text or as one JSON object, and writes the returns."""
    out = printing.console()
    checked = _checked(out, folder)
    backs = write_returns(checked)
    if as_json:
        out.print(printing.as_json(checked))
    else:
        printing.print_read(out, checked)
        printing_outputs.print_returns(out, folder, backs)
        printing.print_closing(out, checked)
    return _status(checked.findings)


def merge(folder: Path) -> int:
    """Writes the compilation."""
    out = printing.console()
    checked = as_merged(_checked(out, folder))
    printing.print_outcome(out, checked)
    printing_outputs.print_compilation(out, write_compilation(checked))
    out.print(f'Gå igenom den och gör sedan rapporten: uppsikt report "{folder}"')
    return _status(checked.findings)


def report(folder: Path, *, department: str | None, pdf: bool, sources: bool) -> int:
    """Writes reports of what the coordinator has approved; merges first where nothing is merged."""
    out = printing.console()
    plan, findings = _plan(out, folder)
    chosen = _department(plan, department)
    if (folder / COMPILATION_FILE).is_file():
        read = read_compilation(folder / COMPILATION_FILE, plan)
        last = review(plan, read.compilation)
        findings, approved = in_order((*findings, *read.findings, *last)), read.compilation.approved
        out.print(f"Läste {folder / COMPILATION_FILE}")
        if newer_than_compilation(folder):
            out.print(
                "Inkorgen har filer som är nyare än sammanställningen. Ska de med: "
                f'uppsikt merge "{folder}"'
            )
    else:
        checked = _checked(out, folder)
        printing_outputs.print_compilation(out, write_compilation(checked))
        findings, approved = checked.findings, checked.compilation.approved
    printing.print_findings(out, findings)
    if findings:
        out.print(f"{printing.tally(findings).capitalize()}.")
    _reports(out, folder, plan, approved, chosen, Extras(pdf, sources))
    return _status(findings)


def publish(folder: Path, *, department: str | None) -> int:
    """Writes clean copies of the reports; 1 when one is not ready, or there is none."""
    out = printing.console()
    plan, findings = _plan(out, folder)
    printing.print_findings(out, findings)
    done = list(publish_reports(folder, plan, department=_department(plan, department)))
    printing_outputs.print_publications(out, folder, done)
    return _status(findings) or int(not done or not all(one.written for one in done))


def run(folder: Path) -> int:
    """Checks, merges and reports."""
    out = printing.console()
    checked = as_merged(_checked(out, folder))
    printing.print_outcome(out, checked)
    printing_outputs.print_returns(out, folder, write_returns(checked))
    printing_outputs.print_compilation(out, write_compilation(checked))
    _reports(out, folder, checked.plan, checked.compilation.approved, None, Extras())
    return _status(checked.findings)


def status(folder: Path) -> int:
    """Prints who has handed in and who owes what."""
    out = printing.console()
    checked = _checked(out, folder)
    printing.print_status(out, checked)
    if not all(checked.handed_in.values()):
        out.print(f'Påminn dem som inte har lämnat in: uppsikt mail "{folder}" reminders')
    if checked.findings:
        out.print(f'{printing.tally(checked.findings).capitalize()}. Se: uppsikt check "{folder}"')
    return _status(checked.findings)


def mail(folder: Path, *, kind: str) -> int:
    """Writes a draft for each recipient and prints who gets what; 1 when somebody should and none does."""
    out = printing.console()
    plan, findings = _plan(out, folder)
    match MailKind(kind):
        case MailKind.TEMPLATES:
            mailing = mail_forms(folder, plan)
        case MailKind.REPORTS:
            mailing = mail_reports(folder, plan)
        case MailKind.REMINDERS:
            mailing = mail_reminders(_checked(out, folder))
        case MailKind.RETURNS:
            checked = _checked(out, folder)
            mailing = mail_returns(checked, write_returns(checked))
    printing.print_findings(out, findings)
    printing_outputs.print_mailing(out, folder, mailing)
    return _status(findings) if mailing.drafts or mailing.nobody else 1


def rules(code: str | None) -> int:
    """Explains one finding code, or all."""
    if code is not None and code.upper() not in CATALOGUE:
        raise CannotRunError(f"Koden {code} finns inte. Skriv uppsikt rules för att se alla.")
    printing.print_rules(printing.console(), [code.upper()] if code else list(CATALOGUE))
    return 0


def demo(folder: Path) -> int:
    """Copies the sample round and runs it from forms to report."""
    sample = bundled("samples") / _SAMPLE
    plan = folder / PLAN_FILE
    if plan.exists() and plan.read_bytes() != (sample / PLAN_FILE).read_bytes():
        raise CannotRunError(
            f"{folder} har redan en annan omgång. Inget ändrades. "
            "Välj en annan mapp: uppsikt demo MAPP"
        )
    out = printing.console()
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    out.print(f"Exempelomgången ligger i {folder.resolve()}\n")
    templates(folder)
    out.print()
    return run(folder)


def _status(findings: tuple[Finding, ...]) -> int:
    return int(has_errors(findings))


def _plan(out: Console, folder: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """The round's plan and its findings. Raises when the plan cannot be used, having said why."""
    reading = load_plan(folder)
    if reading.plan is None:
        printing.print_findings(out, reading.findings)
        raise CannotRunError("Planen kan inte användas förrän felen i den är rättade.")
    return reading.plan, reading.findings


def _checked(out: Console, folder: Path) -> Checked:
    plan, findings = _plan(out, folder)
    with printing.reading(out) as progress:
        return check_round(folder, plan, found=findings, progress=progress)


def _department(plan: Plan, written: str | None) -> str | None:
    """The department that was asked for, as the plan spells it; None for all."""
    if written is None:
        return None
    names = {department.name.casefold(): department.name for department in plan.departments}
    if written.casefold() not in names:
        known = ", ".join(names.values())
        raise CannotRunError(f"Verksamheten {written} finns inte i planen. Välj bland: {known}.")
    return names[written.casefold()]


def _reports(
    out: Console,
    folder: Path,
    plan: Plan,
    approved: tuple[Activity, ...],
    chosen: str | None,
    extras: Extras,
) -> None:
    reports = list(write_reports(folder, plan, approved, department=chosen, extras=extras))
    printing_outputs.print_reports(out, folder, plan, approved, reports)
    if extras.pdf and reports and libreoffice() is None:
        out.print(
            "Ingen PDF gjordes, eftersom LibreOffice inte är installerat. Word kan spara som PDF."
        )
    if reports:
        out.print(f'Läs igenom och gör sedan mejl: uppsikt mail "{folder}" reports')
