"""What the script is told of each file as it comes: whose it is, how much it holds, and what was found."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from tests.cli.running import uppsikt
from tests.endurance import tries
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.chromium import PATIENCE, chromium, needs_chromium
from tests.web.running import Browser, site_of
from tests.web.test_browser import drop

# More than are sent at a time, or as many as a large municipality has units.
MANY = tries(12, 60)
PLAN = make_plan(minimum=1)
GOOD = own_form(PLAN, "Hemtjänst", {2: [row("Fältarbete")], 1: [row("Friskvård")]})
# Its end date comes before its start date, and its status is unknown.
FLAWED = own_form(PLAN, "Bemanning", {2: [row("Bo", end="2024-01-01", status="Kanske")]})


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return stream.getvalue()


def sent(browser: Browser, name: str, data: bytes) -> dict[str, Any]:
    """What the script is told of a file."""
    answer: dict[str, Any] = json.loads(
        browser.post(f"{browser.round()}/inkorg", {"rader": "1"}, [(name, data)]).text
    )
    return answer


def told(answer: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(one["file"], one["whose"], one["activities"], one["found"]) for one in answer["rows"]]


def test_each_file_is_told_as_it_comes_and_stays_so(tmp_path: Path) -> None:
    """Good, flawed, no workbook, and a zip file of several; afterwards the inbox says the same of them."""
    make_round(tmp_path / "t1", PLAN, {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        good, flawed = sent(browser, "a.xlsx", GOOD), sent(browser, "b.xlsx", FLAWED)
        text = sent(browser, "c.txt", b"Hej")
        assert told(good) == [("a.xlsx", "Hemtjänst", "2", "inga anmärkningar")]
        assert told(flawed) == [("b.xlsx", "Bemanning", "1", "2 fel")]
        assert flawed["rows"][0]["link"] == f"{here}/anmarkningar?sok=b.xlsx"
        assert told(text) == [("c.txt", "–", "–", "1 fel")]
        assert text["rows"][0]["says"] != []
        page = browser.follow(browser.get(f"{here}/inkorg")).text
        listed = browser.follow(browser.get(flawed["rows"][0]["link"])).text
        both = sent(browser, "svar.zip", zipped({"x/a.xlsx": GOOD, "b.xlsx": FLAWED}))
    assert page.count("2 fel") == 1
    assert ("”Kanske”" in listed, "2024-01-01" in listed) == (True, True)
    assert told(both) == [
        ("svar.zip/b.xlsx", "Bemanning", "1", "2 fel"),
        ("svar.zip/x/a.xlsx", "Hemtjänst", "2", "inga anmärkningar"),
    ]


def test_a_follow_up_form_is_judged_by_the_last_round(tmp_path: Path) -> None:
    """One that comes back as it was sent out is told; where the plan cannot be read nothing is said."""
    last = make_round(tmp_path / "t1", PLAN, {"a.xlsx": GOOD})
    uppsikt("run", last)
    plan = make_plan(minimum=1, period="T2", previous="../t1/ut/sammanstallning.xlsx")
    folder = make_round(tmp_path / "t2", plan, {})
    uppsikt("templates", folder)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round("t2")
        form = (folder / "mallar/Hemtjänst.xlsx").read_bytes()
        answer = json.loads(browser.post(f"{here}/inkorg", {"rader": "1"}, [("a.xlsx", form)]).text)
        assert told(answer) == [("a.xlsx", "Hemtjänst", "2", "1 varning")]
        (folder / "plan.xlsx").write_bytes(b"x")
        answer = json.loads(browser.post(f"{here}/inkorg", {"rader": "1"}, [("b.xlsx", GOOD)]).text)
        assert (answer["told"], answer["rows"]) == ("Ligger i inkorgen.", [])


@needs_chromium
def test_each_of_many_dropped_workbooks_gets_its_row(tmp_path: Path) -> None:
    """Each row tells whose its file is before the page is shown anew, and how many are left."""
    units = tuple(f"Enhet {number}" for number in range(MANY))
    plan = make_plan(units=units, minimum=1)
    make_round(tmp_path / "t1", plan, {})
    files: list[Path] = []
    for unit in units:
        files.append(tmp_path / f"{unit}.xlsx")
        files[-1].write_bytes(own_form(plan, unit, {2: [row("Fältarbete")], 1: [row("Friskvård")]}))
    lock = tmp_path / "~$Enhet 1.xlsx"
    lock.write_bytes(b"x")
    with site_of(tmp_path) as site, chromium() as browser, browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(site.address())
        page.click(".card a")
        page.click("nav.steps >> text=Inkorg")
        page.wait_for_selector("#slapp")
        # The one that is not taken keeps the rows on the page.
        drop(page, [*files, lock])
        page.wait_for_selector(f"text={MANY} av {MANY + 1} filer togs emot. Se raderna nedan.")
        rows = page.locator("#skickade tbody tr").all_inner_texts()
        assert page.get_attribute("#skickade progress", "value") == str(MANY + 1)
        page.click("nav.steps >> text=Inkorg")
        page.wait_for_selector(f"text={MANY} filer i inkorgen")
    assert [text.split("\t")[1] for text in rows] == [*units, ""]
    assert {text.split("\t")[2] for text in rows[:MANY]} == {"2"}
