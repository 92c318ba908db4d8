"""What is typed in a row elsewhere than in Excel: the compilation becomes as if it had been typed there."""

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.typed import Typed
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten
from excel_uppsikt.rounds.settling import merge_chosen, waiting
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    Cells,
    add,
    bytes_of,
    columns,
    found,
    hand_in,
    home_form,
    line,
    put,
    row_of,
    run,
    saved_by_hand,
    start,
    titles,
)
from tests.small_rounds import row


def id_of(folder: Path, title: str) -> str:
    """The Id of the row with a title, as the page knows it."""
    (found_,) = [
        one.activity.id for one in waiting(folder, PLAN).lines if one.activity.values.title == title
    ]
    return found_


def type_in(folder: Path, title: str, cells: dict[str, str], mark: str = "") -> CheckedRound:
    """Types in the cells of a row on the page, and gives what was found."""
    typed = tuple(Typed(id_of(folder, title), header, text) for header, text in cells.items())
    mark = mark or waiting(folder, PLAN).mark
    results = list(merge_chosen(folder, (), mark, typed=typed))
    assert isinstance(results[-1], CompilationWritten)
    assert isinstance(results[0], CheckedRound)
    return results[0]


EDITS: dict[str, tuple[dict[str, str], Cells]] = {
    "words": (
        {
            "Aktivitet": "Ordna lov",
            "Beskrivning": "Två\nrader.",
            "Kommentar": "Klart & <b>bra</b>.",
        },
        {
            "Aktivitet": "Ordna lov",
            "Beskrivning": "Två\nrader.",
            "Kommentar": "Klart & <b>bra</b>.",
        },
    ),
    "dates": (
        {"Startdatum": "2024-02-01", "Slutdatum": "30 juni"},
        {"Startdatum": date(2024, 2, 1), "Slutdatum": "30 juni"},
    ),
    "emptied": (
        {"Kommentar": "", "Slutdatum": ""},
        {"Kommentar": None, "Slutdatum": None},
    ),
    "unreadable": (
        {"Slutdatum": "snart", "Status": "Vet ej"},
        {"Slutdatum": "snart", "Status": "Vet ej"},
    ),
    "near": ({"Status": "Ej påbörjat"}, {"Status": "Ej påbörjat"}),
    "kept out": ({"Ta med": "nej"}, {"Ta med": "nej"}),
    "order": ({"Ordning": "2,5"}, {"Ordning": 2.5}),
    "no order": ({"Ordning": "sist"}, {"Ordning": "sist"}),
}


@pytest.mark.parametrize(("typed", "in_excel"), EDITS.values(), ids=EDITS)
def test_the_workbook_is_as_after_typing_in_excel(
    tmp_path: Path, typed: dict[str, str], in_excel: Cells
) -> None:
    """The same bytes and the same findings; also when answers have come, and in the run after that."""
    start(tmp_path / "sida")
    put(tmp_path / "sida", SECOND, {"Kommentar": "Samordnarens.", "Anteckning": "Ring."})
    run(tmp_path / "sida")
    late = home_form(row(FIRST, comment="Nytt från enheten."), row(SECOND), row(THIRD))
    hand_in(tmp_path / "sida", "Hemtjänst.xlsx", late)
    other = shutil.copytree(tmp_path / "sida", tmp_path / "excel")
    told = type_in(tmp_path / "sida", FIRST, typed)
    put(other, FIRST, in_excel)
    assert found(told) == found(run(other))
    assert bytes_of(tmp_path / "sida") == bytes_of(other)
    for folder in (tmp_path / "sida", other):
        run(folder)
    assert bytes_of(tmp_path / "sida") == bytes_of(other)


def test_rows_of_her_own_and_rows_that_are_away_are_typed_in_alike(tmp_path: Path) -> None:
    """A row without Id is known by its place, and a ja brings back one whose unit has taken it away."""
    folder = tmp_path / "sida"
    start(folder)
    add(folder, {"Mål": PLAN.goals[0].text, "Aktivitet": "Egen", "Enheter": "Hemtjänst"})
    put(folder, SECOND, {"Ordning": 1})
    hand_in(folder, "Hemtjänst.xlsx", home_form(row(FIRST), row(THIRD)))
    run(folder)
    assert line(folder, SECOND)["Ta med"] == "nej"
    add(folder, {"Mål": PLAN.goals[0].text, "Aktivitet": "Ny", "Enheter": "Hemtjänst"})
    other = shutil.copytree(folder, tmp_path / "excel")
    changes: tuple[tuple[str, dict[str, str]], ...] = (
        ("Ny", {"Aktivitet": "Nyare"}),
        ("Egen", {"Kommentar": "Mitt."}),
        (SECOND, {"Ta med": "ja"}),
    )
    for title, cells in changes:
        type_in(folder, title, cells)
        put(other, title, cells)
        run(other)
    assert bytes_of(folder) == bytes_of(other)
    assert line(folder, SECOND)["Ta med"] == "ja"
    assert line(folder, "Egen")["Kommentar"] == "Mitt."
    assert "Nyare" in titles(folder)


def test_what_stood_in_the_cell_is_gone(tmp_path: Path) -> None:
    """A formula, and an error, is told of no more where a text was typed over it; another one is."""
    start(tmp_path)

    def with_formulas(book: Workbook) -> None:
        sheet = book[SHEET]
        for title in (FIRST, SECOND):
            at = row_of(sheet, title)
            sheet.cell(at, columns(sheet)["Kommentar"]).value = "=1/0"
        sheet.cell(row_of(sheet, FIRST), columns(sheet)["Beskrivning"]).value = "#REF!"

    saved_by_hand(tmp_path, with_formulas)
    mark = waiting(tmp_path, PLAN).mark
    told = type_in(tmp_path, FIRST, {"Kommentar": "Mitt.", "Beskrivning": "=SUMMA(A1)"}, mark)
    assert [code for code, *_ in found(told)] == ["R310"]
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)[SHEET]
    cell = sheet.cell(row_of(sheet, FIRST), columns(sheet)["Beskrivning"])
    assert (cell.value, cell.data_type) == ("=SUMMA(A1)", "s")


def test_what_is_typed_for_no_row_changes_nothing(tmp_path: Path) -> None:
    start(tmp_path)
    before = bytes_of(tmp_path)
    typed = (Typed("X", "Kommentar", "Ord."), Typed(id_of(tmp_path, FIRST), "Hittepå", "Ord."))
    list(merge_chosen(tmp_path, (), waiting(tmp_path, PLAN).mark, typed=typed))
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize("lock", ["~$sammanstallning.xlsx", ".~lock.sammanstallning.xlsx#"])
def test_nothing_is_written_over_what_somebody_has_open_or_saved(tmp_path: Path, lock: str) -> None:
    """It is told, and what lies there is as it was."""
    start(tmp_path)
    mark, before = waiting(tmp_path, PLAN).mark, bytes_of(tmp_path)
    beside = tmp_path / "ut" / lock
    beside.write_bytes(b"")
    with pytest.raises(CannotRunError, match="är öppen i ett annat program"):
        type_in(tmp_path, FIRST, {"Kommentar": "Mitt."}, mark)
    beside.unlink()
    assert bytes_of(tmp_path) == before
    put(tmp_path, FIRST, {"Kommentar": "Skrivet i Excel."})
    before = bytes_of(tmp_path)
    with pytest.raises(CannotRunError, match="har sparats sedan den visades"):
        type_in(tmp_path, FIRST, {"Kommentar": "Mitt."}, mark)
    assert bytes_of(tmp_path) == before
