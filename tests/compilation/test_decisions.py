"""The sheet Beslut: written to fill in, kept as the coordinator wrote it, and read as decisions."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.decisions import rulings, standing
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Department, Outcome, Question, Ruling, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    columns,
    line,
    put,
    remove,
    run,
    saved_by_hand,
    start,
)
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, own_form, row

SHEET = "Beslut"
HEADINGS = ["Verksamhet", "Utfall", "Datum", "Paragraf", "Skäl", "Enhet"]
DAY = datetime(2024, 6, 4)  # noqa: DTZ001  a cell's date has no zone
HOSTILE = '=HYPERLINK("http://x","y")'


def decide(folder: Path, rows: Mapping[int, list[object]], sheet: str = SHEET) -> None:
    """Writes cells on rows of Beslut, from the first column on; text is text, whatever it begins with."""

    def change(book: Workbook) -> None:
        for at, values in rows.items():
            for column, value in enumerate(values, 1):
                cell = book[sheet].cell(at, column)
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"

    saved_by_hand(folder, change)


def stands(folder: Path) -> dict[int, list[object]]:
    """What stands on Beslut below the headings, by row, without the rows of nothing."""
    sheet = openpyxl.load_workbook(folder / COMPILATION_FILE)[SHEET]
    rows: dict[int, list[object]] = {
        at: [cell.value for cell in cells] for at, cells in enumerate(sheet.iter_rows(), 1)
    }
    return {at: cells for at, cells in rows.items() if at > 3 and any(c is not None for c in cells)}


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    """The findings on Beslut, as code and variant, cell and what was written."""
    return [
        (f"{f.code}.{f.variant.name}", f.cell or "", f.value) for f in findings if f.sheet == SHEET
    ]


def decisions(folder: Path) -> tuple[Ruling, ...]:
    return rulings(read_compilation(folder / COMPILATION_FILE, PLAN).compilation.decisions, CARE)


def test_the_sheet_is_there_from_the_first_merge_with_rows_to_fill_in_and_lists(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    book = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)
    sheet = book[SHEET]
    assert book.sheetnames.index(SHEET) == book.sheetnames.index("Ändringar") + 1
    assert [cell.value for cell in sheet[3]] == HEADINGS
    assert stands(tmp_path) == {}
    lists = {
        str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"
    }
    assert lists == {
        "A4:A23": "lst_verksamheter",
        "B4:B23": '"godkänd,återremiss,till KS"',
        "F4:F23": "lst_enheter",
    }
    assert [cell.value for cell in book["_listor"]["D"] if cell.value] == [CARE]


def test_what_is_written_stands_in_merge_after_merge_and_is_the_decision(tmp_path: Path) -> None:
    start(tmp_path)
    first = [CARE, "återremiss", DAY, "§ 45", "Underlaget räcker inte.\nOch mer.", None]
    second = [CARE, "Återremiss", "2024-06-04", 45, "Varför så få?", "Bemanning"]
    decide(tmp_path, {4: first, 7: second})
    for _ in range(3):
        checked = run(tmp_path)
        assert told(checked.findings) == []
        assert stands(tmp_path) == {4: first, 7: second}
    assert decisions(tmp_path) == (
        Ruling(
            CARE,
            Outcome.SENT_BACK,
            date(2024, 6, 4),
            "§ 45",
            "Underlaget räcker inte.\nOch mer.",
            (Question("Bemanning", "Varför så få?"),),
        ),
    )


def test_what_cannot_be_read_is_told_with_its_cell_and_stays(tmp_path: Path) -> None:
    start(tmp_path)
    rows: dict[int, list[object]] = {
        4: ["Kultur", "kanske", "i våras", "x", "y", "Köket"],
        5: [CARE, None, None, None, "bara skäl", None],
        6: [CARE, "godkännd", "juni 2024", None, None, "Köket; Bemanning"],
    }
    decide(tmp_path, rows)
    expected = [
        ("M609.DEPARTMENT", "A4", "Kultur"),
        ("M609.OUTCOME", "B4", "kanske"),
        ("M609.DAY_ALONE", "C4", "i våras"),
        ("M609.NO_OUTCOME", "B5", None),
        ("M609.NO_DAY_ALONE", "C5", None),
        ("R311.PLAIN", "B6", "godkännd"),
        ("M609.DAY", "C6", "juni 2024"),
        ("M609.OWNER", "F6", "Köket"),
    ]
    for _ in range(2):
        checked = run(tmp_path)
        assert told(checked.findings) == expected
        assert stands(tmp_path) == rows
    assert decisions(tmp_path) == (
        Ruling(CARE, Outcome.APPROVED, questions=(Question("Bemanning", ""),)),
    )


def test_the_last_by_date_and_then_by_row_is_how_the_report_stands(tmp_path: Path) -> None:
    start(tmp_path)
    decide(
        tmp_path,
        {
            4: [CARE, "godkänd", datetime(2024, 9, 3), "§ 70"],  # noqa: DTZ001  a cell's date has no zone
            5: [CARE, "återremiss", DAY, "§ 45"],
            6: [CARE, "till KS", datetime(2024, 9, 3), "§ 71"],  # noqa: DTZ001  a cell's date has no zone
        },
    )
    run(tmp_path)
    kept = read_compilation(tmp_path / COMPILATION_FILE, PLAN).compilation.decisions
    assert [(one.outcome.value, one.paragraph) for one in rulings(kept, CARE)] == [
        ("återremiss", "§ 45"),
        ("godkänd", "§ 70"),
        ("till KS", "§ 71"),
    ]
    assert standing(kept, "Kultur") is None


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "+1",
        "{=1}",
        "http://x",
        "<w:p>&amp;]]></w:p>",
        "{utskott}",
        "'=1",
        "a\n\nb",
    ],
)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    """No formula, no link and no letter of it changed, in the decision, its paragraph and Komplettera."""
    start(tmp_path)
    decide(tmp_path, {4: [CARE, "återremiss", DAY, text, text]})
    put(tmp_path, FIRST, {"Komplettera": "x"})
    saved_by_hand(tmp_path, lambda book: _set_text(book, text))
    for _ in range(2):
        run(tmp_path)
        book = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)
        cells = [book[SHEET]["D4"], book[SHEET]["E4"]]
        assert [(c.value, c.data_type, c.hyperlink) for c in cells] == [(text, "s", None)] * 2
        assert line(tmp_path, FIRST)["Komplettera"] == text


def _set_text(book: Workbook, text: str) -> None:
    for cells in book["Aktiviteter"].iter_rows():
        for cell in cells:
            if cell.value == "x":
                cell.value, cell.data_type = text, "s"


def test_lost_headings_moved_columns_and_own_ones_lose_nothing(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.delete_cols(5)
        sheet["B3"], sheet["G3"] = "Vad det blev", "Ärende"
        for at, value in enumerate((CARE, "godkänd", DAY, "§ 1", None, None, "dnr 7"), 1):
            sheet.cell(4, at).value = value
        sheet["H5"] = "utan rubrik"

    saved_by_hand(tmp_path, change)
    checked = run(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)[SHEET]
    assert [cell.value for cell in sheet[3]][:8] == [*HEADINGS, "Ärende", None]
    assert [cell.value for cell in sheet[4]][:8] == [
        CARE,
        "godkänd",
        DAY,
        "§ 1",
        None,
        None,
        "dnr 7",
        None,
    ]
    assert sheet["H5"].value == "utan rubrik"
    again = run(tmp_path)
    assert told(again.findings) == told(checked.findings)


def test_an_error_in_a_cell_is_told_and_a_formula_never_computed(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        book[SHEET]["A4"], book[SHEET]["B4"] = CARE, "godkänd"
        book[SHEET]["C4"], book[SHEET]["E4"] = "=TODAY()", "=1/0"
        book["Aktiviteter"].cell(4, columns(book["Aktiviteter"])["Komplettera"]).value = "=B4"

    saved_by_hand(tmp_path, change)
    checked = run(tmp_path)
    assert told(checked.findings) == [
        ("M609.CELL", "C4", "=TODAY()"),
        ("M609.CELL", "E4", "=1/0"),
    ]
    assert next(f.value for f in checked.findings if f.code == "M609") == "=B4"
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)[SHEET]
    kept = [sheet["C4"], sheet["E4"]]
    assert [(cell.value, cell.data_type) for cell in kept] == [("=TODAY()", "s"), ("=1/0", "s")]
    assert line(tmp_path, FIRST)["Komplettera"] == "=B4"


# --- Komplettera --------------------------------------------------------------------------------


def test_komplettera_stays_also_while_its_row_is_away_and_comes_back(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Komplettera": "Ange antal."})
    run(tmp_path)
    assert line(tmp_path, FIRST)["Komplettera"] == "Ange antal."
    path = tmp_path / "inkorg/Hemtjänst.xlsx"
    data = path.read_bytes()
    path.unlink()
    for _ in range(2):
        run(tmp_path)
        assert (line(tmp_path, FIRST)["Komplettera"], line(tmp_path, FIRST)["Ta med"]) == (
            "Ange antal.",
            "nej",
        )
    path.write_bytes(data)
    run(tmp_path)
    assert (line(tmp_path, FIRST)["Komplettera"], line(tmp_path, FIRST)["Ta med"]) == (
        "Ange antal.",
        "ja",
    )
    remove(tmp_path, FIRST)
    run(tmp_path)


def test_two_departments_have_decisions_of_their_own(tmp_path: Path) -> None:
    departments = (Department("Vård"), Department("Skola"))
    plan = make_plan(
        goals=(YOUTH, HOMES),
        departments=departments,
        units=(Unit("Kök", "Vård"), Unit("Lek", "Skola")),
        minimum=0,
    )
    start(tmp_path, {"Kök.xlsx": own_form(plan, "Kök", {2: [row()]})}, plan)
    decide(
        tmp_path,
        {
            4: ["Vård", "återremiss", DAY, None, "Fråga", "Hela verksamheten Vård"],
            5: ["skola", "godkänd", DAY],
            6: [None, "godkänd", DAY],
            7: ["Skola", "återremiss", DAY, None, None, "Kök"],
        },
    )
    checked = run(tmp_path, plan)
    assert told(checked.findings) == [
        ("M609.NO_DEPARTMENT", "A6", None),
        ("M609.OWNER", "F7", "Kök"),
    ]
    kept = checked.compilation.decisions
    assert standing(kept, "Vård") == Ruling(
        "Vård", Outcome.SENT_BACK, DAY.date(), questions=(Question("Gemensamt Vård", "Fråga"),)
    )
    assert [one.outcome for one in rulings(kept, "Skola")] == [Outcome.APPROVED, Outcome.SENT_BACK]
