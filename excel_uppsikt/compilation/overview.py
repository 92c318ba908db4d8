"""The compilation's overview with native charts, its coverage of goals by unit, and the changes."""

from collections.abc import Sequence

from excel_uppsikt import figures
from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.edits import units_in_cell
from excel_uppsikt.excel import writing
from excel_uppsikt.excel.tables import HEADER_ROW, body, header, headings
from excel_uppsikt.excel.writing import Book, FittedSheet, write
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.severities import SEVERITY_WORDS
from excel_uppsikt.model import Activity, Change, Plan

_CHART_COLUMN = 4
_NOBODY = "Ingen aktivitet"


def write_overview(
    book: Book,
    sheet: FittedSheet,
    plan: Plan,
    activities: Sequence[Activity],
    findings: Sequence[Finding],
) -> None:
    """Figures by status, goal and severity, each beside a chart that can be edited."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 84)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 3, 3)
    big = book.format(bold=True, font_size=18, font_color=writing.ACCENT, valign="vcenter")
    sheet.set_row(0, 30)
    write(sheet, 0, 0, f"Sammanställning {plan.settings.round_name}", big)
    cutoff = plan.settings.cutoff
    words = f"Läget per {cutoff.isoformat()}" if cutoff else "Inget avstämningsdatum i planen"
    write(sheet, 1, 0, words, book.format(font_color=writing.GREY, italic=True))
    statuses = figures.status_counts(plan, activities)
    row = _counts(book, sheet, 3, "Status", {k or "Status saknas": v for k, v in statuses.items()})
    colors = [f"#{status.color}" for status in plan.statuses]
    _chart(book, sheet, 3, "Aktiviteter per status", len(statuses), colors)
    goals = {
        f"{goal.number}. {goal.text}": figures.goal_counts(plan, activities)[goal.number]
        for goal in plan.goals_by_number
    }
    start = max(row + 1, 20)
    row = _counts(book, sheet, start, "Mål", goals)
    _chart(book, sheet, start, "Aktiviteter per mål", len(goals), [])
    severities = {
        SEVERITY_WORDS[severity]: sum(1 for f in findings if f.severity is severity)
        for severity in Severity
    }
    _counts(book, sheet, max(row + 1, start + 24), "Anmärkningar", severities)
    writing.landscape(sheet, footer="Sammanställning")
    sheet.fit_to_pages(1, 1)


def _counts(book: Book, sheet: FittedSheet, row: int, title: str, counts: dict[str, int]) -> int:
    """A table of counts with its total; returns the next free row."""
    headings(book, sheet, row, (title, "Antal"))
    plain, total = body(book), body(book, bold=True, bg_color=writing.SOFT)
    for at, (name, count) in enumerate(counts.items(), row + 1):
        write(sheet, at, 0, name, plain)
        write(sheet, at, 1, count, plain)
    at = row + len(counts) + 1
    write(sheet, at, 0, "Summa", total)
    writing.formula(sheet, at, 1, f"=SUM(B{row + 2}:B{at})", total, sum(counts.values()))
    return at + 1


def _chart(
    book: Book, sheet: FittedSheet, row: int, title: str, count: int, colors: Sequence[str]
) -> None:
    chart = book.workbook.add_chart({"type": "bar"})
    name = sheet.get_name()
    chart.add_series(
        {
            "name": title,
            "categories": [name, row + 1, 0, row + count, 0],
            "values": [name, row + 1, 1, row + count, 1],
            "fill": {"color": writing.ACCENT},
            "points": [{"fill": {"color": color}} for color in colors],
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 13, "color": writing.DARK}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"major_gridlines": {"visible": False}, "visible": False})
    height = 90 + 24 * max(count, 5)
    chart.set_size({"width": 760, "height": height})
    options = {"description": f"Diagram: {title}. Siffrorna står i tabellen till vänster."}
    writing.done(sheet.insert_chart(row, _CHART_COLUMN, chart, options))


def write_coverage(
    book: Book, sheet: FittedSheet, plan: Plan, activities: Sequence[Activity]
) -> None:
    """Activities by goal and unit; goals nobody works on say so in words."""
    table = figures.coverage(plan, activities)
    columns = [("Nr", 6), ("Mål", 60), *((str(name), 15) for name in table.columns), ("Läge", 18)]
    intro = (
        "Antal aktiviteter per mål och enhet. En aktivitet med flera enheter räknas hos var och en."
    )
    first = header(book, sheet, definition.COVERAGE, intro, columns)
    sheet.set_row(HEADER_ROW, 48)
    plain, centred = body(book), body(book, align="center")
    quiet = body(book, font_color=writing.GREY, align="center")
    lacking = body(book, font_color=writing.RED)
    texts = {goal.number: goal.text for goal in plan.goals}
    for at, (number, counts) in enumerate(table.iterrows(), first):
        write(sheet, at, 0, int(str(number)), plain)
        write(sheet, at, 1, texts[int(str(number))], plain)
        values = [int(count) for count in counts]
        for place, value in enumerate(values, 2):
            write(sheet, at, place, value or "–", centred if value else quiet)
        nobody = not values[-1]
        words = _NOBODY if nobody else "Har aktiviteter"
        write(sheet, at, len(columns) - 1, words, lacking if nobody else plain)
    sheet.freeze_panes(first, 2)


def write_changes(book: Book, sheet: FittedSheet, plan: Plan, changes: Sequence[Change]) -> None:
    """What has changed since the previous round, or that there is none to compare with."""
    columns = [
        ("Ändring", 22),
        ("Mål", 44),
        ("Aktivitet", 50),
        ("Enheter", 30),
        ("Före", 24),
        ("Nu", 24),
    ]
    intro = "Sedan föregående sammanställning."
    if not plan.settings.previous:
        intro = "Planen anger ingen föregående sammanställning att jämföra med."
    first = header(book, sheet, definition.CHANGES, intro, columns)
    plain = body(book)
    for at, change in enumerate(changes, first):
        activity = change.activity
        units = units_in_cell(plan, activity)
        row = (
            change.kind.value,
            activity.goal.text,
            activity.values.title,
            units,
            change.before,
            change.now,
        )
        for place, value in enumerate(row):
            write(sheet, at, place, value, plain)
