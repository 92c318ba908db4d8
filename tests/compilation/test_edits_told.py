"""What is told of the coordinator's edits: all that cannot be read or kept, at its cell as it is written."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.reading import CompilationError
from excel_uppsikt.model import Department, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.rounds.checking import as_merged
from tests.compilation.edited_rounds import (
    FIRST,
    HEADER_ROW,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    add,
    bytes_of,
    found,
    home_form,
    line,
    put,
    run,
    saved_by_hand,
    start,
)
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, make_round, own_form, row


@pytest.mark.parametrize(
    ("header", "written", "code", "cell"),
    [
        ("Startdatum", "i våras", "R302", "E4"),
        ("Slutdatum", "2024-02-31", "R302", "F4"),
        ("Status", "På gång", "R305", "H4"),
        ("Enheter", "Hemvården", "R306", "D4"),
        ("Mål", "Ett annat mål.", "M605", "B4"),
        ("Mål", None, "M605", "B4"),
        ("Kommentar", "=A1", "R310", "I4"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_the_collected_value_stands(
    tmp_path: Path, header: str, written: object, code: str, cell: str
) -> None:
    start(tmp_path)
    before = line(tmp_path, FIRST)
    put(tmp_path, FIRST, {header: written})
    checked = run(tmp_path)
    assert found(checked) == [(code, COMPILATION_FILE, SHEET, cell)]
    # What was written is not lost with the cell: it stands in the note.
    note = (
        f"I {header} stod ”{written}”, som inte gick att använda. Rätta cellen och ta bort den här raden."
        if written and code != "R310"
        else None
    )
    assert line(tmp_path, FIRST) == before | {"Anteckning": note}
    assert found(run(tmp_path)) == []
    assert line(tmp_path, FIRST)["Anteckning"] == note


@pytest.mark.parametrize(
    ("header", "written", "code", "cell", "read"),
    [
        ("Startdatum", "mars 2024", "R312", "E4", date(2024, 3, 1)),
        ("Slutdatum", "mars 2024", "R312", "F4", date(2024, 3, 31)),
        ("Slutdatum", "T2", "R312", "F4", date(2024, 8, 31)),
        ("Status", "Pågåene enligt plan", "R311", "H4", "Pågående enligt plan"),
        ("Enheter", "Hemtjenst", "R311", "D4", "Hemtjänst"),
    ],
)
def test_an_edit_that_was_read_as_something_near_is_told(
    tmp_path: Path, header: str, written: str, code: str, cell: str, read: object
) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {header: written})
    assert (code, COMPILATION_FILE, SHEET, cell) in found(run(tmp_path))
    now = line(tmp_path, FIRST)[header]
    assert (now.date() if isinstance(now, datetime) else now) == read
    assert code not in {told[0] for told in found(run(tmp_path))}


def test_all_of_a_cell_with_an_unknown_unit_stands_in_the_note(tmp_path: Path) -> None:
    """None of it was taken, so nothing of it is told as taken."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Enheter": "Bemaning; Okänd; Ingen"})
    checked = run(tmp_path)
    assert found(checked) == [("R306", COMPILATION_FILE, SHEET, "D4")] * 2
    assert {f.value for f in checked.findings if f.code == "R306"} == {"Okänd", "Ingen"}
    assert line(tmp_path, FIRST)["Enheter"] == "Hemtjänst"
    assert line(tmp_path, FIRST)["Anteckning"] == (
        "I Enheter stod ”Bemaning; Okänd; Ingen”, som inte gick att använda. "
        "Rätta cellen och ta bort den här raden."
    )


def test_a_formula_without_a_value_is_called_one(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "=A1"})
    (told,) = [finding.message for finding in run(tmp_path).findings if finding.code == "R310"]
    assert "Kommentar är en formel vars värde inte har sparats." in told


def lacking(at: int, columns: str) -> list[tuple[str, str, str, str]]:
    """An own row is checked as a unit's, wherever it is shown: what is required and not filled in."""
    return [("R301", COMPILATION_FILE, SHEET, f"{column}{at}") for column in columns]


def test_an_added_row_of_no_goal_is_told_and_kept_outside_the_report(tmp_path: Path) -> None:
    """Nothing of it is lost, and with its goal put right it is an activity like others."""
    start(tmp_path)
    at = add(tmp_path, {"Mål": "Okänt mål.", "Aktivitet": "Egen", "Kommentar": "Viktigt."})
    checked = run(tmp_path)
    assert found(checked) == [("M605", COMPILATION_FILE, SHEET, f"B{at}")]
    kept = line(tmp_path, "Egen")
    assert (kept["Mål"], kept["Kommentar"], kept["Ta med"]) == ("Okänt mål.", "Viktigt.", "nej")
    assert [a.values.title for a in checked.compilation.approved] == [FIRST, SECOND, THIRD]
    put(tmp_path, "Egen", {"Mål": HOMES.text, "Ta med": "ja"})
    checked = run(tmp_path)
    assert found(checked) == lacking(4, "EFH")
    assert [a.values.title for a in checked.compilation.approved] == [FIRST, SECOND, THIRD, "Egen"]


def test_an_unreadable_value_in_an_added_row_is_missing_and_told(tmp_path: Path) -> None:
    start(tmp_path)
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": "Egen",
        "Enheter": "Hemvården",
        "Startdatum": "snart",
        "Status": "På gång",
    }
    at = add(tmp_path, cells)
    checked = run(tmp_path)
    assert found(checked) == [
        ("R306", COMPILATION_FILE, SHEET, f"D{at}"),
        ("R302", COMPILATION_FILE, SHEET, f"E{at}"),
        *lacking(at, "F"),
        ("R305", COMPILATION_FILE, SHEET, f"H{at}"),
    ]
    (own,) = [a for a in checked.compilation.approved if a.values.title == "Egen"]
    assert (own.values.units, own.values.whole, own.values.start, own.values.status) == (
        (),
        False,
        None,
        None,
    )


def test_an_added_row_that_names_no_unit_is_told_where_there_are_several_departments(
    tmp_path: Path,
) -> None:
    """It would be in nobody's report; with its units given it is in theirs."""
    plan = make_plan(
        goals=(YOUTH,),
        minimum=0,
        units=("Hemtjänst", Unit("Åsens skola", "Skola")),
        departments=(Department(CARE), Department("Skola")),
    )
    start(tmp_path, {"h.xlsx": own_form(plan, "Hemtjänst", {2: [row(FIRST)]})}, plan)
    at = add(tmp_path, {"Mål": YOUTH.text, "Aktivitet": "Egen"})
    assert found(run(tmp_path, plan)) == lacking(at, "DEFH")
    put(tmp_path, "Egen", {"Enheter": "Hela verksamheten Skola"})
    checked = run(tmp_path, plan)
    assert found(checked) == lacking(at, "EFH")
    assert [(a.values.title, a.department) for a in checked.compilation.approved] == [
        (FIRST, CARE),
        ("Egen", "Skola"),
    ]


@pytest.mark.parametrize("damage", ["cut", "text", "other", "renamed", "headless"])
def test_a_compilation_that_cannot_be_read_stops_the_run_and_is_left_untouched(
    tmp_path: Path, damage: str
) -> None:
    """Damaged, or not a compilation at all: the message names the file and says what to do."""
    start(tmp_path)
    path = tmp_path / COMPILATION_FILE
    match damage:
        case "cut":
            path.write_bytes(bytes_of(tmp_path)[:3000])
        case "text":
            path.write_bytes("Mål;Aktivitet\n".encode())
        case "other":
            path.write_bytes(home_form())
        case "renamed":
            saved_by_hand(tmp_path, lambda book: setattr(book[SHEET], "title", "Blad1"))
        case "headless":
            saved_by_hand(tmp_path, lambda book: book[SHEET].delete_rows(1, HEADER_ROW))
    before = bytes_of(tmp_path)
    with pytest.raises(CompilationError) as raised:
        run(tmp_path)
    message = str(raised.value)
    assert "sammanstallning.xlsx" in message
    assert "kör igen" in message
    assert "\n" not in message
    assert bytes_of(tmp_path) == before
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == [path.name]


def test_own_columns_and_sheets_stay_and_the_edited_file_is_kept(tmp_path: Path) -> None:
    """A new compilation has both, and the file as it was is kept beside."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        book[SHEET]["Q3"].value = "Ansvarig"
        book[SHEET]["Q4"].value = "Chefen"
        page = book.create_sheet("Mina anteckningar")
        page["A1"].value, page["A2"].value = "Kom ihåg", "Ring utskottet"

    saved_by_hand(tmp_path, change)
    edited = (tmp_path / COMPILATION_FILE).read_bytes()
    checked = run(tmp_path)
    assert found(checked) == []
    book = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)
    assert [book[SHEET]["Q3"].value, book[SHEET]["Q4"].value] == ["Ansvarig", "Chefen"]
    page = book["Mina anteckningar"]
    assert [page["A1"].value, page["A2"].value] == ["Kom ihåg", "Ring utskottet"]
    kept = tmp_path / "ut/tidigare/sammanstallning (1).xlsx"
    assert kept.read_bytes() == edited
    assert found(run(tmp_path)) == []
    assert list(kept.parent.iterdir()) == [kept]


def test_a_choice_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The row is taken with, as it was."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Ta med": "kanske"})
    checked = run(tmp_path)
    assert [code for code, *_ in found(checked)] == ["M606"]
    assert line(tmp_path, FIRST)["Ta med"] == "ja"


def test_findings_in_the_compilation_point_at_the_rows_as_they_are_written(tmp_path: Path) -> None:
    """Rows that were sorted by hand go back in order, and the findings go with them."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Ta med": "kanske"})

    def turned(book: Workbook) -> None:
        sheet = book[SHEET]
        rows = [[c.value for c in cells] for cells in sheet.iter_rows(min_row=HEADER_ROW + 1)]
        for at, values in enumerate(reversed(rows), HEADER_ROW + 1):
            for column, value in enumerate(values, 1):
                sheet.cell(at, column).value = value

    saved_by_hand(tmp_path, turned)
    checked = as_merged(pipeline.check(tmp_path, PLAN))
    (finding,) = [f for f in checked.findings if f.code == "M606"]
    assert (finding.cell, f"cell {finding.cell}:" in finding.message) == ("J4", True)


def test_what_was_missing_and_has_been_given_by_hand_is_no_longer_told(tmp_path: Path) -> None:
    """The unit's row lacks it still, but the report does not; what else is wrong is still told."""
    rows = {2: [row(FIRST, end="31 februari", status="På gång", comment="XXX")]}
    make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", rows)})
    checked = run(tmp_path)
    codes = ["R302", "R305", "R308"]
    assert [f.code for f in checked.findings if f.code[0] == "R"] == codes
    put(tmp_path, FIRST, {"Slutdatum": "2024-09-30"})
    checked = run(tmp_path)
    assert [f.code for f in checked.findings if f.code[0] == "R"] == ["R305", "R308"]
    assert checked.settled == 1
    put(tmp_path, FIRST, {"Status": "Pågående enligt plan"})
    checked = run(tmp_path)
    assert [f.code for f in checked.findings if f.code[0] == "R"] == ["R308"]
    assert checked.settled == 2
