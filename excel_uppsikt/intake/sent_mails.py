"""Mails that have gone out, as they were sent, and what somebody has written in one of them since.

Here each word of the mail is known, also what it told to one unit alone. All else that stands in a quotation
of it is told: in its midst, in place of something that was taken out, and below its signature.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher
from functools import cached_property
from heapq import nlargest
from itertools import accumulate

from excel_uppsikt.intake.changed_lines import LINK, Changes, QuotedLine
from excel_uppsikt.language.text import fold

# Words in a row that are not in another's text by chance.
_TELLING = 3
# So many of a mail's words are enough to know it; of a short quotation half of what stands there.
_ENOUGH = 12
# The mails that are compared word by word: those with the most words in common, and the sender's last.
_MOST_ALIKE, _LAST = 3, 6
# A word that so many mails have, or such a part of many, tells little of which it is.
_FEW = 20
# In a text of so many words those that come again and again tell nothing, and take much time to compare.
_LONG = 3_000


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that was sent, or lies as a draft: to which address, and its text."""

    email: str
    text: str


@dataclass(frozen=True)
class _Read:
    """A mail's words, its lines, and whether it has a link; each told apart when it is first asked for."""

    text: str

    @cached_property
    def _lines(self) -> list[tuple[str, ...]]:
        return [QuotedLine.of(line).words for line in self.text.split("\n")]

    @cached_property
    def words(self) -> list[str]:
        """All words in order."""
        return [word for line in self._lines for word in line]

    @cached_property
    def own(self) -> range:
        """The places of its words without greeting and signature, which each mail of a sender has alike."""
        greeting = next((len(line) for line in self._lines if line), 0)
        signature = len(QuotedLine.of(self.text.rpartition("\n\n")[2].replace("\n", " ")).words)
        own = range(greeting, len(self.words) - signature)
        return own or range(len(self.words))

    @cached_property
    def different(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)

    @cached_property
    def lines(self) -> frozenset[tuple[str, ...]]:
        """The words of each line that has any."""
        return frozenset(filter(None, self._lines))

    @cached_property
    def links(self) -> bool:
        """Whether there is a link in it."""
        return LINK.search(self.text) is not None


@dataclass
class SentMails:
    """The mails that have gone out in a round, the latest last; read when they are first asked for."""

    read: Callable[[], Iterable[SentMail]] = field(default=tuple, repr=False)

    @cached_property
    def _by_address(self) -> dict[str, list[_Read]]:
        """The mails that have gone to each address, the latest first."""
        mails: dict[str, _Read] = {}
        found: dict[str, dict[str, _Read]] = defaultdict(dict)
        for one in list(self.read())[::-1]:
            text = one.text.strip()
            mail = mails.setdefault(text, _Read(text))
            found[fold(one.email)].setdefault(text, mail)
        return {address: list(sent.values()) for address, sent in found.items()}

    @cached_property
    def _mails(self) -> list[_Read]:
        """All of them, each once."""
        return list(
            {mail.text: mail for sent in self._by_address.values() for mail in sent}.values()
        )

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        """The places of the mails that have a word, of those that few have."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, mail in enumerate(self._mails):
            for word in mail.different:
                found[word].append(at)
        most = max(_FEW, len(self._mails) / _FEW)
        return {word: places for word, places in found.items() if len(places) <= most}

    def answers(
        self, parts: Sequence[Sequence[str]], address: str, *, whole: bool = False
    ) -> list[tuple[str, ...]] | None:
        """What somebody has written in the parts of a quoted mail, as paragraphs of each.

        None where no mail is known that it can be; with `whole` half of that mail has to stand there.
        """
        lines = [[QuotedLine.of(line) for line in part] for part in parts]
        words = [word for part in lines for line in part for word in line.words]
        best: _Compared | None = None
        for read in self._alike(words, address):
            one = _Compared.of(read, lines, words)
            if one.is_it(whole=whole):
                best = one if best is None or one.known > best.known else best
            if best is not None and best.known == len(words):
                # No other has more of them.
                break
        return None if best is None else best.told(lines)

    def _alike(self, words: Sequence[str], address: str) -> Iterator[_Read]:
        """The mails that it may be: the last that went to this address, then those with most of its words."""
        different = frozenset(words)

        def in_common(mail: _Read) -> int:
            return len(different & mail.different)

        if words and address:
            own = self._by_address.get(fold(address), [])[:_LAST]
            yield from nlargest(_MOST_ALIKE, own, key=in_common)
        if words:
            rare = Counter(at for word in different for at in self._by_word.get(word, ()))
            near = [self._mails[at] for at, _ in rare.most_common(_FEW)] or self._mails
            yield from nlargest(_MOST_ALIKE, near, key=in_common)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A quotation compared with a mail: which place in it each word has, None for a word that is not its."""

    mail: _Read
    places: Sequence[int | None]

    @classmethod
    def of(
        cls, mail: _Read, lines: Sequence[Sequence[QuotedLine]], words: Sequence[str]
    ) -> "_Compared":
        matcher = SequenceMatcher(None, mail.words, words, autojunk=len(words) > _LONG)
        blocks = matcher.get_matching_blocks()
        sure = {block for at, block in enumerate(blocks[:-1]) if _is_sure(mail, blocks, at)}
        places: list[int | None] = [None] * len(words)
        found: list[int | None] = [None] * len(words)
        for block in blocks:
            for step in range(block.size):
                found[block.b + step] = block.a + step
                if block in sure:
                    places[block.b + step] = block.a + step
        at = 0
        for line in (line for part in lines for line in part):
            end = at + len(line.words)
            if line.words in mail.lines and None not in found[at:end]:
                places[at:end] = found[at:end]
            at = end
        return cls(mail, places)

    @property
    def known(self) -> int:
        """How many words are the mail's."""
        return sum(place is not None for place in self.places)

    def is_it(self, *, whole: bool) -> bool:
        """Whether enough of the mail's own words are there; with `whole` half of them."""
        own = self.mail.own
        known = sum(place in own for place in self.places if place is not None)
        half = max(1.0, len(own) / 2)
        return known >= (half if whole else min(_ENOUGH, half, max(1.0, len(self.places) / 2)))

    def told(self, parts: Sequence[Sequence[QuotedLine]]) -> list[tuple[str, ...]]:
        """What is not the mail's in each part, as paragraphs."""
        changes = Changes(self.places, links=self.mail.links)
        sizes = [sum(len(line.words) for line in part) for part in parts]
        starts = accumulate(sizes, initial=0)
        return [changes.told(part, at) for part, at in zip(parts, starts, strict=False)]


def _is_sure(mail: _Read, blocks: Sequence[Match], at: int) -> bool:
    """Whether words in a row are the mail's: so many, or few where nothing of it is missing beside them."""
    block = blocks[at]
    if block.size >= _TELLING:
        return True
    before = blocks[at - 1].a + blocks[at - 1].size if at else 0
    after = blocks[at + 1].a if at + 2 < len(blocks) else len(mail.words)
    return before == block.a and block.a + block.size == after
