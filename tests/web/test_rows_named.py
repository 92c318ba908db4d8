"""What is told of rows that are saved from the list says which row each is."""

import re
from pathlib import Path

from tests.compilation.edited_rounds import SECOND, THIRD, start
from tests.web.running import Browser, site_of
from tests.web.test_rows_edited import fields_of, save


def notice(page: str) -> list[str]:
    """What is told at the top of a page, but for its heading."""
    own = page[page.index('id="besked"') :].partition("</section>")[0]
    return re.findall(r"<(?:p|li)>([^<]+)</", own)


def test_an_order_that_is_no_number_is_told_with_its_row(tmp_path: Path) -> None:
    """Of one row as of two. On the row's own page it is known which one it is."""
    start(tmp_path / "t1")
    wrong = (
        "Ordning är ”{}”, som inte är ett tal. Skriv ett tal, eller töm cellen. Raden står så länge bland "
        "dem utan ordning."
    )
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()

        def arranged(orders: dict[str, str]) -> list[str]:
            page = browser.follow(browser.get(f"{here}/sammanstallning")).text
            keys = re.findall(r'value="(\w+)" aria-label="Ta med ([^"]+)"', page)
            sent = dict(fields_of(page, "ordna"))
            sent |= {f"ordning-{key}": orders.get(title, "") for key, title in keys}
            # Of several fields of the same name only the last is sent, so the other rows are kept out.
            return notice(browser.follow(browser.post(f"{here}/ordna", sent)).text)

        assert arranged({SECOND: "två"}) == [f"”{SECOND}”: {wrong.format('två')}"]
        assert arranged({SECOND: "två", THIRD: "tre"}) == [
            f"”{SECOND}”: {wrong.format('två')}",
            f"”{THIRD}”: {wrong.format('tre')}",
        ]
        assert notice(save(browser, SECOND, {"Ordning": "sist"})) == [wrong.format("sist")]
