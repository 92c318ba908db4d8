"""The line above a goal's table, which nothing wraps: whatever units are called it is seen whole."""

import pytest

from excel_uppsikt.form.definition import Form, common_form, goal_form, unit_form
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Unit
from tests.form.opened_forms import YOUTH_SHEET, opened
from tests.form.test_screen_and_paper import pixels
from tests.small_rounds import CARE, YOUTH, make_plan, row

LONG = "Kommunal hälso- och sjukvård samt rehabilitering i ordinärt och särskilt boende"
PLAN = make_plan(units=("Hemtjänst", Unit(LONG, CARE)))
SHORT_FORM, LONG_FORM = (unit_form(PLAN, unit) for unit in PLAN.units)
ALL = goal_form(YOUTH)
LEAVE = "En rad per aktivitet. Lämna Enheter tomt om aktiviteten bara gäller"
YELLOW = "En rad per aktivitet. Rader med gul cell kommer från"
GO_THROUGH = "som har delats: gå igenom dem som är era och ta bort de andra."


def line(form: Form, *former: str) -> str:
    rows = [row(former=name, marks={}) for name in former]
    book = opened(form_workbook(PLAN, form, {YOUTH.number: rows}))
    sheet = book[YOUTH_SHEET]
    text = str(sheet["B3"].value)
    # Seven pixels are a digit, and prose takes somewhat less.
    seen = sum(width for letter, width in pixels(sheet).items() if "B" <= letter <= "H")
    assert len(text) <= seen / 7 * 1.12
    return text


@pytest.mark.parametrize(
    ("form", "former", "told"),
    [
        (SHORT_FORM, (), f"{LEAVE} Hemtjänst. Har ni inget för målet: lämna bladet tomt."),
        (LONG_FORM, (), f"{LEAVE} er enhet. Har ni inget för målet: lämna bladet tomt."),
        (SHORT_FORM, ("Boende",), f"{YELLOW} Boende, {GO_THROUGH}"),
        (SHORT_FORM, ("Boende", "Stöd"), f"{YELLOW} Boende och Stöd, {GO_THROUGH}"),
        (SHORT_FORM, (LONG,), f"{YELLOW} en enhet {GO_THROUGH}"),
        (LONG_FORM, (LONG, "Boende"), f"{YELLOW} en enhet {GO_THROUGH}"),
        (
            common_form(PLAN, PLAN.departments[0]),
            (),
            "En rad per aktivitet. Här står det som gäller hela verksamheten; lämna Enheter tomt. Har ni "
            "inget för målet: lämna bladet tomt.",
        ),
        (
            ALL,
            (LONG,),
            f"{YELLOW} en enhet som har delats: låt bara de delar som har aktiviteten stå kvar i Enheter.",
        ),
    ],
)
def test_it_is_seen_whole(form: Form, former: tuple[str, ...], told: str) -> None:
    assert line(form, *former) == told
