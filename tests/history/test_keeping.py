"""What is kept of each round: as `export` has it, replaced round by round, and documented."""

import re
from pathlib import Path

import pandas as pd
import pytest

from excel_uppsikt.history import keeping
from excel_uppsikt.history.keeping import KEYS, TABLES
from excel_uppsikt.rounds.tables import read_round
from tests.cli.running import uppsikt
from tests.small_rounds import SICKNESS, YOUTH, make_plan, make_round, own_form, row, saved

pytest.importorskip("pyarrow")

ROOT = Path(__file__).parents[2]
PLAN = make_plan()
ROWS = {SICKNESS.number: [row("Hälsosamtal")], YOUTH.number: [row("Fältarbete"), row("Läxhjälp")]}
LATER = make_plan(
    period="T2",
    previous="../t1/ut/sammanstallning.xlsx",
    cutoff=PLAN.settings.last_date,
    deadline=PLAN.settings.last_date,
)
_SLAG = {"text": "string", "heltal": "Int64", "datum": "datetime64", "ja/nej": "boolean"}


def county(folder: Path) -> Path:
    """Two rounds of a municipality, in which a date is moved, a unit is late and the other silent."""
    late = saved(own_form(PLAN, "Hemtjänst", ROWS), "2024-05-11T08:00:00")
    make_round(folder / "ange" / "t1", PLAN, {"Hemtjänst.xlsx": late})
    moved = {**ROWS, SICKNESS.number: [row("Hälsosamtal", end=PLAN.settings.last_date)]}
    make_round(folder / "ange" / "t2", LATER, {}).joinpath("inkorg").mkdir()
    assert uppsikt("run", folder / "ange" / "t1").returncode == 0
    data = saved(own_form(LATER, "Hemtjänst", moved), "2024-09-01T08:00:00")
    (folder / "ange" / "t2" / "inkorg" / "Hemtjänst.xlsx").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = county(tmp_path_factory.mktemp("lan"))
    assert uppsikt("history", folder).returncode == 0
    return folder


def test_history_tells_of_each_round_in_a_line(tmp_path: Path) -> None:
    folder = county(tmp_path)
    done = uppsikt("history", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{folder / 'ange/t1'}: 3 aktiviteter, 2 enheter.",
        f"{folder / 'ange/t2'}: 3 aktiviteter, 2 enheter.",
        f"2 omgångar av 2 sparades i {folder / 'historik'}",
        f'Jämför dem: uppsikt compare "{folder}"',
    ]


def test_what_a_report_does_not_count_is_not_counted_here(tmp_path: Path) -> None:
    """Nobody has answered the second round: its report holds what was said last, and counts none of it."""
    folder = county(tmp_path)
    (folder / "ange/t2/inkorg/Hemtjänst.xlsx").unlink()
    told = uppsikt("history", folder).stdout.splitlines()
    assert told[:2] == [
        f"{folder / 'ange/t1'}: 3 aktiviteter, 2 enheter.",
        f"{folder / 'ange/t2'}: 0 aktiviteter, 2 enheter.",
    ]


def test_the_tables_are_those_that_export_has(kept: Path) -> None:
    read = read_round(kept / "ange/t1")
    for name, exported in (
        ("aktiviteter", read.activities()),
        ("rader", read.entries()),
        ("anmarkningar", read.findings()),
    ):
        table = pd.read_parquet(kept / "historik" / name / "ange/t1.parquet")
        keys = table[list(KEYS)].drop_duplicates().to_dict("records")
        assert keys == [
            {"municipality": "Ånge kommun", "year": 2024, "period": "T1", "round": "ange/t1"}
        ]
        pd.testing.assert_frame_equal(
            table[list(exported.columns)], exported, check_dtype=False, check_index_type=False
        )


def test_units_say_who_was_late_and_who_is_silent(kept: Path) -> None:
    units = pd.read_parquet(kept / "historik/enheter/ange/t1.parquet").set_index("unit")
    told = units[["handed_in", "late", "activities", "rule"]].astype(object)
    said = {str(name): [None if pd.isna(v) else v for v in row] for name, *row in told.itertuples()}
    assert said == {"Hemtjänst": [True, True, 3, True], "Bemanning": [False, None, 0, False]}


def test_changes_say_how_many_days_a_date_has_moved(kept: Path) -> None:
    changes = pd.read_parquet(kept / "historik/andringar")
    moved = changes[changes["kind"] == "Slutdatum flyttat"]
    assert moved[["round", "title", "before", "now", "days"]].to_numpy().tolist() == [
        ["ange/t2", "Hälsosamtal", "2024-09-30", "2024-12-31", 92]
    ]


def test_a_folder_of_a_table_is_read_as_one(kept: Path) -> None:
    table = pd.read_parquet(kept / "historik/aktiviteter")
    assert table.groupby("period")["counted"].sum().to_dict() == {"T1": 3, "T2": 3}


def documented() -> dict[str, list[tuple[str, str]]]:
    """Each table's columns with their kinds, as the page tells them."""
    text = (ROOT / "docs/historik.md").read_text("utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    found = {
        part.splitlines()[0]: re.findall(r"^\| (\w+) \| ([\w/]+) \|", part, re.MULTILINE)
        for part in parts
    }
    common = [pair for pair in found["Kolumner i alla tabeller"] if pair[0] != "Kolumn"]
    return {
        name: [*common, *(pair for pair in columns if pair[0] != "Kolumn")]
        for name, columns in found.items()
        if name in TABLES
    }


def test_every_column_is_documented_as_it_is(kept: Path) -> None:
    told = documented()
    assert list(told) == list(TABLES)
    for name, columns in told.items():
        for path in (kept / "historik" / name).rglob("*.parquet"):
            table = pd.read_parquet(path)
            assert [name for name, _ in columns] == list(table.columns), path
            for column, kind in columns:
                assert str(table[column].dtype).startswith(_SLAG[kind]), (path, column)


def test_a_round_that_cannot_be_read_keeps_its_old_files(tmp_path: Path) -> None:
    folder = county(tmp_path)
    uppsikt("history", folder)
    own = {path: path.read_bytes() for path in (folder / "historik").rglob("t1.parquet")}
    others = {path: path.read_bytes() for path in (folder / "historik").rglob("t2.parquet")}
    (folder / "ange/t1/plan.xlsx").write_bytes(b"ingen plan")
    (folder / "ange/t2/inkorg/Hemtjänst.xlsx").unlink()
    done = uppsikt("history", folder)
    first = done.stdout.splitlines()[0]
    assert done.returncode == 1
    assert first.startswith(f"{folder / 'ange/t1'}: {folder / 'ange/t1/plan.xlsx'} kan inte läsas")
    assert first.endswith("Det som sparades förra gången står kvar.")
    assert {path: path.read_bytes() for path in own} == own
    assert {path: path.read_bytes() for path in others} != others


def test_a_round_whose_folder_is_gone_stays_and_is_told(tmp_path: Path) -> None:
    folder = county(tmp_path)
    uppsikt("history", folder)
    (folder / "ange/t1").rename(folder / "undanlagd")
    (folder / "undanlagd/plan.xlsx").unlink()
    told = [
        "Kvar i historiken, fast mappen inte finns längre: ange/t1. Ska de inte räknas: ta bort deras "
        "filer i historik."
    ]
    lines = uppsikt("history", folder).stdout.splitlines()
    assert [line for line in lines if line.startswith("Kvar")] == told


@pytest.mark.parametrize("command", ["history", "compare"])
def test_without_the_extra_it_is_told_what_to_install(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "find_spec", lambda _: None)
    done = uppsikt(command, make_round(tmp_path, PLAN, {}))
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"Kommandot {command} kräver ett tillägg. Installera det med: "
        'pip install "excel-uppsikt[history]"\n',
    )


def test_a_folder_without_rounds_is_told(tmp_path: Path) -> None:
    for command, told in (
        ("history", f"Det finns ingen omgång i {tmp_path}: ingen mapp där har en plan.xlsx.\n"),
        (
            "compare",
            f"Det finns ingen historik i {tmp_path}. Gör den först: uppsikt history {tmp_path}\n",
        ),
    ):
        done = uppsikt(command, tmp_path)
        assert (done.returncode, done.stderr) == (2, told)
