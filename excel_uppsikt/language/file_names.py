"""Names of files: such as every file system takes, and no two alike."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import PurePosixPath

from excel_uppsikt.language.text import clean

LONGEST_FILE_NAME = 80
# Windows keeps these names for devices, whatever the ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\s*(?:\.|$)", re.IGNORECASE)


def safe_file_name(text: str) -> str:
    """A name that every file system takes: at most 80 characters, without endings of its own."""
    text = unicodedata.normalize("NFC", clean(text))
    text = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", text)
    text = " ".join(text.split())
    if len(text) > LONGEST_FILE_NAME:
        # At a word's end where there is one; a single long word is cut where it must be.
        cut = text[: LONGEST_FILE_NAME + 1]
        text = cut.rpartition(" ")[0] or cut[:-1]
    text = text.strip(" .,;")
    return f"_{text}" if _RESERVED.match(text) or not text else text


def numbered(path: str, *, first: int = 2, words: str = "") -> Iterator[str]:
    """The names that a file may get where its own is taken: `a (2).xlsx`, `a (3).xlsx`, and so on.

    `words` stand before the number.
    """
    whole = PurePosixPath(path)
    for number in count(first):
        mark = f"{words} {number}".strip()
        yield str(whole.with_name(f"{whole.stem} ({mark}){whole.suffix}"))


class TakenNames:
    """Gives each file a name of its own; names are the same where their `key` is."""

    def __init__(self, key: Callable[[str], str] = str) -> None:
        self._key = key
        # For each name the last number that one like it was given: thousands may have the same.
        self._taken: dict[str, int] = {}

    def own(self, name: str) -> str:
        """The name, with a number where another file has it already; it is then taken."""
        key = self._key(name)
        if key not in self._taken:
            self._taken[key] = 1
            return name
        last = self._taken[key]
        for at, other in enumerate(numbered(name, first=last + 1), last + 1):
            if self._key(other) not in self._taken:
                self._taken[key] = at
                self._taken[self._key(other)] = 1
                return other
        raise AssertionError("there is always a number left")
