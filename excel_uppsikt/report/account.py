"""What a report and its letter tell of, beside the plan, and what a report's file is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from excel_uppsikt.language.file_names import safe_file_name
from excel_uppsikt.model import Activity, Change, Department, Plan, RuleTerm

REPORT_TITLE = "Uppsiktsrapport"


@dataclass(frozen=True, slots=True)
class Account:
    """What a report is made of, beside the plan.

    `activities` come in their order within each goal. `changes` is None without a previous round.
    """

    activities: Sequence[Activity]
    changes: Sequence[Change] | None = None
    rule: Sequence[RuleTerm] = ()


def report_name(plan: Plan, department: Department, *, sources: bool = False) -> str:
    """The report's file name, such as `Uppsiktsrapport Social verksamhet 2024 T1.docx`."""
    settings = plan.settings
    name = f"{REPORT_TITLE} {department.name} {settings.year} {settings.period}"
    return f"{safe_file_name(name)}{' med källor' if sources else ''}.docx"
