"""Rows of the compilation edited on the page, without script: as if they had been typed in Excel."""

import html
import re
import shutil
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.model import Department, Unit
from tests.cli.running import uppsikt
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    add,
    bytes_of,
    columns,
    hand_in,
    home_form,
    line,
    put,
    saved_by_hand,
    start,
    titles,
)
from tests.small_rounds import CARE, HOMES, make_plan, make_round, own_form, row
from tests.web.running import Answer, Browser, site_of

HOME = Department(CARE, "utskottet")
OWN = "Mina <b>ord</b>.\nPå två rader."


def fields_of(page: str, form: str) -> list[tuple[str, str]]:
    """The fields of a form by its id, in it and elsewhere, with what they have when nobody touches them."""
    own = re.search(rf'<form id="{form}".*?</form>', page, re.DOTALL)
    assert own is not None
    controls = re.findall(r"<(?:input|textarea|select)[^>]*>", page)
    inside = [one for one in controls if one in own[0] or f'form="{form}"' in one]
    found: list[tuple[str, str]] = []
    for one in inside:
        name = re.findall(r' name="([^"]*)"', one)[0]
        value = (re.findall(r' value="([^"]*)"', one) or [""])[0]
        if one.startswith("<textarea"):
            value = re.findall(re.escape(one) + r"\n(.*?)</textarea>", page, re.DOTALL)[0]
        elif one.startswith("<select"):
            choices = page[page.index(one) :].partition("</select>")[0]
            value = re.findall(r'value="([^"]*)" selected', choices)[0]
        if 'type="checkbox"' not in one or " checked" in one:
            found.append((html.unescape(name), html.unescape(value)))
    return found


def row_page(browser: Browser, title: str) -> tuple[str, str]:
    """The address of a row's own page, and the page."""
    listed = browser.follow(browser.get(f"{browser.round()}/sammanstallning")).text
    (address,) = re.findall(rf'href="(/omgang/[^"]+/rad/\w+)">{re.escape(title)}<', listed)
    return address, browser.get(address).text


def save(browser: Browser, title: str, cells: dict[str, str]) -> str:
    """Changes fields in a row's form, sends it, and gives the page that it leads to."""
    address, page = row_page(browser, title)
    return browser.follow(send(browser, address, page, cells)).text


def send(browser: Browser, address: str, page: str, cells: dict[str, str]) -> Answer:
    sent = dict(fields_of(page, "andra"))
    assert set(cells) <= set(sent), "the form has a field for each"
    return browser.post(address, {**sent, **{k: v.replace("\n", "\r\n") for k, v in cells.items()}})


def test_a_row_edited_on_its_page_is_as_typed_in_excel(tmp_path: Path) -> None:
    """Words, dates and status, with an answer that has come meanwhile; the same workbook, byte by byte."""
    folder = tmp_path / "sida/t1"
    start(folder)
    late = home_form(row(FIRST), row(SECOND, comment="Nytt."), row(THIRD))
    hand_in(folder, "Hemtjänst.xlsx", late)
    other = shutil.copytree(folder, tmp_path / "excel/t1")
    cells = {
        "Aktivitet": "Ordna lov",
        "Kommentar": OWN,
        "Slutdatum": "2024-06-30",
        "Status": "Pågående med avvikelse",
    }
    with site_of(tmp_path / "sida") as site:
        browser = Browser.at(site.address())
        page = save(browser, FIRST, cells)
        assert "Ändringen står i sammanställningen" in page
        assert "Mina &lt;b&gt;ord&lt;/b&gt;." in page
        untouched = save(browser, "Ordna lov", {})
        assert "Inget var ändrat, så inget skrevs." in untouched
        listed = browser.follow(browser.get(f"{browser.round()}/sammanstallning")).text
        assert "ändrat: aktivitet, slutdatum, status och kommentar" in listed
    put(other, FIRST, dict(cells))
    uppsikt("merge", other)
    assert bytes_of(folder) == bytes_of(other)
    assert line(folder, "Ordna lov")["Kommentar"] == OWN


def test_what_to_include_and_its_order_for_many_rows_at_once(tmp_path: Path) -> None:
    """One form for all rows; what is not touched in it is not written."""
    folder = tmp_path / "sida/t1"
    start(folder)
    other = shutil.copytree(folder, tmp_path / "excel/t1")
    with site_of(tmp_path / "sida") as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/sammanstallning")).text
        keys = dict(re.findall(r'value="(\w+)" aria-label="Ta med ([^"]+)"', page))
        by_title = {title: key for key, title in keys.items()}
        sent = dict(fields_of(page, "ordna"))
        sent[f"ordning-{by_title[THIRD]}"] = "1"
        # Of several fields of the same name only the last would be sent; one is to be taken with.
        sent["med"] = by_title[THIRD]
        done = browser.follow(browser.post(f"{here}/ordna", sent)).text
        assert "Ändringen står i sammanställningen" in done
    put(other, THIRD, {"Ordning": 1})
    for title in (FIRST, SECOND):
        put(other, title, {"Ta med": "nej"})
    uppsikt("merge", other)
    assert bytes_of(folder) == bytes_of(other)
    assert titles(folder) == [THIRD, FIRST, SECOND]


def test_what_cannot_be_saved_is_shown_again(tmp_path: Path) -> None:
    """Open in Excel, or saved there since: told, nothing overwritten, and no word of hers is lost."""
    folder = tmp_path / "t1"
    start(folder)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        address, page = row_page(browser, FIRST)
        lock = folder / "ut/~$sammanstallning.xlsx"
        lock.write_bytes(b"")
        before = bytes_of(folder)
        refused = browser.follow(send(browser, address, page, {"Kommentar": OWN})).text
        assert "är öppen i ett annat program" in refused
        lock.unlink()
        put(folder, FIRST, {"Kommentar": "Från Excel.", "Beskrivning": "Också från Excel."})
        refused = browser.follow(send(browser, address, page, {"Kommentar": OWN})).text
        assert "har sparats sedan den visades" in refused
        shown = dict(fields_of(refused, "andra"))
        assert (shown["Kommentar"], shown["Beskrivning"]) == (OWN, "Också från Excel.")
        assert "Inte sparat än. I sammanställningen står: ”Från Excel.”" in refused
        assert bytes_of(folder) != before
        assert line(folder, FIRST)["Kommentar"] == "Från Excel."
        saved = browser.follow(send(browser, address, refused, {})).text
        assert "Ändringen står i sammanställningen" in saved
    kept = line(folder, FIRST)
    assert (kept["Kommentar"], kept["Beskrivning"]) == (OWN, "Också från Excel.")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Slutdatum": "snart"}, "”snart”"),
        ({"Slutdatum": "2023-01-01"}, "2023-01-01"),
        ({"Kommentar": "x" * 33_000}, "är för lång för en cell i Excel"),
    ],
)
def test_what_has_to_be_looked_at_is_told_at_once(
    tmp_path: Path, cells: dict[str, str], told: str
) -> None:
    start(tmp_path / "t1")
    with site_of(tmp_path) as site:
        page = save(Browser.at(site.address()), FIRST, cells)
    (notice,) = re.findall(r'<section class="notice.*?</section>', page, re.DOTALL)
    assert told in html.unescape(notice)
    assert "Ändringen står i sammanställningen" not in notice


def test_a_row_whose_id_changes_with_its_title_leads_to_the_list(tmp_path: Path) -> None:
    """As one that she has added and not merged yet."""
    folder = tmp_path / "t1"
    start(folder)
    add(folder, {"Mål": HOMES.text, "Aktivitet": "Egen", "Enheter": "Hemtjänst"})
    with site_of(tmp_path) as site:
        page = save(Browser.at(site.address()), "Egen", {"Aktivitet": "Helt egen"})
    assert "Ändringen står i sammanställningen" in page
    assert ">Helt egen<" in page
    assert "Helt egen" in titles(folder)


def test_a_column_that_was_taken_away_cannot_be_written_in(tmp_path: Path) -> None:
    """The next time it is made the compilation has it again."""
    folder = tmp_path / "t1"
    start(folder)

    def without(book: Workbook) -> None:
        book[SHEET].delete_cols(columns(book[SHEET])["Ordning"])

    saved_by_hand(folder, without)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        _, page = row_page(browser, FIRST)
        fields = dict(fields_of(page, "andra"))
        assert ("Ordning" in fields, "Ta med" in fields) == (False, True)
        listed = browser.follow(browser.get(f"{browser.round()}/sammanstallning")).text
        assert ("Spara Ta med och Ordning" in listed, " disabled" in listed) == (False, True)
        save(browser, FIRST, {"Kommentar": "Mitt."})
        _, page = row_page(browser, FIRST)
        assert "Ordning" in dict(fields_of(page, "andra"))


def test_a_finding_leads_to_its_row_once_it_is_in_the_compilation(tmp_path: Path) -> None:
    """The row's page tells the same finding, which is gone when it has been put right there."""
    folder = tmp_path / "t1"
    make_round(folder, PLAN, {"Hemtjänst.xlsx": home_form(row(FIRST, comment="XXX"), row(SECOND))})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        address = f"{browser.round()}/anmarkningar?kod=R308"
        before = browser.follow(browser.get(address)).text
        uppsikt("merge", folder)
        after = browser.follow(browser.get(address)).text
        (link,) = re.findall(r'href="([^"]+)">Ändra raden i sammanställningen<', after)
        page = browser.get(link).text
        assert ">R308</a>" in page
        browser.follow(send(browser, link, page, {"Kommentar": "Klart i maj."}))
        gone = browser.follow(browser.get(address)).text
    assert (">R308</a>" in before, "Ändra raden" in before) == (True, False)
    assert (">R308</a>" in after, ">R308</a>" in gone) == (True, False)


def test_rows_of_one_department_at_a_time(tmp_path: Path) -> None:
    """A round has none to edit before it has been merged, and one that is not there is not found."""
    technical = Department("Teknik", "utskottet")
    plan = make_plan(
        units=("Hemtjänst", Unit("Park", technical.name)), departments=(HOME, technical), minimum=0
    )
    forms = {
        f"{name}.xlsx": own_form(plan, name, {2: [row(f"Åtgärd {name}")]})
        for name in ("Hemtjänst", "Park")
    }
    make_round(tmp_path / "t1", plan, forms)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        assert "Raderna" not in browser.follow(browser.get(f"{here}/sammanstallning")).text
        uppsikt("merge", tmp_path / "t1")
        first = browser.follow(browser.get(f"{here}/sammanstallning")).text
        other = browser.follow(browser.get(f"{here}/sammanstallning?verksamhet=Teknik")).text
        assert (">Åtgärd Hemtjänst<" in first, ">Åtgärd Park<" in first) == (True, False)
        assert (">Åtgärd Hemtjänst<" in other, ">Åtgärd Park<" in other) == (False, True)
        assert browser.get(f"{here}/rad/finnsinte").status == 404
