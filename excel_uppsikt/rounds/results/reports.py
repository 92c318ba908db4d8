"""The compilation as reviewed before the reports, and the reports as written."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.checks.units import round_terms
from excel_uppsikt.findings.finding import Finding, has_errors
from excel_uppsikt.model import Compilation, Department, Plan, RuleTerm
from excel_uppsikt.rounds.outputs import Written

if TYPE_CHECKING:
    from excel_uppsikt.report.template import Front


@dataclass(frozen=True, slots=True)
class Unmerged:
    """The inbox's files that the compilation does not have as they lie: new, changed since, and gone since.

    `newer` are files saved after the compilation, where nothing more is known.
    """

    come: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.come or self.changed or self.gone or self.newer)


@dataclass(frozen=True, slots=True)
class Review:
    """The compilation read as the committee will read it, before a report is made of it.

    `unmerged` is what has happened in the inbox since it was made.
    """

    folder: Path
    plan: Plan
    compilation: Compilation
    findings: tuple[Finding, ...]
    unmerged: Unmerged = field(default_factory=Unmerged)

    @property
    def rule(self) -> tuple[RuleTerm, ...]:
        """The unit rule's terms for every unit, on what the report will hold."""
        made = self.compilation
        return round_terms(self.plan, made.approved, made.handed, made.heard)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)


@dataclass(frozen=True, slots=True)
class Extras:
    """What is made beside the reports: PDF files, and copies for the coordinator with sources."""

    pdf: bool = False
    sources: bool = False


NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True)
class Report:
    """A department's documents as written; the report itself is the first of them.

    `numbered` is whether its contents have page numbers, `unfilled` and `unfilled_in_letter` are
    placeholders in the fixed texts of each that the plan gives nothing for, `faults` what is not
    accessible in it, in words, `front` what became of the template's own text, and `older` files from
    before that were not made anew.
    """

    department: Department
    written: tuple[Written, ...]
    numbered: bool
    unfilled: tuple[str, ...]
    unfilled_in_letter: tuple[str, ...]
    faults: tuple[str, ...]
    front: "Front"
    older: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports as written. `homeless` counts activities of no department, which are in none of them.

    `can_print` is whether there is a program that makes page numbers and PDF files.
    """

    folder: Path
    reports: tuple[Report, ...]
    homeless: int
    extras: Extras
    can_print: bool
    ok: bool = True
