"""Läs mig in a form for what was sent back: the decision, what is to be completed, and where."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.tables import headings
from excel_uppsikt.excel.writing import Book, FittedSheet, write
from excel_uppsikt.form import definition, values
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.row_formulas import FIRST_ROW
from excel_uppsikt.form.words import COMPLETE, ONLY_THIS, OPEN, SEND, TO_COMPLETE, contact, subject
from excel_uppsikt.language.numbers import swedish_date
from excel_uppsikt.model import Activity, Plan

_ABOUT_WIDTH, _ASKED_WIDTH = 60, 90
# A link takes no more, nor is a longer name of use.
_LONGEST_LINK = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form asks to be completed: the decision in words, its reasons, and of the rows and beside them.

    `due` is the last day to answer; `rows` are activities with what is wanted of each.
    """

    decision: str
    due: date | None = None
    reasons: str = ""
    rows: tuple[tuple[Activity, str], ...] = ()
    questions: tuple[str, ...] = ()

    def said(self, owner: str) -> tuple[str, ...]:
        """Every text of the form that is of this decision, by which it is known from what a unit writes."""
        texts = [self.decision, *self.reasons.split("\n"), self.reasons, *self.questions, owner]
        for activity, asked in self.rows:
            texts += [activity.values.title, asked]
        return tuple(dict.fromkeys(filter(None, texts)))

    def known(self, plan: Plan, form: Form) -> list[tuple[str, str]]:
        """What the hidden sheet keeps of it: the texts, and the activities as they went out."""
        del plan
        said = [
            (f"{definition.Key.SAID} {at}", text)
            for at, text in enumerate(self.said(form.owner), 1)
        ]
        sent = [
            (
                f"{definition.Key.SENT} {activity.id}",
                json.dumps(
                    values.as_json(activity.values, activity.department), ensure_ascii=False
                ),
            )
            for activity, _ in self.rows
        ]
        return said + sent


def write_asking(book: Book, sheet: FittedSheet, plan: Plan, form: Form, asking: Asking) -> None:
    """Fills the sheet: whose form, by when, what was decided, and a row for each thing to complete."""
    sheet.set_column(0, 0, _ABOUT_WIDTH)
    sheet.set_column(1, 1, _ASKED_WIDTH)
    row = _top(book, sheet, plan, form, asking)
    headings(book, sheet, row, TO_COMPLETE)
    plain = book.format(border=1, border_color=writing.LINE, text_wrap=True)
    wanted = book.format(
        border=1, border_color=writing.LINE, bg_color=writing.MARKED, text_wrap=True
    )
    link = book.format(
        font_color=writing.ACCENT, underline=1, text_wrap=True, border=1, border_color=writing.LINE
    )
    for at, (activity, asked) in enumerate(asking.rows, row + 1):
        title = activity.values.title or "Utan titel"
        name = definition.sheet_name(activity.goal).replace("'", "''")
        address = f"internal:'{name}'!A{FIRST_ROW + 1}"
        if len(title) <= _LONGEST_LINK:
            writing.done(sheet.write_url(at, 0, address, link, title, "Gå till målets blad"))
            sheet.make_room(at, 0, title)
        else:
            write(sheet, at, 0, title, plain)
        write(sheet, at, 1, asked, wanted)
    last = row + 1 + len(asking.rows)
    for at, asked in enumerate(asking.questions, last):
        write(sheet, at, 0, form.owner, plain)
        write(sheet, at, 1, asked, wanted)
    writing.landscape(sheet, footer=definition.footer(plan, form))
    sheet.fit_to_pages(1, 0)
    writing.same_order(sheet)


def _top(book: Book, sheet: FittedSheet, plan: Plan, form: Form, asking: Asking) -> int:
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
    for text, style in _lines(plan, asking, bold, plain):
        sheet.set_row(row, 20)
        write(sheet, row, 0, text, style)
        row += 1
    write(sheet, row, 0, f"{definition.FORM_ID_LABEL}: {definition.form_id(plan, form)}", grey)
    return row + 2


def _lines(plan: Plan, asking: Asking, bold: object, plain: object) -> Iterator[tuple[str, object]]:
    """The lines above the table, each with its look."""
    if asking.due is not None:
        yield f"Lämna in senast {swedish_date(asking.due)}", bold
    yield asking.decision, plain
    for line in filter(None, map(str.strip, asking.reasons.split("\n"))):
        yield line, plain
    for step in (OPEN, COMPLETE, SEND):
        yield step, plain
    yield ONLY_THIS, plain
    if plan.settings.sender:
        yield contact(plan), plain
