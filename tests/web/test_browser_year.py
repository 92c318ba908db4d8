"""The sample year on the page in Chromium, by mouse and by keyboard, as the commands and Excel make it."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, PLAN_FILE
from excel_uppsikt.rounds import publishing, reports, sample_year
from excel_uppsikt.web.visit import Visit
from excel_uppsikt.word import pages
from tests.cli.running import ROOT, uppsikt
from tests.endurance import ENDURANCE
from tests.web.by_command import assert_alike, with_plan
from tests.web.chromium import chromium, needs_chromium
from tests.web.running import site_of
from tests.web.test_browser import drop, opened, step, tab_to, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES = {"t1": ROOT / "samples/ange-2024", "t2": ROOT / "samples/ange-2024-t2"}
SENT_BACK, APPROVED = date(2024, 6, 4), date(2024, 6, 18)
STORY = sample_year._story()
# Presses of Tab: past every row of a compilation, to the top of the page again.
FAR = 400
# Each round by mouse or by keyboard, and in endurance each by both.
WAYS = [("mouse", "mouse"), ("keyboard", "keyboard")] if ENDURANCE else [("mouse", "keyboard")]


@dataclass(slots=True)
class Day:
    """Today, for the page."""

    now: date = SENT_BACK


@dataclass(frozen=True, slots=True)
class Hand:
    """What the coordinator does on a page: by mouse, or by keyboard alone."""

    page: "Page"
    keyboard: bool

    def go(self, name: str) -> None:
        """Goes to one of the round's pages, and waits until it has been read."""
        if not self.keyboard:
            step(self.page, name)
        else:
            tab_to(self.page, name, FAR)
            self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"h1:has-text('{name}')")
        self.page.wait_for_function("!document.getElementById('arbete')")

    def press(self, name: str, comes: str) -> None:
        """Presses a button, and waits until something is told."""
        if self.keyboard:
            tab_to(self.page, name, FAR)
            self.page.keyboard.press("Enter")
        else:
            self.page.click(f"button:has-text('{name}')")
        assert comes in told(self.page)

    def follow(self, name: str) -> None:
        """Follows a link."""
        if self.keyboard:
            tab_to(self.page, name, FAR)
            self.page.keyboard.press("Enter")
        else:
            self.page.click(f"a:has-text('{name}')")

    def tick(self, name: str) -> None:
        """Ticks a box."""
        if self.keyboard:
            tab_to(self.page, name, FAR)
            self.page.keyboard.press("Space")
        else:
            self.page.check(f"text={name}")

    def choose(self, label: str, option: str) -> None:
        """Chooses what begins so in a list."""
        listed = self.page.get_by_label(label, exact=True)
        names = listed.locator("option").all_inner_texts()
        at = next(at for at, name in enumerate(names) if name.startswith(option))
        if not self.keyboard:
            listed.select_option(index=at)
            return
        tab_to(self.page, label, FAR)
        for _ in range(at):
            self.page.keyboard.press("ArrowDown")
        assert listed.evaluate("list => list.selectedIndex") == at

    def write(self, label: str, text: str) -> None:
        """Writes in a field."""
        if self.keyboard:
            tab_to(self.page, label, FAR)
            self.page.keyboard.insert_text(text)
        else:
            self.page.get_by_label(label, exact=True).fill(text)

    def hand_in(self, files: list[Path], in_all: int) -> None:
        """Drops files over the inbox, or chooses them, and waits until so many are there."""
        self.go("Inkorg")
        if not self.keyboard:
            drop(self.page, files)
        else:
            tab_to(self.page, "Filer", FAR)
            with self.page.expect_file_chooser() as chooser:
                self.page.keyboard.press("Space")
            chooser.value.set_files(files)
            tab_to(self.page, "Lägg i inkorgen", FAR)
            self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"text={in_all} filer i inkorgen")
        self.page.wait_for_function("!document.getElementById('arbete')")


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """The page's own day, without LibreOffice, which would take most of the time."""
    today = Day()
    monkeypatch.setattr(Visit, "today", lambda _: today.now)
    monkeypatch.setattr(pages, "libreoffice", lambda: None)
    for module in (reports, publishing):
        monkeypatch.setattr(module, "libreoffice", lambda: None)
    return today


def answers(folder: Path) -> list[Path]:
    """What is answered in the forms for completion, saved beside the inbox."""
    before = set((folder / INBOX).iterdir())
    sample_year.answer(folder)
    made = sorted(set((folder / INBOX).iterdir()) - before)
    return [path.rename(folder.parent / path.name) for path in made]


def second_plan(folder: Path) -> None:
    """T2's plan filled in, in Excel: it names T1's compilation."""
    book = openpyxl.load_workbook(SAMPLES["t2"] / PLAN_FILE)
    for row in book["Omgång"].iter_rows():
        if row[0].value == "Föregående sammanställning":
            row[1].value = f"../t1/{COMPILATION_FILE}"
    book.save(folder / PLAN_FILE)


def by_commands(folder: Path) -> Path:
    """The year by the commands and in Excel."""
    first, second = with_plan(folder / "t1"), folder / "t2"
    uppsikt("templates", first)
    (first / INBOX).mkdir()
    for path in sorted((SAMPLES["t1"] / INBOX).iterdir()):
        shutil.copy(path, first / INBOX)
    on = ("--today", SENT_BACK.isoformat())
    uppsikt("check", first)
    uppsikt("merge", first, *on)
    sample_year.correct(first)
    uppsikt("merge", first, *on)
    uppsikt("report", first, "--sources", *on)
    uppsikt("publish", first, *on)
    sample_year.decide(first, 0)
    uppsikt("merge", first, *on)
    uppsikt("templates", first, "--completion")
    for path in answers(first):
        path.rename(first / INBOX / path.name)
    on = ("--today", APPROVED.isoformat())
    uppsikt("merge", first, *on)
    uppsikt("report", first, *on)
    uppsikt("publish", first, *on)
    sample_year.decide(first, 1)
    uppsikt("merge", first, *on)
    uppsikt("init", second, "--from", first)
    second_plan(second)
    uppsikt("templates", second)
    (second / INBOX).mkdir(exist_ok=True)
    for path in sorted((SAMPLES["t2"] / INBOX).iterdir()):
        shutil.copy(path, second / INBOX)
    uppsikt("merge", second, *on)
    uppsikt("report", second, *on)
    return folder


def decide(hand: Hand, decision: dict[str, Any]) -> None:
    """Writes what the committee has decided."""
    hand.go("Beslut")
    hand.choose("Utfall", decision["outcome"])
    # In which order its parts are typed is the browser's own language's.
    hand.page.get_by_label("Datum", exact=True).fill(decision["date"].isoformat())
    hand.write("Paragraf", decision["paragraph"])
    if decision["reasons"]:
        hand.write("Skäl", decision["reasons"])
    hand.press("Skriv beslutet", "Beslutet står i sammanställningen")


def first_round(hand: Hand, folder: Path, excel: Path, day: Day) -> None:
    """T1, sent back, completed and approved. `excel` is where its plan gets new dates."""
    hand.go("Formulär")
    hand.press("Gör formulären", "7 filer i mappen mallar.")
    with hand.page.expect_download() as download:
        hand.follow("Ladda ned alla")
    assert download.value.suggested_filename == "t1 formular.zip"
    hand.hand_in(sorted((SAMPLES["t1"] / INBOX).iterdir()), 7)
    assert hand.page.locator("table.stack tbody tr").count() == 7
    hand.go("Enheter")
    hand.press("Gör returer", "Returerna är gjorda")
    hand.go("Sammanställning")
    hand.press("Gör sammanställningen", "Sammanställningen är gjord")
    sample_year.correct(folder)
    hand.go("Sammanställning")
    hand.press("Gör sammanställningen igen", "Sammanställningen är gjord")
    hand.go("Rapport")
    hand.tick("Gör ett exemplar till mig")
    hand.press("Gör rapporten", "Rapporten är gjord")
    hand.press("Gör ren kopia", "Rapporten är klar att publicera")
    decide(hand, STORY["decision"][0])
    for question in STORY["question"]:
        hand.choose("Aktivitet", question["title"])
        hand.write("Vad ska kompletteras", question["asked"])
        hand.press("Skriv Komplettera", "Komplettera står i sammanställningen")
    shutil.copy(excel / PLAN_FILE, folder / PLAN_FILE)
    hand.go("Sammanställning")
    hand.press("Gör sammanställningen igen", "Sammanställningen är gjord")
    hand.go("Beslut")
    hand.press("Gör formulären för komplettering", "1 fil i mappen mallar/komplettering.")
    day.now = APPROVED
    hand.hand_in(answers(folder), 8)
    hand.go("Sammanställning")
    hand.press("Gör sammanställningen igen", "Sammanställningen är gjord")
    hand.go("Rapport")
    hand.press("Gör rapporten", "Rapporten är gjord")
    hand.press("Gör ren kopia", "Rapporten är klar att publicera")
    decide(hand, STORY["decision"][1])


def second_round(hand: Hand, folder: Path, excel: Path) -> None:
    """T2, begun from T1. `excel` is where its plan has been filled in."""
    hand.write("Omgångens namn", "t2")
    hand.choose("Börja från", "t1")
    hand.press("Gör omgången", "Omgången är gjord")
    shutil.copy(excel / PLAN_FILE, folder / PLAN_FILE)
    hand.go("Formulär")
    hand.press("Gör formulären", "6 filer i mappen mallar.")
    hand.hand_in(sorted((SAMPLES["t2"] / INBOX).iterdir()), 5)
    hand.go("Sammanställning")
    hand.press("Gör sammanställningen", "Sammanställningen är gjord")
    hand.go("Rapport")
    hand.press("Gör rapporten", "Rapporten är gjord")


@needs_chromium
@pytest.mark.parametrize("ways", WAYS)
def test_the_sample_year(tmp_path: Path, ways: tuple[str, str], day: Day) -> None:
    """Two rounds from the plan to the second report, and what comes between them: the very same files."""
    other = by_commands(tmp_path / "kommando")
    ours = tmp_path / "sida"
    with_plan(ours / "t1")
    with site_of(ours) as site, chromium() as browser, browser.new_context() as context:
        page = opened(context, site)
        page.click("text=t1")
        first_round(Hand(page, ways[0] == "keyboard"), ours / "t1", other / "t1", day)
        page.goto(site.address())
        second_round(Hand(page, ways[1] == "keyboard"), ours / "t2", other / "t2")
    for name in SAMPLES:
        # On the page each question is saved by itself, and leaves a copy of what was before it.
        assert_alike(ours / name, other / name, "ut/tidigare/")
