"""The coordinator's edits in ut/sammanstallning.xlsx survive every new run, through real files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.excel.guard.limits import RECEIVED
from excel_uppsikt.excel.reading import UnreadableError, read_workbook
from excel_uppsikt.model import Department, Goal, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    HEADER_ROW,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    add,
    bytes_of,
    columns,
    found,
    hand_in,
    home_form,
    line,
    put,
    remove,
    row_of,
    run,
    saved_by_hand,
    start,
    table,
    titles,
)
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan, own_form, row
from tests.written_workbooks import anew

DELETED = "Raden hade tagits bort ur sammanställningen."


# --- Edits kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "written", "shown"),
    [
        ("Aktivitet", "Ordna trygga lov", None),
        ("Beskrivning", "Språkgranskad.", None),
        ("Kommentar", "Första raden.\nAndra raden.", None),
        ("Kommentar", None, None),
        ("Startdatum", datetime(2024, 2, 1), None),  # noqa: DTZ001  a cell's date has no zone
        ("Startdatum", "2024-02-01", datetime(2024, 2, 1)),  # noqa: DTZ001  a cell's date has no zone
        ("Slutdatum", "31 maj 2024", datetime(2024, 5, 31)),  # noqa: DTZ001  a cell's date has no zone
        ("Slutdatum", None, None),
        ("Status", "Avslutad med avvikelse", None),
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
        assert [
            (a.values.title, a.values.units, a.values.comment) for a in compilation.approved
        ] == expected


def test_an_activity_moved_to_another_goal_stands_under_it_and_still_follows_its_unit(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Mål": HOMES.text})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Klart."), row(SECOND)))
    checked = run(tmp_path)
    assert [
        (a.goal.number, a.values.title, a.values.comment) for a in checked.compilation.approved
    ] == [
        (2, SECOND, "Arbetet pågår."),
        (3, FIRST, "Klart."),
    ]


def test_a_goal_changed_on_both_sides_is_a_conflict_like_any_other(tmp_path: Path) -> None:
    """The unit's form bears the activity's Id, and so may move it to another goal's sheet."""
    plan = make_plan(goals=(YOUTH, HOMES, SICKNESS), minimum=0)
    start(tmp_path, {"h.xlsx": own_form(plan, "Hemtjänst", {2: [row(FIRST), row(SECOND)]})}, plan)
    given = {str(line["Aktivitet"]): str(line["Id"]) for line in table(tmp_path)}
    known, other = row(FIRST, id=given[FIRST]), row(SECOND, id=given[SECOND])
    put(tmp_path, FIRST, {"Mål": SICKNESS.text})
    put(tmp_path, SECOND, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "h.xlsx", own_form(plan, "Hemtjänst", {3: [known, other]}))
    for _ in range(2):
        checked = run(tmp_path, plan)
        assert found(checked) == [("M603", COMPILATION_FILE, SHEET, "B4")]
        assert [(c["Id"], c["Mål"], c["Kommentar"], c["Anteckning"]) for c in table(tmp_path)] == [
            (given[FIRST], SICKNESS.text, "Arbetet pågår.", f"Enhetens nya mål: {HOMES.text}"),
            (given[SECOND], HOMES.text, "Granskad.", None),
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
        assert [(a.department, a.values.units) for a in checked.compilation.approved] == [
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
    assert found(run(tmp_path)) == []
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
        "Startdatum": "2024-05-01",
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
        "Startdatum": datetime(2024, 5, 1),  # noqa: DTZ001  a cell's date has no zone
        "Slutdatum": datetime(2024, 11, 30),  # noqa: DTZ001  a cell's date has no zone
        "Ta med": "ja",
        "Ordning": None,
        "Anteckning": None,
        "Komplettera": None,
        "Verksamhet": CARE,
        "Samma som": None,
        "Källa": "Sammanställningen",
    }
    add(tmp_path, own | {"Aktivitet": "Samordna bostadsbyggandet"})
    checked = run(tmp_path)
    assert found(checked) == []
    assert line(tmp_path, "Samordna bostadsmässan") == first
    made = [cells["Id"] for cells in table(tmp_path)]
    assert all(made)
    assert len(set(made)) == 5
    assert [a.values.title for a in checked.compilation.approved] == [
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
        assert [a.values.title for a in checked.compilation.approved] == [FIRST, THIRD]


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


# --- The same again -----------------------------------------------------------------------------


def test_running_again_without_changes_gives_the_same_bytes(tmp_path: Path) -> None:
    with anew():
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
    with anew():
        run(tmp_path)
        first = bytes_of(tmp_path)
        for _ in range(2):
            run(tmp_path)
            assert bytes_of(tmp_path) == first


def test_a_compilation_larger_than_any_form_is_read_and_its_edits_kept(tmp_path: Path) -> None:
    """What may be sent in is limited; a round's compilation has all of it in full, and more than once."""
    long = [" ".join(str(at * n % 10_007) for n in range(6_000)) for at in range(150)]
    rows = [row(f"Aktivitet {at}", description=long[at]) for at in range(150)]
    start(tmp_path, {"Hemtjänst.xlsx": home_form(*rows)})
    path = tmp_path / COMPILATION_FILE
    with pytest.raises(UnreadableError, match="8 MB text"):
        read_workbook(path, RECEIVED)
    put(tmp_path, "Aktivitet 7", {"Kommentar": "Klart."})
    checked = run(tmp_path)
    assert [line.activity.values.comment for line in checked.compilation.lines].count("Klart.") == 1


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
