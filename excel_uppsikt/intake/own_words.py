"""What a sender wrote in a mail, told from what it quotes: above all the mail that the form went out with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from excel_uppsikt.intake.banners import without_banner
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.own_answers import PLACEHOLDER, SentTexts
from excel_uppsikt.intake.quotations import Segment, segments
from excel_uppsikt.intake.sent_mails import SentMails
from excel_uppsikt.language.text import clean, fold
from excel_uppsikt.model import Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS

# Letters that are told; the mail itself has the rest.
_LONGEST = 20_000
_ANSWER = re.compile(r"\s*(?:sv|re|aw|vs|ang)\s*:", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?:])\s+|\n\s*\n\s*")
# What stands for a picture in plain text.
_PICTURE = re.compile(r"\[(?:cid|image|bild)[:\]][^\]\n]{0,300}\]?|\ufffc", re.IGNORECASE)
# Words of a sentence that nobody else would happen to write.
_MANY_WORDS = 4


@dataclass(frozen=True, slots=True)
class OurMails:
    """The mails that the plan's forms go out with: from whom, and each one's sentences, folded.

    A sentence is its pieces between what is filled in. `texts` are the same mails word by word, and `sent`
    those that have gone out.
    """

    senders: tuple[str, ...]
    mails: tuple[tuple[tuple[str, ...], ...], ...]
    texts: SentTexts
    sent_mails: SentMails

    @classmethod
    def of(cls, plan: Plan, sent_mails: SentMails | None = None) -> "OurMails":
        """The mails of a plan, and those that have gone out."""
        names = dict.fromkeys(t[0] for t in DEFAULT_TEXTS if t[0].startswith("Mejl"))
        names |= dict.fromkeys(t.section for t in plan.texts if t.section.startswith("Mejl"))
        sections = [texts.section(plan, name).text for name in names]
        written = [text for section in sections for text in texts.with_rest(section)]
        senders = (fold(plan.settings.sender_email), fold(plan.settings.sender))
        return cls(
            tuple(name for name in senders if len(name) > 3),
            tuple(map(_pieces, written)),
            SentTexts.of(plan, written),
            sent_mails or SentMails(),
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what somebody has written; `inside` is whether it stands in a mail of ours."""

    text: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What stands in a mail beside the mail that it answers; `quotes` is whether that is one of ours."""

    pieces: tuple[Piece, ...]
    quotes: bool

    @property
    def text(self) -> str:
        """All of it, as far as it is told; '' for nothing."""
        lines = [line.rstrip() for piece in self.pieces for line in _lines(piece)]
        words = re.sub(r"\n\s*\n\s*", "\n\n", "\n".join(lines)).strip()
        if not any(letter.isalnum() for letter in words):
            return ""
        if len(words) <= _LONGEST:
            return words
        return f"{words[:_LONGEST].rstrip()} … (resten står i mejlet)"


def own_words(written: Written, ours: OurMails) -> OwnWords:
    """What stands in a mail beside the mail that it answers.

    What others have written to the sender is kept, as in a mail passed on, under its head.
    """
    text = clean(_PICTURE.sub("", written.text)).replace("\r\n", "\n").replace("\r", "\n")
    found = _without_banners(segments(text.split("\n")))
    return _kept(found, ours, written.address, _ANSWER.match(written.subject) is not None)


def _without_banners(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments without what a server has put above the mail, or above one that is quoted."""
    top, mail = True, True
    for segment in segments:
        above = mail or bool(segment.head) if segment.quoted else top
        yield replace(segment, lines=without_banner(segment.lines)) if above else segment
        top &= not any(line.strip() for line in segment.lines)
        mail &= not segment.quoted


def _lines(piece: Piece) -> list[str]:
    lines = piece.text.split("\n")
    return ["", *lines] if piece.inside else lines


def _kept(segments: Iterable[Segment], ours: OurMails, address: str, answers: bool) -> OwnWords:
    """What is not of the mail that was answered, or of what that quotes in its turn.

    Of that mail what the sender has written in it is theirs.
    """
    found = list(segments)
    mails = list(_ours(found, ours))
    written = _in_ours(found, mails, ours, address)
    known, passed = any(mails), False
    kept: list[Piece] = []
    for at, (segment, mail) in enumerate(zip(found, mails, strict=True)):
        passed |= mail > 0
        if not segment.quoted:
            kept += _unquoted(segment, ours, address)
        elif mail:
            kept += [Piece(told, inside=True) for told in written[at]]
        elif not passed and (known or not answers):
            kept.append(Piece("\n".join((*segment.head, *segment.lines))))
    return OwnWords(tuple(kept), known)


def _unquoted(segment: Segment, ours: OurMails, address: str) -> Iterator[Piece]:
    """What nothing marks as quoted, without a mail of ours that stands there all the same."""
    text = "\n".join(segment.lines)
    told = (
        ours.sent_mails.answers([segment.lines], address, whole=True)
        if ours.half_in(text)
        else None
    )
    if told is None:
        yield Piece(ours.without(text))
    else:
        yield from (Piece(one, inside=at > 0) for at, one in enumerate(told[0]))


def _in_ours(
    found: Sequence[Segment], mails: Sequence[int], ours: OurMails, address: str
) -> dict[int, tuple[str, ...]]:
    """What the sender has written in each segment that is of a mail of ours."""
    told: dict[int, tuple[str, ...]] = {}
    for mail in dict.fromkeys(filter(None, mails)):
        at = [place for place, of in enumerate(mails) if of == mail]
        parts = [found[place].lines for place in at]
        answers = ours.sent_mails.answers(parts, address)
        if answers is None:
            answers = [ours.texts.answers(part) for part in parts]
        told |= dict(zip(at, answers, strict=True))
    return told


def _ours(segments: Sequence[Segment], ours: OurMails) -> Iterator[int]:
    """The number of the mail of ours that each segment is of, 0 for none.

    One without a head goes on where the last left off.
    """
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
    yield from (mail if sent.get(mail) else 0 for mail in mails)


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
