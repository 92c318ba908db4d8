"""The round as DataFrames, and as files that Swedish Excel and programs open."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from excel_uppsikt import read_round
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds import tables
from excel_uppsikt.rounds.tables import TableFormat, export
from tests.compilation.edited_rounds import put, run
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row, shared_form

PLAN = make_plan(minimum=0)
SHEET = "2 Kommunens ungdomar ska känna"
FIELDS = ["title", "units", "start", "end", "description", "status", "comment"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round with a good row, one with nothing readable but its title, and a common one."""
    bad = row("=Läxhjälp", end="31 februari", status="På gång", start=45_292, comment="")
    inbox = {
        "a.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Fältarbete"), bad]}),
        "b.xlsx": shared_form(PLAN, {2: [row("Läger", status="Avslutad med avvikelse")]}),
    }
    return make_round(tmp_path, PLAN, inbox)


def test_cells_are_as_they_stood(folder: Path) -> None:
    table = read_round(folder).cells()
    assert list(table) == ["file", "sheet", "row", "goal", "id", *FIELDS]
    assert [str(kind) for kind in table.dtypes] == [
        "string", "string", "Int64", "string", "string", *["object"] * 7,
    ]  # fmt: skip
    place = ["inkorg/a.xlsx", SHEET, 6, YOUTH.text]
    assert list(table.iloc[1, :4]) == place
    assert list(table[FIELDS].iloc[1]) == [
        "=Läxhjälp", "", date(2024, 1, 1), "31 februari", "Ger bättre kvalitet.", "På gång", "",
    ]  # fmt: skip


def test_entries_are_typed_and_say_whose_form_they_are_in(folder: Path) -> None:
    table = read_round(folder).entries()
    assert list(table) == [
        "file", "sheet", "row", "unit", "department", "goal", "id", *FIELDS,
    ]  # fmt: skip
    good, bad, common = table.to_dict("records")
    assert (good["unit"], good["units"], good["start"]) == (
        "Hemtjänst", "Hemtjänst", pd.Timestamp(2024, 1, 15),
    )  # fmt: skip
    assert (bad["row"], bad["start"], bad["comment"]) == (6, pd.Timestamp(2024, 1, 1), "")
    assert [pd.isna(value) for value in (bad["end"], bad["status"], common["unit"])] == [True] * 3
    assert (common["units"], common["department"]) == ("", "Social verksamhet")


def test_activities_are_the_compilations_with_its_edits(folder: Path) -> None:
    run(folder, PLAN)
    put(folder, "Fältarbete", {"Kommentar": "Granskad.", "Ta med": "nej"})
    table = read_round(folder).activities()
    assert list(table) == [
        "id", "goal", "area", "department", "title", "units", "start", "end", "description",
        "status", "stage", "deviation", "comment", "included", "last_reported",
    ]  # fmt: skip
    said = table.set_index("title")[["comment", "included", "stage", "deviation"]]
    assert list(said.loc["Fältarbete"]) == ["Granskad.", False, "pågående", False]
    assert list(said.loc["Läger"]) == ["Arbetet pågår.", True, "avslutad", True]
    assert list(said.loc["=Läxhjälp"].isna()) == [False, False, True, True]
    assert table["last_reported"].isna().all()


def test_findings_are_those_of_json_with_their_places(folder: Path) -> None:
    read = read_round(folder)
    table = read.findings()
    keys = ["code", "severity", "message", "file", "sheet", "cell", "value"]
    assert list(table) == [*keys, "row", "column"]
    expected = [finding.as_json() for finding in read.checked.findings]
    plain = table[keys].astype(object)
    assert plain.where(plain.notna(), None).to_dict("records") == expected
    told = table[table["file"] == "inkorg/a.xlsx"]
    assert told[["code", "cell", "row", "column"]].to_numpy().tolist() == [
        ["R302", "D6", 6, 4],
        ["R305", "F6", 6, 6],
    ]


def test_coverage_counts_what_the_report_will_hold(folder: Path) -> None:
    table = read_round(folder).coverage().set_index("number")
    assert table.loc[2].to_dict() == {
        "goal": YOUTH.text, "Hemtjänst": 2, "Bemanning": 0, "Hela verksamheten": 1, "Summa": 3,
    }  # fmt: skip


def test_a_round_without_anything_has_tables_without_rows(tmp_path: Path) -> None:
    read = read_round(make_round(tmp_path, PLAN, {}))
    assert [len(t) for t in (read.cells(), read.entries(), read.activities())] == [0, 0, 0]
    assert list(read.entries().dtypes) == list(read_round(tmp_path).entries().dtypes)
    assert read.coverage()["Summa"].sum() == 0


def test_csv_is_what_swedish_excel_opens_and_no_text_becomes_a_formula(folder: Path) -> None:
    written = export(folder).written
    assert [one.path.relative_to(folder).as_posix() for one in written] == [
        f"ut/tabeller/{name}.csv" for name in ("aktiviteter", "rader", "anmarkningar", "tackning")
    ]
    data = written[0].path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;goal;")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [(r["title"], r["start"], r["included"]) for r in rows] == [
        ("'=Läxhjälp", "2024-01-01", "ja"),
        ("Fältarbete", "2024-01-15", "ja"),
        ("Läger", "2024-01-15", "ja"),
    ]


def test_json_and_parquet_hold_the_same(folder: Path) -> None:
    export(folder, TableFormat.JSON)
    export(folder, TableFormat.PARQUET)
    made = folder / "ut/tabeller"
    read = read_round(folder)
    expected = {
        "aktiviteter": read.activities(),
        "rader": read.entries(),
        "anmarkningar": read.findings(),
        "tackning": read.coverage(),
    }
    for name, table in expected.items():
        again = pd.read_parquet(made / f"{name}.parquet").astype(dict(table.dtypes))
        pd.testing.assert_frame_equal(again, table)
        assert len(json.loads((made / f"{name}.json").read_text("utf-8"))) == len(table)
    second, first, *_ = json.loads((made / "aktiviteter.json").read_text("utf-8"))
    assert (first["start"], first["included"], first["last_reported"]) == ("2024-01-15", True, None)
    assert (second["title"], second["end"], second["deviation"]) == ("=Läxhjälp", None, None)


def test_without_its_library_parquet_is_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda _: None)
    with pytest.raises(CannotRunError, match=re.escape('pip install "excel-uppsikt[parquet]"')):
        export(folder, TableFormat.PARQUET)
    assert not (folder / "ut/tabeller").exists()


def test_reading_a_round_writes_nothing(folder: Path) -> None:
    before = sorted(path for path in folder.rglob("*"))
    read = read_round(str(folder))
    read.activities()
    assert sorted(path for path in folder.rglob("*")) == before


def test_readmes_lines_for_pandas_run_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most ten lines, on the sample round, from the folder of the checkout."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (lines,) = (
        code
        for code in re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
        if "read_round" in code
    )
    assert len(lines.strip().splitlines()) <= 10
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(lines, "README.md", "exec"), names)  # noqa: S102  our own README
    made = [value for value in names.values() if isinstance(value, pd.DataFrame | pd.Series)]
    assert made
    assert all(len(table) for table in made)
