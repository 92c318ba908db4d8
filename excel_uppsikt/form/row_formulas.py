"""How formulas reach the rows of a goal's sheet, and tidy what stands there as the program's reader does.

In Excel a reference to a cell that something is dragged onto becomes `#REF!`. So a row's own cells are
reached by their place in the column, and all rows by ranges that begin at the header.
"""

from collections.abc import Iterable, Sequence

from excel_uppsikt.form.definition import COLUMNS
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.form.words import EARLIER
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Field

# Rows are 0-based as XlsxWriter counts, but for the last ones that counts and Kontroll look at: far below
# the rows that a form has, so that rows added there count.
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1
_LAST_COUNTED, _LAST_REACHED = 500, 5_000
CHECK_COLUMN = len(COLUMNS)
LETTERS: dict[Field, str] = {c.field: column_letters(at) for at, c in enumerate(COLUMNS, 1)}

# The first column's top holds the sheet's state, which Kontroll cannot be reckoned from.
_WITH_STATE = "A"
_LINE_BREAK = "CHAR(10)"
# What does not count as content, beside what TRIM and CLEAN take away.
_HARD_SPACE = "\u00a0"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# A title or comment of these alone says nothing.
_MARKS = "-‐‑‒–—―−.…_"
# These do not count around a status.
_EDGES = ".,:;()"
# What may stand between units, and the mark that each becomes: a unit's own name may hold one of them.
_BETWEEN_UNITS = {" och ": "¤", " samt ": "¢", ",": ",", "/": "/", "&": "&", "+": "+"}
_AROUND_UNITS = ";"


def down(letter: str, sheet: str = "") -> str:
    """A column's cells from the header down; `sheet` is named with its mark, '' on the sheet itself."""
    return f"{sheet}${letter}${HEADER_ROW + 1}:${letter}${_LAST_COUNTED}"


def here(letter: str) -> str:
    """A column's cell in the formula's own row."""
    if letter == _WITH_STATE:
        header = f"${letter}${HEADER_ROW + 1}"
        return f"INDEX({header}:${letter}${_LAST_REACHED},ROW()-ROW({header})+1)"
    return f"INDEX(${letter}:${letter},ROW())"


def at_header(letter: str, sheet: str = "") -> str:
    """A column's heading."""
    return f"{sheet}${letter}${HEADER_ROW + 1}"


def quoted(text: str) -> str:
    """A text as formulas hold it."""
    return '"' + text.replace('"', '""') + '"'


def without(text: str, parts: Iterable[str], instead: str = "") -> str:
    """A formula's text with each of the parts replaced."""
    for part in parts:
        text = f"SUBSTITUTE({text},{quoted(part)},{quoted(instead)})"
    return text


def _spaced(text: str) -> str:
    return without(text, [_HARD_SPACE], " ")


def stands(text: str) -> str:
    """How much stands in a cell, as far as it can be seen."""
    return f"LEN(TRIM(CLEAN({_spaced(text)})))"


def content(text: str) -> str:
    """How much stands in a cell, or in each of a range, without what cannot be seen."""
    return stands(without(text, _INVISIBLE))


def said(text: str) -> str:
    """How much a title or comment says: its length without the dashes and dots that say nothing."""
    return content(without(text, _MARKS))


def status_key(text: str) -> str:
    """A status as it is compared, which is regardless of case."""
    return f"TRIM(CLEAN({without(_spaced(text), _EDGES)}))"


def status_in_row(text: str) -> str:
    """A status as it stands, in lower case, where `status_key` has no marks left within it either."""
    return f"LOWER(TRIM(CLEAN({_spaced(text)})))"


def status_name_key(name: str) -> str:
    """A status's name as it stands in what `status_key` gives."""
    for edge in _EDGES:
        name = name.replace(edge, "")
    return " ".join(name.split())


def status_words(name: str) -> str:
    """A status's name as `status_in_row` gives it where it stands as it is called."""
    return " ".join(name.split()).lower()


def unchanged_key(text: str) -> str:
    """A comment as it is compared with the word for nothing having changed."""
    return f"TRIM(CLEAN({without(_spaced(text), '.')}))"


def units_key(text: str) -> str:
    """What stands in Enheter with semicolons around every name, as `;hemtjänst;;bemanning;`."""
    parted = f'SUBSTITUTE({_spaced(text)},{_LINE_BREAK},";")'
    parted = without(f"LOWER(CLEAN({parted}))", "–", "-")
    for what, instead in _parted():
        parted = without(parted, (what,), instead)
    parted = without(f"TRIM({parted})", ("; ", " ;"), ";")
    return without(f'";"&{parted}&";"', (".;",), ";")


def unit_key(name: str) -> str:
    """A name, or what stands in Enheter, as `units_key` gives it."""
    parted = fold(name.replace("\n", ";"))
    for what, instead in _parted():
        parted = parted.replace(what, instead)
    parted = parted.strip().replace("; ", ";").replace(" ;", ";")
    return f";{parted};".replace(".;", ";")


def known_unit_keys(scope: Scope) -> list[str]:
    """The key of every spelling of a unit or whole department that a row may name, and of what parts them."""
    choices = scope.choices.items()
    known = [spelling for spelling, name in choices if scope.wholes.get(name) != ""]
    between = (f"{_AROUND_UNITS}{mark}{_AROUND_UNITS}" for mark in _BETWEEN_UNITS.values())
    return list(dict.fromkeys([*map(unit_key, known), *between]))


def _parted() -> Iterable[tuple[str, str]]:
    """What is replaced, in turn, with a mark between semicolons, which stand for themselves."""
    yield ";", ";;"
    for between, mark in _BETWEEN_UNITS.items():
        yield between, f";{mark};"


def unit_letters(units: str) -> str:
    """How many letters stand in what `units_key` gives, with the marks of what parts the names."""
    return f"LEN({without(units, (_AROUND_UNITS,))})"


def letters(key: str) -> int:
    """The same of what `unit_key` gives."""
    return len(key.replace(_AROUND_UNITS, ""))


def net_letters(keys: Sequence[str]) -> list[int]:
    """The letters of each of the keys, so that a name within another is not counted twice."""
    known: dict[str, int] = {}
    for key in sorted(keys, key=len):
        known[key] = letters(key) - sum(key.count(short) * net for short, net in known.items())
    return [known[key] for key in keys]


def previous_status(previous: str) -> str:
    """The first line of what was reported the last time, without when that was."""
    dot, end = f'"{EARLIER[1]}"', f'"{EARLIER[:2]}"'
    return f"LEFT({previous},FIND({dot},SUBSTITUTE({previous},{_LINE_BREAK},{end})&{end})-2)"


def previous_comment(previous: str) -> str:
    """What follows the first line."""
    return f"MID({previous},FIND({_LINE_BREAK},{previous}&{_LINE_BREAK})+1,32767)"
