"""The coordinator's edits in ut/sammanstallning.xlsx survive every new run, through real files."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt import pipeline
from excel_uppsikt.compilation_reading import CompilationError, read_compilation
from excel_uppsikt.edits import COMPILATION_FILE
from excel_uppsikt.form import FormRow
from excel_uppsikt.model import Department, Goal, Plan, Unit
from excel_uppsikt.pipeline import Checked, as_merged
from excel_uppsikt.pipeline_outputs import write_compilation
from tests.rounds import (
    CARE,
    HOMES,
    SICKNESS,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    places,
    row,
    shared_form,
)

PLAN = make_plan(goals=(YOUTH, HOMES), minimum=0)
SHEET = "Aktiviteter"
HEADER_ROW = 3
FIRST = "Ordna lovaktiviteter"
SECOND = "Rusta upp lokalerna"
THIRD = "Öppna simhallen"
DELETED = "Raden hade tagits bort ur sammanställningen."

Cells = Mapping[str, object]


def home_form(*rows: FormRow) -> bytes:
    """Hemtjänst's form with these rows toward the second goal; three good ones when none is given."""
    return own_form(PLAN, "Hemtjänst", {2: rows or [row(FIRST), row(SECOND), row(THIRD)]})


def run(folder: Path, plan: Plan = PLAN) -> Checked:
    """One run of the round: checked, merged and written."""
    checked = pipeline.check(folder, plan)
    write_compilation(checked)
    return checked


def start(folder: Path, inbox: Mapping[str, bytes] | None = None, plan: Plan = PLAN) -> Checked:
    """A new round, run once."""
    make_round(folder, plan, inbox or {"Hemtjänst.xlsx": home_form()})
    return run(folder, plan)


def hand_in(folder: Path, name: str, data: bytes) -> None:
    """A late hand-in, over an earlier one of that name."""
    (folder / "inkorg" / name).write_bytes(data)


def saved_by_hand(folder: Path, change: Callable[[Workbook], None]) -> None:
    """Changes the compilation as a person would, and saves it from another program."""
    path = folder / COMPILATION_FILE
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def columns(sheet: Worksheet) -> dict[str, int]:
    """The columns of Aktiviteter by heading."""
    return {str(cell.value): at for at, cell in enumerate(sheet[HEADER_ROW], 1) if cell.value}


def row_of(sheet: Worksheet, title: str) -> int:
    """The row an activity stands on."""
    at = columns(sheet)["Aktivitet"]
    found = [
        n for n in range(HEADER_ROW + 1, sheet.max_row + 1) if sheet.cell(n, at).value == title
    ]
    assert len(found) == 1, (title, found)
    return found[0]


def put(folder: Path, title: str, cells: Cells) -> None:
    """Writes cells by heading on an activity's row."""

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        place, at = columns(sheet), row_of(sheet, title)
        for header, value in cells.items():
            sheet.cell(at, place[header]).value = value  # type: ignore[assignment]

    saved_by_hand(folder, change)


def add(folder: Path, cells: Cells) -> int:
    """Adds a row below the others, and answers its number."""
    numbers: list[int] = []

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        place, at = columns(sheet), sheet.max_row + 1
        numbers.append(at)
        for header, value in cells.items():
            sheet.cell(at, place[header]).value = value  # type: ignore[assignment]

    saved_by_hand(folder, change)
    return numbers[0]


def remove(folder: Path, title: str) -> None:
    """Deletes an activity's row."""
    saved_by_hand(folder, lambda book: book[SHEET].delete_rows(row_of(book[SHEET], title)))


def table(folder: Path) -> list[dict[str, object]]:
    """The rows of Aktiviteter as a person sees them, by heading."""
    sheet = openpyxl.load_workbook(folder / COMPILATION_FILE)[SHEET]
    place = columns(sheet)
    rows: list[dict[str, object]] = [
        {header: sheet.cell(at, column).value for header, column in place.items()}
        for at in range(HEADER_ROW + 1, sheet.max_row + 1)
    ]
    return [cells for cells in rows if any(cells.values())]


def line(folder: Path, title: str) -> dict[str, object]:
    """One row of Aktiviteter."""
    (found,) = [cells for cells in table(folder) if cells["Aktivitet"] == title]
    return found


def titles(folder: Path) -> list[object]:
    """The titles from the top down."""
    return [cells["Aktivitet"] for cells in table(folder)]


def found(checked: Checked, *but: str) -> list[tuple[str, str, str, str]]:
    """The findings as code, file, sheet and cell, without those of the unit rule."""
    return [place for place in places(checked.findings, but="U") if place[0] not in but]


def bytes_of(folder: Path) -> bytes:
    """The compilation as it lies there."""
    return (folder / COMPILATION_FILE).read_bytes()


# --- Edits kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "written", "shown"),
    [
        ("Aktivitet", "Ordna trygga lov", None),
        ("Beskrivning", "Språkgranskad.", None),
        ("Kommentar", "Första raden.\nAndra raden.", None),
        ("Kommentar", None, None),
        ("Startdatum", datetime(2024, 2, 1), None),  # noqa: DTZ001  a cell's date has no zone
        ("Startdatum", "2024-02-01", datetime(2024, 2, 1)),  # noqa: DTZ001
        ("Slutdatum", "31 maj 2024", datetime(2024, 5, 31)),  # noqa: DTZ001
        ("Slutdatum", None, None),
        ("Status", "Avslutad enligt plan", None),
        ("Enheter", "Hemtjänst; Bemanning", None),
        ("Enheter", "Bemanning, Hemtjänst", "Hemtjänst; Bemanning"),
        ("Enheter", "Hela verksamheten", None),
        ("Mål", HOMES.text, None),
        ("Ta med", "nej", None),
        ("Ordning", 2, None),
        ("Anteckning", "Fråga chefen.", None),
    ],
)
def test_an_edit_of_any_column_is_kept_in_run_after_run(
    tmp_path: Path, header: str, written: object, shown: object
) -> None:
    """Nothing else on the row changes, there is no finding, and the edit is what counts."""
    start(tmp_path)
    expected = line(tmp_path, FIRST) | {header: written if shown is None else shown}
    put(tmp_path, FIRST, {header: written})
    for _ in range(3):
        checked = run(tmp_path)
        assert found(checked) == []
        (now,) = [cells for cells in table(tmp_path) if cells["Id"] == expected["Id"]]
        assert now == expected


def test_what_the_coordinator_edited_is_what_reports_are_made_of(tmp_path: Path) -> None:
    """Also when it is read back from the file: texts, units, order, and what is left out."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad.", "Enheter": "Bemanning", "Ordning": 2})
    put(tmp_path, SECOND, {"Ta med": "nej"})
    put(tmp_path, THIRD, {"Ordning": "1,5"})
    checked = run(tmp_path)
    expected = [
        (THIRD, ("Hemtjänst",), "Arbetet pågår."),
        (FIRST, ("Bemanning",), "Granskad."),
    ]
    for compilation in (
        checked.compilation,
        read_compilation(tmp_path / COMPILATION_FILE, PLAN).compilation,
    ):
        assert [(a.title, a.units, a.comment) for a in compilation.approved] == expected


def test_an_activity_moved_to_another_goal_stands_under_it_and_still_follows_its_unit(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Mål": HOMES.text})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Klart."), row(SECOND)))
    checked = run(tmp_path)
    assert [(a.goal.number, a.title, a.comment) for a in checked.compilation.approved] == [
        (2, SECOND, "Arbetet pågår."),
        (3, FIRST, "Klart."),
    ]


def test_a_goal_changed_on_both_sides_is_a_conflict_like_any_other(tmp_path: Path) -> None:
    """The unit's form bears the activity's Id, and so may move it to another goal's sheet."""
    plan = make_plan(goals=(YOUTH, HOMES, SICKNESS), minimum=0)
    known, other = row(FIRST, id="2-abc"), row(SECOND, id="2-def")
    start(tmp_path, {"h.xlsx": own_form(plan, "Hemtjänst", {2: [known, other]})}, plan)
    put(tmp_path, FIRST, {"Mål": SICKNESS.text})
    put(tmp_path, SECOND, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "h.xlsx", own_form(plan, "Hemtjänst", {3: [known, other]}))
    for _ in range(2):
        checked = run(tmp_path, plan)
        assert found(checked) == [("M603", COMPILATION_FILE, SHEET, "B4")]
        assert [(c["Id"], c["Mål"], c["Kommentar"], c["Anteckning"]) for c in table(tmp_path)] == [
            ("2-abc", SICKNESS.text, "Arbetet pågår.", f"Enhetens nya mål: {HOMES.text}"),
            ("2-def", HOMES.text, "Granskad.", None),
        ]


def test_an_activity_given_to_another_departments_unit_moves_there(tmp_path: Path) -> None:
    plan = make_plan(
        goals=(YOUTH,),
        minimum=0,
        units=("Hemtjänst", Unit("Åsens skola", "Skola")),
        departments=(Department(CARE), Department("Skola")),
    )
    start(tmp_path, {"h.xlsx": own_form(plan, "Hemtjänst", {2: [row(FIRST)]})}, plan)
    put(tmp_path, FIRST, {"Enheter": "Åsens skola"})
    for _ in range(2):
        checked = run(tmp_path, plan)
        assert [(a.department, a.units) for a in checked.compilation.approved] == [
            ("Skola", ("Åsens skola",))
        ]


def test_edits_stay_with_their_activity_when_rows_are_sorted_and_columns_added(
    tmp_path: Path,
) -> None:
    """A column of the coordinator's own among the others moves them, and moves no value."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    put(tmp_path, THIRD, {"Anteckning": "Fråga chefen."})

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        rows = [[c.value for c in cells] for cells in sheet.iter_rows(min_row=HEADER_ROW + 1)]
        for at, values in enumerate(reversed(rows), HEADER_ROW + 1):
            for column, value in enumerate(values, 1):
                sheet.cell(at, column).value = value
        sheet.insert_cols(4)
        sheet.cell(HEADER_ROW, 4).value = "Min egen"
        sheet.cell(HEADER_ROW + 1, 4).value = "x"

    saved_by_hand(tmp_path, change)
    assert found(run(tmp_path)) == [("F207", COMPILATION_FILE, SHEET, f"D{HEADER_ROW}")]
    assert [(c["Aktivitet"], c["Kommentar"], c["Anteckning"]) for c in table(tmp_path)] == [
        (FIRST, "Granskad.", None),
        (SECOND, "Arbetet pågår.", None),
        (THIRD, "Arbetet pågår.", "Fråga chefen."),
    ]


def test_ordning_orders_a_goals_activities_before_the_alphabet(tmp_path: Path) -> None:
    """Rows without one, or with something else than a number, come after in Swedish order."""
    start(tmp_path)
    put(tmp_path, THIRD, {"Ordning": 1})
    put(tmp_path, SECOND, {"Ordning": "nan"})
    run(tmp_path)
    assert titles(tmp_path) == [THIRD, FIRST, SECOND]


def test_a_row_of_the_coordinators_own_is_kept_with_an_id_of_its_own(tmp_path: Path) -> None:
    start(tmp_path)
    own = {
        "Mål": HOMES.text,
        "Aktivitet": "Samordna bostadsmässan",
        "Enheter": "Hela verksamheten",
        "Startdatum": "2024-03-01",
        "Slutdatum": "2024-11-30",
        "Beskrivning": "Gemensamt för alla.",
        "Status": "Ej påbörjad",
        "Kommentar": "Börjar i höst.",
    }
    add(tmp_path, own)
    run(tmp_path)
    first = line(tmp_path, "Samordna bostadsmässan")
    assert first == own | {
        "Id": first["Id"],
        "Startdatum": datetime(2024, 3, 1),  # noqa: DTZ001
        "Slutdatum": datetime(2024, 11, 30),  # noqa: DTZ001
        "Ta med": "ja",
        "Ordning": None,
        "Anteckning": None,
        "Källa": "Sammanställningen",
    }
    add(tmp_path, own | {"Aktivitet": "Samordna bostadsbyggandet"})
    checked = run(tmp_path)
    assert found(checked) == []
    assert line(tmp_path, "Samordna bostadsmässan") == first
    made = [cells["Id"] for cells in table(tmp_path)]
    assert all(made)
    assert len(set(made)) == 5
    assert [a.title for a in checked.compilation.approved] == [
        FIRST,
        SECOND,
        THIRD,
        "Samordna bostadsbyggandet",
        "Samordna bostadsmässan",
    ]


def test_a_copied_row_gets_an_id_of_its_own_and_the_original_keeps_following_its_unit(
    tmp_path: Path,
) -> None:
    """Wherever the copy stands: here above the row it was copied from."""
    start(tmp_path)
    original = line(tmp_path, SECOND)

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        at, place = row_of(sheet, SECOND), columns(sheet)
        values = [cell.value for cell in sheet[at]]
        sheet.insert_rows(at)
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value
        sheet.cell(at, place["Aktivitet"]).value = "En kopia"

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), row(SECOND, comment="Nytt.")))
    run(tmp_path)
    assert line(tmp_path, SECOND) == original | {"Kommentar": "Nytt."}
    copy = line(tmp_path, "En kopia")
    assert copy["Kommentar"] == "Arbetet pågår."
    assert copy["Id"] not in (None, original["Id"])


def test_a_removed_row_comes_back_left_out_and_says_why(tmp_path: Path) -> None:
    start(tmp_path)
    before = line(tmp_path, SECOND)
    remove(tmp_path, SECOND)
    for _ in range(2):
        checked = run(tmp_path)
        assert found(checked) == []
        assert line(tmp_path, SECOND) == before | {"Ta med": "nej", "Anteckning": DELETED}
        assert [a.title for a in checked.compilation.approved] == [FIRST, THIRD]


def test_a_file_the_coordinator_set_aside_stays_aside(tmp_path: Path) -> None:
    """Använd = nej on Inlämningar holds its rows back, until it is ja again."""
    inbox = {
        "Hemtjänst.xlsx": home_form(),
        "Bemanning.xlsx": own_form(PLAN, "Bemanning", {3: [row("Bygga")]}),
    }
    start(tmp_path, inbox)

    def use(answer: str) -> Callable[[Workbook], None]:
        def change(book: Workbook) -> None:
            sheet = book["Inlämningar"]
            (at,) = [c.row for c in sheet["A"] if c.value == "inkorg/Bemanning.xlsx"]
            sheet.cell(at, 7).value = answer

        return change

    saved_by_hand(tmp_path, use("nej"))
    for _ in range(2):
        checked = run(tmp_path)
        assert titles(tmp_path) == [FIRST, SECOND, THIRD]
        assert [(s.file, s.used) for s in checked.collection.submissions] == [
            ("inkorg/Bemanning.xlsx", False),
            ("inkorg/Hemtjänst.xlsx", True),
        ]
    saved_by_hand(tmp_path, use("ja"))
    run(tmp_path)
    assert titles(tmp_path) == [FIRST, SECOND, THIRD, "Bygga"]


# --- Late hand-ins ------------------------------------------------------------------------------


def test_what_only_the_unit_changed_comes_in(tmp_path: Path) -> None:
    """The coordinator's edits of other cells and rows stand beside it, without a finding."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Beskrivning": "Granskad.", "Anteckning": "Kvar.", "Ordning": 9})
    late = row(
        FIRST,
        comment="Nytt sedan sist.",
        end=date(2024, 10, 15),
        status="Pågående med avvikelse",
        units="Hemtjänst; Bemanning",
    )
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(late, row(SECOND), row(THIRD), row("Ny")))
    before = line(tmp_path, FIRST)
    for _ in range(2):
        assert found(run(tmp_path)) == []
        assert line(tmp_path, FIRST) == before | {
            "Kommentar": "Nytt sedan sist.",
            "Slutdatum": datetime(2024, 10, 15),  # noqa: DTZ001
            "Status": "Pågående med avvikelse",
            "Enheter": "Hemtjänst; Bemanning",
        }
        assert titles(tmp_path) == [FIRST, "Ny", SECOND, THIRD]


def test_an_edit_that_the_unit_makes_as_well_is_no_conflict(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Klart nu.")))
    assert found(run(tmp_path)) == []
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Och mer.")))
    assert found(run(tmp_path)) == []
    assert line(tmp_path, FIRST)["Kommentar"] == "Och mer."


@pytest.mark.parametrize(
    ("header", "mine", "theirs", "cell", "note"),
    [
        ("Kommentar", "Granskad.", {"comment": "Nytt."}, "I4", "Enhetens nya kommentar: Nytt."),
        (
            "Beskrivning",
            "Granskad.",
            {"description": "Nytt,\n\nmed stycken."},
            "G4",
            "Enhetens nya beskrivning: Nytt,\n\nmed stycken.",
        ),
        (
            "Slutdatum",
            datetime(2024, 5, 1),  # noqa: DTZ001
            {"end": date(2024, 6, 1)},
            "F4",
            "Enhetens nya slutdatum: 2024-06-01",
        ),
        (
            "Status",
            "Avslutad enligt plan",
            {"status": "Pågående med avvikelse"},
            "H4",
            "Enhetens nya status: Pågående med avvikelse",
        ),
        (
            "Enheter",
            "Bemanning",
            {"units": "Hela verksamheten"},
            "D4",
            "Enhetens nya enheter: Hela verksamheten",
        ),
        ("Kommentar", "Granskad.", {"comment": ""}, "I4", "Enhetens nya kommentar: (tom cell)"),
    ],
)
def test_where_both_changed_the_coordinators_stands_and_the_units_is_noted(
    tmp_path: Path, header: str, mine: object, theirs: dict[str, object], cell: str, note: str
) -> None:
    """M603 points at the cell, in run after run until the note is removed; the edit stays."""
    start(tmp_path)
    put(tmp_path, FIRST, {header: mine, "Anteckning": "Min egen."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, **theirs), row(SECOND), row(THIRD)))
    for _ in range(3):
        checked = run(tmp_path)
        assert found(checked, "R307") == [("M603", COMPILATION_FILE, SHEET, cell)]
        assert line(tmp_path, FIRST) == before | {"Anteckning": f"Min egen.\n{note}"}
    put(tmp_path, FIRST, {"Anteckning": "Min egen."})
    for _ in range(2):
        assert found(run(tmp_path), "R307") == []
        assert line(tmp_path, FIRST) == before


def test_the_conflicts_message_quotes_the_units_text_and_the_title(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nytt.")))
    (finding,) = [f for f in run(tmp_path).findings if f.code == "M603"]
    assert finding.value == "Nytt."
    for part in ("cell I4", "Kommentar", f"”{FIRST}”", "”Nytt.”", "Anteckning"):
        assert part in finding.message


def test_a_settled_conflict_is_told_again_when_the_unit_changes_once_more(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nytt.")))
    run(tmp_path)
    put(tmp_path, FIRST, {"Anteckning": None})
    assert found(run(tmp_path)) == []
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nyast.")))
    assert found(run(tmp_path)) == [("M603", COMPILATION_FILE, SHEET, "I4")]
    now = line(tmp_path, FIRST)
    assert (now["Kommentar"], now["Anteckning"]) == ("Granskad.", "Enhetens nya kommentar: Nyast.")


def test_taking_the_units_text_settles_the_conflict(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nytt.")))
    run(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Nytt."})
    assert found(run(tmp_path)) == []
    assert line(tmp_path, FIRST)["Kommentar"] == "Nytt."


def test_a_reworded_title_keeps_its_id_and_the_edits(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad.", "Anteckning": "Fråga."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(f"{FIRST} nu"), row(SECOND), row(THIRD)))
    for _ in range(3):
        assert found(run(tmp_path)) == []
        assert line(tmp_path, f"{FIRST} nu") == before | {"Aktivitet": f"{FIRST} nu"}
        assert titles(tmp_path) == [f"{FIRST} nu", SECOND, THIRD]


def test_a_title_with_another_number_is_another_activity(tmp_path: Path) -> None:
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Hälsosamtal 2023"))})
    before = line(tmp_path, "Hälsosamtal 2023")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row("Hälsosamtal 2024")))
    run(tmp_path)
    assert titles(tmp_path) == ["Hälsosamtal 2024"]
    assert line(tmp_path, "Hälsosamtal 2024")["Id"] != before["Id"]


def test_a_title_the_unit_takes_up_again_is_a_new_activity_beside_the_reworded(
    tmp_path: Path,
) -> None:
    """The Id and the edits stay with the reworded one, whose they are since."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Anteckning": "Fråga."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(f"{FIRST} nu")))
    run(tmp_path)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), row(f"{FIRST} nu")))
    for _ in range(2):
        run(tmp_path)
        assert line(tmp_path, f"{FIRST} nu") == before | {
            "Aktivitet": f"{FIRST} nu",
            "Källa": line(tmp_path, f"{FIRST} nu")["Källa"],
        }
        new = line(tmp_path, FIRST)
        assert new["Id"] != before["Id"]
        assert new["Anteckning"] is None


def test_an_edited_row_whose_activity_is_gone_stays_left_out(tmp_path: Path) -> None:
    """M603 tells once; an unedited one goes with its activity."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(THIRD)))
    checked = run(tmp_path)
    assert found(checked) == [("M603", COMPILATION_FILE, SHEET, "C4")]
    for _ in range(2):
        assert titles(tmp_path) == [FIRST, THIRD]
        assert line(tmp_path, FIRST) == before | {"Ta med": "nej"}
        assert [a.title for a in checked.compilation.approved] == [THIRD]
        checked = run(tmp_path)
        assert found(checked) == []


def test_an_activity_that_comes_back_finds_its_edits_again(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(THIRD)))
    run(tmp_path)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form())
    assert found(run(tmp_path)) == []
    assert [(c["Aktivitet"], c["Kommentar"]) for c in table(tmp_path)] == [
        (FIRST, "Granskad."),
        (SECOND, "Arbetet pågår."),
        (THIRD, "Arbetet pågår."),
    ]


def test_another_units_late_form_joins_a_shared_activity_that_was_edited(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Gemensamt.xlsx", shared_form(PLAN, {3: [row("Bygga")]}))
    hand_in(tmp_path, "Bemanning.xlsx", own_form(PLAN, "Bemanning", {2: [row(FIRST)]}))
    assert found(run(tmp_path)) == []
    now = line(tmp_path, FIRST)
    assert (now["Enheter"], now["Kommentar"]) == ("Hemtjänst; Bemanning", "Granskad.")
    assert line(tmp_path, "Bygga")["Enheter"] == "Hela verksamheten"


# --- What cannot be read ------------------------------------------------------------------------


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


def test_an_added_row_of_no_goal_is_told_and_kept_outside_the_report(tmp_path: Path) -> None:
    """Nothing of it is lost, and with its goal put right it is an activity like others."""
    start(tmp_path)
    at = add(tmp_path, {"Mål": "Okänt mål.", "Aktivitet": "Egen", "Kommentar": "Viktigt."})
    checked = run(tmp_path)
    assert found(checked) == [("M605", COMPILATION_FILE, SHEET, f"B{at}")]
    kept = line(tmp_path, "Egen")
    assert (kept["Mål"], kept["Kommentar"], kept["Ta med"]) == ("Okänt mål.", "Viktigt.", "nej")
    assert [a.title for a in checked.compilation.approved] == [FIRST, SECOND, THIRD]
    put(tmp_path, "Egen", {"Mål": HOMES.text, "Ta med": "ja"})
    checked = run(tmp_path)
    assert found(checked) == []
    assert [a.title for a in checked.compilation.approved] == [FIRST, SECOND, THIRD, "Egen"]


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
        ("R305", COMPILATION_FILE, SHEET, f"H{at}"),
    ]
    (own,) = [a for a in checked.compilation.approved if a.title == "Egen"]
    assert (own.units, own.whole, own.start, own.status) == ((), False, None, None)


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
    assert found(run(tmp_path, plan)) == [("R301", COMPILATION_FILE, SHEET, f"D{at}")]
    put(tmp_path, "Egen", {"Enheter": "Hela verksamheten Skola"})
    checked = run(tmp_path, plan)
    assert found(checked) == []
    assert [(a.title, a.department) for a in checked.compilation.approved] == [
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


# --- The same again -----------------------------------------------------------------------------


def test_running_again_without_changes_gives_the_same_bytes(tmp_path: Path) -> None:
    start(tmp_path)
    first = bytes_of(tmp_path)
    run(tmp_path)
    assert bytes_of(tmp_path) == first


def test_running_again_after_edits_of_every_kind_gives_the_same_bytes(tmp_path: Path) -> None:
    """With a conflict, an added row, a removed row and rows that look alike."""
    inbox = {
        "Hemtjänst.xlsx": home_form(
            row(FIRST), row(SECOND), row(THIRD), row(f"{FIRST} i norr"), row(f"{FIRST} i norra")
        ),
        "Bemanning.xlsx": own_form(PLAN, "Bemanning", {2: [row(FIRST, comment="Annat.")]}),
    }
    start(tmp_path, inbox)
    put(tmp_path, FIRST, {"Kommentar": "Granskad.", "Ordning": 1.5})
    add(tmp_path, {"Mål": HOMES.text, "Aktivitet": "Egen"})
    remove(tmp_path, SECOND)
    hand_in(
        tmp_path, "Bemanning.xlsx", own_form(PLAN, "Bemanning", {2: [row(FIRST, comment="Nytt")]})
    )
    run(tmp_path)
    first = bytes_of(tmp_path)
    for _ in range(2):
        run(tmp_path)
        assert bytes_of(tmp_path) == first


def test_edits_survive_a_goal_that_changes_its_text_in_the_plan(tmp_path: Path) -> None:
    """The row is told (M605) as it still bears the old text, and nothing edited on it is lost."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    reworded = Goal(YOUTH.number, "Kommunens unga ska vara trygga.", YOUTH.area)
    plan = make_plan(goals=(reworded, HOMES), minimum=0)
    form = own_form(plan, "Hemtjänst", {2: [row(FIRST), row(SECOND), row(THIRD)]})
    hand_in(tmp_path, "Hemtjänst.xlsx", form)
    checked = run(tmp_path, plan)
    assert {place[0] for place in found(checked)} == {"M605"}
    assert [(c["Mål"], c["Aktivitet"], c["Kommentar"]) for c in table(tmp_path)] == [
        (reworded.text, FIRST, "Granskad."),
        (reworded.text, SECOND, "Arbetet pågår."),
        (reworded.text, THIRD, "Arbetet pågår."),
    ]


def test_own_columns_and_sheets_are_told_and_the_edited_file_is_kept(tmp_path: Path) -> None:
    """A new compilation has neither; what stood there is quoted, and the file as it was is kept."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        book[SHEET]["P3"].value = "Ansvarig"
        book[SHEET]["P4"].value = "Chefen"
        page = book.create_sheet("Mina anteckningar")
        page["A1"].value, page["A2"].value = "Kom ihåg", "Ring utskottet"

    saved_by_hand(tmp_path, change)
    edited = (tmp_path / COMPILATION_FILE).read_bytes()
    checked = run(tmp_path)
    assert found(checked) == [
        ("F207", COMPILATION_FILE, SHEET, "P3"),
        ("F207", COMPILATION_FILE, "Mina anteckningar", ""),
    ]
    quoted = [f.value for f in checked.findings if f.code == "F207"]
    assert quoted == ["Ansvarig | Chefen", "Kom ihåg | Ring utskottet"]
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
