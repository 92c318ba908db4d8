"""The handbook on the page: every page, link, picture and code in it can be reached, and nothing else."""

import html
import re
from pathlib import Path

import pytest

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.web import words
from tests.cli.running import ROOT
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.chromium import PATIENCE, chromium, needs_axe, violations
from tests.web.running import Browser, site_of


def read_all(browser: Browser) -> dict[str, str]:
    """The handbook's pages by address, as the help lists them."""
    listed = browser.get("/hjalp").text
    addresses = dict.fromkeys(re.findall(r'href="(/hjalp/[^"#]+)"', listed))
    return {address: browser.get(address).text for address in addresses}


def test_every_page_link_and_picture_leads_somewhere(tmp_path: Path) -> None:
    """The help lists every file of the handbook; links lead to headings that are there, on this computer."""
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        pages = read_all(browser)
        files = {path.stem for path in (ROOT / "docs/handbok").glob("*.md")} - {"README"}
        assert {address.removeprefix("/hjalp/") for address in pages} == {
            *files,
            "for-it-avdelningen",
        }
        pictures: dict[str, str] = {}
        for address, page in pages.items():
            main = page[page.index("<main") : page.index("</main>")]
            pictures |= dict(re.findall(r'<img src="([^"]+)" alt="([^"]+)"', main))
            assert main.count("<img") == len(re.findall(r'<img src="[^"]+" alt="[^"]+"', main))
            for target in re.findall(r'href="([^"]+)"', main):
                where, _, anchor = html.unescape(target).partition("#")
                if where in ("/hjalp", ""):
                    where = where or address
                assert where in pages or where == "/hjalp", target
                if anchor:
                    assert f'id="{anchor}"' in pages[where], target
        answers = {picture: browser.get(picture) for picture in pictures}
    assert len(pictures) >= 6
    assert {(one.status, one.body[:4]) for one in answers.values()} == {(200, b"\x89PNG")}


def test_every_page_of_a_round_leads_to_its_part_of_the_handbook(tmp_path: Path) -> None:
    make_round(tmp_path / "t1", make_plan(), {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here, told = browser.round(), browser.get("/hjalp/samordnaren").text
        for end, name, _ in words.STEPS[1:]:
            page = browser.follow(browser.get(f"{here}{end}")).text
            (anchor,) = re.findall(
                rf'href="/hjalp/samordnaren#([^"]+)">Läs i handboken om {name}<', page
            )
            assert f'id="{anchor}"' in told, name


def test_every_code_that_is_shown_leads_to_its_explanation(tmp_path: Path) -> None:
    plan = make_plan(minimum=1)
    flawed = own_form(plan, "Hemtjänst", {2: [row("Bo", end="snart", status="Nja")]})
    make_round(tmp_path / "t1", plan, {"a.xlsx": flawed})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        codes = browser.get("/hjalp/koder").text
        found = browser.follow(browser.get(f"{browser.round()}/anmarkningar")).text
    shown = re.findall(r'href="/hjalp/koder#(\w+)">(\w+)</a>', found)
    assert {"R302", "R305", "U503"} <= {code for _, code in shown}
    assert all(anchor == code for anchor, code in shown)
    assert re.findall(r'<h3 id="(\w+)">', codes) == list(CATALOGUE)


@pytest.mark.parametrize(
    "address",
    [
        "/hjalp/README",
        "/hjalp/..%2Fplan",
        "/hjalp/bild/plan.xlsx",
        "/hjalp/bild/..%2Fsamordnaren.md",
    ],
)
def test_nothing_but_the_handbook_is_given(tmp_path: Path, address: str) -> None:
    with site_of(tmp_path) as site:
        assert Browser.at(site.address()).get(address).status == 404


@needs_axe
def test_everyone_can_read_it(tmp_path: Path) -> None:
    """Axe finds nothing on any of its pages, in light or dark, and nothing is too wide at 400 %."""
    with site_of(tmp_path) as site, chromium() as browser, browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(site.address())
        page.goto(f"{site.origin}/hjalp")
        links = [one.get_attribute("href") for one in page.locator("main .files a").all()]
        for link in links:
            page.goto(f"{site.origin}{link}")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.emulate_media(color_scheme="light")
            assert violations(page) == [], link
            page.emulate_media(color_scheme="dark")
            assert violations(page, "color-contrast") == [], link
            page.set_viewport_size({"width": 320, "height": 900})
            beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(beyond) <= 0, link
