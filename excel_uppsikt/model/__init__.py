"""The records that pass between the steps, all frozen. They hold facts; rules stand in `checks/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from excel_uppsikt.findings.place import Place


class Field(StrEnum):
    """The parts of an activity that a unit fills in, by their names in code."""

    TITLE = "title"
    UNITS = "units"
    START = "start"
    END = "end"
    DESCRIPTION = "description"
    STATUS = "status"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Goal:
    """A political goal. `minimum` is how many activities each unit owes it; 0 unless mandatory."""

    number: int
    text: str
    area: str
    minimum: int = 0

    @property
    def mandatory(self) -> bool:
        """Whether every unit must have an activity toward it."""
        return self.minimum > 0


@dataclass(frozen=True, slots=True)
class Department:
    """A department (verksamhet) and the committee that oversees it."""

    name: str
    committee: str = ""
    report_date: date | None = None
    responsible: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (enhet). `minimum` overrides the round's when it is not None.

    `earlier_names` are those of units that it is the whole of, `part_of` of units that were split.
    """

    name: str
    department: str
    contact: str = ""
    email: str = ""
    minimum: int | None = None
    earlier_names: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()


class Stage(StrEnum):
    """The kind (slag) of a status, in the order an activity goes through them."""

    NOT_STARTED = "ej påbörjad"
    ONGOING = "pågående"
    FINISHED = "avslutad"


@dataclass(frozen=True, slots=True)
class Status:
    """A status as the plan defines it. `color` is six hexadecimal digits."""

    name: str
    stage: Stage
    deviation: bool
    needs_comment: bool
    symbol: str
    color: str


@dataclass(frozen=True, slots=True)
class Values:
    """What is said of an activity; every record of one holds it. What is missing or unreadable is None.

    `units` are names from the plan, in its order; `whole` is whether the whole department is concerned.
    """

    title: str = ""
    units: tuple[str, ...] = ()
    whole: bool = False
    start: date | None = None
    end: date | None = None
    description: str = ""
    status: Status | None = None
    comment: str = ""

    def value(self, field: Field) -> object:
        """What stands in a field; whom it concerns is the units and whether it is the whole department."""
        return (self.units, self.whole) if field is Field.UNITS else getattr(self, field.value)

    def given(self, field: Field) -> bool:
        """Whether anything is said in a field."""
        return bool(self.units) or self.whole if field is Field.UNITS else bool(self.value(field))

    def taking(self, field: Field, other: "Values") -> "Values":
        """The values with what the other ones say in a field."""
        if field is Field.UNITS:
            return replace(self, units=other.units, whole=other.whole)
        return replace(self, **{field.value: getattr(other, field.value)})


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of boilerplate: the heading and text of a report section, or a mail."""

    section: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a department's report."""

    department: str
    name: str
    email: str


class Layout(StrEnum):
    """How the report sets an activity: as table rows, or under a heading of its own."""

    TABLE = "tabell"
    HEADINGS = "rubriker"


@dataclass(frozen=True, slots=True)
class Settings:
    """The round's settings, one field for each row of the sheet Omgång."""

    municipality: str
    year: int
    period: str
    first_date: date
    last_date: date
    cutoff: date | None = None
    deadline: date | None = None
    reference: str = ""
    report_title: str = ""
    sender: str = ""
    sender_email: str = ""
    previous: str = ""
    minimum: int = 2
    mandatory_counts: bool = False
    common_counts: bool = False
    layout: Layout = Layout.TABLE
    with_summary: bool = True
    with_proposal: bool = True
    with_rule: bool = True
    with_idle_goals: bool = True
    with_letter: bool = True
    corrections_due: date | None = None
    keep_unreported: bool = True

    @property
    def last_day_of_corrections(self) -> date | None:
        """When what was sent back is to be in again: the day of the answers where no other is given."""
        return self.corrections_due or self.deadline

    @property
    def round_name(self) -> str:
        """What a form says of its round, such as `Ånge kommun 2024 T1`."""
        return " ".join(f"{self.municipality} {self.year} {self.period}".split())


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the coordinator has decided for a round. Goals stand in the plan's row order."""

    settings: Settings
    goals: tuple[Goal, ...]
    departments: tuple[Department, ...]
    units: tuple[Unit, ...]
    statuses: tuple[Status, ...]
    texts: tuple[Text, ...] = ()
    recipients: tuple[Recipient, ...] = ()

    @property
    def goals_by_number(self) -> tuple[Goal, ...]:
        """The goals in the order of the report's first chapter."""
        return tuple(sorted(self.goals, key=lambda goal: goal.number))

    @property
    def mandatory_goals(self) -> tuple[Goal, ...]:
        """The goals that every unit owes an activity, by number."""
        return tuple(goal for goal in self.goals_by_number if goal.mandatory)

    def department(self, name: str) -> Department:
        """The department called `name`; raises `KeyError` when the plan has none."""
        return {department.name: department for department in self.departments}[name]

    def units_of(self, department: str | None) -> tuple[Unit, ...]:
        """The department's units in the plan's order; every unit when `department` is None."""
        return tuple(u for u in self.units if department is None or u.department == department)

    def status(self, name: str | None) -> Status | None:
        """The status called `name`, or None."""
        return next((status for status in self.statuses if status.name == name), None)


class FormKind(StrEnum):
    """Whose a form is: one unit's, a department's common one, or a goal's for all units."""

    UNIT = "enhet"
    COMMON = "gemensamt"
    GOAL = "mål"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A filled-in row of a sheet as read, a unit's or the compilation's.

    `row` is its number (1-based). `raw` holds what stood in each cell, as text; `columns` each value's
    column (1-based) by its field; `required` are the fields that it must fill.
    """

    file: str
    sheet: str
    row: int
    values: Values
    raw: Mapping[Field, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    required: tuple[Field, ...] = ()

    def place(self, of: str = Field.TITLE) -> Place:
        """The place of one of its values; of the row's first cell where the column is missing."""
        return Place(self.file, self.sheet, self.row, self.columns.get(of, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Row):
    """A row of a received workbook. `id` is the activity's, where the form had one."""

    goal: Goal
    department: str | None
    id: str | None = None


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
    the activity whose Id that is.
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

    @property
    def chosen(self) -> bool:
        """Whether the row is to be in the report, by itself or as a part of another."""
        return self.include and (self.kept or not self.away)

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


@dataclass(frozen=True, slots=True)
class RuleTerm:
    """One part of the unit rule for one unit: how many activities it has of how many it owes.

    `goal` is None for the plain minimum. `own` of the `have` are the unit's own; the rest are common.
    `common` is how many common ones there are, whether they count or not. `handed` is how many there
    would be by what was handed in alone, where that is another number than `have`. `heard` is whether a form
    of the unit's own is in use, else all that counts is from others.
    """

    unit: str
    goal: Goal | None
    have: int
    own: int
    minimum: int
    common: int = 0
    handed: int | None = None
    heard: bool = True

    @property
    def holds(self) -> bool:
        """Whether the unit has enough."""
        return self.have >= self.minimum

    @property
    def held(self) -> bool:
        """Whether the unit has handed in enough."""
        return (self.have if self.handed is None else self.handed) >= self.minimum


class ChangeKind(StrEnum):
    """What has happened to an activity since the previous round, in the words of Ändringar."""

    NEW = "Ny"
    GONE = "Finns inte kvar"
    UNREPORTED = "Inte redovisad"
    STATUS = "Status ändrad"
    BACKWARDS = "Status bakåt"
    END = "Slutdatum flyttat"
    UNCHANGED = "Kommentar oförändrad"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between an activity in the previous round and now."""

    kind: ChangeKind
    activity: Activity
    before: str = ""
    now: str = ""
