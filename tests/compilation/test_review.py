"""What is wrong in the compilation is told at its own cells, wherever the coordinator's columns stand."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.review import review
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import checking
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    columns,
    hand_in,
    home_form,
    put,
    run,
    saved_by_hand,
    start,
)
from tests.small_rounds import places, row


def insert_before(folder: Path, header: str, name: str) -> None:
    """A column of the coordinator's own, inserted before one of the program's."""

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        at = columns(sheet)[header]
        sheet.insert_cols(at)
        sheet.cell(3, at).value = name

    saved_by_hand(folder, change)


def reviewed(folder: Path) -> list[tuple[str, str, str, str]]:
    """What is found in the compilation as it lies there: code, file, sheet, cell."""
    compilation = read_compilation(folder / COMPILATION_FILE, PLAN).compilation
    return places(sorted(review(PLAN, compilation), key=lambda f: (f.place.row, f.place.column)))


def test_an_inserted_column_moves_the_cells_that_are_told(tmp_path: Path) -> None:
    """Each required cell emptied, one row with dates in the wrong order, one with a word left."""
    start(tmp_path)
    insert_before(tmp_path, "Slutdatum", "Ansvarig")
    put(tmp_path, FIRST, {"Slutdatum": None, "Status": None})
    put(tmp_path, SECOND, {"Slutdatum": "2024-01-01", "Startdatum": "2024-02-01"})
    put(tmp_path, THIRD, {"Kommentar": "XXX"})
    file = COMPILATION_FILE.rpartition("/")[2]
    assert [(code, cell) for code, _, _, cell in reviewed(tmp_path)] == [
        ("R301", "G4"),
        ("R301", "I4"),
        ("R303", "G5"),
        ("R308", "J6"),
    ]
    assert {place[1].rpartition("/")[2] for place in reviewed(tmp_path)} == {file}


def test_columns_in_another_order_are_told_where_they_stand(tmp_path: Path) -> None:
    start(tmp_path)

    def swap(book: Workbook) -> None:
        sheet = book[SHEET]
        at = columns(sheet)
        for number in range(3, sheet.max_row + 1):
            one, other = (sheet.cell(number, at[name]) for name in ("Slutdatum", "Kommentar"))
            one.value, other.value = other.value, one.value

    saved_by_hand(tmp_path, swap)
    put(tmp_path, FIRST, {"Slutdatum": None})
    assert [(code, cell) for code, _, _, cell in reviewed(tmp_path)] == [("R301", "I4")]


def test_a_row_kept_out_of_the_report_is_not_reviewed(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Slutdatum": None, "Ta med": "nej"})
    assert reviewed(tmp_path) == []


def test_a_conflict_is_told_at_the_cell_as_it_stands_and_then_as_it_is_written(
    tmp_path: Path,
) -> None:
    """The compilation is written anew with the own column in it, and the finding goes with its cell."""
    start(tmp_path)
    insert_before(tmp_path, "Slutdatum", "Ansvarig")
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    late = home_form(row(FIRST, comment="Nytt från enheten."), row(SECOND), row(THIRD))
    hand_in(tmp_path, "Hemtjänst.xlsx", late)
    checked = checking.check(tmp_path, PLAN)
    told = [f.cell for f in checked.findings if f.code == "M603"]
    written = [f.cell for f in checking.as_merged(checked).findings if f.code == "M603"]
    assert (told, written) == (["J4"], ["J4"])
    run(tmp_path)
