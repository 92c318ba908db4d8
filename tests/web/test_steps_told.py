"""How the page tells that forms and reports are made where something in the plan or the rows is wrong."""

import html
import re
from pathlib import Path

import openpyxl

from tests.compilation.edited_rounds import put
from tests.rounds.completed_rounds import DAY, PLAN, decide, start
from tests.small_rounds import CARE, make_round
from tests.web.running import Browser, site_of


def notice(page: str) -> tuple[str, str, list[str]]:
    """What is told at the top of a page: how it looks, its heading, and its lines."""
    own = page[page.index('<section class="notice') :].partition("</section>")[0]
    (tone,) = re.findall(r'class="notice (\w+)"', own)
    (title,) = re.findall(r"<h2[^>]*>([^<]+)<", own)
    lines = [html.unescape(line) for line in re.findall(r"<(?:p|li)>([^<]+)</", own)]
    return tone, title, lines


def change_plan(folder: Path, sheet: str, cell: str, value: object) -> None:
    """Writes in a cell of the plan."""
    path = folder / "plan.xlsx"
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value  # type: ignore[assignment]
    book.save(path)


def pressed(folder: Path, page: str, fields: dict[str, str]) -> tuple[str, str, list[str]]:
    """What is told when a page's form has been sent."""
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        answer = browser.post(f"{browser.round()}/{page}", fields)
        return notice(browser.follow(answer).text)


def test_forms_of_a_plan_with_errors_are_not_told_as_ready(tmp_path: Path) -> None:
    """A unit whose department is unknown has no form."""
    folder = make_round(tmp_path / "t1", PLAN, {})
    change_plan(folder, "Enheter", "B6", "Okänd verksamhet")
    tone, title, lines = pressed(folder, "formular", {"per": "unit"})
    assert (tone, title) == ("bad", "Formulären är gjorda, men något behöver rättas först")
    assert lines[0] == "3 filer i mappen mallar."
    assert "cell B6: Verksamheten ”Okänd verksamhet” finns inte" in lines[1]
    assert lines[2:] == [
        "Rätta det och gör formulären igen innan de skickas ut: det som har fel kan saknas i dem."
    ]


def test_forms_without_their_last_day_are_something_to_look_at(tmp_path: Path) -> None:
    folder = tmp_path / "t1"
    start(folder)
    put(folder, "Scheman", {"Komplettera": "Vad är klart?"})
    decide(folder, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    tone, title, lines = pressed(folder, "formular", {"per": "completion"})
    assert (tone, title) == ("warn", "Formulären är gjorda")
    assert any("Fyll i Sista dag för rättningar" in line for line in lines)


def test_what_is_wrong_in_the_plan_is_not_told_of_the_compilation(tmp_path: Path) -> None:
    """A report made with warnings is something to look at, and each is told of the workbook it stands in."""
    folder = tmp_path / "t1"
    start(folder)
    put(folder, "Scheman", {"Kommentar": "XXX"})
    change_plan(folder, "Verksamheter", "C4", "2023-06-04")
    tone, title, lines = pressed(folder, "rapport", {})
    assert (tone, title) == ("warn", "Rapporten är gjord")
    counts = [line for line in lines if re.match(r"^\d+ varning", line)]
    assert counts == ["1 varning i planen.", "1 varning i sammanställningen."]
    at = lines.index(counts[0])
    assert "Blad ”Verksamheter”, cell C4" in lines[at + 1]
    assert "”XXX”" in lines[lines.index(counts[1]) + 1]
