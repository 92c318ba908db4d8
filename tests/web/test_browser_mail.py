"""Mail, decisions and fetching in Chromium: by mouse, by keyboard and without script, and for everyone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import plan_with_people, reached
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import CUT, Mailbox
from tests.rounds.completed_rounds import beslut, start
from tests.small_rounds import CARE, make_round
from tests.web.chromium import chromium, needs_axe, needs_chromium, violations
from tests.web.running import site_of
from tests.web.test_browser import opened, step, tab_to, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's own user has none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))


@pytest.fixture(scope="module")
def with_forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round whose forms have been made."""
    folder = make_round(tmp_path_factory.mktemp("omgång") / "t1", plan_with_people(), {})
    assert uppsikt("templates", folder).returncode == 0
    return folder


@pytest.fixture
def folder(with_forms: Path, tmp_path: Path) -> Path:
    return shutil.copytree(with_forms, tmp_path / "sida/t1")


@needs_chromium
@pytest.mark.parametrize("script", [True, False])
def test_mail_by_mouse(
    browser: "Browser",
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: bool,
) -> None:
    """Looked at, drafted and fetched as a zip file; then sent once the question has been answered."""
    box = Mailbox()
    with (
        reached(box, monkeypatch, tmp_path),
        site_of(folder.parent) as site,
        browser.new_context(java_script_enabled=script) as context,
    ):
        page = opened(context, site)
        page.click(".card a")
        page.click("nav.steps >> text=Mejl")
        page.click("button:has-text('Visa vem som får vad')")
        page.wait_for_selector("text=Utkast eller skicka")
        assert page.locator("table.stack tbody tr").count() == 6
        page.click("button:has-text('Gör utkast (6)')")
        assert "6 utkast. Öppna dem i Outlook" in told(page)
        with page.expect_download() as download:
            page.click("text=som zip")
        assert download.value.suggested_filename == "t1 utskick.zip"
        page.click("button:has-text('Visa vem som får vad')")
        page.click("text=Skicka (6) via e-postservern")
        page.wait_for_selector("h1:has-text('Skicka 6 mejl?')")
        page.click("text=Avbryt")
        page.click("text=Skicka (6) via e-postservern")
        assert box.received == []
        page.click("button:has-text('Skicka 6 mejl')")
        assert "6 skickade." in told(page)
        assert page.locator(".tag.good").count() == 6
    assert to(box) == TO_ALL


@needs_chromium
def test_a_decision_by_keyboard_alone(browser: "Browser", tmp_path: Path) -> None:
    """Every field is reached and filled in, and the decision stands in the workbook."""
    start(tmp_path / "t1")
    with site_of(tmp_path) as site, browser.new_context() as context:
        page = opened(context, site)
        page.click(".card a")
        step(page, "Beslut")
        tab_to(page, "Utfall")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.input_value("#utfall") == "återremiss"
        tab_to(page, "Datum")
        # In which order its parts are typed is the browser's own language's.
        page.fill("#datum", "2024-06-04")
        tab_to(page, "Paragraf")
        page.keyboard.type("§ 45")
        tab_to(page, "Skäl")
        page.keyboard.type("Vad är klart?")
        tab_to(page, "Skriv beslutet")
        page.keyboard.press("Enter")
        assert "Beslutet står i sammanställningen" in told(page)
        tab_to(page, "Aktivitet")
        page.keyboard.type("Scheman")
        tab_to(page, "Vad ska kompletteras")
        page.keyboard.type("Vad är klart?")
        tab_to(page, "Skriv Komplettera")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Komplettera står i sammanställningen")
        tab_to(page, "Gör formulären för komplettering")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=1 fil i mappen mallar/komplettering.")
    (row,) = beslut(tmp_path / "t1")
    assert [str(cell) for cell in row[:5]] == [
        CARE,
        "återremiss",
        "2024-06-04 00:00:00",
        "§ 45",
        "Vad är klart?",
    ]


@needs_axe
def test_every_page_of_mail_and_decisions_can_be_used_by_everyone(
    browser: "Browser", folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Axe finds nothing in light or dark, and nothing has to be scrolled sideways at 400 % of 1280 pixels."""
    start(folder.parent / "u2")
    uppsikt("publish", folder.parent / "u2", "--unfinished")
    box = Mailbox({"rcpt": ["550 5.1.1 okänd"], "taken": [CUT]})
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setenv("UPPSIKT_IMAP_HOST", "post.exempel.se")
    monkeypatch.setenv("UPPSIKT_IMAP_USER", "samordnare@exempel.se")
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SMTP, "--yes", "--only", "Social verksamhet")
        assert {state.value for _, state in states(folder)} == {"refused", "unknown", "sent"}
        with (
            site_of(folder.parent) as site,
            browser.new_context(reduced_motion="reduce") as context,
        ):
            page = opened(context, site)
            here, other = (
                page.get_attribute(f".card a:text-is('{name}')", "href") or ""
                for name in ("t1", "u2")
            )
            looked: list[str] = []
            for kind in ("templates", "reports"):
                page.goto(f"{site.origin}{here}/mejl?slag={kind}")
                page.click("button:has-text('Visa vem som får vad')")
                page.wait_for_selector("text=Ändra valen")
                looked.append(page.url.removeprefix(site.origin))
            for address in (
                f"{here}/mejl",
                *looked,
                f"{looked[0]}/skicka?vag=smtp",
                f"{here}/skickat",
                f"{here}/hamta",
                f"{here}/enheter",
                f"{other}/beslut",
                f"{other}/rapport",
            ):
                page.goto(site.origin + address)
                page.wait_for_function("!document.getElementById('arbete')")
                page.set_viewport_size({"width": 1280, "height": 900})
                page.emulate_media(color_scheme="light")
                assert violations(page) == [], address
                page.emulate_media(color_scheme="dark")
                assert violations(page, "color-contrast") == [], f"{address} in the dark"
                page.set_viewport_size({"width": 320, "height": 900})
                assert page.evaluate(BEYOND) <= 0, f"{address} at 400 %"
