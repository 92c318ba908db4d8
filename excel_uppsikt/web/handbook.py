"""The handbook as pages: its Markdown as HTML, its links and pictures at addresses of the page's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from excel_uppsikt.bundled import bundled
from excel_uppsikt.findings.catalogue import CATALOGUE

ADDRESS = "/hjalp"
_CODES = "koder"
# Each page by its name in addresses, in the order that the help lists them, with its file below `docs`.
_FILES = {
    "samordnaren": "handbok/samordnaren.md",
    "enhetschefen": "handbok/enhetschefen.md",
    _CODES: "handbok/koder.md",
    "it": "handbok/it.md",
    "for-it-avdelningen": "for-it-avdelningen.md",
}
_NAMES = {PurePosixPath(file).name: name for name, file in _FILES.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with a heading of its own, by its anchor."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """A page of the handbook: its title, its parts, and its text as HTML without the title."""

    name: str
    title: str
    sections: tuple[Section, ...]
    body: Markup


def pages() -> tuple[HandbookPage, ...]:
    """All pages, in order."""
    return tuple(_page(name) for name in _FILES)


def page(name: str) -> HandbookPage | None:
    """The page of that name, where there is one."""
    return _page(name) if name in _FILES else None


def picture(name: str) -> Path | None:
    """The picture of that name, where a page shows it."""
    return next((path for path in _pictures() if path.name == name), None)


@lru_cache(maxsize=1)
def _pictures() -> tuple[Path, ...]:
    folder = bundled("docs")
    return (*sorted(folder.glob("*.png")), *sorted((folder / "handbok/bilder").glob("*.png")))


@lru_cache(maxsize=len(_FILES))
def _page(name: str) -> HandbookPage:
    written = (bundled("docs") / _FILES[name]).read_text("utf-8")
    tokens = _markdown().parse(written)
    title = tokens[1].content
    sections: list[Section] = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            anchor = _anchor(inline.content)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                sections.append(Section(anchor, inline.content))
        _prepare(token)
    # The title stands at the top of every page.
    body = _markdown().renderer.render(tokens[3:], _markdown().options, {})
    # What is in the text is escaped by the renderer, which lets no HTML through.
    return HandbookPage(name, title, tuple(sections), Markup(body))  # noqa: S704


def _prepare(token: Token) -> None:
    """Leads links and pictures to where they are on the page; no style stands in the text itself."""
    token.attrs.pop("style", None)
    if token.type == "th_open":
        token.attrSet("scope", "col")
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("href", _target(str(child.attrGet("href") or "")))
        elif child.type == "image":
            name = PurePosixPath(str(child.attrGet("src") or "")).name
            child.attrSet("src", f"{ADDRESS}/bild/{name}")
            child.attrSet("loading", "lazy")


def _target(written: str) -> str:
    path, _, anchor = written.partition("#")
    if re.match(r"\w+:", path):
        return written
    file = PurePosixPath(path).name
    where = f"{ADDRESS}/{_NAMES[file]}" if file in _NAMES else (ADDRESS if file else "")
    return f"{where}#{anchor}" if anchor else where


def _anchor(heading: str) -> str:
    """A heading's anchor: as on GitHub, but for a code, which is written as it is."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip())
    return plain if plain in CATALOGUE else plain.lower().replace(" ", "-")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", _table_close)
    return made


def _table_open(_: RendererHTML, tokens: Sequence[Token], at: int, __: object, ___: object) -> str:
    """A table that is wider than the page is scrolled by itself, by keyboard too."""
    first = next((t.content for t in tokens[at:] if t.type == "inline" and t.content), "Tabell")
    label = Markup.escape(first)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="Tabell: {label}"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"
