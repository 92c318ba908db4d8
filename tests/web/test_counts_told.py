"""What is counted of the inbox's files is what the report will say, on every screen alike."""

import html
import re
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.cli import commands
from tests.small_rounds import make_plan, make_round, own_form, row, saved, shared_form
from tests.web.running import Browser, site_of

PLAN = make_plan(units=("Hemtjänst", "Bemanning"), minimum=1)
CARE = PLAN.departments[0].name
BROKEN = b"PK\x03\x04trasig"
TWICE = own_form(
    PLAN,
    "Hemtjänst",
    {2: [row("Fältarbete"), row("fältarbete "), row("Läxhjälp")], 1: [row("Friskvård")]},
)
INBOX = {"Hemtjänst.xlsx": saved(TWICE, "2024-05-02T08:30"), "Bemanning.xlsx": BROKEN}


def cells(page: str) -> dict[str, list[str]]:
    """The cells of each row of a page's table, by what stands first."""
    rows = re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    return {
        html.unescape(name): [
            html.unescape(re.sub("<[^>]+>", "", one)).strip()
            for one in re.findall(r"<td[^>]*>(.*?)</td>", rest, re.DOTALL)
        ]
        for name, rest in rows
    }


def pages(folder: Path, *names: str) -> list[str]:
    """Pages of the first round of a folder."""
    with site_of(folder) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        return [browser.follow(browser.get(f"{here}/{name}")).text for name in names]


def test_a_row_that_stands_twice_is_one_activity_on_every_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four rows are three activities; the file that cannot be read is none, and is told beside."""
    folder = make_round(tmp_path / "t1", PLAN, INBOX)
    inbox, units = pages(tmp_path, "inkorg", "enheter")
    assert {name: row[:3] for name, row in cells(inbox).items()} == {
        "Hemtjänst.xlsx": ["Hemtjänst", "3", "används"],
        "Bemanning.xlsx": ["–", "–", "lästes inte som formulär"],
    }
    assert "1 arbetsbok lästes: 4 rader, 3 aktiviteter efter sammanslagning." in inbox
    assert "1 fil lästes inte som formulär, och räknas inte." in inbox
    assert {name: row[:2] for name, row in cells(units).items()} == {
        "Hemtjänst": ["inkorg/Hemtjänst.xlsx (sparad 2024-05-02)", "3"],
        "Bemanning": ["ja, men filen kan inte läsas", ""],
    }
    capsys.readouterr()
    commands.status(folder, today=date(2024, 5, 7))
    out = capsys.readouterr().out
    told = f"{CARE}: 1 av 2 har lämnat in, från 1 till kom en fil som inte kan läsas, 4 rader"
    for said in ("Något har kommit från alla enheter.", told):
        assert (said in out, said in html.unescape(units)) == (True, True)
    assert "Be Bemanning om en ny fil: den som kom kan inte läsas." in units
    assert re.search(
        r"^Hemtjänst +inkorg/Hemtjänst.xlsx \(sparad 2024-05-02\) +3 ", out, re.MULTILINE
    )
    commands.check(folder, as_json=True)
    assert '"activities": 3,' in capsys.readouterr().out


def test_rows_in_a_form_of_all_units_are_counted_as_activities_too(tmp_path: Path) -> None:
    """The same title of another goal is another activity, and rows without a title are each their own."""
    rows = {
        2: [row("Läsår"), row("Läsår", comment="Klart."), row(None), row(None)],
        1: [row("Läsår")],
    }
    make_round(tmp_path / "t1", PLAN, {"d.xlsx": shared_form(PLAN, rows)})
    (units,) = pages(tmp_path, "enheter")
    assert cells(units)[f"Gemensamt {CARE}"][:2] == ["inkorg/d.xlsx (sparad 2024-01-01)", "4"]
    assert "Väntar på Hemtjänst och Bemanning." in units


def test_a_form_of_nobody_in_the_plan_is_told_as_nobodys(tmp_path: Path) -> None:
    """And counts for nothing, whatever stands in it."""
    other = make_plan(units=("Vandrarhemmet",), minimum=1)
    form = own_form(other, "Vandrarhemmet", {2: [row("Fältarbete")]})
    make_round(tmp_path / "t1", PLAN, {"v.xlsx": form})
    inbox, found = pages(tmp_path, "inkorg", "anmarkningar")
    assert cells(inbox)["v.xlsx"][:3] == ["–", "1", "används inte"]
    assert "None" not in inbox + found
