"""The history read for the comparison's page: with how far it is, once, and anew when it has changed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from excel_uppsikt.history import keeping
from excel_uppsikt.rounds.comparison import KeptRounds, read_rounds
from excel_uppsikt.rounds.history import keep_rounds
from excel_uppsikt.web import kept_readings
from excel_uppsikt.web.kept_readings import KeptReadings
from tests.history.test_keeping import county
from tests.web.running import Browser, site_of

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rounds that are kept."""
    folder = county(tmp_path_factory.mktemp("lan"))
    assert [one.told for one in keep_rounds(folder)] == ["", ""]
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "lan")


def test_each_file_is_told_before_it_is_read(folder: Path) -> None:
    """All of every table, by where it lies."""
    told: list[str] = []
    kept = read_rounds(folder, told.append)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    assert kept.count == 2
    assert len(told) == len(set(told))
    assert set(told) <= files
    assert {f"{keeping.FOLDER}/{keeping.UNITS}/ange/t{n}.parquet" for n in (1, 2)} <= set(told)


def test_the_history_is_read_once_until_it_changes(folder: Path) -> None:
    """A round whose folder has gone is another change: it is told."""
    readings, told = KeptReadings(), list[str]()
    first = readings.read(folder, told.append)
    read = len(told)
    assert read > 0
    assert readings.read(folder, told.append) is first
    assert readings.fresh(folder) is first
    assert len(told) == read
    shutil.rmtree(folder / "ange/t2")
    assert readings.fresh(folder) is None
    second = readings.read(folder, told.append)
    assert second.kept is not None
    assert [note.split(":")[0] for note in second.kept.notes] == [
        "Med i jämförelsen, fast mappen inte finns längre"
    ]
    (folder / f"{keeping.FOLDER}/{keeping.UNITS}/ange/t1.parquet").unlink()
    assert readings.fresh(folder) is None


def test_the_page_shows_how_far_a_long_reading_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be left, comes by itself when it is read, and is stopped without being begun again."""
    go_on = Event()

    def slowly(where: Path, progress: Callable[[str], None]) -> KeptRounds:
        progress("historik/enheter/ange/t1.parquet")
        while not go_on.wait(0.05):
            progress("historik/enheter/ange/t2.parquet")
        return read_rounds(where, progress)

    monkeypatch.setattr("excel_uppsikt.rounds.comparison.read_rounds", slowly)
    with site_of(folder) as site:
        browser = Browser.at(site.address())
        page = browser.get("/jamforelse").text
        assert ("Läser historiken: historik/enheter/ange/t" in page, "Stoppa" in page) == (
            True,
            True,
        )
        number = page.partition('action="/arbete/')[2].partition("/")[0]
        stopped = browser.follow(browser.post(f"/arbete/{number}/stopp")).text
        assert ("Arbetet stoppades" in stopped, "<h1>Omgångar</h1>" in stopped) == (True, True)
        browser.get("/jamforelse")
        go_on.set()
        page = browser.follow(browser.get("/jamforelse")).text
        assert "2 omgångar i 1 kommun jämförs." in page


def test_a_history_that_cannot_be_read_is_told(folder: Path) -> None:
    for path in folder.rglob("*.parquet"):
        path.write_bytes(b"ingen tabell")
    reading = kept_readings.KeptReadings().read(folder, lambda _: None)
    assert (reading.kept, reading.pages) == (None, ())
    assert reading.fault.startswith("Det finns ingen historik i ")
