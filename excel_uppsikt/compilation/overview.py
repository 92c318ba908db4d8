"""The compilation's overview with native charts, its coverage of goals by unit, and the changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from excel_uppsikt import figures
from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.parts import units_in_cell
from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.tables import HEADER_ROW, body, header, headings
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.severities import SEVERITY_WORDS
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.model import Activity, Change, Compilation, Plan

if TYPE_CHECKING:
    import pandas as pd

_NOBODY = "Ingen aktivitet"
_COUNT, _ALL, _NO_DEPARTMENT = "Antal", "Alla", "Utan verksamhet"
# Of a row on the screen, in pixels.
_LOWEST_ROW = 20
_Key = TypeVar("_Key", str, int)


def write_overview(
    book: Book,
    sheet: FittedSheet,
    plan: Plan,
    compilation: Compilation,
    findings: Sequence[Finding],
) -> None:
    """Figures by status, goal and severity, the first two beside a chart that can be edited.

    Where there are several departments, each has a column of its own before that of all. What stands as it
    was last reported is told in words above them.
    """
    shares = _shares(plan, compilation.approved)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 74)
    sheet.set_column(1, len(shares), 12 if len(shares) == 1 else 16)
    sheet.set_column(len(shares) + 1, len(shares) + 2, 3)
    big = book.format(bold=True, font_size=18, font_color=writing.ACCENT, valign="vcenter")
    sheet.set_row(0, 30)
    write(sheet, 0, 0, f"Sammanställning {plan.settings.round_name}", big)
    cutoff = plan.settings.cutoff
    words = f"Läget per {cutoff.isoformat()}" if cutoff else "Inget avstämningsdatum i planen"
    write(sheet, 1, 0, words, book.format(font_color=writing.GREY, italic=True))
    carried = figures.carried_sentence(plan, compilation.carried)
    write(sheet, 2, 0, carried or None, book.format(text_wrap=True, valign="top"))
    statuses = {name: figures.status_counts(plan, share) for name, share in shares.items()}
    names = {status: status or "Status saknas" for status in statuses[list(shares)[-1]]}
    _counts(book, sheet, 3, "Status", names, statuses)
    colors = [f"#{status.color}" for status in plan.statuses]
    _chart(book, sheet, (3, len(shares)), "Aktiviteter per status", len(names), colors)
    goals = {name: figures.goal_counts(plan, share) for name, share in shares.items()}
    texts = {goal.number: f"{goal.number}. {goal.text}" for goal in plan.goals_by_number}
    # The chart reaches further down than the table beside it.
    start = max(20, 4 + _height(len(names)) // _LOWEST_ROW)
    row = _counts(book, sheet, start, "Mål", texts, goals)
    _chart(book, sheet, (start, len(shares)), "Aktiviteter per mål", len(texts), [])
    severities = {
        SEVERITY_WORDS[severity]: sum(1 for f in findings if f.severity is severity)
        for severity in Severity
    }
    kinds = {word: word for word in severities}
    _counts(book, sheet, max(row + 1, start + 24), "Anmärkningar", kinds, {_COUNT: severities})
    writing.landscape(sheet, footer="Sammanställning")
    sheet.fit_to_pages(1, 1)


def _shares(plan: Plan, activities: Sequence[Activity]) -> dict[str, Sequence[Activity]]:
    """The activities of each department, and last of all; all alone where there is one department."""
    if len(plan.departments) < 2:
        return {_COUNT: activities}
    shares: dict[str, Sequence[Activity]] = {
        department.name: [a for a in activities if a.department == department.name]
        for department in plan.departments
    }
    others = [a for a in activities if a.department not in shares]
    return shares | ({_NO_DEPARTMENT: others} if others else {}) | {_ALL: activities}


def _counts(
    book: Book,
    sheet: FittedSheet,
    row: int,
    title: str,
    names: Mapping[_Key, str],
    columns: Mapping[str, Mapping[_Key, int]],
) -> int:
    """A table of counts by name, a column for each share, with its totals; returns the next free row."""
    headings(book, sheet, row, (title, *columns))
    if len(columns) > 1:
        sheet.set_row(row, 48)
    plain, total = body(book), body(book, bold=True, bg_color=writing.SOFT)
    end = row + len(names) + 1
    for at, name in enumerate(names.values(), row + 1):
        write(sheet, at, 0, name, plain)
    write(sheet, end, 0, definition.TOTAL, total)
    for place, counts in enumerate(columns.values(), 1):
        for at, key in enumerate(names, row + 1):
            write(sheet, at, place, counts.get(key, 0), plain)
        letters = column_letters(place + 1)
        formula = f"{definition.TOTAL_FORMULA}{letters}{row + 2}:{letters}{end})"
        writing.formula(sheet, end, place, formula, total, sum(counts.values()))
    return end + 1


def _chart(
    book: Book,
    sheet: FittedSheet,
    place: tuple[int, int],
    title: str,
    count: int,
    colors: Sequence[str],
) -> None:
    """A chart beside a table that begins at a row, of the column at a place in it."""
    row, column = place
    chart = book.workbook.add_chart({"type": "bar"})
    name = sheet.get_name()
    chart.add_series(
        {
            "name": title,
            "categories": [name, row + 1, 0, row + count, 0],
            "values": [name, row + 1, column, row + count, column],
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
    # Beside the table of one department's counts it is seen whole on a common screen, 1366 pixels wide.
    chart.set_size({"width": 620, "height": _height(count)})
    options = {"description": f"Diagram: {title}. Siffrorna står i tabellen till vänster."}
    writing.done(sheet.insert_chart(row, column + 3, chart, options))


def _height(count: int) -> int:
    """How high the chart of this many bars is, in pixels."""
    return 90 + 24 * max(count, 5)


def write_coverage(book: Book, sheet: FittedSheet, plan: Plan, compilation: Compilation) -> None:
    """Activities by goal and unit; goals nobody works on say so in words.

    Where there are several departments, a table of each follows that of all.
    """
    activities, carried = compilation.approved, compilation.carried
    table = figures.coverage(plan, activities)
    columns = [("Nr", 6), ("Mål", 60), *((str(name), 15) for name in table.columns), ("Läge", 24)]
    intro = (
        "Antal aktiviteter per mål och enhet. En aktivitet med flera enheter räknas hos var och en."
    )
    if carried:
        intro += " De som inte har redovisats den här omgången räknas inte."
    first = header(book, sheet, definition.COVERAGE, intro, columns)
    sheet.set_row(HEADER_ROW, 48)
    end = _write_coverage_rows(book, sheet, plan, first, table, carried)
    if len(plan.departments) < 2:
        sheet.freeze_panes(first, 2)
        return
    # The headings of the first table are not those of the others, on the screen or on paper.
    sheet.freeze_panes(0, 2)
    writing.done(sheet.repeat_rows(0, 1))
    for department in plan.departments:
        of = replace(plan, units=plan.units_of(department.name))
        table = figures.coverage(of, [a for a in activities if a.department == department.name])
        write(sheet, end + 1, 0, department.name, book.format(bold=True, font_size=13))
        headings(book, sheet, end + 2, ("Nr", "Mål", *map(str, table.columns), "Läge"))
        sheet.set_row(end + 2, 48)
        theirs = [a for a in carried if a.department == department.name]
        end = _write_coverage_rows(book, sheet, plan, end + 3, table, theirs)


def _write_coverage_rows(
    book: Book,
    sheet: FittedSheet,
    plan: Plan,
    first: int,
    table: "pd.DataFrame",
    carried: Sequence[Activity],
) -> int:
    """Writes a row for each goal; returns the next free row."""
    plain, centred = body(book), body(book, align="center")
    quiet = body(book, font_color=writing.GREY, align="center")
    lacking = body(book, font_color=writing.RED)
    texts = {goal.number: goal.text for goal in plan.goals}
    unreported = figures.goal_counts(plan, carried)
    for at, (number, counts) in enumerate(table.iterrows(), first):
        write(sheet, at, 0, int(str(number)), plain)
        write(sheet, at, 1, texts[int(str(number))], plain)
        values = [int(count) for count in counts]
        for place, value in enumerate(values, 2):
            write(sheet, at, place, value or "–", centred if value else quiet)
        nobody = not values[-1]
        left = unreported[int(str(number))]
        lack = f"Ingen redovisad, {left} kvar" if left else _NOBODY
        words = lack if nobody else "Har aktiviteter"
        write(sheet, at, len(values) + 2, words, lacking if nobody else plain)
    return first + len(table)


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
