"""The next step just after start: never one by files alone that the round, once read, says otherwise."""

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from excel_uppsikt.rounds import checking
from excel_uppsikt.web import words
from excel_uppsikt.web.pages import overview
from tests.rounds.completed_rounds import DAY, decide, start
from tests.small_rounds import CARE
from tests.web.chromium import PATIENCE, chromium, needs_chromium
from tests.web.running import LONG, Browser, site_of

# The pages that are shown without the round having been read.
QUICK = ("", "/formular", "/rapport", "/skickat")


@pytest.fixture
def let_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Lets no round be read before it is set."""
    go, check_round = Event(), checking.check_round

    def waiting(*args: object, **named: object) -> object:
        go.wait(LONG / 2)
        return check_round(*args, **named)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(checking, "check_round", waiting)
    monkeypatch.setattr(overview, "_PATIENCE", 0.1)
    yield go
    go.set()


def told(browser: Browser, address: str) -> str:
    """The next step of a page as it comes."""
    page = browser.get(address).text
    found = re.findall(r'id="nasta">Nästa steg</h2>\s*<p>([^<]+)', page)
    return html.unescape(found[0]).strip()


def test_it_is_told_that_the_round_is_being_read_and_then_what_it_says(
    tmp_path: Path, let_read: Event
) -> None:
    """By its files alone a round that was sent back would be one to publish."""
    start(tmp_path / "t1")
    decide(tmp_path / "t1", {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        assert {told(browser, f"{here}{end}") for end in QUICK} == {words.STEP_NOT_KNOWN}
        let_read.set()
        end = time.monotonic() + LONG
        while told(browser, f"{here}/rapport") == words.STEP_NOT_KNOWN and time.monotonic() < end:
            time.sleep(0.05)
        assert {told(browser, f"{here}{end}") for end in QUICK} == {words.DO_ASK[1]}


def test_a_round_that_cannot_be_read_has_a_step_by_its_files(tmp_path: Path) -> None:
    """And one without a report needs no reading for it."""
    folder = tmp_path / "t1"
    start(folder)
    (folder / "ut/sammanstallning.xlsx").write_bytes(b"inte en arbetsbok")
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        browser.follow(browser.get(f"{here}/enheter"))
        assert told(browser, f"{here}/formular") != words.STEP_NOT_KNOWN
        (folder / "ut/sammanstallning.xlsx").unlink()
        assert told(browser, f"{here}/formular") == words.DO_MERGE[1]


@needs_chromium
def test_the_script_puts_the_step_there_when_the_round_has_been_read(
    tmp_path: Path, let_read: Event
) -> None:
    start(tmp_path / "t1")
    decide(tmp_path / "t1", {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    with chromium() as running, site_of(tmp_path) as site:
        page = running.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(site.address())
        page.goto(f"{site.origin}{Browser.at(site.address()).round()}/rapport")
        assert words.STEP_NOT_KNOWN in page.locator(".next").inner_text()
        let_read.set()
        page.wait_for_selector(".next:not([data-laget])")
        assert words.DO_ASK[1] in page.locator(".next").inner_text()
