"""What has been put right since an earlier hand-in is counted for its owner alone."""

from pathlib import Path

from excel_uppsikt.rounds.workbooks import write_returns
from tests.small_rounds import (
    CARE,
    SICKNESS,
    YOUTH,
    check,
    make_plan,
    make_round,
    own_form,
    row,
    shared_form,
)

PLAN = make_plan(units=("Hemtjänst",))


def handed_in(folder: Path, end: object) -> dict[str, tuple[int, int]]:
    """How many are corrected and left, by owner, once Hemtjänst and Gemensamt have handed in."""
    own = own_form(
        PLAN,
        "Hemtjänst",
        {
            SICKNESS.number: [row("Hälsosamtal")],
            YOUTH.number: [row("Läxhjälp", end=end), row("Fält")],
        },
    )
    shared = shared_form(PLAN, {YOUTH.number: [row("Läger", end=end)]})
    make_round(folder, PLAN, {"a.xlsx": own, "b.xlsx": shared})
    hand_ins = write_returns(check(folder, PLAN, {})).hand_ins
    return {one.owner: (one.corrected, one.left) for one in hand_ins}


def test_what_another_workbook_lacks_is_not_counted_as_gemensamts(tmp_path: Path) -> None:
    """An empty cell's finding quotes nothing, and a Gemensamt has no unit: they are not the same."""
    common = f"Gemensamt {CARE}"
    assert handed_in(tmp_path, None) == {"Hemtjänst": (0, 1), common: (0, 1)}
    assert handed_in(tmp_path, "2024-09-30") == {"Hemtjänst": (1, 0), common: (1, 0)}
