"""What is told of the committees' decisions on the page: how each report stands, and what to do next."""

from dataclasses import dataclass
from datetime import date

from excel_uppsikt.compilation.completions import due
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Outcome
from excel_uppsikt.report.sent_back import when
from excel_uppsikt.rounds import decision_words, result_words
from excel_uppsikt.rounds.decided import DepartmentState
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.web import step_words

DECIDING, DECIDED = "Skriver beslutet i sammanställningen", "Beslutet står i sammanställningen"
CORRECTING, CORRECTED = (
    "Ändrar beslutet i sammanställningen",
    "Beslutet är ändrat i sammanställningen",
)
REMOVING, REMOVED = (
    "Tar bort beslutet ur sammanställningen",
    "Beslutet är borttaget ur sammanställningen",
)
ASKING, ASKED = "Skriver Komplettera i sammanställningen", "Komplettera står i sammanställningen"
NOT_ASKED = "Komplettera är borttaget ur sammanställningen"
NO_ROW = "Välj en aktivitet."
ALL_GIVEN = (
    "Alla formulär för komplettering har kommit. Gör sammanställningen igen om de inte är med, och sedan den "
    "kompletterade rapporten på sidan Rapport."
)
TO_BOARD = "Gör rapporten och tjänsteskrivelsen för kommunstyrelsen på sidan Rapport."


@dataclass(frozen=True, slots=True)
class Told:
    """How a department's report stands, and what to do; also whether there are forms to make, or to mail."""

    department: str
    outcome: str
    lines: tuple[str, ...]
    to_make: bool = False
    to_mail: bool = False


def told(checked: CheckedRound, state: DepartmentState, today: date) -> Told:
    """What is told of a department that has been decided about."""
    ruling = state.ruling
    outcome = f"{result_words.OUTCOMES[ruling.outcome]}{when(ruling)}."
    if ruling.outcome is Outcome.TO_BOARD:
        return Told(ruling.department, outcome, () if state.reported else (TO_BOARD,))
    if ruling.outcome is not Outcome.SENT_BACK:
        return Told(ruling.department, outcome, ())
    return Told(
        ruling.department,
        outcome,
        tuple(_after_sent_back(checked, state, today)),
        to_make=bool(state.unmade or state.outdated),
        to_mail=bool(state.waiting) and not (state.unmade or state.outdated),
    )


def _after_sent_back(checked: CheckedRound, state: DepartmentState, today: date) -> list[str]:
    ruling = state.ruling
    if not state.asked:
        return [WHAT_TO_COMPLETE]
    lines: list[str] = []
    if state.unmade:
        lines.append(make_forms(listed(state.unmade)))
    if state.waiting:
        day = decision_words.last_day(due(checked.plan, ruling), today)
        waiting = step_words.waiting_for_completions(listed(state.waiting))
        lines.append(f"{waiting} {day}".rstrip())
    if state.outdated:
        told_day = decision_words.other_day(state.outdated, due(checked.plan, ruling))
        lines.append(f"{told_day} {MAKE_AGAIN}")
    if state.given:
        lines.append(result_words.completed_by(state.given))
    meets = checked.plan.department(ruling.department).report_date
    if meets is not None and ruling.day is not None and meets <= ruling.day:
        lines.append(decision_words.meets_too_early(meets, ruling.day))
    if not state.waiting:
        lines.append(ALL_GIVEN)
    return lines


WHAT_TO_COMPLETE = (
    "Skriv vad som ska kompletteras: i en aktivitet under Komplettera nedan, eller av en enhet, som ett "
    "beslut till med enheten. Gör sedan formulären för komplettering."
)


MAKE_AGAIN = "Gör formulären igen, och skicka dem."


def make_forms(names: str) -> str:
    """Who has no form yet for what is to be completed."""
    return f"Gör formulär för komplettering till {names}."
