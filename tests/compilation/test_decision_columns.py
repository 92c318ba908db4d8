"""The columns of Beslut are known by their headings, wherever they stand, and else by their places."""

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.decisions import read_decisions
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.model import DecisionRow, Outcome
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import found, run, saved_by_hand, start
from tests.small_rounds import CARE, make_plan

DAY = date(2024, 6, 4)
HEADINGS = ("Verksamhet", "Utfall", "Datum", "Paragraf", "Skäl", "Enhet")
WRITTEN: tuple[CellValue, ...] = (CARE, "återremiss", DAY, "§ 45", "Mer.", "Hemtjänst")


def sheet(
    *rows: tuple[CellValue, ...], problems: dict[tuple[int, int], str] | None = None
) -> Sheet:
    return Sheet(
        "Beslut",
        visible=True,
        rows=rows,
        problems=problems or {},
        notes={},
        since_1904=False,
        far={},
    )


def read(*rows: tuple[CellValue, ...]) -> DecisionRow:
    reading = read_decisions(make_plan(), "s.xlsx", sheet(*rows))
    assert (reading.findings, dict(reading.decisions.headings)) == ((), {})
    (only,) = reading.decisions.rows
    return only


def test_moved_columns_are_read_by_their_headings() -> None:
    expected = DecisionRow(
        0, dict(enumerate(WRITTEN)), CARE, Outcome.SENT_BACK, DAY, "§ 45", "Mer.", ("Hemtjänst",)
    )
    assert read(("Beslut",), (), HEADINGS, WRITTEN) == expected
    # Wherever the table has been moved, and in whatever order its columns stand.
    assert read(("", *HEADINGS[::-1]), ("", *WRITTEN[::-1])) == expected
    assert read(HEADINGS, ()[:0], WRITTEN).at == 1


def test_of_two_columns_with_a_heading_the_first_is_meant_and_the_other_is_kept() -> None:
    rows = ((*HEADINGS, "Datum"), (*WRITTEN, "2024-06-05"))
    decisions = read_decisions(make_plan(), "s.xlsx", sheet(*rows)).decisions
    (only,) = decisions.rows
    assert (only.day, only.cells[6], dict(decisions.headings)) == (DAY, "2024-06-05", {6: "Datum"})


def test_an_error_makes_a_column_to_keep_only_where_it_stands_in_the_table() -> None:
    """Beside the last heading as further to the right; above the headings it makes none."""
    for problems, headings, kept in (
        ({(2, 10): "#REF!", (4, 8): "#REF!"}, [6], {6: "#REF!"}),
        ({(2, 7): "#REF!", (4, 7): "#N/A", (4, 9): "#REF!"}, [6, 7], {6: "#N/A", 7: "#REF!"}),
        ({(2, 7): "#REF!", (3, 9): "#REF!"}, [6], {}),
    ):
        made = sheet(("Beslut",), (), HEADINGS, WRITTEN, problems=problems)
        reading = read_decisions(make_plan(), "s.xlsx", made)
        (only,) = reading.decisions.rows
        assert reading.findings == ()
        assert dict(reading.decisions.headings) == dict.fromkeys(headings, "")
        assert only.cells == {**dict(enumerate(WRITTEN)), **kept}


def test_a_formula_never_computed_far_to_the_right_is_kept(tmp_path: Path) -> None:
    """As another program than Excel saves it; nothing stands between."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        book["Beslut"]["A4"], book["Beslut"]["B4"] = CARE, "godkänd"
        book["Beslut"]["C4"], book["Beslut"]["L4"] = "2024-06-04", "=TODAY()"

    saved_by_hand(tmp_path, change)
    assert found(run(tmp_path)) == []
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)["Beslut"]
    assert [cell.value for cell in sheet[4]][:7] == [
        CARE, "godkänd", "2024-06-04", None, None, None, "=TODAY()",
    ]  # fmt: skip
    assert (sheet["G4"].data_type, sheet["G3"].value) == ("s", None)
