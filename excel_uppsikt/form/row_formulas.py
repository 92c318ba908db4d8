"""How formulas reach the rows of a goal's sheet, and tidy what stands there as the program's reader does.

In Excel a reference to a cell that something is dragged onto becomes `#REF!`. So a row's own cells are
reached by their place in the column, and all rows by ranges that begin at the header.
"""

from collections.abc import Iterable

from xlsxwriter.utility import xl_col_to_name

from excel_uppsikt.form.definition import COLUMNS
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Field

# Rows are 0-based as XlsxWriter counts, but for the last ones that counts and Kontroll look at: far below
# the rows that a form has, so that rows added there count.
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1
_LAST_COUNTED, _LAST_REACHED = 500, 5_000
CHECK_COLUMN = len(COLUMNS)
LETTERS: dict[Field, str] = {c.field: xl_col_to_name(at) for at, c in enumerate(COLUMNS)}

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
_BETWEEN_UNITS = (",", "/", "&", "+", " och ", " samt ")


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


def status_name_key(name: str) -> str:
    """A status's name as it stands in what `status_key` gives."""
    for edge in _EDGES:
        name = name.replace(edge, "")
    return " ".join(name.split())


def unchanged_key(text: str) -> str:
    """A comment as it is compared with the word for nothing having changed."""
    return f"TRIM(CLEAN({without(_spaced(text), '.')}))"


def units_key(text: str) -> str:
    """What stands in Enheter with every name between semicolons of its own, as `;hemtjänst;;bemanning;`."""
    parted = f'SUBSTITUTE({_spaced(text)},{_LINE_BREAK},";")'
    parted = f"TRIM({without(f'LOWER(CLEAN({parted}))', _BETWEEN_UNITS, ';')})"
    parted = without(without(parted, ("; ", " ;"), ";"), (";",), ";;")
    return without(f'";"&{parted}&";"', (".;",), ";")


def unit_key(name: str) -> str:
    """A name as it stands in what `units_key` gives."""
    parted = fold(name)
    for between in _BETWEEN_UNITS:
        parted = parted.replace(between, ";")
    parted = parted.replace("; ", ";").replace(" ;", ";").replace(";", ";;")
    return f";{parted};".replace(".;", ";")


def previous_status(previous: str) -> str:
    """The first line of what was reported the last time."""
    return f"LEFT({previous},FIND({_LINE_BREAK},{previous}&{_LINE_BREAK})-1)"


def previous_comment(previous: str) -> str:
    """What follows the first line."""
    return f"MID({previous},FIND({_LINE_BREAK},{previous}&{_LINE_BREAK})+1,32767)"
