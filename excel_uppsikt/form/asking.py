"""Läs mig in a form for what was sent back: the decision, what is to be completed, and where."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.tables import headings
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.form import definition, values
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.readme import TopLine, write_top
from excel_uppsikt.form.row_formulas import FIRST_ROW
from excel_uppsikt.form.words import (
    ANSWER,
    ANSWER_BESIDE,
    COMPLETE,
    MEND,
    ONLY_THESE,
    OPEN,
    REST_STAYS,
    REST_TO_COMPLETE,
    RETURNED,
    SEND,
    SEND_AGAIN,
    TO_COMPLETE,
    contact,
    hand_in_by,
)
from excel_uppsikt.model import Activity, Plan

_ABOUT_WIDTH, _ASKED_WIDTH = 60, 90
# A link takes no more, nor is a longer name of use.
_LONGEST_LINK = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form asks to be completed: the decision in words, its reasons, and of the rows and beside them.

    `due` is the last day to answer; `rows` are activities with what is wanted of each. `handed_in` is whether
    anything else of theirs is in use, so that it stays.
    """

    decision: str
    due: date | None = None
    reasons: str = ""
    rows: tuple[tuple[Activity, str], ...] = ()
    questions: tuple[str, ...] = ()
    handed_in: bool = True

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


def write_asking(
    book: Book,
    sheet: FittedSheet,
    plan: Plan,
    form: Form,
    asking: Asking,
    *,
    returned: bool = False,
) -> None:
    """Fills the sheet: whose form, by when, what was decided, and a row for each thing to complete.

    In what is `returned` it tells what that is, and what to do with it.
    """
    sheet.set_column(0, 0, _ABOUT_WIDTH)
    sheet.set_column(1, 1, _ASKED_WIDTH)
    row = write_top(book, sheet, plan, form, _lines(plan, asking, again=returned))
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


def _lines(plan: Plan, asking: Asking, *, again: bool) -> Iterator[TopLine]:
    """The lines above the table."""
    if asking.due is not None:
        yield TopLine(hand_in_by(asking.due, again=again), bold=True)
    reasons = filter(None, map(str.strip, asking.reasons.split("\n")))
    asked_by = (contact(plan),) if plan.settings.sender else ()
    returned = (RETURNED, OPEN, MEND, REST_TO_COMPLETE, SEND_AGAIN)
    steps = returned if again else (OPEN, *_answering(asking), SEND)
    stays = " ".join(
        [*([REST_STAYS] if asking.handed_in else []), *([ONLY_THESE] if asking.rows else [])]
    )
    for text in (asking.decision, *reasons, *steps, *filter(None, [stays]), *asked_by):
        yield TopLine(text)


def _answering(asking: Asking) -> tuple[str, ...]:
    """Where to answer: on the rows, or on a new one where a question is about none of them."""
    if not asking.rows:
        return (ANSWER,)
    return (COMPLETE, ANSWER_BESIDE) if asking.questions else (COMPLETE,)
