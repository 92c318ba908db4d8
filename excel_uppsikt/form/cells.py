"""What is said of a cell that could not be read, or not exactly: in a unit's form and the compilation."""

from excel_uppsikt.findings.finding import Finding, Source, find, quote
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.choices import ChoiceReading
from excel_uppsikt.language.dates import DateReading
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Field, Plan


def date_finding(
    plan: Plan, of: Field, written: str, reading: DateReading, source: Source
) -> Finding | None:
    """R302 for what is no date or may be two, R312 for a period read as one of its days."""
    header = form.header(of)
    if reading.problem == "ambiguous":
        first, second = reading.readings
        both = {"first": first, "second": second}
        return find("R302", source, written, variant="ambiguous", header=header, **both)
    if reading.problem == "not_real":
        return find("R302", source, written, variant="not_real", header=header)
    if reading.problem:
        settings = plan.settings
        example = settings.last_date if of is Field.END else settings.first_date
        return find("R302", source, written, header=header, example=example)
    if reading.inexact:
        return find("R312", source, written, header=header, read=reading.value)
    return None


def status_finding(
    plan: Plan, written: str, reading: ChoiceReading, source: Source
) -> Finding | None:
    """R305 for an unknown status, with what may be meant, R311 for a near miss that was taken."""
    if reading.name is None:
        near = listed([quote(name) for name in reading.near], "eller")
        allowed = listed([quote(status.name) for status in plan.statuses], "eller")
        variant = "near" if near else ""
        return find("R305", source, written, variant=variant, near=near, allowed=allowed)
    if not reading.exact:
        return find("R311", source, written, read=reading.name)
    return None
