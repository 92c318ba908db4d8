"""The comparison: figures worked out by hand, charts of the tables, and what is told beside them."""

import io
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from excel_uppsikt.history import keeping
from excel_uppsikt.history.comparing import WANTED, Rounds
from excel_uppsikt.history.keeping import Kept
from excel_uppsikt.history.pages import pages
from excel_uppsikt.history.workbook import comparison_workbook
from tests.cli.running import uppsikt
from tests.history.test_keeping import kept
from tests.small_rounds import make_plan, make_round, own_form, row

pytest.importorskip("pyarrow")
__all__ = ["kept"]
UNREPORTED = "Med i jämförelsen, fast ingen rapport är gjord än: {names}. Siffrorna kan ändras."


@pytest.fixture
def county(kept: Path, tmp_path: Path) -> Path:
    """The two rounds of Ånge and one of Bräcke, whose only unit has one activity, off the plan."""
    folder = tmp_path / "lan"
    shutil.copytree(kept, folder)
    plan = make_plan(municipality="Bräcke kommun", units=("Köket",), period="T1")
    off = {2: [row("Skolmat", status="Pågående med avvikelse", comment="Försenad.")]}
    make_round(folder / "bracke", plan, {"Köket.xlsx": own_form(plan, "Köket", off)})
    assert uppsikt("history", folder).returncode == 0
    return folder


def table(folder: Path, sheet: str) -> list[dict[str, object]]:
    """A sheet's table, by heading."""
    page = openpyxl.load_workbook(folder / "jamforelse.xlsx")[sheet]
    head, *rows = page.iter_rows(min_row=3, values_only=True)
    names = [str(name) for name in head if name]
    return [dict(zip(names, values, strict=False)) for values in rows if values[0] is not None]


def picked(rows: list[dict[str, object]], *names: str) -> list[tuple[object, ...]]:
    return [tuple(one[name] for name in names) for one in rows]


def test_the_figures_are_those_of_the_rounds(county: Path) -> None:
    done = uppsikt("compare", county)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Skrev {county / 'jamforelse.xlsx'}",
        "3 omgångar i 2 kommuner jämförs.",
        UNREPORTED.format(names="ange/t2 och bracke"),
    ]
    assert picked(
        table(county, "Kommuner"), "Kommun", "År", "Period", "Aktiviteter", "Pågående", "Med avvikelse",
        "Andel med avvikelse", "Enheter", "Har lämnat in", "Andel som uppfyller kravet",
        "Andel mål med aktiviteter", "Flyttade slutdatum",
    ) == [
        ("Bräcke kommun", 2024, "T1", 1, 1, 1, 1, 1, 1, 0, pytest.approx(1 / 3), 0),
        ("Ånge kommun", 2024, "T2", 3, 3, 0, 0, 2, 1, 0.5, pytest.approx(2 / 3), 1),
    ]  # fmt: skip
    assert picked(
        table(county, "Över tid"), "Period", "Kommuner", "Aktiviteter", "Enheter", "Har lämnat in",
        "Sparade efter sista svarsdag",
    ) == [("T1", 2, 4, 3, 2, 1), ("T2", 1, 3, 2, 1, 0)]  # fmt: skip
    assert picked(
        table(county, "Målområden"), "Målområde", "Aktiviteter", "Mål", "Mål med aktiviteter"
    ) == [
        ("Barn och Unga", 3, 2, 2),
        ("Verksamhetsmål", 1, 2, 1),
        ("Tillväxt", 0, 2, 0),
    ]
    assert picked(table(county, "Statusar"), "Status", "Aktiviteter") == [
        ("Pågående enligt plan", 3),
        ("Pågående med avvikelse", 1),
    ]
    assert picked(
        table(county, "Flyttade datum"), "Kommun", "Flyttade slutdatum", "Dagar framåt, i mitten"
    ) == [("Ånge kommun", 1, 92)]
    units = picked(table(county, "Enheter"), "Enhet", "Har lämnat in", "Uppfyller kravet")
    assert sorted(units) == [
        ("Bemanning", "nej", "nej"),
        ("Hemtjänst", "ja", "ja"),
        ("Köket", "ja", "nej"),
    ]


def test_each_table_has_filters_and_charts_of_its_own_cells(county: Path) -> None:
    uppsikt("compare", county)
    book = openpyxl.load_workbook(county / "jamforelse.xlsx")
    assert book.sheetnames == [
        "Läs mig",
        "Över tid",
        "Kommuner",
        "Målområden",
        "Statusar",
        "Verksamheter",
        "Enheter",
        "Flyttade datum",
        "Omgångar",
    ]
    assert all(page.auto_filter.ref for page in book.worksheets[1:])
    with zipfile.ZipFile(county / "jamforelse.xlsx") as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert len(charts) == 9
    assert all("'!$" in chart or "!$" in chart for chart in charts)


def test_copies_of_a_round_are_told(county: Path) -> None:
    shutil.copytree(county / "bracke", county / "kopia")
    uppsikt("history", county)
    told = uppsikt("compare", county).stdout.splitlines()
    assert told[1:] == [
        "4 omgångar i 2 kommuner jämförs.",
        "Bräcke kommun, Social verksamhet, 2024 T1 finns i flera mappar, som alla räknas: bracke och kopia. "
        "Är det kopior: ta bort de andra mapparna och deras filer i historik.",
        UNREPORTED.format(names="ange/t2, bracke och kopia"),
    ]


def test_a_damaged_file_is_told_and_costs_only_itself(county: Path) -> None:
    (county / "historik/andringar/ange/t2.parquet").write_bytes(b"PAR1")
    told = uppsikt("compare", county).stdout.splitlines()
    assert told[2:] == [
        UNREPORTED.format(names="ange/t2 och bracke"),
        "Inte med i jämförelsen, eftersom filen inte kan läsas: historik/andringar/ange/t2.parquet. Gör om "
        "dem med uppsikt history.",
    ]
    assert table(county, "Flyttade datum")[0]["Kommun"] == "Inget att visa."


def test_a_comparison_that_has_been_edited_is_not_written_over(county: Path) -> None:
    uppsikt("compare", county)
    path = county / "jamforelse.xlsx"
    first = path.read_bytes()
    assert uppsikt("compare", county).stdout.splitlines()[0] == f"Skrev {path}"
    assert path.read_bytes() == first
    book = openpyxl.load_workbook(path)
    book["Läs mig"]["A1"] = "Min egen"
    book.save(path)
    edited = path.read_bytes()
    done = uppsikt("compare", county)
    assert (county / "jamforelse (ny).xlsx").read_bytes() == first
    assert path.read_bytes() == edited
    assert "jamforelse.xlsx har ändrats för hand" in done.stdout


def test_a_million_activities_are_grouped_at_once() -> None:
    """Ten national rounds of 290 municipalities."""
    chance, count, towns = np.random.default_rng(1), 1_000_000, 290
    periods = chance.integers(0, 10, count)

    def words(names: list[str], at: "np.ndarray[Any, Any] | None" = None) -> "pd.Series[Any]":
        codes = chance.integers(0, len(names), count) if at is None else at
        return pd.Series(np.array(names, dtype=object)[codes]).astype("category")

    activities = pd.DataFrame(
        {
            "municipality": words([f"Kommun {n}" for n in range(towns)]),
            "year": 2020 + periods // 2,
            "period": words(["T1", "T2"], periods % 2),
            "round": words([f"mapp {n}" for n in range(towns)]),
            "department": words([f"Verksamhet {n}" for n in range(8)]),
            "area": words([f"Område {n}" for n in range(6)]),
            "status": words([f"Status {n}" for n in range(5)]),
            "stage": words(["ej påbörjad", "pågående", "avslutad"]),
            "deviation": chance.integers(0, 2, count).astype(bool),
            "counted": True,
        }
    )
    none = {name: pd.DataFrame(columns=list(columns)) for name, columns in WANTED.items()}
    rounds = Rounds.of(Kept(none | {keeping.ACTIVITIES: activities}, ()))
    start = time.process_time()
    stages = rounds.stages(("municipality", "year", "period"))
    taken = time.process_time() - start
    assert (len(stages), int(stages["Aktiviteter"].sum())) == (towns * 10, count)
    assert taken < 2


def test_the_same_rounds_give_the_same_workbook(county: Path) -> None:
    read = keeping.read_kept(county, WANTED)
    first, second = (comparison_workbook(pages(Rounds.of(read))) for _ in range(2))
    assert first == second
    assert openpyxl.load_workbook(io.BytesIO(first))["Läs mig"]["A2"].value == (
        "Kommuner: 2. Omgångar: 3. Perioder: 2."
    )
