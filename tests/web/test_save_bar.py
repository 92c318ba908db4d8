"""The button that saves all rows at once stays at hand, but not beside the one of a row that is open."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.compilation.edited_rounds import SECOND, start
from tests.web.chromium import chromium, needs_chromium
from tests.web.running import site_of
from tests.web.test_rows_in_place import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLACE = "getComputedStyle(document.querySelector('.save-bar')).position"


@needs_chromium
def test_an_open_row_has_but_its_own_button_at_hand(tmp_path: Path) -> None:
    start(tmp_path / "t1")

    def place(page: "Page") -> str:
        return str(page.evaluate(PLACE))

    with chromium() as running, site_of(tmp_path) as site:
        page = opened(running, site.address())
        assert place(page) == "sticky"
        page.click(f"a.edit:has-text('{SECOND}')")
        page.wait_for_selector("tr.editing textarea")
        assert place(page) == "static"
        page.click("tr.editing .cancel")
        assert place(page) == "sticky"
