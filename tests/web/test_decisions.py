"""Decisions and Komplettera written on the page: the compilation that Excel and a merge would have made."""

import html
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.web.visit import Visit
from tests.cli.running import uppsikt
from tests.compilation.edited_rounds import line, put
from tests.rounds.completed_rounds import DAY, beslut, decide, form, start
from tests.small_rounds import CARE
from tests.web.running import Answer, Browser, site_of

DECISION = {
    "verksamhet": CARE,
    "utfall": "återremiss",
    "datum": "2024-06-04",
    "paragraf": "§ 45",
    "skal": "=Vad är klart?\r\nOch vad återstår?",
    "enhet": "Boende",
}
REASONS = "=Vad är klart?\nOch vad återstår?"
CELLS = {
    "Verksamhet": CARE,
    "Utfall": "återremiss",
    "Datum": DAY,
    "Paragraf": "§ 45",
    "Skäl": "Vad är klart?",
    "Enhet": "Boende",
}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions have the day on which they were kept."""
    monkeypatch.setattr(Visit, "today", lambda _: date(2024, 6, 5))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round whose report has been made."""
    folder = tmp_path_factory.mktemp("omgång") / "t1"
    start(folder)
    return folder


@pytest.fixture
def folder(reported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(reported, tmp_path / "sida/t1")


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def seen(page: Answer) -> str:
    """The mark of the compilation as the page shows it."""
    marks: list[str] = re.findall(r'name="sedd" value="(\w*)"', page.text)
    return marks[0]


def cells(folder: Path) -> bytes:
    return (folder / COMPILATION_FILE).read_bytes()


def test_a_decision_is_written_as_if_typed_and_merged(folder: Path, tmp_path: Path) -> None:
    """The very workbook, and the same version kept of the report that it is about."""
    other = shutil.copytree(folder, tmp_path / "excel/t1")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        plain = {"sedd": seen(page)} | DECISION | {"skal": "Vad är klart?"}
        page = browser.follow(browser.post(f"{here}/beslut", plain))
        told = words(page)
        assert "Beslutet står i sammanställningen" in told
        assert f"{CARE}: återremitterad" in told
        assert "Gör formulär för komplettering till Boende." in told
        assert f"{CARE} återremiss 2024-06-04 § 45 Vad är klart? Boende" in told
    decide(other, CELLS)
    uppsikt("merge", other, "--today", "2024-06-05")
    assert cells(folder) == cells(other)
    kept = [sorted(p.name for p in (f / "ut/versioner").rglob("*")) for f in (folder, other)]
    assert kept[0] == kept[1] != []


def test_what_stands_there_is_kept_and_nothing_is_a_formula(folder: Path) -> None:
    """A second decision comes below the first; a text that begins as a formula is that text."""
    decide(folder, {"Verksamhet": CARE, "Utfall": "kanske", "Datum": "snart"})
    uppsikt("merge", folder)
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        assert "Utfall är ”kanske”, som inte går att läsa." in words(page)
        browser.follow(browser.post(f"{here}/beslut", {"sedd": seen(page)} | DECISION))
    first, second = beslut(folder)
    assert first[:3] == [CARE, "kanske", "snart"]
    assert [str(cell) for cell in second[:6]] == [
        CARE,
        "återremiss",
        "2024-06-04 00:00:00",
        "§ 45",
        REASONS,
        "Boende",
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"utfall": ""}, "Utfall saknas."),
        ({"utfall": "kanske"}, "Utfall är ”kanske”, som inte går att läsa."),
        ({"datum": ""}, "Datum saknas."),
        ({"datum": "juni"}, "Datum är ”juni”, som inte går att läsa som en dag."),
        ({"datum": "2024-06-31"}, "Datum är ”2024-06-31”, som inte går att läsa som en dag."),
        ({"verksamhet": "Hamnen"}, "Verksamheten ”Hamnen” finns inte i planen."),
        ({"enhet": "Hamnen"}, "Enheten ”Hamnen” finns inte i Social verksamhet."),
        ({"skal": "x" * 40_000}, "Beslutet skrevs inte."),
        ({"sedd": ""}, "har sparats sedan den visades."),
        ({"sedd": "f" * 64}, "har sparats sedan den visades."),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    folder: Path, changes: dict[str, str], why: str
) -> None:
    before = cells(folder)
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        fields = {"sedd": seen(page)} | DECISION | changes
        page = browser.follow(browser.post(f"{here}/beslut", fields))
    assert "Det gick inte" in words(page)
    assert why in words(page)
    assert cells(folder) == before


def test_a_compilation_that_is_open_or_saved_meanwhile_is_left(folder: Path) -> None:
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        fields = {"sedd": seen(browser.follow(browser.get(f"{here}/beslut")))} | DECISION
        (folder / "ut/~$sammanstallning.xlsx").write_bytes(b"")
        page = browser.follow(browser.post(f"{here}/beslut", fields))
        assert "är öppen i ett annat program" in words(page)
        # What was written is still in the form.
        assert ">=Vad är klart?\r\nOch vad återstår?</textarea>" in page.text
        assert 'value="2024-06-04"' in page.text
        assert "<option selected>återremiss</option>" in page.text
        assert "<option selected>Boende</option>" in page.text
        (folder / "ut/~$sammanstallning.xlsx").unlink()
        put(folder, "Scheman", {"Kommentar": "Nytt."})
        page = browser.follow(browser.post(f"{here}/beslut", fields))
        assert "har sparats sedan den visades." in words(page)
        assert beslut(folder) == []
        # The page as it is now shows the file as it is now.
        fields["sedd"] = seen(browser.follow(browser.get(f"{here}/beslut")))
        browser.follow(browser.post(f"{here}/beslut", fields))
        browser.follow(browser.post(f"{here}/beslut", fields))
    assert len(beslut(folder)) == 1
    assert line(folder, "Scheman")["Kommentar"] == "Nytt."


def test_a_round_is_completed_from_the_page(folder: Path, tmp_path: Path) -> None:
    """Sent back, asked of a row, forms and the completed report: file by file as by Excel and commands."""
    other = shutil.copytree(folder, tmp_path / "excel/t1")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        assert "Komplettera en aktivitet" not in words(page)
        plain = DECISION | {"skal": "Ofullständig.", "enhet": "", "sedd": seen(page)}
        page = browser.follow(browser.post(f"{here}/beslut", plain))
        assert "Skriv vad som ska kompletteras" in words(page)
        (row,) = re.findall(r'<option value="([^"]+)">Scheman \(Bemanning\)', page.text)
        asked = {"aktivitet": row, "komplettera": "Vad är klart?", "sedd": seen(page)}
        page = browser.follow(browser.post(f"{here}/komplettera", asked))
        assert "Komplettera står i sammanställningen" in words(page)
        assert "Gör formulär för komplettering till Bemanning." in words(page)
        page = browser.follow(browser.post(f"{here}/formular", {"per": "completion"}))
        assert "1 fil i mappen mallar/komplettering." in words(page)
        page = browser.follow(browser.get(f"{here}/beslut"))
        assert "Kompletteringen har inte kommit från Bemanning." in words(page)
        assert f"{here}/mejl?slag=completions&amp;bara=" in page.text
        browser.follow(browser.post(f"{here}/rapport"))
    decide(other, {k: v for k, v in CELLS.items() if k != "Enhet"} | {"Skäl": "Ofullständig."})
    uppsikt("merge", other, "--today", "2024-06-05")
    put(other, "Scheman", {"Komplettera": "Vad är klart?"})
    uppsikt("merge", other, "--today", "2024-06-05")
    uppsikt("templates", other, "--completion")
    uppsikt("report", other, "--today", "2024-06-05")
    assert cells(folder) == cells(other)
    for name in ("Bemanning.xlsx",):
        assert form(folder, name).read_bytes() == form(other, name).read_bytes()
    reports = [
        {path.name: path.read_bytes() for path in (f / "ut/rapporter").iterdir()}
        for f in (folder, other)
    ]
    assert reports[0] == reports[1]
    assert [name for name in reports[0] if name.startswith("Kompletterad ")] != []


def test_what_was_to_be_completed_can_be_taken_back(folder: Path) -> None:
    put(folder, "Scheman", {"Komplettera": "Vad är klart?"})
    decide(folder, CELLS)
    uppsikt("merge", folder)
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        (row,) = re.findall(r'name="aktivitet" value="([^"]+)"', page.text)
        nowhere = {"aktivitet": "A9999", "komplettera": "Hej", "sedd": seen(page)}
        answer = browser.follow(browser.post(f"{here}/komplettera", nowhere))
        assert "Raden finns inte i sammanställningen. Inget ändrades." in words(answer)
        assert browser.post(f"{here}/komplettera", {"komplettera": "Hej"}).status == 409
        page = browser.follow(
            browser.post(
                f"{here}/komplettera", {"aktivitet": row, "komplettera": "", "sedd": seen(page)}
            )
        )
        assert "Komplettera är borttaget" in words(page)
    assert line(folder, "Scheman")["Komplettera"] is None


def test_the_compilation_names_the_decisions_and_leads_to_what_is_to_be_done(folder: Path) -> None:
    """What to do after a decision is told in one place."""
    decide(folder, CELLS)
    uppsikt("merge", folder)
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/sammanstallning"))
        _, _, told = words(page).partition("Utskottens beslut ")
        assert told.startswith(
            f"{CARE} Återremitterad den 4 juni 2024 (§ 45). Se besluten och vad som ska göras efter dem"
        )
        assert (
            f'<a href="{here}/beslut">Se besluten och vad som ska göras efter dem</a>' in page.text
        )


def test_without_a_compilation_the_page_leads_to_it(folder: Path) -> None:
    (folder / COMPILATION_FILE).unlink()
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/beslut"))
        assert "Besluten skrivs i sammanställningen. Gör den först ." in words(page)
        page = browser.follow(browser.post(f"{here}/beslut", {"sedd": ""} | DECISION))
        assert "finns inte. Gör sammanställningen först." in words(page)
    assert not (folder / COMPILATION_FILE).exists()
