"""What the inbox's page tells of mail, and of how many files lie there."""

import html
import re
from pathlib import Path

from tests.intake.test_own_words import reply
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.chromium import PATIENCE, chromium, needs_chromium
from tests.web.running import Browser, site_of

PLAN = make_plan(minimum=1)
FORM = own_form(PLAN, "Hemtjänst", {2: [row("Fältarbete")], 1: [row("Friskvård")]})


def states(page: str) -> dict[str, str]:
    """How each file stands, by its name."""
    rows = re.findall(
        r'<th scope="row">([^<]+)</th>.*?<span class="tag (\w+)">([^<]+)</span>', page, re.DOTALL
    )
    return {html.unescape(name): f"{tone}: {state}" for name, tone, state in rows}


def test_a_mail_whose_form_is_used_is_not_told_as_unread(tmp_path: Path) -> None:
    """What the sender wrote is told of the mail. It and its form are one file, as on the first page."""
    message = reply("Vi har en aktivitet till i januari.", [("Hemtjänst.xlsx", FORM)])
    inbox = {"svar.eml": message.as_bytes(), "bild.jpg": b"\xff\xd8\xff\xe0bild"}
    make_round(tmp_path / "t1", PLAN, inbox)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/inkorg")).text
        first = browser.get(here).text
    assert states(page) == {
        "bild.jpg": "error: lästes inte som formulär",
        "svar.eml": "plain: innehållet lästes",
        "svar.eml/Hemtjänst.xlsx": "good: används",
    }
    assert "januari" in page
    assert ("2 filer i inkorgen" in page, "2 filer har kommit" in first) == (True, True)


def test_an_inbox_that_cannot_be_read_is_not_told_as_empty(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "t1", PLAN, {"a.xlsx": FORM})
    (folder / "plan.xlsx").write_bytes(b"inte en plan")
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        page = browser.follow(browser.get(f"{browser.round()}/inkorg")).text
    assert ("Det gick inte" in page, "Inkorgen är tom" in page) == (True, False)
    assert "1 fil i inkorgen." in page


@needs_chromium
def test_what_is_told_of_a_file_has_room(tmp_path: Path) -> None:
    """At the width of a small laptop: most of what stands there is told of files that were set aside."""
    other = own_form(PLAN, "Hemtjänst", {2: [row("Fältarbete på kvällar")], 1: [row("Friskvård")]})
    names = ("Hemtjänst slutlig.xlsx", "Hemtjänsten_formulär_kompletterat_2024_T1.xlsx", "bild.jpg")
    make_round(tmp_path / "t1", PLAN, dict(zip(names, (FORM, other, b"\xff\xd8\xff"), strict=True)))
    with chromium() as running, site_of(tmp_path) as site:
        page = running.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(site.address())
        page.goto(f"{site.origin}{Browser.at(site.address()).round()}/inkorg")
        page.wait_for_selector("caption", timeout=PATIENCE)
        cells = page.locator("table.told thead th").all()
        widths = [box["width"] for cell in cells if (box := cell.bounding_box())]
    assert len(widths) == 5
    assert widths[-1] > 0.35 * sum(widths)
    assert widths[0] > 0.15 * sum(widths)
