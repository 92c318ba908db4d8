"""How a hand-in that was set aside differs from the one in use, row by row: what would else be missed."""

from collections.abc import Sequence

from excel_uppsikt import form
from excel_uppsikt.model import Entry, Field
from excel_uppsikt.office.text import counted, fold, listed

# A reader looks at the file itself when there are more.
_MOST_ROWS = 25
_LONGEST = 40


def differing_rows(aside: Sequence[Entry], used: Sequence[Entry]) -> str:
    """What stands in `aside` but not in `used`, row by row with its place; '' for nothing.

    Rows are the same activity by their id, else by goal and title.
    """
    told: dict[tuple[str, int], str] = {}
    for entry in aside:
        difference = _difference(entry, used)
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


def _difference(entry: Entry, used: Sequence[Entry]) -> str:
    title = f"({_short(entry.title) if entry.title else 'utan titel'})"
    same = [other for other in used if _same_activity(entry, other)]
    if not same:
        return f"{title}: hela raden"
    closest = min(same, key=lambda other: len(_fields(entry, other)))
    changed = [
        f"{form.header(of)} {_short(entry.raw.get(of, ''))}" for of in _fields(entry, closest)
    ]
    return f"{title}: {listed(changed)}" if changed else ""


def _same_activity(entry: Entry, other: Entry) -> bool:
    if entry.goal.number != other.goal.number:
        return False
    return fold(entry.title) == fold(other.title) or bool(entry.id and entry.id == other.id)


def _fields(entry: Entry, other: Entry) -> list[Field]:
    """The fields in which two rows say different things."""
    return [of for of in Field if _said(entry, of) != _said(other, of)]


def _said(entry: Entry, of: Field) -> object:
    """What a row says in a field; what stands there where it could not be read."""
    written = fold(entry.raw.get(of, ""))
    if of is Field.UNITS:
        return (entry.units, entry.whole) if entry.units or entry.whole else written
    value = getattr(entry, of.value)
    return written if value is None or isinstance(value, str) else value


def _short(text: str) -> str:
    """A text in quotation marks, on one line and short; in words where there is none."""
    text = " ".join(text.split())
    if not text:
        return "tom"
    return f"”{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'}”"
