"""All checks of a collection, in one plain tuple.

A check takes the plan, the collection and its merged activities, and gives findings. It opens no
file, asks no clock, and changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence

from excel_uppsikt.checks.dates import dates_agree_with_status
from excel_uppsikt.checks.rows import comment_given, dates_allowed, in_time_order, required_given
from excel_uppsikt.checks.texts import no_personal_data, no_placeholder, promise_kept
from excel_uppsikt.checks.units import unit_rule
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Activity, Collection, Plan

Check = Callable[[Plan, Collection, Sequence[Activity]], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    required_given,
    in_time_order,
    dates_allowed,
    comment_given,
    no_placeholder,
    dates_agree_with_status,
    promise_kept,
    no_personal_data,
    unit_rule,
)


def check_all(
    plan: Plan, collection: Collection, activities: Sequence[Activity]
) -> tuple[Finding, ...]:
    """Every check's findings, in the order of the tuple."""
    return tuple(f for check in CHECKS for f in check(plan, collection, activities))
