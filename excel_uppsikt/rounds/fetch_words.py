"""What both faces say in the same words of what was fetched from a mailbox, and of what was not."""

from collections.abc import Iterator

from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.round_paths import FETCHED
from excel_uppsikt.rounds.fetching import Fetch, FetchedMail, MissedMail
from excel_uppsikt.rounds.mailboxes import NotFetched

_WHY = {
    NotFetched.TOO_LARGE: "det är större än något formulär",
    NotFetched.GONE: "det finns inte kvar i mappen",
    NotFetched.LOST: "anslutningen bröts; kör igen",
    NotFetched.REFUSED: "servern lämnade inte ut det; kör igen, eller spara det själv i inkorgen",
    NotFetched.NOT_WRITTEN: "det gick inte att spara i inkorgen",
}


def fetched(done: Fetch) -> Iterator[str]:
    """Where it was fetched from, message by message what was taken and what was not, and how many."""
    yield f"Läste mappen {done.where}. Inget ändrades där."
    yield from map(_taken, done.fetched)
    yield from map(_missed, done.missed)
    taken = counted(len(done.fetched), "mejl", "mejl")
    yield f"{taken} med formulär hämtades till {FETCHED}."
    if done.before:
        yield f"{counted(done.before, 'mejl', 'mejl')} hade hämtats tidigare."
    if done.without:
        yield f"{counted(done.without, 'mejl', 'mejl')} har ingen arbetsbok och lämnades."


def _taken(mail: FetchedMail) -> str:
    day = f" {mail.sent:%Y-%m-%d %H:%M}" if mail.sent else ""
    files = f": {listed(list(mail.workbooks))}" if mail.workbooks else ""
    return f"✔ {mail.sender or 'Okänd avsändare'}{day}{files}"


def _missed(missed: MissedMail) -> str:
    return f"✘ {missed.about} hämtades inte: {_WHY[missed.reason]}."
