"""The page in Chromium: by mouse and by keyboard alone, for everyone, and with nothing from elsewhere."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from excel_uppsikt.rounds import publishing, reports
from excel_uppsikt.web import words
from excel_uppsikt.web.site import Site
from excel_uppsikt.word import pages
from tests.cli.running import ROOT, uppsikt
from tests.compilation.edited_rounds import FIRST, hand_in, home_form, put, start
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.chromium import PATIENCE, chromium, needs_axe, needs_chromium, violations
from tests.web.running import site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

REPORT = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
SCRIPT = "<script>document.title='tagen'</script><img src=x onerror=\"document.title='tagen'\">"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take most of the time, and is a program of its own."""
    monkeypatch.setattr(pages, "libreoffice", lambda: None)
    for module in (reports, publishing):
        monkeypatch.setattr(module, "libreoffice", lambda: None)


def opened(context: "BrowserContext", site: Site) -> "Page":
    """A page that has been let in, and whatever it asks for from elsewhere or complains of is a fault."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("request", lambda asked: _fail_unless(asked.url.startswith(site.origin), asked.url))
    page.on("pageerror", lambda error: _fail_unless(False, str(error)))
    page.goto(site.address())
    return page


_complaints: list[str] = []


def _fail_unless(right: bool, told: str) -> None:
    if not right:
        _complaints.append(told)


@pytest.fixture(autouse=True)
def _nothing_to_complain_of() -> Iterator[None]:
    _complaints.clear()
    yield
    assert _complaints == []


def told(page: "Page") -> str:
    """The notice at the top, when the work that leads to it is done."""
    page.wait_for_selector(".notice h2")
    return page.inner_text(".notice")


def step(page: "Page", name: str) -> None:
    """Goes to one of the round's pages, and waits until the round has been read."""
    page.click(f"nav.steps >> text={name}")
    page.wait_for_function("!document.getElementById('arbete')")


def drop(page: "Page", files: list[Path]) -> None:
    """Lets go of files over the inbox, as from another window."""
    sent = [
        {"name": path.name, "data": base64.b64encode(path.read_bytes()).decode()} for path in files
    ]
    page.evaluate(
        """files => {
            const carried = new DataTransfer();
            for (const {name, data} of files) {
                const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
                carried.items.add(new File([bytes], name));
            }
            const options = {bubbles: true, cancelable: true, dataTransfer: carried};
            document.getElementById('slapp').dispatchEvent(new DragEvent('drop', options));
        }""",
        sent,
    )


def tab_to(page: "Page", name: str, most: int = 80) -> None:
    """Presses Tab until what has this name has the focus, and sees that it is seen to have it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const at = document.activeElement;
                const outline = getComputedStyle(at).outlineStyle;
                return [at.labels?.[0]?.textContent ?? at.textContent ?? '', outline];
            }"""
        )
        if " ".join(at[0].split()).startswith(name):
            assert at[1] != "none", f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


@needs_chromium
def test_a_round_by_keyboard_alone(browser: "Browser", tmp_path: Path) -> None:
    """No step needs a mouse: a new round, answers, the compilation, the report, and the end."""
    plan = make_plan(minimum=1)
    make_round(tmp_path / "t1", plan, {})
    form = tmp_path / "Hemtjänst.xlsx"
    form.write_bytes(own_form(plan, "Hemtjänst", {2: [row()], 1: [row("Friskvård")]}))
    with site_of(tmp_path) as site, browser.new_context() as context:
        page = opened(context, site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
        tab_to(page, "Omgångens namn")
        page.keyboard.type("t2")
        page.keyboard.press("Enter")
        assert "Omgången är gjord" in told(page)
        tab_to(page, "Omgångar")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Omgångar')")
        tab_to(page, "t1")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('t1')")
        tab_to(page, "Inkorg")
        page.keyboard.press("Enter")
        page.wait_for_selector("#slapp")
        tab_to(page, "Filer")
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Space")
        chooser.value.set_files(form)
        tab_to(page, "Lägg i inkorgen")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=1 fil i inkorgen")
        for name, button, came in (
            ("Sammanställning", "Gör sammanställningen", "Sammanställningen är gjord"),
            ("Rapport", "Gör rapporten", "Rapporten är gjord"),
        ):
            tab_to(page, name)
            page.keyboard.press("Enter")
            page.wait_for_selector(f"button:has-text('{button}')")
            tab_to(page, button)
            page.keyboard.press("Enter")
            assert came in told(page)
        tab_to(page, "Avsluta")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Programmet avslutas')")
        assert site.quitting


@needs_axe
def test_every_page_can_be_used_by_everyone(browser: "Browser", tmp_path: Path) -> None:
    """Axe finds nothing in light or dark, and nothing has to be scrolled sideways at 400 % of 1280 pixels."""
    (tmp_path / "fel").mkdir()
    start(tmp_path / "val")
    put(tmp_path / "val", FIRST, {"Kommentar": "Samordnarens ord."})
    hand_in(tmp_path / "val", "Hemtjänst.xlsx", home_form(row(FIRST, comment="Enhetens ord.")))
    uppsikt("merge", tmp_path / "val")
    sample = ROOT / "samples/fel-i-varje-fil"
    for path in (sample / "plan.xlsx", *sorted((sample / "inkorg").iterdir())):
        target = tmp_path / "fel" / path.relative_to(sample)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    uppsikt("init", tmp_path / "trasig")
    for command in ("templates", "check", "report"):
        uppsikt(command, tmp_path / "fel")
    with site_of(tmp_path) as site, browser.new_context(reduced_motion="reduce") as context:
        page = opened(context, site)
        begins = {
            name: page.get_attribute(f".card a:text-is('{name}')", "href") or ""
            for name in ("fel", "val", "trasig")
        }
        ends = [end for end, _, _ in words.STEPS]
        addresses = [
            "/",
            "/hjalp",
            "/finns-inte",
            f"{begins['trasig']}/plan",
            f"{begins['val']}/rapport",
            f"{begins['val']}/sammanstallning",
        ]
        addresses += [
            f"{begins['trasig']}/enheter",
            *(f"{begins['fel']}{end}" for end in ends),
            "lasning",
        ]
        for address in addresses:
            if address == "lasning":
                page.goto(f"{site.origin}{begins['fel']}/rapport")
                page.click("text=Läs texten här >> nth=0")
                page.wait_for_selector(".document")
            else:
                page.goto(site.origin + address)
                page.wait_for_function("!document.getElementById('arbete')")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.emulate_media(color_scheme="light")
            assert violations(page) == [], address
            page.emulate_media(color_scheme="dark")
            assert violations(page, "color-contrast") == [], f"{address} in the dark"
            page.set_viewport_size({"width": 320, "height": 900})
            beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(beyond) <= 0, f"{address} at 400 %"


@needs_chromium
def test_a_units_text_is_never_markup(browser: "Browser", tmp_path: Path) -> None:
    """Script in every field of a form, in its file's name and in the plan is shown as it was written."""
    plan = make_plan(units=("Hemtjänst", f"Bo {SCRIPT}"[:60]), report_title=SCRIPT, sender=SCRIPT)
    hostile = row(
        SCRIPT, description=SCRIPT, comment=SCRIPT, status=SCRIPT, units=SCRIPT, start=SCRIPT
    )
    form = own_form(plan, "Hemtjänst", {2: [hostile]})
    make_round(tmp_path / "t1", plan, {"<img src=x onerror=alert(1)>.xlsx": form})
    uppsikt("run", tmp_path / "t1")
    with site_of(tmp_path) as site, browser.new_context() as context:
        page = opened(context, site)
        page.on("dialog", lambda dialog: _fail_unless(False, dialog.message))
        page.click(".card a")
        for name in (
            "Plan",
            "Formulär",
            "Inkorg",
            "Enheter",
            "Anmärkningar",
            "Täckning",
            "Rapport",
        ):
            step(page, name)
            assert "tagen" not in page.title()
            assert page.locator("main script, main img").count() == 0
        page.click("text=Läs texten här >> nth=0")
        assert "<script>" in page.inner_text(".document")
        assert "tagen" not in page.title()


@needs_chromium
def test_without_script_work_is_shown_and_leads_on(browser: "Browser", tmp_path: Path) -> None:
    """The page that tells how far some work is comes back by itself until there is a result."""
    make_round(tmp_path / "t1", make_plan(), {})
    with site_of(tmp_path) as site, browser.new_context(java_script_enabled=False) as context:
        page = opened(context, site)
        page.click(".card a")
        page.click("nav.steps >> text=Sammanställning")
        page.wait_for_selector("h1:text-is('Sammanställning')")
        page.click("button:has-text('Gör sammanställningen')")
        assert "Sammanställningen är gjord" in told(page)
