"""The coordinator's choice of a file follows it when the file gets another name and says the same."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    THIRD,
    home_form,
    run,
    saved_by_hand,
    start,
)
from tests.small_rounds import row, saved

OLD, NEW = "Hemtjänst.xlsx", "Hemtjänst ny.xlsx"


def in_use(folder: Path) -> dict[str, object]:
    """What stands at Använd by file."""
    sheet = openpyxl.load_workbook(folder / COMPILATION_FILE)["Inlämningar"]
    cells = [(sheet.cell(at, 1).value, sheet.cell(at, 7).value) for at in range(4, 12)]
    return {str(file).removeprefix("inkorg/"): use for file, use in cells if file}


def choose(folder: Path, choices: dict[str, str]) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Inlämningar"]
        for at in range(4, 12):
            name = str(sheet.cell(at, 1).value).removeprefix("inkorg/")
            if name in choices:
                sheet.cell(at, 7).value = choices[name]

    saved_by_hand(folder, change)


def move(folder: Path, old: str, new: str) -> None:
    (folder / "inkorg" / new).parent.mkdir(exist_ok=True)
    (folder / "inkorg" / old).rename(folder / "inkorg" / new)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round where the coordinator uses the earlier of two forms."""
    first, second = home_form(row(FIRST), row(SECOND)), home_form(row(FIRST), row(THIRD))
    start(tmp_path, {OLD: saved(first, "2024-05-01T10:00"), NEW: saved(second, "2024-05-02T10:00")})
    assert in_use(tmp_path) == {OLD: "nej", NEW: "ja"}
    choose(tmp_path, {OLD: "ja", NEW: "nej"})
    run(tmp_path)
    assert in_use(tmp_path) == {OLD: "ja", NEW: "nej"}
    return tmp_path


def test_both_renamed_at_once_the_chosen_one_is_still_used(folder: Path) -> None:
    move(folder, OLD, "svar/Hemtjänst maj.xlsx")
    move(folder, NEW, "Hemtjänst rättad.xlsx")
    for _ in range(2):
        run(folder)
        assert in_use(folder) == {"Hemtjänst rättad.xlsx": "nej", "svar/Hemtjänst maj.xlsx": "ja"}


def test_one_that_was_away_for_a_run_comes_back_by_another_name(folder: Path) -> None:
    (folder / "inkorg" / NEW).rename(folder / "undan.xlsx")
    for _ in range(2):
        run(folder)
        assert in_use(folder) == {OLD: "ja"}
    (folder / "inkorg" / OLD).unlink()
    (folder / "undan.xlsx").rename(folder / "inkorg" / "Hemtjänst igen.xlsx")
    run(folder)
    assert in_use(folder) == {"Hemtjänst igen.xlsx": "nej"}


def test_one_that_says_something_else_is_new(folder: Path) -> None:
    (folder / "inkorg" / NEW).unlink()
    (folder / "inkorg" / OLD).unlink()
    changed = home_form(row(FIRST), row(THIRD, comment="Ändrat."))
    (folder / "inkorg" / "Hemtjänst rättad.xlsx").write_bytes(saved(changed, "2024-05-02T10:00"))
    run(folder)
    assert in_use(folder) == {"Hemtjänst rättad.xlsx": "ja"}


def test_of_two_copies_nobody_can_tell_which_was_meant(folder: Path) -> None:
    """The program proposes, as for any new files; the chosen one that is there is still used."""
    data = (folder / "inkorg" / NEW).read_bytes()
    (folder / "inkorg" / NEW).unlink()
    for name in ("Hemtjänst 1.xlsx", "Hemtjänst 2.xlsx"):
        (folder / "inkorg" / name).write_bytes(data)
    run(folder)
    assert in_use(folder) == {OLD: "ja", "Hemtjänst 1.xlsx": "nej", "Hemtjänst 2.xlsx": "nej"}


def test_a_compilation_from_before_the_marks_keeps_what_was_chosen(folder: Path) -> None:
    saved_by_hand(folder, lambda book: book["_bas_filer"].delete_cols(6))
    run(folder)
    assert in_use(folder) == {OLD: "ja", NEW: "nej"}
    move(folder, OLD, "Hemtjänst maj.xlsx")
    run(folder)
    assert in_use(folder) == {"Hemtjänst maj.xlsx": "ja", NEW: "nej"}
