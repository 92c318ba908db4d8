"""What a unit's own form says otherwise once completed, and whether the coordinator has chosen since."""

from collections.abc import Iterable, Mapping

from excel_uppsikt.compilation.parts import shown
from excel_uppsikt.findings.catalogue.merging import M602
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.text import short_hash
from excel_uppsikt.model import Compilation, Entry, Plan

# How a mark among those heard begins that says what stood in the compilation when it was told.
_TOLD = "Efter komplettering"


def told_marks(
    plan: Plan,
    compilation: Compilation,
    entries: Iterable[Entry],
    findings: Iterable[Finding],
    earlier: frozenset[str] | None,
) -> frozenset[str]:
    """Marks of what is told, with what stood in its place then; of what was told in `earlier`, theirs."""
    values = _standing(plan, compilation, entries)
    kept = {
        " ".join(mark.split(" ")[:-1]): mark for mark in earlier or () if mark.startswith(_TOLD)
    }
    made = {
        _mark(finding): f"{_mark(finding)} {short_hash(values.get(finding.place, ''))}"
        for finding in findings
        if finding.variant is M602.AFTER_COMPLETION
    }
    return frozenset((made | kept).values())


def not_seen(
    plan: Plan, compilation: Compilation, entries: Iterable[Entry], findings: Iterable[Finding]
) -> frozenset[Finding]:
    """Those told of a value which is still what it was when they were told first: nobody has chosen."""
    heard, values = compilation.heard or frozenset(), _standing(plan, compilation, entries)
    return frozenset(
        finding
        for finding in findings
        if finding.variant is M602.AFTER_COMPLETION
        and f"{_mark(finding)} {short_hash(values.get(finding.place, ''))}" in heard
    )


def _mark(finding: Finding) -> str:
    place = f"{finding.place.row} {finding.place.column}"
    return (
        f"{_TOLD} {short_hash(finding.file or '', finding.sheet or '', place, finding.value or '')}"
    )


def _standing(
    plan: Plan, compilation: Compilation, entries: Iterable[Entry]
) -> Mapping[Place, str]:
    """What the compilation says where the cells of these rows went."""
    rows: dict[tuple[str | None, str | None, int | None], Entry]
    rows = {(entry.file, entry.sheet, entry.row): entry for entry in entries}
    return {
        entry.place(of): shown(plan, line.activity, of)
        for line in compilation.lines
        for source in line.activity.sources
        if (entry := rows.get((source.file, source.sheet, source.row))) is not None
        for of in entry.columns
    }
