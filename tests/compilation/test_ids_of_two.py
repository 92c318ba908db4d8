"""Activities of two departments that had one Id in common: each has its own, and never another's."""

import pytest

from excel_uppsikt.compilation.ids import keep_ids
from excel_uppsikt.model import Activity, Compilation, Line
from tests.report.test_document import activity
from tests.small_rounds import CARE

SCHOOL = "Skola"
CARES = activity("Läxhjälp", id="2-vård", department=CARE)
SCHOOLS = activity("Läxhjälp", id="2-skola", department=SCHOOL)
EARLIER = Compilation((Line(CARES, CARES), Line(SCHOOLS, SCHOOLS)))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((), ("2-skola",)),
        ((activity("Annat", id="2-annat", department=SCHOOL),), ("2-skola", "2-annat")),
        # The one that had the title goes on with its own Id under another.
        ((activity("Simskola", id="2-skola", department=SCHOOL),), ("2-vård", "2-skola")),
    ],
)
def test_the_id_of_its_own_departments_is_taken_unless_that_is_another_activitys_now(
    others: tuple[Activity, ...], expected: tuple[str, ...]
) -> None:
    written = activity("Läxhjälp", id="2-vård", department=SCHOOL)
    kept = keep_ids((written, *others), EARLIER)
    assert tuple(one.id for one in kept) == expected


def test_an_activity_of_the_department_that_the_id_was_of_keeps_it() -> None:
    assert keep_ids((CARES, SCHOOLS), EARLIER) == (CARES, SCHOOLS)
