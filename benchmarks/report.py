"""Writing a report of 5,000 activities, against docxtpl filling a template with the same texts.

`python -m benchmarks.report` prints both times and their ratio, and the time for each activity in
reports of 100 to 20,000. The docxtpl template has one table a goal with the same rows as the report:
title with units and dates, description, status, comment; the template is made beforehand. One
process; each is run several times in turn and its fastest run counts.
"""

import io
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from benchmarks.forms import fastest
from excel_uppsikt.model import Activity, Layout, Plan, Values
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.template import make_template, open_template
from excel_uppsikt.word.pieces import element
from samples.build import read_toml, sample_plan

ROUND = "ange-2024"
ACTIVITIES = 5_000
SIZES = (100, 1_000, 5_000, 20_000)
TARGET = 2
TEMPLATE = make_template()
SHADE = open_template(TEMPLATE)[1].pale
HEADS = ("Verksamhetens aktiviteter", "Startdatum", "Slutdatum")


def activities(plan: Plan, count: int) -> list[Activity]:
    """So many activities with the sample's texts, spread over all goals."""
    sample = read_toml(f"{ROUND}-aktiviteter")["activity"]
    statuses = {status.name: status for status in plan.statuses}
    made = []
    for number in range(count):
        texts = sample[number % len(sample)]
        made.append(
            Activity(
                values=Values(
                    title=f"{texts['title']} ({number})",
                    units=tuple(texts["units"]),
                    whole=not texts["units"],
                    start=texts["start"],
                    end=texts["end"],
                    description=texts["description"].strip(),
                    status=statuses[texts["status"]],
                    comment=texts["comment"].strip(),
                ),
                id=str(number),
                goal=plan.goals[number % len(plan.goals)],
                department=plan.departments[0].name,
            )
        )
    return made


def by_program(plan: Plan, given: Sequence[Activity]) -> bytes:
    """The report as the program makes it, in the layout with tables."""
    return make_report(plan, plan.departments[0], Account(given), template=TEMPLATE).data


def docxtpl_template() -> bytes:
    """A template for docxtpl: a heading and a table a goal, and rows that repeat an activity.

    Styles, shading, marked heading and kept rows are the report's own.
    """
    document = docx.Document(io.BytesIO(TEMPLATE))
    document.add_paragraph("Uppsiktsrapport", style="Heading 1")
    document.add_paragraph("{%p for goal in goals %}")
    document.add_paragraph("{{ goal.text }}", style="Heading 2")
    table = document.add_table(rows=0, cols=3, style=styles.TABLE)
    _properties(_row(table, styles.TABLE_HEAD, *HEADS)).append(element("tblHeader"))
    _row(table, styles.TABLE_TEXT, "{%tr for a in goal.activities %}")
    first = _row(table, styles.TABLE_TITLE, "{{ a.title }}", "{{ a.start }}", "{{ a.end }}")
    for text in ("{%p for unit in a.units %}", "{{ unit }}", "{%p endfor %}"):
        first.cells[0].add_paragraph(text, style=styles.TABLE_BULLET)
    for cell in first.cells:
        cell._tc.get_or_add_tcPr().append(element("shd", val="clear", fill=SHADE))
    _row(table, styles.TABLE_TEXT, "{{ a.description }}", across=True)
    _row(table, styles.TABLE_STATUS, "{{ a.status }}", across=True)
    _row(table, styles.TABLE_TEXT, "{{ a.comment }}", across=True)
    _row(table, styles.TABLE_TEXT, "{%tr endfor %}")
    document.add_paragraph("{%p endfor %}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _row(table: Any, style: str, *texts: str, across: bool = False) -> Any:  # noqa: ANN401  python-docx's own
    row = table.add_row()
    _properties(row).append(element("cantSplit"))
    if across:
        row.cells[0].merge(row.cells[2])
    for cell, text in zip(row.cells, texts, strict=False):
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(text)
    return row


def _properties(row: Any) -> Any:  # noqa: ANN401  python-docx's own
    return row._tr.get_or_add_trPr()


def contents(plan: Plan, given: Sequence[Activity]) -> dict[str, Any]:
    """The same texts as docxtpl is given them."""
    goals = []
    for goal in plan.goals_by_number:
        of_goal = [
            {
                "title": activity.values.title,
                "start": _date(activity.values.start),
                "end": _date(activity.values.end),
                "units": activity.values.units,
                "description": activity.values.description,
                "status": activity.values.status
                and f"{activity.values.status.symbol} {activity.values.status.name}",
                "comment": activity.values.comment,
            }
            for activity in given
            if activity.goal == goal
        ]
        goals.append({"text": goal.text, "activities": of_goal})
    return {"goals": goals}


def _date(day: date | None) -> str:
    return day.isoformat() if day else "–"


def by_docxtpl(template: bytes, context: dict[str, Any]) -> bytes:
    """The template filled in."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context, autoescape=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def by_python_docx(plan: Plan, given: Sequence[Activity]) -> bytes:
    """The same texts written with python-docx, a table a goal and row by row."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    document.add_paragraph("Uppsiktsrapport", style="Heading 1")
    for goal in contents(plan, given)["goals"]:
        document.add_paragraph(goal["text"], style="Heading 2")
        table = document.add_table(rows=0, cols=3, style=styles.TABLE)
        _properties(_row(table, styles.TABLE_HEAD, *HEADS)).append(element("tblHeader"))
        for activity in goal["activities"]:
            first = _row(
                table, styles.TABLE_TITLE, *(activity[of] for of in ("title", "start", "end"))
            )
            for unit in activity["units"]:
                first.cells[0].add_paragraph(unit, style=styles.TABLE_BULLET)
            for cell in first.cells:
                cell._tc.get_or_add_tcPr().append(element("shd", val="clear", fill=SHADE))
            _row(table, styles.TABLE_TEXT, activity["description"], across=True)
            _row(table, styles.TABLE_STATUS, activity["status"] or "", across=True)
            _row(table, styles.TABLE_TEXT, activity["comment"], across=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def titles(document: bytes) -> int:
    """How many of the activities' titles stand in a document's tables, by the number they end with."""
    body = docx.Document(io.BytesIO(document)).element.body
    texts = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return sum(1 for text in texts if text.endswith(")") and text.rpartition("(")[2][:-1].isdigit())


def main() -> None:
    """Prints the times, their ratio, and the time for each activity by the report's size."""
    plan = sample_plan(ROUND)
    assert plan.settings.layout is Layout.TABLE
    given = activities(plan, ACTIVITIES)
    template, context = docxtpl_template(), contents(plan, given)
    assert titles(by_program(plan, given)) == titles(by_docxtpl(template, context)) == ACTIVITIES
    ours, theirs = fastest(lambda: by_program(plan, given), lambda: by_docxtpl(template, context))
    print(f"{ACTIVITIES} activities in {len(plan.goals)} goals")
    print(f"excel_uppsikt:          {ours:6.2f} s")
    print(f"docxtpl, same content:  {theirs:6.2f} s")
    print(f"ratio: {theirs / ours:.1f} (target {TARGET})")
    for size in SIZES:
        given = activities(plan, size)
        start = time.perf_counter()
        by_program(plan, given)
        print(f"{size:6} activities: {1000 * (time.perf_counter() - start) / size:.2f} ms each")


if __name__ == "__main__":
    main()
