"""Days beyond the calendar: told at their cell, and all the rest of the form is read."""

from pathlib import Path

import pytest

from tests.corpus.gallery import DATE_STYLE, FILE, PLAN, YOUNG, number, with_cells
from tests.small_rounds import check, places


@pytest.mark.parametrize("serial", [99_999_999, 2_958_466, 20_240_301.5, -5, -0.5, 0])
def test_a_day_beyond_the_calendar_is_told(serial: float, tmp_path: Path) -> None:
    """In a cell that is formatted as a date; the row is read without it."""
    checked = check(tmp_path, PLAN, {FILE: with_cells({"C5": number(serial, DATE_STYLE)})})
    assert [place for place in places(checked.findings, but="U") if place[3] == "C5"] == [
        ("R302", FILE, YOUNG, "C5")
    ]
    assert len(places(checked.findings, but="U")) == 1
    starts = {a.values.title: a.values.start for a in checked.activities}
    assert starts["Läxhjälp"] is None
    assert len(starts) == 3
