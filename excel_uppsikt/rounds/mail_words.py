"""What both faces say of mail in the same words: who gets what and why, and what became of each message."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from excel_uppsikt.language.numbers import swedish_date
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.delivery import Standing
from excel_uppsikt.mail.ledger import IN_DOUBT, Row, State
from excel_uppsikt.mail.message import MailKind, Message
from excel_uppsikt.mail.outdated import Withdrawal, Withdrawn
from excel_uppsikt.rounds.results import Mailing, Misplaced, Sent, Unreached
from excel_uppsikt.rounds.words import awaited

HEADINGS = ("Till", "Ämne", "Bilagor", "Varför")
NOTHING_SENT = "Inget skickades."
GONE = "finns inte kvar där det gjordes: det har skickats för hand, flyttats eller tagits bort."
_NOBODY = {
    MailKind.REMINDERS: "Alla enheter har lämnat in. Ingen behöver påminnas.",
    MailKind.RETURNS: "Ingen har något att komplettera.",
    MailKind.RECEIPTS: "Ingen har lämnat in något att kvittera.",
    MailKind.COMPLETIONS: "Ingen har något att komplettera efter en återremiss.",
}
_ANSWERS, _CORRECTIONS = "Sista svarsdag", "Sista dag för rättningar"
_NOT_SENT = {
    State.REFUSED: "servern tog inte emot det ({answer}). Se efter adressen i planen och kör igen.",
    State.LATER: "servern tar inte emot just nu ({answer}), efter {tries} försök. Kör igen senare.",
    State.BROKEN: "förbindelsen bröts innan det var överlämnat ({answer}). Kör igen.",
    State.TOO_LARGE: "det är för stort ({answer}). Skicka bilagorna på ett annat sätt.",
}


_WITHDRAWN = {
    Withdrawal.REMOVED: "Tog bort {count} i Microsoft 365 som inte gäller längre, till {whom}.",
    Withdrawal.GONE: (
        "Finns inte kvar i Microsoft 365: {count} till {whom}. Det är skickat för hand, flyttat eller "
        "borttaget. Se efter bland skickade mejl."
    ),
    Withdrawal.CHANGED: (
        "Ligger kvar i Microsoft 365 fast det inte gäller längre: {count} till {whom}, kanske ändrat för "
        "hand. Ta bort det i Outlook."
    ),
    Withdrawal.LEFT: (
        "Gick inte att ta bort i Microsoft 365: {count} som inte gäller längre, till {whom} ({why}). Kör "
        "igen, eller ta bort det i Outlook."
    ),
}


def whom(message: Message) -> str:
    """Whom a message goes to, and of a test whom it would have gone to."""
    to = f"{message.name} <{message.email}>" if message.name else message.email
    return f"{message.to} (prov; ska till {to})" if message.test_to else to


def why(known: Standing, *, again: bool) -> str:
    """Why a message is mailed, and what was done with the same before."""
    return "; ".join(filter(None, (known.message.why, _before(known, again=again))))


def _before(known: Standing, *, again: bool) -> str:
    row = known.row
    if row is None:
        drafts = known.drafts[-1:]
        return "".join(f"utkast gjordes {one.began:%Y-%m-%d}" for one in drafts)
    if row.state is State.SENT:
        when = f"redan skickat {row.began:%Y-%m-%d}"
        if row.subject != known.message.subject:
            when += f" med ämnet ”{row.subject}”"
        return f"{when}, skickas igen" if again else f"{when}, skickas inte igen"
    return f"okänt om det kom fram {row.began:%Y-%m-%d %H:%M}"


def in_doubt(row: Row) -> str:
    """What the coordinator is told of a message of which nobody knows whether it came through, and asked."""
    if row.state is State.GONE:
        return (
            f"Utkastet till {row.email} ({row.subject}) från {row.began:%Y-%m-%d %H:%M} {GONE} "
            "Se efter bland skickade mejl, eller fråga mottagaren. Kom det fram?"
        )
    return (
        f"Mejlet till {row.email} ({row.subject}) lämnades över {row.began:%Y-%m-%d %H:%M}, men svaret kom "
        "aldrig. Se efter bland utkast och skickade mejl, eller fråga mottagaren. Kom det fram?"
    )


def delivered(row: Row) -> str:
    """What became of a message that was handed over now."""
    about = f"till {row.email}: {row.subject}"
    if row.state is State.SENT:
        return f"Skickat {about}"
    if row.state is State.DRAFTED:
        return f"Utkast {about}"
    if row.state is State.GONE:
        return (
            f"Okänt om det kom fram {about}. Utkastet {GONE} Det skickas inte igen av sig självt: "
            "kör igen, så frågar programmet vad som gäller."
        )
    if row.state is State.UNKNOWN:
        return (
            f"Okänt om det kom fram {about}. Förbindelsen bröts innan servern svarade ({row.answer}). Det "
            "skickas inte igen av sig självt: kör igen, så frågar programmet vad som gäller."
        )
    return (
        f"Inte skickat {about}: {_NOT_SENT[row.state].format(answer=row.answer, tries=row.tries)}"
    )


def not_begun(message: Message) -> str:
    """That a message was not handed over, since it was all stopped before."""
    return f"Inte skickat till {message.to}: {message.subject}. Det stoppades innan det började."


def passed_over(row: Row, *, again: str, in_doubt: str) -> str:
    """Why a message was not handed over; `again` and `in_doubt` are what to do to have it so all the same."""
    about = f"till {row.email}: {row.subject}"
    if row.state is State.SENT:
        return f"Redan skickat {row.began:%Y-%m-%d} {about}. Ska det skickas igen: {again}."
    if row.state not in IN_DOUBT:
        return f"Utkast gjordes redan {row.began:%Y-%m-%d} {about}. Ska det göras igen: {again}."
    return (
        f"Okänt om det kom fram {row.began:%Y-%m-%d %H:%M} {about}. Det skickas inte igen av sig självt. "
        f"{in_doubt}"
    )


def sums(done: Sent) -> str:
    """How many messages went out, and how many did not."""
    new = [one for one in done.delivered if one.row is not None and not one.passed_over]
    sent = sum(one.row is not None and one.row.state is State.SENT for one in new)
    drafted = sum(one.row is not None and one.row.state is State.DRAFTED for one in new)
    before = sum(one.passed_over and one.arrived for one in done.delivered)
    stopped = sum(one.row is None for one in done.delivered)
    left = len(done.delivered) - sent - drafted - before - stopped
    parts = [
        f"{sent} skickade" if sent else "",
        f"{drafted} utkast att läsa igenom och skicka i Outlook" if drafted else "",
        f"{before} redan klara" if before else "",
        f"{left} som inte gick i väg eller är okända" if left else "",
        f"{stopped} stoppade innan de började" if stopped else "",
    ]
    return f"{', '.join(filter(None, parts)) or 'Inget skickades'}."


def drafts_made(count: int) -> str:
    """How many drafts there are, and what remains to do with them."""
    them = "det" if count == 1 else "dem"
    return f"{counted(count, 'utkast', 'utkast')}. Öppna {them} i Outlook, läs igenom och skicka."


def drafts_removed(names: Sequence[str]) -> str:
    """The drafts from before that nobody is to send now."""
    count = counted(len(names), "tidigare utkast", "tidigare utkast")
    return f"Tog bort {count} som inte behövs längre: {listed(tuple(names))}."


def outdated(drafts: Sequence[Row]) -> str:
    """That drafts lie in Microsoft 365 which nobody is to send now; '' for none."""
    if not drafts:
        return ""
    count, whom = counted(len(drafts), "utkast", "utkast"), _to(drafts)
    return (
        f"Det kan ligga {count} i Microsoft 365 som inte gäller längre, till {whom}. Sådana tas bort när "
        "mejlen går den vägen. Skicka dem inte."
    )


def withdrawn(done: Sequence[Withdrawn]) -> list[str]:
    """What became of the drafts in Microsoft 365 that nobody is to send now."""
    by = {outcome: [one for one in done if one.outcome is outcome] for outcome in Withdrawal}
    told: list[str] = []
    for outcome, words in _WITHDRAWN.items():
        if found := by[outcome]:
            count = counted(len(found), "tidigare utkast", "tidigare utkast")
            whom, why = _to([one.row for one in found]), found[0].words
            told.append(words.format(count=count, whom=whom, why=why))
    return told


def _to(rows: Sequence[Row]) -> str:
    return listed(list(dict.fromkeys(row.email for row in rows)))


def nobody(mailing: Mailing, *, chosen_by: str) -> str:
    """That nobody is to have mail of a kind, or nobody of those who were chosen; `chosen_by` tells how."""
    if mailing.partly:
        return f"Ingen av dem som valdes med {chosen_by} ska ha det här mejlet."
    if mailing.withheld:
        return "Ingen annan får någon retur."
    if mailing.awaited:
        # What is asked after a decision is mailed by itself.
        return (
            f"{awaited((), mailing.unread)} Men kompletteringen efter återremissen har inte kommit från "
            f"{listed(mailing.awaited)}: mejla formuläret för komplettering."
        )
    if mailing.kind is MailKind.REMINDERS and mailing.unread:
        return f"{awaited((), mailing.unread)} Ingen annan behöver påminnas."
    return _NOBODY[mailing.kind]


def day_gone(mailing: Mailing, today: date) -> str:
    """That the mails ask for answers by a day that has passed, and where to write another; '' else."""
    settings_of: dict[date, list[str]] = {}
    for setting, day in _days_asked(mailing):
        told = day is not None and any(swedish_date(day) in m.text for m in mailing.messages)
        if day is not None and day < today and told:
            settings_of.setdefault(day, []).append(setting)
    return " ".join(
        f"Mejlen ber om svar senast {day}, och den dagen har passerat. Skriv en ny vid {listed(settings)} på "
        "planens blad Omgång innan de går ut."
        for day, settings in settings_of.items()
    )


def _days_asked(mailing: Mailing) -> list[tuple[str, date | None]]:
    """The days by which mail of a kind asks for answers, each with its setting in the plan."""
    settings = mailing.plan.settings
    match mailing.kind:
        case MailKind.TEMPLATES:
            return [(_ANSWERS, settings.deadline)]
        case MailKind.REMINDERS:
            return [(_ANSWERS, settings.deadline), (_CORRECTIONS, settings.corrections_due)]
        case MailKind.RETURNS | MailKind.COMPLETIONS:
            return [(_CORRECTIONS, settings.last_day_of_corrections)]
        case MailKind.RECEIPTS | MailKind.REPORTS:
            return []


def without_address(one: Unreached) -> str:
    """Who gets nothing for lack of an address, and where in the plan to write it."""
    if not one.sheet:
        return f"Inget mejl till {one.whom}: det hör inte till någon särskild. Skicka det själv."
    if not one.named:
        return (
            f"Inget mejl till {one.whom}: ingen mottagare står i planen. Skriv namn och e-post på planens "
            f"blad {one.sheet}."
        )
    return (
        f"Inget mejl till {one.whom}: e-postadressen saknas eller går inte att använda. Skriv den på planens "
        f"blad {one.sheet}, i kolumnen E-post."
    )


def not_theirs(one: Misplaced, file: str) -> str:
    """Who gets nothing since a file is somebody else's; `file` is how that is shown."""
    whose = (
        f"hör enligt sitt innehåll till {one.owner}"
        if one.owner
        else "säger inte själv vems den är"
    )
    return (
        f"Inget mejl till {one.whom}: {file} {whose}. Rätta adresserna i planen, eller gör filen på nytt, "
        "och kör igen."
    )


def newer_beside(path: Path) -> str:
    """A file that lies beside the attached one, made after that was edited by hand."""
    return (
        f"{path} är nyare än filen som bifogas. Ska den nya skickas: byt ut den andra mot den, med samma "
        "namn utan (ny), och kör igen."
    )
