"""Lines of a quoted mail in which somebody has written: what is told of each, once its words are known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from excel_uppsikt.language.text import clean, fold

# Mail programs write an address that is a link twice, or another in its place.
LINK = re.compile(r"<?\b(?:https?|mailto):[^\s>]*>?", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?][”\"')*]*\s+")
_OPENING = re.compile(r"[”\"'(*\[]*\Z")
_CLOSING = re.compile(r"[^\s\w]*")
# Lines drawn between texts, and marks of a list.
_DRAWN = re.compile(r"[-_*·•–—=#>|~.\s]*")


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line, its words as they are compared, and where each stands in it."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, line: str) -> "QuotedLine":
        """The words of a line, without its links."""
        text = clean(line)
        plain = LINK.sub(lambda link: " " * len(link[0]), text)
        found = list(WORD.finditer(plain))
        return cls(
            text, tuple(fold(match[0]) for match in found), tuple(match.span() for match in found)
        )


def told_in(
    lines: Sequence[QuotedLine], places: Sequence[int | None], start: int, *, links: bool
) -> tuple[str, ...]:
    """What has been written in some lines, as paragraphs.

    `places` has the place in the mail that each word has, from `start` on, None for a word that is not its.
    With `links` there are links in it, and a line of nothing else is its own.
    """
    told: list[str] = []
    waiting: list[str] = []

    def tell() -> None:
        paragraph = re.sub(r"\n{3,}", "\n\n", "\n".join(waiting)).strip()
        if not _DRAWN.fullmatch(paragraph):
            told.append(paragraph)
        waiting.clear()

    at = start
    for line in lines:
        count = max(0, min(len(line.words), len(places) - at))
        if not line.words:
            own = not links or LINK.search(line.text) is None
            waiting.append(line.text.strip() if own else "")
            continue
        last = 0
        for first, end in _spans(line, places, at, count):
            if any(place is not None for place in places[at + last : at + first]):
                tell()
            waiting.append(_slice(line, first, end))
            last = end
        if any(place is not None for place in places[at + last : at + count]):
            tell()
        at += len(line.words)
    tell()
    return tuple(told)


def _spans(
    line: QuotedLine, places: Sequence[int | None], at: int, count: int
) -> Iterator[tuple[int, int]]:
    """What is told of a line, as words from one to before another: what was written, or its sentences.

    A sentence is told whole where words in its midst were changed, which say little by themselves.
    """
    sentences = _sentences(line)
    found: list[tuple[int, int]] = []
    for first, end in _runs(places[at : at + count]):
        start, stop = first, end
        if not _by_itself(sentences, first, end, count, _is_added(places, at + first, at + end)):
            start = max(begin for begin in sentences if begin <= first)
            stop = min(begin for begin in (*sentences, count) if begin >= end)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    yield from found


def _by_itself(sentences: Sequence[int], first: int, end: int, count: int, added: bool) -> bool:
    """Whether words can be told without those around them."""
    begins, ends = first in sentences, end in sentences or end == count
    return (begins and ends) or (added and (begins or ends))


def _is_added(places: Sequence[int | None], first: int, end: int) -> bool:
    """Whether nothing of the mail is missing where these words stand."""
    before = next((place for place in reversed(places[:first]) if place is not None), None)
    after = next((place for place in places[end:] if place is not None), None)
    return before is None or after is None or before + 1 == after


def _runs(places: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """The words that follow on each other and are not the mail's."""
    first = None
    for at, place in enumerate((*places, 0)):
        if place is None and first is None:
            first = at
        elif place is not None and first is not None:
            yield first, at
            first = None


def _sentences(line: QuotedLine) -> list[int]:
    """The first word of each sentence of a line."""
    return [
        at
        for at, (start, _) in enumerate(line.spans)
        if not at or _SENTENCE_END.search(line.text, line.spans[at - 1][1], start)
    ]


def _slice(line: QuotedLine, first: int, end: int) -> str:
    """The text of some words, with the signs that belong to them."""
    start, stop = line.spans[first][0], line.spans[end - 1][1]
    if not first:
        start = 0
    else:
        opening = _OPENING.search(line.text, line.spans[first - 1][1], start)
        start = opening.start() if opening else start
    if end == len(line.words):
        stop = len(line.text)
    else:
        closing = _CLOSING.match(line.text, stop)
        stop = closing.end() if closing else stop
    return line.text[start:stop].strip()
