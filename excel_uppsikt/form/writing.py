"""A form written as a workbook: Läs mig, a sheet for each goal, and the hidden sheets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.writing import (
    MOST_LINES,
    Book,
    FittedSheet,
    new_book,
    wrapped_lines,
    write,
)
from excel_uppsikt.form import definition
from excel_uppsikt.form.asking import Asking, write_asking
from excel_uppsikt.form.control_column import (
    STATUS_NAMES,
    UNIT_NAMES,
    check_formula,
)
from excel_uppsikt.form.definition import COLUMNS, ColumnKind, Form, FormColumn
from excel_uppsikt.form.filling import Filling, fillings
from excel_uppsikt.form.lists import write_lists
from excel_uppsikt.form.readme import sheet_state, write_readme
from excel_uppsikt.form.row_formulas import CHECK_COLUMN, FIRST_ROW, HEADER_ROW
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.words import COMPLETE_ROWS, DONE, FILLED, state
from excel_uppsikt.language.text import LONGEST_TEXT, counted, listed
from excel_uppsikt.model import Field, FormKind, Goal, Plan

Rows = Mapping[int, Sequence[FormRow]]
Before = Callable[[Book], None]
_LONG_TEXTS = (Field.DESCRIPTION, Field.COMMENT)
# In percent: what was reported last, or is to be completed, is seen too on a screen of 1366 pixels.
_ZOOM = 85
_A_ROW_EACH = "En rad per aktivitet."
# What a line above the table has to itself, from the second column to Kontroll.
_LINE_WIDTH = sum(column.width for column in COLUMNS[1:]) + definition.CHECK_WIDTH


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
            _goal_sheet(book, plan, form, goal, filled[goal.number])
        write_lists(book, plan, form)
        _metadata(book, plan, form, asking)
        book.workbook.worksheets()[0].activate()
    return result()


def _goal_sheet(book: Book, plan: Plan, form: Form, goal: Goal, filling: Filling) -> None:
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
        place = _on_one_line(f"{place}. {words}", f"Mål {goal.number}. {words}")
    write(sheet, 1, 1, place, grey)
    address = f"internal:'{definition.README_SHEET}'!A1"
    writing.done(sheet.write_url(2, 0, address, link, "← Läs mig", "Till formulärets första blad"))
    former = tuple(dict.fromkeys(row.former for row in filling.rows if row.former))
    filled = filling.titled > 0 or filling.lacking > 0
    write(sheet, 2, 1, _guiding_line(goal, form, former, filled=filled), grey)


def _guiding_line(goal: Goal, form: Form, former: tuple[str, ...], *, filled: bool) -> str:
    """What belongs on a goal's sheet and what is to be decided there, as much as is seen whole on a line."""
    usual = guidance(goal, form, filled=filled)
    if not former:
        return _on_one_line(usual, guidance(goal, form, filled=filled, named=False))
    split = split_words(former, form)
    # Which unit's they are is also told in the notes on those cells.
    return _on_one_line(
        f"{usual} {split}", f"{_A_ROW_EACH} {split}", f"{_A_ROW_EACH} {split_words((), form)}"
    )


def _on_one_line(*texts: str) -> str:
    """The first of the texts that is seen whole above the table, or the last of them."""
    seen = (text for text in texts if wrapped_lines(text, _LINE_WIDTH) == 1)
    return next(seen, texts[-1])


def guidance(goal: Goal, form: Form, *, filled: bool, named: bool = True) -> str:
    """What belongs on a goal's sheet, in one or two sentences; what is `filled` is not to be left blank.

    With `named` a unit's form says its name.
    """
    if form.completion:
        return COMPLETE_ROWS
    parts = [_A_ROW_EACH]
    if goal.mandatory:
        parts.append(f"Varje enhet ska ha minst {goal.minimum} aktivitet för det här målet.")
    if form.kind is FormKind.UNIT:
        unit = form.unit if named else "er enhet"
        parts.append(f"Lämna Enheter tomt om aktiviteten bara gäller {unit}.")
    elif form.kind is FormKind.COMMON:
        parts.append("Här står det som gäller hela verksamheten; lämna Enheter tomt.")
    else:
        parts.append("Ange i Enheter vilka enheter aktiviteten gäller.")
    if not goal.mandatory and not filled:
        parts.append("Har ni inget för målet: lämna bladet tomt.")
    return " ".join(parts)


def collapsed_words(count: int) -> str:
    """Where the finished activities are."""
    words = counted(
        count, "avslutad aktivitet ligger hopfälld", "avslutade aktiviteter ligger hopfällda"
    )
    return f"{words} längst ned; klicka på plustecknet till vänster för att se."


def split_words(former: tuple[str, ...], form: Form) -> str:
    """What is to be decided on the rows of units that were split, which may be left unnamed."""
    what = (
        "låt bara de delar som har aktiviteten stå kvar i Enheter"
        if form.kind is FormKind.GOAL
        else "gå igenom dem som är era och ta bort de andra"
    )
    whose = f"{listed(former)}, som" if former else "en enhet som"
    return f"Rader med gul cell kommer från {whose} har delats: {what}."


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


def _metadata(book: Book, plan: Plan, form: Form, asking: Asking | None) -> None:
    sheet = book.sheet(definition.META_SHEET)
    plain = book.format()
    sheet.set_column(0, 1, 60)
    write(sheet, 0, 0, "Rör inte det här bladet. Det talar om vems formuläret är.", plain)
    known = list(definition.metadata(plan, form).items())
    known += [
        (f"{definition.Key.GOAL}: {definition.sheet_name(goal)}", goal.text) for goal in form.goals
    ]
    known += asking.known(plan, form) if asking else []
    for row, (key, value) in enumerate(known, 1):
        write(sheet, row, 0, key, plain)
        # A long text takes several cells, each within what a cell can hold.
        for at, start in enumerate(range(0, len(value), LONGEST_TEXT // 2), 1):
            write(sheet, row, at, value[start : start + LONGEST_TEXT // 2], plain)
    sheet.hide()
