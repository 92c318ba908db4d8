"""Sista dag för rättningar: in what is sent back and in its mail; without one, the day of the answers."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.form.templates import form_files
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.default_texts import MAIL_REMINDERS, MAIL_RETURNS
from excel_uppsikt.plan.texts import STANDING, fill, section
from excel_uppsikt.rounds.mail_facts import nothing_came
from excel_uppsikt.rounds.workbooks import write_returns
from tests.small_rounds import check, make_plan, own_form, row

LATER = make_plan(corrections_due=date(2024, 5, 24))


def first_lines(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path)["Läs mig"]
    return [cell.value for cell in sheet["A"][:4]]


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        (LATER, "24 maj 2024"),
        (make_plan(), "10 maj 2024"),
        (make_plan(deadline=None, corrections_due=date(2024, 5, 24)), "24 maj 2024"),
    ],
)
def test_a_return_gives_the_last_day_of_corrections(tmp_path: Path, plan: Plan, day: str) -> None:
    form = own_form(plan, "Hemtjänst", {2: [row("Friskvård", start=None)]})
    made = write_returns(check(tmp_path, plan, {"a.xlsx": form}))
    lines = first_lines(made.written[0].path)
    # Whether the day has passed is told by no clock of the program's: the same round makes the same return.
    assert f"Lämna in igen senast {day}. Har dagen gått: så snart ni kan." in lines
    assert f"senast {day}" in fill(plan, section(plan, MAIL_RETURNS).text)


def test_what_is_first_sent_out_gives_the_day_of_the_answers(tmp_path: Path) -> None:
    name, _, data = next(form_files(LATER))
    (tmp_path / name).write_bytes(data)
    assert "Lämna in senast 10 maj 2024" in first_lines(tmp_path / name)
    more = {STANDING: nothing_came(LATER)}
    assert "10 maj 2024" in fill(LATER, section(LATER, MAIL_REMINDERS).text, more=more)


def test_a_return_mended_and_handed_in_again_has_nothing_of_its_own(tmp_path: Path) -> None:
    """The day on its first sheet is the form's own."""
    form = own_form(LATER, "Hemtjänst", {2: [row("Friskvård", start=None)]})
    made = write_returns(check(tmp_path / "a", LATER, {"a.xlsx": form}))
    again = check(tmp_path / "b", LATER, {"a.xlsx": made.written[0].path.read_bytes()})
    assert [f.code for f in again.findings if f.code.startswith("F")] == []
