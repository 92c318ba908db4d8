"""A form written as a workbook: Läs mig, a sheet for each goal, and the hidden sheets."""

from collections.abc import Callable, Mapping, Sequence

from excel_uppsikt.excel.writing import Book, new_book, write
from excel_uppsikt.form import definition
from excel_uppsikt.form.asking import Asking, write_asking
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.filling import fillings
from excel_uppsikt.form.goal_sheet import write_goal_sheet
from excel_uppsikt.form.lists import unit_choices, write_lists
from excel_uppsikt.form.readme import write_readme
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.language.text import LONGEST_TEXT
from excel_uppsikt.model import Plan

Rows = Mapping[int, Sequence[FormRow]]
Before = Callable[[Book], None]


def form_workbook(
    plan: Plan,
    form: Form,
    rows: Rows | None = None,
    *,
    before: Before | None = None,
    asking: Asking | None = None,
) -> bytes:
    """The form as an .xlsx file, with `rows` filled in by goal number. Same input, same bytes.

    `before` writes the sheets that stand before the form's own in what is sent back; `asking` is what is to
    be completed, in a form for that.
    """
    filled = fillings(plan, form, rows or {})
    title = f"{form.owner}: aktiviteter {plan.settings.round_name}"
    with new_book(title=title, author=plan.settings.sender) as (book, result):
        for key, value in definition.metadata(plan, form).items():
            book.workbook.set_custom_property(f"uppsikt {key}", value[:255])
        if before is not None:
            before(book)
        readme = book.sheet(definition.README_SHEET)
        if asking is None:
            write_readme(book, readme, plan, form, filled, returned=before is not None)
        else:
            write_asking(book, readme, plan, form, asking, returned=before is not None)
        for goal in form.goals:
            write_goal_sheet(book, plan, form, goal, filled[goal.number])
        write_lists(book, plan, form)
        _metadata(book, plan, form, asking)
        book.workbook.worksheets()[0].activate()
    return result()


def _metadata(book: Book, plan: Plan, form: Form, asking: Asking | None) -> None:
    sheet = book.sheet(definition.META_SHEET)
    plain = book.format()
    sheet.set_column(0, 1, 60)
    write(sheet, 0, 0, "Rör inte det här bladet. Det talar om vems formuläret är.", plain)
    known = list(definition.metadata(plan, form).items())
    known += [
        (f"{definition.Key.GOAL}: {definition.sheet_name(goal)}", goal.text) for goal in form.goals
    ]
    known += [
        (definition.Key.STATUSES, "\n".join(status.name for status in plan.statuses)),
        (definition.Key.UNITS, "\n".join(unit_choices(plan, form))),
    ]
    known += asking.known(plan, form) if asking else []
    for row, (key, value) in enumerate(known, 1):
        write(sheet, row, 0, key, plain)
        # A long text takes several cells, each within what a cell can hold.
        for at, start in enumerate(range(0, len(value), LONGEST_TEXT // 2), 1):
            write(sheet, row, at, value[start : start + LONGEST_TEXT // 2], plain)
    sheet.hide()
