"""A plan written as a workbook: blank for a new round, or filled with a plan's content."""

from collections.abc import Mapping, Sequence
from datetime import date

from xlsxwriter.format import Format

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.writing import Book, FittedSheet, new_book, write
from excel_uppsikt.model import Plan
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.definition import PlanColumn, PlanSheet, ValueKind

_HEADER_ROW = 2
_EMPTY_ROWS = 60
_DEPARTMENT_NAMES = "lst_verksamheter"

Cells = Sequence[Sequence[object]]


def blank_plan() -> bytes:
    """The plan a new round starts with: explained settings, statuses, texts, and example rows."""
    settings = [(s.name, s.default, s.explanation) for s in plan_form.SETTINGS]
    content: dict[str, Cells] = {
        plan_form.ROUND.name: settings,
        plan_form.GOALS.name: [
            (1, "Sjukfrånvaron ska minska.", "Verksamhetsmål för god ekonomisk hushållning", 1)
        ],
        plan_form.STATUSES.name: plan_form.DEFAULT_STATUSES,
        plan_form.TEXTS.name: DEFAULT_TEXTS,
    }
    return plan_workbook(content)


def as_workbook(plan: Plan) -> bytes:
    """A plan written so that reading it gives the same plan."""
    settings = [
        (s.name, getattr(plan.settings, s.field), s.explanation) for s in plan_form.SETTINGS
    ]
    content: dict[str, Cells] = {
        plan_form.ROUND.name: settings,
        plan_form.GOALS.name: [(g.number, g.text, g.area, g.minimum or None) for g in plan.goals],
        plan_form.DEPARTMENTS.name: [
            (d.name, d.committee, d.report_date, d.responsible, d.email) for d in plan.departments
        ],
        plan_form.UNITS.name: [
            (u.name, u.department, u.contact, u.email, u.minimum, "; ".join(u.earlier_names))
            for u in plan.units
        ],
        plan_form.STATUSES.name: [
            (s.name, s.stage, s.deviation, s.needs_comment, s.symbol, s.color)
            for s in plan.statuses
        ],
        plan_form.TEXTS.name: [(t.section, t.heading, t.text) for t in plan.texts],
        plan_form.RECIPIENTS.name: [(r.department, r.name, r.email) for r in plan.recipients],
    }
    return plan_workbook(content)


def plan_workbook(content: Mapping[str, Cells]) -> bytes:
    """A plan workbook with these rows by sheet name; sheets without rows come out blank."""
    with new_book(title="Uppsiktsplan") as (book, result):
        for definition in plan_form.SHEETS:
            _sheet(book, definition, content.get(definition.name, ()))
        first, last = _HEADER_ROW + 2, _HEADER_ROW + 1 + _EMPTY_ROWS
        area = f"{plan_form.DEPARTMENTS.name}!$A${first}:$A${last}"
        book.define(_DEPARTMENT_NAMES, f"={area}")
    return result()


def _sheet(book: Book, definition: PlanSheet, rows: Cells) -> None:
    sheet = book.sheet(definition.name)
    _top(book, sheet, definition)
    is_settings = definition is plan_form.ROUND
    first = _HEADER_ROW + 1
    last = _HEADER_ROW + (len(rows) if is_settings else max(len(rows), _EMPTY_ROWS))
    blank = (None,) * len(definition.columns)
    for number in range(first, last + 1):
        cells = rows[number - first] if number - first < len(rows) else blank
        for at, column in enumerate(definition.columns):
            style = _style(book, number - first if is_settings else None, at, column)
            write(sheet, number, at, cells[at] if at < len(cells) else None, style)
    if is_settings:
        for at, setting in enumerate(plan_form.SETTINGS):
            kind, advice = setting.kind, setting.explanation
            _advise(sheet, (first + at, 1, first + at, 1), kind, setting.name, advice)
    else:
        for at, column in enumerate(definition.columns):
            chosen = column.header == "Verksamhet" and definition is not plan_form.DEPARTMENTS
            if not chosen:
                _advise(sheet, (first, at, last, at), column.kind, column.header, column.advice)
        writing.done(sheet.autofilter(_HEADER_ROW, 0, last, len(definition.columns) - 1))
    if definition in (plan_form.UNITS, plan_form.RECIPIENTS):
        at = [column.header for column in definition.columns].index("Verksamhet")
        advice = "Välj en av verksamheterna på bladet Verksamheter."
        choice = writing.choose_from(_DEPARTMENT_NAMES, title="Verksamhet", prompt=advice)
        writing.validate(sheet, (first, at, last, at), choice)
    writing.landscape(sheet, repeat_to=_HEADER_ROW, footer=f"Uppsiktsplan: {definition.name}")


def _top(book: Book, sheet: FittedSheet, definition: PlanSheet) -> None:
    title = book.format(bold=True, font_size=16, font_color=writing.ACCENT)
    intro = book.format(font_color=writing.GREY, italic=True)
    head = book.format(
        bold=True, font_color="#FFFFFF", bg_color=writing.ACCENT, border=1,
        border_color=writing.ACCENT, valign="vcenter",
    )  # fmt: skip
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.set_row(_HEADER_ROW, 24)
    write(sheet, 0, 0, definition.name, title)
    write(sheet, 1, 0, definition.intro, intro)
    for at, column in enumerate(definition.columns):
        sheet.set_column(at, at, column.width)
        write(sheet, _HEADER_ROW, at, column.header, head)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)


def _style(book: Book, setting: int | None, at: int, column: PlanColumn) -> Format:
    """A body cell's format; on the settings sheet required names are bold, explanations grey."""
    properties: dict[str, object] = {"border": 1, "border_color": writing.LINE, "text_wrap": True}
    kind = column.kind
    if setting is not None:
        kind = plan_form.SETTINGS[setting].kind
        properties["align"] = "left"
        if at == 0:
            properties |= {"bg_color": writing.PALE, "bold": plan_form.SETTINGS[setting].required}
        elif at == 2:
            properties |= {"bg_color": writing.PALE, "font_color": writing.GREY}
    if kind is ValueKind.DATE:
        properties |= {"num_format": "yyyy-mm-dd", "align": "left"}
    elif kind is ValueKind.NUMBER and setting is None:
        properties["align"] = "center"
    return book.format(**properties)


def _advise(
    sheet: FittedSheet, area: tuple[int, int, int, int], kind: ValueKind, title: str, advice: str
) -> None:
    """A dropdown or a range check where the kind has one, and the advice as an input message."""
    options: dict[str, object] = {"validate": "any"}
    if kind in plan_form.CHOICES:
        options = {"validate": "list", "source": list(plan_form.CHOICES[kind])}
    elif kind is ValueKind.DATE:
        first, last = date(2000, 1, 1), date(2100, 12, 31)
        options = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
    elif kind is ValueKind.NUMBER:
        options = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 9999}
    if advice:
        options |= {"input_title": title[:32], "input_message": advice[:255]}
    if len(options) > 1:
        options |= {"error_title": title[:32], "error_message": f"Skriv {plan_form.ALLOWED[kind]}."}
        writing.validate(sheet, area, options)
