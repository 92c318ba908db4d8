"""Work as it goes: how far it is, its stop, that a browser is there, and the end of it all."""

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from excel_uppsikt.web import words
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.render import environment
from excel_uppsikt.web.visit import Visit, after


async def show(visit: Visit) -> Response:
    """How far some work is, or the page that it leads to."""
    job = _job(visit)
    if await job.settled(0.5):
        return RedirectResponse(after(job), 303)
    return visit.waiting(job)


async def state(visit: Visit) -> Response:
    """The same for the script."""
    job = _job(visit)
    return JSONResponse({"told": words.at_work(job), "ended": job.ended})


async def stop(visit: Visit) -> Response:
    """Stops some work, where it may be stopped."""
    job = _job(visit)
    visit.site.jobs.stop(job)
    await job.settled(5)
    return RedirectResponse(f"/arbete/{job.number}", 303)


async def pulse(visit: Visit) -> Response:
    """Remembers that a page is open."""
    visit.site.pulsed = True
    return Response(status_code=204)


async def leave(visit: Visit) -> Response:
    """Ends the program, when what it is doing is done."""
    visit.site.quitting = True
    told = words.LEFT_AT_WORK if visit.site.jobs.busy else words.LEFT
    return Response(
        environment().get_template("avslutat.html").render(told=told), media_type="text/html"
    )


def _job(visit: Visit) -> Job:
    job = visit.site.jobs.get(visit.request.path_params["number"])
    if job is None:
        raise HTTPException(404)
    return job
