"""Rows read from forms: what is missing, what cannot be read, and what stands all the same."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Field
from excel_uppsikt.rounds.results import CheckedRound
from tests.intake.read_rows import (
    FIRST_ROW,
    PLAN,
    SHEET,
    TWO_DEPARTMENTS,
    Table,
    by_row,
    faults,
    numbered,
    own,
    per_goal,
)
from tests.small_rounds import YOUTH, check, own_form, per_goal_form, row, shared_form

DEVIATION = "Pågående med avvikelse"


def changed_cells(data: bytes, cells: Mapping[str, object]) -> bytes:
    """The form after another program has put values in these cells."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    for name, value in cells.items():
        sheet[name] = value  # type: ignore[assignment]  # any value may be there, as in real life
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def changed(folder: Path, cells: Mapping[str, object], rows: Sequence[FormRow]) -> CheckedRound:
    """What is made of Hemtjänst's form with these rows and then these cells."""
    data = changed_cells(own_form(PLAN, "Hemtjänst", {2: rows}), cells)
    return check(folder, PLAN, {"Hemtjänst.xlsx": data})


# --- What is missing --------------------------------------------------------------------------------


def test_required_fields_that_are_missing(tmp_path: Path) -> None:
    """R301 at each empty cell of title, start, end and status; the others may be empty."""
    table: Table = [
        ({}, []),
        ({"title": ""}, [("R301", "A")]),
        ({"title": "---"}, [("R301", "A")]),
        ({"title": "…"}, [("R301", "A")]),
        ({"title": " . . – "}, [("R301", "A")]),
        ({"start": None}, [("R301", "C")]),
        ({"end": None}, [("R301", "D")]),
        ({"status": ""}, [("R301", "F")]),
        ({"status": " \n"}, [("R301", "F")]),
        ({"description": "", "comment": "", "units": ""}, []),
        ({"start": None, "end": None, "status": ""}, [("R301", "C"), ("R301", "D"), ("R301", "F")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [bool(a.values.title) for a in by_row(checked)] == [True, *[False] * 4, *[True] * 6]


def test_a_comment_where_the_status_requires_one(tmp_path: Path) -> None:
    """R307 when it is empty or only dashes or dots; other statuses ask for none."""
    table: Table = [
        ({"status": DEVIATION}, []),
        ({"status": DEVIATION, "comment": ""}, [("R307", "G")]),
        ({"status": DEVIATION, "comment": "–"}, [("R307", "G")]),
        ({"status": DEVIATION, "comment": "..."}, [("R307", "G")]),
        ({"comment": ""}, []),
        ({"comment": "-"}, []),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [a.values.comment for a in by_row(checked)] == ["Arbetet pågår.", "", "", "", "", ""]


def test_a_row_with_only_a_description_is_a_row_of_its_own(tmp_path: Path) -> None:
    """It is not joined to the activity above it, and stands in the account."""
    checked = own(
        tmp_path,
        [row("Läxhjälp"), FormRow(cells={Field.DESCRIPTION: "Fortsättning på texten ovan."})],
    )
    assert faults(checked) == [("R301", "A6"), ("R301", "C6"), ("R301", "D6"), ("R301", "F6")]
    first, second = by_row(checked)
    assert (first.values.title, first.values.description) == ("Läxhjälp", "Ger bättre kvalitet.")
    assert (
        second.values.title,
        second.values.units,
        second.values.start,
        second.values.end,
        second.values.status,
    ) == (
        "",
        ("Hemtjänst",),
        None,
        None,
        None,
    )
    assert second.values.description == "Fortsättning på texten ovan."


def test_white_space_formatting_and_kontroll_are_no_row(tmp_path: Path) -> None:
    """Nor is text of invisible characters alone, or what stands as an Id; a row after them counts."""
    book = openpyxl.load_workbook(io.BytesIO(own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    sheet["A6"], sheet["E6"], sheet["G6"] = "  ", "\u00a0\n", "\u200b\u00ad"
    sheet["A7"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["H8"], sheet["I9"] = "✔ Klar", "2-abcde"
    sheet["A11"] = "Teater"
    data = io.BytesIO()
    book.save(data)
    checked = check(tmp_path, PLAN, {"Hemtjänst.xlsx": data.getvalue()})
    missing = [("R301", "C11"), ("R301", "D11"), ("R301", "F11")]
    assert faults(checked) == [("F207", "I9"), *missing]
    assert [(a.values.title, a.sources[0].row) for a in by_row(checked)] == [
        ("Läxhjälp", 5),
        ("Teater", 11),
    ]


# --- Cells without a value --------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["#REF!", "#DIV/0!", "=1+1"])
@pytest.mark.parametrize("column", "ABCDEFG")
def test_an_error_or_unsaved_formula_is_r310_and_nothing_else(
    column: str, content: str, tmp_path: Path
) -> None:
    """The field is missing, the row still stands, and no fault follows from it."""
    cell = f"{column}5"
    checked = changed(tmp_path, {cell: content}, [row("Läxhjälp", status=DEVIATION)])
    assert faults(checked) == [("R310", cell)]
    (activity,) = checked.activities
    got = {
        "A": activity.values.title,
        "C": activity.values.start,
        "D": activity.values.end,
        "E": activity.values.description,
        "F": activity.values.status and activity.values.status.name,
        "G": activity.values.comment,
    }
    whole = {
        "A": "Läxhjälp",
        "C": date(2024, 1, 15),
        "D": date(2024, 9, 30),
        "E": "Ger bättre kvalitet.",
        "F": DEVIATION,
        "G": "Arbetet pågår.",
    }
    lost = {"C": None, "D": None, "F": None}.get(column, "")
    assert got == whole | ({column: lost} if column in whole else {})
    assert activity.values.units == ("Hemtjänst",)


@pytest.mark.parametrize(
    "data",
    [per_goal_form(PLAN, YOUTH, [row("Läxhjälp")]), shared_form(PLAN, {2: [row("Läxhjälp")]})],
    ids=["per goal", "Gemensamt"],
)
def test_an_error_in_enheter_is_neither_empty_nor_the_whole_department(
    data: bytes, tmp_path: Path
) -> None:
    """Which units were meant nobody can tell, so the row is nobody's."""
    checked = check(tmp_path, PLAN, {"Fil.xlsx": changed_cells(data, {"B5": "#REF!"})})
    assert faults(checked) == [("R310", "B5")]
    assert [(a.values.units, a.values.whole) for a in checked.activities] == [((), False)]


def test_forbidden_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    """R309 once for the cell; ordinary invisible ones are no cause for a word."""
    cells = {"G5": "Klart_x0007_ nu.", "E5": "Bättre\u00ad kvali\u200btet."}
    checked = changed(tmp_path, cells, [row("Läxhjälp")])
    assert faults(checked) == [("R309", "G5")]
    assert [(a.values.description, a.values.comment) for a in checked.activities] == [
        ("Bättre kvalitet.", "Klart nu.")
    ]


# --- What stands ------------------------------------------------------------------------------------


def test_what_could_not_be_read_is_missing_and_the_rest_stands(tmp_path: Path) -> None:
    """Every finding quotes what was written; the activity keeps all that was understood."""
    bad = row("Läxhjälp", units="Hamnkontoret", start="snart", end="2024-02-31", status="Jodå")
    checked = own(tmp_path, [bad])
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert [(f.code, f.cell, f.value) for f in found] == [
        ("R306", "B5", "Hamnkontoret"),
        ("R302", "C5", "snart"),
        ("R302", "D5", "2024-02-31"),
        ("R305", "F5", "Jodå"),
    ]
    (activity,) = checked.activities
    assert (activity.goal, activity.values.title, activity.values.units, activity.values.whole) == (
        YOUTH,
        "Läxhjälp",
        ("Hemtjänst",),
        False,
    )
    assert (activity.values.start, activity.values.end, activity.values.status) == (
        None,
        None,
        None,
    )
    assert (activity.values.description, activity.values.comment) == (
        "Ger bättre kvalitet.",
        "Arbetet pågår.",
    )


def test_values_of_any_type_are_texts_where_texts_belong(tmp_path: Path) -> None:
    """A number or a day in a text column is written the way its owner would."""
    cells = {"A5": 112, "E5": 2.5, "G5": date(2024, 3, 1)}
    checked = changed(tmp_path, cells, [row()])
    assert faults(checked) == []
    assert [
        (a.values.title, a.values.description, a.values.comment) for a in checked.activities
    ] == [("112", "2,5", "2024-03-01")]


def test_a_long_heading_is_quoted_in_part(tmp_path: Path) -> None:
    """It would else stand whole in each of thousands of findings."""
    data = own_form(PLAN, "Hemtjänst", {2: [row("Aktivitet")]})
    cells = {f"T{FIRST_ROW - 1}": "Rubrik " * 100, f"T{FIRST_ROW}": "x"}
    checked = check(tmp_path, PLAN, {"Hemtjänst.xlsx": changed_cells(data, cells)})
    (finding,) = (f for f in checked.findings if f.code == "F207" and f.value == "x")
    assert "i kolumnen ”Rubrik Rubrik" in finding.message
    assert len(finding.message) < 400


def test_rows_are_counted_for_each_department(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(f"Aktivitet {n}", units="Förskolan; Bemanning") for n in (1, 2)]
    for most, codes in ((4, []), (3, ["F201"])):
        monkeypatch.setattr(limits, "MAX_ENTRIES", most)
        checked = per_goal(tmp_path, rows, TWO_DEPARTMENTS)
        assert [f.code for f in checked.findings if f.file and f.code[0] == "F"] == codes
    assert "räknade en gång för varje verksamhet" in checked.findings[0].message
