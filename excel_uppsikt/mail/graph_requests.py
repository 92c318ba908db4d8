"""Requests to Microsoft Graph: answered, waited for and made anew, or why they were not carried out."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum
from typing import Any

import requests

from excel_uppsikt.mail.secret import Secret

# Seconds for a connection and for an answer, the most to wait when Graph asks for it, and how often.
_CONNECTING, _ANSWERING, _LONGEST_WAIT, _ATTEMPTS = 15, 120, 60, 4


class GraphReason(Enum):
    """Why Graph did not do what was asked of it."""

    THROTTLED = "throttled"  # 429: not done; `retry_after` tells when to ask again
    SIGNED_OUT = "signed_out"  # 401, also with a new token
    FORBIDDEN = "forbidden"  # 403: the app or the user may not
    NOT_FOUND = "not_found"  # 404: no such mailbox, folder or message
    TOO_LARGE = "too_large"  # 413
    REFUSED = "refused"  # any other 4xx
    SERVER = "server"  # 5xx: it may have been done all the same
    UNREACHABLE = "unreachable"  # no connection was made: not done
    LOST = "lost"  # the connection broke before the answer: it may have been done
    ODD = "odd"  # an answer that is not as documented


class GraphError(Exception):
    """Graph did not do it, or it is not known whether it did. `code` is Graph's own word for why."""

    def __init__(
        self,
        reason: GraphReason,
        status: int | None = None,
        code: str = "",
        retry_after: float | None = None,
    ) -> None:
        self.reason, self.status, self.code, self.retry_after = reason, status, code, retry_after
        super().__init__(reason.value, status, code)

    @property
    def may_be_done(self) -> bool:
        """Whether what was asked may have been done."""
        return self.reason in (GraphReason.SERVER, GraphReason.LOST, GraphReason.ODD)


_REASONS = {
    401: GraphReason.SIGNED_OUT,
    403: GraphReason.FORBIDDEN,
    404: GraphReason.NOT_FOUND,
    413: GraphReason.TOO_LARGE,
    429: GraphReason.THROTTLED,
}


class _Bearer(requests.auth.AuthBase):
    """The token, in place of what a file of passwords (.netrc) on the computer may have for the address."""

    def __init__(self, token: Secret | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        return request


class GraphRequests:
    """Requests to Graph with a token, a new one where one no longer holds; waits where Graph asks for it.

    Each raises GraphError where Graph does not answer as documented.
    """

    def __init__(
        self, token: Callable[[bool], Secret], wait: Callable[[float], None] | None = None
    ) -> None:
        self._token, self._wait = token, wait or time.sleep
        self._session = requests.Session()

    def ask(self, method: str, url: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401  what requests takes
        """What Graph answers, as JSON; nothing for an answer without any."""
        with self.answer(method, url, **said) as answer:
            try:
                content = answer.content
                found = answer.json() if content else {}
            except requests.exceptions.JSONDecodeError as error:
                raise GraphError(GraphReason.ODD, answer.status_code) from error
            except requests.RequestException as error:
                raise GraphError(GraphReason.LOST) from error
        if not isinstance(found, dict):
            raise GraphError(GraphReason.ODD, answer.status_code)
        return found

    def answer(
        self,
        method: str,
        url: str,
        *,
        signed: bool = True,
        **said: Any,  # noqa: ANN401  what requests takes
    ) -> requests.Response:
        """The answer of a request that was carried out; waits and asks anew where it was not."""
        anew = False
        for attempt in range(1, _ATTEMPTS + 1):
            answer = self._once(method, url, self._token(anew) if signed else None, said)
            # Nobody is followed elsewhere with a token or a letter.
            if 200 <= answer.status_code < 300:
                return answer
            error = _error(answer)
            answer.close()
            if error.reason is GraphReason.SIGNED_OUT and signed and not anew:
                anew = True
                continue
            again = error.reason is GraphReason.THROTTLED or (
                method in ("GET", "PUT") and answer.status_code in (502, 503, 504)
            )
            pause = error.retry_after if error.retry_after is not None else float(2**attempt)
            if not again or attempt == _ATTEMPTS or pause > _LONGEST_WAIT:
                raise error
            self._wait(pause)
        raise error

    def _once(
        self, method: str, url: str, token: Secret | None, said: Mapping[str, Any]
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                url,
                auth=_Bearer(token),
                timeout=(_CONNECTING, _ANSWERING),
                allow_redirects=False,
                **said,
            )
        except requests.RequestException as error:
            raise GraphError(_lost(error)) from error


def _lost(error: requests.RequestException) -> GraphReason:
    """Whether a connection was never made, or broke."""
    never = (
        requests.exceptions.ConnectTimeout,
        requests.exceptions.SSLError,
        requests.exceptions.ProxyError,
    )
    reason = error.args[0] if error.args else None
    inner = type(getattr(reason, "reason", None)).__name__
    if isinstance(error, never) or inner in ("NewConnectionError", "NameResolutionError"):
        return GraphReason.UNREACHABLE
    return GraphReason.LOST


def _error(answer: requests.Response) -> GraphError:
    """What an answer of refusal says."""
    reason = _REASONS.get(answer.status_code)
    if reason is None:
        reason = GraphReason.SERVER if answer.status_code >= 500 else GraphReason.REFUSED
    if answer.status_code < 400:
        reason = GraphReason.ODD
    code = ""
    with suppress(requests.RequestException, ValueError, AttributeError):
        code = str((answer.json().get("error") or {}).get("code") or "")[:100]
    waiting = answer.headers.get("Retry-After", "")
    retry = float(waiting) if waiting.isascii() and waiting.isdecimal() else None
    return GraphError(reason, answer.status_code, code, retry)
