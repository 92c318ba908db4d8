"""A text typed for a cell that holds a formula: the cell says what was typed, and nothing of a formula."""

import re
import zipfile
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.typed import Typed
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SECOND,
    columns,
    line,
    row_of,
    saved_by_hand,
    start,
)


def test_only_in_that_cell(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book["Aktiviteter"]
        at = columns(sheet)
        sheet.cell(row_of(sheet, FIRST), at["Kommentar"]).value = '="Räknat"'
        sheet.cell(row_of(sheet, SECOND), at["Komplettera"]).value = "=NAMN()"
        sheet.cell(row_of(sheet, SECOND), at["Status"]).value = "=B1"

    saved_by_hand(tmp_path, change)

    def told(*typed: tuple[str, str, str]) -> set[tuple[str, str | None]]:
        cells = [Typed(str(line(tmp_path, title)["Id"]), head, text) for title, head, text in typed]
        reading = read_compilation(tmp_path / COMPILATION_FILE, PLAN, typed=cells)
        said = {
            one.activity.values.title: one.activity.values.comment
            for one in reading.compilation.lines
        }
        assert all(said[title] == text for title, head, text in typed if head == "Kommentar")
        return {(f.code, f.cell) for f in reading.findings}

    comment, complete, status = (
        (FIRST, "Kommentar", "I"),
        (SECOND, "Komplettera", "M"),
        (SECOND, "Status", "H"),
    )
    everything = told()
    assert {cell[:1] for _, cell in everything if cell} == {"I", "M", "H"}
    for title, head, letter in (comment, complete, status):
        text = "Pågående enligt plan" if head == "Status" else "Skrivet."
        left = told((title, head, text))
        assert left == {one for one in everything if (one[1] or "")[:1] != letter}
    # A text for a row or a column that is not there changes nothing.
    assert told((FIRST, "Finns inte", "x")) == everything


def test_a_computed_formula_is_told_until_something_is_typed_for_its_cell(tmp_path: Path) -> None:
    """As Excel saves it, with the value that it had."""
    start(tmp_path)
    path = tmp_path / COMPILATION_FILE

    def change(book: Workbook) -> None:
        sheet = book["Aktiviteter"]
        sheet.cell(row_of(sheet, FIRST), columns(sheet)["Kommentar"]).value = "=1+1"

    saved_by_hand(tmp_path, change)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            computed = re.sub(rb"<f>1\+1</f>\s*<v\s*(?:/>|></v>)", b"<f>1+1</f><v>2</v>", data)
            book.writestr(name, computed)
    made = str(line(tmp_path, FIRST)["Id"])

    def told(*typed: Typed) -> tuple[str, list[tuple[str, str | None]]]:
        reading = read_compilation(path, PLAN, typed=typed)
        said = [
            one.activity.values.comment
            for one in reading.compilation.lines
            if one.activity.id == made
        ]
        return said[0], [(f.code, f.value) for f in reading.findings]

    assert told() == ("2", [("F207", "=1+1")])
    assert told(Typed(made, "Kommentar", "Två.")) == ("Två.", [])
    assert told(Typed(made, "Beskrivning", "Två.")) == ("2", [("F207", "=1+1")])
