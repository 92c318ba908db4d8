"""What is found in a round as merged: in the hand-ins, in the compilation, and what of it no longer holds."""

from collections.abc import Sequence
from dataclasses import replace

from excel_uppsikt import figures
from excel_uppsikt.checks import check_all
from excel_uppsikt.checks.hand_ins import common_missing
from excel_uppsikt.compilation.decisions import standing
from excel_uppsikt.compilation.review import (
    own_rows_alike,
    review_edited_dates,
    review_own_rows,
)
from excel_uppsikt.compilation.settled import (
    answered,
    asked_otherwise,
    left_out,
    own_places,
    settled,
    unit_places,
)
from excel_uppsikt.findings.catalogue.plan import P104
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.model import Collection, Compilation, Entry, Outcome
from excel_uppsikt.rounds.results import CheckedRound


def of_hand_ins(checked: CheckedRound) -> tuple[Finding, ...]:
    """What the checks find in what came, and the departments whose own form did not."""
    plan, collection, compilation = checked.plan, checked.collection, checked.compilation
    approved, handed = compilation.approved, compilation.handed
    return (
        *check_all(plan, collection, approved, handed, checked.previous.in_reports),
        *common_missing(plan, collection, checked.common_expected),
    )


def of_compilation(checked: CheckedRound) -> tuple[Finding, ...]:
    """What is found in the coordinator's own rows and edits, and in the changes since the last round."""
    plan, compilation, changes = checked.plan, checked.compilation, checked.changes
    changed = (change.activity for change in changes)
    return (
        *review_own_rows(plan, compilation),
        *own_rows_alike(compilation),
        *review_edited_dates(plan, compilation),
        *figures.change_findings(
            changes,
            own_places(compilation, checked.activities),
            unit_places(changed, _rows(checked.collection)),
        ),
    )


def with_findings(checked: CheckedRound, findings: Sequence[Finding]) -> CheckedRound:
    """The round with these findings in order, but those put right, left out, answered or asked otherwise."""
    rows = _rows(checked.collection)
    done = settled(checked.plan, checked.compilation, rows, findings)
    out = left_out(checked.compilation, findings) - done
    moot = {*done, *out, *answered(rows, findings), *asked_otherwise(findings)}
    moot |= _of_decided(checked.compilation, findings)
    holding = in_order(finding for finding in findings if finding not in moot)
    return replace(checked, findings=holding, settled=len(done), left_out=len(out))


def _of_decided(compilation: Compilation, findings: Sequence[Finding]) -> frozenset[Finding]:
    """P104 of reports that are decided about, where the last day of corrections is for another's now."""
    asked = (f for f in findings if f.variant is P104.CORRECTIONS)
    by_department = {finding: dict(finding.fields)["department"] for finding in asked}
    rulings = {f: standing(compilation.decisions, str(name)) for f, name in by_department.items()}
    return frozenset(
        f for f, one in rulings.items() if one and one.outcome is not Outcome.SENT_BACK
    )


def _rows(collection: Collection) -> tuple[Entry, ...]:
    """Every row that came, in forms and in those for completion."""
    return (*collection.entries, *(row for one in collection.completions for row in one.entries))
