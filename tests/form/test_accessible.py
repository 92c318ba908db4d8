"""The form for everyone: headings that are announced, contrast, nothing merged, and where it opens."""

import io
import re

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.excel import writing
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.round_forms import Per, forms
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.word.colors import contrast
from tests.small_rounds import make_plan, row

PLAN = make_plan()
FORMS = [*forms(PLAN, Per.UNIT), *forms(PLAN, Per.GOAL)]
LEAST_CONTRAST = 4.5  # WCAG 2.1, 1.4.3


def opened(form: Form) -> Workbook:
    """A form with a row of each kind in it."""
    rows = {goal.number: [row(), row("Utan slut", end=None)] for goal in form.goals}
    return openpyxl.load_workbook(io.BytesIO(form_workbook(PLAN, form, rows)))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.owner)
def test_every_text_can_be_told_from_its_background(form: Form) -> None:
    """At least 4.5:1, for each cell with text and for Kontroll when a row is done."""
    faint = []
    for sheet in opened(form):
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value in (None, ""):
                    continue
                ink = (
                    cell.font.color.rgb
                    if cell.font.color and cell.font.color.type == "rgb"
                    else "FF000000"
                )
                paper = cell.fill.fgColor.rgb if cell.fill.fill_type else "FFFFFFFF"
                if contrast(str(ink)[2:], str(paper)[2:]) < LEAST_CONTRAST:
                    faint.append((sheet.title, cell.coordinate))
    assert faint == []
    assert contrast(writing.GREEN[1:], writing.PALE[1:]) >= LEAST_CONTRAST


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.owner)
def test_it_opens_on_its_first_sheet_and_each_sheet_on_its_first_cell(form: Form) -> None:
    """Läs mig at A1, a goal's sheet at the first cell to fill in; nothing is merged or locked."""
    book = opened(form)
    assert book.active is not None
    assert book.active.title == "Läs mig"
    for sheet in book:
        if sheet.sheet_state == "visible":
            at = "A1" if sheet.title == "Läs mig" else "A5"
            assert sheet.sheet_view.selection[-1].activeCell == at, sheet.title
            assert sheet.merged_cells.ranges == set()
            assert not sheet.protection.sheet


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.owner)
def test_screen_readers_are_told_the_headings_and_the_title(form: Form) -> None:
    """A name that says where each sheet's headings are, a document title, and states in words."""
    book = opened(form)
    assert book.properties.title == f"{form.owner}: aktiviteter Ånge kommun 2024 T1"
    named = {
        match[1]: defined.attr_text
        for name, defined in book.defined_names.items()
        if (match := re.fullmatch(r"ColumnTitleRegion(\d+)\.A4\.H\d+\.\1", name))
    }
    goals = [sheet.title for sheet in book if sheet.title[0].isdigit()]
    assert list(named.values()) == [f"'{title}'!$A$4" for title in goals]
