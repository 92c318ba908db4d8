"""Whether each report may go out as it lies, and the clean copies that were published."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.findings.finding import Finding, has_errors
from excel_uppsikt.rounds.outputs import Written

if TYPE_CHECKING:
    from excel_uppsikt.rounds.versions import KeptVersions
    from excel_uppsikt.word.left_over import LeftOver
    from excel_uppsikt.word.publishing import Unfinished


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
