"""An own row that a unit has come to hand in: whose words stand, and whose where there were none."""

from datetime import datetime
from pathlib import Path

from tests.compilation.edited_rounds import (
    FIRST,
    add,
    found,
    hand_in,
    home_form,
    line,
    run,
    start,
)
from tests.small_rounds import YOUTH, row

OWN = "Grilla korv"
DAY = datetime(2024, 1, 15)  # noqa: DTZ001  a cell's date has no zone


def test_what_nobody_had_said_is_the_units_to_say_later(tmp_path: Path) -> None:
    """Nothing is held by a cell that the coordinator left empty."""
    start(tmp_path)
    add(tmp_path, {"Mål": YOUTH.text, "Aktivitet": OWN, "Enheter": "Hemtjänst", "Startdatum": DAY})
    late = row(OWN, units="Hemtjänst", comment="", description="")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), late))
    run(tmp_path)
    now = line(tmp_path, OWN)
    assert (now["Beskrivning"], now["Kommentar"], now["Anteckning"]) == (None, None, None)
    told = row(OWN, units="Hemtjänst", comment="Kul.", description="För gemenskapen.")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), told))
    for _ in range(2):
        assert found(run(tmp_path)) == []
        now = line(tmp_path, OWN)
        assert (now["Beskrivning"], now["Kommentar"]) == ("För gemenskapen.", "Kul.")
        assert (now["Startdatum"], now["Anteckning"]) == (DAY, None)


def test_what_the_unit_has_not_said_is_noted_as_nothing_of_its(tmp_path: Path) -> None:
    start(tmp_path)
    hers = {"Mål": YOUTH.text, "Aktivitet": OWN, "Enheter": "Hemtjänst", "Kommentar": "Kul."}
    add(tmp_path, hers)
    late = row(OWN, units="Hemtjänst", comment="", description="För gemenskapen.")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), late))
    run(tmp_path)
    now = line(tmp_path, OWN)
    assert (now["Beskrivning"], now["Kommentar"]) == ("För gemenskapen.", "Kul.")
    assert now["Anteckning"] is None


def test_what_the_coordinator_had_said_alike_stays_when_the_unit_changes_it(tmp_path: Path) -> None:
    start(tmp_path)
    add(
        tmp_path, {"Mål": YOUTH.text, "Aktivitet": OWN, "Enheter": "Hemtjänst", "Kommentar": "Kul."}
    )
    late = row(OWN, units="Hemtjänst", comment="Kul.")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), late))
    run(tmp_path)
    told = row(OWN, units="Hemtjänst", comment="Inte kul.")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), told))
    run(tmp_path)
    now = line(tmp_path, OWN)
    assert (now["Kommentar"], now["Anteckning"]) == ("Kul.", "Enhetens nya kommentar: Inte kul.")
