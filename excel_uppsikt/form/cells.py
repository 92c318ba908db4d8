"""What is said of a cell that could not be read, or not exactly: in a unit's form and the compilation."""

from excel_uppsikt.findings.catalogue.rows import R302, R305, R311, R312
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.choices import ChoiceReading
from excel_uppsikt.language.dates import DateReading
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Field, Plan


def date_finding(
    plan: Plan, of: Field, written: str, reading: DateReading, place: Place
) -> Finding | None:
    """R302 for what is no date or may be two, R312 for a period read as one of its days."""
    header = form.header(of)
    if reading.problem == "ambiguous":
        first, second = reading.readings
        return find(R302.AMBIGUOUS, place, written, header=header, first=first, second=second)
    if reading.problem == "not_real":
        return find(R302.NOT_REAL, place, written, header=header)
    if reading.problem:
        settings = plan.settings
        example = settings.last_date if of is Field.END else settings.first_date
        return find(R302.UNREADABLE, place, written, header=header, example=example)
    if reading.inexact:
        return find(R312.PLAIN, place, written, header=header, read=reading.value)
    return None


def status_finding(
    plan: Plan, written: str, reading: ChoiceReading, place: Place
) -> Finding | None:
    """R305 for an unknown status, with what may be meant, R311 for a near miss that was taken."""
    if reading.name is None and reading.near:
        near = listed([quote(name) for name in reading.near], "eller")
        return find(R305.NEAR, place, written, near=near)
    if reading.name is None:
        allowed = listed([quote(status.name) for status in plan.statuses], "eller")
        return find(R305.UNKNOWN, place, written, allowed=allowed)
    if not reading.exact:
        return find(R311.PLAIN, place, written, read=reading.name)
    return None
