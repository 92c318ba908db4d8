"""Who may use the page: addresses that are used once, the cookies they give, and the marks of own forms."""

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock

# Each browser and each start takes one; more than this many unused ones would be a fault.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has been let in, by its cookie's value."""

    cookie: str

    @property
    def form_mark(self) -> str:
        """What every form of this browser's carries, so that no other site can send one."""
        return hmac.new(self.cookie.encode(), b"form", sha256).hexdigest()

    def sent_it(self, mark: object) -> bool:
        """Whether a form's mark is this browser's own."""
        return isinstance(mark, str) and hmac.compare_digest(mark.encode(), self.form_mark.encode())


@dataclass(slots=True)
class Sessions:
    """The addresses that have been given out and not used, and the browsers that have been let in."""

    _tokens: set[str] = field(default_factory=set)
    _cookies: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def new_token(self) -> str:
        """A token for one more address; it lets one browser in, once."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._tokens) >= _MOST:
                self._tokens.clear()
            self._tokens.add(token)
        return token

    def enter(self, token: str) -> Session | None:
        """The session of a browser that comes with a token; None where it is none, or has been used."""
        with self._lock:
            if token not in self._tokens:
                return None
            self._tokens.remove(token)
            cookie = secrets.token_urlsafe(32)
            self._cookies.add(cookie)
        return Session(cookie)

    def known(self, cookie: str | None) -> Session | None:
        """The session of a browser that comes with a cookie; None where it is none of ours."""
        return Session(cookie) if cookie is not None and cookie in self._cookies else None
