"""A round from beginning to end by the page's forms alone, with the very files that the commands make."""

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.rounds import publishing, reports
from excel_uppsikt.web import opening
from excel_uppsikt.word import pages
from tests.cli.running import uppsikt
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.by_command import INBOX, assert_alike, by_commands, with_plan
from tests.web.running import Browser, site_of


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened in another program."""
    names: list[str] = []

    def remember(path: Path) -> bool:
        names.append(path.name)
        return True

    monkeypatch.setattr(opening, "open_file", remember)
    return names


def test_the_sample_round_becomes_what_the_commands_make_of_it(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plan, forms, answers, returns, compilation, report and clean copies: file by file, byte by byte."""
    # It would take most of the time, and is a program of its own.
    monkeypatch.setattr(pages, "libreoffice", lambda: None)
    for module in (reports, publishing):
        monkeypatch.setattr(module, "libreoffice", lambda: None)
    by_page, by_command = tmp_path / "sida", tmp_path / "kommando"
    with_plan(by_page / "t1")
    with site_of(by_page) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        assert "Planen kan användas som den är" in browser.follow(browser.get(f"{here}/plan")).text
        page = browser.follow(browser.post(f"{here}/formular", {"per": "unit"})).text
        assert "Formulären är gjorda" in page
        assert "7 filer i mappen mallar." in page
        with zipfile.ZipFile(io.BytesIO(browser.get(f"{here}/zip/formular").body)) as zipped:
            made = {p.name: p.read_bytes() for p in (by_page / "t1/mallar").iterdir()}
            assert {name: zipped.read(name) for name in zipped.namelist()} == made
        sent = [(path.name, path.read_bytes()) for path in INBOX]
        page = browser.follow(browser.post(f"{here}/inkorg", files=sent)).text
        assert "7 filer ligger i inkorgen" in page
        assert "Kommunal hälso- och sjukvård.xlsx" in page
        page = browser.follow(browser.post(f"{here}/enheter")).text
        assert "Alla enheter har lämnat in." in page
        assert "Regelkontroll" not in page
        page = browser.follow(browser.post(f"{here}/sammanstallning")).text
        assert "Skrev ut/sammanstallning.xlsx." in page
        page = browser.follow(browser.post(f"{here}/rapport", {"kallor": "1"})).text
        assert "Rapporten är gjord" in page
        name = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
        assert name in page
        form = {"verksamhet": "Social verksamhet", "anda": "1"}
        assert name in browser.follow(browser.post(f"{here}/publicera", form)).text
        report = browser.get(f"{here}/fil/rapporter/{name}".replace(" ", "%20"))
        assert report.body == (by_page / "t1/ut/rapporter" / name).read_bytes()
        assert report.headers["content-disposition"].startswith('attachment; filename="Uppsikt')
        preview = browser.get(f"{here}/lasning/{name}".replace(" ", "%20")).text
        assert "Sjukfrånvaron ska minska" in preview
        answer = browser.post(
            f"{here}/oppna", {"fil": "sammanstallning", "sida": "/sammanstallning"}
        )
        assert answer.headers["location"].startswith(f"{here}/sammanstallning?klart=")
        assert browser.post(f"{here}/oppna", {"slag": "rapporter", "namn": name}).status == 303
        assert opened == ["sammanstallning.xlsx", name]
    assert_alike(by_page / "t1", by_commands(by_command / "t1"))


def test_a_new_round_is_blank_or_goes_on_from_the_last(tmp_path: Path) -> None:
    """As `uppsikt init` does it; its name is a folder's name and nothing else."""
    make_round(tmp_path / "sida/t1", make_plan(), {})
    make_round(tmp_path / "kommando/t1", make_plan(), {})
    with site_of(tmp_path / "sida") as site:
        browser = Browser.at(site.address())
        last = browser.round().rpartition("/")[2]
        assert browser.follow(browser.post("/ny", {"namn": "tom"})).status == 200
        page = browser.follow(browser.post("/ny", {"namn": "t2", "fran": last})).text
        assert "Planen är gjord av den i t1, som inte ändrades." in page
        for name in ("t1", "..", "", "   ", ".", "-", "/"):
            answer = browser.post("/ny", {"namn": name})
            assert answer.status == 409, name
        assert browser.follow(browser.post("/ny", {"namn": "../../C:\\ute"})).status == 200
    uppsikt("init", tmp_path / "kommando/tom")
    uppsikt("init", tmp_path / "kommando/t2", "--from", tmp_path / "kommando/t1")
    for name in ("tom", "t2"):
        assert_alike(tmp_path / "sida" / name, tmp_path / "kommando" / name)
    assert sorted(p.name for p in (tmp_path / "sida").iterdir()) == ["C ute", "t1", "t2", "tom"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kommando", "sida"]


def test_who_owes_what_is_told_in_the_words_of_the_command(tmp_path: Path) -> None:
    """Each cell of `uppsikt status` stands on the page."""
    plan = make_plan(deadline=None)
    form = own_form(
        plan, "Hemtjänst", {2: [row("Fältarbete", end="mars 2023")], 1: [row(status="Nja")]}
    )
    folder = make_round(tmp_path / "t1", plan, {"a.xlsx": form, "b.xlsx": b"inget"})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/enheter")).text
        inbox = browser.follow(browser.get(f"{here}/inkorg")).text
        found = browser.follow(browser.get(f"{here}/anmarkningar")).text
        warnings = browser.follow(
            browser.get(f"{here}/anmarkningar?slag=warning&enhet=Bemanning")
        ).text
        (link,) = re.findall(r'href="([^"]+enhet=[^"]+)"', page)
        linked = browser.get(html.unescape(link)).text
        searched = browser.follow(browser.get(f"{here}/anmarkningar?sok=nja")).text
    told = uppsikt("status", folder).stdout
    cells = [
        cell.strip() for line in told.splitlines()[:3] for cell in line.split("  ") if cell.strip()
    ]
    assert len(cells) > 10
    for cell in cells:
        assert cell in page, cell
    assert "b.xlsx" in inbox
    assert "lästes inte som formulär" in inbox
    said = uppsikt("check", folder).stdout.splitlines()
    for line in said:
        code = line.split()[1] if line.startswith("  ") else ""
        if code in CATALOGUE:
            assert f">{code}</a>" in found, line
    assert ">U503</a>" in warnings
    assert ">R305</a>" not in warnings
    assert ">R312</a>" not in warnings
    assert (">R305</a>" in linked, ">U503</a>" in linked) == (True, False)
    assert "R305" in searched
    assert "1 av " in searched
    assert "Där står: ”Nja”" in searched


def test_a_plan_with_faults_is_told_and_nothing_else_is_shown(tmp_path: Path) -> None:
    """Every page of the round leads to the plan, where the fault stands with sheet and cell."""
    (tmp_path / "t1").mkdir()
    with site_of(tmp_path) as site:
        uppsikt("init", tmp_path / "t2")
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/plan")).text
        assert "Att rätta i planen" in page
        assert "blad Omgång, cell B" in page
        for end in ("inkorg", "enheter", "anmarkningar", "sammanstallning", "tackning", "rapport"):
            answer = browser.follow(browser.get(f"{here}/{end}"))
            assert answer.status in (200, 409), end
            assert "Planen kan inte användas" in answer.text, end
