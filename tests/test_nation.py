"""The made nation is the same each time, and no two of its municipalities are."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import nation
from benchmarks.nation import Measured, municipality_plan, points, run_nation, write_municipality
from excel_uppsikt.rounds.checking import check_round


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_makes_the_same_round_and_each_number_another(tmp_path: Path) -> None:
    for name, number in (("a", 1), ("b", 1), ("c", 2)):
        write_municipality(tmp_path / name, number)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert not set(files(tmp_path / "a").values()) & set(files(tmp_path / "c").values())


def test_a_made_round_can_be_run(tmp_path: Path) -> None:
    count = write_municipality(tmp_path, 1)
    checked = check_round(tmp_path)
    assert checked.plan.settings.municipality == "Kommun 002"
    assert len(checked.collection.submissions) <= count <= len(municipality_plan(1).units)


def test_the_curve_has_a_point_at_each_doubling() -> None:
    assert [points(most) for most in (3, 5, 12, 20, 25)] == [
        [3],
        [5],
        [5, 10, 12],
        [5, 10, 20],
        [5, 10, 20, 25],
    ]


def test_chosen_points_are_taken_in_their_stead_and_the_number_itself_is_always_one() -> None:
    chosen = (40, 10, 10, 290, 0)
    assert [points(most, chosen) for most in (5, 10, 60, 290)] == [
        [5],
        [10],
        [10, 40, 60],
        [10, 40, 290],
    ]


def test_every_round_has_so_many_units_as_told_and_else_few_or_many() -> None:
    assert [len(municipality_plan(number, units=60).units) for number in range(4)] == [60] * 4
    assert len({len(municipality_plan(number).units) for number in range(20)}) > 3


@pytest.mark.parametrize(("free", "kept"), [(10**12, [1, 2]), (10, [2])])
def test_a_points_folders_are_removed_only_where_the_disk_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, kept: list[int]
) -> None:
    monkeypatch.setattr(nation, "measure", lambda *_: Measured(0, 0.0, 0.0, 0.0, ""))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    run_nation(tmp_path, 2, units=2, chosen=(1, 2))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"nation-{at}" for at in kept]
