"""What the first page of a round tells of each step."""

from pathlib import Path

from tests.web.running import Browser, site_of


def test_what_is_not_made_is_told_the_same_way_on_the_first_page(tmp_path: Path) -> None:
    """Nothing of folders that are not there."""
    (tmp_path / "t1").mkdir()
    (tmp_path / "t1/plan.xlsx").write_bytes(b"")
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        page = browser.get(browser.round()).text
    told = [part.partition("<")[0] for part in page.split('<span class="muted">')[1:]]
    assert [one for one in told if one] == [
        "Planen finns",
        "Inga formulär att skicka ut",
        "Inga filer har kommit",
        "Inga returer att skicka tillbaka",
        "Inte gjord än",
        "Inte gjord än",
    ]
