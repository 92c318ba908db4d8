"""Which findings about rows nobody need mend any more, and where the coordinator's values stand."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from excel_uppsikt.checks import ROW_CHECKS
from excel_uppsikt.compilation.after_completion import not_seen
from excel_uppsikt.compilation.parts import same_value, shown
from excel_uppsikt.findings.catalogue.changes import E703
from excel_uppsikt.findings.catalogue.merging import M601, M602, M604, M611
from excel_uppsikt.findings.catalogue.rows import (
    C401,
    C402,
    C403,
    C404,
    C405,
    C406,
    R301,
    R302,
    R303,
    R304,
    R305,
    R306,
    R307,
    R308,
    R309,
    R310,
    R311,
    R312,
    R313,
)
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.words import is_unchanged
from excel_uppsikt.model import Activity, Compilation, Entry, Field, Line, Plan

# What is wrong with one value by itself, and is right once another has been given.
_OF_A_VALUE = (R301, R302, R305, R306, R307, R310, R311, R312, M602)
# What is wrong in a row, and matters only where the row is in the report.
_OF_A_ROW = (
    *(R301, R302, R303, R304, R305, R306, R307, R308, R309, R310, R311, R312, R313),
    *(C401, C402, C403, C404, C405, C406, M601, M602, M604, M611),
)
# A row of a form: its file, its sheet and its number.
FormRowPlace = tuple[str | None, str | None, int | None]


def settled(
    plan: Plan, compilation: Compilation, entries: Iterable[Entry], findings: Iterable[Finding]
) -> frozenset[Finding]:
    """The findings about a unit's row that are no longer so, since the coordinator has put it right.

    What a value was lacking is settled once another is given; what the checks of a row say is looked at
    once more with the coordinator's values in it. What a unit has written after a completion is settled by
    what is written once it has been told, and not by what stood there before.
    """
    entries, findings = list(entries), list(findings)
    rows: dict[FormRowPlace, Entry]
    rows = {(entry.file, entry.sheet, entry.row): entry for entry in entries}
    edited = [
        (rows[row.file, row.sheet, row.row], line.activity, fields)
        for line in compilation.lines
        if (fields := _edited_fields(line))
        for row in line.activity.sources
        if (row.file, row.sheet, row.row) in rows
    ]
    given = {
        entry.place(of)
        for entry, activity, fields in edited
        for of in fields
        if of in entry.columns and activity.values.given(of)
    }
    now = [(entry, _as_edited(plan, entry, activity, fields)) for entry, activity, fields in edited]
    still = {(f.code, f.place) for _, row in now for check in ROW_CHECKS for f in check(plan, row)}
    before = {f for entry, _ in now for check in ROW_CHECKS for f in check(plan, entry)}
    done = frozenset(
        finding
        for finding in findings
        if (finding.of(*_OF_A_VALUE) and finding.place in given)
        or (finding in before and (finding.code, finding.place) not in still)
    )
    return done - not_seen(plan, compilation, entries, done)


def left_out(compilation: Compilation, findings: Iterable[Finding]) -> frozenset[Finding]:
    """The findings about rows that are not in the report, since the coordinator has said so."""
    rows = frozenset(rows_left_out(compilation))
    return frozenset(f for f in findings if f.of(*_OF_A_ROW) and _row_of(f) in rows)


def answered(entries: Iterable[Entry], findings: Iterable[Finding]) -> frozenset[Finding]:
    """The findings that ask of a comment like the last what the unit has said: that nothing has happened."""
    unchanged = {
        (entry.file, entry.sheet, entry.row)
        for entry in entries
        if is_unchanged(entry.raw.get(Field.COMMENT, ""))
    }
    return frozenset(f for f in findings if f.variant is E703.UNCHANGED and _row_of(f) in unchanged)


def asked_otherwise(findings: Iterable[Finding]) -> frozenset[Finding]:
    """The hints that ask why the coordinator has moved a date which is asked about as it stands."""
    told = list(findings)
    asked = {_row_of(finding) for finding in told if finding.of(C402, C403)}
    return frozenset(f for f in told if f.variant is E703.MOVED_HERE and _row_of(f) in asked)


def rows_left_out(compilation: Compilation) -> Iterator[FormRowPlace]:
    """The forms' rows that stand in no activity of the report, since the coordinator has said so."""
    # One that is away was last collected from rows that may be another activity's by now.
    lines = [line for line in compilation.lines if not line.choice.away]
    reported = {
        (row.file, row.sheet, row.row)
        for line in lines
        if line.choice.reported
        for row in line.activity.sources
    }
    for line in lines:
        for row in line.activity.sources:
            if (row.file, row.sheet, row.row) not in reported:
                yield row.file, row.sheet, row.row


def _row_of(finding: Finding) -> FormRowPlace:
    return finding.file, finding.sheet, finding.place.row


def own_places(
    compilation: Compilation, activities: Iterable[Activity]
) -> dict[tuple[str, Field], Place]:
    """Where the values stand that the coordinator has given and no unit, by the row's Id and the field."""
    handed = {activity.id: activity for activity in activities}
    places: dict[tuple[str, Field], Place] = {}
    for line in compilation.lines:
        said = handed.get(line.activity.id)
        for of in Field:
            same = said is not None and same_value(line.activity, said, of)
            if line.read is not None and not same:
                places[line.activity.id, of] = line.read.place(of)
    return places


def unit_places(
    activities: Iterable[Activity], entries: Iterable[Entry]
) -> dict[tuple[str, Field], Place]:
    """Where the values stand in the units' rows, by the activity's Id and the field.

    In the first row that says the same, else in the first that says something.
    """
    rows: dict[FormRowPlace, Entry]
    rows = {(entry.file, entry.sheet, entry.row): entry for entry in entries}
    places: dict[tuple[str, Field], Place] = {}
    for activity in activities:
        at = [(one.file, one.sheet, one.row) for one in activity.sources]
        said = [rows[row] for row in at if row in rows]
        for of in Field:
            value = activity.values.value(of)
            given = [entry for entry in said if entry.values.given(of) and of in entry.columns]
            given.sort(key=lambda entry: entry.values.value(of) != value)
            if given:
                places[activity.id, of] = given[0].place(of)
    return places


def _edited_fields(line: Line) -> list[Field]:
    if line.collected is None or not line.choice.reported:
        return []
    return [of for of in Field if not same_value(line.activity, line.collected, of)]


def _as_edited(plan: Plan, entry: Entry, activity: Activity, fields: Iterable[Field]) -> Entry:
    """A unit's row with what the coordinator has written in these fields."""
    values, raw = entry.values, dict(entry.raw)
    for of in fields:
        values = values.taking(of, activity.values)
        raw.pop(of, None)
        if activity.values.given(of):
            raw[of] = shown(plan, activity, of)
    return replace(entry, values=values, raw=raw)
