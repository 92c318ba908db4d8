"""What both faces say of a round in the same words: counts, what came from whom, the rule, what is left."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from excel_uppsikt.findings.catalogue.rows import R308
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.to_correct import TO_CORRECT
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import RuleTerm
from excel_uppsikt.rounds.mailed import Mails
from excel_uppsikt.rounds.owing import Owing

if TYPE_CHECKING:
    from excel_uppsikt.word.publishing import Unfinished

WORDS = {Severity.ERROR: "fel", Severity.WARNING: "varning", Severity.HINT: "tips"}
MAILS = {
    MailKind.TEMPLATES: "formulär",
    MailKind.REMINDERS: "påminnelse",
    MailKind.RETURNS: "retur",
    MailKind.RECEIPTS: "kvitto",
    MailKind.COMPLETIONS: "komplettering",
    MailKind.REPORTS: "rapport",
}
_PLURALS = {Severity.ERROR: "fel", Severity.WARNING: "varningar", Severity.HINT: "tips"}


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
        return "Rätta felen, eller be enheterna rätta dem."
    if any(finding.of(R308) for finding in findings):
        return (
            "Inget hindrar rapporten, men den mejlas och publiceras inte så länge något är kvar att skriva "
            "färdigt (R308). Läs igenom varningarna först."
        )
    if any(finding.severity is Severity.WARNING for finding in findings):
        return "Inget hindrar rapporten. Läs igenom varningarna först."
    if findings:
        return "Inget hindrar rapporten. Läs gärna tipsen först."
    return "Allt är klart."


def counted_term(term: RuleTerm) -> str:
    """What a unit has of what the rule asks, such as `1 av 2 aktiviteter`."""
    goal = f"för ”{term.goal.text.rstrip('.')}”" if term.goal else "aktiviteter"
    handed = "" if term.handed is None else f", inlämnat {term.handed}"
    return f"{term.have} av {term.minimum} {goal}{handed}"


def handed_in(one: Owing) -> str:
    """What has come from a unit or a Gemensamt, when it was saved, and what has become of it."""
    status = one.status
    saved = f" (sparad {one.saved:%Y-%m-%d})" if one.saved else ""
    if status.files or not status.came:
        return f"{', '.join(status.files)}{saved}" if status.files else "nej"
    if not one.heard:
        return "ja, men filen kan inte läsas"
    unread = ", och en annan fil kan inte läsas" if status.unread else ""
    if status.set_aside:
        return f"ja, men {listed(status.set_aside)} används inte{unread}"
    return f"ja, i formulär per mål{saved}{unread}"


def left_to_correct(one: Owing) -> str:
    """The errors and warnings left for the owner to put right."""
    return _to_mend(one.left) or ("inget" if one.activities else "")


def _to_mend(findings: Collection[Finding]) -> str:
    """How many errors and warnings there are; hints are nothing that has to be put right."""
    wanted = [finding for finding in findings if finding.severity in TO_CORRECT]
    return tally(wanted) if wanted else ""


def returned(one: Owing) -> str:
    """Whether a return lies ready, and what has been put right since the time before."""
    made = "finns" if one.returned else ""
    mended = counted(one.mended, "rättad", "rättade") if one.mended else ""
    return ", ".join(filter(None, (made, mended)))


def mailed(mails: Mails) -> str:
    """When each kind of mail was last sent, drafted, or handed over without an answer."""
    told = [
        (mails.sent, "{kind} {day}"),
        (mails.drafted, "{kind} {day} (utkast)"),
        (mails.in_doubt, "{kind} {day} (okänt om den kom fram)"),
    ]
    return ", ".join(
        words.format(kind=MAILS[kind], day=days[kind])
        for days, words in told
        for kind in MAILS
        if kind in days
    )


def ask_for_another(names: Sequence[str]) -> str:
    """Whom to ask for another file: those whose only one cannot be read."""
    if len(names) > 1:
        return f"Be {listed(list(names))} om nya filer: de som kom kan inte läsas."
    return f"Be {listed(list(names))} om en ny fil: den som kom kan inte läsas."


def awaited(silent: Sequence[str], unread: Sequence[str]) -> str:
    """Who has handed in nothing; `unread` are those whose only file cannot be read."""
    if silent:
        return f"Väntar på {listed(list(silent))}."
    return "Något har kommit från alla enheter." if unread else "Alla enheter har lämnat in."


def rule_words(terms: Sequence[RuleTerm]) -> str:
    """Whether the unit rule holds by what the report will say, and what was handed in where it differs."""
    if not terms:
        return ""
    lacking = "; ".join(counted_term(term) for term in terms if not term.holds)
    beside = "; ".join(counted_term(term) for term in terms if term.holds and not term.held)
    if lacking:
        return f"✘ {lacking}"
    if beside:
        return f"✔ uppfylld i rapporten; {beside}"
    by_others = any(term.have for term in terms) and not all(term.heard for term in terms)
    return "✔ uppfylld genom andras aktiviteter" if by_others else "✔ uppfylld"


def sums(owners: Sequence[Owing], rows: int) -> str:
    """A department's sums in words. What two units share is counted once."""
    came, heard = sum(one.status.came for one in owners), sum(one.heard for one in owners)
    unread = f", från {came - heard} till kom en fil som inte kan läsas" if came > heard else ""
    left = _to_mend({finding for one in owners for finding in one.left})
    mend = f", {left} kvar att rätta" if left else ""
    return f"{heard} av {len(owners)} har lämnat in{unread}, {counted(rows, 'rad', 'rader')}{mend}"


def deadline_words(deadline: date | None, days: int | None) -> str:
    """The last day for answers, and how many days are left to it."""
    if deadline is None or days is None:
        return ""
    if days == 0:
        return f" Sista svarsdag är i dag, {deadline}."
    if days > 0:
        return f" Sista svarsdag är {deadline}, om {counted(days, 'dag', 'dagar')}."
    return f" Sista svarsdag var {deadline}, för {counted(-days, 'dag', 'dagar')} sedan."


def marks_left(unfinished: "Unfinished") -> str:
    """What those who wrote a report have left in it, such as `2 kommentarer`; '' for nothing."""
    found = [
        counted(number, one, many)
        for number, one, many in (
            (unfinished.comments, "kommentar", "kommentarer"),
            (unfinished.changes, "spårad ändring", "spårade ändringar"),
            (unfinished.embedded, "inbäddad fil", "inbäddade filer"),
        )
        if number
    ]
    return listed(found)
