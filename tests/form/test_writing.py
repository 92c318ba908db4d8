"""The forms: what a unit gets to fill in, whose it is, and the same every time."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.form.definition import (
    INPUT_ROWS,
    Form,
    common_form,
    goal_form,
    sheet_name,
    unit_form,
    whole_names,
)
from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.form.templates import form_files
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Goal
from tests.form.opened_forms import (
    DEPARTMENTS,
    FIRST,
    GOAL_SHEETS,
    HOMES_SHEET,
    SICKNESS_SHEET,
    TWO_DEPARTMENTS,
    YOUTH_SHEET,
    opened,
    visible,
)
from tests.small_rounds import (
    CARE,
    HOMES,
    SICKNESS,
    YOUTH,
    make_plan,
    own_form,
    per_goal_form,
    row,
    shared_form,
)
from tests.written_workbooks import anew

HEADERS = [
    "Aktivitet", "Enheter", "Startdatum", "Slutdatum", "Beskrivning", "Status", "Kommentar",
    "Kontroll", "Id",
]  # fmt: skip


def pairs(workbook: Workbook, sheet: str) -> dict[str, str]:
    """A hidden sheet's rows as key and value."""
    rows = workbook[sheet].iter_rows(max_col=2, values_only=True)
    return {str(key): str(value) for key, value in rows if key is not None and value is not None}


def choices(workbook: Workbook, name: str) -> list[object]:
    """What a defined name lists."""
    ((sheet, area),) = workbook.defined_names[name].destinations
    return [cell.value for line in workbook[sheet][area.replace("$", "")] for cell in line]


@dataclass(frozen=True)
class Rule:
    """A validation as a program that opens the form sees it."""

    type: str | None
    source: str | None
    refuses: bool
    prompts: bool


def rules(workbook: Workbook, sheet: str) -> dict[str, Rule]:
    """The validations of a sheet by the heading of their column."""
    page = workbook[sheet]
    found: dict[str, Rule] = {}
    for rule in page.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.min_col) == (FIRST, area.max_col)
        assert area.max_row - area.min_row + 1 >= 30
        heading = str(page.cell(FIRST - 1, area.min_col).value)
        prompts = bool(rule.showInputMessage and rule.prompt)
        found[heading] = Rule(rule.type, rule.formula1, bool(rule.showErrorMessage), prompts)
    return found


# Sheets, columns, hidden sheets


@pytest.mark.parametrize(
    "data",
    [
        own_form(make_plan(), "Hemtjänst", {}),
        shared_form(make_plan(), {}),
    ],
    ids=["unit", "common"],
)
def test_a_form_has_a_first_sheet_and_then_one_for_each_goal_by_number(data: bytes) -> None:
    workbook = opened(data)
    assert visible(workbook) == ["Läs mig", *GOAL_SHEETS]
    assert workbook.active is workbook["Läs mig"]
    assert {s.title for s in workbook if s.sheet_state == "hidden"} == {"_uppsikt", "_listor"}
    assert len(workbook.sheetnames) == 6


def test_a_per_goal_form_has_the_same_goal_sheet_as_a_units_own() -> None:
    workbook = opened(per_goal_form(make_plan(), YOUTH, ()))
    assert visible(workbook) == ["Läs mig", YOUTH_SHEET]
    own = opened(own_form(make_plan(), "Hemtjänst", {}))[YOUTH_SHEET]
    page = workbook[YOUTH_SHEET]
    assert [[cell.value for cell in line] for line in page["A1:I2"]] == [
        [cell.value for cell in line] for line in own["A1:I2"]
    ]
    assert [cell.value for cell in page[4]] == [cell.value for cell in own[4]]


@pytest.mark.parametrize("per", list(Per))
def test_every_goal_sheet_has_the_columns_of_the_design_in_order(per: Per) -> None:
    for _, form, data in form_files(TWO_DEPARTMENTS, per):
        workbook = opened(data)
        for goal in form.goals:
            sheet = workbook[sheet_name(goal)]
            assert sheet["A1"].value == goal.text
            assert [cell.value for cell in sheet[FIRST - 1]] == HEADERS
            assert sheet.column_dimensions["I"].hidden
            assert [c for c in "ABCDEFGH" if sheet.column_dimensions[c].hidden] == []
            assert sheet.freeze_panes == f"B{FIRST}"


def test_a_sheet_has_thirty_rows_to_fill_in_also_when_many_are_filled() -> None:
    rows = {1: [row(f"Aktivitet {number}") for number in range(50)]}
    workbook = opened(own_form(make_plan(), "Hemtjänst", rows))

    def blank(name: str) -> int:
        sheet = workbook[name]
        numbers = range(FIRST, sheet.max_row + 1)
        live = [n for n in numbers if str(sheet[f"H{n}"].value).startswith("=")]
        assert live == list(range(FIRST, FIRST + len(live)))
        return sum(1 for n in live if sheet[f"A{n}"].value is None)

    assert INPUT_ROWS >= 30
    assert [blank(name) >= 30 for name in (YOUTH_SHEET, HOMES_SHEET)] == [True, True]
    assert blank(SICKNESS_SHEET) >= 20


@pytest.mark.parametrize(
    ("form", "owner"),
    [
        (
            unit_form(TWO_DEPARTMENTS, TWO_DEPARTMENTS.units[2]),
            {"Slag": "enhet", "Enhet": "Biblioteket", "Verksamhet": "Kultur och fritid"},
        ),
        (
            common_form(TWO_DEPARTMENTS, DEPARTMENTS[0]),
            {"Slag": "gemensamt", "Verksamhet": CARE},
        ),
        (goal_form(HOMES), {"Slag": "mål"}),
    ],
    ids=["unit", "common", "goal"],
)
def test_the_hidden_sheet_says_in_plain_words_whose_form_it_is(
    form: Form, owner: dict[str, str]
) -> None:
    data = form_workbook(TWO_DEPARTMENTS, form)
    known = {"Omgång": "Ånge kommun 2024 T1", "Formulärversion": "1", **owner}
    sheets = {
        f"Mål på bladet: {name}": goal.text
        for name, goal in zip(GOAL_SHEETS, (SICKNESS, YOUTH, HOMES), strict=True)
        if goal in form.goals
    }
    units = [u.name for u in TWO_DEPARTMENTS.units_of(form.department)]
    wholes = whole_names([d for d in DEPARTMENTS if form.department in (None, d.name)])
    lists = {
        "Statusar i listan": "\n".join(status.name for status in TWO_DEPARTMENTS.statuses),
        "Enheter i listan": "\n".join([*units, *wholes]),
    }
    assert pairs(opened(data), "_uppsikt") == known | sheets | lists
    assert read_workbook_bytes(data).properties == {
        f"uppsikt {key}": value for key, value in known.items()
    }


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (
            unit_form(TWO_DEPARTMENTS, TWO_DEPARTMENTS.units[0]),
            "Formulär-id: Ånge kommun 2024 T1 / enhet / Hemtjänst",
        ),
        (
            common_form(TWO_DEPARTMENTS, DEPARTMENTS[1]),
            "Formulär-id: Ånge kommun 2024 T1 / gemensamt / Kultur och fritid",
        ),
        (goal_form(HOMES), f"Formulär-id: Ånge kommun 2024 T1 / mål / {HOMES.text}"),
    ],
    ids=["unit", "common", "goal"],
)
def test_the_form_id_can_be_seen_on_the_first_sheet(form: Form, shown: str) -> None:
    sheet = opened(form_workbook(TWO_DEPARTMENTS, form))["Läs mig"]
    cells = [str(cell.value) for line in sheet for cell in line if cell.value]
    assert [text for text in cells if text.startswith("Formulär-id")] == [shown]


def test_the_first_sheet_says_whose_form_it_is_the_deadline_and_how() -> None:
    sheet = opened(own_form(make_plan(), "Hemtjänst", {}))["Läs mig"]
    texts = [str(sheet[f"A{number}"].value or "") for number in range(1, 9)]
    assert texts[0] == "Hemtjänst"
    assert "Ånge kommun 2024 T1" in texts[1]
    assert texts[2] == "Lämna in senast 10 maj 2024"
    assert [text[:2] for text in texts[3:6]] == ["1.", "2.", "3."]
    assert "samordnare@exempel.se" in texts[6]


def test_each_goal_on_the_first_sheet_leads_to_its_own_sheet() -> None:
    goals = [
        Goal(1, "Målet med 'apostrofer' och #nummer", "A"),
        Goal(2, "50 % av [alla]: a/b?", "A"),
        Goal(3, "Kommunens ungdomar", "A"),
    ]
    plan = make_plan(goals=goals)
    workbook = opened(own_form(plan, "Hemtjänst", {}))
    sheet = workbook["Läs mig"]
    links = {
        str(cell.value): str(cell.hyperlink.location)
        for line in sheet
        for cell in line
        if cell.hyperlink
    }
    expected = {
        f"{goal.number}. {goal.text}": "'{}'!A5".format(sheet_name(goal).replace("'", "''"))
        for goal in goals
    }
    assert links == expected
    assert visible(workbook) == ["Läs mig", *map(sheet_name, goals)]


# Dropdowns and dates


def test_dropdowns_come_from_defined_names_and_units_are_never_refused() -> None:
    for name, _, data in form_files(TWO_DEPARTMENTS):
        workbook = opened(data)
        text = Rule(None, None, refuses=True, prompts=True)
        expected = {
            "Aktivitet": text,
            "Enheter": Rule("list", "lst_enheter", refuses=False, prompts=True),
            "Startdatum": Rule("date", "36526", refuses=True, prompts=True),
            "Slutdatum": Rule("date", "36526", refuses=True, prompts=True),
            "Beskrivning": text,
            "Status": Rule("list", "lst_statusar", refuses=True, prompts=True),
            "Kommentar": text,
        }
        assert {sheet: rules(workbook, sheet) for sheet in GOAL_SHEETS} == dict.fromkeys(
            GOAL_SHEETS, expected
        ), name


def test_dates_are_asked_for_between_two_limits() -> None:
    sheet = opened(own_form(make_plan(), "Hemtjänst", {}))[YOUTH_SHEET]
    limits = [
        (rule.operator or "between", rule.formula1, rule.formula2)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "date"
    ]
    serials = [str((d - date(1899, 12, 30)).days) for d in (date(2000, 1, 1), date(2100, 12, 31))]
    assert limits == [("between", *serials)] * 2


@pytest.mark.parametrize(
    ("form", "units"),
    [
        (
            unit_form(TWO_DEPARTMENTS, TWO_DEPARTMENTS.units[0]),
            ["Hemtjänst", "Bemanning", "Hela verksamheten"],
        ),
        (common_form(TWO_DEPARTMENTS, DEPARTMENTS[1]), ["Biblioteket", "Hela verksamheten"]),
        (
            goal_form(YOUTH),
            [
                "Hemtjänst",
                "Bemanning",
                "Biblioteket",
                f"Hela verksamheten {CARE}",
                "Hela verksamheten Kultur och fritid",
            ],
        ),
    ],
    ids=["unit", "common", "goal"],
)
def test_the_lists_hold_the_statuses_and_the_units_in_question(
    form: Form, units: list[str]
) -> None:
    workbook = opened(form_workbook(TWO_DEPARTMENTS, form))
    assert choices(workbook, "lst_statusar") == [
        "Ej påbörjad",
        "Pågående enligt plan",
        "Pågående med avvikelse",
        "Avslutad enligt plan",
        "Avslutad med avvikelse",
    ]
    assert choices(workbook, "lst_enheter") == units


# The same input, the same bytes


def everything() -> bytes:
    """All the forms of a round, one after the other."""
    rows = {1: [row()], 2: [row("Två", status="?")]}
    parts = [data for per in Per for _, _, data in form_files(TWO_DEPARTMENTS, per)]
    return b"".join([*parts, own_form(TWO_DEPARTMENTS, "Hemtjänst", rows)])


def test_the_same_input_gives_the_same_bytes_in_another_process_zone_and_language() -> None:
    script = (
        "import hashlib; from tests.form.test_writing import everything;"
        "print(hashlib.sha256(everything()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    environment = {
        **os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo",
        "LC_ALL": "C", "PYTHONUTF8": "1",
    }  # fmt: skip
    elsewhere = subprocess.run(  # noqa: S603  this very Python
        [sys.executable, "-c", script], env=environment, cwd=root, check=True, capture_output=True
    )
    with anew():
        assert elsewhere.stdout.decode().strip() == hashlib.sha256(everything()).hexdigest()


def test_nothing_in_a_form_tells_when_it_was_made() -> None:
    data = own_form(make_plan(), "Hemtjänst", {})
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(datetime.now(tz=UTC).year) not in parts.read("docProps/core.xml").decode()
