"""Lines of a quoted mail in which somebody has written: what is told of each, once its words are known."""

import re
from bisect import bisect_left, bisect_right
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


class Changes:
    """What has been written in a mail, by the place in it that each word has, None for one that is not its.

    With `links` there are links in the mail, and a line of nothing else is its own.
    """

    def __init__(self, places: Sequence[int | None], *, links: bool) -> None:
        self._places, self._links = places, links
        # The nearest places in the mail before each word, and after it.
        self._before = _last_known(places)
        self._after = _last_known(places[::-1])[::-1]

    def told(self, lines: Sequence[QuotedLine], start: int) -> tuple[str, ...]:
        """What has been written in some lines, whose first word is the one at `start`, as paragraphs."""
        told: list[str] = []
        waiting: list[str] = []

        def tell() -> None:
            paragraph = re.sub(r"\n{3,}", "\n\n", "\n".join(waiting)).strip()
            if not _DRAWN.fullmatch(paragraph):
                told.append(paragraph)
            waiting.clear()

        at = start
        for line in lines:
            if not line.words:
                own = not self._links or LINK.search(line.text) is None
                waiting.append(line.text.strip() if own else "")
                continue
            last = 0
            for first, end in self._spans(line, at):
                if self._any_known(at + last, at + first):
                    tell()
                waiting.append(_slice(line, first, end))
                last = end
            if self._any_known(at + last, at + len(line.words)):
                tell()
            at += len(line.words)
        tell()
        return tuple(told)

    def _any_known(self, first: int, end: int) -> bool:
        return any(place is not None for place in self._places[first:end])

    def _spans(self, line: QuotedLine, at: int) -> Iterator[tuple[int, int]]:
        """What is told of a line, as words from one to before another: what was written, or its sentences.

        A sentence is told whole where words in its midst were changed, which say little by themselves.
        """
        begins = _sentences(line)
        sentences, count = frozenset(begins), len(line.words)
        found: list[tuple[int, int]] = []
        for first, end in _runs(self._places[at : at + count]):
            start, stop = first, end
            whole = first in sentences, end in sentences or end == count
            if not (all(whole) or (any(whole) and self._is_added(at + first, at + end))):
                start = begins[bisect_right(begins, first) - 1]
                stop = next(iter(begins[bisect_left(begins, end) :]), count)
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(stop, found[-1][1]))
            else:
                found.append((start, stop))
        yield from found

    def _is_added(self, first: int, end: int) -> bool:
        """Whether nothing of the mail is missing where these words stand."""
        before = self._before[first - 1] if first else None
        after = self._after[end] if end < len(self._after) else None
        return before is None or after is None or before + 1 == after


def _last_known(places: Sequence[int | None]) -> list[int | None]:
    """For each word the last place that is known up to there."""
    known: list[int | None] = []
    last: int | None = None
    for place in places:
        last = last if place is None else place
        known.append(last)
    return known


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
