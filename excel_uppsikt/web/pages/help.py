"""Help: the year's steps, the commands that do the same, and what each finding code means."""

from starlette.responses import Response

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.rounds.words import WORDS
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """The steps, the commands and the codes."""
    codes = [
        (name, WORDS[code.severity], code.severity.value, code.when, code.example, code.remedy)
        for name, code in CATALOGUE.items()
    ]
    return visit.page("hjalp.html", codes=codes)
