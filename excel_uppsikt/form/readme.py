"""Läs mig: the form's first sheet. Whose it is, three steps, and a live table of what is done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.tables import headings
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.form import definition
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.filling import Filling
from excel_uppsikt.form.lists import ONES, OTHER_UNITS, OWN_UNITS
from excel_uppsikt.form.row_formulas import (
    CHECK_COLUMN,
    FIRST_ROW,
    LETTERS,
    at_header,
    content,
    down,
    said,
    units_key,
)
from excel_uppsikt.form.words import (
    DONE,
    FILL_IN,
    GO_ON,
    HOLDS,
    LACKS,
    MEND,
    OPEN,
    RETURNED,
    SEND,
    SEND_AGAIN,
    contact,
    hand_in_by,
    state,
    state_formula,
    subject,
)
from excel_uppsikt.language.numbers import swedish_number
from excel_uppsikt.model import Field, FormKind, Goal, Plan

_GOAL_WIDTH = 96
_COUNT_COLUMN = 4


@dataclass(frozen=True, slots=True)
class TopLine:
    """A line at the top of a form's first sheet, and its row's height; None for that of its text."""

    text: str
    bold: bool = False
    height: float | None = 20


def write_readme(
    book: Book,
    sheet: FittedSheet,
    plan: Plan,
    form: Form,
    filled: Mapping[int, Filling],
    *,
    returned: bool = False,
) -> None:
    """Fills the sheet; `filled` is what is filled in already, by goal number.

    In what is `returned` it tells what that is, and what to do with it.
    """
    sheet.set_column(0, 0, _GOAL_WIDTH)
    sheet.set_column(1, 1, 13)
    sheet.set_column(2, 2, 15)
    sheet.set_column(3, 3, 20)
    sheet.set_column(_COUNT_COLUMN, _COUNT_COLUMN, 10, None, {"hidden": True})
    follow_up = any(filling.follow_up for filling in filled.values())
    blank = (OPEN, GO_ON if follow_up else FILL_IN, SEND)
    steps = (RETURNED, OPEN, MEND, SEND_AGAIN) if returned else blank
    lines = _lines(plan, steps, again=returned)
    at = write_top(book, sheet, plan, form, lines)
    at, goal_rows = _table(book, sheet, at, form, filled)
    if form.kind is FormKind.UNIT:
        at = _rule(book, sheet, at, plan, form, goal_rows, filled)
    writing.landscape(sheet, footer=definition.footer(plan, form))
    sheet.fit_to_pages(1, 1)
    writing.same_order(sheet)


def _lines(plan: Plan, steps: Iterable[str], *, again: bool) -> Iterator[TopLine]:
    """The lines above the table."""
    settings = plan.settings
    if settings.deadline is not None:
        yield TopLine(hand_in_by(settings.deadline, again=again), bold=True)
    for step in steps:
        yield TopLine(step)
    if settings.sender:
        yield TopLine(contact(plan), height=None)


def write_top(
    book: Book, sheet: FittedSheet, plan: Plan, form: Form, lines: Iterable[TopLine]
) -> int:
    """Whose form it is, of which round, these lines and the form's own id; returns the row to go on in."""
    big = book.format(bold=True, font_size=20, font_color=writing.ACCENT, valign="vcenter")
    middle = book.format(font_size=13, font_color=writing.DARK)
    bold = book.format(font_size=12, bold=True, font_color=writing.DARK)
    plain = book.format(font_size=12, font_color=writing.DARK)
    grey = book.format(font_size=10, font_color=writing.GREY)
    sheet.set_row(0, 36)
    write(sheet, 0, 0, form.owner, big)
    sheet.set_row(1, 20)
    write(sheet, 1, 0, subject(plan), middle)
    row = 2
    for line in lines:
        if line.height is not None:
            sheet.set_row(row, line.height)
        write(sheet, row, 0, line.text, bold if line.bold else plain)
        row += 1
    write(sheet, row, 0, f"{definition.FORM_ID_LABEL}: {definition.form_id(plan, form)}", grey)
    return row + 2


def _table(
    book: Book,
    sheet: FittedSheet,
    row: int,
    form: Form,
    filled: Mapping[int, Filling],
) -> tuple[int, dict[int, int]]:
    """The goals with their counts, live; returns the next row and each goal's row (1-based)."""
    headings(
        book,
        sheet,
        row,
        ("Mål (klicka för att gå dit)", "Aktiviteter", "Att komplettera", "Läge"),
    )
    link = book.format(
        font_color=writing.ACCENT, underline=1, text_wrap=True, border=1, border_color=writing.LINE
    )
    cell = book.format(border=1, border_color=writing.LINE, align="center")
    words = book.format(border=1, border_color=writing.LINE)
    places: dict[int, int] = {}
    for at, goal in enumerate(form.goals, row + 1):
        name = definition.sheet_name(goal)
        places[goal.number] = at + 1
        text = f"{goal.number}. {goal.text}"
        if len(text) > _GOAL_WIDTH * 1.1:
            sheet.set_row(at, 31)
        address = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A{FIRST_ROW + 1}"
        writing.done(sheet.write_url(at, 0, address, link, text, "Gå till målets blad"))
        filling = filled[goal.number]
        titled, lacking = filling.titled, filling.lacking
        writing.formula(sheet, at, 1, f"={_titled(_sheet_of(goal))}", cell, titled)
        writing.formula(sheet, at, 2, f"={_lacking(_sheet_of(goal))}", cell, lacking)
        text = f"={state_formula(f'B{at + 1}', f'C{at + 1}')}"
        writing.formula(sheet, at, 3, text, words, state(titled, lacking))
        if form.kind is FormKind.UNIT:
            # What the rule below counts: not rows that name only others.
            text = f"={_counting(goal)}"
            writing.formula(sheet, at, _COUNT_COLUMN, text, cell, filling.counting)
    return row + len(form.goals) + 2, places


def _sheet_of(goal: Goal) -> str:
    """A goal's sheet as formulas name it, with the mark after it."""
    return "'" + definition.sheet_name(goal).replace("'", "''") + "'!"


def _titled(sheet: str) -> str:
    """Rows of a goal's sheet that have a title; `sheet` is '' on the sheet itself."""
    return f"(SUMPRODUCT(--{_has_title(sheet)})-{_header_counts(sheet)})"


def _has_title(sheet: str) -> str:
    return f"({said(down(LETTERS[Field.TITLE], sheet))}>0)"


def _header_counts(sheet: str) -> str:
    """One for the heading, which stands in the same range as the titles."""
    return f"({said(at_header(LETTERS[Field.TITLE], sheet))}>0)"


def _lacking(sheet: str) -> str:
    """Rows of a goal's sheet that hold something and whose Kontroll does not say that they are done.

    A row that was inserted has no Kontroll; nobody has looked at what it lacks.
    """
    row = "&".join(down(letter, sheet) for letter in LETTERS.values())
    check = down(xl_col_to_name(CHECK_COLUMN), sheet)
    # The row of headings always holds something.
    return f'(SUMPRODUCT(({content(row)}>0)*({check}<>"{DONE}"))-1)'


def sheet_state() -> str:
    """The formula for a goal's state on its own sheet, by the same rows as Läs mig."""
    return state_formula(_titled(""), _lacking(""))


def _counting(goal: Goal) -> str:
    """Titled rows that count for the form's unit: they name it, or none that is known."""
    sheet = _sheet_of(goal)
    units = units_key(down(LETTERS[Field.UNITS], sheet))
    own, others = (
        f"MMULT(--ISNUMBER(FIND({names},{units})),{names}{ONES})"
        for names in (OWN_UNITS, OTHER_UNITS)
    )
    counting = f"SUMPRODUCT({_has_title(sheet)}*(({own}>0)+({others}=0)>0))"
    return f"{counting}-{_header_counts(sheet)}"


def _rule(
    book: Book,
    sheet: FittedSheet,
    row: int,
    plan: Plan,
    form: Form,
    places: Mapping[int, int],
    filled: Mapping[int, Filling],
) -> int:
    """The unit rule term by term, live, with ✔ or ✘ and words."""
    headings(book, sheet, row, ("Regeln för varje enhet", "Ni har", "Krav", "Läge"))
    text = book.format(border=1, border_color=writing.LINE, text_wrap=True)
    cell = book.format(border=1, border_color=writing.LINE, align="center")
    terms = _terms(plan, form)
    for at, (words, goals, least) in enumerate(terms, row + 1):
        have = sum(filled[goal.number].counting for goal in goals)
        write(sheet, at, 0, words, text)
        letter = xl_col_to_name(_COUNT_COLUMN)
        places_sum = "+".join(f"{letter}{places[goal.number]}" for goal in goals) or "0"
        writing.formula(sheet, at, 1, f"={places_sum}", cell, have)
        write(sheet, at, 2, least, cell)
        outcome = (
            f'=IF(B{at + 1}>=C{at + 1},"{HOLDS} Uppfyllt","{LACKS} Saknas "&(C{at + 1}-B{at + 1}))'
        )
        value = f"{HOLDS} Uppfyllt" if have >= least else f"{LACKS} Saknas {least - have}"
        writing.formula(sheet, at, 3, outcome, text, value)
    end = row + len(terms) + 1
    if plan.settings.common_counts:
        note = (
            "Det som saknas kan täckas av verksamhetens gemensamma aktiviteter, som inte syns här."
        )
        write(sheet, end, 0, note, book.format(font_color=writing.GREY, italic=True))
    return end + 1


def _terms(plan: Plan, form: Form) -> list[tuple[str, list[Goal], int]]:
    """What the rule asks of the form's unit: each term in words, the goals that count, and how many."""
    unit = next(unit for unit in plan.units if unit.name == form.unit)
    settings = plan.settings
    minimum = settings.minimum if unit.minimum is None else unit.minimum
    counting = [g for g in form.goals if settings.mandatory_counts or not g.mandatory]
    beyond = (
        ""
        if settings.mandatory_counts or not plan.mandatory_goals
        else " utöver de obligatoriska målens"
    )
    noun = "aktivitet" if minimum == 1 else "aktiviteter"
    terms = [(f"Minst {swedish_number(minimum)} {noun}{beyond}", counting, minimum)]
    terms += [
        (f"Minst {goal.minimum} för målet ”{goal.text}”", [goal], goal.minimum)
        for goal in form.goals
        if goal.mandatory
    ]
    return terms
