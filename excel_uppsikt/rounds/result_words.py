"""What both faces say in the same words of what a step gave: what was read, made, put right and decided."""

from collections.abc import Sequence

from excel_uppsikt.findings.finding import quote
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.model import Outcome
from excel_uppsikt.round_paths import REPORT_TEMPLATE
from excel_uppsikt.rounds.laying_aside import laid_aside
from excel_uppsikt.rounds.results import CheckedRound, Unmerged
from excel_uppsikt.rounds.words import advice, tally

NO_PDF = "Ingen PDF gjordes, eftersom LibreOffice inte är installerat. Word kan spara som PDF."
TEMPLATE_COPIED = f"{REPORT_TEMPLATE} kopierades."
# A report is made of the compilation, also one that has not been made yet.
_NOT_IN = "Det är inte med i sammanställningen, och därför inte i rapporten."
_AS_BEFORE = "Ändringarna är inte med i sammanställningen, och därför inte i rapporten."
_STILL_IN = "Sammanställningen, och därför rapporten, är som innan."
_PERHAPS_IN = "Det är kanske inte med i sammanställningen och rapporten."
OUTCOMES = {
    Outcome.APPROVED: "godkänd",
    Outcome.SENT_BACK: "återremitterad",
    Outcome.TO_BOARD: "lämnad till kommunstyrelsen",
}


def what_was_read(checked: CheckedRound) -> list[str]:
    """What was read, and how much of it the report holds where that is not all."""
    collection, merged = checked.collection, len(checked.activities)
    read = counted(len(collection.submissions), "arbetsbok lästes", "arbetsböcker lästes")
    rows = sum(len(one.entries) for one in collection.submissions if one.used)
    lines = [
        f"{read}: {counted(rows, 'rad', 'rader')}, "
        f"{counted(merged, 'aktivitet', 'aktiviteter')} efter sammanslagning."
    ]
    told = sum(1 for one in checked.compilation.approved if one.department is not None)
    if told != merged:
        lines.append(f"{counted(told, 'aktivitet', 'aktiviteter')} redovisas i rapporten.")
    aside = laid_aside(checked.folder)
    return [*lines, *([lies_aside(aside)] if aside else [])]


def lies_aside(names: Sequence[str]) -> str:
    """Files that the coordinator has laid aside, which count for nothing."""
    files = counted(len(names), "fil är undanlagd", "filer är undanlagda")
    return f"{files} i inkorgen och räknas inte: {listed(list(names))}."


def closing(checked: CheckedRound) -> str:
    """How many findings there are, and what remains to do about them."""
    return f"{tally(checked.findings).capitalize()}. {advice(checked.findings)}"


def passed_over(names: Sequence[str]) -> str:
    """How many of the inbox's files were not looked at; '' for none."""
    files = counted(len(names), "fil", "filer")
    return f"{files} hoppades över (låsfiler och dolda filer)." if names else ""


def left_behind(text: str, place: str) -> str:
    """What stands in the last round's plan and not in the new one."""
    return f"Följde inte med: {quote(text)} i förra planen, {place}."


def unmerged(of: Unmerged) -> list[str]:
    """What has happened in the inbox since the compilation was made, a line for each kind; [] for nothing."""
    said = (
        (of.come, "Har kommit till inkorgen sedan sammanställningen gjordes", _NOT_IN),
        (of.changed, "Har ändrats i inkorgen sedan sammanställningen gjordes", _AS_BEFORE),
        (of.gone, "Har tagits bort ur inkorgen sedan sammanställningen gjordes", _STILL_IN),
        (of.newer, "Har sparats i inkorgen efter sammanställningen", _PERHAPS_IN),
    )
    return [f"{told}: {listed(names)}. {means}" for names, told, means in said if names]


def put_right(owner: str, corrected: int, left: int) -> str:
    """What has been put right since the hand-in before."""
    if not left:
        return f"{owner} har rättat allt sedan förra inlämningen."
    count = counted(corrected, "anmärkning", "anmärkningar")
    return f"{owner} har rättat {count} sedan förra inlämningen; {left} är kvar."


def completed_by(names: tuple[str, ...]) -> str:
    """Who has completed what was sent back."""
    return f"Har kompletterat: {listed(names)}."


def forms_removed(names: tuple[str, ...]) -> str:
    """Forms that ask for nothing now."""
    return f"Tog bort formulär som inte behövs längre: {listed(names)}."


def no_page_numbers(*, can_print: bool) -> str:
    """Why the contents have no page numbers."""
    why = (
        "LibreOffice inte kunde läsa rapporten" if can_print else "LibreOffice inte är installerat"
    )
    return (
        f"Innehållsförteckningen har inga sidnummer, eftersom {why}. Vill du ha dem: högerklicka på "
        "förteckningen i Word och välj Uppdatera fält."
    )


def in_no_report(homeless: int) -> str:
    """Activities that belong to no department."""
    count = counted(homeless, "aktivitet", "aktiviteter")
    return f"{count} hör inte till någon verksamhet och finns inte i någon rapport."


def not_accessible(fault: str) -> str:
    """What in a report not everybody can read."""
    return f"Tillgänglighet: {fault}"


def left_there(text: str, where: str) -> str:
    """Something that is left to fill in."""
    return f"{text} står kvar {where}."
