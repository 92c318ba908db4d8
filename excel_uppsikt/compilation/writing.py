"""ut/sammanstallning.xlsx written: the coordinator's workbook, with what it needs to keep edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from xlsxwriter.format import Format

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.decision_sheet import write_decisions
from excel_uppsikt.compilation.hidden_writing import write_base, write_marks
from excel_uppsikt.compilation.overview import write_changes, write_coverage, write_overview
from excel_uppsikt.compilation.own import OwnColumn
from excel_uppsikt.compilation.own_placed import PlacedOwn
from excel_uppsikt.compilation.parts import shown
from excel_uppsikt.compilation.tables import write_findings, write_rules, write_submissions
from excel_uppsikt.excel import writing
from excel_uppsikt.excel.copying import set_own_column, style_of, write_own_cell, write_own_sheet
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.own_cells import OwnCell, OwnSheet
from excel_uppsikt.excel.tables import HEADER_ROW, body, header, heading
from excel_uppsikt.excel.writing import Book, new_book, write
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import ID_HEADER
from excel_uppsikt.form.words import last_reported
from excel_uppsikt.model import (
    Activity,
    Change,
    Collection,
    Compilation,
    Field,
    Line,
    Plan,
    RuleTerm,
)

_GOAL_NAMES, _STATUS_NAMES, _UNIT_NAMES = "lst_mal", "lst_statusar", "lst_enheter"
_DEPARTMENT_NAMES = "lst_verksamheter"
_ROWS_TO_ADD = 50
_DAYS = [column.field for column in form.COLUMNS if column.kind is form.ColumnKind.DATE]
_OWN_WIDTH = 16
# What an own cell keeps of how it looked where it gets the borders of the table.
_KEPT_LOOKS = ("num_format", "bold", "italic", "underline", "font_color", "font_strikeout", "align")


@dataclass(frozen=True, slots=True)
class CompilationContent:
    """All that a compilation shows.

    `rule` holds the unit rule's terms, `answered` who has handed anything in.
    """

    plan: Plan
    compilation: Compilation
    collection: Collection
    findings: Sequence[Finding]
    changes: Sequence[Change]
    rule: Sequence[RuleTerm]
    answered: frozenset[str]
    own: PlacedOwn = field(default_factory=PlacedOwn)


def compilation_workbook(content: CompilationContent) -> bytes:
    """The compilation as an .xlsx file. Same input, same bytes."""
    plan = content.plan
    title = f"Sammanställning {plan.settings.round_name}"
    with new_book(title=title, author=plan.settings.sender) as (book, result):
        sheets = _sheets(book, content.own)
        write_overview(
            book, sheets[definition.OVERVIEW], plan, content.compilation, content.findings
        )
        _write_activities(book, sheets[definition.ACTIVITIES], content)
        write_coverage(book, sheets[definition.COVERAGE], plan, content.compilation)
        read = {submission.unit for submission in content.collection.submissions}
        write_rules(
            book, sheets[definition.RULES], plan, content.rule, content.answered,
            content.compilation.heard, content.collection.unreadable_units - read,
        )  # fmt: skip
        write_submissions(
            book, sheets[definition.SUBMISSIONS], content.collection, content.findings
        )
        write_findings(book, sheets[definition.FINDINGS], content.findings)
        write_changes(book, sheets[definition.CHANGES], plan, content.changes)
        write_decisions(
            book,
            sheets[definition.DECISIONS],
            content.compilation.decisions,
            departments=_DEPARTMENT_NAMES,
            units=_UNIT_NAMES,
        )
        _write_lists(book, plan)
        write_base(book, plan, content.compilation, content.collection, content.own.stored)
        write_marks(book, sheets)
        opened = definition.FINDINGS if content.findings else definition.OVERVIEW
        sheets[opened].activate()
    return result()


def _sheets(book: Book, own: PlacedOwn) -> dict[str, FittedSheet]:
    """The program's sheets that are seen, by name, with the coordinator's own filled in among them."""
    made: dict[str, FittedSheet] = {}
    copies: list[tuple[FittedSheet, OwnSheet]] = []
    for name in (None, *definition.VISIBLE):
        if name is not None:
            made[name] = book.sheet(name)
        copies += [(book.sheet(page.name), page) for page, after in own.sheets if after == name]
    for sheet, page in copies:
        write_own_sheet(book, sheet, page)
    return made


def _write_activities(book: Book, sheet: FittedSheet, content: CompilationContent) -> None:
    own, lines = content.own, content.compilation.lines
    columns = [
        (column.heading, round(column.width or _OWN_WIDTH))
        if isinstance(column, OwnColumn)
        else (column.header, column.width)
        for column in own.columns
    ]
    first = header(book, sheet, definition.ACTIVITIES, definition.INTRO, columns)
    _write_lines(book, sheet, first, content)
    last = max(first, first + len(lines) - 1)
    width = len(columns) - 1
    parts = own.part_columns
    writing.done(sheet.autofilter(first - 1, 0, last, width))
    sheet.freeze_panes(first, parts[Field.TITLE])
    _write_own(book, sheet, own, first, last)
    # On A4 so many columns would be too small to read; where each row came from is for the screen.
    sheet.set_paper(writing.A3)
    writing.done(sheet.print_area(0, 0, last, parts[definition.ORIGIN] - 2))
    _choices(sheet, parts, first, last + _ROWS_TO_ADD)


def _write_own(book: Book, sheet: FittedSheet, own: PlacedOwn, first: int, last: int) -> None:
    """The coordinator's own columns, what nobody has formatted of them as the rest of the table."""
    for at, column in enumerate(own.columns):
        if isinstance(column, OwnColumn):
            set_own_column(sheet, at, column.width or _OWN_WIDTH, hidden=column.hidden)
            for row in range(first, last + 1):
                write(sheet, row, at, None, body(book))
    for (row, place), cell in own.cells.items():
        style = _own_style(book, row - 1, cell, last)
        write_own_cell(book, sheet, row - 1, place - 1, cell, style)
    for (row, place), text in own.notes.items():
        writing.note(sheet, row - 1, place - 1, text)


def _own_style(book: Book, row: int, cell: OwnCell, last: int) -> Format:
    look = dict(cell.style)
    if row == HEADER_ROW and "bg_color" not in look:
        return heading(book)
    if HEADER_ROW < row <= last and not {"bg_color", "left"} & look.keys():
        kept = {name: look[name] for name in _KEPT_LOOKS if name in look}
        return body(book, **kept)
    return style_of(book, cell)


def _choices(sheet: FittedSheet, parts: Mapping[str, int], first: int, last: int) -> None:
    """Dropdowns for what is chosen; Enheter only advises, since several may be written."""
    for part, name in ((definition.GOAL, _GOAL_NAMES), (Field.STATUS, _STATUS_NAMES)):
        at = parts[part] - 1
        title = definition.PARTS[part]
        options = writing.choose_from(name, title=title, prompt="Välj i listan.")
        writing.validate(sheet, (first, at, last, at), options)
    at = parts[Field.UNITS] - 1
    prompt = "Skriv flera enheter med semikolon emellan."
    options = writing.choose_from(_UNIT_NAMES, title="Enheter", prompt=prompt, strict=False)
    writing.validate(sheet, (first, at, last, at), options)
    at = parts[definition.INCLUDE] - 1
    yes_no = {"validate": "list", "source": ["ja", "nej"], "error_message": "Skriv ja eller nej."}
    writing.validate(sheet, (first, at, last, at), yes_no)
    at = parts[definition.SAME] - 1
    advice = {
        "validate": "any",
        "input_title": definition.SAME,
        "input_message": "Skriv Id för den aktivitet som raden är, så blir de en i rapporten. Skriv "
        f"{definition.APART} för att hålla raden för sig.",
    }
    writing.validate(sheet, (first, at, last, at), advice)


def _write_lists(book: Book, plan: Plan) -> None:
    sheet = book.sheet(form.LISTS_SHEET)
    plain = book.format()
    columns = (
        (_GOAL_NAMES, [goal.text for goal in plan.goals_by_number]),
        (_STATUS_NAMES, [status.name for status in plan.statuses]),
        (_UNIT_NAMES, [unit.name for unit in plan.units] + form.whole_names(plan.departments)),
        (_DEPARTMENT_NAMES, [department.name for department in plan.departments]),
    )
    for at, (name, values) in enumerate(columns):
        for row, value in enumerate(values):
            write(sheet, row, at, value, plain)
        letter = "ABCD"[at]
        book.define(name, f"={form.LISTS_SHEET}!${letter}$1:${letter}${len(values)}")
    sheet.hide()


def _write_lines(book: Book, sheet: FittedSheet, first: int, content: CompilationContent) -> None:
    placed = [
        (place, column)
        for place, column in enumerate(content.own.columns)
        if isinstance(column, definition.CompilationColumn)
    ]
    styles = cache(partial(_styles, book))
    for at, line in enumerate(content.compilation.lines, first):
        cell, day = styles(line.choice.reported, bool(line.activity.last_reported))
        values = _values(content.plan, line)
        for place, column in placed:
            style = day if column.field in _DAYS else cell
            write(sheet, at, place, values[column.header], style)


def _styles(book: Book, reported: bool, carried: bool) -> tuple[Format, Format]:
    """How a line's cells look, and those of them that hold a day."""
    shade = {} if reported else {"bg_color": "#EEEEEE", "font_color": writing.GREY}
    plain = {"border": 1, "border_color": writing.LINE, "text_wrap": True, **shade}
    plain |= {"italic": True} if carried else {}
    return book.format(**plain), book.format(num_format="yyyy-mm-dd", align="left", **plain)


def _values(plan: Plan, line: Line) -> dict[str, object]:
    """What stands in a line, by heading."""
    activity = line.activity
    return {
        ID_HEADER: activity.id,
        definition.GOAL: activity.goal.text,
        **{
            column.header: activity.values.value(column.field)
            if column.field in _DAYS
            else shown(plan, activity, column.field)
            for column in form.COLUMNS
        },
        definition.INCLUDE: line.choice.chosen,
        definition.ORDER: line.choice.order,
        definition.NOTE: line.choice.note,
        definition.COMPLETE: line.choice.completion,
        definition.DEPARTMENT: activity.department,
        definition.SAME: line.choice.same,
        definition.ORIGIN: origin(activity),
    }


def origin(activity: Activity) -> str:
    """Where an activity was reported, a line for each row: file, sheet and row.

    Before that when it was, where that was not in this round.
    """
    lines = [last_reported(activity.last_reported)] if activity.last_reported else []
    lines += [f"{ref.file}, {ref.sheet}, rad {ref.row}" for ref in activity.sources]
    return "\n".join(lines) or "Sammanställningen"
