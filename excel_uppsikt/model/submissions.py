"""What units have handed in: forms as received, and all that the inbox held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from excel_uppsikt.language.text import fold
from excel_uppsikt.model.plan import Goal
from excel_uppsikt.model.values import Row, Values


class FormKind(StrEnum):
    """Whose a form is: one unit's, a department's common one, or a goal's for all units."""

    UNIT = "enhet"
    COMMON = "gemensamt"
    GOAL = "mål"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Row):
    """A row of a received workbook. `id` is the activity's, where the form had one."""

    goal: Goal
    department: str | None
    id: str | None = None

    @property
    def activity(self) -> tuple[str | None, int, str]:
        """What rows of the same activity have alike: department, goal and title; one without a title none."""
        title = fold(self.values.title) or f"\0{self.file}\0{self.sheet}\0{self.row:07}"
        return (self.department, self.goal.number, title)


def count_activities(entries: Iterable[Entry]) -> int:
    """How many activities rows are, those that are the same counted once, as the report will have them."""
    return len({entry.activity for entry in entries})


@dataclass(frozen=True, slots=True)
class Submission:
    """A received workbook that is a form of this round. `unit` is None unless it is one unit's.

    `proposed` is whether the program would use it, `used` whether it is after the coordinator's say.
    With `completion` it is a form for what was sent back, which went out with the activities in `sent`, by
    their Ids.
    """

    file: str
    kind: FormKind
    unit: str | None
    department: str | None
    saved: datetime | None
    entries: tuple[Entry, ...]
    proposed: bool = True
    used: bool = True
    completion: bool = False
    sent: Mapping[str, Values] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """Whose it is: a unit's name, or `Gemensamt` and the department's; '' for a goal's form."""
        if self.kind is FormKind.GOAL:
            return ""
        return self.unit or f"Gemensamt {self.department}"

    @property
    def activities(self) -> int:
        """How many activities its rows are."""
        return count_activities(self.entries)


@dataclass(frozen=True, slots=True)
class Collection:
    """What the inbox held: submissions, whose files could not be read, what was passed over.

    `unreadable_units` are names of units, and of departments' own forms as `Gemensamt NAME`.
    """

    submissions: tuple[Submission, ...] = ()
    unreadable_units: frozenset[str] = frozenset()
    passed_over: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows of the submissions in use, in reading order, but for those of completions."""
        return tuple(e for s in self.submissions if s.used and not s.completion for e in s.entries)

    @property
    def completions(self) -> tuple[Submission, ...]:
        """The forms in use for what was sent back, the last saved last."""
        used = [s for s in self.submissions if s.used and s.completion]
        return tuple(sorted(used, key=lambda s: (s.saved is not None, str(s.saved or ""), s.file)))
