"""Ugly and hostile files, many at once, and a page that is killed: nothing let in, nothing lost."""

import json
import re
import threading
import time
from pathlib import Path

import pytest

from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.reading import read_workbook
from excel_uppsikt.round_paths import LOCK_FILE
from excel_uppsikt.rounds.lock import Holder, holding
from excel_uppsikt.web import guard
from tests.cli.running import uppsikt
from tests.corpus.gallery_hostile import HOSTILE
from tests.endurance import tries
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.running import Browser, program, site_of

PLAN = make_plan(minimum=1)


def form_of(unit: str = "Hemtjänst") -> bytes:
    return own_form(PLAN, unit, {2: [row("Fältarbete")], 1: [row("Friskvård")]})


def rows_of(page: str) -> list[str]:
    """The files that the inbox's page has a row for."""
    return re.findall(r'<th scope="row">(.*?)</th>', page)


def test_hostile_workbooks_get_a_row_each_and_stop_no_other(tmp_path: Path) -> None:
    """One of each kind, dropped together with a good one: told on its row, and the page goes on."""
    kinds = list(HOSTILE.items())[: tries(8, len(HOSTILE))]
    sent = [(f"{at:03} {name}.xlsx", make()) for at, (name, make) in enumerate(kinds)]
    folder = make_round(tmp_path / "t1", PLAN, {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        good = ("Hemtjänst.xlsx", form_of())
        page = browser.follow(browser.post(f"{here}/inkorg", files=[*sent, good])).text
        there = {path.name: path.read_bytes() for path in (folder / "inkorg").iterdir()}
        assert there == dict([*sent, good])
        assert len(rows_of(page)) == len(sent) + 1
        assert "Hemtjänst" in page
        assert browser.follow(browser.post(f"{here}/sammanstallning")).status == 200
        assert "Fältarbete" in str(read_workbook(folder / "ut/sammanstallning.xlsx", OWN).sheets)


def test_five_hundred_files_in_one_form_all_lie_there(tmp_path: Path) -> None:
    """Each by its own name, though they are all called alike."""
    folder = make_round(tmp_path / "t1", PLAN, {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        sent = [("svar.xlsx", f"fil {number}".encode()) for number in range(500)]
        answer = browser.post(f"{browser.round()}/inkorg", files=sent)
        assert answer.status == 303
        there = [path.read_bytes() for path in (folder / "inkorg").iterdir()]
        assert sorted(there) == sorted(data for _, data in sent)
        too_many = [("svar.xlsx", b"x")] * 1_001
        answer = browser.post(f"{browser.round()}/inkorg", files=too_many)
        assert (answer.status, "för många filer" in answer.text) == (413, True)
        assert len(list((folder / "inkorg").iterdir())) == 500


def test_too_large_a_file_is_not_taken_and_others_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_round(tmp_path / "t1", PLAN, {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        large = ("stor.xlsx", bytes(50_000_001))
        page = browser.follow(browser.post(f"{here}/inkorg", files=[large, ("a.xlsx", b"x")])).text
        assert "stor.xlsx: Togs inte emot: filen är större än 50 MB." in page
        assert [path.name for path in (folder / "inkorg").iterdir()] == ["a.xlsx"]
        monkeypatch.setattr(guard, "MAX_UPLOAD", 1_000)
        try:
            status = browser.post(f"{here}/inkorg", files=[("b.xlsx", bytes(2_000_000))]).status
        except OSError:
            # The page does not listen to the rest, which the sender may notice first.
            status = 413
        assert status == 413
        assert [path.name for path in (folder / "inkorg").iterdir()] == ["a.xlsx"]


def test_the_script_is_told_what_became_of_its_one_file(tmp_path: Path) -> None:
    make_round(tmp_path / "t1", PLAN, {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        said = [
            browser.post(f"{here}/inkorg", {"rader": "1"}, [file])
            for file in (("../a.xlsx", b"x"), ("b.xlsx", b"x"), ("~$b.xlsx", b"y"))
        ]
        none = browser.post(f"{here}/inkorg", {"rader": "1"}, [])
    assert [(one.status, json.loads(one.text)["told"]) for one in (*said, none)] == [
        (200, "Ligger i inkorgen som a.xlsx."),
        (200, "Låg redan i inkorgen som a.xlsx."),
        (422, "Togs inte emot: det är en låsfil från Excel, inte formuläret."),
        (422, "Inga filer valdes. Välj filer först."),
    ]


def test_ten_browsers_at_once_see_and_do_the_same(tmp_path: Path) -> None:
    """Each sends a file and merges; afterwards all of it is in one compilation, and all get their pages."""
    units = tuple(f"Enhet {number}" for number in range(10))
    plan = make_plan(units=units, minimum=1)
    folder = make_round(tmp_path / "t1", plan, {})
    told: list[tuple[int, int]] = []
    with site_of(tmp_path) as site:

        def visit(unit: str) -> None:
            browser = Browser.at(site.address())
            here = browser.round()
            form = own_form(plan, unit, {2: [row(f"Arbete i {unit}")], 1: [row("Friskvård")]})
            sent = browser.follow(browser.post(f"{here}/inkorg", files=[(f"{unit}.xlsx", form)]))
            merged = browser.follow(browser.post(f"{here}/sammanstallning"))
            told.append((sent.status, merged.status))

        visitors = [threading.Thread(target=visit, args=(unit,)) for unit in units]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        browser = Browser.at(site.address())
        page = browser.follow(browser.post(f"{browser.round()}/sammanstallning")).text
    assert told == [(200, 200)] * 10
    assert "10 arbetsböcker lästes" in page
    merged = str(read_workbook(folder / "ut/sammanstallning.xlsx", OWN).sheets)
    assert all(f"Arbete i {unit}" in merged for unit in units)


def test_the_page_waits_for_a_command_and_says_so(tmp_path: Path) -> None:
    """While a command has the round, nothing is written from the page; what it shows is as ever."""
    folder = make_round(tmp_path / "t1", PLAN, {"a.xlsx": form_of()})
    with site_of(tmp_path) as site, holding(folder, Holder.TERMINAL, "uppsikt run"):
        browser = Browser.at(site.address())
        here = browser.round()
        for path, form in (
            ("formular", {"per": "unit"}),
            ("enheter", {}),
            ("sammanstallning", {}),
            ("rapport", {}),
            ("publicera", {}),
        ):
            page = browser.follow(browser.post(f"{here}/{path}", form)).text
            assert "används just nu av ett kommando i terminalen (uppsikt run, sedan kl." in page
        assert "Hemtjänst" in browser.follow(browser.get(f"{here}/enheter")).text
        assert not (folder / "ut/sammanstallning.xlsx").exists()


def test_a_compilation_open_in_excel_is_told_and_left(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "t1", PLAN, {"a.xlsx": form_of()})
    uppsikt("merge", folder)
    before = (folder / "ut/sammanstallning.xlsx").read_bytes()
    (folder / "ut/~$sammanstallning.xlsx").write_bytes(b"")
    (folder / "inkorg/b.xlsx").write_bytes(form_of("Bemanning"))
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        page = browser.follow(browser.post(f"{browser.round()}/sammanstallning")).text
    assert "är öppen i ett annat program" in page
    assert (folder / "ut/sammanstallning.xlsx").read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"inget", b"PK\x03\x04", form_of()])
def test_a_report_that_is_none_is_told_and_not_shown(tmp_path: Path, data: bytes) -> None:
    """Somebody has put another file in its place."""
    folder = make_round(tmp_path / "t1", PLAN, {"a.xlsx": form_of()})
    (folder / "ut/rapporter").mkdir(parents=True)
    (folder / "ut/rapporter/Rapport.docx").write_bytes(data)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        answer = browser.get(f"{browser.round()}/lasning/Rapport.docx")
        page = browser.get(f"{browser.round()}/rapport")
    assert (answer.status, "Den kan inte läsas." in answer.text) == (409, True)
    assert page.status == 200


@pytest.mark.parametrize("after", [0.3 - 0.007 * number for number in range(tries(1, 40))])
def test_a_page_that_is_killed_while_it_merges_loses_nothing(tmp_path: Path, after: float) -> None:
    """Whenever that is: what came is there, what is written is whole, and the next has the round."""
    units = tuple(f"Enhet {number}" for number in range(20))
    plan = make_plan(units=units, minimum=1)
    inbox = {
        f"{unit}.xlsx": own_form(plan, unit, {2: [row(f"Arbete i {unit}")], 1: [row("Friskvård")]})
        for unit in units
    }
    folder = make_round(tmp_path / "sida/t1", plan, inbox)
    with program(tmp_path / "sida", tmp_path / "hem") as (process, address):
        browser = Browser.at(address)
        here = browser.round()
        browser.follow(browser.get(f"{here}/enheter"))
        sender = threading.Thread(target=_merge, args=(browser, here))
        sender.start()
        time.sleep(after)
        process.kill()
        sender.join()
    assert {p.name: p.read_bytes() for p in (folder / "inkorg").iterdir()} == inbox
    assert uppsikt("merge", folder).returncode == 0
    other = make_round(tmp_path / "kommando/t1", plan, inbox)
    uppsikt("merge", other)
    name = "ut/sammanstallning.xlsx"
    assert (folder / name).read_bytes() == (other / name).read_bytes()
    assert not (folder / "ut/tidigare").exists()
    assert [p.name for p in folder.rglob(".uppsikt-*")] == []


def _merge(browser: Browser, here: str) -> None:
    try:
        browser.post(f"{here}/sammanstallning")
    except OSError:
        # It has been killed.
        return


def test_it_is_not_ended_in_the_midst_of_work(tmp_path: Path) -> None:
    """Avsluta while it merges: the compilation is written first, and nothing more is begun."""
    folder = make_round(tmp_path / "sida/t1", PLAN, {"a.xlsx": form_of()})
    with program(tmp_path / "sida", tmp_path / "hem") as (process, address):
        browser = Browser.at(address)
        here = browser.round()
        sender = threading.Thread(target=_merge, args=(browser, here))
        sender.start()
        begun_by = time.monotonic() + 30
        while not (folder / LOCK_FILE).exists() and time.monotonic() < begun_by:
            time.sleep(0.01)
        assert Browser.ask(browser, "GET", "/", headers={}).status == 200
        assert browser.post("/avsluta").status == 200
        assert browser.post(f"{here}/rapport").status == 503
        sender.join()
        assert process.wait(60) == 0
    assert (folder / "ut/sammanstallning.xlsx").is_file()
    assert not (folder / "ut/rapporter").exists()
