"""What cannot be known of a compilation that is read back costs nothing else in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.reading import CompilationError, read_compilation, units_told
from excel_uppsikt.model import Department, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    SHEET,
    THIRD,
    add,
    put,
    saved_by_hand,
    start,
)
from tests.small_rounds import CARE, YOUTH, make_plan, own_form, places, row, shared_form

SCHOOL = "Skola"
TWO = make_plan(
    goals=(YOUTH,),
    minimum=0,
    units=("Hemtjänst", Unit("Åsens skola", SCHOOL)),
    departments=(Department(CARE), Department(SCHOOL)),
)


@pytest.mark.parametrize(
    ("units", "written", "department", "told"),
    [
        ("", "skola", SCHOOL, [("R301", "D")]),
        ("Åsens skola", SCHOOL, SCHOOL, []),
        ("Åsens skola", CARE, SCHOOL, [("F207", "N")]),
        ("", "Skolan", None, [("F207", "N"), ("R301", "D")]),
        ("", "", None, [("R301", "D")]),
    ],
)
def test_an_own_row_is_of_the_department_that_its_units_or_else_the_row_says(
    tmp_path: Path, units: str, written: str, department: str | None, told: list[tuple[str, str]]
) -> None:
    start(tmp_path, {"a.xlsx": own_form(TWO, "Hemtjänst", {2: [row(FIRST)]})}, TWO)
    cells = {"Mål": YOUTH.text, "Aktivitet": "Egen", "Enheter": units, "Verksamhet": written}
    at = add(tmp_path, cells)
    reading = read_compilation(tmp_path / COMPILATION_FILE, TWO)
    (own,) = [one for one in reading.compilation.lines if one.collected is None]
    assert own.activity.department == department
    expected = [(code, COMPILATION_FILE, SHEET, f"{column}{at}") for code, column in told]
    assert sorted(places(reading.findings)) == expected


@pytest.mark.parametrize("title", [FIRST, SECOND, THIRD])
def test_an_account_that_is_damaged_is_lost_for_its_own_row_alone(
    tmp_path: Path, title: str
) -> None:
    """The row stands as one of the coordinator's own; nothing in it is lost."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        for cell in book["_bas"]["A"]:
            if title in str(cell.value):
                cell.value = str(cell.value)[:-20]

    saved_by_hand(tmp_path, change)
    lines = read_compilation(tmp_path / COMPILATION_FILE, make_plan()).compilation.lines
    assert {one.activity.values.title: one.collected is None for one in lines} == {
        name: name == title for name in (FIRST, SECOND, THIRD)
    }


def test_the_units_that_a_compilation_tells_of(tmp_path: Path) -> None:
    start(tmp_path)
    path = tmp_path / COMPILATION_FILE
    assert units_told(path) == {"hemtjänst", "bemanning"}
    path.write_bytes(b"PK\x03\x04")
    assert units_told(path) == frozenset()


def test_one_that_cannot_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    start(tmp_path)
    path = tmp_path / COMPILATION_FILE
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(CompilationError) as error:
        read_compilation(path, make_plan())
    words = str(error.value)
    assert words.startswith(f"{path} kan inte läsas (")
    assert words.endswith(
        "). Stäng den i Excel, eller flytta undan den om den är skadad, och kör igen."
    )


def test_one_without_its_sheet_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "annan.xlsx"
    path.write_bytes(own_form(make_plan(), "Hemtjänst", {}))
    with pytest.raises(CompilationError) as error:
        read_compilation(path, make_plan())
    assert str(error.value) == (
        f"{path} har inget blad Aktiviteter med kolumnerna Id och Mål. Flytta undan filen och kör igen."
    )


def test_a_round_that_its_own_sheet_has_lost_is_read_in_the_title(tmp_path: Path) -> None:
    """The sheet may be there and empty; where neither says it, nothing is known."""
    start(tmp_path)
    path = tmp_path / COMPILATION_FILE
    known = read_compilation(path, make_plan()).compilation
    assert (known.year, known.period) == (2024, "T1")
    saved_by_hand(tmp_path, lambda book: book["_bas_omgang"].delete_rows(1, 9))
    read = read_compilation(path, make_plan()).compilation
    assert (read.year, read.period) == (2024, "T1")

    def emptied(book: Workbook) -> None:
        book["Översikt"]["A1"] = None

    saved_by_hand(tmp_path, emptied)
    read = read_compilation(path, make_plan()).compilation
    assert (read.year, read.period) == (None, "")


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda book: book["_bas_omgang"].delete_cols(2), (2023, "T3")),
        (lambda book: book["_bas_omgang"].delete_cols(1), (2023, "T3")),
        (lambda book: book.remove(book["_bas_omgang"]), (2023, "T3")),
        (lambda book: book["_bas_omgang"].insert_cols(1), (None, "")),
        (
            lambda book: (book.remove(book["_bas_omgang"]), book.remove(book["Översikt"])),
            (None, ""),
        ),
        (
            lambda book: (book.remove(book["_bas_omgang"]), book["Översikt"].delete_rows(1, 99)),
            (None, ""),
        ),
    ],
)
def test_a_round_is_known_by_year_and_period_together(
    tmp_path: Path, damage: Callable[[Workbook], object], expected: tuple[int | None, str]
) -> None:
    """From one place or the other, and never from a half of each."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        book["Översikt"]["A1"] = "Sammanställning 2023 T3"
        damage(book)

    saved_by_hand(tmp_path, change)
    read = read_compilation(tmp_path / COMPILATION_FILE, make_plan()).compilation
    assert (read.year, read.period) == expected


def test_a_unit_that_is_taken_out_of_the_cell_is_out_and_one_that_is_written_is_in(
    tmp_path: Path,
) -> None:
    """What was last collected is kept beside it, as it was."""
    plan = make_plan(goals=(YOUTH,), minimum=0, units=("Hemtjänst", "Bemanning", "Köket"))
    titles = {"Ut": "Hemtjänst", "In": "Hemtjänst; Bemanning; Köket", "Byt": "Köket"}
    rows = [row(title, units="Bemanning") for title in titles]
    start(tmp_path, {"a.xlsx": own_form(plan, "Hemtjänst", {2: rows})}, plan)
    for title, units in titles.items():
        put(tmp_path, title, {"Enheter": units})
    lines = read_compilation(tmp_path / COMPILATION_FILE, plan).compilation.lines
    assert {one.activity.values.title: one.activity.values.units for one in lines} == {
        title: tuple(units.split("; ")) for title, units in titles.items()
    }
    kept = [one.collected and one.collected.values.units for one in lines]
    assert kept == [("Bemanning",)] * 3


def test_what_concerns_the_whole_department_does_so_when_it_is_read_back(tmp_path: Path) -> None:
    """Its row as it stands now, and as it was collected."""
    plan = make_plan(goals=(YOUTH,), minimum=0)
    inbox = {
        "g.xlsx": shared_form(plan, {2: [row("Alla")]}),
        "a.xlsx": own_form(plan, "Hemtjänst", {2: [row("Egen")]}),
    }
    start(tmp_path, inbox, plan)
    for before in (False, True):
        path = tmp_path / COMPILATION_FILE
        lines = read_compilation(path, plan, before=before).compilation.lines
        assert {
            one.activity.values.title: (one.activity.values.whole, one.activity.values.units)
            for one in lines
        } == {"Alla": (True, ()), "Egen": (False, ("Hemtjänst",))}
        assert [one.collected for one in lines] == [one.activity for one in lines]
