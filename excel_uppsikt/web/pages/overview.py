"""A round at a glance: what each step has left, and the next one."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.web.progress import progress_of
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """The steps with what they have left."""
    progress = await run_in_threadpool(progress_of, visit.round.path)
    return visit.page("oversikt.html", step="Översikt", progress=progress)
