"""Words in braces are somebody's own wherever units, minutes or the plan's names have them, and else left."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest

from excel_uppsikt.model import (
    Choice,
    Compilation,
    DecisionRow,
    Decisions,
    Department,
    Goal,
    Line,
    Plan,
    Row,
    Unit,
    Values,
)
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.unfinished import left_in_report
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.word.left_over import LeftOver
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import CARE, YOUTH, make_plan, with_changes

PLAN = make_plan(goals=(YOUTH,))
MARK = "{vad som helst}"
LEFT = [LeftOver(MARK, f"i stycket ”Se {MARK} här”")]


def left(plan: Plan, compilation: Compilation, text: str = f"Se {MARK} här") -> list[LeftOver]:
    """What is left in a report that says this."""
    document = docx.Document()
    document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    department = plan.departments[0]
    return [
        *left_in_report(
            data.getvalue(), plan, department, compilation, template=TEMPLATE, account=Account(())
        )
    ]


def said(**changes: object) -> Compilation:
    one = with_changes(activity("A"), changes)
    return Compilation((Line(one, one),))


def decided(**changes: str) -> Compilation:
    return Compilation(decisions=Decisions((DecisionRow(0, {}, CARE, **changes),)))  # type: ignore[arg-type]


def with_setting(name: str) -> Plan:
    changes: dict[str, Any] = {name: MARK}
    return make_plan(**changes)


def with_department(part: str) -> Plan:
    changes: dict[str, Any] = {part: MARK}
    return make_plan(departments=(replace(PLAN.departments[0], **changes),), units=())


@pytest.mark.parametrize(
    ("plan", "compilation"),
    [
        *((PLAN, said(**{field: MARK})) for field in ("title", "description", "comment")),
        (PLAN, said(units=(f"Köket {MARK}",))),
        (PLAN, Compilation((Line(activity("A"), None, Choice(completion=MARK)),))),
        (PLAN, decided(reasons=MARK)),
        (PLAN, decided(paragraph=MARK)),
        *(
            (with_setting(setting), Compilation())
            for setting in ("municipality", "report_title", "reference", "period")
        ),
        (make_plan(goals=(Goal(1, MARK, ""),)), Compilation()),
        (make_plan(goals=(Goal(1, "Mål", MARK),)), Compilation()),
        (make_plan(units=(Unit(MARK, CARE),)), Compilation()),
        *(
            (with_department(part), Compilation())
            for part in ("name", "committee", "responsible")
        ),
    ],
)  # fmt: skip
def test_what_somebody_has_written_is_theirs(plan: Plan, compilation: Compilation) -> None:
    assert left(plan, compilation) == []


@pytest.mark.parametrize(
    "compilation",
    [
        Compilation(),
        # What is not in the report, or is only the coordinator's note.
        Compilation((Line(activity(MARK), activity(MARK), Choice(include=False)),)),
        Compilation((Line(activity("A"), None, Choice(note=MARK)),)),
    ],
)
def test_what_nobody_has_written_is_left(compilation: Compilation) -> None:
    assert left(PLAN, compilation) == LEFT


def row(title: str, file: str, department: str = CARE, **choice: bool) -> Line:
    one = activity(title, department=department)
    read = Row(
        file=file, sheet="Aktiviteter", row=7, values=Values(title=title), columns={"title": 3}
    )
    return Line(one, one, Choice(**choice), read)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (row("Kurs XXX", "inkorg/a.xlsx"), "i a.xlsx, blad ”Aktiviteter”, cell C7"),
        (row("Kurs XXX", COMPILATION_FILE),
         "i sammanstallning.xlsx, blad ”Aktiviteter”, cell C7"),
        (row("Kurs XXX", "a.xlsx", "Skola"), None),
        (row("Kurs XXX", "a.xlsx", include=False), None),
        (replace(row("Kurs XXX", "a.xlsx"), read=None), None),
        (row("Kurs ???", "a.xlsx"), None),
    ],
)  # fmt: skip
def test_a_placeholder_of_a_row_is_told_where_it_stands_while_the_report_has_it(
    line: Line, told: str | None
) -> None:
    other = Department("Skola", "", date(2024, 6, 4))
    plan = make_plan(goals=(YOUTH,), departments=(PLAN.departments[0], other))
    expected = [LeftOver("XXX", told)] if told else []
    assert left(plan, Compilation((line,)), "Kurs XXX pågår") == expected
    assert left(plan, Compilation((line,)), "Kurs om teater pågår") == []
