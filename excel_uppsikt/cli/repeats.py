"""What several units' files say alike of one shared activity, told once to whoever reads it in a row."""

import re
from collections.abc import Sequence
from dataclasses import replace

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Activity

_CELL = re.compile(r"([A-Z]+)([0-9]+)")


def folded(findings: Sequence[Finding], activities: Sequence[Activity]) -> tuple[Finding, ...]:
    """The findings in order, where those alike of one activity in several files are the first of them.

    Its message names the other files and cells. Findings are alike that say the same of the same column.
    """
    homes = {
        (ref.file, ref.sheet, ref.row): activity.id
        for activity in activities
        for ref in activity.sources
    }
    groups: dict[object, list[Finding]] = {}
    for at, finding in enumerate(findings):
        cell = _CELL.fullmatch(finding.cell or "")
        home = homes.get((finding.file or "", finding.sheet or "", int(cell[2]))) if cell else None
        words = finding.message.removeprefix(finding.source.words())
        alike = (finding.code, home, cell[1], words) if cell and home else at
        groups.setdefault(alike, []).append(finding)
    return tuple(_as_one(*group) for group in groups.values())


def _as_one(first: Finding, *others: Finding) -> Finding:
    if not others:
        return first
    places = listed([f"{finding.file} (cell {finding.cell})" for finding in others])
    return replace(first, message=f"{first.message} Detsamma gäller {places}.")
