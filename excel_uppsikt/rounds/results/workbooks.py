"""Forms, completion forms, returns and the compilation as written."""

from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.findings.finding import Finding, has_errors
from excel_uppsikt.form.definition import COMPLETION_OF
from excel_uppsikt.model import Activity, Plan
from excel_uppsikt.rounds.outputs import Written


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
