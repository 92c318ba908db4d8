"""How many common activities there are beside a unit's own, as the rule's account tells."""

import pytest

from excel_uppsikt.checks.units import unit_terms
from tests.report.test_document import activity
from tests.small_rounds import HOMES, SICKNESS, YOUTH, make_plan


@pytest.mark.parametrize(("counts", "ordinary"), [(True, 3), (False, 2)])
def test_those_of_mandatory_goals_are_among_them_only_where_they_count(
    counts: bool, ordinary: int
) -> None:
    """Whether common ones count for a unit or not; those that name it are its own."""
    told = [
        activity("A", YOUTH, units=(), whole=True),
        activity("B", HOMES, units=("Bemanning",), whole=True),
        activity("C", SICKNESS, units=(), whole=True),
        activity("D", YOUTH, units=("Hemtjänst",), whole=True),
        activity("", YOUTH, units=(), whole=True),
        activity("E", YOUTH, units=(), whole=True, department="Skola"),
        activity("F", YOUTH, units=("Bemanning",)),
    ]
    for common_counts in (True, False):
        plan = make_plan(mandatory_counts=counts, common_counts=common_counts)
        plain, sickness = unit_terms(plan, told, plan.units[0])
        assert (plain.common, sickness.common) == (ordinary, 1)
        assert (plain.own, sickness.own) == (1, 0)
