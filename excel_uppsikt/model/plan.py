"""What the coordinator decides for a round: the plan's records, frozen as all of the model."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
