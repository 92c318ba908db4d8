"""Help: the year's steps with the commands that do the same, and the handbook."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from excel_uppsikt.web import handbook
from excel_uppsikt.web.coming_back import WayBack, way_back
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """The steps, the commands, and the handbook's pages."""
    pages = await run_in_threadpool(handbook.pages)
    return visit.page("hjalp.html", pages=pages, back=_back(visit))


async def page(visit: Visit) -> Response:
    """A page of the handbook."""
    found = await run_in_threadpool(handbook.page, visit.request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    back = _back(visit)
    return visit.page("handbok.html", page=found, body=back.carried_in(found.body), back=back)


def _back(visit: Visit) -> WayBack:
    referrer = visit.request.headers.get("referer", "")
    return way_back(visit.asked("fran"), referrer, visit.site.origin)


async def picture(visit: Visit) -> Response:
    """A picture of the handbook."""
    path = await run_in_threadpool(handbook.picture, visit.request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path)
