"""What is left to fill in or finish in a report as it lies, edited by hand or not.

A word or a phrase in braces is unfilled wherever it stands, for what a plan or a template asks for looks
so, but not where a unit has written it in a text of its own: that is what the unit wants to say. Where a
fixed text or the template has the same words left, they are told all the same.
"""

from collections.abc import Iterator

from excel_uppsikt.checks.texts import no_placeholder
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.language.braces import words_in_braces
from excel_uppsikt.model import Compilation, Department, Plan
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import unfilled_texts
from excel_uppsikt.report.manuscript import FIELD_NAMES
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.word.fields import unknown
from excel_uppsikt.word.left_over import LeftOver, paragraphs, words_left


def left_in_report(
    report: bytes,
    plan: Plan,
    department: Department,
    compilation: Compilation,
    *,
    template: bytes,
    account: Account,
) -> tuple[LeftOver, ...]:
    """The words in braces of a report's file, and the placeholders of the units' texts (R308) in it.

    `account` is what the report is to tell of, which decides the fixed texts that it has. What has been
    corrected in the file is not told, though it still stands in the compilation.
    """
    asked = {*unfilled_texts(plan, department, account)}
    asked |= {*unknown((one.text for one in words_left(template)), FIELD_NAMES)}
    own = {mark for text in _own_texts(plan, compilation) for mark in words_in_braces(text)}
    marks = [one for one in words_left(report) if one.text in asked or one.text not in own]
    written = [text for _, text in paragraphs(report)]
    found = (
        LeftOver(finding.value or "", _place(finding))
        for finding in _placeholders(plan, department, compilation)
        if any((finding.value or "") in text for text in written)
    )
    return (*marks, *found)


def _own_texts(plan: Plan, compilation: Compilation) -> Iterator[str]:
    """What units have written, and the plan's names, which may have braces in them too."""
    for activity in compilation.in_reports:
        values = activity.values
        yield from (values.title, values.description, values.comment, *values.units)
    yield from (line.choice.completion for line in compilation.lines)
    for row in compilation.decisions.rows:
        yield from (row.reasons, row.paragraph)
    settings = plan.settings
    yield from (settings.municipality, settings.report_title, settings.reference, settings.period)
    yield from (text for goal in plan.goals for text in (goal.text, goal.area))
    yield from (unit.name for unit in plan.units)
    for department in plan.departments:
        yield from (department.name, department.committee, department.responsible)


def _placeholders(
    plan: Plan, department: Department, compilation: Compilation
) -> Iterator[Finding]:
    for line in compilation.lines:
        mine = line.activity.department == department.name
        if mine and line.choice.include and line.read is not None:
            yield from no_placeholder(plan, line.read)


def _place(finding: Finding) -> str:
    file = (finding.file or COMPILATION_FILE).rpartition("/")[2]
    return f"i {file}, blad ”{finding.sheet}”, cell {finding.cell}"
