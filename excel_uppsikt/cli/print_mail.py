"""What is told of mail: a table of who gets what before anything is done, and what became of each message."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from excel_uppsikt.cli.print_files import (
    SEND_ANYWAY,
    left_in,
    print_kept,
    print_old_pdfs,
    print_withheld,
    print_written,
    shown,
    why_not,
)
from excel_uppsikt.cli.print_round import print_findings, print_unread
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.delivery import Delivered, Standing
from excel_uppsikt.mail.ledger import Row, State
from excel_uppsikt.mail.message import MailKind, Message
from excel_uppsikt.rounds.results import Drafted, Mailing, Misplaced, Sent

_HEADINGS = ("Till", "Ämne", "Bilagor", "Varför")
# In a pipe, where a line may be as long as it is.
_WIDE = 1_000
# What makes the files of a mailing.
_FIRST = {
    MailKind.TEMPLATES: "uppsikt templates",
    MailKind.REMINDERS: "uppsikt templates",
    MailKind.RETURNS: "uppsikt check",
    MailKind.RECEIPTS: "uppsikt check",
    MailKind.COMPLETIONS: "uppsikt templates --completion",
    MailKind.REPORTS: "uppsikt report",
}
_NOBODY = {
    MailKind.REMINDERS: "Alla enheter har lämnat in. Ingen behöver påminnas.",
    MailKind.RETURNS: "Ingen har något att komplettera.",
    MailKind.RECEIPTS: "Ingen har lämnat in något att kvittera.",
    MailKind.COMPLETIONS: "Ingen har något att komplettera efter en återremiss.",
}
_NOT_SENT = {
    State.REFUSED: "servern tog inte emot det ({answer}). Se efter adressen i planen och kör igen.",
    State.LATER: "servern tar inte emot just nu ({answer}), efter {tries} försök. Kör igen senare.",
    State.BROKEN: "förbindelsen bröts innan det var överlämnat ({answer}). Kör igen.",
    State.TOO_LARGE: "det är för stort ({answer}). Skicka bilagorna på ett annat sätt.",
}


def print_table(
    out: Console, mailing: Mailing, standings: Sequence[Standing], channel: str, *, again: bool
) -> None:
    """Who is to get what, why and how, before anything is done, and who gets nothing and why."""
    print_findings(out, mailing.findings)
    if standings:
        out.print(f"{counted(len(standings), 'mejl', 'mejl')}, {channel}:")
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for heading in _HEADINGS:
            table.add_column(heading, overflow="fold")
        for known in standings:
            message = known.message
            why = "; ".join(filter(None, (message.why, _before(known, again=again))))
            table.add_row(_whom(message), message.subject, "\n".join(message.attached), why)
        if out.is_terminal:
            out.print(table, soft_wrap=False)
        else:
            Console(highlight=False, markup=False, width=_WIDE, file=out.file).print(table)
    _print_held(out, mailing)


def _whom(message: Message) -> str:
    whom = f"{message.name} <{message.email}>" if message.name else message.email
    return f"{message.to} (prov; ska till {whom})" if message.test_to else whom


def _before(known: Standing, *, again: bool) -> str:
    """What was done with the same before."""
    row = known.row
    if row is None:
        drafts = known.drafts[-1:]
        return "".join(f"utkast gjordes {one.began:%Y-%m-%d}" for one in drafts)
    if row.state is State.SENT:
        when = f"redan skickat {row.began:%Y-%m-%d}"
        return f"{when}, skickas igen" if again else f"{when}, skickas inte igen"
    return f"okänt om det kom fram {row.began:%Y-%m-%d %H:%M}"


def question(row: Row) -> str:
    """What the coordinator is asked of a message of which nobody knows whether it came through."""
    return (
        f"Mejlet till {row.email} ({row.subject}) lämnades över {row.began:%Y-%m-%d %H:%M}, men svaret kom "
        "aldrig. Se efter bland utkast och skickade mejl, eller fråga mottagaren. Kom det fram? "
        "[j = ja, notera det som skickat; n = nej, skicka igen; Enter = lämna det]"
    )


def print_drafted(out: Console, done: Drafted) -> None:
    """The drafts as written, and what remains to do with them."""
    mailing = done.mailing
    for draft, written in done.drafts:
        print_written(out, mailing.folder, written)
        files = f" ({', '.join(draft.attached)})" if draft.attached else ""
        out.print(f"  till {draft.to}: {draft.subject}{files}")
        if draft.unfilled:
            out.print(f"  {left_in('mejlet', draft.unfilled)}")
    print_kept(out, done.kept)
    for known in done.passed_over:
        if known.row is not None:
            out.print(_passed_over(known.row))
    _print_removed(out, done.removed)
    print_unread(out, mailing.unread)
    if mailing.nobody:
        _print_nobody(out, mailing)
    elif done.drafts:
        count = counted(len(done.drafts), "utkast", "utkast")
        them = "det" if len(done.drafts) == 1 else "dem"
        out.print(f"{count}. Öppna {them} i Outlook, läs igenom och skicka.")
    elif not mailing.missing:
        out.print("Inga utkast gjordes.")


def _print_removed(out: Console, removed: Sequence[str]) -> None:
    if removed:
        count = counted(len(removed), "tidigare utkast", "tidigare utkast")
        out.print(f"Tog bort {count} som inte behövs längre: {listed(tuple(removed))}.")


def print_delivered(out: Console, one: Delivered) -> None:
    """What became of a message."""
    row = one.row
    if row is None:
        return
    about = f"till {row.email}: {row.subject}"
    if one.passed_over:
        out.print(_passed_over(row))
    elif row.state is State.SENT:
        out.print(f"Skickat {about}")
    elif row.state is State.DRAFTED:
        out.print(f"Utkast {about}")
    elif row.state is State.UNKNOWN:
        out.print(
            f"Okänt om det kom fram {about}. Förbindelsen bröts innan servern svarade ({row.answer}). Det "
            "skickas inte igen av sig självt: kör igen, så frågar programmet vad som gäller."
        )
    else:
        why = _NOT_SENT[row.state].format(answer=row.answer, tries=row.tries)
        out.print(f"Inte skickat {about}: {why}")


def _passed_over(row: Row) -> str:
    about = f"till {row.email}: {row.subject}"
    if row.state is State.SENT:
        return (
            f"Redan skickat {row.began:%Y-%m-%d} {about}. Ska det skickas igen: lägg till --again."
        )
    if row.state is not State.UNKNOWN:
        return f"Utkast gjordes redan {row.began:%Y-%m-%d} {about}. Ska det göras igen: lägg till --again."
    return (
        f"Okänt om det kom fram {row.began:%Y-%m-%d %H:%M} {about}. Det skickas inte igen av sig självt. Kör "
        "med --send utan --yes för att svara vad som gäller, eller med --again för att skicka det igen."
    )


def print_sent(out: Console, done: Sent) -> None:
    """How many messages went out, and what was kept of what was handed out."""
    print_kept(out, done.kept)
    _print_removed(out, done.removed)
    print_unread(out, done.mailing.unread)
    new = [one for one in done.delivered if one.row is not None and not one.passed_over]
    sent = sum(one.row is not None and one.row.state is State.SENT for one in new)
    drafted = sum(one.row is not None and one.row.state is State.DRAFTED for one in new)
    before = sum(one.passed_over and one.arrived for one in done.delivered)
    left = len(done.delivered) - sent - drafted - before
    parts = [
        f"{sent} skickade" if sent else "",
        f"{drafted} utkast att läsa igenom och skicka i Outlook" if drafted else "",
        f"{before} redan klara" if before else "",
        f"{left} som inte gick i väg eller är okända" if left else "",
    ]
    told = ", ".join(filter(None, parts)) or "Inget skickades"
    out.print(f"{told}.")
    for one in new:
        if one.message.unfilled and one.arrived:
            out.print(f"Till {one.message.to}: {left_in('mejlet', one.message.unfilled)}")


def print_nothing_to_send(out: Console, mailing: Mailing, standings: Sequence[Standing]) -> None:
    """That there is nothing to send, and what has become of each message before."""
    for known in standings:
        row = known.row or next(iter(known.drafts[-1:]), None)
        if row is not None:
            out.print(_passed_over(row))
    print_unread(out, mailing.unread)
    if mailing.nobody:
        _print_nobody(out, mailing)
    else:
        out.print("Inget skickades.")


def _print_nobody(out: Console, mailing: Mailing) -> None:
    if mailing.partly:
        # Of the others nothing is said.
        out.print("Ingen av dem som valdes med --only ska ha det här mejlet.")
        return
    out.print("Ingen annan får någon retur." if mailing.withheld else _NOBODY[mailing.kind])


def _print_held(out: Console, mailing: Mailing) -> None:
    """Who gets nothing, for lack of an address or a file, and the reports that were held back."""
    folder = mailing.folder
    for held in mailing.held:
        out.print(f"Inte klar att mejla: {shown(folder, folder / held.file)}")
        for line in (*why_not(folder, held.lying), *SEND_ANYWAY):
            out.print(f"  {line}")
    for told in mailing.told:
        lines = why_not(folder, replace(told.lying, left=()))
        for line in (f"Om {shown(folder, folder / told.file)}:", *lines) if lines else ():
            out.print(f"  {line}")
    print_old_pdfs(out, folder, mailing.old_pdfs)
    print_withheld(out, mailing.withheld)
    for owner in mailing.without_address:
        out.print(
            f"Inget mejl till {owner}: e-postadressen i planen saknas eller går inte att använda."
        )
    for one in mailing.misplaced:
        out.print(_not_theirs(folder, one))
    for file in mailing.unnamed:
        out.print(
            f"{shown(folder, folder / file)} säger inte själv vems den är och bifogas inte. Gör den på nytt: "
            f'uppsikt report "{folder}", eller spara PDF:en ur Word med dokumentegenskaperna.'
        )
    if mailing.missing:
        missing = listed([Path(file).name for file in mailing.missing])
        place = shown(folder, folder / Path(mailing.missing[0]).parent)
        out.print(f"Inget mejl med filer som inte finns i {place}: {missing}.")
        out.print(
            f'Gör dem med {_FIRST[mailing.kind]} "{folder}" och kör sedan det här kommandot igen.'
        )
    for path in mailing.newer:
        out.print(
            f"{path} är nyare än filen som bifogas. Ska den nya skickas: byt ut den andra mot den, med "
            "samma namn utan (ny), och kör igen."
        )


def _not_theirs(folder: Path, one: Misplaced) -> str:
    whose = (
        f"hör enligt sitt innehåll till {one.owner}"
        if one.owner
        else "säger inte själv vems den är"
    )
    return (
        f"Inget mejl till {one.whom}: {shown(folder, folder / one.file)} {whose}. Rätta adresserna i planen, "
        "eller gör filen på nytt, och kör igen."
    )
