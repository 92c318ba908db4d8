"""The findings, by unit, by kind and by what is searched for, each with where it stands and what to do."""

from urllib.parse import urlencode

from starlette.responses import Response

from excel_uppsikt.rounds.words import advice, tally
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.rows import FindingRow, finding_rows, owners_of, row_links
from excel_uppsikt.web.visit import Visit

_A_PAGE = 100


async def show(visit: Visit) -> Response:
    """The findings that were asked for, so many at a time."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Anmärkningar", reading)
    rows = finding_rows(
        checked.findings, owners_of(checked), row_links(checked, visit.round.address)
    )
    asked = {name: visit.asked(name) for name in ("enhet", "slag", "kod", "sok")}
    chosen = [row for row in rows if _is_asked_for(row, asked)]
    number = visit.asked("fran")
    first = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
    later = {**{k: v for k, v in asked.items() if v}, "fran": str(first + _A_PAGE)}
    return visit.page(
        "anmarkningar.html",
        step="Anmärkningar",
        rows=chosen[first : first + _A_PAGE],
        first=first,
        count=len(chosen),
        all_count=len(rows),
        more=urlencode(later) if len(chosen) > first + _A_PAGE else "",
        owners=sorted({row.whose for row in rows if row.whose}, key=str.casefold),
        codes=sorted({row.code for row in rows}),
        asked=asked,
        tally=tally(checked.findings),
        advice=advice(checked.findings),
        settled=checked.settled,
        left_out=checked.left_out,
    )


def _is_asked_for(row: FindingRow, asked: dict[str, str]) -> bool:
    wanted = (
        (asked["enhet"], row.whose),
        (asked["slag"], row.severity),
        (asked["kod"], row.code),
    )
    if any(value and value != own for value, own in wanted):
        return False
    return all(word in row.text for word in asked["sok"].casefold().split())
