"""What is told of mail: a table of who gets what before anything is done, and what became of each message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from excel_uppsikt.cli.print_files import print_kept, print_withheld, print_written, shown
from excel_uppsikt.cli.print_publications import SEND_ANYWAY, print_old_pdfs, why_not
from excel_uppsikt.cli.print_reports import left_in
from excel_uppsikt.cli.print_round import print_findings, print_unread
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.delivery import Delivered, Standing
from excel_uppsikt.mail.ledger import Row
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds import mail_words
from excel_uppsikt.rounds.results import Drafted, Mailing, Sent

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
_AGAIN = "lägg till --again"
_IN_DOUBT = (
    "Kör med --send utan --yes för att svara vad som gäller, "
    "eller med --again för att skicka det igen."
)


def print_table(
    out: Console,
    mailing: Mailing,
    standings: Sequence[Standing],
    channel: str,
    *,
    again: bool,
    today: date,
    outdated: Sequence[Row] = (),
) -> None:
    """Who is to get what, why and how, before anything is done, and who gets nothing and why."""
    print_findings(out, mailing.findings)
    if standings:
        out.print(f"{counted(len(standings), 'mejl', 'mejl')}, {channel}:")
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for heading in mail_words.HEADINGS:
            table.add_column(heading, overflow="fold")
        for known in standings:
            message = known.message
            why = mail_words.why(known, again=again)
            files = "\n".join(message.attached)
            table.add_row(mail_words.whom(message), message.subject, files, why)
        if out.is_terminal:
            out.print(table, soft_wrap=False)
        else:
            Console(highlight=False, markup=False, width=_WIDE, file=out.file).print(table)
    if gone := mail_words.day_gone(mailing, today):
        out.print(gone)
    if lying := mail_words.outdated(outdated):
        out.print(lying)
    _print_held(out, mailing)


def question(row: Row) -> str:
    """What the coordinator is asked of a message of which nobody knows whether it came through."""
    answers = "[j = ja, notera det som skickat; n = nej, skicka igen; Enter = lämna det]"
    return f"{mail_words.in_doubt(row)} {answers}"


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
        out.print(mail_words.drafts_made(len(done.drafts)))
    elif not mailing.missing:
        out.print("Inga utkast gjordes.")


def _print_removed(out: Console, removed: Sequence[str]) -> None:
    if removed:
        out.print(mail_words.drafts_removed(removed))


def print_delivered(out: Console, one: Delivered) -> None:
    """What became of a message."""
    row = one.row
    if row is None:
        return
    out.print(_passed_over(row) if one.passed_over else mail_words.delivered(row))


def _passed_over(row: Row) -> str:
    return mail_words.passed_over(row, again=_AGAIN, in_doubt=_IN_DOUBT)


def print_sent(out: Console, done: Sent) -> None:
    """How many messages went out, and what was kept of what was handed out."""
    print_kept(out, done.kept)
    _print_removed(out, done.removed)
    for line in mail_words.withdrawn(done.withdrawn):
        out.print(line)
    print_unread(out, done.mailing.unread)
    if done.mailing.nobody:
        _print_nobody(out, done.mailing)
        return
    new = [one for one in done.delivered if one.row is not None and not one.passed_over]
    out.print(mail_words.sums(done))
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
        out.print(mail_words.NOTHING_SENT)


def _print_nobody(out: Console, mailing: Mailing) -> None:
    out.print(mail_words.nobody(mailing, chosen_by="--only"))


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
    for unreached in mailing.unreached:
        out.print(mail_words.without_address(unreached))
    for one in mailing.misplaced:
        out.print(mail_words.not_theirs(one, shown(folder, folder / one.file)))
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
        out.print(mail_words.newer_beside(path))
