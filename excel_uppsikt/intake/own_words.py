"""What a sender wrote in a mail, told from what it quotes: above all the mail that the form went out with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.own_answers import PLACEHOLDER, SentTexts
from excel_uppsikt.language.text import clean, fold
from excel_uppsikt.model import Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS

# Letters that are told; the mail itself has the rest.
_LONGEST = 20_000
_DEEPEST = 20
# How mail programs head what they quote: "Från: ... Skickat: ..." over some lines, or "Den ... skrev ...:".
_FROM = re.compile(r"\W*(?:från|from|fra|von|de|lähettäjä)\W*:", re.IGNORECASE)
_ALSO = re.compile(
    r"\W*(?:skickat|skickades|datum|till|ämne|kopia|sent|date|to|subject|cc|sendt|til|emne|gesendet|an|betreff)"
    r"\W*:",
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
_ANSWER = re.compile(r"\s*(?:sv|re|aw|vs|ang)\s*:", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?:])\s+|\n\s*\n\s*")
# What stands for a picture in plain text.
_PICTURE = re.compile(r"\[(?:cid|image|bild)[:\]][^\]\n]{0,300}\]?|\ufffc", re.IGNORECASE)
# Words of a sentence that nobody else would happen to write.
_MANY_WORDS = 4


@dataclass(frozen=True, slots=True)
class OurMails:
    """The mails that the plan's forms go out with: from whom, and each one's sentences, folded.

    A sentence is its pieces between what is filled in. `texts` are the same mails word by word.
    """

    senders: tuple[str, ...]
    mails: tuple[tuple[tuple[str, ...], ...], ...]
    texts: SentTexts

    @classmethod
    def of(cls, plan: Plan) -> "OurMails":
        """The mails of a plan."""
        names = dict.fromkeys(t[0] for t in DEFAULT_TEXTS if t[0].startswith("Mejl"))
        names |= dict.fromkeys(t.section for t in plan.texts if t.section.startswith("Mejl"))
        written = [texts.section(plan, name).text for name in names]
        senders = (fold(plan.settings.sender_email), fold(plan.settings.sender))
        return cls(
            tuple(name for name in senders if len(name) > 3),
            tuple(map(_pieces, written)),
            SentTexts.of(plan, written),
        )

    def sent(self, head: str, text: str) -> bool:
        """Whether a quoted mail is one of them, by its head or by its words."""
        folded = fold(head)
        if any(sender in folded for sender in self.senders):
            return True
        return self.half_in(text)

    def half_in(self, text: str) -> bool:
        """Whether most sentences of one of the mails stand in a text."""
        folded = fold(text)
        telling = (_telling(mail) for mail in self.mails)
        return any(
            own and 2 * sum(_has(folded, sentence) for sentence in own) > len(own)
            for own in telling
        )

    def without(self, text: str) -> str:
        """The text without these mails' sentences; such as anybody writes are its own before them."""
        ends = [match.span() for match in _SENTENCES.finditer(text)]
        starts = [0, *(end for _, end in ends)]
        stops = [*(stop for stop, _ in ends), len(text)]
        folded = [fold(text[start:stop]) for start, stop in zip(starts, stops, strict=True)]
        telling = [sentence for mail in self.mails for sentence in _telling(mail)]
        taken = [any(_is(part, sentence) for sentence in telling) for part in folded]
        if any(taken) and self.half_in(text):
            first = taken.index(True)
            first -= self._before(folded[first])
            usual = [sentence for mail in self.mails for sentence in mail]
            for at in range(max(0, first), len(taken)):
                taken[at] = taken[at] or any(_is(folded[at], sentence) for sentence in usual)
        ends_at = [*starts[1:], len(text)]
        kept = zip(starts, ends_at, taken, strict=True)
        return "".join(text[start:end] for start, end, gone in kept if not gone)

    def _before(self, text: str) -> int:
        """How many sentences stand before one in the mail that has it."""
        return next(
            at
            for mail in self.mails
            for at, sentence in enumerate(mail)
            if sentence in _telling(mail) and _is(text, sentence)
        )


def own_words(written: Written, ours: OurMails) -> str:
    """What stands in a mail beside the mail that it answers; '' for nothing.

    What others have written to the sender is kept, as in a mail passed on, under its head.
    """
    text = clean(_PICTURE.sub("", written.text)).replace("\r\n", "\n").replace("\r", "\n")
    kept = _kept(_segments(text.split("\n"), 0), ours, _ANSWER.match(written.subject) is not None)
    words = re.sub(r"\n\s*\n\s*", "\n\n", "\n".join(line.rstrip() for line in kept)).strip()
    if not any(letter.isalnum() for letter in words):
        return ""
    return (
        words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} … (resten står i mejlet)"
    )


@dataclass(frozen=True, slots=True)
class _Segment:
    """Lines of one writer: the sender's own, or quoted under a head, which may be missing."""

    lines: Sequence[str]
    quoted: bool = False
    head: Sequence[str] = ()


def _kept(segments: Iterable[_Segment], ours: OurMails, answers: bool) -> Iterator[str]:
    """The lines that are not of the mail that was answered, or of what that quotes in its turn.

    Of that mail what the sender has written in it is theirs.
    """
    found = list(segments)
    coming = list(_ours(found, ours))
    known = any(coming)
    passed = False
    for segment, is_ours in zip(found, coming, strict=True):
        passed |= is_ours
        if not segment.quoted:
            yield from ours.without("\n".join(segment.lines)).split("\n")
        elif is_ours:
            yield from (line for told in ours.texts.answers(segment.lines) for line in ("", told))
        elif not passed and (known or not answers):
            yield from (*segment.head, *segment.lines)


def _ours(segments: Sequence[_Segment], ours: OurMails) -> Iterator[bool]:
    """Whether each segment is of a mail of ours; one without a head goes on where the last left off."""
    mail = 0
    mails: list[int] = []
    lines: dict[int, list[str]] = {}
    heads: dict[int, str] = {}
    for segment in segments:
        if segment.quoted and (segment.head or not mail):
            mail += 1
            heads[mail] = "\n".join(segment.head)
        mails.append(mail if segment.quoted else 0)
        if segment.quoted:
            lines.setdefault(mail, []).extend(segment.lines)
    sent = {mail: ours.sent(heads[mail], "\n".join(text)) for mail, text in lines.items()}
    yield from (sent.get(mail, False) for mail in mails)


def _segments(lines: Sequence[str], depth: int) -> Iterator[_Segment]:
    """A text cut where another writer begins."""
    at = start = 0
    while at < len(lines):
        head = _head_length(lines, at)
        marked = _QUOTED.match(lines[at]) is not None
        if not head and not marked:
            at += 1
            continue
        yield _Segment(lines[start:at])
        body = at + head
        end = _end_of_marked(lines, body)
        if end == body and head:
            # Nothing marks the lines: all that follows is quoted, up to the next head.
            end = next((n for n in range(body, len(lines)) if _head_length(lines, n)), len(lines))
            yield _Segment(lines[body:end], True, lines[at:body])
        else:
            yield from _inside(lines[body:end], lines[at:body], depth)
        at = start = end
    yield _Segment(lines[start:])


def _inside(lines: Sequence[str], head: Sequence[str], depth: int) -> Iterator[_Segment]:
    """Marked lines without their marks, with what they quote in their turn."""
    plain = [re.sub(r"^\s*> ?", "", line) for line in lines]
    if depth >= _DEEPEST:
        yield _Segment(plain, True, head)
        return
    first, *others = _segments(plain, depth + 1)
    yield _Segment(first.lines, True, head)
    yield from (_Segment(inner.lines, True, inner.head) for inner in others)


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


def _pieces(text: str) -> tuple[tuple[str, ...], ...]:
    """The sentences of one of the plan's mails, each cut where something is filled in."""
    sentences = (PLACEHOLDER.split(sentence)[::2] for sentence in _SENTENCES.split(text))
    return tuple(tuple(map(fold, pieces)) for pieces in sentences if any(p.strip() for p in pieces))


def _telling(mail: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The sentences that are a mail's own, not such as anybody writes."""
    return [pieces for pieces in mail if sum(len(p.split()) for p in pieces) >= _MANY_WORDS]


def _has(text: str, sentence: Sequence[str]) -> bool:
    """Whether the longest piece of a sentence stands in a text."""
    return max(sentence, key=len) in text


def _is(text: str, sentence: Sequence[str]) -> bool:
    """Whether a text is a sentence, with something short wherever something is filled in."""
    if not (text.startswith(sentence[0]) and text.endswith(sentence[-1])):
        return False
    at = 0
    for piece in sentence:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return len(text) <= sum(map(len, sentence)) + 200 * (len(sentence) - 1)
