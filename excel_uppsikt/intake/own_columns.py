"""The form's own columns in a received sheet: what the form itself has put there, and what is content."""

import re
from dataclasses import dataclass
from functools import lru_cache

from excel_uppsikt.excel.workbook import CellValue
from excel_uppsikt.findings.finding import quote
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.control_column import check_formula
from excel_uppsikt.form.words import CONTROL_PHRASES, FILLED, MISSING
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import FormKind, Plan

# An activity's Id as the program makes it, of what a form says or for a row of the coordinator's own.
_ID = re.compile(r"(?:[1-9][0-9]*|s)-[a-z2-7]{5}")
_TEXTS_IN_FORMULA, _DIGIT = re.compile(r'"([^"]*)"'), re.compile(r"[0-9]")
# What programs show, and some save as text, where a formula could not be computed.
_ERROR = re.compile(r"#[\w/]+[!?]|#n/a|err:[0-9]+|=")
_HEADERS = frozenset(fold(column.header) for column in form.COLUMNS)
_CHECK, _PREVIOUS = fold(form.CHECK_HEADER), fold(form.PREVIOUS_HEADER)
_MISSING = fold(MISSING)
# Pieces of dates stand in the formula too; what it says has words.
_WORD = re.compile(r"[^\W\d_]{3}")
# What Kontroll says in forms that have been sent out already, whatever its formula says now.
_SAID_EARLIER = (
    "✔ Klar",
    FILLED,
    "Ett datum går inte att läsa",
    "Slutdatum ligger före startdatum",
    "Datum utanför 2024-01-01–2024-12-31",
    "Skriv datum som år-månad-dag",
    "Statusen finns inte i listan",
    "Enheten finns inte i listan",
    "Statusen kräver en kommentar",
)
# Words and errors are short, so what is longer need not be compared.
_LONGEST = 300


def is_id(text: str) -> bool:
    """Whether a text can be an Id that the program has given an activity."""
    return _ID.fullmatch(text) is not None


def is_error(key: str) -> bool:
    """Whether a folded text is an error that a program saved as the text of a formula's result."""
    return len(key) <= _LONGEST and _ERROR.fullmatch(key) is not None


def column_in_words(heading: str) -> str:
    """One of the form's own columns, known by its folded heading, for a message."""
    name = next(header for header in form.OWN_HEADERS if fold(header) == heading)
    return (
        f"den dolda kolumnen {quote(name)}"
        if name == form.ID_HEADER
        else (f"kolumnen {quote(name)}")
    )


# An inbox has one plan; to make its formulas for each file took a tenth of the reading.
@lru_cache(maxsize=4)
def _words_of_kontroll(plan: Plan) -> frozenset[str]:
    """What Kontroll's formulas can say in this round, as it is compared."""
    formulas = (
        check_formula(plan, kind, follow_up=follow_up)
        for kind in FormKind
        for follow_up in (False, True)
    )
    said = (text for formula in formulas for text in _TEXTS_IN_FORMULA.findall(formula))
    # The plan's dates may have changed since the form was sent out, or be away from it now.
    return frozenset(
        _DIGIT.sub("0", fold(text).strip("."))
        for text in (*said, *CONTROL_PHRASES, *_SAID_EARLIER)
        if _WORD.search(text)
    )


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the form says in its own columns in a round, as it is compared; made once for all its forms."""

    kontroll: frozenset[str]
    statuses: frozenset[str]

    @classmethod
    def of(cls, plan: Plan) -> "OwnWords":
        """The words of a plan's forms."""
        return cls(_words_of_kontroll(plan), frozenset(form.status_names(plan)))


class OwnColumns:
    """What the form puts in its own columns, whatever program has saved it since."""

    def __init__(self, words: OwnWords) -> None:
        self._said, self._statuses = words.kontroll, words.statuses
        self._seen: dict[tuple[str, CellValue], bool] = {}

    def wrote(self, heading: str, cell: CellValue) -> bool:
        """Whether the form has put this in the own column of this folded heading."""
        if not isinstance(cell, str):
            # Programs save the words of a formula, and even an empty cell, as the number 0.
            return cell == 0 and not isinstance(cell, bool)
        key = heading, cell
        if key not in self._seen:
            self._seen[key] = self._wrote(heading, as_text(cell))
        return self._seen[key]

    def _wrote(self, heading: str, text: str) -> bool:
        if heading == _CHECK:
            return len(text) <= _LONGEST and self._checks(fold(text))
        if heading == _PREVIOUS:
            return fold(text.partition("\n")[0]) in self._statuses
        return is_id(text)

    def _checks(self, key: str) -> bool:
        """Whether Kontroll, or a program in its place, says this."""
        if key.startswith(_MISSING):
            return set(map(str.strip, key.removeprefix(_MISSING).split(","))) <= _HEADERS
        # What is true of a row and what its dates say stand after one another, with full stops between.
        parts = _DIGIT.sub("0", key).split(". ")
        return all(part.strip(". ") in self._said for part in parts) or is_error(key)
