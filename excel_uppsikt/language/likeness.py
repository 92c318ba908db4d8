"""How near two texts are, as someone who misspelt a name would be near it; and how many are compared."""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein, Prefix

# A fifth of the letters may differ: takes "Pågåene enligt plan" and "Särskilda boenden", but keeps
# "Påbörjad" from being read as its opposite "Ej påbörjad" (0.73).
NEAR = 0.8
# Worth asking about, not worth taking.
SUGGEST = 0.6
_SAME_WORD = 0.7
_SAME_STEM = 3
# Of a file: how many different texts are compared. A form has some tens, at worst some hundreds.
_MOST_COMPARED = 5_000
# The shorter of two texts that may be alike is at least a third of the longer, but for what `&` stands
# for. To compare others takes long and says nothing.
_LENGTHS, _MARGIN = 3, 20
_AND, _NUMBER = re.compile(r"\s*[&+]\s*"), re.compile(r"\d+")


class Comparisons:
    """How many different texts of a file are compared with names that they may be near.

    Beyond that only exact spellings count. A small file can hold so many texts that it takes minutes.
    """

    def __init__(self, most: int = _MOST_COMPARED) -> None:
        self._most = most
        self._compared: set[str] = set()

    @property
    def used_up(self) -> bool:
        """Whether no new text is compared."""
        return len(self._compared) >= self._most

    def allow(self, text: str) -> bool:
        """Whether a text is compared, as those are that have been before."""
        if text in self._compared:
            return True
        if self.used_up:
            return False
        self._compared.add(text)
        return True


def alike(one: str, other: str) -> float:
    """How near two folded names are, 0 to 1; 0 where they differ in a number or a whole word.

    Where one is far longer it is the share of the letters that there can be in both.
    """
    shorter, longer = sorted((len(one), len(other)))
    if longer > _LENGTHS * shorter + _MARGIN:
        return shorter / longer
    return _likeness(one, other)


# The same slip of the pen stands in many rows.
@lru_cache(maxsize=50_000)
def _likeness(one: str, other: str) -> float:
    (one, numbers), (other, other_numbers) = _plain(one), _plain(other)
    if numbers != other_numbers:
        return 0.0
    likeness = Levenshtein.normalized_similarity(one, other)
    if likeness <= SUGGEST:
        return likeness
    words, others = one.split(), other.split()
    same = len(words) != len(others) or all(map(_same_word, words, others))
    return likeness if same else SUGGEST


def _plain(name: str) -> tuple[str, list[str]]:
    """A name with `och` for the signs that mean it, and the numbers in it."""
    return _AND.sub(" och ", name), _NUMBER.findall(name)


def _same_word(one: str, other: str) -> bool:
    """Whether two words may be one misspelt, inflected or cut short; `östra` and `västra` are not."""
    if Levenshtein.normalized_similarity(one, other) >= _SAME_WORD:
        return True
    return Prefix.similarity(one.rstrip("."), other) >= _SAME_STEM
