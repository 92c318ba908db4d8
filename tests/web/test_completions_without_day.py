"""Forms for what was sent back that lack the plan's last day: told, and made anew."""

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.form.words import hand_in_by
from excel_uppsikt.rounds.workbooks import write_completion_forms
from excel_uppsikt.web import words
from excel_uppsikt.web.visit import Visit
from tests.compilation.edited_rounds import put
from tests.rounds.completed_rounds import DAY, PLAN, decide, form, merge, start
from tests.small_rounds import CARE, make_round
from tests.web.running import Browser, site_of

LAST_DAY = date(2024, 6, 20)
LATER = replace(PLAN, settings=replace(PLAN.settings, corrections_due=LAST_DAY))
TOLD = (
    "Formuläret för komplettering till Bemanning gjordes innan planen fick sin sista dag, 2024-06-20, och "
    "saknar den."
)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visit, "today", lambda _: date(2024, 6, 5))


def sent_back(folder: Path) -> None:
    """A report sent back after the last day for answers, and its one form made without any other."""
    start(folder)
    decide(folder, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    put(folder, "Scheman", {"Komplettera": "Vad är klart?"})
    merge(folder)
    write_completion_forms(folder)


def told(browser: Browser, here: str) -> tuple[list[str], str]:
    """What the page of decisions tells of the department, its buttons last, and the next step."""
    page = browser.follow(browser.get(f"{here}/beslut")).text
    own = page[page.index('aria-labelledby="v1"') : page.index("</section>", page.index('"v1"'))]
    found = re.findall(r"<p>([^<]+)</p>|(<button|<a class=\"button)[^>]*>([^<]+)", own)
    step = re.findall(r'id="nasta">.*?<p>([^<]+)</p>', page, re.DOTALL)[0]
    lines = [html.unescape(line or text) for line, _, text in found]
    return [line for line in lines if not line.startswith("Rapportdatum")], html.unescape(step)


def test_a_form_from_before_the_last_day_is_told_and_made_anew_by_a_button(tmp_path: Path) -> None:
    folder = tmp_path / "t1"
    sent_back(folder)
    waiting = "Kompletteringen har inte kommit från Bemanning."
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        # The plan has no day, and the form none: they say the same.
        before = ([waiting, "Mejla kompletteringarna"], words.DO_COMPLETE[1])
        assert told(browser, here) == before
        make_round(folder, LATER, {})
        assert told(browser, here) == (
            [
                f"{waiting} Sista dag är 2024-06-20.",
                f"{TOLD} Gör formulären igen, och skicka dem.",
                "Gör formulären för komplettering",
            ],
            words.DO_ASK[1],
        )
        browser.follow(browser.post(f"{here}/formular", {"per": "completion"}))
        after = [f"{waiting} Sista dag är 2024-06-20.", "Mejla kompletteringarna"]
        assert told(browser, here) == (after, words.DO_COMPLETE[1])
    first = openpyxl.load_workbook(form(folder, "Bemanning.xlsx")).worksheets[0]
    said = [cell for row in first.iter_rows(values_only=True) for cell in row]
    assert hand_in_by(LAST_DAY, again=False) in said


def test_status_tells_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the command that makes them anew; and where the plan has lost its day."""
    folder = tmp_path / "t1"
    sent_back(folder)
    make_round(folder, LATER, {})
    capsys.readouterr()
    commands.status(folder, today=date(2024, 6, 5))
    again = f'Gör dem igen: uppsikt templates "{folder}" --completion'
    assert f"  {TOLD} {again}\n" in capsys.readouterr().out
    write_completion_forms(folder)
    make_round(folder, PLAN, {})
    commands.status(folder, today=date(2024, 6, 5))
    gone = (
        "Formuläret för komplettering till Bemanning har en sista dag som planen inte har längre."
    )
    assert f"  {gone} {again}\n" in capsys.readouterr().out


def test_a_form_that_was_edited_says_what_it_said(tmp_path: Path) -> None:
    """The new one lies beside it, and the one that would be sent still lacks the day."""
    folder = tmp_path / "t1"
    sent_back(folder)
    edited = form(folder, "Bemanning.xlsx")
    edited.write_bytes(edited.read_bytes() + b"\0")
    make_round(folder, LATER, {})
    write_completion_forms(folder)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        lines, _ = told(browser, browser.round())
    assert f"{TOLD} Gör formulären igen, och skicka dem." in lines
