"""What stands far away from the form: white space is passed over, a text is told at its cell."""

from pathlib import Path

import pytest

from excel_uppsikt.form.definition import README_SHEET
from tests.changed_forms import FILE, PLAN, ROWS, TITLES, YOUNG, changed, put, titles
from tests.small_rounds import check, own_form, places


def test_white_space_in_the_last_corner_is_nothing(tmp_path: Path) -> None:
    """Where Ctrl and an arrow lead, on any sheet; the form is read whole."""
    edits = (
        put(YOUNG, "A1048576", " "),
        put(YOUNG, "XFD1048576", "\u00a0"),
        put(README_SHEET, "XFD1", " "),
    )
    checked = changed(tmp_path, *edits)
    assert places(checked.findings) == places(
        check(tmp_path / "2", PLAN, {FILE: own_form(PLAN, "Hemtjänst", ROWS)}).findings
    )
    assert titles(checked) == TITLES


@pytest.mark.parametrize("cell", ["A1048576", "XFD1048576", "XFD1", "CDE6"])
def test_a_text_far_away_is_told_at_its_cell(cell: str, tmp_path: Path) -> None:
    checked = changed(tmp_path, put(YOUNG, cell, "Ring Bo"))
    assert places(checked.findings, but="U") == [("F207", FILE, YOUNG, cell)]
    assert checked.findings[0].message.startswith(
        f"Blad ”{YOUNG}”, cell {cell}: ”Ring Bo” står utanför formulärets kolumner"
    )
    assert titles(checked) == TITLES


def test_a_column_of_texts_far_away_is_told_once(tmp_path: Path) -> None:
    edits = [put(YOUNG, f"A{row}", f"nr {row}") for row in range(1_048_570, 1_048_577)]
    checked = changed(tmp_path, *edits)
    assert places(checked.findings, but="U") == [("F207", FILE, YOUNG, "A1048570")]
    assert "7 celler" in checked.findings[0].message
    assert "nr 1048576" in (checked.findings[0].value or "")


def test_a_text_far_away_on_other_sheets_is_told_too(tmp_path: Path) -> None:
    def own(book: object) -> None:
        book.create_sheet("Anteckningar")["XFD1048576"] = "Ring Eva"  # type: ignore[attr-defined]

    checked = changed(tmp_path, own, put(README_SHEET, "XAA9", "Ring Bo"))
    assert sorted(
        (f.code, f.sheet, f.cell, f.value) for f in checked.findings if f.code == "F207"
    ) == [
        ("F207", "Anteckningar", None, "Ring Eva"),
        ("F207", README_SHEET, "XAA9", "Ring Bo"),
    ]
