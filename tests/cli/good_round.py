"""A round with nothing wrong in it, for commands to be run on."""

from pathlib import Path

import pytest

from tests.small_rounds import SICKNESS, YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(units=("Hemtjänst",))
GOOD = {
    SICKNESS.number: [row("Hälsosamtal")],
    YOUTH.number: [row("Fältarbete"), row("Läxhjälp")],
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A round with nothing wrong in it."""
    return make_round(
        tmp_path / "omgång å ä ö", PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", GOOD)}
    )
