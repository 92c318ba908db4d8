"""`uppsikt fetch`: fetches, and prints what was taken, what was not and why."""

import os
import sys
from pathlib import Path

from rich.console import Console

from excel_uppsikt.cli import print_round
from excel_uppsikt.mail.secret import Secret, keep_password
from excel_uppsikt.mail.settings import imap_server
from excel_uppsikt.round_paths import PLAN_FILE
from excel_uppsikt.rounds import fetch_words
from excel_uppsikt.rounds.fetch_channel import FetchChannel, channel_set_up
from excel_uppsikt.rounds.fetching import Fetch, fetch_round
from excel_uppsikt.rounds.lock import Holder, holding


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
    for line in fetch_words.fetched(done):
        out.print(line)
    if done.fetched:
        out.print(f'Läs dem med: uppsikt run "{folder}"')
