"""What is told of the committees' decisions: how each report stands, and what to do next."""

from datetime import date
from pathlib import Path

from rich.console import Console

from excel_uppsikt.cli.print_files import print_written, shown
from excel_uppsikt.cli.print_round import print_findings
from excel_uppsikt.compilation.completions import due
from excel_uppsikt.model import Outcome
from excel_uppsikt.round_paths import COMPILATION_FILE, COMPLETION_FORMS
from excel_uppsikt.rounds import decision_words, result_words
from excel_uppsikt.rounds.decided import DepartmentState, department_states
from excel_uppsikt.rounds.results import CheckedRound, CompletionForms
from excel_uppsikt.rounds.unmerged import unmerged
from excel_uppsikt.rounds.versions import clock_day


def print_decisions(out: Console, checked: CheckedRound, today: date | None = None) -> None:
    """How the report of each department that has been decided about stands, and the next step."""
    for state in department_states(checked):
        from excel_uppsikt.report.sent_back import when  # with python-docx

        ruling = state.ruling
        out.print(f"{ruling.department}: {result_words.OUTCOMES[ruling.outcome]}{when(ruling)}.")
        if ruling.outcome is Outcome.SENT_BACK:
            for line in _after_sent_back(checked, state, today or clock_day()):
                out.print(f"  {line}")
        elif ruling.outcome is Outcome.TO_BOARD and not state.reported:
            out.print(
                "  Gör rapporten och tjänsteskrivelsen för kommunstyrelsen: "
                f'uppsikt report "{checked.folder}"'
            )


def _after_sent_back(checked: CheckedRound, state: DepartmentState, today: date) -> list[str]:
    folder = checked.folder
    if not state.asked:
        return [
            f"Skriv vad som ska kompletteras i {folder / COMPILATION_FILE}: på raden, i kolumnen Komplettera "
            "på bladet Aktiviteter, eller för en enhet på bladet Beslut. Gör sedan formulären: "
            f'uppsikt templates "{folder}" --completion'
        ]
    lines: list[str] = []
    if state.unmade:
        lines.append(
            f'Gör formulär till {"; ".join(state.unmade)}: uppsikt templates "{folder}" --completion'
        )
    if state.waiting:
        names = "; ".join(state.waiting)
        day = decision_words.last_day(due(checked.plan, state.ruling), today)
        lines.append(f"Formuläret för komplettering har inte kommit från {names}. {day}".rstrip())
        if state.outdated:
            told = decision_words.other_day(state.outdated, due(checked.plan, state.ruling))
            lines.append(f'{told} Gör dem igen: uppsikt templates "{folder}" --completion')
        elif not state.unmade:
            lines.append(f'Mejla formulären: uppsikt mail "{folder}" completions')
    if state.given:
        lines.append(result_words.completed_by(state.given))
    meets = checked.plan.department(state.ruling.department).report_date
    if meets is not None and state.ruling.day is not None and meets <= state.ruling.day:
        lines.append(decision_words.meets_too_early(meets, state.ruling.day))
    if not state.waiting:
        first = f'uppsikt merge "{folder}" och sedan ' if unmerged(folder) else ""
        lines.append(
            "Alla formulär för komplettering har kommit. Gör den kompletterade rapporten: "
            f'{first}uppsikt report "{folder}"'
        )
    return lines


def print_completion_forms(out: Console, forms: CompletionForms) -> None:
    """The forms for what was sent back, and what nobody is asked."""
    folder = forms.folder
    for written in forms.written:
        print_written(out, folder, written)
    if forms.removed:
        out.print(result_words.forms_removed(forms.removed))
    print_findings(out, forms.findings)
    for name in forms.undecided:
        out.print(
            f"Komplettera är ifyllt för {name}, men på bladet Beslut står inget om återremiss. Skriv "
            "beslutet där och kör igen."
        )
    for activity in forms.homeless:
        out.print(
            f"”{activity.values.title}” har Komplettera men hör inte till någon verksamhet. Fyll i Enheter "
            "på raden och kör igen."
        )
    if forms.without_day:
        out.print(
            "Planen har ingen sista dag efter beslutet, så formulären har ingen. Fyll i Sista dag för "
            "rättningar på planens blad Omgång och kör igen."
        )
    if forms.written:
        place = shown(folder, folder / COMPLETION_FORMS)
        count = f"{len(forms.written)} formulär i {place}."
        out.print(f'{count} Gör mejl: uppsikt mail "{folder}" completions')
    else:
        out.print(
            f"Inga formulär gjordes. Skriv beslutet på bladet Beslut i {_compilation(folder)} (Utfall: "
            "återremiss) och vad som ska kompletteras: i kolumnen Komplettera på bladet Aktiviteter, eller "
            "vid Enhet på bladet Beslut."
        )


def _compilation(folder: Path) -> Path:
    return folder / COMPILATION_FILE
