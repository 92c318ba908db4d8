"""What is typed in a compilation where nothing is kept is told, also where it hardly shows."""

import json
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import home_form, run, saved_by_hand, start
from tests.compilation.own_rounds import told
from tests.small_rounds import row

KIND = "COMPILATION"


def test_a_text_that_stands_elsewhere_on_its_sheet_is_told(tmp_path: Path) -> None:
    """By itself on a row, beside others, in place of another one, and a row copied."""
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Klar"))})

    def change(book: Workbook) -> None:
        book["Täckning"]["C40"] = book["Täckning"]["A4"].value
        book["Inlämningar"]["C40"], book["Inlämningar"]["D40"] = "Hemtjänst", "ja"
        book["Inlämningar"]["G41"] = "ja"
        page = book["Anmärkningar"]
        page["B4"] = page["A4"].value
        for at in (1, 3):
            page.cell(30, at).value = page.cell(4, at).value

    saved_by_hand(tmp_path, change)
    found = told(run(tmp_path))
    assert [one[:2] for one in found] == [
        ("Anmärkningar", "B4"),
        ("Anmärkningar", "A30"),
        ("Anmärkningar", "C30"),
        ("Inlämningar", "C40"),
        ("Inlämningar", "D40"),
        ("Inlämningar", "G41"),
        ("Täckning", "C40"),
    ]
    assert {one[3] for one in found} == {KIND}
    assert told(run(tmp_path)) == []


def test_a_row_copied_below_is_told_and_the_first_one_is_not(tmp_path: Path) -> None:
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Klar"))})

    def change(book: Workbook) -> None:
        page = book["Inlämningar"]
        for at in range(1, page.max_column + 1):
            page.cell(20, at).value = page.cell(4, at).value

    saved_by_hand(tmp_path, change)
    found = told(run(tmp_path))
    assert {one[0] for one in found} == {"Inlämningar"}
    assert found[0][1:3] == ("A20", "inkorg/Hemtjänst.xlsx")
    assert all(str(cell).endswith("20") for _, cell, _, _ in found)


def test_a_formula_never_computed_below_everything_is_told(tmp_path: Path) -> None:
    """On Beslut it stays, as its own text; where nothing is kept it is told as the rest is."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        book["Beslut"]["E40"] = '="Se "&A1'
        book["Aktiviteter"]["I40"], book["Täckning"]["C40"] = "=1+1", "=2+2"
        book["Inlämningar"]["G40"] = "=3+3"

    saved_by_hand(tmp_path, change)
    checked = run(tmp_path)
    assert told(checked) == [
        ("Aktiviteter", "I40", "=1+1", KIND),
        ("Inlämningar", "G40", "=3+3", KIND),
        ("Täckning", "C40", "=2+2", KIND),
    ]
    of_beslut = [(f.code, f.cell, f.value) for f in checked.findings if f.sheet == "Beslut"]
    assert ("M609", "E40", '="Se "&A1') in of_beslut
    assert told(run(tmp_path)) == []


def test_the_totals_of_the_sheet_of_figures_are_not_called_added(tmp_path: Path) -> None:
    """A program that computes nothing saves them without a value."""
    start(tmp_path)
    saved_by_hand(tmp_path, lambda _: None)
    assert told(run(tmp_path)) == []


def test_a_compilation_from_before_counts_were_kept_is_read_as_it_was(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        page = book["_bas_blad"]
        for cells in page.iter_rows():
            name, rows, texts, _ = json.loads("".join(str(c.value) for c in cells if c.value))
            for cell in cells:
                cell.value = None
            cells[0].value = json.dumps([name, rows, texts])
        book["Täckning"]["C40"], book["Täckning"]["C41"] = book["Täckning"]["A4"].value, "Ny"

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [("Täckning", "C41", "Ny", KIND)]
