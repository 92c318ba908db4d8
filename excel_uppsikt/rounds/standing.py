"""Where a round stands, in words and numbers: all that status tells whatever the day and the mail.

It can be kept and shown again without what reads a round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OwnerStanding:
    """Where a unit or a Gemensamt stands; `words` are what came, rows, what is left, return and rule.

    The rest is as `Owing` has it, with kinds and days as they are written.
    """

    name: str
    words: Sequence[str]
    unit: str | None
    department: str
    kind: str
    files: Sequence[str]
    saved: str | None
    activities: int
    errors: int
    warnings: int
    returned: bool
    mended: int | None
    completion: str | None
    rule: bool
    came: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A round's owners, a sentence of each department's sums, what is carried on, and the findings.

    `deadline` is the last day for answers, `carried` and `found` are empty where there is nothing to tell,
    and `ok` is whether no finding is an error.
    """

    round_name: str
    deadline: date | None
    owners: Sequence[OwnerStanding]
    departments: Sequence[str]
    carried: str
    found: str
    ok: bool

    def days_left(self, today: date) -> int | None:
        """How many days are left to the last day for answers, negative when it has passed."""
        return (self.deadline - today).days if self.deadline else None
