"""Rules for a single row: what is required, in order and allowed (R301, R303, R304, R307)."""

from collections.abc import Iterator, Sequence
from datetime import date

from excel_uppsikt.findings.catalogue.rows import R301, R303, R304, R307
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import COLUMNS
from excel_uppsikt.model import Activity, Collection, Entry, Field, Plan


def required_given(
    plan: Plan, collection: Collection, activities: Sequence[Activity]
) -> Iterator[Finding]:
    """R301 for each required cell without content; silent where the whole column is missing."""
    del plan, activities
    for entry in collection.entries:
        required = [column.field for column in COLUMNS if column.required]
        if entry.units_required:
            required.insert(1, Field.UNITS)
        for of in required:
            if of in entry.columns and _lacks(entry, of):
                written = entry.raw.get(of)
                yield find(R301.PLAIN, entry.place(of), written, header=form.header(of))


def _lacks(entry: Entry, of: Field) -> bool:
    """Whether a cell is blank, or a title is nothing but dashes or dots. Unreadable is not blank."""
    if of is Field.TITLE and not entry.title:
        return not _has_problem(entry.raw.get(of, ""))
    return of not in entry.raw


def _has_problem(written: str) -> bool:
    return written.startswith(("#", "="))


def in_time_order(
    plan: Plan, collection: Collection, activities: Sequence[Activity]
) -> Iterator[Finding]:
    """R303 at the end date's cell where it lies before the start date."""
    del plan, activities
    for entry in collection.entries:
        if entry.start and entry.end and entry.end < entry.start:
            source = entry.place(Field.END)
            yield find(R303.PLAIN, source, entry.end, start=entry.start, end=entry.end)


def dates_allowed(
    plan: Plan, collection: Collection, activities: Sequence[Activity]
) -> Iterator[Finding]:
    """R304 for each date outside the round's allowed dates, both ends included."""
    del activities
    first, last = plan.settings.first_date, plan.settings.last_date
    for entry in collection.entries:
        for of, value in _dates(entry):
            if not first <= value <= last:
                header = form.header(of)
                yield find(
                    R304.PLAIN, entry.place(of), value, header=header, first=first, last=last
                )


def _dates(entry: Entry) -> Iterator[tuple[Field, date]]:
    if entry.start is not None:
        yield Field.START, entry.start
    if entry.end is not None:
        yield Field.END, entry.end


def comment_given(
    plan: Plan, collection: Collection, activities: Sequence[Activity]
) -> Iterator[Finding]:
    """R307 where the status requires a comment and none is given."""
    del plan, activities
    for entry in collection.entries:
        status = entry.status
        if status and status.needs_comment and not entry.comment and Field.COMMENT in entry.columns:
            if _has_problem(entry.raw.get(Field.COMMENT, "")):
                continue
            yield find(R307.PLAIN, entry.place(Field.COMMENT), status=status.name)
