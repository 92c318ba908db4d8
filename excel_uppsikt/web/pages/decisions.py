"""Decisions: what the committees have decided, a new one written, and what is to be completed after it."""

from collections.abc import Iterator, Mapping

from starlette.responses import Response

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.deciding import Written, WrittenDecision
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.model import Line, Outcome, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.decided import department_states
from excel_uppsikt.rounds.deciding import merge_written
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.web import decision_told, told
from excel_uppsikt.web.jobs import Job, State
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import finding_rows
from excel_uppsikt.web.visit import Visit

# The fields of the form, in the order of the sheet.
_FIELDS = ("verksamhet", "utfall", "datum", "paragraf", "skal", "enhet")


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
    typed = _typed(visit)
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
        owners=list(_owners(checked.plan)),
        decision=_decision(typed),
        completion=(typed.get("aktivitet", ""), typed.get("komplettera", "")),
        activities=[(line.activity.id, _about(line)) for line in mine],
        asked=[
            (line.activity.id, _about(line), line.choice.completion)
            for line in mine
            if line.choice.completion
        ],
    )


def _written(checked: CheckedRound) -> list[list[str]]:
    """The rows of Beslut in the order of the sheet, each cell as it stands."""
    columns = definition.DECISION_INDEX.values()
    rows = checked.compilation.decisions.rows
    return [[as_text(row.cells.get(at, "")) for at in columns] for row in rows]


def _owners(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """Whom a question may concern, by department."""
    for department in plan.departments:
        units = [unit.name for unit in plan.units_of(department.name)]
        yield department.name, [*units, f"{COMMON} {department.name}"]


def _about(line: Line) -> str:
    values = line.activity.values
    whose = ", ".join(values.units)
    return f"{values.title or 'Utan titel'}{f' ({whose})' if whose else ''}"


async def decide(visit: Visit) -> Response:
    """Writes a decision on the sheet Beslut."""
    written = Written(decisions=(_decision({name: visit.written(name) for name in _FIELDS}),))
    return await _merged(visit, written, decision_told.DECIDING, decision_told.DECIDED)


def _decision(fields: Mapping[str, str]) -> WrittenDecision:
    return WrittenDecision(*(fields.get(name, "") for name in _FIELDS))


async def ask(visit: Visit) -> Response:
    """Writes what is to be completed in an activity's row, or takes it away where nothing is written."""
    activity, text = visit.written("aktivitet"), visit.written("komplettera")
    if not activity:
        raise CannotRunError(decision_told.NO_ROW)
    written = Written(completions={activity: text})
    done = decision_told.ASKED if text else decision_told.NOT_ASKED
    return await _merged(visit, written, decision_told.ASKING, done)


async def _merged(visit: Visit, written: Written, title: str, done: str) -> Response:
    folder, seen, today = visit.round.path, visit.written("sedd"), visit.today()

    def work(job: Job) -> Notice:
        results = merge_written(folder, written, seen, today=today, progress=job.progress)
        next(results)
        job.now_writing()
        # What was found in the round is told on its own page.
        return Notice(done, told.of_results(results))

    back = f"{visit.round.address}/beslut"
    given = {name: visit.written(name) for name in (*_FIELDS, "aktivitet", "komplettera")}
    return await visit.start(title, back, work, key=f"{seen}:{written}", given=given)


def _typed(visit: Visit) -> Mapping[str, str]:
    """What was written in the forms, where it could not be done: nothing has to be written twice."""
    job = visit.led_here
    return job.given if job is not None and job.state is State.FAILED else {}
