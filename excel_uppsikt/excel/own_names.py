"""What Excel takes as a sheet's name, and which of a cell's links are copied."""

import re

# What Excel takes as a sheet's or a workbook-wide name, here somewhat narrower.
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_RESERVED = ("history", "historik")
_LINK = re.compile(
    r"(?:https?|mailto):[^\s\x00-\x1f\ud800-\udfff]+|internal:[^\x00-\x1f\ud800-\udfff]+",
    re.IGNORECASE,
)
_LONGEST_LINK = 2_000


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A sheet's name as near to the wanted one as Excel allows, unlike those taken (in lower case)."""
    plain = _NOT_IN_NAMES.sub(" ", wanted).strip().strip("'") or "Blad"
    plain = f"{plain} 1" if plain.casefold() in _RESERVED else plain
    name, count = _cut(plain, ""), 1
    while name.casefold() in taken:
        count += 1
        name = _cut(plain, f" ({count})")
    return name


def _cut(name: str, end: str) -> str:
    """A name with its end, within what Excel counts."""
    while len(f"{name}{end}".encode("utf-16-le")) > 2 * LONGEST_NAME:
        name = name[:-1]
    return f"{name.rstrip()}{end}"


def can_be_linked(link: str) -> bool:
    """Whether a cell's link is copied: to a page, a mail address or a place in the workbook."""
    return len(link) <= _LONGEST_LINK and _LINK.fullmatch(link) is not None
