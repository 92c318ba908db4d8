"""What a Word document's paragraphs say, and where something without words of its own stands."""

from excel_uppsikt.word.formatting import W
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pieces import Element

DRAWINGS = (qn("wp:inline"), qn("wp:anchor"), f"{W}pict", f"{W}object")
# What a paragraph without words may carry; a link without words is told as such.
_CARRIES = (
    *DRAWINGS,
    *(W + n for n in ("fldChar", "fldSimple", "sectPr", "hyperlink")),
    qn("m:oMath"),
)
_SHOWN = 60


def words(holder: Element) -> str:
    """The text of a paragraph or a run, with its tabs and line breaks."""
    pieces = []
    for part in holder.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if part.tag == f"{W}t":
            pieces.append(part.text or "")
        elif part.getparent().tag == f"{W}r":
            pieces.append({f"{W}tab": "\t", f"{W}br": "\n"}.get(part.tag, "-"))
    return "".join(pieces)


def quoted(text: str) -> str:
    """A text in quotes on one line, cut where it is long."""
    text = " ".join(text.split())
    return f"”{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"”{text}”"


def first_words(holder: Element) -> str:
    """The first paragraph that says anything, in quotes; empty where none does."""
    every = (words(paragraph).strip() for paragraph in holder.iter(f"{W}p"))
    return next((quoted(text) for text in every if text), "")


def after(element: Element) -> str:
    """Where something without words of its own stands: after which text."""
    at = element
    while at is not None:
        for before in at.itersiblings(preceding=True):
            for paragraph in reversed(list(before.iter(f"{W}p"))):
                if text := words(paragraph).strip():
                    return f"efter {quoted(text)}"
        at = at.getparent()
    return "överst i dokumentet"


def needed(before: Element, following: Element) -> bool:
    """Whether Word asks for a paragraph here: alone in a cell, after a table last or before another."""
    last = following is None or following.tag == f"{W}sectPr"
    if before is None or before.tag == f"{W}tcPr":
        return last
    return before.tag == f"{W}tbl" and (last or following.tag == f"{W}tbl")


def is_empty(block: Element) -> bool:
    """Whether something, that may be nothing, is a paragraph without content."""
    if block is None or block.tag != f"{W}p" or words(block).strip():
        return False
    breaks = (mark.get(f"{W}type") == "page" for mark in block.iter(f"{W}br"))
    return next(block.iter(*_CARRIES), None) is None and not any(breaks)
