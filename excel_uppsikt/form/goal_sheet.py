"""A goal's sheet of a form written: what stands above the table, its columns, rows and choices."""

from collections.abc import Iterable, Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import MOST_LINES, FittedSheet, wrapped_lines
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.form import definition
from excel_uppsikt.form.control_column import STATUS_NAMES, UNIT_NAMES, check_formula
from excel_uppsikt.form.definition import COLUMNS, ColumnKind, Form, FormColumn
from excel_uppsikt.form.filling import Filling
from excel_uppsikt.form.guidance import collapsed_words, guiding_line, on_one_line
from excel_uppsikt.form.readme import sheet_state
from excel_uppsikt.form.row_formulas import CHECK_COLUMN, FIRST_ROW, HEADER_ROW
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.words import DONE, FILLED, state
from excel_uppsikt.model import Field, Goal, Plan

_LONG_TEXTS = (Field.DESCRIPTION, Field.COMMENT)
# In percent: what was reported last, or is to be completed, is seen too on a screen of 1366 pixels.
_ZOOM = 85


def write_goal_sheet(book: Book, plan: Plan, form: Form, goal: Goal, filling: Filling) -> None:
    """Writes the sheet of a goal: its rows filled in, and room for more."""
    name = definition.sheet_name(goal)
    sheet = book.sheet(name)
    # The colour is the state when the form was made; the words in the sheet's corner are live.
    color = writing.AMBER if filling.lacking else writing.GREEN if filling.titled else writing.LINE
    sheet.set_tab_color(color)
    last = FIRST_ROW + len(filling.rows) - 1
    follow_up = filling.follow_up
    _top(book, sheet, goal, form, filling)
    _header(book, sheet, filling, completion=form.completion)
    _input_rows(book, sheet, filling)
    _kontroll(book, sheet, plan, form, filling)
    _behind(book, sheet, filling, completion=form.completion)
    _validations(sheet, plan, last)
    _colours(book, sheet, last, completion=form.completion)
    writing.landscape(sheet, repeat_to=HEADER_ROW, footer=definition.footer(plan, form))
    # Narrow margins leave room for letters that can be read.
    sheet.set_margins(left=0.25, right=0.25, top=0.5, bottom=0.6)
    # A unit's own columns to the right would make all letters smaller. Rows that are inserted widen the
    # area; further down than the form's own rows it would give empty pages.
    shown = CHECK_COLUMN + follow_up + form.completion
    writing.done(sheet.print_area(0, 0, last, shown))
    if shown > CHECK_COLUMN:
        sheet.set_zoom(_ZOOM)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)
    # By a name of this pattern screen readers read a column's heading with each of its cells.
    number = form.goals.index(goal) + 2
    region = f"A{HEADER_ROW + 1}.{xl_col_to_name(CHECK_COLUMN)}{last + 1}.{number}"
    quoted = name.replace("'", "''")
    book.define(f"ColumnTitleRegion{number}.{region}", f"='{quoted}'!$A${HEADER_ROW + 1}")


def _top(book: Book, sheet: FittedSheet, goal: Goal, form: Form, filling: Filling) -> None:
    big = book.format(bold=True, font_size=15, font_color=writing.ACCENT, valign="vcenter")
    grey = book.format(font_color=writing.GREY)
    link = book.format(font_color=writing.ACCENT, underline=1)
    sheet.set_row(0, 27)
    write(sheet, 0, 0, goal.text, big)
    # State and way back stand in the first column, which is always in sight.
    if not form.completion:
        # No formula can see whether what was asked for has been completed.
        text, value = f"={sheet_state()}", state(filling.titled, filling.lacking)
        bold = book.format(bold=True, font_color=writing.DARK)
        writing.formula(sheet, 1, 0, text, bold, value)
    place = f"Målområde: {goal.area}" if goal.area else f"Mål {goal.number}"
    if filling.collapsed:
        # On the line below they would not be seen whole, on a screen or on paper.
        words = collapsed_words(filling.collapsed)
        place = on_one_line(f"{place}. {words}", f"Mål {goal.number}. {words}")
    write(sheet, 1, 1, place, grey)
    address = f"internal:'{definition.README_SHEET}'!A1"
    writing.done(sheet.write_url(2, 0, address, link, "← Läs mig", "Till formulärets första blad"))
    former = tuple(dict.fromkeys(row.former for row in filling.rows if row.former))
    filled = filling.titled > 0 or filling.lacking > 0
    if form.completion:
        filled = any(row.asked for row in filling.rows)
    write(sheet, 2, 1, guiding_line(goal, form, former, filled=filled), grey)


def _header(book: Book, sheet: FittedSheet, filling: Filling, *, completion: bool) -> None:
    properties = {
        "bold": True, "font_color": "#FFFFFF", "border": 1, "border_color": writing.ACCENT,
        "valign": "vcenter", "text_wrap": True,
    }  # fmt: skip
    head = book.format(bg_color=writing.ACCENT, **properties)
    own = book.format(bg_color=writing.GREY, **properties)
    sheet.set_row(HEADER_ROW, 24)
    rows = filling.rows
    previous, asked = [row.previous for row in rows], [row.asked for row in rows]
    wide = _needs_width(previous, definition.PREVIOUS_WIDTH, rows)
    wide_asked = completion and _needs_width(asked, definition.ASKED_WIDTH, rows)
    for at, column in enumerate(COLUMNS):
        narrow = (wide or wide_asked) and column.field in _LONG_TEXTS
        width = definition.NARROW_TEXT_WIDTH if narrow else column.width
        sheet.set_column(at, at, width)
        write(sheet, HEADER_ROW, at, column.header, head)
    sheet.set_column(CHECK_COLUMN, CHECK_COLUMN, definition.CHECK_WIDTH)
    write(sheet, HEADER_ROW, CHECK_COLUMN, definition.CHECK_HEADER, own)
    at = CHECK_COLUMN + 1
    if filling.follow_up:
        width = definition.WIDE_PREVIOUS_WIDTH if wide else definition.PREVIOUS_WIDTH
        sheet.set_column(at, at, width)
        write(sheet, HEADER_ROW, at, definition.PREVIOUS_HEADER, own)
        at += 1
    if completion:
        width = definition.WIDE_ASKED_WIDTH if wide_asked else definition.ASKED_WIDTH
        sheet.set_column(at, at, width)
        write(sheet, HEADER_ROW, at, definition.ASKED_HEADER, own)
        at += 1
    sheet.set_column(at, at, 10, None, {"hidden": True})
    write(sheet, HEADER_ROW, at, definition.ID_HEADER, own)


def _needs_width(texts: Iterable[str], width: int, rows: Sequence[FormRow]) -> bool:
    """Whether Excel's highest row would cut one of these texts, and no other once they have more room."""

    def fits(texts: Iterable[object], width: int) -> bool:
        return all(wrapped_lines(str(text or ""), width) <= MOST_LINES for text in texts)

    others = [row.value(of) for row in rows for of in _LONG_TEXTS]
    return not fits(texts, width) and fits(others, definition.NARROW_TEXT_WIDTH)


def _cell_format(book: Book, column: FormColumn, *, marked: bool = False) -> Format:
    properties: dict[str, object] = {"border": 1, "border_color": writing.LINE, "text_wrap": True}
    if marked:
        properties |= {"bg_color": writing.MARKED, "border": 2, "border_color": writing.AMBER}
    if column.kind is ColumnKind.DATE:
        properties |= {"num_format": "yyyy-mm-dd", "align": "left"}
    else:
        # Text format keeps "1/3" and "3-5" as they were written.
        properties |= {"num_format": "@"}
    return book.format(**properties)


def _input_rows(book: Book, sheet: FittedSheet, filling: Filling) -> None:
    formats = [_cell_format(book, column) for column in COLUMNS]
    for at, row in enumerate(filling.rows, FIRST_ROW):
        for place, column in enumerate(COLUMNS):
            note = row.marks.get(column.field)
            style = _cell_format(book, column, marked=True) if note else formats[place]
            write(sheet, at, place, row.value(column.field), style)
            if note:
                writing.note(sheet, at, place, f"{definition.TO_CORRECT_NOTE}{note}")
    for at, row in enumerate(filling.rows, FIRST_ROW):
        if row.collapsed:
            sheet.set_row(at, None, None, {"level": 1, "hidden": True})
    if filling.collapsed:
        sheet.set_row(FIRST_ROW + len(filling.rows), None, None, {"collapsed": True})


def _kontroll(book: Book, sheet: FittedSheet, plan: Plan, form: Form, filling: Filling) -> None:
    style = book.format(
        border=1, border_color=writing.LINE, bg_color=writing.PALE, text_wrap=True,
        font_color=writing.AMBER,
    )  # fmt: skip
    text = check_formula(plan, form.kind, follow_up=filling.follow_up)
    answers = filling.answers
    if form.completion:
        text = text.replace(DONE, FILLED)
        answers = tuple(answer.replace(DONE, FILLED) for answer in answers)
    writing.formula_down(sheet, FIRST_ROW, CHECK_COLUMN, text, style, answers)
    for at, answer in enumerate(answers, FIRST_ROW):
        sheet.make_room(at, CHECK_COLUMN, answer)


def _behind(book: Book, sheet: FittedSheet, filling: Filling, *, completion: bool) -> None:
    """What was reported the last time, or is to be completed, and the hidden Ids."""
    follow_up = filling.follow_up
    style = book.format(
        border=1, border_color=writing.LINE, bg_color=writing.PALE, text_wrap=True,
        font_color=writing.GREY,
    )  # fmt: skip
    wanted = book.format(
        border=2, border_color=writing.AMBER, bg_color=writing.MARKED, text_wrap=True
    )
    for at, row in enumerate(filling.rows, FIRST_ROW):
        if follow_up:
            write(sheet, at, CHECK_COLUMN + 1, row.previous, style)
        if completion:
            write(
                sheet, at, CHECK_COLUMN + 1 + follow_up, row.asked, wanted if row.asked else style
            )
        if row.id:
            write(sheet, at, CHECK_COLUMN + 1 + follow_up + completion, row.id, book.format())


def _validations(sheet: FittedSheet, plan: Plan, last: int) -> None:
    settings = plan.settings
    for at, column in enumerate(COLUMNS):
        area = (FIRST_ROW, at, last, at)
        prompt = column.prompt
        match column.kind:
            case ColumnKind.STATUS:
                name = STATUS_NAMES
                options = writing.choose_from(name, title=column.header, prompt=prompt)
            case ColumnKind.UNITS:
                name = UNIT_NAMES
                options = writing.choose_from(
                    name, title=column.header, prompt=prompt, strict=False
                )
            case ColumnKind.DATE:
                example = settings.first_date if column.field is Field.START else settings.last_date
                message = f"{prompt} Till exempel {example.isoformat()}."
                options = {
                    "validate": "date", "criteria": "between",
                    "minimum": date(2000, 1, 1), "maximum": date(2100, 12, 31),
                    "input_title": column.header, "input_message": message,
                    "error_title": column.header, "error_message": message,
                }  # fmt: skip
            case ColumnKind.TEXT:
                options = {"validate": "any", "input_title": column.header, "input_message": prompt}
        writing.validate(sheet, area, options)


def _colours(book: Book, sheet: FittedSheet, last: int, *, completion: bool) -> None:
    """Kontroll turns green when a row is done; its words say the same.

    One that is filled in, which may still lack what was asked for, is neither that nor a fault.
    """
    area = (FIRST_ROW, CHECK_COLUMN, last, CHECK_COLUMN)
    word, color = (FILLED, writing.DARK) if completion else (DONE[0], writing.GREEN)
    style = book.workbook.add_format({"font_color": color})
    rule = {"type": "text", "criteria": "begins with", "value": word, "format": style}
    writing.done(sheet.conditional_format(*area, rule))
