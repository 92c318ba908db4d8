"""What is written on the sheets that are made anew is not kept, and each such cell is told."""

import shutil
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.model import Department, Plan, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.workbooks import write_forms
from tests.compilation.edited_rounds import PLAN, bytes_of, home_form, run, saved_by_hand, start
from tests.compilation.own_rounds import told
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import make_plan, make_round, row

KIND = "COMPILATION"
# A finding whose text programs save in different ways, and one with numbers.
ODD = row("<r>Ét</r> _x0041_\n två  ", comment="", status="Påbörjad?", end="31 februari")


def test_each_cell_that_was_added_is_told_once(tmp_path: Path) -> None:
    """Beside and below the tables, and in them; also a word that stands elsewhere on the sheet."""
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Klar"), ODD)})

    def change(book: Workbook) -> None:
        book["Översikt"]["A2"], book["Översikt"]["G9"] = "Preliminärt", "!!"
        # Where the program's own sum stood.
        book["Översikt"]["B11"] = "#REF!"
        book["Täckning"]["C4"] = 17
        book["Regelkontroll"]["I4"] = "ja"
        book["Inlämningar"]["H4"], book["Inlämningar"]["J4"] = "Ring dem", "Klart"
        book["Anmärkningar"]["H4"], book["Anmärkningar"]["C90"] = "åtgärdat", "Glöm inte"
        book["Ändringar"]["B9"] = "x"

    saved_by_hand(tmp_path, change)
    expected = [
        ("Anmärkningar", "H4", "åtgärdat", KIND),
        ("Anmärkningar", "C90", "Glöm inte", KIND),
        ("Inlämningar", "H4", "Ring dem", KIND),
        ("Inlämningar", "J4", "Klart", KIND),
        ("Regelkontroll", "I4", "ja", KIND),
        ("Täckning", "C4", "17", KIND),
        ("Ändringar", "B9", "x", KIND),
        ("Översikt", "A2", "Preliminärt", KIND),
        ("Översikt", "G9", "!!", KIND),
        ("Översikt", "B11", "#REF!", KIND),
    ]
    assert sorted(told(run(tmp_path))) == sorted(expected)
    assert told(run(tmp_path)) == []


def test_what_is_only_moved_sorted_or_taken_away_is_not_called_added(tmp_path: Path) -> None:
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Klar"), ODD)})

    def change(book: Workbook) -> None:
        page = book["Anmärkningar"]
        page.move_range("A4:G4", rows=40)
        page.insert_cols(2)
        page.insert_rows(1, 2)
        book["Täckning"].delete_cols(3)
        book["Regelkontroll"].delete_rows(4)
        book["Inlämningar"].insert_cols(1)
        book["Inlämningar"]["H4"] = "nej"

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == []


def test_very_much_is_told_together(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        for at in range(4, 30):
            book["Ändringar"].cell(at, 9).value = f"Rad {at}"

    saved_by_hand(tmp_path, change)
    ((sheet, cell, value, kind),) = told(run(tmp_path))
    assert (sheet, cell, kind) == ("Ändringar", "I4", KIND)
    assert value == " | ".join(f"Rad {at}" for at in range(4, 30))


@pytest.mark.parametrize(
    "plan",
    [
        PLAN,
        make_plan(
            departments=(*PLAN.departments, Department("Skola", "Nämnden", None, "Rektorn", "s@x.se")),
            units=(*PLAN.units, Unit("Köket", "Skola")),
        ),
    ],
)  # fmt: skip
@needs_libreoffice
def test_nothing_is_told_of_a_compilation_that_another_program_has_saved(
    tmp_path: Path, plan: Plan
) -> None:
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Klar"), ODD)}, plan)
    path = tmp_path / COMPILATION_FILE
    shutil.copy(converted(path.parent, [path.name], COMPUTED) / path.name, path)
    assert told(run(tmp_path, plan)) == []
    saved_by_hand(tmp_path, lambda _: None)
    assert told(run(tmp_path, plan)) == []
    again = bytes_of(tmp_path)
    run(tmp_path, plan)
    assert bytes_of(tmp_path) == again


@pytest.mark.parametrize(
    "written", ["[", '["Täckning", 5, 6]', '[["a"], "", ""]', "5", '["x", "", ""]']
)
def test_marks_that_cannot_be_read_stop_nothing(tmp_path: Path, written: str) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        for at in range(1, 7):
            book["_bas_blad"].cell(at, 1).value = written
        book["Täckning"]["C4"] = "Hej"

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == []


def test_of_the_round_before_nothing_is_said_to_be_lost(tmp_path: Path) -> None:
    """It is read, and not made anew."""
    start(tmp_path / "T1")
    saved_by_hand(tmp_path / "T1", lambda book: book["Täckning"].__setitem__("C4", "Hej"))
    plan = make_plan(goals=PLAN.goals, period="T2", previous=f"../T1/{COMPILATION_FILE}")
    forms = write_forms(make_round(tmp_path / "T2", plan, {}))
    assert [f.code for f in forms.findings if f.code == "F207"] == []
    assert forms.carried == 3
