"""A mail's text cut where another writer begins: what stands there, and what is quoted, under which head."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DEEPEST = 20
# How mail programs head what they quote: "Från: ... Skickat: ..." over some lines, or "Den ... skrev ...:".
_FROM = re.compile(r"\W*(?:från|from|fra|von|de|lähettäjä)\W*:", re.IGNORECASE)
_ALSO = re.compile(
    r"\W*(?:skickat|skickades|datum|till|ämne|kopia|sent|date|to|subject|cc|sendt|til|emne|gesendet|an|betreff)"
    r"\W*:",
    re.IGNORECASE,
)
# What some mails have below these lines.
_BELOW_HEAD = re.compile(
    r"\W*(?:bilagor|bifogade filer|prioritet|vikt|hemlig kopia|svara till|attachments?|importance|"
    r"priority|bcc|reply-to|vedlegg|anlagen)\W*:",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\b(?:skrev|wrote|schrieb)\b", re.IGNORECASE)
_BEGINS_WROTE = re.compile(r"\W*(?:(?:den|on|am|på|le|kl)\b|\d)", re.IGNORECASE)
# A line that stands before such a head.
_BEFORE_HEAD = re.compile(
    r"\s*(?:_{5,}|-{2,}.{0,20}(?:ursprungl|original|vidarebefordr|forwarded).{0,60}|"
    r"(?:börja vidarebefordrat|begin forwarded).{0,60}|vidarebefordrat (?:brev|meddelande):?)\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*>")
_LINES_OF_HEAD, _LINES_OF_WROTE, _LONGEST_HEAD = 6, 3, 500


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of one writer: the sender's own, or quoted under a head, which may be missing."""

    lines: Sequence[str]
    quoted: bool = False
    head: Sequence[str] = ()


def segments(lines: Sequence[str], depth: int = 0) -> Iterator[Segment]:
    """A text cut where another writer begins."""
    at = start = 0
    while at < len(lines):
        head = _head_length(lines, at)
        marked = _QUOTED.match(lines[at]) is not None
        if not head and not marked:
            at += 1
            continue
        yield Segment(lines[start:at])
        body = at + head
        end = _end_of_marked(lines, body)
        if end == body and head:
            # Nothing marks the lines: all that follows is quoted, up to the next head.
            end = next((n for n in range(body, len(lines)) if _head_length(lines, n)), len(lines))
            yield Segment(lines[body:end], True, lines[at:body])
        else:
            yield from _inside(lines[body:end], lines[at:body], depth)
        at = start = end
    yield Segment(lines[start:])


def _inside(lines: Sequence[str], head: Sequence[str], depth: int) -> Iterator[Segment]:
    """Marked lines without their marks, with what they quote in their turn."""
    plain = [re.sub(r"^\s*> ?", "", line) for line in lines]
    if depth >= _DEEPEST:
        yield Segment(plain, True, head)
        return
    first, *others = segments(plain, depth + 1)
    yield Segment(first.lines, True, head)
    yield from (Segment(inner.lines, True, inner.head) for inner in others)


def _end_of_marked(lines: Sequence[str], at: int) -> int:
    """Where lines with a mark of quoting end; empty ones between them are of them."""
    end = at
    for number in range(at, len(lines)):
        if _QUOTED.match(lines[number]):
            end = number + 1
        elif lines[number].strip():
            break
    return end


def _head_length(lines: Sequence[str], at: int) -> int:
    """How many lines at a place head what is quoted below; 0 for none."""
    if len(lines[at]) > _LONGEST_HEAD:
        return 0
    before = at
    while before < len(lines) and before - at < 3 and _BEFORE_HEAD.fullmatch(lines[before]):
        before += 1
        while before < len(lines) and before - at < 3 and not lines[before].strip():
            before += 1
    if before < len(lines) and _FROM.match(lines[before]):
        following = lines[before + 1 : before + 1 + 2 * _LINES_OF_HEAD]
        last, seen = 0, 0
        for number, line in enumerate(following, 1):
            if _ALSO.match(line):
                last, seen = number, seen + 1
            elif _BELOW_HEAD.match(line) and seen >= 2:
                last = number
            elif line.strip() and seen >= 3:
                break
        return before - at + 1 + last if seen >= 2 else 0
    return _length_of_wrote(lines, at)


def _length_of_wrote(lines: Sequence[str], at: int) -> int:
    """How many lines at a place say who wrote what follows; 0 for none."""
    most = _LINES_OF_WROTE if _BEGINS_WROTE.match(lines[at]) else 1
    for count in range(1, most + 1):
        following = [line.strip() for line in lines[at : at + count]]
        if all(following) and _says_who_wrote(" ".join(following)):
            return count
    return 0


def _says_who_wrote(told: str) -> bool:
    """Whether it is `Den 2 maj 2024 kl. 10:11 skrev Anna Ek <anna@exempel.se>:` or the like."""
    if not told.rstrip().endswith(":") or len(told) > _LONGEST_HEAD or not _WROTE.search(told):
        return False
    # A person may well write "Chefen skrev så här:", with no day and no address.
    return any(mark.isdigit() or mark == "@" for mark in told) and (
        "@" in told or _BEGINS_WROTE.match(told) is not None
    )
