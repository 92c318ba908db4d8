"""The made nation is the same each time, and no two of its municipalities are."""

from pathlib import Path

from benchmarks.nation import municipality_plan, points, write_municipality
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
