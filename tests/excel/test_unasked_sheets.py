"""Sheets that nobody asks for: they are found harmless as the others are, and have no rows."""

from dataclasses import replace

import pytest

from excel_uppsikt.excel.reading import UnreadableError, read_workbook_bytes
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.form.definition import LISTS_SHEET, unit_form
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.intake.containers import contents_of
from tests.excel.small_workbooks import SHEET, repacked, with_comments, with_rows, workbook_bytes
from tests.small_rounds import make_plan

NAME = "Mål 1"


def without_rows(whole: Workbook, name: str) -> Workbook:
    sheets = tuple(replace(s, rows=()) if s.name == name else s for s in whole.sheets)
    return replace(whole, sheets=sheets)


@pytest.mark.parametrize("name", [NAME, "Dold", "Ingen sådan"])
def test_all_but_the_rows_of_such_a_sheet_is_as_it_was(name: str) -> None:
    note = '<commentList><comment ref="A1"><text><t>Hej</t></text></comment></commentList>'
    data = with_comments(note)
    whole = read_workbook_bytes(data)
    assert all(sheet.rows for sheet in whole.sheets)
    assert whole.sheets[0].notes
    assert read_workbook_bytes(data, without={name}) == without_rows(whole, name)


def test_a_received_form_comes_without_its_lists() -> None:
    plan = make_plan()
    data = form_workbook(plan, unit_form(plan, plan.units[0]), {})
    (content,) = contents_of(data)
    whole = read_workbook_bytes(data)
    assert LISTS_SHEET in [sheet.name for sheet in whole.sheets if sheet.rows]
    assert content.content == without_rows(whole, LISTS_SHEET)


@pytest.mark.parametrize(
    "data",
    [
        with_rows("", '<!DOCTYPE a [<!ENTITY b "c">]>'),
        with_rows('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        with_rows("", after="<a>" * 200 + "</a>" * 200),
        repacked(workbook_bytes(), {SHEET: b"<worksheet><sheetData><row></sheetData></worksheet>"}),
        repacked(workbook_bytes(), {SHEET: None}),
    ],
    ids=["entity", "two cells at a place", "deep", "damaged", "lost"],
)
def test_what_is_hostile_or_damaged_there_is_refused_as_before(data: bytes) -> None:
    told: list[tuple[str, str]] = []
    for without in (frozenset[str](), frozenset({NAME})):
        with pytest.raises(UnreadableError) as refused:
            read_workbook_bytes(data, without=without)
        told.append((refused.value.reason.value, refused.value.detail))
    assert told[0] == told[1]
