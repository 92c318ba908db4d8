"""All checks, in two plain tuples: of a row, and of the round as a whole.

A check of a row takes the plan and a row, a unit's or the compilation's; one of a round takes the plan,
what was handed in, the activities of the report, and those that were handed in. Both give findings,
open no file, ask no clock, and change nothing.
"""

from collections.abc import Callable, Iterable, Sequence

from excel_uppsikt.checks.dates import dates_agree_with_status
from excel_uppsikt.checks.gone_through import (
    earlier_by_id,
    gone_through,
    is_as_sent,
    is_waiting,
)
from excel_uppsikt.checks.rows import comment_given, dates_allowed, in_time_order, required_given
from excel_uppsikt.checks.texts import no_personal_data, no_placeholder, promise_kept
from excel_uppsikt.checks.units import unit_rule
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Activity, Collection, Plan, Row

RowCheck = Callable[[Plan, Row], Iterable[Finding]]
RoundCheck = Callable[[Plan, Collection, Sequence[Activity], Sequence[Activity]], Iterable[Finding]]

ROW_CHECKS: tuple[RowCheck, ...] = (
    required_given,
    in_time_order,
    dates_allowed,
    comment_given,
    no_placeholder,
    dates_agree_with_status,
    promise_kept,
    no_personal_data,
)
ROUND_CHECKS: tuple[RoundCheck, ...] = (unit_rule,)


def check_all(
    plan: Plan,
    collection: Collection,
    reported: Sequence[Activity],
    handed: Sequence[Activity],
    previous: Sequence[Activity] = (),
) -> tuple[Finding, ...]:
    """Every check's findings, in the order of the tuples; last what was not gone through of `previous`.

    `reported` are the activities that the report will hold, `handed` as they were handed in. Of a form that
    is as it was sent out nothing else is told.
    """
    earlier = earlier_by_id(previous)
    as_sent = {one.file for one in collection.submissions if is_as_sent(one, earlier)}
    of_rows = (
        finding
        for check in ROW_CHECKS
        for row in (*collection.entries, *(e for s in collection.completions for e in s.entries))
        # Who goes through a row gives the comment too.
        if row.file not in as_sent and not (check is comment_given and is_waiting(row, earlier))
        for finding in check(plan, row)
    )
    of_round = (f for check in ROUND_CHECKS for f in check(plan, collection, reported, handed))
    return (*of_rows, *of_round, *gone_through(collection, earlier))
