"""The hidden sheet `_listor`: the dropdowns' choices, and what the form's formulas compare with.

All under defined names: these survive other programs.
"""

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name

from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.form import definition
from excel_uppsikt.form.control_column import (
    STATUS_COMMENT,
    STATUS_KEYS,
    STATUS_KIND,
    STATUS_NAMES,
    STATUS_WORDS,
    UNIT_KEYS,
    UNIT_LETTERS,
    UNIT_NAMES,
    status_kind,
)
from excel_uppsikt.form.definition import LISTS_SHEET, Form
from excel_uppsikt.form.filling import counted_keys
from excel_uppsikt.form.row_formulas import (
    known_unit_keys,
    net_letters,
    status_name_key,
    status_words,
)
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.model import FormKind, Plan

# Units that make a row count for the form's own, and all others, each with as many ones below it.
OWN_UNITS = "lst_egna"
OTHER_UNITS = "lst_andra"
ONES = "_ettor"
# Where there is nothing to list: nobody writes this.
_NOTHING = ";✘;"


def unit_choices(plan: Plan, form: Form) -> list[str]:
    """What a form's list for Enheter offers: units, and then departments as a whole."""
    departments = [d for d in plan.departments if form.department in (None, d.name)]
    units = [unit.name for unit in plan.units_of(form.department)]
    return units + definition.whole_names(departments)


def write_lists(book: Book, plan: Plan, form: Form) -> None:
    """Writes the sheet, hidden."""
    sheet = book.sheet(LISTS_SHEET)
    statuses, known = plan.statuses, known_unit_keys(Scope.of(plan, form.department))
    columns: list[tuple[str, str, Sequence[str | int]]] = [
        ("Statusar", STATUS_NAMES, [status.name for status in statuses]),
        (
            "Statusar, att jämföra med",
            STATUS_KEYS,
            [status_name_key(status.name) for status in statuses],
        ),
        ("Kräver kommentar", STATUS_COMMENT, [int(status.needs_comment) for status in statuses]),
        ("Slag", STATUS_KIND, list(map(status_kind, statuses))),
        ("Statusar, i ord", STATUS_WORDS, [status_words(status.name) for status in statuses]),
        ("Enheter", UNIT_NAMES, unit_choices(plan, form)),
        ("Enheter, att jämföra med", UNIT_KEYS, known),
        ("Tecken i dem", UNIT_LETTERS, net_letters(known)),
    ]
    for at, (head, name, values) in enumerate(columns):
        _column(book, sheet, at, head, name, values)
    if form.kind is FormKind.UNIT:
        counted = counted_keys(plan, form)
        for at, (name, counting) in enumerate(
            ((OWN_UNITS, counted.own), (OTHER_UNITS, counted.others)), len(columns)
        ):
            keys = counting or (_NOTHING,)
            _column(book, sheet, at, "Ettor", f"{name}{ONES}", [1] * len(keys))
            _row(book, sheet, at - len(columns), len(columns) + 2, name, keys)
    sheet.hide()


def _column(
    book: Book, sheet: FittedSheet, at: int, head: str, name: str, values: Sequence[str | int]
) -> None:
    sheet.set_column(at, at, 34)
    for row, value in enumerate((head, *values)):
        write(sheet, row, at, value, book.format())
    letter = xl_col_to_name(at)
    book.define(name, f"={LISTS_SHEET}!${letter}$2:${letter}${len(values) + 1}")


def _row(
    book: Book, sheet: FittedSheet, row: int, first: int, name: str, values: Sequence[str]
) -> None:
    for at, value in enumerate(values, first):
        write(sheet, row, at, value, book.format())
    start, end = xl_col_to_name(first), xl_col_to_name(first + len(values) - 1)
    book.define(name, f"={LISTS_SHEET}!${start}${row + 1}:${end}${row + 1}")
