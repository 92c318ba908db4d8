"""What is let through to the pages: by address, origin, token and cookie, and how much of it.

It stands before everything else, so that no page can forget it. The Host is held to one name against DNS
rebinding, the Origin as well since browsers do not tell everywhere where a request comes from.
"""

import asyncio
import hmac
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from excel_uppsikt.web import words
from excel_uppsikt.web.sessions import Session
from excel_uppsikt.web.site import Site

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no referrer at all, browsers send forms with the origin `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Nothing on disk but what is in the round's folder; the package's own style and script may be kept.
_NOT_KEPT = "no-store"
_METHODS = ("GET", "HEAD", "POST")
STATIC, START = "/static/", "/start"
KEY_HEADER = "x-uppsikt-key"
MAX_BODY, MAX_UPLOAD = 1_000_000, 500_000_000
# Seconds for all of a request's body, and without anything of it coming.
LONGEST, LONGEST_SILENCE = 600, 30


class RefusedError(Exception):
    """A request is not let through, or no more of it is read."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


@dataclass(frozen=True, slots=True)
class _Request:
    """What the guard looks at: the parts of a request that stand outside its body."""

    method: str
    path: str
    query: str
    headers: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str | None:
        """A header that may stand once; '' where it stands more than once, None where not at all."""
        values = self.headers.get(name, ())
        return values[0] if len(values) == 1 else ("" if values else None)


class Guard:
    """Refuses what does not come from the coordinator's own browser, and bounds what does."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it."""
        if scope["type"] != "http":
            return
        guarded_send = _with_headers(send, scope["path"])
        try:
            answer = self._look(scope)
            if answer is None:
                self._site.touched()
                upload = scope["path"].endswith("/inkorg")
                most = MAX_UPLOAD if upload else MAX_BODY
                await self._app(scope, _bounded(scope, receive, most), guarded_send)
                self._site.opened.set()
                return
        except RefusedError as refused:
            answer = PlainTextResponse(refused.text, refused.status, {"Connection": "close"})
        await answer(scope, receive, guarded_send)

    def _look(self, scope: Scope) -> Response | None:
        """An answer that ends it, or None where the request may go on, with its session in the scope."""
        request = _parts(scope)
        if request.one("host") != self._site.host:
            raise RefusedError(400, words.OTHER_HOST)
        if request.method not in _METHODS:
            raise RefusedError(405, words.OTHER_METHOD)
        origin = request.one("origin")
        if origin is not None and origin != self._site.origin:
            raise RefusedError(403, words.OTHER_ORIGIN)
        if request.path == START:
            self._look_at_key(request)
            return None
        if request.path.startswith(STATIC) and request.method != "POST":
            return None
        if request.method == "POST":
            _look_at_sender(request)
        return self._look_at_session(scope, request)

    def _look_at_key(self, request: _Request) -> None:
        """Another start of the program asks for an address; a browser never does."""
        key = request.one(KEY_HEADER) or ""
        from_browser = "origin" in request.headers or "sec-fetch-site" in request.headers
        ours = hmac.compare_digest(key.encode(), self._site.key.encode())
        if from_browser or request.method != "POST" or not ours:
            raise RefusedError(403, words.NOT_LET_IN)

    def _look_at_session(self, scope: Scope, request: _Request) -> Response | None:
        session = self._site.sessions.known(_cookie(request, self._site.cookie))
        token = parse_qs(request.query).get("token", [""])[0] if request.method == "GET" else ""
        if token:
            entered = session or self._site.sessions.enter(token)
            if entered is None:
                raise RefusedError(403, words.ADDRESS_USED)
            return self._entered(entered)
        if session is None:
            raise RefusedError(403, words.NOT_LET_IN)
        scope.setdefault("state", {})["session"] = session
        return None

    def _entered(self, session: Session) -> Response:
        """The first page's address without the token, and the cookie that takes its place."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._site.cookie, session.cookie, httponly=True, samesite="strict")
        return answer


def _parts(scope: Scope) -> _Request:
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        headers[key] = (*headers.get(key, ()), value.decode("latin-1"))
    query = scope.get("query_string", b"").decode("latin-1")
    return _Request(scope["method"], scope["path"], query, headers)


def _look_at_sender(request: _Request) -> None:
    """A change comes from the page itself: its origin must be told, and is by now the right one."""
    if "origin" not in request.headers:
        raise RefusedError(403, words.OTHER_ORIGIN)
    if request.one("sec-fetch-site") not in (None, "same-origin"):
        raise RefusedError(403, words.OTHER_ORIGIN)


def _cookie(request: _Request, name: str) -> str | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load("; ".join(request.headers.get("cookie", ())))
    except CookieError:
        return None
    return cookies[name].value if name in cookies else None


def _bounded(scope: Scope, receive: Receive, most: int) -> Receive:
    """The request's body, of which no more than `most` bytes is read, and not for ever."""
    told = dict(scope["headers"]).get(b"content-length", b"0")
    if not told.isdigit() or int(told) > most:
        raise RefusedError(413, words.TOO_LARGE)
    end = time.monotonic() + LONGEST
    size, whole = 0, False

    async def bounded() -> Message:
        nonlocal size, whole
        if whole:
            # All has been read: what comes now is only that the browser has gone.
            return await receive()
        left = min(end - time.monotonic(), LONGEST_SILENCE)
        try:
            message = await asyncio.wait_for(receive(), max(left, 0))
        except TimeoutError as error:
            raise RefusedError(408, words.TOO_SLOW) from error
        size += len(message.get("body", b""))
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        if size > most:
            raise RefusedError(413, words.TOO_LARGE)
        return message

    return bounded


def _with_headers(send: Send, path: str) -> Send:
    """The answer with the headers that keep a browser from doing anything else with it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = "max-age=3600" if path.startswith(STATIC) else _NOT_KEPT
            own = SECURITY_HEADERS | {"Cache-Control": kept}
            message["headers"] = [*message.get("headers", ()), *_encoded(own.items())]
        await send(message)

    return sending


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
