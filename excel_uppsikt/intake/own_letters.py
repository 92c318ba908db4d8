"""What is told of the mails of the inbox: what each sender has written, and not what the coordinator has.

A sentence that somebody put in the mails before they were sent stands in what several senders quote. Such a
one is the coordinator's, where it is so long, or so common, that they cannot all have come to write it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.intake.changed_lines import QuotedLine
from excel_uppsikt.intake.outcome import Mail, Outcome
from excel_uppsikt.intake.own_words import OurMails, OwnWords, Piece, own_words
from excel_uppsikt.language.text import fold

# Words in a row that two people do not happen to write alike, and those of which it takes most senders.
_MANY, _SOME = 8, 4
_MOST_SENDERS = 3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def with_mails(outcomes: Sequence[Outcome], ours: OurMails) -> list[Outcome]:
    """The outcomes, each mail's with F207 of what its sender has written, or that it is unread.

    It takes all the mails to know.
    """
    mails = [outcome.mail for outcome in outcomes if outcome.mail is not None]
    read = [(mail, own_words(mail.written, ours)) for mail in mails]
    shared = _Shared.of(read)
    told = iter([tuple(_told(mail, shared.without(words))) for mail, words in read])
    return [one if one.mail is None else replace(one, findings=next(told)) for one in outcomes]


def _told(mail: Mail, words: OwnWords) -> Iterator[Finding]:
    sender = f" från {mail.written.sender}" if mail.written.sender else ""
    if mail.written.unread:
        yield find(F207.UNREAD_MAIL, Place(mail.file), sender=sender)
    elif text := words.text:
        yield find(F207.MAIL, Place(mail.file), text, sender=sender)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What several senders quote: words in a row, and whole paragraphs."""

    rows: frozenset[tuple[str, ...]]
    paragraphs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, read: Iterable[tuple[Mail, OwnWords]]) -> "_Shared":
        """What is shared in some mails."""
        rows: dict[tuple[str, ...], set[str]] = defaultdict(set)
        paragraphs: dict[tuple[str, ...], set[str]] = defaultdict(set)
        quoting: set[str] = set()
        for mail, own in read:
            sender = fold(mail.written.address or mail.written.sender)
            if own.quotes:
                quoting.add(sender)
            for piece in own.pieces:
                if piece.inside:
                    words = _words(piece.text)
                    paragraphs[words].add(sender)
                    for row in _rows(words):
                        rows[row].add(sender)
        most = max(_MOST_SENDERS, len(quoting) / 2)
        return cls(
            frozenset(row for row, senders in rows.items() if len(senders) > 1),
            frozenset(
                words
                for words, senders in paragraphs.items()
                if len(words) >= _SOME and len(senders) >= most
            ),
        )

    def without(self, own: OwnWords) -> OwnWords:
        """A sender's words without what is shared."""
        kept = (
            replace(piece, text=self._without(piece)) if piece.inside else piece
            for piece in own.pieces
        )
        return replace(own, pieces=tuple(piece for piece in kept if piece.text))

    def _without(self, piece: Piece) -> str:
        words = _words(piece.text)
        if words in self.paragraphs:
            return ""
        taken = [False] * len(words)
        for at, row in enumerate(_rows(words)):
            if row in self.rows:
                taken[at : at + _MANY] = [True] * _MANY
        if not any(taken):
            return piece.text
        kept: list[tuple[int, str]] = []
        at = 0
        for number, line in enumerate(piece.text.split("\n")):
            for sentence in _SENTENCE_END.split(line):
                end = at + len(_words(sentence))
                if end == at or not all(taken[at:end]):
                    kept.append((number, sentence))
                at = end
        lines = groupby(kept, key=lambda one: one[0])
        return "\n".join(" ".join(one for _, one in of) for _, of in lines).strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for line in text.split("\n") for word in QuotedLine.of(line).words)


def _rows(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All words that follow on each other, so many at a time."""
    return (tuple(words[at : at + _MANY]) for at in range(len(words) - _MANY + 1))
