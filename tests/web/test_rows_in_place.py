"""Rows of the compilation edited where they stand in the list, in Chromium, by keyboard and with script."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.compilation.edited_rounds import FIRST, SECOND, THIRD, line, put, start, titles
from tests.web.chromium import PATIENCE, chromium, needs_axe, needs_chromium, violations
from tests.web.running import site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


def opened(browser: "Browser", address: str) -> "Page":
    """The round's compilation, in a page that has been let in."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    page.click(".card a")
    page.click("nav.steps >> text=Sammanställning")
    page.wait_for_selector("h2:text-is('Raderna')")
    return page


def press(page: "Page", *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@needs_chromium
def test_a_row_is_edited_where_it_stands_by_keyboard(browser: "Browser", tmp_path: Path) -> None:
    """The form opens below its row, Escape closes it, and what came of it is told in the row."""
    start(tmp_path / "t1")
    with site_of(tmp_path) as site:
        page = opened(browser, site.address())
        page.focus(f"a.edit:has-text('{SECOND}')")
        press(page, "Enter")
        page.wait_for_selector("tr.editing textarea:focus")
        press(page, "Escape")
        assert page.locator("tr.editing").count() == 0
        assert str(page.evaluate("document.activeElement.textContent")).startswith(SECOND)
        press(page, "Enter")
        page.wait_for_selector("tr.editing textarea:focus")
        page.focus("tr.editing >> text=Kommentar")
        page.fill("tr.editing textarea[name='Kommentar']", "Skrivet på sidan.")
        page.focus("tr.editing button:has-text('Spara raden')")
        press(page, "Enter")
        page.wait_for_selector(f"tr:has-text('{SECOND}') .notice:focus")
        told = page.inner_text(f"tr:has-text('{SECOND}') .notice")
        assert told == "Ändringen står i sammanställningen"
        assert "klart" not in page.url
    assert line(tmp_path / "t1", SECOND)["Kommentar"] == "Skrivet på sidan."


@needs_chromium
def test_a_row_saved_in_excel_meanwhile_is_shown_again(browser: "Browser", tmp_path: Path) -> None:
    """On its own page, with what was written; saved there, it stands."""
    start(tmp_path / "t1")
    with site_of(tmp_path) as site:
        page = opened(browser, site.address())
        page.click(f"a.edit:has-text('{FIRST}')")
        page.fill("tr.editing textarea[name='Kommentar']", "Skrivet på sidan.")
        put(tmp_path / "t1", FIRST, {"Kommentar": "Från Excel."})
        page.click("button:has-text('Spara raden')")
        page.wait_for_selector("text=har sparats sedan den visades")
        assert page.input_value("textarea[name='Kommentar']") == "Skrivet på sidan."
        page.click("button:has-text('Spara raden')")
        page.wait_for_selector("text=Ändringen står i sammanställningen")
    assert line(tmp_path / "t1", FIRST)["Kommentar"] == "Skrivet på sidan."


@needs_chromium
def test_many_rows_are_put_in_order_at_once(browser: "Browser", tmp_path: Path) -> None:
    start(tmp_path / "t1")
    with site_of(tmp_path) as site:
        page = opened(browser, site.address())
        page.fill(f"input[aria-label='Ordning för {THIRD}']", "1")
        page.uncheck(f"input[aria-label='Ta med {FIRST}']")
        page.click("text=Spara Ta med och Ordning")
        page.wait_for_selector("text=Ändringen står i sammanställningen")
        assert not page.is_checked(f"input[aria-label='Ta med {FIRST}']")
    assert titles(tmp_path / "t1") == [THIRD, FIRST, SECOND]
    assert line(tmp_path / "t1", FIRST)["Ta med"] == "nej"


@needs_chromium
def test_what_is_not_saved_is_not_left_without_a_question(
    browser: "Browser", tmp_path: Path
) -> None:
    """By Escape, by another row, or by leaving the page; a row without changes is closed at once."""
    start(tmp_path / "t1")
    with site_of(tmp_path) as site:
        page = opened(browser, site.address())
        asked: list[str] = []

        def no(dialog: "Dialog") -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", no)
        page.click(f"a.edit:has-text('{SECOND}')")
        page.wait_for_selector("tr.editing textarea")
        page.click(f"a.edit:has-text('{FIRST}')")
        comment = page.locator("tr.editing textarea[name='Kommentar']")
        page.wait_for_selector(f"tr:has-text('{FIRST}') + tr.editing")
        assert asked == []
        comment.fill("Inte sparat.")
        press(page, "Escape")
        page.click(f"a.edit:has-text('{SECOND}')")
        assert asked == ["confirm", "confirm"]
        page.click("nav.steps >> text=Inkorg", no_wait_after=True)
        page.wait_for_timeout(300)
        assert asked == ["confirm", "confirm", "beforeunload"]
        assert comment.input_value() == "Inte sparat."
        page.click("button:has-text('Spara raden')")
        page.wait_for_selector("text=Ändringen står i sammanställningen")
        assert len(asked) == 3
    assert line(tmp_path / "t1", FIRST)["Kommentar"] == "Inte sparat."


@needs_axe
def test_everyone_can_edit_rows(browser: "Browser", tmp_path: Path) -> None:
    """Axe finds nothing in the form in the list and on its own page, light and dark; nothing is too wide."""
    start(tmp_path / "t1")
    put(tmp_path / "t1", FIRST, {"Kommentar": "Samordnarens.", "Anteckning": "Ring."})
    with site_of(tmp_path) as site:
        page = opened(browser, site.address())
        own = page.get_attribute("a.edit >> nth=0", "href")
        page.click("a.edit >> nth=0")
        page.wait_for_selector("tr.editing textarea")
        for _ in range(2):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.emulate_media(color_scheme="light")
            assert violations(page) == []
            page.emulate_media(color_scheme="dark")
            assert violations(page, "color-contrast") == []
            page.set_viewport_size({"width": 320, "height": 900})
            beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(beyond) <= 0
            page.goto(f"{site.origin}{own}")
