"""What someone wrote, told as one of a list of names: exactly, nearly, or not at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein, Prefix

from excel_uppsikt.office.text import clean, fold, plain_dashes

# A fifth of the letters may differ: takes "Pågåene enligt plan" and "Särskilda boenden", but keeps
# "Påbörjad" from being read as its opposite "Ej påbörjad" (0.73).
NEAR = 0.8
# Worth asking about, not worth taking.
_SUGGEST = 0.6
_SAME_WORD = 0.7
# Longer than any list of units; every piece of it would be compared with every name.
_LONGEST_LIST = 5_000
_SAME_STEM = 3

_HARD_SEPARATORS = re.compile(r"[;\n|•·]+|(?:^|\n)\s*[-*]\s")
_SOFT_SEPARATORS = (
    re.compile(r","),
    re.compile(r"[/&+]"),
    re.compile(r"\b(?:och|samt)\b", re.IGNORECASE),
)
# Between names as the form's own texts have them.
_AS_SENT = ";"
_EDGES = " \t.,:;-*•·()"
_JOINING = re.compile(r"^(?:och|samt)\b|\b(?:och|samt)$", re.IGNORECASE)
# No unit's name has more parts than this between commas and `och`.
_MOST_PARTS = 4


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


@lru_cache(maxsize=50_000)
def alike(one: str, other: str) -> float:
    """How near two folded names are, 0 to 1; 0 where they differ in a number or a whole word."""
    one, other = (re.sub(r"\s*[&+]\s*", " och ", name) for name in (one, other))
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    likeness = Levenshtein.normalized_similarity(one, other)
    words, others = one.split(), other.split()
    if len(words) == len(others) and not all(map(_same_word, words, others)):
        return min(likeness, _SUGGEST)
    return likeness


def _same_word(one: str, other: str) -> bool:
    """Whether two words may be one misspelt, inflected or cut short; `östra` and `västra` are not."""
    if Levenshtein.normalized_similarity(one, other) >= _SAME_WORD:
        return True
    return Prefix.similarity(one.rstrip("."), other) >= _SAME_STEM


def read_choice(written: str, names: Mapping[str, str]) -> ChoiceReading:
    """The one of `names` (folded spelling to name) that `written` means.

    A near miss is taken only where exactly one name is near; else the near ones are listed.
    """
    key = fold(written).strip(_EDGES)
    if key in names:
        return ChoiceReading(names[key])
    scores = {spelling: alike(key, spelling) for spelling in names}
    near = list(dict.fromkeys(names[s] for s in scores if scores[s] >= NEAR))
    if len(near) == 1:
        return ChoiceReading(near[0], exact=False)
    ranked = sorted(scores, key=lambda spelling: -scores[spelling])
    asked = near or [names[s] for s in ranked if scores[s] >= _SUGGEST or _holds(s, key)]
    return ChoiceReading(None, near=tuple(dict.fromkeys(asked))[:3])


def _holds(spelling: str, key: str) -> bool:
    return len(key) > 3 and (key in spelling or spelling in key)


def read_choices(written: str, names: Mapping[str, str]) -> ChoicesReading:
    """Every one of `names` (folded spelling to name) that stands in a cell, in reading order.

    Names are found longest first, so that a name may hold a comma or `och`; what is left between
    the separators is read as near misses, or told as unknown.
    """
    if len(written) > _LONGEST_LIST:
        return ChoicesReading(unknown=((written, ()),))
    whole = names.get(fold(written))
    if whole is not None:
        return ChoicesReading((whole,))
    listed = [names.get(fold(piece), "") for piece in written.split(_AS_SENT)]
    if all(listed) and not any(_AS_SENT in name for name in names):
        return ChoicesReading(tuple(dict.fromkeys(listed)))
    text = plain_dashes(clean(written))
    found: list[tuple[int, str]] = []
    for spelling, pattern in _patterns(tuple(names)):
        for match in pattern.finditer(text):
            found.append((match.start(), names[spelling]))
            text = f"{text[: match.start()]}{';' * len(match[0])}{text[match.end() :]}"
    taken: list[tuple[str, str]] = []
    unknown: list[tuple[str, tuple[str, ...]]] = []
    for start, piece in _pieces(text):
        _read_left_over(start, piece, names, _SOFT_SEPARATORS, found, taken, unknown)
    ordered = dict.fromkeys(name for _, name in sorted(found))
    return ChoicesReading(tuple(ordered), tuple(taken), tuple(unknown))


@lru_cache(maxsize=100)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds each name as words of their own in a text, longest first."""
    return tuple(
        (name, re.compile(rf"(?<!\w){words}(?!\w|-\w)", re.IGNORECASE))
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
    words = re.sub(r"\b(?:och|samt)\b", " ", part, flags=re.IGNORECASE)
    return re.search(r"\w", words) is not None


def _read_left_over(
    start: int,
    piece: str,
    names: Mapping[str, str],
    separators: Sequence[re.Pattern[str]],
    found: list[tuple[int, str]],
    taken: list[tuple[str, str]],
    unknown: list[tuple[str, tuple[str, ...]]],
) -> None:
    """Reads a left-over piece whole, else split by the next separator, into the three lists."""
    reading = read_choice(piece, names)
    if reading.name is not None:
        found.append((start, reading.name))
        if not reading.exact:
            taken.append((piece, reading.name))
        return
    for place, separator in enumerate(separators):
        parts = _pieces(piece, separator)
        if len(parts) > 1 or (parts and parts[0][1] != piece):
            done = 0
            while done < len(parts):
                at, count = parts[done][0], _parts_of_name(piece, parts[done:][:_MOST_PARTS], names)
                part = _span(piece, parts[done : done + count])
                _read_left_over(
                    start + at, part, names, separators[place + 1 :], found, taken, unknown
                )
                done += count
            return
    unknown.append((piece, reading.near))


def _parts_of_name(piece: str, parts: Sequence[tuple[int, str]], names: Mapping[str, str]) -> int:
    """How many of the parts, from the first, make up one name that holds a separator of its own."""
    composed = [name for name in names if any(s.search(name) for s in _SOFT_SEPARATORS)]
    shortest = min(map(len, composed), default=len(piece) + 1) * NEAR
    for count in range(len(parts), 1, -1):
        span = _span(piece, parts[:count])
        # Counted with what `&` stands for; a shorter text is no such name.
        if len(span) + 2 >= shortest and read_choice(span, names).name is not None:
            return count
    return 1


def _span(piece: str, parts: Sequence[tuple[int, str]]) -> str:
    """What stands from the first of the parts to the last."""
    (first, opening), (last, closing) = parts[0], parts[-1]
    end = piece.index(closing, last) + len(closing)
    return piece[piece.index(opening, first) : end]
