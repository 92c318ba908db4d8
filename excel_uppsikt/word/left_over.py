"""What is left to fill in in a Word document as it lies, wherever it stands: words in braces."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from excel_uppsikt.language.braces import words_in_braces
from excel_uppsikt.word.formatting import W
from excel_uppsikt.word.pieces import Element
from excel_uppsikt.word.places import quoted

# In the order they are told; glossaries and the like hold nothing that is read.
_PARTS = (
    (re.compile(r"word/document\d*\.xml"), ""),
    (re.compile(r"word/header\d*\.xml"), "i sidhuvudet"),
    (re.compile(r"word/footer\d*\.xml"), "i sidfoten"),
    (re.compile(r"word/(?:foot|end)notes\.xml"), "i en fotnot"),
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_BEFORE = 25


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Something left to fill in or finish, as it is written, and in Swedish where it stands."""

    text: str
    where: str


def is_readable(document: bytes) -> bool:
    """Whether it is a Word document that can be looked through; one with a password is not."""
    return next(paragraphs(document), None) is not None


def words_left(document: bytes) -> tuple[LeftOver, ...]:
    """The words in braces of a document's text, headers, footers, notes, text boxes and title, each once.

    Nothing for what cannot be read as a Word document.
    """
    found = (
        LeftOver(mark, where or _in_paragraph(text, mark))
        for where, text in paragraphs(document)
        for mark in words_in_braces(text)
    )
    first: dict[str, LeftOver] = {}
    for one in found:
        first.setdefault(one.text, one)
    return tuple(first.values())


def paragraphs(document: bytes) -> Iterator[tuple[str, str]]:
    """Each paragraph's text, however Word has divided it among runs, after the margin it stands in, if any.

    The document's title comes last. Nothing for what cannot be read as a Word document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as source:
            names = sorted(source.namelist())
            for pattern, where in _PARTS:
                for name in filter(pattern.fullmatch, names):
                    root = etree.fromstring(source.read(name), _parser())
                    yield from ((where, _own_words(one)) for one in root.iter(f"{W}p"))
            if "docProps/core.xml" in names:
                core = etree.fromstring(source.read("docProps/core.xml"), _parser())
                yield from (
                    ("i dokumentets titel", title.text or "") for title in core.iter(_TITLE)
                )
    except (zipfile.BadZipFile, etree.XMLSyntaxError):
        return


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False)


def _own_words(paragraph: Element) -> str:
    """A paragraph's text without that of the paragraphs inside it, as in a text box."""
    return "".join(
        text.text or ""
        for text in paragraph.iter(f"{W}t")
        if next(text.iterancestors(f"{W}p")) is paragraph
    )


def _in_paragraph(text: str, mark: str) -> str:
    """The paragraph, from a little before the mark."""
    at = text.index(mark)
    start = text.rfind(" ", 0, max(at - _BEFORE, 0)) + 1
    return f"i stycket {quoted(text[start:])}"
