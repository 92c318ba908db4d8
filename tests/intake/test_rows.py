"""Rows read into activities: every fault at its cell, and what still stands after it."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Activity, Department, Field, Plan, Unit
from excel_uppsikt.rounds.results import CheckedRound
from tests.small_rounds import (
    CARE,
    YOUTH,
    check,
    make_plan,
    own_form,
    per_goal_form,
    places,
    row,
    shared_form,
)

SHEET = sheet_name(YOUTH)
FIRST_ROW = 5
PLAN = make_plan(goals=(YOUTH,))
SCHOOL = "Skola"
TWO_DEPARTMENTS = make_plan(
    goals=(YOUTH,),
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", "Bemanning", Unit("Förskolan", SCHOOL)),
)
DEVIATION = "Pågående med avvikelse"

Reader = Callable[[Path, Sequence[FormRow]], CheckedRound]
Cells = Mapping[str, object]
# A row's cells that differ from a good one, and the findings as (code, column).
Table = Sequence[tuple[Cells, Sequence[tuple[str, str]]]]


def own(folder: Path, rows: Sequence[FormRow], plan: Plan = PLAN) -> CheckedRound:
    """What is made of Hemtjänst's form with these rows."""
    return check(folder, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: rows})})


def per_goal(folder: Path, rows: Sequence[FormRow], plan: Plan = PLAN) -> CheckedRound:
    """What is made of a form for all units with these rows."""
    return check(folder, plan, {"Mål 2.xlsx": per_goal_form(plan, YOUTH, rows)})


def common(folder: Path, rows: Sequence[FormRow], plan: Plan = PLAN) -> CheckedRound:
    """What is made of a Gemensamt with these rows."""
    return check(folder, plan, {"Gemensamt.xlsx": shared_form(plan, {2: rows})})


def changed_cells(data: bytes, cells: Mapping[str, object]) -> bytes:
    """The form after another program has put values in these cells."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    for name, value in cells.items():
        sheet[name] = value  # type: ignore[assignment]  # any value may be there, as in real life
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def changed(folder: Path, cells: Mapping[str, object], rows: Sequence[FormRow]) -> CheckedRound:
    """What is made of Hemtjänst's form with these rows and then these cells."""
    data = changed_cells(own_form(PLAN, "Hemtjänst", {2: rows}), cells)
    return check(folder, PLAN, {"Hemtjänst.xlsx": data})


def faults(checked: CheckedRound) -> list[tuple[str, str]]:
    """The findings of the one sheet as (code, cell), without the unit rule's."""
    found = places(checked.findings, but="U")
    assert {sheet for _, _, sheet, _ in found} <= {SHEET}
    return [(code, cell) for code, _, _, cell in found]


def numbered(table: Table) -> tuple[list[FormRow], list[tuple[str, str]]]:
    """The table's rows, each with a title of its own, and the findings with their cells."""
    rows = [
        row(**{"title": f"Nr {at} {'abcdefghij'[at % 10] * 9}", **c})
        for at, (c, _) in enumerate(table)
    ]
    found = [
        (code, f"{column}{at}")
        for at, (_, expected) in enumerate(table, FIRST_ROW)
        for code, column in expected
    ]
    return rows, found


def by_row(checked: CheckedRound) -> list[Activity]:
    """The activities in the order of the rows they stand in."""
    return sorted(checked.activities, key=lambda activity: activity.sources[0].row or 0)


# --- What is missing --------------------------------------------------------------------------------


def test_required_fields_that_are_missing(tmp_path: Path) -> None:
    """R301 at each empty cell of title, start, end and status; the others may be empty."""
    table: Table = [
        ({}, []),
        ({"title": ""}, [("R301", "A")]),
        ({"title": "---"}, [("R301", "A")]),
        ({"title": "…"}, [("R301", "A")]),
        ({"title": " . . – "}, [("R301", "A")]),
        ({"start": None}, [("R301", "C")]),
        ({"end": None}, [("R301", "D")]),
        ({"status": ""}, [("R301", "F")]),
        ({"status": " \n"}, [("R301", "F")]),
        ({"description": "", "comment": "", "units": ""}, []),
        ({"start": None, "end": None, "status": ""}, [("R301", "C"), ("R301", "D"), ("R301", "F")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [bool(a.values.title) for a in by_row(checked)] == [True, *[False] * 4, *[True] * 6]


def test_a_comment_where_the_status_requires_one(tmp_path: Path) -> None:
    """R307 when it is empty or only dashes or dots; other statuses ask for none."""
    table: Table = [
        ({"status": DEVIATION}, []),
        ({"status": DEVIATION, "comment": ""}, [("R307", "G")]),
        ({"status": DEVIATION, "comment": "–"}, [("R307", "G")]),
        ({"status": DEVIATION, "comment": "..."}, [("R307", "G")]),
        ({"comment": ""}, []),
        ({"comment": "-"}, []),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [a.values.comment for a in by_row(checked)] == ["Arbetet pågår.", "", "", "", "", ""]


def test_a_row_with_only_a_description_is_a_row_of_its_own(tmp_path: Path) -> None:
    """It is not joined to the activity above it, and stands in the account."""
    checked = own(
        tmp_path,
        [row("Läxhjälp"), FormRow(cells={Field.DESCRIPTION: "Fortsättning på texten ovan."})],
    )
    assert faults(checked) == [("R301", "A6"), ("R301", "C6"), ("R301", "D6"), ("R301", "F6")]
    first, second = by_row(checked)
    assert (first.values.title, first.values.description) == ("Läxhjälp", "Ger bättre kvalitet.")
    assert (
        second.values.title,
        second.values.units,
        second.values.start,
        second.values.end,
        second.values.status,
    ) == (
        "",
        ("Hemtjänst",),
        None,
        None,
        None,
    )
    assert second.values.description == "Fortsättning på texten ovan."


def test_white_space_formatting_and_kontroll_are_no_row(tmp_path: Path) -> None:
    """Nor is text of invisible characters alone, or what stands as an Id; a row after them counts."""
    book = openpyxl.load_workbook(io.BytesIO(own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    sheet["A6"], sheet["E6"], sheet["G6"] = "  ", "\u00a0\n", "\u200b\u00ad"
    sheet["A7"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["H8"], sheet["I9"] = "✔ Klar", "2-abcde"
    sheet["A11"] = "Teater"
    data = io.BytesIO()
    book.save(data)
    checked = check(tmp_path, PLAN, {"Hemtjänst.xlsx": data.getvalue()})
    missing = [("R301", "C11"), ("R301", "D11"), ("R301", "F11")]
    assert faults(checked) == [("F207", "I9"), *missing]
    assert [(a.values.title, a.sources[0].row) for a in by_row(checked)] == [
        ("Läxhjälp", 5),
        ("Teater", 11),
    ]


# --- Dates ------------------------------------------------------------------------------------------

EXACT = (
    date(2024, 3, 1),
    datetime(2024, 3, 1, 13, 45),  # noqa: DTZ001  a cell has no zone
    45352,
    45352.75,
    "2024-03-01",
    "2024-3-1",
    "2024.03.01",
    "2024/03/01",
    "20240301",
    20240301,
    "240301",
    "1/3 2024",
    "1.3.2024",
    "1 mars 2024",
    "1 mar -24",
    " 2024–03–01 ",
)


def test_every_way_to_write_a_day_is_that_day(tmp_path: Path) -> None:
    rows = [
        row(f"Nr {at}", start=value, end=value, status="Avslutad enligt plan")
        for at, value in enumerate(EXACT)
    ]
    checked = own(tmp_path, rows)
    assert faults(checked) == []
    assert [(a.values.start, a.values.end) for a in by_row(checked)] == [
        (date(2024, 3, 1),) * 2
    ] * len(EXACT)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("mars 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("v. 12", date(2024, 3, 18), date(2024, 3, 24)),
        ("T1", date(2024, 1, 1), date(2024, 4, 30)),
        ("1 mars", date(2024, 3, 1), date(2024, 3, 1)),
    ],
)
def test_an_inexact_date_is_its_first_day_as_start_and_its_last_as_end(
    written: str, first: date, last: date, tmp_path: Path
) -> None:
    """In the round's year, and R312 says what it was read as."""
    rows = [row("Läxhjälp", start=written, end=written, status="Avslutad enligt plan")]
    checked = own(tmp_path, rows)
    assert faults(checked) == [("R312", "C5"), ("R312", "D5")]
    assert [f.value for f in checked.findings if f.code == "R312"] == [written] * 2
    assert [(a.values.start, a.values.end) for a in checked.activities] == [(first, last)]


def test_dates_that_cannot_be_read_or_stand_in_order(tmp_path: Path) -> None:
    """R302, R303 and R304 by cell; what cannot be read gives nothing more."""
    late = date(2024, 9, 30)
    table: Table = [
        ({"start": "snart"}, [("R302", "C")]),
        ({"end": "2024-02-30"}, [("R302", "D")]),
        ({"end": "31 april 2024"}, [("R302", "D")]),
        ({"start": "03/04/2024"}, [("R302", "C")]),
        ({"end": "7"}, [("R302", "D")]),
        ({"start": "våren", "end": "hösten"}, [("R302", "C"), ("R302", "D")]),
        # Were the start date readable, the end would lie before it.
        ({"start": "den 35 maj 2024", "end": date(2024, 5, 1)}, [("R302", "C")]),
        ({"start": late, "end": date(2024, 9, 29), "status": "Ej påbörjad"}, [("R303", "D")]),
        ({"start": late, "end": late, "status": "Ej påbörjad"}, []),
        ({"end": date(2042, 9, 30)}, [("R304", "D")]),
        ({"start": date(2023, 12, 31)}, [("R304", "C")]),
        ({"start": date(2024, 1, 1), "end": date(2024, 12, 31)}, []),
        ({"start": date(2023, 5, 1), "end": date(2025, 1, 1)}, [("R304", "C"), ("R304", "D")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [(a.values.start is None, a.values.end is None) for a in by_row(checked)[:7]] == [
        (True, False),
        (False, True),
        (False, True),
        (True, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_a_date_with_two_readings_is_told_with_both(tmp_path: Path) -> None:
    checked = own(tmp_path, [row(start="03/04/2024")])
    (found,) = [f for f in checked.findings if f.code == "R302"]
    assert found.value == "03/04/2024"
    assert "2024-04-03" in found.message
    assert "2024-03-04" in found.message


# --- Statuses ---------------------------------------------------------------------------------------


def test_statuses_are_read_by_what_they_say(tmp_path: Path) -> None:
    """Case and spaces do not matter; one near miss is taken; else it is unknown and missing."""
    table: Table = [
        ({"status": "PÅGÅENDE  ENLIGT\nPLAN"}, []),
        ({"status": "Pågående\u00a0enligt\u200b plan "}, []),
        ({"status": "Pågåene enligt plan"}, [("R311", "F")]),
        ({"status": "Klart nog"}, [("R305", "F")]),
        ({"status": "Pågående"}, [("R305", "F")]),
        ({"status": "Påbörjad"}, [("R305", "F")]),
        # Nothing follows from a status that nobody knows.
        ({"status": "Avvikelse", "comment": ""}, [("R305", "F")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    known = "Pågående enligt plan"
    names = [a.values.status.name if a.values.status else None for a in by_row(checked)]
    assert names == [known, known, known, None, None, None, None]


def test_an_unknown_status_is_asked_about_where_several_are_near(tmp_path: Path) -> None:
    checked = own(tmp_path, [row(status="Pågående")])
    (found,) = [f for f in checked.findings if f.code == "R305"]
    assert found.value == "Pågående"
    assert "Menar du ”Pågående enligt plan” eller ”Pågående med avvikelse”?" in found.message


# --- Units ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "Hemtjänst; Bemanning",
        "Bemanning;Hemtjänst;",
        "Hemtjänst, Bemanning",
        "Hemtjänst\nBemanning",
        "Hemtjänst och Bemanning",
        "Hemtjänst & Bemanning",
        "Hemtjänst/Bemanning",
        "  HEMTJÄNST ;\u00a0bemanning\n",
        "Hemtjänst; Bemanning; Hemtjänst",
    ],
)
def test_units_are_told_apart_however_they_are_separated(written: str, tmp_path: Path) -> None:
    """In the plan's order, each once."""
    checked = per_goal(tmp_path, [row(units=written)])
    assert faults(checked) == []
    assert [a.values.units for a in checked.activities] == [("Hemtjänst", "Bemanning")]


def test_unit_names_may_hold_separators_and_one_another(tmp_path: Path) -> None:
    """The longest is found first, so that a name inside another is not taken for a unit."""
    names = ("Boende", "Särskilt boende", "Kultur, fritid och bibliotek", "Vård & omsorg", "Kultur")
    plan = make_plan(goals=(YOUTH,), units=names)
    written = {
        "Särskilt boende": ("Särskilt boende",),
        "Boende, Särskilt boende": ("Boende", "Särskilt boende"),
        "Kultur, fritid och bibliotek": ("Kultur, fritid och bibliotek",),
        "Vård & omsorg och Kultur": ("Vård & omsorg", "Kultur"),
        "kultur; Kultur, fritid och bibliotek/boende": (
            "Boende",
            "Kultur, fritid och bibliotek",
            "Kultur",
        ),
    }
    rows = [row(f"Nr {at}", units=units) for at, units in enumerate(written)]
    checked = per_goal(tmp_path, rows, plan)
    assert faults(checked) == []
    assert [a.values.units for a in by_row(checked)] == list(written.values())


def test_units_that_are_misspelt_or_unknown(tmp_path: Path) -> None:
    """One near miss is taken (R311); each unknown is told by itself (R306), the known still stand."""
    table: Table = [
        ({"units": "Hemtjänt"}, [("R311", "B")]),
        ({"units": "Bemanning; Hemtjänt"}, [("R311", "B")]),
        ({"units": "Hamnkontoret"}, [("R306", "B")]),
        ({"units": "Bemanning; Hamnkontoret"}, [("R306", "B")]),
        ({"units": "Simhallen, Bemanning och Hamnkontoret"}, [("R306", "B"), ("R306", "B")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [a.values.units for a in by_row(checked)] == [
        ("Hemtjänst",),
        ("Hemtjänst", "Bemanning"),
        # All unknown: the form's own unit.
        ("Hemtjänst",),
        ("Bemanning",),
        ("Bemanning",),
    ]
    values = [f.value for f in checked.findings if f.code in ("R306", "R311")]
    assert values == [
        "Hemtjänt",
        "Hemtjänt",
        "Hamnkontoret",
        "Hamnkontoret",
        "Hamnkontoret",
        "Simhallen",
    ]
    assert not any(a.values.whole for a in checked.activities)


def test_another_departments_unit_is_unknown_in_a_units_own_form(tmp_path: Path) -> None:
    """R306 says where it belongs."""
    rows = [row("A", units="Förskolan"), row("B", units="Bemanning; Förskolan")]
    checked = own(tmp_path, rows, TWO_DEPARTMENTS)
    assert faults(checked) == [("R306", "B5"), ("R306", "B6")]
    found = [f.message for f in checked.findings if f.code == "R306"]
    assert all("Enheten ”Förskolan” hör till Skola." in message for message in found)
    assert [(a.department, a.values.units) for a in by_row(checked)] == [
        (CARE, ("Hemtjänst",)),
        (CARE, ("Bemanning",)),
    ]


def test_an_empty_enheter_means_what_the_form_says(tmp_path: Path) -> None:
    """The unit itself in its own form, the whole department in Gemensamt, nobody in a per-goal form."""
    mine = own(tmp_path / "egen", [row()])
    ours = common(tmp_path / "gemensamt", [row()])
    whose = per_goal(tmp_path / "mål", [row()])
    assert [faults(checked) for checked in (mine, ours, whose)] == [[], [], [("R301", "B5")]]
    assert [
        (a.values.units, a.values.whole) for c in (mine, ours, whose) for a in c.activities
    ] == [
        (("Hemtjänst",), False),
        ((), True),
        ((), False),
    ]


def test_unknown_units_in_gemensamt_are_not_the_whole_department(tmp_path: Path) -> None:
    checked = common(tmp_path, [row("A", units="Hamnkontoret"), row("B", units="Bemanning")])
    assert faults(checked) == [("R306", "B5")]
    assert [(a.values.units, a.values.whole) for a in by_row(checked)] == [
        ((), False),
        (("Bemanning",), False),
    ]


@pytest.mark.parametrize("form", [own, common, per_goal])
def test_the_whole_department_may_be_written_everywhere(form: Reader, tmp_path: Path) -> None:
    """Alone, in any case, nearly right, or with a unit beside it, which is then its own too."""
    rows = [
        row("A", units="Hela verksamheten"),
        row("B", units="HELA  verksamheten"),
        row("C", units="Hela verksamhten"),
        row("D", units="Hela verksamheten; Bemanning"),
    ]
    checked = form(tmp_path, rows)
    assert faults(checked) == [("R311", "B7")]
    assert [(a.department, a.values.units, a.values.whole) for a in by_row(checked)] == [
        (CARE, (), True),
        (CARE, (), True),
        (CARE, (), True),
        (CARE, ("Bemanning",), True),
    ]


def test_the_whole_department_must_say_which_where_there_are_several(tmp_path: Path) -> None:
    """In a per-goal form for two departments the bare words are R306, and the row is nobody's."""
    rows = [row("A", units="Hela verksamheten"), row("B", units="Hela verksamheten Skola")]
    checked = per_goal(tmp_path, rows, TWO_DEPARTMENTS)
    assert faults(checked) == [("R306", "B5")]
    assert [(a.department, a.values.units, a.values.whole) for a in by_row(checked)] == [
        (None, (), False),
        (SCHOOL, (), True),
    ]


def test_a_row_of_two_departments_is_one_activity_in_each(tmp_path: Path) -> None:
    """Each with its own units and from the same row, so that both reports tell it."""
    rows = [row("Läxhjälp", units="Förskolan; Bemanning"), row("Teater", units="Hemtjänst")]
    checked = per_goal(tmp_path, rows, TWO_DEPARTMENTS)
    assert faults(checked) == []
    assert [
        (a.department, a.values.title, a.values.units, a.sources[0].row) for a in checked.activities
    ] == [
        (CARE, "Läxhjälp", ("Bemanning",), 5),
        (CARE, "Teater", ("Hemtjänst",), 6),
        (SCHOOL, "Läxhjälp", ("Förskolan",), 5),
    ]


# --- Cells without a value --------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["#REF!", "#DIV/0!", "=1+1"])
@pytest.mark.parametrize("column", "ABCDEFG")
def test_an_error_or_unsaved_formula_is_r310_and_nothing_else(
    column: str, content: str, tmp_path: Path
) -> None:
    """The field is missing, the row still stands, and no fault follows from it."""
    cell = f"{column}5"
    checked = changed(tmp_path, {cell: content}, [row("Läxhjälp", status=DEVIATION)])
    assert faults(checked) == [("R310", cell)]
    (activity,) = checked.activities
    got = {
        "A": activity.values.title,
        "C": activity.values.start,
        "D": activity.values.end,
        "E": activity.values.description,
        "F": activity.values.status and activity.values.status.name,
        "G": activity.values.comment,
    }
    whole = {
        "A": "Läxhjälp",
        "C": date(2024, 1, 15),
        "D": date(2024, 9, 30),
        "E": "Ger bättre kvalitet.",
        "F": DEVIATION,
        "G": "Arbetet pågår.",
    }
    lost = {"C": None, "D": None, "F": None}.get(column, "")
    assert got == whole | ({column: lost} if column in whole else {})
    assert activity.values.units == ("Hemtjänst",)


@pytest.mark.parametrize(
    "data",
    [per_goal_form(PLAN, YOUTH, [row("Läxhjälp")]), shared_form(PLAN, {2: [row("Läxhjälp")]})],
    ids=["per goal", "Gemensamt"],
)
def test_an_error_in_enheter_is_neither_empty_nor_the_whole_department(
    data: bytes, tmp_path: Path
) -> None:
    """Which units were meant nobody can tell, so the row is nobody's."""
    checked = check(tmp_path, PLAN, {"Fil.xlsx": changed_cells(data, {"B5": "#REF!"})})
    assert faults(checked) == [("R310", "B5")]
    assert [(a.values.units, a.values.whole) for a in checked.activities] == [((), False)]


def test_forbidden_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    """R309 once for the cell; ordinary invisible ones are no cause for a word."""
    cells = {"G5": "Klart_x0007_ nu.", "E5": "Bättre\u00ad kvali\u200btet."}
    checked = changed(tmp_path, cells, [row("Läxhjälp")])
    assert faults(checked) == [("R309", "G5")]
    assert [(a.values.description, a.values.comment) for a in checked.activities] == [
        ("Bättre kvalitet.", "Klart nu.")
    ]


# --- What stands ------------------------------------------------------------------------------------


def test_what_could_not_be_read_is_missing_and_the_rest_stands(tmp_path: Path) -> None:
    """Every finding quotes what was written; the activity keeps all that was understood."""
    bad = row("Läxhjälp", units="Hamnkontoret", start="snart", end="2024-02-31", status="Jodå")
    checked = own(tmp_path, [bad])
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert [(f.code, f.cell, f.value) for f in found] == [
        ("R306", "B5", "Hamnkontoret"),
        ("R302", "C5", "snart"),
        ("R302", "D5", "2024-02-31"),
        ("R305", "F5", "Jodå"),
    ]
    (activity,) = checked.activities
    assert (activity.goal, activity.values.title, activity.values.units, activity.values.whole) == (
        YOUTH,
        "Läxhjälp",
        ("Hemtjänst",),
        False,
    )
    assert (activity.values.start, activity.values.end, activity.values.status) == (
        None,
        None,
        None,
    )
    assert (activity.values.description, activity.values.comment) == (
        "Ger bättre kvalitet.",
        "Arbetet pågår.",
    )


def test_values_of_any_type_are_texts_where_texts_belong(tmp_path: Path) -> None:
    """A number or a day in a text column is written the way its owner would."""
    cells = {"A5": 112, "E5": 2.5, "G5": date(2024, 3, 1)}
    checked = changed(tmp_path, cells, [row()])
    assert faults(checked) == []
    assert [
        (a.values.title, a.values.description, a.values.comment) for a in checked.activities
    ] == [("112", "2,5", "2024-03-01")]


def test_a_long_heading_is_quoted_in_part(tmp_path: Path) -> None:
    """It would else stand whole in each of thousands of findings."""
    data = own_form(PLAN, "Hemtjänst", {2: [row("Aktivitet")]})
    cells = {f"T{FIRST_ROW - 1}": "Rubrik " * 100, f"T{FIRST_ROW}": "x"}
    checked = check(tmp_path, PLAN, {"Hemtjänst.xlsx": changed_cells(data, cells)})
    (finding,) = (f for f in checked.findings if f.code == "F207" and f.value == "x")
    assert "i kolumnen ”Rubrik Rubrik" in finding.message
    assert len(finding.message) < 400


def test_rows_are_counted_for_each_department(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(f"Aktivitet {n}", units="Förskolan; Bemanning") for n in (1, 2)]
    for most, codes in ((4, []), (3, ["F201"])):
        monkeypatch.setattr(limits, "MAX_ENTRIES", most)
        checked = per_goal(tmp_path, rows, TWO_DEPARTMENTS)
        assert [f.code for f in checked.findings if f.file and f.code[0] == "F"] == codes
    assert "räknade en gång för varje verksamhet" in checked.findings[0].message
