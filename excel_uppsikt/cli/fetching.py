"""`uppsikt fetch`: fetches, and prints what was taken, what was not and why."""

from pathlib import Path

from rich.console import Console

from excel_uppsikt.cli import print_round
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.round_paths import FETCHED
from excel_uppsikt.rounds.fetching import Fetch, FetchChannel, NotFetched, fetch_round

_WHY = {
    NotFetched.TOO_LARGE: "det är större än något formulär",
    NotFetched.GONE: "det finns inte kvar i mappen",
    NotFetched.LOST: "anslutningen bröts; kör igen",
    NotFetched.REFUSED: "servern lämnade inte ut det; kör igen, eller spara det själv i inkorgen",
    NotFetched.NOT_WRITTEN: "det gick inte att spara i inkorgen",
}


def fetch(folder: Path, *, channel: str) -> int:
    """Fetches and prints it; 1 where a message could not be had."""
    out = print_round.console()
    with print_round.reading(out) as progress:
        done = fetch_round(folder, FetchChannel(channel), progress=progress)
    _print(out, folder, done)
    return int(bool(done.missed))


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
