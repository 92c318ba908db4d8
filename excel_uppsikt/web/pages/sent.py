"""What was drafted and sent in a round, by its ledger, the last first."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.mail.ledger import read_ledger
from excel_uppsikt.round_paths import LEDGER
from excel_uppsikt.rounds.words import MAILS
from excel_uppsikt.web import mail_told
from excel_uppsikt.web.visit import Visit

_A_PAGE = 100


async def show(visit: Visit) -> Response:
    """The messages that were handed over, so many at a time."""
    rows = await run_in_threadpool(read_ledger, visit.round.path / LEDGER)
    number = visit.asked("fran")
    first = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
    newest = rows[::-1]
    return visit.page(
        "skickat.html",
        step="Mejl",
        rows=newest[first : first + _A_PAGE],
        count=len(rows),
        more=first + _A_PAGE if len(rows) > first + _A_PAGE else 0,
        states=mail_told.STATES,
        kinds={kind.value: name for kind, name in MAILS.items()},
    )
