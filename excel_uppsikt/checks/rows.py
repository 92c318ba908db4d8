"""Rules for a single row: what is required, in order and allowed (R301, R303, R304, R307)."""

from collections.abc import Iterator
from datetime import date

from excel_uppsikt.findings.catalogue.rows import R301, R303, R304, R307
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.form import definition as form
from excel_uppsikt.model import Field, Plan, Row


def required_given(plan: Plan, row: Row) -> Iterator[Finding]:
    """R301 for each required cell without content; silent where the whole column is missing."""
    del plan
    for of in row.required:
        if of in row.columns and _lacks(row, of):
            written = row.raw.get(of)
            yield find(R301.PLAIN, row.place(of), written, header=form.header(of))


def _lacks(row: Row, of: Field) -> bool:
    """Whether a cell is blank, or a title is nothing but dashes or dots. Unreadable is not blank."""
    if of is Field.TITLE and not row.values.title:
        return not _has_problem(row.raw.get(of, ""))
    return of not in row.raw


def _has_problem(written: str) -> bool:
    return written.startswith(("#", "="))


def in_time_order(plan: Plan, row: Row) -> Iterator[Finding]:
    """R303 at the end date's cell where it lies before the start date."""
    del plan
    start, end = row.values.start, row.values.end
    if start and end and end < start:
        yield find(R303.PLAIN, row.place(Field.END), end, start=start, end=end)


def dates_allowed(plan: Plan, row: Row) -> Iterator[Finding]:
    """R304 for each date outside the round's allowed dates, both ends included."""
    first, last = plan.settings.first_date, plan.settings.last_date
    for of, value in _dates(row):
        if not first <= value <= last:
            header = form.header(of)
            yield find(R304.PLAIN, row.place(of), value, header=header, first=first, last=last)


def _dates(row: Row) -> Iterator[tuple[Field, date]]:
    if row.values.start is not None:
        yield Field.START, row.values.start
    if row.values.end is not None:
        yield Field.END, row.values.end


def comment_given(plan: Plan, row: Row) -> Iterator[Finding]:
    """R307 where the status requires a comment and none is given."""
    del plan
    status = row.values.status
    written = Field.COMMENT in row.columns and not _has_problem(row.raw.get(Field.COMMENT, ""))
    if written and status and status.needs_comment and not row.values.comment:
        yield find(R307.PLAIN, row.place(Field.COMMENT), status=status.name)
