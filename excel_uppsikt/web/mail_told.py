"""What is told of mail on the page: what can be mailed, who gets nothing and why, and what came of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.ledger import Row, State
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds import mail_words
from excel_uppsikt.rounds.results import Drafted, Mailing, Sent
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.words import ask_for_another
from excel_uppsikt.web import report_words, told
from excel_uppsikt.web.render import Notice

# What can be mailed: the name, and to whom it goes.
KINDS: dict[MailKind, tuple[str, str]] = {
    MailKind.TEMPLATES: ("Formulären", "till enheterna, att fylla i"),
    MailKind.REMINDERS: ("Påminnelser", "till dem som inte har lämnat in, eller har fel kvar"),
    MailKind.RETURNS: ("Returer", "till dem som har något att rätta, med det markerat"),
    MailKind.RECEIPTS: ("Kvitton", "till dem som har lämnat in, på hur det står i rapporten"),
    MailKind.COMPLETIONS: ("Kompletteringar", "till dem som ska komplettera efter en återremiss"),
    MailKind.REPORTS: ("Rapporterna", "till rapportens mottagare"),
}
# Where the files of a mailing are made.
_FIRST = {
    MailKind.TEMPLATES: "Formulär",
    MailKind.REMINDERS: "Formulär",
    MailKind.RETURNS: "Enheter",
    MailKind.RECEIPTS: "Enheter",
    MailKind.COMPLETIONS: "Formulär",
    MailKind.REPORTS: "Rapport",
}
NO_KIND = "Välj vad som ska mejlas."
NO_WAY = "Det sättet att skicka finns inte. Visa mejlen igen."
GONE = "Den listan finns inte kvar. Visa mejlen igen."
CHANGED = (
    "Mejlen har ändrats sedan de visades, eller har redan skickats. Inget skickades nu. "
    "Visa dem igen och se igenom dem."
)
NOTHING_LEFT = "Inget skickades: allt är redan skickat, eller okänt om det kom fram."
LOOKING, DRAFTING, SENDING, SETTLING = (
    "Ser efter vem som ska ha mejl",
    "Gör utkast",
    "Skickar mejlen",
    "Sparar svaren",
)
# The way by which old drafts are taken away where there is nothing to draft.
TIDIES = "graph-utkast"
TIDIED = "Gamla utkast är genomgångna"
DRAFTED, NO_DRAFTS = "Utkasten är gjorda", "Inga utkast gjordes"
SENT, DRAFTED_THERE, NOT_ALL = (
    "Mejlen är skickade",
    "Utkasten är gjorda",
    "Några mejl gick inte i väg",
)
STOPPED = "Mejlen stoppades"
SEND_THE_REST = (
    "De som inte började går att skicka: visa mejlen igen. De som har gått går inte två gånger."
)
AGAIN, ONLY, UNFINISHED = (
    "Även det som redan är skickat till samma person",
    "Bara till",
    "Även rapporter som inte är klara",
)
_DO_AGAIN = f"kryssa i ”{AGAIN}”"
_IN_DOUBT = f"Visa mejlen igen och svara på om det kom fram, eller {_DO_AGAIN}."
# What has become of a message, as it stands in the list of what was sent, and how it looks.
STATES: dict[State, tuple[str, str]] = {
    State.DRAFTING: ("utkast påbörjat", "plain"),
    State.DRAFTED: ("utkast", "plain"),
    State.SENDING: ("okänt om det kom fram", "warning"),
    State.SENT: ("skickat", "good"),
    State.REFUSED: ("togs inte emot", "error"),
    State.LATER: ("togs inte emot just då", "error"),
    State.BROKEN: ("inte skickat", "error"),
    State.TOO_LARGE: ("för stort", "error"),
    State.UNKNOWN: ("okänt om det kom fram", "warning"),
    State.REMOVED: ("borttaget", "plain"),
    State.GONE: ("finns inte kvar", "warning"),
}


def of_mailing(mailing: Mailing) -> Iterator[str]:
    """What is wrong in the plan, who gets nothing and why, and the reports that are held back."""
    yield from (finding.message for finding in mailing.findings)
    for held in mailing.held:
        yield f"Inte klar att mejla: {Path(held.file).name}."
        yield from told.not_ready(held.lying)
        yield f"Ska den gå ut ändå: kryssa i ”{UNFINISHED}”."
    for one in mailing.told:
        yield from told.not_ready(replace(one.lying, left=()))
    yield from (report_words.old_pdf(path.name) for path in mailing.old_pdfs)
    yield from told.withheld(mailing.withheld)
    yield from map(mail_words.without_address, mailing.unreached)
    yield from (mail_words.not_theirs(one, Path(one.file).name) for one in mailing.misplaced)
    for file in mailing.unnamed:
        yield (
            f"{Path(file).name} säger inte själv vems den är och bifogas inte. Gör rapporten på nytt, eller "
            "spara PDF:en ur Word med dokumentegenskaperna."
        )
    if mailing.missing:
        missing = listed([Path(file).name for file in mailing.missing])
        yield (
            f"Inget mejl med filer som inte finns: {missing}. Gör dem på sidan {_FIRST[mailing.kind]} och "
            "visa sedan mejlen igen."
        )
    yield from map(mail_words.newer_beside, mailing.newer)
    if mailing.unread:
        yield ask_for_another(mailing.unread)
    if mailing.nobody:
        yield mail_words.nobody(mailing, chosen_by=f"”{ONLY}”")


def of_drafts(done: Drafted) -> Notice:
    """What came of making drafts in files."""
    lines = [mail_words.drafts_made(len(done.drafts))] if done.drafts else []
    lines += told.beside(written for _, written in done.drafts)
    lines += [_unfilled(draft.to, draft.unfilled) for draft, _ in done.drafts if draft.unfilled]
    lines += _kept(done.kept)
    lines += [_passed_over(known.row) for known in done.passed_over if known.row is not None]
    if done.removed:
        lines.append(mail_words.drafts_removed(done.removed))
    lines += of_mailing(done.mailing)
    title = DRAFTED if done.drafts else NO_DRAFTS
    good = done.ok and (bool(done.drafts) or done.mailing.nobody)
    return Notice(title, lines, told.tone(good))


def of_sent(done: Sent, *, sends: bool) -> Notice:
    """What came of sending, or of drafts in Microsoft 365, message by message."""
    lines = [mail_words.sums(done)]
    for one in done.delivered:
        if one.row is None:
            lines.append(mail_words.not_begun(one.message))
            continue
        lines.append(_passed_over(one.row) if one.passed_over else mail_words.delivered(one.row))
        if one.message.unfilled and one.arrived and not one.passed_over:
            lines.append(_unfilled(one.message.to, one.message.unfilled))
    lines += _kept(done.kept)
    if done.removed:
        lines.append(mail_words.drafts_removed(done.removed))
    lines += mail_words.withdrawn(done.withdrawn)
    lines += of_mailing(done.mailing)
    title = SENT if sends else DRAFTED_THERE
    if any(one.row is None for one in done.delivered):
        title = STOPPED
        lines.insert(1, SEND_THE_REST)
    elif not all(one.arrived for one in done.delivered):
        title = NOT_ALL
    elif done.withdrawn and all(one.passed_over for one in done.delivered):
        title = TIDIED
    return Notice(title, lines, told.tone(done.ok))


def _passed_over(row: Row) -> str:
    return mail_words.passed_over(row, again=_DO_AGAIN, in_doubt=_IN_DOUBT)


def _unfilled(to: str, marks: tuple[str, ...]) -> str:
    return (
        f"I mejlet till {to} står {listed(list(marks))} kvar, eftersom uppgiften saknas i planen. Fyll i "
        "planen, eller rätta texten på dess blad Texter, och gör mejlet igen."
    )


def _kept(kept: KeptVersions | None) -> list[str]:
    if kept is None:
        return []
    lines = [report_words.kept(path.name) for path in kept.made]
    return [*lines, *(finding.message for finding in kept.findings)]


def mails(count: int) -> str:
    """How many messages there are."""
    return counted(count, "mejl", "mejl")


def at(number: int, count: int, to: str) -> str:
    """How far the sending is."""
    return f"{number} av {count} ({to})"
