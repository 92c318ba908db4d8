"""What a report and its letter tell of, beside the plan, and what their files are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from excel_uppsikt.language.file_names import TakenNames, safe_file_name
from excel_uppsikt.model import Activity, Change, Department, Plan, RuleTerm, Ruling

REPORT_TITLE = "Uppsiktsrapport"
COMPLETED_TITLE = "Kompletterad uppsiktsrapport"
LETTER_TITLE = "Tjänsteskrivelse"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a committee wanted completed: of an activity, or of somebody, and what was done.

    `activity` is the one it concerns, where the report has it; `done` is empty where nothing has come in,
    and where the activity is `left_out` of the report: then nothing is told of what may have come.
    """

    about: str
    asked: str
    done: tuple[str, ...] = ()
    activity: Activity | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class SentBack:
    """The decision by which a report was sent back, and what has been done about each thing wanted.

    `marks` are words for the activities that have been completed since, by their Ids.
    """

    ruling: Ruling
    wanted: tuple[Wanted, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """What a report is made of, beside the plan.

    `activities` come in their order within each goal, those too that stand as they were last reported.
    `changes` is None without a previous round. `sent_back` is None where the report has not been. With
    `to_board` the matter has been passed to the executive board, and all is written for it; `before` is how
    the previous round's report was left.
    """

    activities: Sequence[Activity]
    changes: Sequence[Change] | None = None
    rule: Sequence[RuleTerm] = ()
    sent_back: SentBack | None = None
    to_board: bool = False
    before: Ruling | None = None

    @property
    def reported(self) -> tuple[Activity, ...]:
        """Those reported in this round, which are all that is counted."""
        return tuple(a for a in self.activities if not a.last_reported)

    @property
    def carried(self) -> tuple[Activity, ...]:
        """Those that stand as they were last reported."""
        return tuple(a for a in self.activities if a.last_reported)


def report_name(
    plan: Plan, department: Department, *, sources: bool = False, completed: bool = False
) -> str:
    """The report's file name, such as `Uppsiktsrapport Social verksamhet 2024 T1.docx`.

    `completed` is of the one that is made after another was sent back.
    """
    name = document_name(plan, department, COMPLETED_TITLE if completed else REPORT_TITLE)
    return f"{name}{' med källor' if sources else ''}.docx"


def document_name(plan: Plan, department: Department, title: str) -> str:
    """The file name of a department's document without its ending.

    Of departments that file systems cannot tell apart each but the first in the plan has a number.
    """
    settings, names = plan.settings, TakenNames(str.casefold)
    own: dict[str, str] = {}
    for one in (*plan.departments, department):
        if one.name not in own:
            name = safe_file_name(f"{title} {one.name} {settings.year} {settings.period}")
            own[one.name] = names.own(f"{name}.docx").removesuffix(".docx")
    return own[department.name]


def letter_name(plan: Plan, department: Department) -> str:
    """The letter's file name, such as `Tjänsteskrivelse Social verksamhet 2024 T1.docx`."""
    return f"{document_name(plan, department, LETTER_TITLE)}.docx"
