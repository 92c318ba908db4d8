"""Conflicts on the page: side by side, settled with a click, refused where the file has been saved since."""

import re
import shutil
from pathlib import Path

from tests.cli.running import uppsikt
from tests.compilation.edited_rounds import FIRST, hand_in, home_form, line, put, start
from tests.small_rounds import row
from tests.web.running import Browser, site_of

OWN, NEW = "Samordnarens <b>ord</b>.", "Enhetens nya ord."


def fields(page: str, button: str) -> dict[str, str]:
    """What the form with this button sends."""
    (form,) = [
        one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f">{button}<" in one
    ]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_conflict_is_shown_side_by_side_and_settled_with_a_click(tmp_path: Path) -> None:
    """As by writing it in Excel; the rest of the compilation is as a merge makes it."""
    folder = tmp_path / "sida/t1"
    start(folder)
    put(folder, FIRST, {"Kommentar": OWN})
    hand_in(folder, "Hemtjänst.xlsx", home_form(row(FIRST, comment=NEW)))
    with site_of(tmp_path / "sida") as site:
        browser = Browser.at(site.address())
        here = browser.round()
        before = browser.follow(browser.get(f"{here}/sammanstallning")).text
        assert "Gör sammanställningen, så kan du välja lydelse här." in before
        page = browser.follow(browser.post(f"{here}/sammanstallning")).text
        assert "Samordnarens &lt;b&gt;ord&lt;/b&gt;." in page
        assert NEW in page
        other = shutil.copytree(folder, tmp_path / "excel/t1")
        taken = browser.follow(browser.post(f"{here}/valj", fields(page, "Ta enhetens"))).text
        assert "Ditt val står i sammanställningen" in taken
        assert "Att välja mellan" not in taken
        again = browser.follow(browser.post(f"{here}/valj", fields(page, "Behåll"))).text
        assert "har sparats sedan den visades" in again
    assert (line(folder, FIRST)["Kommentar"], line(folder, FIRST)["Anteckning"]) == (NEW, None)
    put(other, FIRST, {"Kommentar": NEW, "Anteckning": None})
    uppsikt("merge", other)
    assert line(folder, FIRST) == line(other, FIRST)
