"""A row of the coordinator's own nearly like a unit's is told: the report would have the activity twice."""

from datetime import datetime
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import add, put, run, start
from tests.small_rounds import HOMES, YOUTH, make_plan, own_form, row

PLAN = make_plan(goals=(YOUTH, HOMES), minimum=0)
OWN_ROW = {
    "Mål": YOUTH.text,
    "Enheter": "Hemtjänst",
    "Startdatum": datetime(2024, 1, 15),  # noqa: DTZ001  a cell's date has no zone
    "Slutdatum": datetime(2024, 12, 1),  # noqa: DTZ001  a cell's date has no zone
    "Status": "Pågående enligt plan",
    "Kommentar": "Eget.",
}


def alike(checked: CheckedRound) -> list[tuple[str | None, str | None, str | None]]:
    """What is told of near titles: file, cell and title."""
    return [(f.file, f.cell, f.value) for f in checked.findings if f.code == "M601"]


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Införande av hälsosamma scheman", True),
        # One that stands there already is not joined, and is as much in the report twice.
        ("Införa hälsosamma scheman", True),
        ("Rusta upp lokalerna", False),
        ("Införa hälsosamma scheman 2025", False),
    ],
)
def test_an_own_row_nearly_like_a_units_is_told(tmp_path: Path, title: str, is_told: bool) -> None:
    """At the own row, in every run, with where the unit's is, till one of them is out of the report."""
    units = "Införa hälsosamma scheman"
    start(tmp_path, {"a.xlsx": own_form(PLAN, "Hemtjänst", {2: [row(units)]})}, PLAN)
    at = add(tmp_path, OWN_ROW | {"Aktivitet": title})
    checked = run(tmp_path, PLAN)
    assert alike(checked) == ([(COMPILATION_FILE, f"C{at}", title)] if is_told else [])
    for finding in (f for f in checked.findings if f.code == "M601"):
        assert f"liknar ”{units}” (inkorg/a.xlsx, blad ”2 Kommunens" in finding.message
    assert len(alike(run(tmp_path, PLAN))) == is_told
    if title != units:
        put(tmp_path, title, {"Ta med": "nej"})
        assert alike(run(tmp_path, PLAN)) == []


def test_a_late_row_nearly_like_an_own_one_is_told_and_another_goals_is_not(tmp_path: Path) -> None:
    start(tmp_path, {"a.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Annat")]})}, PLAN)
    add(tmp_path, OWN_ROW | {"Aktivitet": "Ordna lovaktiviteter"})
    run(tmp_path, PLAN)
    rows = {2: [row("Annat"), row("Ordna lovaktivitet")], 3: [row("Ordna lovaktiviteten")]}
    (tmp_path / "inkorg/a.xlsx").write_bytes(own_form(PLAN, "Hemtjänst", rows))
    (one,) = [f for f in run(tmp_path, PLAN).findings if f.code == "M601"]
    assert (one.value, "”Ordna lovaktivitet”" in one.message) == ("Ordna lovaktiviteter", True)
