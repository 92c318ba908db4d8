"""Text as people and programs write it: cleaned, compared and put in Swedish order."""

import base64
import hashlib
import re
import unicodedata
from functools import lru_cache

# Excel's own limit for a cell; nothing longer can come back out in a workbook.
LONGEST_TEXT = 32_767

# Anything but these may need cleaning; most texts hold nothing else. To match them all takes a third of the
# time of looking for another.
_USUAL = re.compile("[ -~\nåäöÅÄÖéÉ–”’…]*+")
_SPACES = re.compile(r"[^\S\n]+")
_KINDS_OF_DASHES = "‐‑‒–—―−"
_DASHES = str.maketrans(dict.fromkeys(_KINDS_OF_DASHES, "-"))
_DASH = re.compile(f"[{_KINDS_OF_DASHES}]")
# Names, headings and statuses are compared over and over, longer texts are not: a tenth of all reading.
_LONGEST_NAME, _MOST_NAMES = 200, 10_000
_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LETTERS_LAST = {
    "å": "\U0010fff0",
    "ä": "\U0010fff1",
    "ö": "\U0010fff2",
    "æ": "\U0010fff1",
    "ø": "\U0010fff2",
}


def clean(text: str) -> str:
    r"""The text with composed letters, plain spaces and `\\n` line breaks, and nothing invisible.

    What XML cannot hold is dropped; `has_forbidden` tells whether there was any.
    """
    if _USUAL.fullmatch(text):
        return text
    text = _LINE_BREAKS.sub("\n", text)
    text = _FORBIDDEN.sub("", _INVISIBLE.sub("", text))
    text = _SPACES.sub(lambda run: " " * len(run[0]), text)
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """Cleaned text without white space around it or at the ends of its lines."""
    # As most texts are; to call `clean` for them too takes a tenth of the time.
    text = text.strip() if _USUAL.fullmatch(text) else clean(text).strip()
    return "\n".join(line.strip() for line in text.split("\n")) if "\n" in text else text


def has_forbidden(text: str) -> bool:
    """Whether `clean` would drop a character that was meant to be seen or acted on."""
    if _USUAL.fullmatch(text):
        return False
    return _FORBIDDEN.search(_LINE_BREAKS.sub("\n", text)) is not None


def fold(text: str) -> str:
    """The text as names are compared: case, spaces, dashes and invisible characters do not count."""
    return _fold_name(text) if len(text) <= _LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    return " ".join(plain_dashes(clean(text)).casefold().split())


_fold_name = lru_cache(maxsize=_MOST_NAMES)(_folded)


def cell_part(text: str) -> str:
    """As much of a text's beginning as a cell can hold.

    Excel counts units of UTF-16, of which an emoji takes two.
    """
    if len(text) <= LONGEST_TEXT // 2 or (len(text) <= LONGEST_TEXT and text.isascii()):
        return text
    if len(text) > LONGEST_TEXT:
        # No more can fit, and who cuts a long text in parts comes here for each of them.
        return cell_part(text[:LONGEST_TEXT])
    coded = text.encode("utf-16-le", "surrogatepass")
    if len(coded) <= 2 * LONGEST_TEXT:
        return text
    return coded[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")


def plain_dashes(text: str) -> str:
    """The text, as long as before, with every kind of dash as a hyphen."""
    # Looking for a dash takes a tenth of the time of translating.
    return text.translate(_DASHES) if _DASH.search(text) else text


def swedish_order(text: str) -> str:
    """A sorting key in Swedish alphabetical order: å, ä and ö last, other accents as their letter.

    Texts that begin with the same 200 letters are alike to it.
    """
    key: list[str] = []
    for letter in fold(text[:_LONGEST_NAME]):
        if letter in _LETTERS_LAST:
            key.append(_LETTERS_LAST[letter])
        else:
            key.append(unicodedata.normalize("NFD", letter)[0])
    return "".join(key)


def short_hash(*parts: str) -> str:
    """Five letters and digits made of the texts, the same in every run."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()
    return base64.b32encode(digest)[:5].decode().lower()


def counted(number: int, one: str, many: str) -> str:
    """A count with its noun, such as `1 rad` or `3 rader`."""
    return f"{number} {one if number == 1 else many}"


def listed(names: list[str] | tuple[str, ...], last: str = "och") -> str:
    """Names in a Swedish enumeration: `a, b och c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
