"""A decision's form: its fields, what was written in them, and the compilation made with it."""

from collections.abc import Mapping

from starlette.responses import Response

from excel_uppsikt.compilation.deciding import Written, WrittenDecision
from excel_uppsikt.compilation.definition import (
    DECISION_DAY,
    DECISION_DEPARTMENT,
    DECISION_INDEX,
    DECISION_OUTCOME,
    DECISION_OWNER,
    DECISION_PARAGRAPH,
    DECISION_REASONS,
)
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import tidy
from excel_uppsikt.model import DecisionRow, Plan
from excel_uppsikt.rounds.deciding import merge_written
from excel_uppsikt.web import told
from excel_uppsikt.web.jobs import Job, State
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit

# The fields in the order of the sheet, and the headings of their cells.
FIELDS: Mapping[str, str] = {
    "verksamhet": DECISION_DEPARTMENT,
    "utfall": DECISION_OUTCOME,
    "datum": DECISION_DAY,
    "paragraf": DECISION_PARAGRAPH,
    "skal": DECISION_REASONS,
    "enhet": DECISION_OWNER,
}
# Before a field's name, what had stood in its cell when the form was shown.
BEFORE = "var-"


def fields_of(row: DecisionRow) -> dict[str, str]:
    """What stands in a decision's cells, by field."""
    cells = row.cells
    return {name: as_text(cells.get(DECISION_INDEX[of], "")) for name, of in FIELDS.items()}


def decision_of(fields: Mapping[str, str]) -> WrittenDecision:
    """A decision as it was written in the fields."""
    return WrittenDecision(*(fields.get(name, "") for name in FIELDS))


def written_fields(visit: Visit) -> dict[str, str]:
    """What was written in the form, by field."""
    return {name: visit.written(name) for name in FIELDS}


def stood_before(visit: Visit) -> dict[str, str]:
    """What stood in the cells when the form was shown, by field."""
    return {name: visit.written(f"{BEFORE}{name}") for name in FIELDS}


def changed(visit: Visit) -> dict[str, str]:
    """What was written in the fields that had something else in them when they were shown, by heading."""
    before, now = stood_before(visit), written_fields(visit)
    return {of: now[name] for name, of in FIELDS.items() if tidy(now[name]) != tidy(before[name])}


def owners(plan: Plan) -> list[tuple[str, list[str]]]:
    """Whom a question may concern, by department."""
    return [
        (
            department.name,
            [
                *(unit.name for unit in plan.units_of(department.name)),
                f"{COMMON} {department.name}",
            ],
        )
        for department in plan.departments
    ]


def unsaved(visit: Visit) -> Mapping[str, str]:
    """What was written in the forms, where it could not be done: nothing has to be written twice."""
    job = visit.led_here
    return job.given if job is not None and job.state is State.FAILED else {}


async def merged(visit: Visit, written: Written, title: str, done: str, back: str) -> Response:
    """Makes the compilation with what was written. Where that cannot be done, `back` tells why."""
    folder, seen, today = visit.round.path, visit.written("sedd"), visit.today()

    def work(job: Job) -> Notice:
        results = merge_written(folder, written, seen, today=today, progress=job.progress)
        next(results)
        job.now_writing()
        # What was found in the round is told on its own page.
        notice = Notice(done, told.of_results(results))
        job.back = f"{visit.round.address}/beslut"
        return notice

    before = {f"{BEFORE}{name}": text for name, text in stood_before(visit).items()}
    given = {name: visit.written(name) for name in (*FIELDS, "aktivitet", "komplettera")}
    key = f"{seen}:{written}"
    return await visit.start(title, back, work, key=key, given=given | before)
