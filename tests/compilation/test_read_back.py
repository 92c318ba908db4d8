"""The compilation read back by the next run: what its cells say is what is taken, and told of."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.edits import in_order
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.model import Activity, Choice, Department, Line, Unit, Values
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    HEADER_ROW,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    add,
    columns,
    found,
    line,
    put,
    run,
    saved_by_hand,
    start,
)
from tests.small_rounds import (
    CARE,
    HOMES,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    row,
    shared_form,
)

SCHOOL = "Skola"


@pytest.mark.parametrize(
    ("written", "shown", "approved"),
    [
        ("n", "nej", [SECOND, THIRD]),
        ("N", "nej", [SECOND, THIRD]),
        ("nej", "nej", [SECOND, THIRD]),
        (" NEJ ", "nej", [SECOND, THIRD]),
        (False, "nej", [SECOND, THIRD]),
        ("j", "ja", [FIRST, SECOND, THIRD]),
        ("Ja", "ja", [FIRST, SECOND, THIRD]),
        (True, "ja", [FIRST, SECOND, THIRD]),
        (None, "ja", [FIRST, SECOND, THIRD]),
    ],
)
def test_ta_med_is_yes_or_no_however_it_is_written(
    tmp_path: Path, written: object, shown: str, approved: list[str]
) -> None:
    """What is not in the report is not in it, and nothing is told of the cell."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Ta med": written})
    read = read_compilation(tmp_path / COMPILATION_FILE, PLAN)
    assert [activity.values.title for activity in read.compilation.approved] == approved
    checked = run(tmp_path)
    assert found(checked, "M608") == []
    assert [activity.values.title for activity in checked.compilation.approved] == approved
    assert line(tmp_path, FIRST)["Ta med"] == shown


def test_an_activity_both_of_all_and_of_named_units_keeps_its_units(tmp_path: Path) -> None:
    """Its cell shows the whole department only."""
    inbox = {
        "a.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läger")]}),
        "b.xlsx": shared_form(PLAN, {2: [row("Läger")]}),
    }
    start(tmp_path, inbox)
    for _ in "ab":
        assert line(tmp_path, "Läger")["Enheter"] == "Hela verksamheten"
        read = read_compilation(tmp_path / COMPILATION_FILE, PLAN).compilation
        (one,) = (each.activity for each in read.lines)
        assert (one.values.whole, one.values.units, one.department) == (True, ("Hemtjänst",), CARE)
        put(tmp_path, "Läger", {"Kommentar": "Omskriven."})
        (one,) = (each.activity for each in run(tmp_path).compilation.lines)
        assert (one.values.whole, one.values.units) == (True, ("Hemtjänst",))


def test_lines_stand_in_swedish_order_with_the_untitled_last() -> None:
    """In each department and goal; what the coordinator has numbered comes first."""

    def one(title: str, order: float | None = None, goal: object = YOUTH) -> Line:
        activity = Activity(f"id {title}", goal, CARE, Values(title=title))  # type: ignore[arg-type]
        return Line(activity, None, Choice(order=order))

    titles = ["", "Öppna", "Åka", "zooma", "Ängar", "arbeta", "Åka igen"]
    lines = [
        *(one(title) for title in titles),
        one("Zebra", 2),
        one("Ärla", 1.5),
        one("A", goal=HOMES),
    ]
    assert [each.activity.values.title for each in in_order(PLAN, lines)] == [
        "Ärla", "Zebra", "arbeta", "zooma", "Åka", "Åka igen", "Ängar", "Öppna", "", "A",
    ]  # fmt: skip


def test_the_compilation_and_what_is_approved_have_that_order(tmp_path: Path) -> None:
    rows = [row(title) for title in ("Öppna", None, "zooma", "Åka")]
    start(tmp_path, {"a.xlsx": own_form(PLAN, "Hemtjänst", {2: rows})})
    expected = ["zooma", "Åka", "Öppna", ""]
    for _ in "ab":
        checked = run(tmp_path)
        assert [each.values.title for each in checked.compilation.approved] == expected
        read = read_compilation(tmp_path / COMPILATION_FILE, PLAN).compilation
        assert [each.values.title for each in read.approved] == expected


@pytest.mark.parametrize(("written", "code"), [("Okänd enhet", "R306"), (None, "R301")])
def test_units_that_the_coordinator_fills_in_settle_what_was_said_of_them(
    tmp_path: Path, written: object, code: str
) -> None:
    """Of a unit that nobody knows, and of none in a form for all units."""
    form = per_goal_form(PLAN, YOUTH, [row("Läger", units=written)])
    checked = start(tmp_path, {"a.xlsx": form})
    assert [told for told, *_ in found(checked) if told in ("R301", "R306")] == [code]
    assert checked.settled == 0
    put(tmp_path, "Läger", {"Enheter": "Hemtjänst"})
    checked = run(tmp_path)
    assert [told for told, *_ in found(checked) if told in ("R301", "R306")] == []
    assert checked.settled == 1
    assert line(tmp_path, "Läger")["Enheter"] == "Hemtjänst"


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_value_is_quoted_with_its_column(tmp_path: Path, error: str) -> None:
    """As Excel shows it, and what was collected stands."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        cell = sheet.cell(HEADER_ROW + 1, columns(sheet)["Kommentar"])
        cell.value = error
        cell.data_type = "e"

    saved_by_hand(tmp_path, change)
    checked = run(tmp_path)
    (finding,) = [f for f in checked.findings if f.code == "R310"]
    assert (finding.file, finding.sheet, finding.cell, finding.value) == (
        COMPILATION_FILE,
        SHEET,
        "I4",
        error,
    )
    assert finding.words == (
        f"Kommentar visar felet ”{error}” i stället för ett värde. Skriv in värdet för hand."
    )
    assert line(tmp_path, FIRST)["Kommentar"] == "Arbetet pågår."


@pytest.mark.parametrize(
    ("written", "codes"), [("Okänd enhet", ["R306"]), (None, ["R301"]), ("Bemanning", [])]
)
def test_an_added_row_with_an_unknown_unit_is_not_told_to_lack_one_too(
    tmp_path: Path, written: object, codes: list[str]
) -> None:
    """Where there are several departments, one that is not named cannot be guessed."""
    plan = make_plan(
        goals=(YOUTH, HOMES),
        minimum=0,
        departments=(Department(CARE, "utskottet"), Department(SCHOOL, "utskottet")),
        units=(Unit("Bemanning", CARE), Unit("Förskolan", SCHOOL)),
    )
    make_round(tmp_path, plan, {"a.xlsx": own_form(plan, "Bemanning", {2: [row(FIRST)]})})
    run(tmp_path, plan)
    cells = {"Mål": YOUTH.text, "Aktivitet": "Egen", "Enheter": written, "Startdatum": "2024-02-01"}
    cells |= {"Slutdatum": "2024-03-01", "Status": "Avslutad enligt plan", "Kommentar": "Klart."}
    at = add(tmp_path, cells)
    expected = [(code, COMPILATION_FILE, SHEET, f"D{at}") for code in codes]
    assert found(run(tmp_path, plan)) == expected


def test_an_own_column_of_a_heading_alone_is_not_told_and_is_not_lost(tmp_path: Path) -> None:
    """There is nothing under it that a report could lack; the file as it was has the heading."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        book[SHEET]["P3"].value = "Ansvarig"

    saved_by_hand(tmp_path, change)
    assert found(run(tmp_path)) == []
    kept = openpyxl.load_workbook(tmp_path / "ut/tidigare/sammanstallning (1).xlsx")
    assert kept[SHEET]["P3"].value == "Ansvarig"


def test_titles_alike_are_told_at_the_first_row_of_the_later_activity(tmp_path: Path) -> None:
    """Of an activity that is of several rows: where it was first written, in any workbook."""
    long, short = "Införande av hälsosamma scheman", "Införa hälsosamma scheman"
    inbox = {
        "a.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Annat"), row(short), row(long)]}),
        "b.xlsx": own_form(PLAN, "Bemanning", {2: [row(long)]}),
    }
    checked = start(tmp_path, inbox)
    ((code, file, _, cell),) = found(checked)
    assert (code, file, cell) == ("M601", "a.xlsx", "A7")
    (first, _) = next(a.sources for a in checked.activities if a.values.title == long)
    assert (first.file, first.row) == ("inkorg/a.xlsx", 7)
