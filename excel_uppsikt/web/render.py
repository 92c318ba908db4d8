"""The pages' HTML: templates with every value escaped, and what stands around each page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from excel_uppsikt.language.text import counted
from excel_uppsikt.version import __version__
from excel_uppsikt.web import words
from excel_uppsikt.web.folders import RoundFolder

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
STATIC_FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told at the top of a page: what came of what was asked for. `tone` is good, bad or plain."""

    title: str
    lines: Sequence[str] = ()
    tone: str = "good"


@cache
def environment() -> Environment:
    """Where templates are found. A name that a template does not get is a fault, never an empty text."""
    made = Environment(
        loader=PackageLoader("excel_uppsikt.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["days"] = days
    made.filters["counted"] = counted
    made.globals |= {"words": words, "version": __version__}
    return made


def days(text: str) -> Markup:
    """A text as HTML in which no day is broken between two lines."""
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(text))))  # noqa: S704  escaped


def html(
    template: str,
    *,
    mark: str,
    here: RoundFolder | None = None,
    notice: Notice | None = None,
    status: int = 200,
    **values: object,
) -> Response:
    """A page. `mark` is the session's own, for its forms, and `here` the round it is about."""
    text = (
        environment()
        .get_template(template)
        .render(mark=mark, here=here, notice=notice, template=template, **values)
    )
    return HTMLResponse(text, status)
