"""The comparison's statuses in the plan's order, rounds that may still change, and long tables in parts."""

import html
import re
from pathlib import Path

import pytest

from excel_uppsikt.web import comparison_told
from tests.cli.running import uppsikt
from tests.history.test_keeping import county
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.running import Answer, Browser, site_of

pytest.importorskip("pyarrow")
PLAN = make_plan(units=("Hemtjänst",), minimum=1)
# As in the plan, which is not the order of letters.
STATUSES = (
    "Ej påbörjad",
    "Pågående enligt plan",
    "Pågående med avvikelse",
    "Avslutad enligt plan",
    "Avslutad med avvikelse",
)


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_statuses_come_as_in_the_plan(tmp_path: Path) -> None:
    """In the picture and in the table; what has no status comes last."""
    rows = [row(f"Rad {name}", status=name, comment="Så.") for name in (*STATUSES[::-1], None)]
    make_round(tmp_path / "t1", PLAN, {"a.xlsx": own_form(PLAN, "Hemtjänst", {2: rows})})
    uppsikt("history", tmp_path)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        told = words(browser.follow(browser.get("/jamforelse")))
    own = told[told.index("Statusar Statusarna") : told.index("Enheter Tomt betyder")]
    order = [*STATUSES, "Utan status"]
    assert re.findall("|".join(order), own) == [*order, *order]


def test_a_round_without_a_report_is_told_as_one_that_may_change(tmp_path: Path) -> None:
    """On the page and by the command, and no longer once its report has been made."""
    folder = county(tmp_path)
    uppsikt("history", folder)
    told = "Med i jämförelsen, fast ingen rapport är gjord än: ange/t2. Siffrorna kan ändras."
    with site_of(folder) as site:
        browser = Browser.at(site.address())
        assert told in words(browser.follow(browser.get("/jamforelse")))
        assert told in uppsikt("compare", folder).stdout
        uppsikt("run", folder / "ange/t2")
        later = words(browser.follow(browser.get("/jamforelse")))
    assert "fast ingen rapport är gjord än" not in later


def test_every_row_of_a_long_table_can_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In parts with links between them; the other tables stand as they are."""
    units = tuple(f"Enhet {n}" for n in range(1, 8))
    make_round(tmp_path / "t1", make_plan(units=units), {})
    uppsikt("history", tmp_path)
    monkeypatch.setattr(comparison_told, "MOST_ROWS", 3)
    seen: list[list[str]] = []
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        link, page = "/jamforelse", browser.follow(browser.get("/jamforelse")).text
        while link:
            own = page[page.index("Enheter: siffrorna</caption>") :]
            seen.append(re.findall(r'data-name="Enhet">([^<]+)<', own))
            links = re.findall(r'href="(/jamforelse[^"]+)">Nästa rader', page)
            link = html.unescape(links[0]) if links else ""
            page = browser.get(link.partition("#")[0]).text if link else ""
            assert not link or f'id="{link.partition("#")[2]}"' in page
        for wrong in ("-1", "abc", "99999999999999999999", "7"):
            assert "Rad 1–3 av 7." in browser.get(f"/jamforelse?fran4={wrong}").text
    assert seen == [list(units[:3]), list(units[3:6]), list(units[6:])]
