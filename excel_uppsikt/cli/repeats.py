"""What several units' files say alike of one shared activity, told once to whoever reads it in a row."""

from collections.abc import Iterable, Sequence

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Activity


def told_once(
    findings: Iterable[Finding], activities: Iterable[Activity]
) -> tuple[tuple[Finding, ...], ...]:
    """The findings in order, those together that say the same of one activity's same column."""
    homes = {
        (row.file, row.sheet, row.row): activity.id
        for activity in activities
        for row in activity.sources
    }
    groups: dict[object, list[Finding]] = {}
    for at, finding in enumerate(findings):
        place = finding.place
        home = homes.get((place.file, place.sheet, place.row)) if place.column else None
        alike = (finding.variant, finding.value, finding.fields, home, place.column)
        groups.setdefault(alike if home else at, []).append(finding)
    return tuple(map(tuple, groups.values()))


def in_one_line(group: Sequence[Finding]) -> str:
    """What findings that are alike say: the first of them, and where the others are."""
    first, *others = group
    if not others:
        return first.message
    places = listed([f"{finding.file} (cell {finding.cell})" for finding in others])
    return f"{first.message} Detsamma gäller {places}."
