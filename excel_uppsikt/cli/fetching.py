"""`uppsikt fetch`: fetches, and prints what was taken, what was not and why."""

import os
import sys
from pathlib import Path

from rich.console import Console

from excel_uppsikt.cli import print_round
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.mail.secret import Secret, keep_password
from excel_uppsikt.mail.settings import imap_server
from excel_uppsikt.round_paths import FETCHED, PLAN_FILE
from excel_uppsikt.rounds.fetch_channel import FetchChannel, channel_set_up
from excel_uppsikt.rounds.fetching import Fetch, NotFetched, fetch_round
from excel_uppsikt.rounds.lock import Holder, holding

_WHY = {
    NotFetched.TOO_LARGE: "det är större än något formulär",
    NotFetched.GONE: "det finns inte kvar i mappen",
    NotFetched.LOST: "anslutningen bröts; kör igen",
    NotFetched.REFUSED: "servern lämnade inte ut det; kör igen, eller spara det själv i inkorgen",
    NotFetched.NOT_WRITTEN: "det gick inte att spara i inkorgen",
}


def fetch(folder: Path, *, channel: str | None) -> int:
    """Fetches and prints it; 1 where a message could not be had."""
    out = print_round.console()
    by = FetchChannel(channel) if channel else None
    if (folder / PLAN_FILE).is_file():
        by = by or channel_set_up()
        if by is FetchChannel.IMAP:
            _ask_for_password(out)
    with holding(folder, Holder.TERMINAL, "uppsikt fetch"), print_round.reading(out) as progress:
        done = fetch_round(folder, by, progress=progress)
    _print(out, folder, done)
    return int(bool(done.missed))


def _ask_for_password(out: Console) -> None:
    """Asks for a password that nothing gives, on a terminal, and has the computer keep it."""
    server = imap_server()
    if not server.user or server.password or server.token or not sys.stdin.isatty():
        return
    written = out.input(f"Lösenord för {server.user} på {server.host}: ", password=True)
    if not written:
        return
    if keep_password("imap", server.user, Secret(written)):
        out.print("Lösenordet sparades i datorns nyckelring.")
    else:
        # Without a keyring it is for this time only.
        os.environ["UPPSIKT_IMAP_PASSWORD"] = written


def _print(out: Console, folder: Path, done: Fetch) -> None:
    out.print(f"Läste mappen {done.where}. Inget ändrades där.")
    for mail in done.fetched:
        day = f" {mail.sent:%Y-%m-%d %H:%M}" if mail.sent else ""
        files = f": {listed(list(mail.workbooks))}" if mail.workbooks else ""
        out.print(f"✔ {mail.sender or 'Okänd avsändare'}{day}{files}")
    for missed in done.missed:
        out.print(f"✘ {missed.about} hämtades inte: {_WHY[missed.reason]}.")
    taken = counted(len(done.fetched), "mejl", "mejl")
    out.print(f"{taken} med formulär hämtades till {FETCHED}.")
    if done.before:
        out.print(f"{counted(done.before, 'mejl', 'mejl')} hade hämtats tidigare.")
    if done.without:
        out.print(f"{counted(done.without, 'mejl', 'mejl')} har ingen arbetsbok och lämnades.")
    if done.fetched:
        out.print(f'Läs dem med: uppsikt run "{folder}"')
