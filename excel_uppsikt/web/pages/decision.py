"""A decision that stands in the compilation: corrected on the page, or taken away after a question."""

import re

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from excel_uppsikt.compilation.deciding import Written
from excel_uppsikt.compilation.definition import DECISION_INDEX
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import tidy
from excel_uppsikt.model import DecisionRow, Outcome
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.web import decision_told, edit_words
from excel_uppsikt.web.decision_form import (
    BEFORE,
    changed,
    decision_of,
    fields_of,
    merged,
    owners,
    unsaved,
)
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


async def show(visit: Visit) -> Response:
    """A decision's own page: a form with its cells, and the way to take it away."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Beslut", reading)
    row, typed, job = _row(visit, checked), unsaved(visit), visit.led_here
    stands = fields_of(row) if row else {}
    same = all(
        tidy(typed.get(f"{BEFORE}{name}", "")) == tidy(text) for name, text in stands.items()
    )
    if job is not None and (row is None or (typed and not same)):
        # What was written is not for the decision that stands there now; it is not lost either.
        return RedirectResponse(f"{_list(visit)}?klart={job.number}", 303)
    if row is None:
        raise HTTPException(404)
    shown = decision_of({name: typed.get(name, text) for name, text in stands.items()})
    return visit.page(
        "beslut-rad.html",
        step="Beslut",
        seen=checked.read_as or "",
        at=row.at,
        stands=stands,
        decision=shown,
        day_is="date" if not shown.day or _DAY.fullmatch(shown.day) else "text",
        departments=[department.name for department in checked.plan.departments],
        outcomes=[outcome.value for outcome in Outcome],
        owners=owners(checked.plan),
    )


async def save(visit: Visit) -> Response:
    """Writes what was changed in a decision, as if it had been changed in its cells."""
    at, cells = _at(visit), changed(visit)
    if not cells:
        notice = Notice(edit_words.NOTHING_CHANGED, (), "plain")
        job = visit.site.jobs.note(decision_told.CORRECTING, notice)
        return RedirectResponse(f"{_list(visit)}?klart={job.number}", 303)
    written = Written(corrected={at: cells})
    title, done = decision_told.CORRECTING, decision_told.CORRECTED
    return await merged(visit, written, title, done, f"{_list(visit)}/{at}")


async def ask(visit: Visit) -> Response:
    """The question before a decision is taken away, with all that stands in it."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Beslut", reading)
    row = _row(visit, checked)
    if row is None:
        raise HTTPException(404)
    return visit.page(
        "beslut-bort.html",
        step="Beslut",
        seen=checked.read_as or "",
        at=row.at,
        facts=_facts(checked, row),
    )


async def remove(visit: Visit) -> Response:
    """Empties a decision's row."""
    written = Written(removed=frozenset({_at(visit)}))
    title, done = decision_told.REMOVING, decision_told.REMOVED
    return await merged(visit, written, title, done, _list(visit))


def _facts(checked: CheckedRound, row: DecisionRow) -> list[tuple[str, str]]:
    """What stands in a decision by heading, also in columns of the coordinator's own."""
    names = {at: name for name, at in DECISION_INDEX.items()}
    names |= checked.compilation.decisions.headings
    return [
        (names.get(at, ""), as_text(value))
        for at, value in sorted(row.cells.items())
        if as_text(value)
    ]


def _row(visit: Visit, checked: CheckedRound) -> DecisionRow | None:
    rows = checked.compilation.decisions.rows
    return next((row for row in rows if row.at == _at(visit)), None)


def _at(visit: Visit) -> int:
    """How far the decision stands below the headings."""
    return int(visit.request.path_params["number"])


def _list(visit: Visit) -> str:
    return f"{visit.round.address}/beslut"
