"""What someone wrote, told as one of a list of names: exactly, nearly, or not at all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from excel_uppsikt.language.likeness import NEAR, SUGGEST, Comparisons, alike
from excel_uppsikt.language.text import clean, fold, plain_dashes

# Longer than any list of units; every piece of it would be compared with every name.
_LONGEST_LIST = 5_000

_HARD_SEPARATORS = re.compile(r"[;\n|•·]+|(?:^|\n)\s*[-*]\s")
_AND, _LETTER = re.compile(r"\b(?:och|samt)\b", re.IGNORECASE), re.compile(r"\w")
_SOFT_SEPARATORS = (
    re.compile(r","),
    re.compile(r"[/&+]"),
    _AND,
)
# Between names as the form's own texts have them.
_AS_SENT = ";"
_EDGES = " \t.,:;-*•·()"
_WORD_ENDS = re.compile(r"\w\Z")
_JOINING = re.compile(r"^(?:och|samt)\b|\b(?:och|samt)$", re.IGNORECASE)
# No unit's name has more parts than this between commas and `och`.
_MOST_PARTS = 4
# Of what is left of a cell when the names are out: with more parts than this it is no list of names.
_MOST_LEFT = 100


@dataclass(frozen=True, slots=True)
class ChoiceReading:
    """One of the names, or None with the `near` ones to ask about. `exact` is false for a near miss."""

    name: str | None
    exact: bool = True
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoicesReading:
    """The names found in a cell, the near misses taken (written, name), and what is left over."""

    names: tuple[str, ...] = ()
    taken: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_choice(
    written: str, names: Mapping[str, str], comparisons: Comparisons | None = None
) -> ChoiceReading:
    """The one of `names` (folded spelling to name) that `written` means.

    A near miss is taken only where exactly one name is near; else the near ones are listed. None is
    looked for where the file's `comparisons` are used up.
    """
    key = fold(written).strip(_EDGES)
    if key in names:
        return ChoiceReading(names[key])
    if comparisons is not None and not comparisons.allow(key):
        return ChoiceReading(None)
    scores = {spelling: alike(key, spelling) for spelling in names}
    near = list(dict.fromkeys(names[s] for s in scores if scores[s] >= NEAR))
    if len(near) == 1:
        return ChoiceReading(near[0], exact=False)
    ranked = sorted(scores, key=lambda spelling: -scores[spelling])
    asked = near or [names[s] for s in ranked if scores[s] >= SUGGEST or _holds(s, key)]
    return ChoiceReading(None, near=tuple(dict.fromkeys(asked))[:3])


def _holds(spelling: str, key: str) -> bool:
    return len(key) > 3 and (key in spelling or spelling in key)


def read_choices(
    written: str, names: Mapping[str, str], comparisons: Comparisons | None = None
) -> ChoicesReading:
    """Every one of `names` (folded spelling to name) that stands in a cell, in reading order.

    Names are found longest first, so that a name may hold a comma or `och`; what is left between
    the separators is read as near misses, or told as unknown. The whole cell is told as unknown where
    very much is left, or the file's `comparisons` are used up.
    """
    if len(written) > _LONGEST_LIST:
        return ChoicesReading(unknown=((written, ()),))
    whole = names.get(fold(written))
    if whole is not None:
        return ChoicesReading((whole,))
    listed = [names.get(fold(piece), "") for piece in written.split(_AS_SENT)]
    if all(listed) and not any(_AS_SENT in name for name in names):
        return ChoicesReading(tuple(dict.fromkeys(listed)))
    found, text = _named(plain_dashes(clean(written)), names)
    left = _Left(names, comparisons or Comparisons(), found)
    pieces = _pieces(text)
    parts = len(pieces) + sum(len(s.findall(p)) for _, p in pieces for s in _SOFT_SEPARATORS)
    if pieces and (left.comparisons.used_up or parts > _MOST_LEFT):
        left.unknown.append((written, ()))
    else:
        for start, piece in pieces:
            left.read(start, piece)
    ordered = dict.fromkeys(name for _, name in sorted(found))
    return ChoicesReading(tuple(ordered), tuple(left.taken), tuple(left.unknown))


def _named(text: str, names: Mapping[str, str]) -> tuple[list[tuple[int, str]], str]:
    """The names that stand in a text, each with its place, and the text with separators for them."""
    found: list[tuple[int, str]] = []
    lower = text.lower()
    if len(lower) != len(text):
        # Places have to be the same in both, and a Turkish letter becomes two.
        lower = "".join(one if len(one := letter.lower()) == 1 else letter for letter in text)
    for name, pattern in _patterns(tuple(names)):
        for match in pattern.finditer(lower):
            start, end = match.span()
            # Looked for by the pattern, this would take most of its time.
            if _WORD_ENDS.search(lower, max(0, start - 1), start):
                continue
            found.append((start, names[name]))
            lower, text = (f"{t[:start]}{';' * (end - start)}{t[end:]}" for t in (lower, text))
    return found, text


# The same names are looked for in each cell: a twelfth of reading where units are misspelt.
@lru_cache(maxsize=100)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds each name in a text in lower case up to the end of a word, longest first."""
    return tuple(
        (name, re.compile(rf"{words}(?!\w|-\w)"))
        for name in sorted(names, key=len, reverse=True)
        for words in (r"\s+".join(map(re.escape, name.split())),)
    )


def _pieces(text: str, separator: re.Pattern[str] = _HARD_SEPARATORS) -> list[tuple[int, str]]:
    """The parts between separators with their places, without what only joins names."""
    cuts = [0, *(place for m in separator.finditer(text) for place in m.span()), len(text)]
    parts = [(cuts[i], text[cuts[i] : cuts[i + 1]]) for i in range(0, len(cuts), 2)]
    return [(at, _without_edges(part)) for at, part in parts if _says_something(part)]


def _without_edges(part: str) -> str:
    return _JOINING.sub("", part.strip(_EDGES)).strip(_EDGES)


def _says_something(part: str) -> bool:
    return _LETTER.search(_AND.sub(" ", part)) is not None


class _Left:
    """Reads what is left of a cell between the names found in it, and keeps what comes of it."""

    def __init__(
        self, names: Mapping[str, str], comparisons: Comparisons, found: list[tuple[int, str]]
    ) -> None:
        self.names, self.comparisons, self.found = names, comparisons, found
        self.taken: list[tuple[str, str]] = []
        self.unknown: list[tuple[str, tuple[str, ...]]] = []

    def read(
        self, start: int, piece: str, separators: Sequence[re.Pattern[str]] = _SOFT_SEPARATORS
    ) -> None:
        """Reads a piece whole, else split by the first separator that splits it."""
        reading = self._choice(piece)
        if reading.name is not None:
            self.found.append((start, reading.name))
            if not reading.exact:
                self.taken.append((piece, reading.name))
            return
        for place, separator in enumerate(separators):
            parts = _pieces(piece, separator)
            if len(parts) > 1 or (parts and parts[0][1] != piece):
                done = 0
                while done < len(parts):
                    at, count = parts[done][0], self._parts_of_name(piece, parts[done:])
                    part = _span(piece, parts[done : done + count])
                    self.read(start + at, part, separators[place + 1 :])
                    done += count
                return
        self.unknown.append((piece, reading.near))

    def _choice(self, piece: str) -> ChoiceReading:
        return read_choice(piece, self.names, self.comparisons)

    def _parts_of_name(self, piece: str, parts: Sequence[tuple[int, str]]) -> int:
        """How many of the parts, from the first, make up one name that holds a separator of its own."""
        shortest = _shortest_composed(self.names)
        for count in range(min(len(parts), _MOST_PARTS), 1, -1):
            span = _span(piece, parts[:count])
            # Counted with what `&` stands for; a shorter text is no such name.
            if (
                shortest
                and len(span) + 2 >= shortest * NEAR
                and self._choice(span).name is not None
            ):
                return count
        return 1


def _shortest_composed(names: Iterable[str]) -> int:
    """The length of the shortest name that holds a separator, 0 where none does."""
    composed = [name for name in names if any(s.search(name) for s in _SOFT_SEPARATORS)]
    return min(map(len, composed), default=0)


def _span(piece: str, parts: Sequence[tuple[int, str]]) -> str:
    """What stands from the first of the parts to the last."""
    (first, opening), (last, closing) = parts[0], parts[-1]
    end = piece.index(closing, last) + len(closing)
    return piece[piece.index(opening, first) : end]
