"""A file that Excel, OneDrive or the coordinator takes away while a page is made is simply not there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import MERGED_FILES
from excel_uppsikt.rounds.comparison import comparisons
from excel_uppsikt.rounds.history import keep_rounds
from excel_uppsikt.web.kept_readings import KeptReadings
from excel_uppsikt.web.progress import progress_of
from tests.rounds.completed_rounds import start
from tests.web.running import Browser, site_of

REPORT = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
Vanishing = Callable[[str], None]


@pytest.fixture
def vanishing(monkeypatch: pytest.MonkeyPatch) -> Vanishing:
    """Lets the file of a name be gone as soon as it has been seen to be there."""

    def taken_away(name: str) -> None:
        is_file = Path.is_file

        def seen(path: Path) -> bool:
            there = is_file(path)
            if there and path.name == name:
                path.unlink()
            return there

        monkeypatch.setattr(Path, "is_file", seen)

    return taken_away


def test_a_kept_table_that_has_gone_is_not_there(tmp_path: Path) -> None:
    """Listed by its name, and nothing to be found under it."""
    start(tmp_path / "t1")
    list(keep_rounds(tmp_path))
    readings = KeptReadings()
    before = readings.read(tmp_path, lambda _: None)
    assert (before.fault, readings.fresh(tmp_path)) == ("", before)
    (tmp_path / "historik/aktiviteter/borta.parquet").symlink_to(tmp_path / "finns-inte")
    assert readings.fresh(tmp_path) is None


def test_a_compilation_that_has_gone_was_never_made(tmp_path: Path, vanishing: Vanishing) -> None:
    """Also where nobody remembers what it was made of, so that its time is looked at."""
    start(folder := tmp_path / "t1")
    (folder / MERGED_FILES).unlink()
    vanishing("sammanstallning.xlsx")
    assert not progress_of(folder).unmerged


def test_a_report_that_has_gone_waits_for_no_copy(tmp_path: Path) -> None:
    start(folder := tmp_path / "t1")
    report = folder / "ut/rapporter" / REPORT
    copy = folder / "ut/publicering" / REPORT
    copy.parent.mkdir()
    copy.write_bytes(report.read_bytes())
    report.unlink()
    report.symlink_to(tmp_path / "finns-inte")
    assert progress_of(folder).unpublished == 0


def test_a_comparison_that_has_gone_is_not_listed(tmp_path: Path, vanishing: Vanishing) -> None:
    for name in ("jamforelse.xlsx", "jamforelse (ny).xlsx"):
        (tmp_path / name).write_bytes(b"x")
    vanishing("jamforelse.xlsx")
    assert [path.name for path in comparisons(tmp_path)] == ["jamforelse (ny).xlsx"]


def test_a_file_that_has_gone_is_not_found_and_nothing_is_broken(
    tmp_path: Path, vanishing: Vanishing, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also where it was listed a moment before: a page says so, without a traceback."""
    start(folder := tmp_path / "t1")
    (folder / "ut/rapporter/a.docx").write_bytes(b"x")
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        vanishing(REPORT)
        answer = browser.get(f"{here}/fil/rapporter/{REPORT.replace(' ', '%20')}")
        assert (answer.status, "Sidan eller filen finns inte" in answer.text) == (404, True)
        vanishing("a.docx")
        assert browser.get(f"{here}/zip/rapporter").status == 200
        assert browser.get(here).status == 200
    assert "Traceback" not in capfd.readouterr().err
