"""A round at a glance: what each step has left, and the next one."""

from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.web.progress import progress_of
from excel_uppsikt.web.visit import Visit

# Seconds to wait for the round to be read, where a decision may say what is next.
_PATIENCE = 1.0


async def show(visit: Visit) -> Response:
    """The steps with what they have left."""
    progress = await run_in_threadpool(progress_of, visit.round.path)
    if progress.decided_on:
        # What cannot be read is told on the pages that need it; here the files say what is next.
        with suppress(CannotRunError, OSError):
            await visit.reading(_PATIENCE)
    return visit.page("oversikt.html", step="Översikt", progress=progress)
