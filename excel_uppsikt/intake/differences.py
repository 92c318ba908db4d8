"""How a hand-in that was set aside differs from the one in use, row by row: what would else be missed."""

from collections.abc import Mapping, Sequence
from itertools import islice

from excel_uppsikt.form import definition as form
from excel_uppsikt.language.text import counted, fold, listed
from excel_uppsikt.model import Entry, Field

# A reader looks at the file itself when there are more.
_MOST_ROWS = 25
_LONGEST = 40
# Of rows with one title or one id. There is one, as a rule; a crafted form has thousands.
_MOST_COMPARED = 50

_Key = tuple[int, str, str]
_Saying = tuple[object, ...]


def differing_rows(aside: Sequence[Entry], used: Sequence[Entry]) -> str:
    """What stands in `aside` but not in `used`, row by row with its place; '' for nothing.

    Rows are the same activity by their id, else by goal and title.
    """
    told: dict[tuple[str, int], str] = {}
    # By what they are known by, what the rows in use say.
    sayings: dict[_Key, dict[_Saying, None]] = {}
    for entry in used:
        for key in _keys(entry):
            sayings.setdefault(key, {})[_saying(entry)] = None
    for entry in aside:
        difference = _difference(entry, [sayings[key] for key in _keys(entry) if key in sayings])
        if difference:
            told.setdefault((entry.sheet, entry.row), difference)
    words: list[str] = []
    before = ""
    for (sheet, row), difference in list(told.items())[:_MOST_ROWS]:
        place = "" if sheet == before else f"blad ”{sheet}”, "
        words.append(f"{place}rad {row} {difference}")
        before = sheet
    more = len(told) - _MOST_ROWS
    return "; ".join(words) + (f" och {counted(more, 'rad', 'rader')} till" if more > 0 else "")


def _keys(entry: Entry) -> list[_Key]:
    """What tells that two rows are of the same activity: they have one of these in common."""
    goal = entry.goal.number
    return [
        (goal, "title", fold(entry.values.title)),
        *([(goal, "id", entry.id)] if entry.id else []),
    ]


def _difference(entry: Entry, same: Sequence[Mapping[_Saying, None]]) -> str:
    title = f"({_short(entry.values.title) if entry.values.title else 'utan titel'})"
    if not same:
        return f"{title}: hela raden"
    said = _saying(entry)
    if any(said in sayings for sayings in same):
        return ""
    others = [other for sayings in same for other in islice(sayings, _MOST_COMPARED)]
    changed = min((_unlike(said, other) for other in others), key=len)
    words = [f"{form.header(of)} {_short(entry.raw.get(of, ''))}" for of in changed]
    return f"{title}: {listed(words)}"


def _unlike(one: _Saying, other: _Saying) -> list[Field]:
    """The fields in which two rows say different things."""
    return [of for of, a, b in zip(Field, one, other, strict=True) if a != b]


def _saying(entry: Entry) -> _Saying:
    """What a row says in each field; what stands there where it could not be read."""
    return tuple(_said(entry, of) for of in Field)


def _said(entry: Entry, of: Field) -> object:
    written = fold(entry.raw.get(of, ""))
    value = entry.values.value(of)
    return value if entry.values.given(of) and not isinstance(value, str) else written


def _short(text: str) -> str:
    """A text in quotation marks, on one line and short; in words where there is none."""
    text = " ".join(text.split())
    if not text:
        return "tom"
    return f"”{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'}”"
