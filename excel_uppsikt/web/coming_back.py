"""The way back from the handbook: which of our own pages it was reached from, and that page's name."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from markupsafe import Markup

from excel_uppsikt.web import words

# The pages that are shown by asking for them; files, work in progress and what is only sent to are none.
_PAGES = re.compile(
    r"/|/jamforelse|/omgang/[a-z0-9-]+(?P<page>"
    r"|/(?:plan|formular|inkorg|enheter|anmarkningar|sammanstallning|tackning|rapport|beslut|mejl)"
    r"|/(?:hamta|skickat)|/rad/[\w%~.-]+|/lasning/[\w%~.()-]+|/beslut/\d+(?:/bort)?|/mejl/\d+(?:/skicka)?)"
)
# What came of some work is told once.
_ONCE = ("klart", "rad")
_LINK = re.compile(r'href="(/hjalp[^"#?]*)')


def own_page(address: str) -> str:
    """An address of one of our own pages as it is led back to; '' for any other."""
    try:
        parts = urlsplit(address)
        query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] not in _ONCE])
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or _PAGES.fullmatch(parts.path) is None:
        return ""
    return f"{parts.path}?{query}" if query else parts.path


@dataclass(frozen=True, slots=True)
class WayBack:
    """The way back to a page, '' where none is known; its links carry it on as what is `carried`."""

    page: str

    @property
    def told(self) -> str:
        """The link's words."""
        return words.way_back(_name(self.page))

    @property
    def carried(self) -> str:
        """What stands last in the addresses of links within the handbook."""
        return f"?{urlencode({'fran': self.page})}" if self.page else ""

    def carried_in(self, body: Markup) -> Markup:
        """A page of the handbook with this in its links to others."""
        # Nothing but letters, digits and percent signs is put into what was escaped before.
        return Markup(_LINK.sub(rf'href="\1{self.carried}', str(body))) if self.page else body  # noqa: S704


def way_back(given: str, referrer: str, origin: str) -> WayBack:
    """The way back from the handbook: to what a link in it carries on, else to where the browser was."""
    inside = referrer.removeprefix(origin) if referrer.startswith(f"{origin}/") else ""
    return WayBack(own_page(given) or own_page(inside))


def _name(address: str) -> str:
    """The name of the page at an address of our own; '' for one that has none."""
    path = urlsplit(address).path
    found = _PAGES.fullmatch(path)
    page = found["page"] if found else None
    if page is None:
        return words.OF_ALL.get(path, "")
    return next((name for end, name, _ in words.STEPS if end == page), "")
