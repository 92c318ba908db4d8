"""A plan written as a workbook: blank for a new round, or with a plan's or the last round's content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.writing import Book, new_book, write
from excel_uppsikt.model import Plan, Unit
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.definition import LAST_TIME, PlanColumn, PlanSheet, ValueKind

_HEADER_ROW = 2
_EMPTY_ROWS = 60
_DEPARTMENT_NAMES = "lst_verksamheter"
# Of a column of the coordinator's own, in characters.
_WIDEST = 60

Cells = Sequence[Sequence[object]]
# After a sheet's own line of explanation, where some of it is to be filled in anew.
RENEWED = "Gula celler ska fyllas i för den nya omgången; kolumnen Förra omgången visar vad som gällde då."


@dataclass(frozen=True, slots=True)
class Page:
    """A plan sheet's rows. Cells beyond the sheet's own columns stand under the headings `more`.

    `notes` are texts on cells by row among the rows and column, both 0-based.
    """

    rows: Cells = ()
    more: tuple[str, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of the coordinator's own, its cells and notes by row and column, both 0-based."""

    name: str
    cells: Cells
    notes: Mapping[tuple[int, int], str]
    visible: bool = True


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
    return plan_workbook({name: Page(rows) for name, rows in content.items()})


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
            (u.name, u.department, u.contact, u.email, u.minimum, _former_names(u))
            for u in plan.units
        ],
        plan_form.STATUSES.name: [
            (s.name, s.stage, s.deviation, s.needs_comment, s.symbol, s.color)
            for s in plan.statuses
        ],
        plan_form.TEXTS.name: [(t.section, t.heading, t.text) for t in plan.texts],
        plan_form.RECIPIENTS.name: [(r.department, r.name, r.email) for r in plan.recipients],
    }
    return plan_workbook({name: Page(rows) for name, rows in content.items()})


def _former_names(unit: Unit) -> str:
    return "; ".join((*unit.earlier_names, *(f"del av {name}" for name in unit.part_of)))


def plan_workbook(pages: Mapping[str, Page], own: Sequence[OwnSheet] = ()) -> bytes:
    """A plan workbook with these pages by sheet name, blank where there is none, and the own sheets last."""
    with new_book(title="Uppsiktsplan") as (book, result):
        for definition in plan_form.SHEETS:
            _sheet(book, definition, pages.get(definition.name, Page()))
        for one in own:
            _own_sheet(book, one)
        first, last = _HEADER_ROW + 2, _HEADER_ROW + 1 + _EMPTY_ROWS
        area = f"{plan_form.DEPARTMENTS.name}!$A${first}:$A${last}"
        book.define(_DEPARTMENT_NAMES, f"={area}")
    return result()


def _sheet(book: Book, definition: PlanSheet, page: Page) -> None:
    sheet = book.sheet(definition.name)
    more = tuple(
        replace(
            LAST_TIME, header=heading, width=min(_WIDEST, max(LAST_TIME.width, len(heading) + 2))
        )
        for heading in page.more
    )
    columns, rows = (*definition.columns, *more), page.rows
    _top(book, sheet, definition, columns)
    is_settings = definition is plan_form.ROUND
    first = _HEADER_ROW + 1
    last = _HEADER_ROW + (len(rows) if is_settings else max(len(rows), _EMPTY_ROWS))
    for number in range(first, last + 1):
        cells = rows[number - first] if number - first < len(rows) else ()
        for at, column in enumerate(columns):
            value = cells[at] if at < len(cells) else None
            style = _style(book, number - first if is_settings else None, at, column, value)
            write(sheet, number, at, value, style)
    for (row, at), text in page.notes.items():
        writing.note(sheet, first + row, at, text)
    if is_settings:
        for at, setting in enumerate(plan_form.SETTINGS):
            kind, advice = setting.kind, setting.explanation
            _advise(sheet, (first + at, 1, first + at, 1), kind, setting.name, advice)
    else:
        for at, column in enumerate(definition.columns):
            chosen = column.header == "Verksamhet" and definition is not plan_form.DEPARTMENTS
            if not chosen:
                _advise(sheet, (first, at, last, at), column.kind, column.header, column.advice)
        writing.done(sheet.autofilter(_HEADER_ROW, 0, last, len(columns) - 1))
    if definition in (plan_form.UNITS, plan_form.RECIPIENTS):
        at = [column.header for column in definition.columns].index("Verksamhet")
        advice = "Välj en av verksamheterna på bladet Verksamheter."
        choice = writing.choose_from(_DEPARTMENT_NAMES, title="Verksamhet", prompt=advice)
        writing.validate(sheet, (first, at, last, at), choice)
    if definition.renewed and LAST_TIME.header in page.more:
        _mark_blank(book, sheet, columns, (first, last))
    writing.landscape(sheet, repeat_to=_HEADER_ROW, footer=f"Uppsiktsplan: {definition.name}")


def _mark_blank(
    book: Book, sheet: FittedSheet, columns: Sequence[PlanColumn], rows: tuple[int, int]
) -> None:
    """Colours each cell that waits for the new round's value, until there is one."""
    headers = [column.header for column in columns]
    beside = headers.index(LAST_TIME.header)
    color = book.workbook.add_format({"bg_color": writing.WAITING})
    for at in (at for at, column in enumerate(columns) if column.new_each_round):
        here, there = (xl_rowcol_to_cell(rows[0], c, col_abs=True) for c in (at, beside))
        rule = {
            "type": "formula",
            "criteria": f"=AND(LEN(TRIM({here}))=0,LEN(TRIM({there}))>0)",
            "format": color,
        }
        writing.done(sheet.conditional_format(rows[0], at, rows[1], at, rule))


def _own_sheet(book: Book, own: OwnSheet) -> None:
    sheet = book.sheet(own.name)
    plain, day = book.format(), book.format(num_format="yyyy-mm-dd", align="left")
    for row, cells in enumerate(own.cells):
        for at, value in enumerate(cells):
            if value not in (None, ""):
                write(sheet, row, at, value, day if isinstance(value, date) else plain)
    for (row, at), text in own.notes.items():
        writing.note(sheet, row, at, text)
    if not own.visible:
        sheet.hide()


def _top(
    book: Book, sheet: FittedSheet, definition: PlanSheet, columns: Sequence[PlanColumn]
) -> None:
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
    renewed = definition.renewed and LAST_TIME.header in [column.header for column in columns]
    write(sheet, 1, 0, f"{definition.intro} {RENEWED}" if renewed else definition.intro, intro)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        write(sheet, _HEADER_ROW, at, column.header, head)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)


def _style(book: Book, setting: int | None, at: int, column: PlanColumn, value: object) -> Format:
    """A body cell's format; on the settings sheet required names are bold, explanations grey."""
    properties: dict[str, object] = {"border": 1, "border_color": writing.LINE, "text_wrap": True}
    kind = column.kind
    if setting is not None:
        known = plan_form.SETTINGS[setting] if setting < len(plan_form.SETTINGS) else None
        kind = known.kind if known and at < len(plan_form.ROUND.columns) else kind
        properties["align"] = "left"
        if at == 0:
            properties |= {"bg_color": writing.PALE, "bold": known is not None and known.required}
        elif at == 2:
            properties |= {"bg_color": writing.PALE, "font_color": writing.GREY}
    if column.header == LAST_TIME.header:
        properties |= {"bg_color": writing.PALE, "font_color": writing.GREY, "align": "left"}
    if kind is ValueKind.DATE or isinstance(value, date):
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
