"""The sheet Beslut written: the decisions as they stand, and empty rows with lists to choose from."""

from datetime import date, datetime, time

from excel_uppsikt.compilation import definition
from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.tables import HEADER_ROW, body, header, headings
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.model import Decisions, Outcome

_EMPTY_ROWS = 20
INTRO = (
    "En rad per beslut, som det står i protokollet. Vid återremiss: skriv i kolumnen Komplettera på bladet "
    "Aktiviteter vad som saknas på en rad. Gäller frågan en enhet men ingen rad: fyll i Enhet här."
)


def write_decisions(
    book: Book, sheet: FittedSheet, decisions: Decisions, *, departments: str, units: str
) -> None:
    """Fills the sheet; `departments` and `units` are the defined names of what there is to choose from."""
    columns = list(definition.DECISION_COLUMNS)
    width = max([len(columns), *(at + 1 for at in decisions.headings)])
    first = header(book, sheet, definition.DECISIONS, INTRO, columns)
    names = [name for name, _ in columns]
    names += [decisions.headings.get(at, "") for at in range(len(columns), width)]
    headings(book, sheet, HEADER_ROW, names)
    for at in range(len(columns), width):
        sheet.set_column(at, at, 24)
    kept = {row.at: row.cells for row in decisions.rows}
    last = first + max(kept, default=-1) + _EMPTY_ROWS
    plain, day = body(book, num_format="@"), body(book, num_format="yyyy-mm-dd")
    for at in range(first, last + 1):
        for place in range(width):
            value = _as_written(kept.get(at - first, {}).get(place))
            dated = isinstance(value, date) or place == _DAY
            write(sheet, at, place, value, day if dated else plain)
    _choices(sheet, first, last, departments=departments, units=units)


def _as_written(value: object) -> object:
    """A cell's value as it can be written again: numbers and days as they are, all else as its text."""
    if isinstance(value, bool) or (isinstance(value, datetime) and value.time() != time()):
        return as_text(value)
    return value if isinstance(value, str | float | int | date) else as_text(value)


_DAY = definition.DECISION_INDEX[definition.DECISION_DAY]


def _choices(sheet: FittedSheet, first: int, last: int, *, departments: str, units: str) -> None:
    """Lists that advise and never refuse: what stands in the minutes is hers to write."""
    for head, name in (
        (definition.DECISION_DEPARTMENT, departments),
        (definition.DECISION_OWNER, units),
    ):
        at = definition.DECISION_INDEX[head]
        prompt = "Välj i listan."
        if head == definition.DECISION_OWNER:
            prompt = "Bara när frågan gäller en enhet och inte hör till någon rad på Aktiviteter."
        options = writing.choose_from(name, title=head, prompt=prompt, strict=False)
        writing.validate(sheet, (first, at, last, at), options)
    at = definition.DECISION_INDEX[definition.DECISION_OUTCOME]
    outcomes = {
        "validate": "list",
        "source": [outcome.value for outcome in Outcome],
        "input_title": definition.DECISION_OUTCOME,
        "input_message": "godkänd, återremiss (rapporten ska kompletteras) eller till KS.",
        "show_error": False,
    }
    writing.validate(sheet, (first, at, last, at), outcomes)
    advice = {
        "validate": "any",
        "input_title": definition.DECISION_DAY,
        "input_message": "Sammanträdets dag, som år-månad-dag.",
    }
    writing.validate(sheet, (first, _DAY, last, _DAY), advice)
