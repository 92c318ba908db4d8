"""What of a compilation's own content is told where it stands too far off, or can only be read as values."""

from pathlib import Path

import pytest

from excel_uppsikt.compilation import own
from excel_uppsikt.compilation.definition import ACTIVITY_COLUMNS, INTRO
from excel_uppsikt.compilation.own import OwnContent, read_own
from excel_uppsikt.compilation.table import read_table
from excel_uppsikt.excel.own_cells import OwnCell, OwnSheet
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.finding import Finding

HEADS = tuple(column.header for column in ACTIVITY_COLUMNS)
AT = len(HEADS) + 1
Cells = tuple[CellValue, ...]
Places = dict[tuple[int, int], str]


def sheet(name: str, *rows: Cells, **told: Places) -> Sheet:
    return Sheet(name, True, rows, **told)  # type: ignore[arg-type]


def main(*rows: Cells, extra: Cells = (), **told: Places) -> Sheet:
    """Aktiviteter with these rows below its headings, and more headings after the program's."""
    return sheet("Aktiviteter", ("Aktiviteter",), (INTRO,), (*HEADS, *extra), *rows, **told)


def read(path: Path, ours: Sheet, *others: Sheet) -> tuple[OwnContent, list[tuple[object, ...]]]:
    """What is read, and what is told: sheet, cell and value. `others` may be the program's too."""
    table = read_table(ours, ("Id", "Mål"))
    assert table is not None
    named = {"Aktiviteter": ours} | {one.name: one for one in others if one.name == "Täckning"}
    content, findings = read_own(path, "s.xlsx", (ours, *others), named, table)
    assert {finding.place.file for finding in findings} <= {"s.xlsx"}
    return content, [told(finding) for finding in findings]


def told(finding: Finding) -> tuple[object, ...]:
    return finding.variant.name, finding.sheet, finding.cell, finding.value


def test_notes_on_sheets_that_are_made_anew_and_cells_far_off_are_told(tmp_path: Path) -> None:
    """Notes on Aktiviteter follow their rows; without own content the file is not opened again."""
    ours = main(("2-a",), notes={(4, 3): "Min"}, far={(90_000, 1): "långt bort"})
    coverage = sheet("Täckning", ("Täckning",), notes={(4, 2): "Ring"}, far={(1, 900): "x"})
    content, findings = read(tmp_path / "finns inte", ours, coverage)
    assert (content.notes, content.columns, content.sheets) == ({(4, 3): "Min"}, (), ())
    assert (content.header_row, content.last_row, content.sheet) == (3, 4, "Aktiviteter")
    assert content.headings == dict(enumerate(HEADS, 1))
    assert findings == [
        ("COMPILATION", "Täckning", "B4", "Ring"),
        ("COMPILATION", "Aktiviteter", "A90000", "långt bort"),
        ("COMPILATION", "Täckning", "AHP1", "x"),
    ]


def test_an_empty_table_ends_with_the_row_to_begin_on(tmp_path: Path) -> None:
    content, findings = read(tmp_path / "finns inte", main())
    assert (content.header_row, content.last_row, findings) == (3, 4, [])


def test_of_a_workbook_that_gives_only_values_own_columns_and_sheets_are_told(
    tmp_path: Path,
) -> None:
    """What can be quoted of each; a formula without a value in the column as well."""
    path = tmp_path / "s.xlsx"
    path.write_bytes(b"PK\x03\x04")
    rows: list[Cells] = [("2-a", *[""] * (AT - 2), "Eva", ""), ("2-b", *[""] * (AT - 2), "", "Bo")]
    ours = main(*rows, extra=("Ansvarig",), problems={(4, AT + 3): "=A1", (5, AT): "#REF!"})
    page = sheet("Min", ("Ett", "", 2.0), ("", "Tre"), far={(1, 900): "x"})
    content, findings = read(path, ours, page)
    assert (content.columns, content.sheets) == ((), ())
    assert findings == [
        ("COMPILATION", "Min", "AHP1", "x"),
        ("COMPILATION", "Aktiviteter", "Q3", "Ansvarig | Eva"),
        ("COMPILATION", "Aktiviteter", "R3", "Bo"),
        ("COMPILATION", "Aktiviteter", "T3", "=A1"),
        ("COMPILATION", "Min", None, "Ett | 2 | Tre"),
    ]


def test_a_sheet_that_is_not_found_when_the_file_is_opened_again_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all that can be quoted of it, beside those that are found."""
    path = tmp_path / "s.xlsx"
    path.write_bytes(b"")
    found = {"Min": OwnSheet("Min", {(1, 1): OwnCell("Ett")})}
    monkeypatch.setattr(own, "read_own_sheets", lambda *_: found)
    content, findings = read(
        path, main(("2-a",)), sheet("Min", ("Ett",)), sheet("Din", ("Två", "", 2.5), ("", "Tre"))
    )
    assert content.sheets == ((found["Min"], "Aktiviteter"),)
    assert findings == [("COMPILATION", "Din", None, "Två | 2,5 | Tre")]


def test_what_stands_above_the_headings_is_told_too_but_for_the_programs_own_title(
    tmp_path: Path,
) -> None:
    """At its cell over a column of the program's, and with its column where that is an own one."""
    path = tmp_path / "s.xlsx"
    path.write_bytes(b"PK\x03\x04")
    aside: Cells = ("",) * (AT - 1)
    ours = sheet(
        "Aktiviteter", ("Aktiviteter", "", "Min"), (INTRO, *aside[1:], "Över"), HEADS, ("2-a",)
    )
    assert read(path, ours)[1] == [
        ("COMPILATION", "Aktiviteter", "C1", "Min"),
        ("COMPILATION", "Aktiviteter", "Q3", "Över"),
    ]
    moved = sheet("Aktiviteter", (*aside, "Aktiviteter"), (INTRO,), HEADS, ("2-a",))
    assert read(path, moved)[1] == []
