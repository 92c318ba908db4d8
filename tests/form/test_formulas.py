"""Formulas in the forms: those that every Excel computes, and none made of anybody's text."""

import io
import re
import zipfile

import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.form.templates import form_files
from tests.form.opened_forms import FIRST, ODD_GOALS, TRAPS, YOUTH_SHEET, formulas, opened, trapped
from tests.small_rounds import make_plan, own_form, per_goal_form, shared_form

# Everything of Excel 2007 that a form could have use for; later functions are not recalculated there.
EXCEL_2007 = frozenset(
    {
        "AND", "CHAR", "CHOOSE", "CLEAN", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "DATE",
        "EXACT", "FIND", "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "LEFT",
        "LEN", "LOOKUP", "LOWER", "MATCH", "MAX", "MID", "MIN", "MMULT", "MOD", "NOT", "OR", "REPLACE",
        "REPT", "RIGHT", "ROW", "ROWS", "SEARCH", "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS",
        "SUMPRODUCT", "TEXT", "TRIM", "UPPER", "VALUE", "VLOOKUP",
    }
)  # fmt: skip


def live_parts(data: bytes) -> list[str]:
    """Links out of the workbook, and parts that have no business in a form."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        found = [name for name in names if re.search(r"external|vba|connections|ddeLink", name)]
        return found + [
            name
            for name in names
            if name.endswith(".rels") and b'TargetMode="External"' in parts.read(name)
        ]


def test_formulas_keep_to_functions_of_excel_2007() -> None:
    used: set[str] = set()
    for per in Per:
        for _, _, data in form_files(make_plan(goals=ODD_GOALS, units=("Hemtjänst",)), per):
            # Kontroll is the same in each row.
            for text in set(formulas(opened(data)).values()):
                plain = re.sub(r"\"[^\"]*\"|'(?:[^']|'')*'", "", text)
                used |= set(re.findall(r"([A-Za-z_][\w.]*)\s*\(", plain))
                assert not re.search(r"[@#{}]", plain)
    assert used
    assert used - EXCEL_2007 == set()


def test_no_text_in_a_form_becomes_a_formula_or_a_link() -> None:
    plan, rows = trapped()
    files = [
        own_form(plan, plan.units[1].name, dict.fromkeys(range(1, len(TRAPS) + 1), rows)),
        shared_form(plan, {1: rows}),
        *(per_goal_form(plan, goal, rows) for goal in plan.goals),
    ]
    for data in files:
        workbook = opened(data)
        goals = {sheet_name(goal) for goal in plan.goals}
        own = {
            place
            for place, text in formulas(workbook).items()
            if not (
                (place[0] in goals and re.fullmatch(r"H\d+|A2", place[1]))
                or (place[0] == "Läs mig" and re.fullmatch(r"[BCDE]\d+", place[1]))
            )
        }
        assert own == set()
        links = [
            cell.hyperlink
            for sheet in workbook
            for line in sheet
            for cell in line
            if cell.hyperlink
        ]
        assert [link for link in links if link.target or not link.location] == []
        assert live_parts(data) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_text_is_written_as_it_stands_in_every_cell(trap: str) -> None:
    plan, rows = trapped()
    goal = plan.goals[TRAPS.index(trap)]
    data = per_goal_form(plan, goal, [rows[TRAPS.index(trap)]])
    sheet = opened(data)[sheet_name(goal)]
    written = trap.replace("\t", " ")
    cells = [sheet[f"{column}{FIRST}"] for column in "ABCDEFGI"]
    assert {cell.data_type for cell in cells} == {"s"}
    read = read_workbook_bytes(data)
    page = next(s for s in read.sheets if s.name == sheet_name(goal))
    assert [page.rows[FIRST - 1][at] for at in (0, 1, 2, 3, 4, 5, 6, 8)] == [written] * 8
    assert page.rows[0][0] == written


def test_text_columns_keep_what_looks_like_a_date_as_it_is_written() -> None:
    sheet = opened(own_form(make_plan(), "Hemtjänst", {}))[YOUTH_SHEET]
    assert sheet[f"A{FIRST}"].number_format == "@"
    assert [sheet[f"{c}{FIRST}"].number_format for c in "CD"] == ["yyyy-mm-dd"] * 2
