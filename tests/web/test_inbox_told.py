"""What the inbox's page tells of mail, and of how many files lie there."""

import html
import re
from pathlib import Path

from tests.intake.test_own_words import reply
from tests.small_rounds import make_plan, make_round, own_form, row
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
