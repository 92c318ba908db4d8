"""The units' names as they are looked for in file names: prepared once for a plan, not for every file."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from excel_uppsikt.form import definition as form
from excel_uppsikt.language.likeness import NEAR, alike
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Plan

_SEPARATORS, _WORD = re.compile(r"[_\-.,]+"), re.compile(r"\w+")
_NOT_A_NAME = re.compile(r"\b(kopia|av|copy|of|ny|slutlig|version)\b|[\d()]+")


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The units by plain spelling, and the spellings by the first word in each, longest first.

    Those without any word are looked for in every name.
    """

    units: Mapping[str, str]
    by_word: Mapping[str, tuple[tuple[int, str], ...]]
    without_word: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, plan: Plan) -> "UnitNames":
        """The names of a plan's units."""
        units = {plain(name): unit for name, unit in form.unit_names(plan.units).items()}
        by_word: dict[str, list[tuple[int, str]]] = {}
        for place, spelling in enumerate(sorted(units, key=len, reverse=True)):
            word = _WORD.search(spelling)
            by_word.setdefault(word[0] if word else "", []).append((place, spelling))
        without_word = tuple(by_word.pop("", ()))
        return cls(units, {word: tuple(all_) for word, all_ in by_word.items()}, without_word)

    def unit_in(self, file: str) -> str | None:
        """The one unit whose name stands in the file's name, also misspelt or without å, ä, ö."""
        stem = plain(PurePosixPath(file).stem)
        found: set[str] = set()
        waiting = self._likely(stem, 0)
        while waiting:
            place, spelling = waiting.pop(0)
            if _stands_in(spelling, stem):
                found.add(self.units[spelling])
                stem = stem.replace(spelling, " ")
                # What is left of a word may be one.
                waiting = self._likely(stem, place + 1)
        if not found:
            bare = " ".join(_NOT_A_NAME.sub(" ", stem).split())
            found = {unit for spelling, unit in self.units.items() if alike(bare, spelling) >= NEAR}
        return next(iter(found)) if len(found) == 1 else None

    def _likely(self, stem: str, since: int) -> list[tuple[int, str]]:
        """The spellings that can stand in a file's name by their first word, longest first from one on."""
        words = set(_WORD.findall(stem))
        likely = [*self.without_word, *(at for word in words for at in self.by_word.get(word, ()))]
        return sorted(at for at in likely if at[0] >= since)


def _stands_in(spelling: str, stem: str) -> bool:
    """Whether a spelling stands in a name as whole words; an expression for each would be long to make."""
    at = stem.find(spelling)
    while at >= 0:
        end = at + len(spelling)
        if not _is_letter(stem[at - 1 : at]) and not _is_letter(stem[end : end + 1]):
            return True
        at = stem.find(spelling, at + 1)
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def plain(text: str) -> str:
    """Text for comparing file names, which lose their accents, spaces and case on the way."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", fold(text)) if not unicodedata.combining(c)
    )
    return " ".join(_SEPARATORS.sub(" ", bare).split())
