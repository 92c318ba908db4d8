"""The compilation as the committee will read it, looked through once more before the reports are made.

What the units handed in has been checked before; here it is the coordinator's words that count, at
their place in the compilation.
"""

from collections.abc import Iterator
from dataclasses import replace

from excel_uppsikt.checks import ROW_CHECKS, RowCheck
from excel_uppsikt.checks.dates import dates_agree_with_status
from excel_uppsikt.checks.rows import comment_given, in_time_order, required_given
from excel_uppsikt.checks.texts import no_personal_data, no_placeholder
from excel_uppsikt.compilation.ids import reworded
from excel_uppsikt.compilation.parts import same_value
from excel_uppsikt.findings.catalogue.merging import M601
from excel_uppsikt.findings.catalogue.rows import C401, C404
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Compilation, Field, Plan

# Longer ones are no titles, and take long to compare.
_LONGEST_COMPARED = 500
# What a reader would see; whether status and dates agree has been asked of the unit, but for what the
# coordinator has made of them.
_CHECKS: tuple[RowCheck, ...] = (
    required_given,
    in_time_order,
    comment_given,
    no_placeholder,
    no_personal_data,
)


def review_own_rows(plan: Plan, compilation: Compilation) -> Iterator[Finding]:
    """What is wrong in the rows that the coordinator has written, as in a unit's, at their cells."""
    for line in compilation.lines:
        if line.read is not None and line.own and line.choice.reported:
            for check in ROW_CHECKS:
                yield from check(plan, line.read)


def review_edited_dates(plan: Plan, compilation: Compilation) -> Iterator[Finding]:
    """C401 to C404 where status and dates disagree by the coordinator's edit and not by the unit's words."""
    for line in compilation.lines:
        if line.read is None or line.collected is None or not line.choice.reported:
            continue
        if line.own or line.activity.last_reported:
            continue
        now = dates_agree_with_status(plan, replace(line.read, values=line.activity.values))
        said = replace(line.read, values=line.collected.values)
        before = {finding.code for finding in dates_agree_with_status(plan, said)}
        for finding in now:
            date = Field.START if finding.of(C401, C404) else Field.END
            edited = any(
                not same_value(line.activity, line.collected, of) for of in (Field.STATUS, date)
            )
            if edited and finding.code not in before:
                yield finding


def own_rows_alike(compilation: Compilation) -> Iterator[Finding]:
    """M601 for each row of the coordinator's own like a unit's of its goal, when the report has both."""
    reported = [line for line in compilation.lines if line.choice.reported]
    theirs = [line.collected for line in reported if not line.own]
    units = [collected for collected in theirs if collected and collected.sources]
    for line in reported:
        if line.read is None or not line.own or line.choice.same:
            continue
        own = line.activity
        title = fold(own.values.title)[:_LONGEST_COMPARED]
        for other in units:
            if (
                own.department not in (None, other.department)
                or own.goal.number != other.goal.number
            ):
                continue
            if title and reworded(title, fold(other.values.title)[:_LONGEST_COMPARED]):
                yield find(
                    M601.OWN, line.read.place(Field.TITLE), own.values.title,
                    other=quote(other.values.title), where=other.sources[0].as_row(),
                )  # fmt: skip
                break


def review(plan: Plan, compilation: Compilation) -> Iterator[Finding]:
    """What is wrong in the rows that go into reports, at their cells of the compilation as read."""
    for check in _CHECKS:
        for line in compilation.lines:
            if line.read is not None and line.choice.reported:
                yield from check(plan, line.read)
    yield from review_own_rows(plan, compilation)
    yield from review_edited_dates(plan, compilation)
