"""What comes of a file in the inbox: its forms as submissions, what is wrong in it, and its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.table import SheetRows
from excel_uppsikt.model import Submission


@dataclass(frozen=True, slots=True)
class Mail:
    """What is written in a mail, and the mail's path."""

    file: str
    written: Written


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file, or of one inside another: a submission if it was a form, and findings.

    `unreadable` is whether it could not be read, and `unreadable_unit` whose it then seems to be. `mail` is
    what is written in one, which is told when all of them are known.
    """

    submission: Submission | None
    findings: tuple[Finding, ...]
    unreadable_unit: str | None = None
    unreadable: bool = False
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of a file and of those inside it, and what was passed over there.

    `sheets` gives the rows for the inbox's table, which few ask for.
    """

    outcomes: tuple[Outcome, ...]
    passed_over: tuple[str, ...]
    sheets: Callable[[], Sequence[SheetRows]]
