"""The next step once the committees have decided, and where its links lead."""

import html
import re
from pathlib import Path

import pytest

from excel_uppsikt.rounds.workbooks import write_completion_forms
from excel_uppsikt.web import words
from excel_uppsikt.web.pages import overview
from tests.compilation.edited_rounds import put
from tests.rounds.completed_rounds import DAY, decide, filled, form, merge, report, start, write
from tests.small_rounds import CARE
from tests.web.running import Browser, site_of

SENT_BACK = {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY}
APPROVED = {"Verksamhet": CARE, "Utfall": "godkänd", "Datum": DAY}


def box(browser: Browser, address: str) -> tuple[str, list[str]]:
    """What a page tells as the next step, and the pages that it leads to."""
    text = browser.follow(browser.get(address)).text
    own = text[text.index('<h2 id="nasta">') : text.index("</section>", text.index('id="nasta"'))]
    told = re.findall(r"<p>([^<]+)</p>", own)[0]
    return html.unescape(told), re.findall(r'href="([^"]+)"', own)


def test_each_page_leads_on_to_the_next(tmp_path: Path) -> None:
    """Also the page on which the first of what is left is done."""
    start(tmp_path / "t1")
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        assert box(browser, here) == (words.DO_PUBLISH[1], [f"{here}/rapport", f"{here}/mejl"])
        assert box(browser, f"{here}/rapport") == (words.DO_PUBLISH[1], [f"{here}/mejl"])
        assert box(browser, f"{here}/mejl") == (words.DO_PUBLISH[1], [f"{here}/rapport"])


def test_a_decision_tells_the_next_step_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not that the compilation, in which the decision stands, was saved after the report."""
    folder = tmp_path / "t1"
    start(folder)
    # A slow computer has its time.
    monkeypatch.setattr(overview, "_PATIENCE", 60)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()

        def told() -> str:
            """As the first page tells it, and then the one of decisions."""
            first, _ = box(browser, here)
            assert box(browser, f"{here}/beslut")[0] == first
            return first

        decide(folder, SENT_BACK)
        assert told() == words.DO_ASK[1]
        put(folder, "Scheman", {"Komplettera": "Vad är klart?"})
        merge(folder)
        assert told() == words.DO_ASK[1]
        write_completion_forms(folder)
        assert told() == words.DO_COMPLETE[1]
        answer = filled(
            form(folder, "Bemanning.xlsx"),
            lambda book: write(book.worksheets[1], 5, {"Kommentar": "Två scheman är klara."}),
        )
        (folder / "inkorg/svar.xlsx").write_bytes(answer)
        assert told() == words.DO_MERGE_AGAIN[1]
        merge(folder)
        assert told() == words.DO_COMPLETED_REPORT[1]
        report(folder)
        assert told() == words.DO_PUBLISH[1]
        decide(folder, APPROVED)
        assert told() == words.DO_END[1]


def test_the_last_step_leads_to_the_comparison(tmp_path: Path) -> None:
    start(tmp_path / "t1")
    decide(tmp_path / "t1", APPROVED)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        leads = ["/jamforelse", f"{here}/rapport"]
        assert box(browser, f"{here}/beslut") == (words.DO_END[1], leads)
        page = browser.follow(browser.get("/jamforelse"))
        assert page.status == 200


@pytest.mark.parametrize(
    "step",
    [one for name, one in sorted(vars(words).items()) if name.startswith("DO_")],
)
def test_every_step_leads_to_pages_that_there_are(step: tuple[tuple[str, ...], str]) -> None:
    pages, _ = step
    assert pages
    assert all(words.step_name(page) in {*words.HANDBOOK, "Jämförelse"} for page in pages)


def test_the_first_page_of_a_round_that_cannot_be_read_is_there(tmp_path: Path) -> None:
    """By the files alone, as before a decision."""
    folder = tmp_path / "t1"
    start(folder)
    (folder / "plan.xlsx").write_bytes(b"ingen plan")
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        assert box(browser, browser.round())[0] == words.DO_PUBLISH[1]
