"""What each step gives back, for whichever face shows it: what was read, written, and is left to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.checks.units import answered, round_terms
from excel_uppsikt.compilation.completions import AskedOfAll, asked_of_all
from excel_uppsikt.compilation.own_placed import PlacedOwn
from excel_uppsikt.findings.finding import CannotRunError, Finding, has_errors
from excel_uppsikt.form.definition import COMMON, COMPLETION_OF
from excel_uppsikt.intake.inbox import Inbox
from excel_uppsikt.mail.delivery import Delivered, Standing
from excel_uppsikt.mail.drafts import Draft
from excel_uppsikt.mail.message import MailKind, Message
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
from excel_uppsikt.rounds.outputs import Written

if TYPE_CHECKING:
    from excel_uppsikt.report.template import Front
    from excel_uppsikt.rounds.versions import KeptVersions
    from excel_uppsikt.word.left_over import LeftOver
    from excel_uppsikt.word.publishing import Unfinished


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
    own form is to come, `read_as` a mark of the compilation as it was read, and `inbox` what was read there.
    `own` is what the coordinator has added to the compilation.
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


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new round has of the last one, and what it has not.

    `previous` is the path to the last compilation as the plan gives it, '' where there is none.
    `to_fill_in` are the cells that wait for this round's values, `faults` all else that is wrong in the
    new plan, and `missing` the sheets that the last plan lacked, which are as in a blank one. `own`
    columns and sheets stand in the new plan as values; `former` names of units, and what was `left` by
    place, do not.
    """

    last: Path
    previous: str
    to_fill_in: tuple[Finding, ...]
    faults: tuple[Finding, ...]
    missing: tuple[str, ...]
    own: tuple[str, ...]
    former: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    with_template: bool


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round's folder as made, with a plan to fill in: a blank one, or one `carried` from the last round."""

    folder: Path
    plan: Path
    inbox: Path
    carried: Carried | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong in the plan; cells to fill in are no fault."""
        return self.carried is None or not has_errors(self.carried.faults)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms as written, and which activities of the previous round went into them.

    `left_out` have neither goal nor unit in the plan any more, `excluded` were kept out of the report.
    """

    folder: Path
    plan: Plan
    findings: tuple[Finding, ...]
    written: tuple[Written, ...]
    carried: int
    left_out: tuple[Activity, ...]
    excluded: tuple[Activity, ...]

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)


@dataclass(frozen=True, slots=True)
class CompletionForms:
    """The forms for what was sent back as written, and what is written that nobody can be asked.

    `undecided` are departments with something to complete though nothing was sent back, `homeless`
    activities without a unit, `removed` forms from before that ask for nothing now. `without_day` is
    whether the plan has no last day for answers after the decision.
    """

    folder: Path
    written: tuple[Written, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[str, ...] = ()
    homeless: tuple[Activity, ...] = ()
    removed: tuple[str, ...] = ()
    without_day: bool = False

    @property
    def ok(self) -> bool:
        """Whether there was something to ask, and no finding is an error."""
        return bool(self.written) and not has_errors(self.findings)


@dataclass(frozen=True, slots=True)
class HandIn:
    """What has become of a hand-in: its return as written, if any, what was put right, what is left.

    `completion` is whether it is a form for what was sent back.
    """

    owner: str
    written: Written | None
    corrected: int
    left: int
    completion: bool = False

    @property
    def words(self) -> str:
        """Whose it is, and which of its forms."""
        return f"{self.owner} ({COMPLETION_OF.lower()})" if self.completion else self.owner


@dataclass(frozen=True, slots=True)
class Withheld:
    """Who gets no return, although something is wrong in the file in use, and the files set aside."""

    owner: str
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returns:
    """The returns as written, one for each hand-in with something to put right.

    `withheld` are those whose later file the coordinator has set aside.
    """

    folder: Path
    hand_ins: tuple[HandIn, ...]
    ok: bool = True
    withheld: tuple[Withheld, ...] = ()

    @property
    def written(self) -> tuple[Written, ...]:
        """The returns' files."""
        return tuple(one.written for one in self.hand_ins if one.written is not None)


@dataclass(frozen=True, slots=True)
class CompilationWritten:
    """The compilation as written; `beside` is where an edited one is kept as it was."""

    folder: Path
    written: Written
    ok: bool = True


@dataclass(frozen=True, slots=True)
class StartedOver:
    """The compilation was saved while it was being merged, so that it is read and merged once more."""

    folder: Path
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """The compilation read as the committee will read it, before a report is made of it.

    `outdated` is whether the inbox has files that have come since it was written.
    """

    folder: Path
    plan: Plan
    compilation: Compilation
    findings: tuple[Finding, ...]
    outdated: bool

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

    `numbered` is whether its contents have page numbers, `unfilled` are placeholders in fixed texts
    that the plan gives nothing for, `faults` what is not accessible in it, in words, `front`
    what became of the template's own text, and `older` files from before that were not made anew.
    """

    department: Department
    written: tuple[Written, ...]
    numbered: bool
    unfilled: tuple[str, ...]
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


class Outdated(Enum):
    """What a report is older than: the compilation, the plan or the template, or perhaps one of them."""

    COMPILATION = "compilation"
    PLAN = "plan"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Why a report is not to go out as it lies, if anything.

    `left` is what is left to fill in, `outdated` what it is older than, `lock` the name of the lock file
    where it is open in another program, `unreadable` whether it cannot be read as a Word document.
    """

    left: tuple["LeftOver", ...] = ()
    outdated: Outdated | None = None
    lock: str | None = None
    unreadable: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing stands in its way."""
        return self == Readiness()


@dataclass(frozen=True, slots=True)
class Publication:
    """A report to publish: the clean copies as written, or why there are none.

    `unfinished` is what in it keeps it from being published, and `lying` how it lies otherwise. `newer` is
    whether another report waits beside it, made after it was edited by hand. `old_pdfs` are PDF files
    that say what it said before, and `earlier` what was published of it before where nothing is now.
    """

    report: Path
    written: tuple[Written, ...] = ()
    unfinished: "Unfinished | None" = None
    newer: bool = False
    lying: Readiness = Readiness()
    old_pdfs: tuple[Path, ...] = ()
    earlier: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Publications:
    """The clean copies of the reports, and the reports that cannot be published yet."""

    folder: Path
    findings: tuple[Finding, ...]
    publications: tuple[Publication, ...]
    kept: "KeptVersions | None" = None

    @property
    def ok(self) -> bool:
        """Whether there was a report, each was published, and no finding is an error."""
        done = bool(self.publications) and all(one.written for one in self.publications)
        return done and not has_errors(self.findings)


@dataclass(frozen=True, slots=True)
class Held:
    """A report by its file in the round, and why it is not to go out as it lies."""

    file: str
    lying: Readiness


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A file that is not mailed to somebody, since it is not theirs.

    `owner` is whose it is by what it says itself, '' where it does not tell.
    """

    file: str
    whom: str
    owner: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is to get what, worked out once: the messages, and who gets none and why.

    `without_address` are those whom there is no address for, `missing` the files that are missing, and
    `misplaced` files that belong to somebody else than whom they would have gone to. `newer` are files that
    lie beside the attached ones, made after those were edited by hand. `held` are the reports that are not
    mailed since they are not ready, `told` those that are mailed all the same, `old_pdfs` PDF files beside
    them that say what they said before, and `withheld` who gets no return. `unread` are those who get no
    reminder since a file has come, which cannot be read. `unnamed` are files that would have gone with a
    report, which do not say themselves whose they are. `partly` is whether only some were asked for.
    """

    folder: Path
    plan: Plan
    kind: MailKind
    messages: tuple[Message, ...] = ()
    without_address: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    misplaced: tuple[Misplaced, ...] = ()
    newer: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    held: tuple[Held, ...] = ()
    told: tuple[Held, ...] = ()
    old_pdfs: tuple[Path, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    unread: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    partly: bool = False

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to mail: all have answered, or nothing is to be put right."""
        nothing = not (self.messages or self.without_address or self.missing or self.misplaced)
        return nothing and self.kind not in (MailKind.TEMPLATES, MailKind.REPORTS)

    @property
    def ok(self) -> bool:
        """Whether somebody or nobody was to have mail, all may have theirs, and no finding is an error."""
        some = bool(self.messages or self.nobody)
        return some and not (self.held or self.misplaced or has_errors(self.findings))


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of a mailing as written; `removed` are those from before that nobody is to get now.

    `passed_over` are the messages that have gone out already, of which there is no draft.
    """

    mailing: Mailing
    drafts: tuple[tuple[Draft, Written], ...]
    removed: tuple[str, ...] = ()
    passed_over: tuple[Standing, ...] = ()
    kept: "KeptVersions | None" = field(default=None, compare=False)

    @property
    def ok(self) -> bool:
        """Whether there was a draft for each who is to have one, or nobody."""
        return self.mailing.ok


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of each message of a mailing, and the versions that were kept of what was handed out.

    `removed` are the drafts from before of what has been sent.
    """

    mailing: Mailing
    delivered: tuple[Delivered, ...]
    kept: "KeptVersions | None" = field(default=None, compare=False)
    removed: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether each message has gone out, now or before."""
        return self.mailing.ok and all(one.arrived for one in self.delivered)


@dataclass(frozen=True, slots=True)
class Tables:
    """The round's tables as written, and the findings that are in one of them."""

    folder: Path
    written: tuple[Written, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)
