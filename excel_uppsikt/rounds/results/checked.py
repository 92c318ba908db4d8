"""A round read, checked and merged, and where each unit and Gemensamt stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from excel_uppsikt.checks.hand_ins import answered
from excel_uppsikt.checks.units import round_terms
from excel_uppsikt.compilation.completions import AskedOfAll, asked_of_all
from excel_uppsikt.compilation.own_placed import PlacedOwn
from excel_uppsikt.findings.finding import CannotRunError, Finding, has_errors
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.folders import Lying
from excel_uppsikt.intake.inbox import Inbox
from excel_uppsikt.model import (
    Activity,
    Change,
    Collection,
    Compilation,
    Department,
    FormKind,
    Plan,
    RuleTerm,
    Submission,
)


class CompletionState(StrEnum):
    """Whether somebody who was asked to complete something has done so."""

    ASKED = "asked"
    GIVEN = "given"


class UnusablePlanError(CannotRunError):
    """The plan has faults, its findings, that nothing can be done with until they are corrected."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("Planen kan inte användas förrän felen i den är rättade.")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class OwnerStatus:
    """Where a unit or a Gemensamt stands: its files in use, whether anything came, the unit rule's terms.

    `set_aside` are files of its own that are not used, and forms of a goal with rows of its that the
    coordinator has set aside; `unread` is whether a file with its name came that could not be read.
    """

    name: str
    files: tuple[str, ...]
    set_aside: tuple[str, ...]
    came: bool
    unread: bool
    rule: tuple[RuleTerm, ...]
    completion: CompletionState | None = None


@dataclass(frozen=True, slots=True)
class CheckedRound:
    """A round read, checked and merged with the coordinator's edits; nothing has been written.

    `activities` are as collected, `compilation` as merged, and `previous` the previous round's.
    `settled` counts the findings left out since the coordinator has given the value, `left_out` those
    about rows that the coordinator keeps out of the report. `common_expected` are the departments whose
    own form is to come, `read_as` a mark of the compilation as it was read, and `inbox` what was read there,
    whose files lay as `lay` says before that. `own` is what the coordinator has added to the compilation.
    """

    folder: Path
    plan: Plan
    collection: Collection
    activities: tuple[Activity, ...]
    compilation: Compilation
    previous: Compilation
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    settled: int = 0
    left_out: int = 0
    common_expected: tuple[str, ...] = ()
    read_as: str | None = None
    inbox: Inbox | None = field(default=None, compare=False)
    lay: Mapping[str, Lying] = field(default_factory=dict, compare=False)
    own: PlacedOwn = field(default_factory=PlacedOwn)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)

    @property
    def rule(self) -> tuple[RuleTerm, ...]:
        """The unit rule's terms for every unit, on what the report will hold."""
        made = self.compilation
        return round_terms(self.plan, made.approved, made.handed, made.heard)

    @property
    def answered(self) -> frozenset[str]:
        """Who has handed anything in: units by name, departments' own forms as `Gemensamt NAME`."""
        return answered(self.plan, self.collection)

    @property
    def asked(self) -> AskedOfAll:
        """What is to be completed by whom, where a report stands as sent back."""
        return asked_of_all(self.plan, self.compilation)

    def completions(self) -> dict[str, CompletionState]:
        """Who is asked to complete something, and whether they have, by owner."""
        came = {submission.owner for submission in self.collection.completions}
        return {
            owner: CompletionState.GIVEN if owner in came else CompletionState.ASKED
            for owner in self.asked.by_owner
        }

    def owners(self) -> tuple[OwnerStatus, ...]:
        """Where each unit stands, in the plan's order, and then each Gemensamt that is expected or came."""
        came, rule = self.answered, self.rule
        completions = self.completions()
        submissions = self.collection.submissions
        used = [one for one in submissions if one.used and not one.completion]
        units = [
            (unit.name, [s.file for s in used if s.unit == unit.name]) for unit in self.plan.units
        ]
        common = [
            (f"{COMMON} {department.name}", _common_files(used, department))
            for department in self.plan.departments
            if _common_files(submissions, department) or department.name in self.common_expected
        ]
        return tuple(
            OwnerStatus(
                name=name,
                files=tuple(files),
                set_aside=tuple(s.file for s in submissions if _is_aside(s, name)),
                came=name in came,
                unread=name in self.collection.unreadable_units,
                rule=tuple(term for term in rule if term.unit == name),
                completion=completions.get(name),
            )
            for name, files in (*units, *common)
        )


def _is_aside(submission: Submission, name: str) -> bool:
    if submission.used:
        return False
    of_goal = submission.kind is FormKind.GOAL and submission.proposed
    rows = submission.entries if of_goal else ()
    return _owner(submission) == name or any(name in entry.values.units for entry in rows)


def _owner(submission: Submission) -> str | None:
    common = f"{COMMON} {submission.department}" if submission.kind is FormKind.COMMON else None
    return submission.unit or common


def _common_files(used: Iterable[Submission], department: Department) -> list[str]:
    return [s.file for s in used if s.kind is FormKind.COMMON and s.department == department.name]
