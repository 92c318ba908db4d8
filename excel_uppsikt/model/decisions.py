"""What committees have decided: the sheet Beslut, and what it comes to for a report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What a committee decides about a report, in the words of the sheet Beslut."""

    APPROVED = "godkänd"
    SENT_BACK = "återremiss"
    TO_BOARD = "till KS"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of the sheet Beslut; what is missing or cannot be read is None.

    `at` is how far it stands below the headings (0 for the first row), and `cells` what stands in each of
    its columns (0-based), whatever it is. `owners` are those whom a question concerns: units by name, a
    department's own form as `Gemensamt NAME`.
    """

    at: int
    cells: Mapping[int, object]
    department: str | None = None
    outcome: Outcome | None = None
    day: date | None = None
    paragraph: str = ""
    reasons: str = ""
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """The sheet Beslut as it stands. `headings` are those of the coordinator's own columns (0-based)."""

    rows: tuple[DecisionRow, ...] = ()
    headings: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be completed by somebody, in words, where it concerns no activity in particular."""

    owner: str
    asked: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What has been decided about a department's report on one occasion, by one or several rows."""

    department: str
    outcome: Outcome
    day: date | None = None
    paragraph: str = ""
    reasons: str = ""
    questions: tuple[Question, ...] = ()
