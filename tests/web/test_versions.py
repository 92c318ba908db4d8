"""What was handed out, on the page: each version with its files as they were kept, and what was changed."""

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.running import uppsikt
from tests.rounds.completed_rounds import start
from tests.small_rounds import CARE
from tests.web.running import Answer, Browser, site_of

REPORT = "Uppsiktsrapport Social verksamhet 2024 T1.docx"


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round whose report has been published."""
    folder = tmp_path_factory.mktemp("omgång") / "t1"
    start(folder)
    uppsikt("publish", folder, "--unfinished", "--today", "2024-06-03")
    return folder


def test_each_version_has_its_files_as_they_were_handed_out(folder: Path) -> None:
    """The page's links lead to them, byte by byte, and to nothing else of the round's."""
    version = folder / "ut/versioner" / f"{CARE} 1"
    kept = {path.name: path.read_bytes() for path in version.iterdir()}
    (folder / "ut/rapporter" / REPORT).write_bytes(b"en annan")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.get(f"{here}/rapport")
        assert "Utlämnade versioner" in words(page)
        assert "Version 1, 2024-06-03: " in words(page)
        links = re.findall(rf'href="({re.escape(here)}/version/[^"]+)"', page.text)
        assert {browser.get(html.unescape(link)).body for link in links} == {
            data for name, data in kept.items() if name != "version.json"
        }
        for wrong in (
            "../plan.xlsx",
            "inte-har",
            "..%2f..%2fplan.xlsx",
            quote(REPORT, safe="") + "x",
        ):
            path = f"{here}/version/{quote(version.name)}/{wrong}"
            assert browser.get(path).status == 404, wrong
        assert browser.get(f"{here}/version/..%2frapporter/{quote(REPORT)}").status == 404


def test_a_version_that_somebody_has_changed_is_told(folder: Path) -> None:
    (folder / "ut/versioner" / f"{CARE} 1" / REPORT).write_bytes(b"ett annat")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        page = browser.get(f"{browser.round()}/rapport")
    assert ">F210</a>" in page.text
