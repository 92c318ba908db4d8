"""ut/sammanstallning.xlsx written: the coordinator's workbook, with what it needs to keep edits."""

from collections.abc import Sequence
from dataclasses import dataclass

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.choices import kept_choices
from excel_uppsikt.compilation.collected import as_json
from excel_uppsikt.compilation.edits import shown
from excel_uppsikt.compilation.overview import write_changes, write_coverage, write_overview
from excel_uppsikt.compilation.tables import write_findings, write_rules, write_submissions
from excel_uppsikt.excel import writing
from excel_uppsikt.excel.tables import header
from excel_uppsikt.excel.writing import Book, FittedSheet, new_book, write
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import ID_HEADER
from excel_uppsikt.language.text import LONGEST_TEXT
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
_ROWS_TO_ADD = 50


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


def compilation_workbook(content: CompilationContent) -> bytes:
    """The compilation as an .xlsx file. Same input, same bytes."""
    plan = content.plan
    activities = content.compilation.approved
    title = f"Sammanställning {plan.settings.round_name}"
    with new_book(title=title, author=plan.settings.sender) as (book, result):
        sheets = {
            name: book.sheet(name)
            for name in (
                definition.OVERVIEW,
                definition.ACTIVITIES,
                definition.COVERAGE,
                definition.RULES,
                definition.SUBMISSIONS,
                definition.FINDINGS,
                definition.CHANGES,
            )
        }
        write_overview(book, sheets[definition.OVERVIEW], plan, activities, content.findings)
        _write_activities(book, sheets[definition.ACTIVITIES], plan, content.compilation.lines)
        write_coverage(book, sheets[definition.COVERAGE], plan, activities)
        heard = content.compilation.heard
        write_rules(book, sheets[definition.RULES], plan, content.rule, content.answered, heard)
        write_submissions(
            book, sheets[definition.SUBMISSIONS], content.collection, content.findings
        )
        write_findings(book, sheets[definition.FINDINGS], content.findings)
        write_changes(book, sheets[definition.CHANGES], plan, content.changes)
        _write_lists(book, plan)
        _write_base(book, content)
    return result()


def _write_activities(book: Book, sheet: FittedSheet, plan: Plan, lines: Sequence[Line]) -> None:
    intro = (
        "Ändra texter direkt i tabellen; nästa körning behåller dina ändringar. "
        "Ta med = nej håller en rad utanför rapporten. Ordning: siffror ordnar raderna inom målet."
    )
    columns = [(column.header, column.width) for column in definition.ACTIVITY_COLUMNS]
    first = header(book, sheet, definition.ACTIVITIES, intro, columns)
    for at, line in enumerate(lines, first):
        _write_line(book, sheet, at, plan, line)
    last = max(first, first + len(lines) - 1)
    width = len(columns) - 1
    writing.done(sheet.autofilter(first - 1, 0, last, width))
    sheet.freeze_panes(first, definition.PART_COLUMNS[Field.TITLE])
    # On A4 so many columns would be too small to read; where each row came from is for the screen.
    sheet.set_paper(writing.A3)
    writing.done(sheet.print_area(0, 0, last, definition.INDEX[definition.ORIGIN] - 1))
    _choices(sheet, first, last + _ROWS_TO_ADD)


def _choices(sheet: FittedSheet, first: int, last: int) -> None:
    """Dropdowns for what is chosen; Enheter only advises, since several may be written."""
    for head, name in ((definition.GOAL, _GOAL_NAMES), (form.header(Field.STATUS), _STATUS_NAMES)):
        at = definition.INDEX[head]
        options = writing.choose_from(name, title=head, prompt="Välj i listan.")
        writing.validate(sheet, (first, at, last, at), options)
    at = definition.INDEX[form.header(Field.UNITS)]
    prompt = "Skriv flera enheter med semikolon emellan."
    options = writing.choose_from(_UNIT_NAMES, title="Enheter", prompt=prompt, strict=False)
    writing.validate(sheet, (first, at, last, at), options)
    at = definition.INDEX[definition.INCLUDE]
    yes_no = {"validate": "list", "source": ["ja", "nej"], "error_message": "Skriv ja eller nej."}
    writing.validate(sheet, (first, at, last, at), yes_no)


def _write_lists(book: Book, plan: Plan) -> None:
    sheet = book.sheet(form.LISTS_SHEET)
    plain = book.format()
    columns = (
        (_GOAL_NAMES, [goal.text for goal in plan.goals_by_number]),
        (_STATUS_NAMES, [status.name for status in plan.statuses]),
        (_UNIT_NAMES, [unit.name for unit in plan.units] + form.whole_names(plan.departments)),
    )
    for at, (name, values) in enumerate(columns):
        for row, value in enumerate(values):
            write(sheet, row, at, value, plain)
        letter = "ABC"[at]
        book.define(name, f"={form.LISTS_SHEET}!${letter}$1:${letter}${len(values)}")
    sheet.hide()


def _write_line(book: Book, sheet: FittedSheet, at: int, plan: Plan, line: Line) -> None:
    shade = {} if line.choice.reported else {"bg_color": "#EEEEEE", "font_color": writing.GREY}
    plain = {"border": 1, "border_color": writing.LINE, "text_wrap": True, **shade}
    cell = book.format(**plain)
    day = book.format(num_format="yyyy-mm-dd", align="left", **plain)
    activity = line.activity
    values: dict[str, object] = {
        ID_HEADER: activity.id,
        definition.GOAL: activity.goal.text,
        definition.INCLUDE: line.choice.reported,
        definition.ORDER: line.choice.order,
        definition.NOTE: line.choice.note,
        definition.ORIGIN: origin(activity),
    }
    for place, column in enumerate(definition.ACTIVITY_COLUMNS):
        value = values.get(column.header)
        style = cell
        if column.field is not None and form.BY_FIELD[column.field].kind is form.ColumnKind.DATE:
            value, style = activity.values.value(column.field), day
        elif column.field is not None:
            value = shown(plan, activity, column.field)
        write(sheet, at, place, value, style)


def origin(activity: Activity) -> str:
    """Where an activity was reported, a line for each row: file, sheet and row."""
    lines = [f"{ref.file}, {ref.sheet}, rad {ref.row}" for ref in activity.sources]
    return "\n".join(lines) or "Sammanställningen"


def _write_base(book: Book, content: CompilationContent) -> None:
    """The hidden sheets: each row as last collected, deleted ones too, the files used, and whose they are."""
    plain = book.format()
    base = book.sheet(definition.BASE)
    lines = content.compilation.lines
    rows = [as_json(line.collected, line.choice) for line in lines if line.collected is not None]
    rows += [as_json(activity) for activity in content.compilation.deleted]
    for at, text in enumerate(rows):
        for place, start in enumerate(range(0, len(text), LONGEST_TEXT // 2)):
            write(base, at, place, text[start : start + LONGEST_TEXT // 2], plain)
    base.hide()
    files = book.sheet(definition.BASE_FILES)
    for at, row in enumerate(kept_choices(content.collection, content.compilation.use)):
        for place, value in enumerate(row):
            write(files, at, place, value, plain)
    files.hide()
    heard = book.sheet(definition.BASE_HEARD)
    for at, owner in enumerate(sorted(content.compilation.heard or ())):
        write(heard, at, 0, owner, plain)
    heard.hide()
