"""The compilation as the committee will read it, looked through once more before the reports are made.

What the units handed in has been checked before; here it is the coordinator's words that count, at
their place in the compilation.
"""

from collections.abc import Iterable, Iterator

from excel_uppsikt.checks.rows import comment_given, in_time_order, required_given
from excel_uppsikt.checks.texts import no_personal_data, no_placeholder
from excel_uppsikt.compilation.definition import ACTIVITIES, FIELD_INDEX
from excel_uppsikt.excel.workbook import column_letters
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.folder import COMPILATION_FILE
from excel_uppsikt.model import (
    Collection,
    Compilation,
    Entry,
    Field,
    FormKind,
    Line,
    Plan,
    Submission,
)

_COLUMNS = {field: column_letters(at + 1) for field, at in FIELD_INDEX.items()}
# What a reader would see; whether status and dates agree has been asked of the unit.
_CHECKS = (required_given, in_time_order, comment_given, no_placeholder, no_personal_data)


def final_findings(plan: Plan, compilation: Compilation) -> Iterator[Finding]:
    """What is wrong in the rows that go into reports, at their cells of the compilation as read."""
    entries = tuple(_entries(line for line in compilation.lines if line.choice.include))
    read = Submission(COMPILATION_FILE, FormKind.GOAL, None, None, None, entries)
    for check in _CHECKS:
        yield from check(plan, Collection((read,)), ())


def _entries(lines: Iterable[Line]) -> Iterator[Entry]:
    for line in lines:
        activity = line.activity
        values = {field: getattr(activity, field.value) for field in Field}
        yield Entry(
            file=COMPILATION_FILE,
            sheet=ACTIVITIES,
            row=line.row,
            goal=activity.goal,
            department=activity.department,
            title=activity.title,
            units=activity.units,
            whole=activity.whole,
            start=activity.start,
            end=activity.end,
            description=activity.description,
            status=activity.status,
            comment=activity.comment,
            raw={field: str(value) for field, value in values.items() if value},
            columns=_COLUMNS,
        )
