"""Decisions corrected and taken away on the page: the compilation that Excel and a merge would have made."""

import html
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.web.visit import Visit
from tests.cli.running import uppsikt
from tests.compilation.edited_rounds import saved_by_hand
from tests.rounds.completed_rounds import DAY, HEADERS, about, beslut, decide, marks, start
from tests.small_rounds import CARE
from tests.web.chromium import chromium, needs_axe, violations
from tests.web.running import Answer, Browser, site_of

OWN = len(HEADERS) + 1
FIELDS = ("verksamhet", "utfall", "datum", "paragraf", "skal", "enhet")
# As people write: none of it is among what the form has to choose from.
FIRST = {
    "Verksamhet": CARE.lower(),
    "Utfall": "återremitterad",
    "Datum": DAY,
    "Paragraf": 45,
    "Skäl": "Vad är klart?",
    "Enhet": "Hemtjänst; Boende",
}
SECOND = {"Verksamhet": CARE, "Utfall": "kanske", "Datum": "snart"}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions have the day on which they were kept."""
    monkeypatch.setattr(Visit, "today", lambda _: date(2024, 6, 5))


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round whose report has been decided about and kept, with a decision to correct below."""
    folder = tmp_path_factory.mktemp("omgång") / "t1"
    start(folder)
    decide(folder, FIRST, SECOND)

    def own_column(book: Workbook) -> None:
        book["Beslut"].cell(3, OWN).value = "Diarium"
        book["Beslut"].cell(4, OWN).value = "KS 2024-7"

    saved_by_hand(folder, own_column)
    uppsikt("merge", folder, "--today", "2024-06-05")
    return folder


@pytest.fixture
def folder(decided: Path, tmp_path: Path) -> Path:
    return shutil.copytree(decided, tmp_path / "sida/t1")


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def form_of(page: Answer) -> dict[str, str]:
    """What a browser would send of a decision's form that nobody has touched."""
    text = page.text
    fields = dict(re.findall(r'name="((?:var-)?\w+)" value="([^"]*)"', text))
    (fields["skal"],) = re.findall(r'name="skal"[^>]*>([^<]*)</textarea>', text)
    for name in ("verksamhet", "utfall", "enhet"):
        (inner,) = re.findall(rf'<select id="{name}".*?</select>', text, re.DOTALL)
        fields[name] = next(iter(re.findall(r"<option selected>([^<]*)<", inner)), "")
    return {name: html.unescape(value) for name, value in fields.items() if name != "mark"}


def in_excel(folder: Path, at: int, cells: Mapping[str, object]) -> None:
    """Writes cells of a row of Beslut (0 for the first) in another program."""

    def change(book: Workbook) -> None:
        for header, value in cells.items():
            column = HEADERS.index(header) + 1 if header in HEADERS else OWN
            book["Beslut"].cell(4 + at, column).value = value  # type: ignore[assignment]

    saved_by_hand(folder, change)
    uppsikt("merge", folder, "--today", "2024-06-05")


def assert_same(ours: Path, theirs: Path) -> None:
    assert (ours / COMPILATION_FILE).read_bytes() == (theirs / COMPILATION_FILE).read_bytes()
    assert marks(ours / "ut/versioner") == marks(theirs / "ut/versioner")


@pytest.mark.parametrize(
    ("at", "typed", "cells"),
    [
        (
            0,
            {"skal": "Hur gick det?", "paragraf": "§ 46"},
            {"Skäl": "Hur gick det?", "Paragraf": "§ 46"},
        ),
        (0, {"utfall": "godkänd", "enhet": ""}, {"Utfall": "godkänd", "Enhet": None}),
        (0, {"datum": "2024-06-11"}, {"Datum": date(2024, 6, 11)}),
        (
            1,
            {"utfall": "till KS", "datum": "2024-06-18"},
            {"Utfall": "till KS", "Datum": date(2024, 6, 18)},
        ),
    ],
    ids=["reasons", "outcome", "day", "unreadable"],
)
def test_a_decision_is_corrected_as_in_its_cells(
    folder: Path, tmp_path: Path, at: int, typed: dict[str, str], cells: dict[str, object]
) -> None:
    """The very workbook; what was not changed stands as it was written, and the kept version as it was."""
    other = shutil.copytree(folder, tmp_path / "excel/t1")
    kept = marks(folder / "ut/versioner")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        assert f'href="{here}/beslut/{at}"' in page.text
        page = browser.follow(browser.get(f"{here}/beslut/{at}"))
        fields = form_of(page) | typed
        page = browser.follow(browser.post(f"{here}/beslut/{at}", fields))
        assert "Beslutet är ändrat i sammanställningen" in words(page)
    in_excel(other, at, cells)
    assert_same(folder, other)
    assert marks(folder / "ut/versioner") == kept != {}
    assert about(folder, f"{CARE} 1")["beslut"] == {
        "utfall": "återremiss",
        "datum": "2024-06-04",
        "paragraf": "45",
        "skal": "",
    }


def test_a_decision_is_taken_away_after_a_question(folder: Path, tmp_path: Path) -> None:
    """All that goes is shown first, also the coordinator's own column; then the row is as if emptied."""
    other = shutil.copytree(folder, tmp_path / "excel/t1")
    kept, before = marks(folder / "ut/versioner"), (folder / COMPILATION_FILE).read_bytes()
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        browser.follow(browser.get(f"{here}/beslut"))
        page = browser.follow(browser.get(f"{here}/beslut/0/bort"))
        told = words(page)
        assert "Ta bort beslutet?" in told
        assert "Utfall återremitterad Datum 2024-06-04 Paragraf 45 Skäl Vad är klart?" in told
        assert "Enhet Hemtjänst; Boende Diarium KS 2024-7" in told
        assert (folder / COMPILATION_FILE).read_bytes() == before
        fields = dict(re.findall(r'name="(sedd)" value="([^"]*)"', page.text))
        page = browser.follow(browser.post(f"{here}/beslut/0/bort", fields))
        assert "Beslutet är borttaget ur sammanställningen" in words(page)
        assert f"{CARE}: återremitterad" not in words(page)
        assert browser.get(f"{here}/beslut/0").status == 404
    in_excel(other, 0, dict.fromkeys((*HEADERS, "Diarium")))
    assert_same(folder, other)
    assert marks(folder / "ut/versioner") == kept
    assert [row[:3] for row in beslut(folder)] == [[CARE, "kanske", "snart"]]


@pytest.mark.parametrize(
    ("at", "typed", "why"),
    [
        (0, {"datum": "juni"}, "Datum är ”juni”, som inte går att läsa som en dag."),
        (0, {"utfall": ""}, "Utfall saknas."),
        (0, {"enhet": "Hamnen"}, "Enheten ”Hamnen” finns inte i Social verksamhet."),
        (1, dict.fromkeys(FIELDS, ""), "Ta bort det i stället."),
        (0, {"sedd": "f" * 64, "skal": "Nytt."}, "har sparats sedan den visades."),
    ],
)
def test_what_cannot_be_read_is_told_and_stands_in_the_form(
    folder: Path, at: int, typed: dict[str, str], why: str
) -> None:
    before = (folder / COMPILATION_FILE).read_bytes()
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        browser.follow(browser.get(f"{here}/beslut"))
        fields = (
            form_of(browser.follow(browser.get(f"{here}/beslut/{at}"))) | {"skal": "Nytt."} | typed
        )
        page = browser.follow(browser.post(f"{here}/beslut/{at}", fields))
        assert "Det gick inte" in words(page)
        assert why in words(page)
        assert f">{fields['skal']}</textarea>" in page.text
        assert f'name="datum" value="{fields["datum"]}"' in page.text
    assert (folder / COMPILATION_FILE).read_bytes() == before


def test_nothing_is_corrected_in_a_decision_that_another_has_taken_the_place_of(
    folder: Path,
) -> None:
    """What was written is not lost: it stands in the form for a new one."""
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        browser.follow(browser.get(f"{here}/beslut"))
        fields = form_of(browser.follow(browser.get(f"{here}/beslut/0"))) | {"skal": "Långt skäl."}
        in_excel(folder, 0, {"Paragraf": "§ 99"})
        before = (folder / COMPILATION_FILE).read_bytes()
        page = browser.follow(browser.post(f"{here}/beslut/0", fields))
        assert "har sparats sedan den visades." in words(page)
        assert "Skriv ett beslut" in words(page)
        assert ">Långt skäl.</textarea>" in page.text
        nowhere = browser.follow(browser.post(f"{here}/beslut/7/bort", {"sedd": fields["sedd"]}))
        assert "har sparats sedan den visades." in words(nowhere)
        assert browser.get(f"{here}/beslut/7").status == 404
        assert browser.get(f"{here}/beslut/7/bort").status == 404
    assert (folder / COMPILATION_FILE).read_bytes() == before


def test_a_form_that_nobody_has_touched_writes_nothing(folder: Path) -> None:
    before = (folder / COMPILATION_FILE).read_bytes()
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        browser.follow(browser.get(f"{here}/beslut"))
        fields = form_of(browser.follow(browser.get(f"{here}/beslut/0")))
        page = browser.follow(browser.post(f"{here}/beslut/0", fields))
        assert "Inget var ändrat, så inget skrevs." in words(page)
        fields["sedd"] = re.findall(r'name="sedd" value="(\w+)"', page.text)[0]
        gone = browser.follow(browser.post(f"{here}/beslut/9/bort", {"sedd": fields["sedd"]}))
        assert "Beslutet finns inte i sammanställningen. Inget ändrades." in words(gone)
    assert (folder / COMPILATION_FILE).read_bytes() == before


@needs_axe
def test_everyone_can_use_the_pages(folder: Path) -> None:
    with site_of(folder.parent) as site, chromium() as running, running.new_context() as context:
        page = context.new_page()
        page.goto(site.address())
        here = Browser.at(site.address()).round()
        for end in ("", "/0", "/1", "/0/bort"):
            page.goto(f"{site.origin}{here}/beslut{end}")
            page.wait_for_selector("#arbete", state="detached")
            assert violations(page) == [], end
