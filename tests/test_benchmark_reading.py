"""The inbox that the table's reading is measured on: a round's size, with the units that its rows name."""

from pathlib import Path

import pytest

from benchmarks import reading
from benchmarks.parts import folder_of
from benchmarks.reading import UNITS, by_program, round_plan
from excel_uppsikt.round_paths import INBOX
from samples.build import sample_plan
from tests.endurance import tries


def test_the_plan_has_a_rounds_units_and_the_samples_own_first() -> None:
    own, plan = sample_plan("ange-2024").units, round_plan()
    assert plan.units[: len(own)] == own
    assert len({unit.name for unit in plan.units}) == len(plan.units) == UNITS == 60


def test_every_program_reads_the_same_forms_one_for_each_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a round has more units than the sample: writing a form takes longer than reading it."""
    units = tries(12, UNITS)
    assert units > len(sample_plan("ange-2024").units)
    monkeypatch.setattr(reading, "UNITS", units)
    folder_of("reading", tmp_path, 0)
    made = tmp_path / "reading-0"
    assert len(list((made / INBOX).iterdir())) == units
    assert by_program(round_plan(), made) == 60 * units
