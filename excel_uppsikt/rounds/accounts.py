"""What a department's report is made of: its account out of the round's, and the template."""

from collections.abc import Sequence
from pathlib import Path

from excel_uppsikt.bundled import bundled
from excel_uppsikt.compilation.decisions import standing
from excel_uppsikt.model import Change, Compilation, Department, Outcome
from excel_uppsikt.report.account import Account
from excel_uppsikt.round_paths import REPORT_TEMPLATE
from excel_uppsikt.rounds.completed import completed_since
from excel_uppsikt.rounds.results import CheckedRound, Review


def account_of(
    of: CheckedRound | Review,
    department: Department,
    changes: Sequence[Change] | None,
    before: Compilation,
) -> Account:
    """What a department's report tells of, out of what is told of the whole round."""
    name, units = department.name, {unit.name for unit in of.plan.units_of(department.name)}
    ruling = standing(of.compilation.decisions, name)
    rule = [term for term in of.rule if term.unit in units]
    return Account(
        activities=[a for a in of.compilation.in_reports if a.department == name],
        changes=None if changes is None else [c for c in changes if c.activity.department == name],
        # Of a rule that asks for nothing there is nothing to tell.
        rule=rule if any(term.minimum for term in rule) else [],
        sent_back=completed_since(of.folder, of.plan, department, of.compilation),
        to_board=ruling is not None and ruling.outcome is Outcome.TO_BOARD,
        before=standing(before.decisions, name),
    )


def template_of(folder: Path) -> bytes:
    """The round's own template, or the program's."""
    own = folder / REPORT_TEMPLATE
    path = own if own.is_file() else bundled("workbook_templates") / REPORT_TEMPLATE
    return path.read_bytes()
