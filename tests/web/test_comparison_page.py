"""The rounds compared on the page: the commands' own figures as pictures and tables, kept and made there."""

import html
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from excel_uppsikt.history import keeping
from excel_uppsikt.rounds.history import RoundKept
from excel_uppsikt.web.jobs import StoppedError
from excel_uppsikt.web.pages import comparison
from excel_uppsikt.web.site import Site
from tests.cli.running import uppsikt
from tests.history.test_keeping import county
from tests.web.chromium import PATIENCE, chromium, needs_axe, violations
from tests.web.running import Answer, Browser, site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rounds: three activities and one unit of two at first, the same with one of two late after."""
    return county(tmp_path_factory.mktemp("lan"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "lan")


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    with site_of(folder) as running:
        yield running


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def section(page: Answer, name: str) -> str:
    """What stands in a part of the page, without markup."""
    (text,) = re.findall(
        rf'<section aria-labelledby="sida\d"><h2[^>]*>{name}</h2>.*?</section>',
        re.sub(r">\s+<", "><", page.text),
        re.DOTALL,
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_history_is_kept_shown_and_compared_from_the_page(
    folder: Path, site: Site, tmp_path: Path
) -> None:
    """The files and the workbook are those of the commands."""
    other = shutil.copytree(folder, tmp_path / "kommando")
    browser = Browser.at(site.address())
    page = browser.follow(browser.get("/jamforelse"))
    assert "Inte med i historiken: ange/t1 och ange/t2." in words(page)
    assert "Gör jamforelse.xlsx" not in words(page)
    page = browser.follow(browser.post("/jamforelse/historik"))
    assert "Historiken är sparad 2 av 2 omgångar sparades." in words(page)
    assert "Inte med i historiken" not in words(page)
    assert "2 omgångar i 1 kommun jämförs." in words(page)
    page = browser.follow(browser.post("/jamforelse"))
    assert "Jämförelsen är gjord Skrev jamforelse.xlsx." in words(page)
    fetched = browser.get("/jamforelse/fil/jamforelse.xlsx")
    assert fetched.headers["content-disposition"].startswith(
        'attachment; filename="jamforelse.xlsx"'
    )
    uppsikt("history", other)
    uppsikt("compare", other)
    assert fetched.body == (other / "jamforelse.xlsx").read_bytes()
    names = sorted(path.relative_to(other) for path in other.glob("historik/**/*.parquet"))
    assert [
        name for name in names if (folder / name).read_bytes() != (other / name).read_bytes()
    ] == []
    assert browser.get("/jamforelse/fil/plan.xlsx").status == 404


def test_each_figure_stands_as_a_picture_and_in_a_table(folder: Path, site: Site) -> None:
    """Two areas, one status, one silent unit of two: worked out from the forms."""
    uppsikt("history", folder)
    browser = Browser.at(site.address())
    page = browser.follow(browser.get("/jamforelse"))
    assert section(page, "Statusar").endswith(
        "Aktiviteter Pågående enligt plan 2024 T1 3 2024 T2 3 Statusar: siffrorna Status År Period "
        "Aktiviteter Pågående enligt plan 2024 T1 3 Pågående enligt plan 2024 T2 3"
    )
    whole = section(page, "Över tid")
    assert "Per år och period. Varje omgång räknas som i sin egen rapport." in whole
    assert (
        "Aktiviteter efter läge Ej påbörjade Pågående Avslutade Utan status 2024 T1 3 2024 T2 3"
        in whole
    )
    assert "Andel som lämnat in 2024 T1 50 % 2024 T2 50 %" in whole
    units = section(page, "Enheter")
    assert (
        "Inlämnade aktiviteter Bemanning 2024 T1 0 2024 T2 0 Hemtjänst 2024 T1 3 2024 T2 3" in units
    )
    assert "Social verksamhet Bemanning 2024 T1 nej 0" in units
    # Three of three are under way; the whole picture is one part.
    assert '<rect class="part of-1" x="0" width="1000" height="10"/>' in page.text
    assert re.findall(r"\sstyle=|<script(?! src)", page.text) == []


def test_what_is_kept_and_no_longer_holds_is_told(folder: Path, site: Site) -> None:
    """A round changed since, one whose folder is gone, and a file that cannot be read."""
    uppsikt("history", folder)
    browser = Browser.at(site.address())
    kept = keeping.kept_file(folder, keeping.UNITS, "ange/t2")
    moment = kept.stat().st_mtime + 10
    # A file that comes late, and was saved long before.
    (folder / "ange/t2/inkorg/sent.xlsx").write_bytes(b"")
    os.utime(folder / "ange/t2/inkorg/sent.xlsx", (0, 0))
    os.utime(folder / "ange/t2/inkorg", (moment, moment))
    assert "Ändrade sedan historiken sparades: ange/t2." in words(
        browser.follow(browser.get("/jamforelse"))
    )
    shutil.rmtree(folder / "ange/t1")
    told = words(browser.follow(browser.get("/jamforelse")))
    assert "fast mappen inte finns längre: ange/t1." in told
    for path in (folder / "historik").rglob("*.parquet"):
        path.write_bytes(b"inget")
    page = browser.follow(browser.get("/jamforelse"))
    assert (page.status, "Spara historiken" in words(page)) == (200, True)


def test_a_round_that_cannot_be_read_is_told_and_the_others_are_kept(
    folder: Path, site: Site
) -> None:
    (folder / "ange/t1/plan.xlsx").write_bytes(b"inget")
    browser = Browser.at(site.address())
    page = browser.follow(browser.post("/jamforelse/historik"))
    assert "Några omgångar gick inte att spara 1 av 2 omgångar sparades. t1: " in words(page)
    assert "1 omgång i 1 kommun jämförs." in words(page)


def test_a_stop_tells_what_was_kept_before_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never that nothing was changed."""

    def stopped(one: Path, **_: object) -> Iterator[RoundKept]:
        yield RoundKept(one / "ange/t1", {})
        raise StoppedError

    monkeypatch.setattr(comparison, "keep_rounds", stopped)
    page = Browser.at(site.address())
    told = words(page.follow(page.post("/jamforelse/historik")))
    assert (
        "Historiken sparades inte för alla omgångar 1 omgång sparades innan det stoppades." in told
    )
    assert "Inget ändrades" not in told


def test_without_what_reads_the_history_the_page_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a fault nor a button that cannot do anything."""
    monkeypatch.setattr(keeping, "find_spec", lambda _: None)
    page = Browser.at(site.address()).get("/jamforelse")
    assert page.status == 200
    assert "Jämförelsen behöver ett tillägg som inte är installerat" in words(page)
    assert 'excel-uppsikt[history]"' in words(page)
    assert "/jamforelse/historik" not in page.text


def test_an_empty_folder_has_nothing_to_compare(tmp_path: Path) -> None:
    with site_of(tmp_path) as site:
        page = Browser.at(site.address()).get("/jamforelse")
    assert "Här finns ingen omgång att jämföra än." in words(page)


@pytest.fixture(scope="module")
def running() -> Iterator["Chromium"]:
    with chromium() as started:
        yield started


@needs_axe
def test_everyone_can_use_the_page(running: "Chromium", folder: Path, site: Site) -> None:
    uppsikt("history", folder)
    with running.new_context() as context:
        page = context.new_page()
        page.goto(site.address())
        page.goto(f"{site.origin}/jamforelse")
        page.wait_for_selector("text=Över tid: siffrorna", timeout=PATIENCE)
        assert violations(page) == []
