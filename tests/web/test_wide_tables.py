"""Tables with many columns fit the page, on a small laptop and at 400 %, and say the same there."""

import html
import re
from pathlib import Path

import pytest

from tests.cli.running import uppsikt
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row
from tests.web.chromium import PATIENCE, chromium, needs_chromium
from tests.web.running import Browser, site_of

UNITS = tuple(f"Kommunal hälso- och sjukvårdsenhet {n}" for n in range(1, 13))
PLAN = make_plan(units=UNITS, minimum=1)
FORMS = {
    f"{unit}.xlsx": own_form(PLAN, unit, {YOUTH.number: [row(f"Aktivitet {n}"), row("Läsår")]})
    for n, unit in enumerate(UNITS[:10])
}


def test_each_goal_says_which_of_many_units_work_toward_it(tmp_path: Path) -> None:
    """What they share counts once in the sum, and those without any of their own are told."""
    make_round(tmp_path / "t1", PLAN, FORMS)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        page = browser.follow(browser.get(f"{browser.round()}/tackning")).text
    cells = [
        " ".join(html.unescape(re.sub("<[^>]+>", "", cell)).split())
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    ]
    at = next(n for n, cell in enumerate(cells) if cell == "11")
    assert cells[at + 1] == ", ".join(f"{unit} 2" for unit in UNITS[:10])
    assert f"Enheter utan egna aktiviteter: {', '.join(UNITS[10:])}." in page


@needs_chromium
def test_no_table_is_scrolled_sideways(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    make_round(tmp_path / "t1", PLAN, FORMS)
    uppsikt("run", tmp_path / "t1")
    uppsikt("templates", tmp_path / "t1")
    uppsikt("mail", tmp_path / "t1", "reminders")
    uppsikt("history", tmp_path)
    beyond = """() => [document.documentElement, ...document.querySelectorAll(".scroll")]
        .map((one) => one.scrollWidth - one.clientWidth)"""
    with chromium() as running, site_of(tmp_path) as site:
        page = running.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(site.address())
        here = Browser.at(site.address()).round()
        ends = ("plan", "inkorg", "enheter", "sammanstallning", "tackning", "mejl", "skickat")
        for address in (*(f"{here}/{end}" for end in ends), "/jamforelse"):
            page.goto(f"{site.origin}{address}")
            page.wait_for_selector("#arbete", state="detached")
            for width in (1366, 320):
                page.set_viewport_size({"width": width, "height": 768})
                assert max(page.evaluate(beyond)) <= 0, (address, width)
