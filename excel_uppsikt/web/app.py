"""The pages by address, each imported when it is first asked for, and the answers when there is none."""

import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import cast

from python_multipart.exceptions import FormParserError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.web import words
from excel_uppsikt.web.guard import START, Guard, RefusedError
from excel_uppsikt.web.loading import load_page
from excel_uppsikt.web.render import STATIC_FOLDER, Notice, html
from excel_uppsikt.web.site import Site
from excel_uppsikt.web.visit import Visit, failure

Page = Callable[[Visit], Awaitable[Response]]
# How many files and fields one form may have.
MAX_FILES, MAX_FIELDS = 1_000, 5_000
_ROUND = "/omgang/{round}"

# Each address with its method, and where the page stands: a module of `web/pages` and a function.
PAGES: tuple[tuple[str, str, str], ...] = (
    ("GET", "/", "rounds:show"),
    ("POST", "/ny", "rounds:make"),
    ("GET", "/jamforelse", "comparison:show"),
    ("POST", "/jamforelse", "comparison:make"),
    ("POST", "/jamforelse/historik", "comparison:keep"),
    ("GET", "/jamforelse/fil/{name}", "comparison:fetch"),
    ("GET", "/hjalp", "help:show"),
    ("GET", "/hjalp/{name}", "help:page"),
    ("GET", "/hjalp/bild/{name}", "help:picture"),
    ("POST", "/avsluta", "work:leave"),
    ("POST", "/puls", "work:pulse"),
    ("GET", "/arbete/{number:int}", "work:show"),
    ("GET", "/arbete/{number:int}/laget", "work:state"),
    ("POST", "/arbete/{number:int}/stopp", "work:stop"),
    ("GET", _ROUND, "overview:show"),
    ("GET", f"{_ROUND}/plan", "plan:show"),
    ("GET", f"{_ROUND}/formular", "forms:show"),
    ("POST", f"{_ROUND}/formular", "forms:make"),
    ("GET", f"{_ROUND}/inkorg", "inbox:show"),
    ("POST", f"{_ROUND}/inkorg", "inbox:receive_files"),
    ("POST", f"{_ROUND}/inkorg/undan", "aside:lay_aside"),
    ("POST", f"{_ROUND}/inkorg/tillbaka", "aside:put_back"),
    ("GET", f"{_ROUND}/enheter", "units:show"),
    ("POST", f"{_ROUND}/enheter", "units:make_returns"),
    ("GET", f"{_ROUND}/anmarkningar", "findings:show"),
    ("GET", f"{_ROUND}/sammanstallning", "compilation:show"),
    ("POST", f"{_ROUND}/sammanstallning", "compilation:merge"),
    ("POST", f"{_ROUND}/valj", "compilation:choose"),
    ("GET", f"{_ROUND}/rad/{{key}}", "row:show"),
    ("POST", f"{_ROUND}/rad/{{key}}", "row:save"),
    ("POST", f"{_ROUND}/ordna", "row:arrange"),
    ("GET", f"{_ROUND}/tackning", "coverage:show"),
    ("GET", f"{_ROUND}/rapport", "report:show"),
    ("POST", f"{_ROUND}/rapport", "report:make"),
    ("POST", f"{_ROUND}/publicera", "report:publish"),
    ("GET", f"{_ROUND}/lasning/{{name}}", "report:preview"),
    ("GET", f"{_ROUND}/hamta", "fetching:show"),
    ("POST", f"{_ROUND}/hamta", "fetching:fetch"),
    ("GET", f"{_ROUND}/beslut", "decisions:show"),
    ("POST", f"{_ROUND}/beslut", "decisions:decide"),
    ("GET", f"{_ROUND}/beslut/{{number:int}}", "decision:show"),
    ("POST", f"{_ROUND}/beslut/{{number:int}}", "decision:save"),
    ("GET", f"{_ROUND}/beslut/{{number:int}}/bort", "decision:ask"),
    ("POST", f"{_ROUND}/beslut/{{number:int}}/bort", "decision:remove"),
    ("POST", f"{_ROUND}/komplettera", "decisions:ask"),
    ("GET", f"{_ROUND}/mejl", "mail:show"),
    ("POST", f"{_ROUND}/mejl", "mail:look"),
    ("POST", f"{_ROUND}/mejl/losenord", "password:keep"),
    ("GET", f"{_ROUND}/mejl/{{number:int}}", "mail:shown"),
    ("POST", f"{_ROUND}/mejl/{{number:int}}", "mail:hand_over"),
    ("GET", f"{_ROUND}/mejl/{{number:int}}/skicka", "mail:ask"),
    ("POST", f"{_ROUND}/mejl/{{number:int}}/okant", "mail:settle"),
    ("GET", f"{_ROUND}/skickat", "sent:show"),
    ("GET", f"{_ROUND}/fil/{{which}}", "files:single"),
    ("GET", f"{_ROUND}/fil/{{kind}}/{{name}}", "files:of_kind"),
    ("GET", f"{_ROUND}/version/{{version}}/{{name}}", "files:of_version"),
    ("GET", f"{_ROUND}/zip/{{kind}}", "files:as_zip"),
    ("POST", f"{_ROUND}/oppna", "files:open_here"),
)


def create_app(site: Site) -> ASGIApp:
    """The page as an application, behind its guard."""
    routes = [
        Route(START, _start(site), methods=["POST"]),
        *(Route(path, _endpoint(site, page), methods=[method]) for method, path, page in PAGES),
        Mount("/static", StaticFiles(directory=STATIC_FOLDER)),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _http_error,
            RefusedError: _refused,
            CannotRunError: _cannot,
            OSError: _cannot,
            ClientDisconnect: _gone,
            Exception: _fault,
        },
    )
    # Outermost, so that its headers stand in every answer.
    return Guard(app, site)


def _endpoint(site: Site, page: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers at an address: the visit made ready, its form read and known to be the browser's own."""
    module, _, name = page.partition(":")

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(load_page, module)
        handler = cast("Page", getattr(found, name))
        session, here = request.state.session, None
        if "round" in request.path_params:
            here = await run_in_threadpool(site.rounds.called, request.path_params["round"])
            if here is None:
                raise HTTPException(404)
        if request.method != "POST":
            return await handler(Visit(request, site, session, here))
        form = await _form(request)
        try:
            mark = form.get("mark") or request.headers.get("x-uppsikt-mark")
            if not session.sent_it(mark):
                raise RefusedError(403, words.FORGED)
            if site.quitting:
                raise RefusedError(503, words.QUITTING)
            return await handler(Visit(request, site, session, here, form))
        finally:
            await form.close()

    return answer


async def _form(request: Request) -> FormData:
    """The form that was sent; its files lie in temporary ones until it is closed."""
    try:
        return await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS)
    except FormParserError as error:
        raise HTTPException(400) from error


def _start(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """An address for another start of the program with the same folder."""

    async def answer(_: Request) -> Response:
        return PlainTextResponse(site.address())

    return answer


def _error_page(request: Request, notice: Notice, status: int) -> Response:
    session = getattr(request.state, "session", None)
    if session is None or request.headers.get("x-uppsikt-mark"):
        return PlainTextResponse(" ".join((notice.title, *notice.lines)), status)
    return html("fel.html", mark=session.form_mark, notice=notice, status=status)


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    if status == 400 and "Too many" in detail:
        return _error_page(
            request, Notice(words.TOO_MANY_FILES, (words.NOTHING_CHANGED,), "bad"), 413
        )
    text = words.NOT_FOUND if status == 404 else words.NOT_UNDERSTOOD
    return _error_page(request, Notice(text, (words.NOTHING_CHANGED,), "bad"), status)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, RefusedError) else 400
    return _error_page(request, Notice(str(error), (words.NOTHING_CHANGED,), "bad"), status)


async def _cannot(request: Request, error: Exception) -> Response:
    return _error_page(request, failure(error), 409)


async def _gone(_: Request, __: Exception) -> Response:
    return PlainTextResponse(words.NOT_UNDERSTOOD, 400)


async def _fault(request: Request, error: Exception) -> Response:
    traceback.print_exception(error, file=sys.stderr)
    return _error_page(request, Notice(words.FAULT, (words.fault(error),), "bad"), 500)
