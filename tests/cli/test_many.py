"""Several rounds run in a line each: what stops one costs the others nothing, and the worst one tells."""

import shutil
from pathlib import Path

import pytest

from excel_uppsikt.rounds import many, steps
from excel_uppsikt.rounds.lock import Holder, holding
from excel_uppsikt.rounds.many import in_turn, run_rounds
from excel_uppsikt.rounds.workers import cores, processes
from tests.cli.running import uppsikt
from tests.small_rounds import SICKNESS, YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(units=("Hemtjänst",))
GOOD = {
    SICKNESS.number: [row("Hälsosamtal")],
    YOUTH.number: [row("Fältarbete"), row("Läxhjälp")],
}
WRONG = {**GOOD, 3: [row("Fel datum", end="31 februari")]}
LATER = make_plan(units=("Hemtjänst",), period="T2", previous="../t1/ut/sammanstallning.xlsx")


def good(folder: Path) -> Path:
    return make_round(folder, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", GOOD)})


def wrong(folder: Path) -> Path:
    return make_round(folder, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", WRONG)})


def test_a_folder_of_rounds_is_run_in_a_line_each(tmp_path: Path) -> None:
    """A locked round and a plan that cannot be used are lines, and the rest is made."""
    good(tmp_path / "a" / "t1")
    held = good(tmp_path / "b")
    wrong(tmp_path / "c")
    (make_round(tmp_path / "d", PLAN, {}) / "plan.xlsx").write_bytes(b"ingen plan")
    (tmp_path / "tom").mkdir()
    with holding(held, Holder.PAGE, "Sammanställ"):
        done = uppsikt("run", tmp_path)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr, len(lines)) == (2, "", 7)
    assert lines[0] == (
        f"{tmp_path / 'a/t1'}: inga anmärkningar. Skrev sammanställningen och 1 rapport."
    )
    assert lines[1].startswith(
        f"{held}: Omgången {held} används just nu av sidan i webbläsaren (Sammanställ, sedan kl."
    )
    assert lines[2] == (f"{tmp_path / 'c'}: 1 fel. Skrev sammanställningen, 1 rapport och 1 retur.")
    assert lines[3].startswith(f"{tmp_path / 'd'}: {tmp_path / 'd/plan.xlsx'} kan inte läsas")
    assert lines[4:] == [
        "4 omgångar: 1 utan fel, 1 med fel och 2 kunde inte köras.",
        "Se felen i en omgång: uppsikt check OMGÅNG",
        "Raden om en omgång som inte kunde köras säger varför. Rätta det och kör igen.",
    ]
    assert (tmp_path / "c/ut/sammanstallning.xlsx").is_file()
    assert not (held / "ut/sammanstallning.xlsx").exists()


@pytest.mark.parametrize(("folders", "status"), [("aa", 0), ("ac", 1), ("ca", 1)])
def test_the_worst_round_gives_the_exit_status(folders: str, status: int, tmp_path: Path) -> None:
    good(tmp_path / "a")
    wrong(tmp_path / "c")
    again = make_round(tmp_path / "x", PLAN, {})
    shutil.copytree(tmp_path / folders[1], again, dirs_exist_ok=True)
    assert uppsikt("run", tmp_path / folders[0], again).returncode == status


def test_a_round_given_twice_is_run_once(tmp_path: Path) -> None:
    done = uppsikt("run", good(tmp_path / "a"), tmp_path / "a", wrong(tmp_path / "c"))
    assert (
        done.stdout.splitlines()[2] == "2 omgångar: 1 utan fel, 1 med fel och 0 kunde inte köras."
    )


def test_a_fault_of_the_program_stops_no_other_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told on standard error, for who is to mend it."""
    real = steps.run

    def failing(folder: Path, **options: object) -> object:
        return 1 / 0 if folder.name == "a" else real(folder, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "run_steps", failing)
    done = uppsikt("run", good(tmp_path / "a"), good(tmp_path / "b"))
    first, second = done.stdout.splitlines()[:2]
    assert (done.returncode, "ZeroDivisionError" in done.stderr) == (2, True)
    assert first == f"{tmp_path / 'a'}: Programmet kunde inte köra omgången."
    assert second.endswith("Skrev sammanställningen och 1 rapport.")


def test_a_round_is_run_after_the_one_that_it_follows(tmp_path: Path) -> None:
    """Whatever order they are given in, since its forms' rows are known by the first one's compilation."""
    later, first = make_round(tmp_path / "t2", LATER, {}), good(tmp_path / "t1")
    other = good(tmp_path / "annan")
    assert list(in_turn([later, other, first])) == [[other, first], [later]]
    done = uppsikt("run", later, other, first)
    assert [line.partition(":")[0] for line in done.stdout.splitlines()[:3]] == [
        str(folder) for folder in (other, first, later)
    ]
    assert "kunde inte köras" not in done.stdout.replace("0 kunde inte köras", "")


def test_rounds_that_follow_each_other_in_a_circle_are_run_all_the_same(tmp_path: Path) -> None:
    to_second = make_plan(units=("Hemtjänst",), previous="../t2/ut/sammanstallning.xlsx")
    first, later = (
        make_round(tmp_path / "t1", to_second, {}),
        make_round(tmp_path / "t2", LATER, {}),
    )
    assert list(in_turn([later, first])) == [[later], [first]]


@pytest.mark.skipif(cores() == 1, reason="only one core")
def test_rounds_run_at_once_give_what_they_give_one_by_one(tmp_path: Path) -> None:
    for name in ("en", "flera"):
        good(tmp_path / name / "a")
        wrong(tmp_path / name / "b")
        make_round(tmp_path / name / "c", PLAN, {}).joinpath("plan.xlsx").write_bytes(b"")
    alone = list(run_rounds(sorted((tmp_path / "en").iterdir())))
    with processes(1) as executor_for:
        folders = sorted((tmp_path / "flera").iterdir())
        together = list(run_rounds(folders, executor_for=executor_for))
    assert repr(together).replace("flera", "en") == repr(alone)
    files = [
        sorted(p.relative_to(tmp_path / n).as_posix() for p in (tmp_path / n).rglob("ut/**/*.*"))
        for n in ("en", "flera")
    ]
    assert files[0] == files[1]
