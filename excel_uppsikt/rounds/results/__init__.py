"""What each step gives back, for whichever face shows it: what was read, written, and is left to do."""

from excel_uppsikt.rounds.results.checked import (
    CheckedRound,
    CompletionState,
    OwnerStatus,
    UnusablePlanError,
)
from excel_uppsikt.rounds.results.mailings import (
    Drafted,
    Held,
    Mailing,
    Misplaced,
    Sent,
    Unreached,
)
from excel_uppsikt.rounds.results.new_round import Carried, NewRound
from excel_uppsikt.rounds.results.publications import Outdated, Publication, Publications, Readiness
from excel_uppsikt.rounds.results.reports import (
    NO_EXTRAS,
    Extras,
    Report,
    Reports,
    Review,
    Unmerged,
)
from excel_uppsikt.rounds.results.tables import Tables
from excel_uppsikt.rounds.results.workbooks import (
    CompilationWritten,
    CompletionForms,
    Forms,
    HandIn,
    Returns,
    StartedOver,
    Withheld,
)

__all__ = [
    "NO_EXTRAS",
    "Carried",
    "CheckedRound",
    "CompilationWritten",
    "CompletionForms",
    "CompletionState",
    "Drafted",
    "Extras",
    "Forms",
    "HandIn",
    "Held",
    "Mailing",
    "Misplaced",
    "NewRound",
    "Outdated",
    "OwnerStatus",
    "Publication",
    "Publications",
    "Readiness",
    "Report",
    "Reports",
    "Returns",
    "Review",
    "Sent",
    "StartedOver",
    "Tables",
    "Unmerged",
    "Unreached",
    "UnusablePlanError",
    "Withheld",
]
