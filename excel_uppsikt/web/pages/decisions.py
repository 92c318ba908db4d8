"""Decisions: what the committees have decided, a new one written, and what is to be completed after it."""

from starlette.responses import Response

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.deciding import Written
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.model import Line, Outcome
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.decided import department_states
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.web import decision_told
from excel_uppsikt.web.decision_form import (
    decision_of,
    fields_of,
    merged,
    owners,
    unsaved,
    written_fields,
)
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.rows import finding_rows
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """How each report stands, the decisions as they are written, and forms for more."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Beslut", reading)
    states = department_states(checked)
    sent_back = {one.ruling.department for one in states if one.ruling.outcome is Outcome.SENT_BACK}
    lines = [line for line in checked.compilation.lines if line.read is not None]
    mine = [line for line in lines if line.activity.department in sent_back]
    typed = unsaved(visit)
    wrong = [
        one
        for one in checked.findings
        if (one.file, one.sheet) == (COMPILATION_FILE, definition.DECISIONS)
    ]
    return visit.page(
        "beslut.html",
        step="Beslut",
        seen=checked.read_as or "",
        states=[decision_told.told(checked, one, visit.today()) for one in states],
        headers=list(definition.DECISION_INDEX),
        rows=_written(checked),
        wrong=finding_rows(wrong),
        departments=[department.name for department in checked.plan.departments],
        outcomes=[outcome.value for outcome in Outcome],
        owners=owners(checked.plan),
        decision=decision_of(typed),
        completion=(typed.get("aktivitet", ""), typed.get("komplettera", "")),
        activities=[(line.activity.id, _about(line)) for line in mine],
        asked=[
            (line.activity.id, _about(line), line.choice.completion)
            for line in mine
            if line.choice.completion
        ],
    )


def _written(checked: CheckedRound) -> list[tuple[int, list[str]]]:
    """The rows of Beslut, each with how far down it stands and its cells as they do."""
    rows = checked.compilation.decisions.rows
    return [(row.at, list(fields_of(row).values())) for row in rows]


def _about(line: Line) -> str:
    values = line.activity.values
    whose = ", ".join(values.units)
    return f"{values.title or 'Utan titel'}{f' ({whose})' if whose else ''}"


async def decide(visit: Visit) -> Response:
    """Writes a decision on the sheet Beslut."""
    written = Written(decisions=(decision_of(written_fields(visit)),))
    back = f"{visit.round.address}/beslut"
    return await merged(visit, written, decision_told.DECIDING, decision_told.DECIDED, back)


async def ask(visit: Visit) -> Response:
    """Writes what is to be completed in an activity's row, or takes it away where nothing is written."""
    activity, text = visit.written("aktivitet"), visit.written("komplettera")
    if not activity:
        raise CannotRunError(decision_told.NO_ROW)
    written = Written(completions={activity: text})
    done = decision_told.ASKED if text else decision_told.NOT_ASKED
    back = f"{visit.round.address}/beslut"
    return await merged(visit, written, decision_told.ASKING, done, back)
