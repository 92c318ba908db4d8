"""What is found in a round as merged: in the hand-ins, in the compilation, and what of it no longer holds."""

from collections.abc import Sequence
from dataclasses import replace

from excel_uppsikt import figures
from excel_uppsikt.checks import check_all
from excel_uppsikt.checks.units import common_missing
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
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.model import Collection, Entry
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
    holding = in_order(finding for finding in findings if finding not in moot)
    return replace(checked, findings=holding, settled=len(done), left_out=len(out))


def _rows(collection: Collection) -> tuple[Entry, ...]:
    """Every row that came, in forms and in those for completion."""
    return (*collection.entries, *(row for one in collection.completions for row in one.entries))
