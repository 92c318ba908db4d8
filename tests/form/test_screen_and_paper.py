"""A goal's sheet on a common screen and on paper, and with names that are very long."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.writing import LONGEST_FOOTER
from excel_uppsikt.form.asking import Asking
from excel_uppsikt.form.definition import unit_form
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.model import Department, Goal, Unit
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.mailings import returns_mailing
from excel_uppsikt.rounds.workbooks import write_forms, write_returns
from excel_uppsikt.word.colors import contrast
from tests.form.opened_forms import (
    FIRST,
    GOAL_SHEETS,
    HOMES_SHEET,
    SICKNESS_SHEET,
    YOUTH_SHEET,
    opened,
)
from tests.libreoffice import converted, needs_libreoffice
from tests.small_rounds import (
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    places,
    row,
    shared_form,
)

PLAN = make_plan()
FOLLOW_UP = row(previous="Pågående enligt plan\nGick bra.", comment="")
LONG = "\n".join(["Pågående enligt plan", *["Vi har gått igenom statistiken. " * 12] * 3])
FORMS: Mapping[str, bytes] = {
    "first": own_form(PLAN, "Hemtjänst", {}),
    "follow-up": own_form(PLAN, "Hemtjänst", {2: [FOLLOW_UP]}),
    "long comment": own_form(
        PLAN, "Hemtjänst", {1: [FOLLOW_UP], 2: [row(previous=LONG, comment="")]}
    ),
}
QUESTION = "Vad återstår, och när är det klart? " * 33


def completion(row: FormRow) -> bytes:
    """A form for what was sent back, with a row to complete."""
    form = replace(unit_form(PLAN, PLAN.units[0]), completion=True)
    return form_workbook(
        PLAN, form, {2: [row]}, asking=Asking("Utskottet återremitterade rapporten.")
    )


COMPLETIONS = {
    "question": completion(row(asked="Vad återstår?")),
    "long question": completion(row(asked=QUESTION)),
    "long question and description": completion(
        row(asked=QUESTION, description="Vi går igenom den. " * 45)
    ),
}
PRINTED = {**FORMS, **COMPLETIONS}
# A digit's width in Calibri 11 at 100 %, in which the file counts columns with their margins; row numbers,
# outline and scroll bar beside them.
DIGIT, BESIDE = 7, 70
SCREEN, POINTS_TO_PIXEL, FONT = 1_366, 0.75, 11


def pixels(sheet: Worksheet) -> dict[str, float]:
    """The width of each column that is seen, by its letter."""
    return {
        column_letters(at): column.width * DIGIT
        for column in sheet.column_dimensions.values()
        for at in range(column.min or 0, (column.max or 0) + 1)
        if not column.hidden
    }


@pytest.mark.parametrize("form", FORMS)
def test_state_way_back_and_kontroll_are_seen_on_a_common_screen(form: str) -> None:
    sheet = opened(FORMS[form])[YOUTH_SHEET]
    widths = pixels(sheet)
    assert sum(widths[letter] for letter in "ABCDEFGH") <= SCREEN - BESIDE
    assert sheet.freeze_panes == f"B{FIRST}"
    assert sheet["H4"].value == "Kontroll"
    shown = opened(FORMS[form], values=True)[YOUTH_SHEET]
    state = "– Tomt" if form == "first" else "✘ Komplettera"
    assert (shown["A2"].value, shown["A3"].value) == (state, "← Läs mig")
    assert shown["A3"].hyperlink.location == "'Läs mig'!A1"


@pytest.mark.parametrize("form", PRINTED)
def test_what_goes_before_the_answer_is_seen_beside_it_on_a_common_screen(form: str) -> None:
    """What was reported last, or is to be completed, in the last column."""
    sheet = opened(PRINTED[form])[YOUTH_SHEET]
    zoom = (sheet.sheet_view.zoomScale or 100) / 100
    assert sum(pixels(sheet).values()) * zoom <= SCREEN - BESIDE
    assert zoom >= 0.85


@pytest.mark.parametrize("form", PRINTED)
def test_printed_letters_are_at_least_eight_points(form: str) -> None:
    sheet = opened(PRINTED[form])[YOUTH_SHEET]
    margins = sheet.page_margins
    width = 297 / 25.4 * 72 - (margins.left + margins.right) * 72
    scale = width / (sum(pixels(sheet).values()) * POINTS_TO_PIXEL)
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
    assert int(min(scale, 1) * 100) / 100 * FONT >= 8


@needs_libreoffice
@pytest.mark.parametrize("form", ["first", "follow-up"])
def test_a_sheet_that_is_not_filled_in_is_one_page(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(FORMS[form])
    data = (converted(tmp_path, ["a.xlsx"], "pdf") / "a.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1 + len(GOAL_SHEETS)


def test_a_long_comment_of_the_last_round_is_seen_whole() -> None:
    """No row of Excel's is higher than 409 points, some 27 lines: the column is wider where it is needed."""
    data = opened(FORMS["long comment"])
    usual, wide = data[SICKNESS_SHEET], data[YOUTH_SHEET]
    assert (usual["I4"].value, wide["I4"].value) == ("Förra omgången",) * 2
    assert pixels(usual)["I"] < pixels(wide)["I"]
    # As high as its text needs, and not cut at the highest there is.
    assert 300 < wide.row_dimensions[FIRST].height < 409


def test_a_long_question_is_seen_whole_and_cuts_no_other_text() -> None:
    """The column of what is to be completed is wider where it is needed, as that of the last round is."""
    usual, wide, both = (opened(data)[YOUTH_SHEET] for data in COMPLETIONS.values())
    assert usual["I4"].value == "Att komplettera"
    assert pixels(usual)["I"] < pixels(wide)["I"]
    assert 300 < wide.row_dimensions[FIRST].height < 409
    assert pixels(both) == pixels(usual)


def test_no_text_is_cut_for_the_last_rounds() -> None:
    """A description as long as that stays in a column of the usual width."""
    filling = {2: [row(previous=LONG, comment="", description="Vi går igenom den. " * 45)]}
    sheet = opened(own_form(PLAN, "Hemtjänst", filling))[YOUTH_SHEET]
    assert pixels(sheet) == pixels(opened(FORMS["follow-up"])[YOUTH_SHEET])


def test_fractions_and_pairs_of_numbers_stay_text() -> None:
    """In a cell for text Excel makes no date of 3-5 and no number of 1/3."""
    sheet = opened(FORMS["first"])[YOUTH_SHEET]
    formats = {letter: sheet[f"{letter}{FIRST}"].number_format for letter in "ABCDEFGH"}
    assert formats == dict.fromkeys("ABEFG", "@") | dict.fromkeys("CD", "yyyy-mm-dd") | {
        "H": "General"
    }


def guidance(data: bytes, sheet: str) -> str:
    return str(opened(data)[sheet]["B3"].value)


def test_the_mandatory_goals_sheet_does_not_say_that_it_may_be_left_empty() -> None:
    data = FORMS["first"]
    assert "minst en aktivitet" in guidance(data, SICKNESS_SHEET)
    assert "lämna bladet tomt" not in guidance(data, SICKNESS_SHEET)
    assert "lämna bladet tomt" in guidance(data, YOUTH_SHEET)


def test_a_sheet_with_rows_is_not_to_be_left_empty() -> None:
    """The round before has filled it in: its rows are to be gone through."""
    assert guidance(FORMS["follow-up"], YOUTH_SHEET) == (
        "En rad per aktivitet. Lämna Enheter tomt om aktiviteten bara gäller Hemtjänst."
    )
    assert "lämna bladet tomt" in guidance(FORMS["follow-up"], HOMES_SHEET)


LONG_NAME = "Hemtjänst & vård " * 14
BOTH = (Unit(f"{LONG_NAME}norr", f"{LONG_NAME}V"), Unit(f"{LONG_NAME}söder", f"{LONG_NAME}V"))
GOALS = (
    Goal(1, f"{LONG_NAME}ska minska.", LONG_NAME, 1),
    Goal(2, f"{LONG_NAME}ska öka.", LONG_NAME),
)


def test_very_long_names_stop_nothing(tmp_path: Path) -> None:
    """Of units, departments, goals and areas alike: forms, returns, the way to the reports, and mails."""
    plan = make_plan(units=BOTH, departments=(Department(f"{LONG_NAME}V"),), goals=GOALS)
    wrong: Sequence[FormRow] = [row("Ett", status="Vilande", units="Köket")]
    inbox = {
        "a.xlsx": own_form(plan, BOTH[0].name, {1: wrong}),
        "b.xlsx": shared_form(plan, {2: wrong}),
        "c.xlsx": per_goal_form(plan, GOALS[1], wrong),
    }
    folder = make_round(tmp_path, plan, inbox)
    assert len(write_forms(folder).written) == 3
    results = list(steps.run(folder))
    assert len(results) == 4
    checked = check_round(folder)
    assert {code for code, *_ in places(checked.findings, but="U")} >= {"R305", "R306"}
    made = write_returns(checked)
    assert len(made.hand_ins) == 3
    assert returns_mailing(checked, made.hand_ins) is not None
    with zipfile.ZipFile(io.BytesIO(own_form(plan, BOTH[0].name, {}))) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    (foot,) = re.findall(r"<oddFooter>&amp;L(.*)&amp;RSida", sheet)
    assert (
        foot.replace("&amp;", "&").replace("&&", "&") == f"{LONG_NAME * 9}"[:LONGEST_FOOTER] + "…"
    )


@pytest.mark.parametrize(
    ("form", "word", "color"),
    [("follow-up", "✔", writing.GREEN), ("question", "Ifylld", writing.DARK)],
)
def test_what_lacks_nothing_is_not_in_the_colour_of_a_fault(
    form: str, word: str, color: str
) -> None:
    """Green is for what is done; of what was asked for no formula can tell that."""
    sheet = opened(PRINTED[form])[YOUTH_SHEET]
    (area,) = sheet.conditional_formatting
    (rule,) = area.rules
    assert (str(area.sqref)[:2], rule.operator, rule.text) == ("H5", "beginsWith", word)
    assert rule.dxf.font.color.rgb == f"FF{color[1:]}"
    assert contrast(color[1:], writing.PALE[1:]) >= 4.5
