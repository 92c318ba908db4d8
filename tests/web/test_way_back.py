"""From the handbook back to the page that she came from: one of our own, whatever a browser says."""

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from excel_uppsikt.web.coming_back import own_page
from tests.small_rounds import make_plan, make_round
from tests.web.running import Browser, site_of


def ways(page: str) -> list[tuple[str, str]]:
    """The links at the top of a page of the handbook: where they lead, and what they say."""
    top = page[page.index("</h1>") : page.index('<div class="handbook">')]
    found = re.findall(r'<a href="(/[^"]*)">([^<]+)</a>', top)
    return [(html.unescape(where), html.unescape(told)) for where, told in found]


def test_the_handbook_leads_back_to_where_she_was(tmp_path: Path) -> None:
    """Also by way of other pages of the handbook and its contents, and to a list as she had chosen it."""
    make_round(tmp_path / "t1", make_plan(), {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        was = f"{here}/anmarkningar?enhet=Hemtj%C3%A4nst"
        page = browser.get("/hjalp/samordnaren", Referer=f"{site.origin}{was}&klart=3").text
        back, contents = ways(page)
        assert back == (was, "Tillbaka till Anmärkningar")
        assert contents[1] == "Handbokens innehåll"
        listed = browser.get(contents[0]).text
        assert f'<a href="{html.escape(was)}">Tillbaka till Anmärkningar</a>' in listed
        inner = re.findall(r'href="(/hjalp/[a-z-]+\?[^"]+)"', page)
        assert inner
        for link in (*inner, *re.findall(r'href="(/hjalp/[^"]+)"', listed)):
            other = browser.get(html.unescape(link), Referer=f"{site.origin}/hjalp").text
            assert ways(other)[0] == (was, "Tillbaka till Anmärkningar")
        assert browser.get(was).status == 200


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/", "Tillbaka till Omgångar"),
        ("/jamforelse", "Tillbaka till Jämförelse"),
        ("{here}", "Tillbaka till Översikt"),
        ("{here}/hamta", "Tillbaka till sidan du kom från"),
        ("{here}/rad/abc%20d?visa=alla", "Tillbaka till sidan du kom från"),
    ],
)
def test_each_page_is_told_by_its_name(tmp_path: Path, page: str, told: str) -> None:
    make_round(tmp_path / "t1", make_plan(), {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        was = page.format(here=browser.round())
        came = browser.get("/hjalp/koder", Referer=f"{site.origin}{was}").text
    assert ways(came)[0] == (was, told)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://exempel.se/omgang/t1",
        "//exempel.se/",
        "/\\exempel.se",
        "javascript:alert(1)",
        "/omgang/t1/../../hjalp",
        "/omgang/t1/fil/plan",
        "/omgang/t1/oppna",
        "/omgang/t1/mejl/4/okant",
        "/arbete/3",
        "/avsluta",
        "/hjalp/koder",
        "/omgang/t1/plan%0A",
        "http://[",
    ],
)
def test_nothing_but_our_own_pages_is_led_back_to(tmp_path: Path, address: str) -> None:
    """Neither from a link nor from what the browser says."""
    assert own_page(address) == ""
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        page = browser.get(f"/hjalp/koder?fran={quote(address)}").text
        assert ways(page) == [("/hjalp", "Handbokens innehåll")]
        other = browser.get("/hjalp/koder", Referer=f"http://exempel.se:{site.port}/").text
        assert ways(other) == [("/hjalp", "Handbokens innehåll")]
