"""The account of a round: activities as merged, and the compilation's rows with the coordinator's choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from excel_uppsikt.findings.place import Place
from excel_uppsikt.model.decisions import Decisions
from excel_uppsikt.model.plan import Goal
from excel_uppsikt.model.values import Row, Values


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity after merging. `sources` are the rows that it was reported in.

    `undecided` are those of its units that may have it, each with the former unit that it is a part of:
    the unit was split, and nobody has said which part goes on with the activity. `last_reported` is the
    period in which it was, '' for this round's; its source is then the previous compilation, whose row it
    stays as.
    """

    id: str
    goal: Goal
    department: str | None
    values: Values
    sources: tuple[Place, ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()
    last_reported: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The coordinator's own columns of a compilation row: Ta med, Ordning and Anteckning.

    `include` is what the coordinator wants; a row that is `away` from the hand-ins is kept out all the
    same, until it comes back, unless it is `kept` by a ja that was written while it was away. `asked`
    are the lines the program has put into the note about a text changed on both sides. `held` are the parts
    that stay the coordinator's although they do not differ from what was collected: the unit has come to
    say the same. `completion` is what is to be completed, in words; `own_title` the title in the unit's own
    form, where a completion has changed it, and `completed` all that completions have changed there.
    `same` is what stands at Samma som; a row is `joined` that stands in the report as a part of
    the activity whose Id that is. `own` are the parts that a row of the coordinator's own had when a
    unit's was joined with it: it stands `alone` again, with no more than hers, while that is away.
    """

    include: bool = True
    order: float | None = None
    note: str = ""
    asked: tuple[str, ...] = ()
    away: bool = False
    kept: bool = False
    held: tuple[str, ...] = ()
    completion: str = ""
    own_title: str = ""
    completed: tuple[str, ...] = ()
    same: str = ""
    joined: bool = False
    own: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether the row is the coordinator's own, without the unit's that was joined with it."""
        return bool(self.own) and self.away

    @property
    def chosen(self) -> bool:
        """Whether the row is to be in the report, by itself or as a part of another."""
        return self.include and (self.kept or self.alone or not self.away)

    @property
    def reported(self) -> bool:
        """Whether the row is in the report by itself."""
        return self.chosen and not self.joined


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the compilation.

    `activity` is what the row says now and the reports will say; `collected` what the units' forms
    last said, None when the coordinator wrote the row; `read` the row in the sheet as it was read,
    None for a new one.
    """

    activity: Activity
    collected: Activity | None
    choice: Choice = Choice()
    read: Row | None = None

    @property
    def own(self) -> bool:
        """Whether the row says what the coordinator has written, and nothing that a unit has."""
        return self.collected is None or self.choice.alone


@dataclass(frozen=True, slots=True)
class Compilation:
    """The account of a round as the coordinator has it.

    `use` is the coordinator's own choice of files to use or to set aside, by name, those that are away
    too, and `use_changed` those files whose choice has been changed since the last merge. `deleted` are
    activities as last collected whose rows the coordinator removed. `heard` are those whose forms were
    in use, None where that is not known; units by name, departments' own forms as `Gemensamt NAME`.
    `contents` are marks of what the files said, by name, to know them by when they are renamed.
    `decisions` are the committee's, as the coordinator has written them.
    `year` and `period` are the round's, as the workbook says; None and '' where it does not.
    """

    lines: tuple[Line, ...] = ()
    use: Mapping[str, bool] = field(default_factory=dict)
    deleted: tuple[Activity, ...] = ()
    use_changed: tuple[str, ...] = ()
    heard: frozenset[str] | None = None
    contents: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    year: int | None = None
    period: str = ""

    @property
    def in_reports(self) -> tuple[Activity, ...]:
        """All activities that stand in reports, in the order of the compilation."""
        return tuple(line.activity for line in self.lines if line.choice.reported)

    @property
    def approved(self) -> tuple[Activity, ...]:
        """Those that are reported in this round: all that is counted."""
        return tuple(a for a in self.in_reports if not a.last_reported)

    @property
    def carried(self) -> tuple[Activity, ...]:
        """Those that stand there as they were last reported, in an earlier round."""
        return tuple(a for a in self.in_reports if a.last_reported)

    @property
    def handed(self) -> tuple[Activity, ...]:
        """The activities as last collected, joined ones as one, but for those away from the hand-ins."""
        return tuple(
            line.collected
            for line in self.lines
            if line.collected is not None
            and not line.choice.away
            and not line.choice.joined
            and not line.collected.last_reported
        )
