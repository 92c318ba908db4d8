"""Where the page leads to mail from: a unit whose file cannot be read, and a report."""

import html
import re
from pathlib import Path

import pytest

from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import plan_with_people
from tests.rounds.completed_rounds import start
from tests.small_rounds import make_round
from tests.web.running import Browser, site_of

PLAN = plan_with_people(minimum=1)
WORD = b"PK\x03\x04 no workbook"


def links(page: str, within: str) -> list[str]:
    """Where the links to mail in a part of a page lead, by what it begins with."""
    own = page[page.index(within) :].partition("</tr>")[0]
    return [html.unescape(one) for one in re.findall(r'href="([^"]*/mejl[^"]*)"', own)]


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's own user has none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))


def test_who_sent_what_cannot_be_read_can_be_mailed_a_form_again(tmp_path: Path) -> None:
    """The page asks for another file. Those who have handed in nothing are reminded instead."""
    folder = make_round(tmp_path / "sida/t1", PLAN, {"Hemtjänst.docx": WORD})
    uppsikt("templates", folder)
    uppsikt("mail", folder, "templates")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/enheter")).text
        (way,) = links(page, '<th scope="row">Hemtjänst</th>')
        assert way.endswith("/mejl?slag=templates&bara=Hemtj%C3%A4nst&igen=1")
        others = links(page, '<th scope="row">Bemanning</th>')
        assert others == [f"{here}/mejl?slag=reminders&bara=Bemanning"]
        form = browser.get(way).text
        assert 'value="templates" checked' in form
        asked = {"slag": "templates", "bara": "Hemtjänst", "igen": "1"}
        shown = browser.follow(browser.post(f"{here}/mejl", asked)).text
    assert "Be Hemtjänst om en ny fil" in page
    assert "1 mejl till enheterna" in shown


def test_a_report_can_be_mailed_before_there_is_a_clean_copy(tmp_path: Path) -> None:
    folder = tmp_path / "sida/t1"
    start(folder)
    assert not (folder / "ut/publicering").exists()
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/rapport")).text
    assert re.findall(r'href="([^"]*)">Mejla rapporten<', page) == [
        f"{here}/mejl?slag=reports&amp;bara=Social%20verksamhet"
    ]
