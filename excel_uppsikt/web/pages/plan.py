"""The plan: what it says in short, what is wrong in it, and how to open it."""

from starlette.responses import Response

from excel_uppsikt.round_paths import PLAN_FILE
from excel_uppsikt.rounds.results import UnusablePlanError
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.rows import finding_rows
from excel_uppsikt.web.visit import Visit, failure


async def show(visit: Visit) -> Response:
    """The plan as it was last read."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked, error = reading.checked, reading.error
    if checked is None:
        findings = error.findings if isinstance(error, UnusablePlanError) else ()
        notice = None if findings else failure(error)
        return visit.page(
            "plan.html", step="Plan", plan=None, rows=finding_rows(findings), notice=notice
        )
    faults = [finding for finding in checked.findings if finding.file == PLAN_FILE]
    return visit.page("plan.html", step="Plan", plan=checked.plan, rows=finding_rows(faults))
