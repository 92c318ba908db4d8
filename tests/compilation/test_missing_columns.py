"""Columns that the coordinator has taken away, and cells with something near beside something unknown."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.model import Department
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import checking as pipeline
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SHEET,
    add,
    columns,
    found,
    home_form,
    put,
    row_of,
    saved_by_hand,
    start,
)
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan


def without(folder: Path, header: str) -> None:
    """Deletes a column."""

    def change(book: Workbook) -> None:
        book[SHEET].delete_cols(columns(book[SHEET])[header])

    saved_by_hand(folder, change)


def in_compilation(folder: Path, plan: object = PLAN) -> list[tuple[str, str]]:
    """What is told of the compilation's own cells: code and cell."""
    checked = pipeline.check(folder, plan)  # type: ignore[arg-type]
    places = found(checked)
    return [(code, cell) for code, file, _, cell in places if file == COMPILATION_FILE]


def test_an_error_elsewhere_is_none_of_a_column_that_is_gone(tmp_path: Path) -> None:
    start(tmp_path)
    at = add(
        tmp_path, {"Id": "=1/0", "Mål": YOUTH.text, "Aktivitet": "Eget", "Komplettera": "=1/0"}
    )
    told = in_compilation(tmp_path)
    assert [cell[0] for code, cell in told if code == "M609"] == ["M"]
    without(tmp_path, "Komplettera")
    assert "M609" not in {code for code, _ in in_compilation(tmp_path)}
    assert {cell.strip("ABCDEFGHIJKLMNOP") for _, cell in told} <= {str(at)}


def test_what_stands_in_no_column_is_told_at_the_rows_first_cell(tmp_path: Path) -> None:
    """Which department an own row is of is not known where there are several, and no Enheter."""
    other = Department("Skola", "nämnden", None, "", "")
    plan = make_plan(goals=(YOUTH, HOMES), minimum=0, departments=(PLAN.departments[0], other))
    start(tmp_path, {"Hemtjänst.xlsx": home_form()}, plan)
    at = add(tmp_path, {"Mål": YOUTH.text, "Aktivitet": "Eget", "Status": "Pågående enligt plan"})
    units = [cell for code, cell in in_compilation(tmp_path, plan) if code == "R301"]
    assert f"D{at}" in units
    without(tmp_path, "Enheter")
    units = [cell for code, cell in in_compilation(tmp_path, plan) if code == "R301"]
    assert f"A{at}" in units
    assert plan.departments[0].name == CARE


def test_a_cell_with_something_unknown_is_not_told_to_have_been_read_as_something_near(
    tmp_path: Path,
) -> None:
    """Nothing of it is taken."""
    start(tmp_path)
    at = row_at(tmp_path)
    put(tmp_path, FIRST, {"Enheter": "Hemtjenst"})
    assert in_compilation(tmp_path) == [("R311", f"D{at}")]
    put(tmp_path, FIRST, {"Enheter": "Hemtjenst; Rymdstationen"})
    assert [code for code, cell in in_compilation(tmp_path) if cell == f"D{at}"] == ["R306"]


def row_at(folder: Path) -> int:
    """The row of the first activity."""
    numbers: list[int] = []
    saved_by_hand(folder, lambda book: numbers.append(row_of(book[SHEET], FIRST)))
    return numbers[0]
