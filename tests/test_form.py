"""The forms: what a unit gets to fill in, safe, the same every time, and telling the truth."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.form import (
    INPUT_ROWS,
    Form,
    FormRow,
    common_form,
    file_name,
    goal_form,
    safe_file_name,
    sheet_name,
    unit_form,
)
from excel_uppsikt.form_check import check_formula, check_text
from excel_uppsikt.form_writing import LETTERS, form_workbook
from excel_uppsikt.model import Department, FormKind, Goal, Plan, Unit
from excel_uppsikt.office.reading import read_workbook_bytes
from excel_uppsikt.templates import Per, form_files
from tests.rounds import (
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

HEADERS = [
    "Aktivitet", "Enheter", "Startdatum", "Slutdatum", "Beskrivning", "Status", "Kommentar",
    "Kontroll", "Id",
]  # fmt: skip
FIRST = 5  # the first row to fill in, below the headings in row 4
SICKNESS_SHEET = "1 Sjukfrånvaron ska minska"
YOUTH_SHEET = "2 Kommunens ungdomar ska känna"
HOMES_SHEET = "3 Ånge ska ha ett positivt"
GOAL_SHEETS = [SICKNESS_SHEET, YOUTH_SHEET, HOMES_SHEET]

DEPARTMENTS = (Department(CARE), Department("Kultur och fritid"))
TWO_DEPARTMENTS = make_plan(
    departments=DEPARTMENTS,
    units=("Hemtjänst", "Bemanning", Unit("Biblioteket", "Kultur och fritid")),
)

# Everything of Excel 2007 that a form could have use for; later functions are not recalculated there.
EXCEL_2007 = frozenset(
    {
        "AND", "CLEAN", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "DATE", "EXACT", "FIND", "IF",
        "IFERROR", "INDEX", "INT", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOOKUP",
        "LOWER", "MATCH", "MAX", "MID", "MIN", "NOT", "OR", "REPLACE", "REPT", "RIGHT", "ROW", "ROWS",
        "SEARCH", "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TEXT", "TRIM",
        "UPPER", "VALUE", "VLOOKUP",
    }
)  # fmt: skip


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def visible(workbook: Workbook) -> list[str]:
    return [sheet.title for sheet in workbook if sheet.sheet_state == "visible"]


def kontroll(data: bytes, sheet: str, count: int) -> list[str]:
    """The values that stand in the first cells of Kontroll."""
    page = opened(data, values=True)[sheet]
    return [str(page[f"H{number}"].value or "") for number in range(FIRST, FIRST + count)]


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
    assert pairs(opened(data), "_uppsikt") == known | sheets
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


# File names


def test_files_are_named_by_unit_common_department_and_goal() -> None:
    assert [name for name, _, _ in form_files(TWO_DEPARTMENTS)] == [
        "Hemtjänst.xlsx",
        "Bemanning.xlsx",
        "Biblioteket.xlsx",
        "Gemensamt Social verksamhet.xlsx",
        "Gemensamt Kultur och fritid.xlsx",
    ]
    assert [name for name, _, _ in form_files(TWO_DEPARTMENTS, Per.GOAL)] == [
        "Mål 1 Sjukfrånvaron ska minska.xlsx",
        "Mål 2 Kommunens ungdomar ska känna ökad trygghet.xlsx",
        "Mål 3 Ånge ska ha ett positivt flyttnetto.xlsx",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kommunal hälso- och sjukvård", "Kommunal hälso- och sjukvård"),
        ('A<b>c:d"e/f\\g|h?i*j', "A b c d e f g h i j"),
        ("  Skola \n och\tvård ", "Skola och vård"),
        ("../../etc/passwd", "etc passwd"),
        ("..", "_"),
        ("", "_"),
        ("Hemtjänst.", "Hemtjänst"),
        ("Ha\u0308gern", "Hägern"),
        ("Noll\x00tecken\x07", "Nolltecken"),
        ("CON", "_CON"),
        ("nul", "_nul"),
        ("Lpt1", "_Lpt1"),
        ("aux.nord", "_aux.nord"),
        ("Konsult", "Konsult"),
        ("Contact", "Contact"),
        ("COM10", "COM10"),
        ("o" * 200, "o" * 80),
        (f"{'o' * 50} {'p' * 50}", "o" * 50),
        (f"{'o' * 40} {'p' * 39} slut", f"{'o' * 40} {'p' * 39}"),
    ],
)
def test_a_name_is_one_that_every_file_system_takes(text: str, name: str) -> None:
    made = safe_file_name(text)
    assert made == name
    assert len(made) <= 80
    assert len(f"{made} (99).xlsx".encode()) <= 255


def test_long_goals_are_cut_between_words() -> None:
    goal = Goal(4, "I kommunen ska " + "erbjudas fler utbildningar " * 20, "Område")
    name = file_name(goal_form(goal))
    assert len(name.removesuffix(".xlsx")) <= 80
    assert name == (
        "Mål 4 I kommunen ska erbjudas fler utbildningar erbjudas fler utbildningar.xlsx"
    )


def test_names_that_collide_are_numbered_and_none_is_lost() -> None:
    units = ("Skola A/B", "Skola A:B", "skola a b", "Skola A B (2)", f"Gemensamt {CARE}", "CON")
    plan = make_plan(units=units)
    files = list(form_files(plan))
    names = [name for name, _, _ in files]
    assert names == [
        "Skola A B.xlsx",
        "Skola A B (2).xlsx",
        "skola a b (3).xlsx",
        "Skola A B (2) (2).xlsx",
        "Gemensamt Social verksamhet.xlsx",
        "_CON.xlsx",
        "Gemensamt Social verksamhet (2).xlsx",
    ]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
    assert [form.owner for _, form, _ in files] == [*units, f"Gemensamt {CARE}"]


# Sheet names

LONG = "Skapa ett ökat utbud av aktiviteter för alla, genom avtalssamverkan med föreningslivet"
ODD_GOALS = (
    *(Goal(number, f"{LONG} del {number}", "Område") for number in (1, 11, 111, 2, 22)),
    Goal(3, LONG.upper(), "Område"),
    Goal(33, LONG, "Område"),
    Goal(4, "[Mål]: a*b?/\\c", "Område"),
    Goal(5, "'citat'", "Område"),
    Goal(6, "Ett mål på 31 tecken och en '''' apostrof", "Område"),
    Goal(7, "😀" * 40, "Område"),
    Goal(8, "a" + "😀" * 40, "Område"),
    Goal(9, "...", "Område"),
    Goal(10, "rad ett\nrad två", "Område"),
    Goal(1234, "0 History", "Område"),
    Goal(0, "Läs mig", "Område"),
    Goal(12, "_x000D_ och _x0041_x0042_", "Område"),
)


def test_sheet_names_are_legal_and_unique_whatever_the_goals_are_called() -> None:
    names = [sheet_name(goal) for goal in ODD_GOALS]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]|_x[0-9A-Fa-f]{4}_", name)
        assert name.strip("' ") == name
        assert name.casefold() not in {"history", "läs mig", "_uppsikt", "_listor"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort mål.", "2 Kort mål"),
        ("Kommunens ungdomar ska känna ökad trygghet.", "2 Kommunens ungdomar ska känna"),
        ("Precis tjugonio tecken, här!!", "2 Precis tjugonio tecken, här!!"),
        ("Fler utbildningsplatser, sysselsättning och mer", "2 Fler utbildningsplatser"),
        ("Eftergymnasialutbildningsplatserna ska öka", "2 Eftergymnasialutbildningsplat"),
    ],
)
def test_a_long_goal_is_cut_at_a_words_end_in_its_sheets_name(text: str, expected: str) -> None:
    """Where there is a word's end to cut at."""
    assert sheet_name(Goal(2, text, "Område")) == expected


def test_a_form_is_made_whatever_the_goals_are_called() -> None:
    plan = make_plan(goals=ODD_GOALS)
    data = own_form(plan, "Hemtjänst", {goal.number: [row()] for goal in ODD_GOALS})
    workbook = opened(data)
    assert visible(workbook) == ["Läs mig", *map(sheet_name, plan.goals_by_number)]
    for goal in ODD_GOALS:
        assert workbook[sheet_name(goal)]["A1"].value == goal.text
        assert kontroll(data, sheet_name(goal), 1) == ["✔ Klar"]


def test_twenty_goals_make_twenty_sheets_and_as_many_forms() -> None:
    goals = [Goal(21 - number, f"{LONG} {number}", "Område") for number in range(1, 21)]
    plan = make_plan(goals=goals)
    workbook = opened(own_form(plan, "Hemtjänst", {}))
    assert visible(workbook) == ["Läs mig", *map(sheet_name, reversed(goals))]
    assert [str(number) for number in range(1, 21)] == [
        name.split()[0] for name in visible(workbook)[2 - 1 :]
    ]
    assert len({name for name, _, _ in form_files(plan, Per.GOAL)}) == 20


def test_a_form_is_made_however_long_the_names_are() -> None:
    plan = make_plan(
        units=("Å&" * 300,),
        goals=[Goal(1, "Mål " * 2_000, "Område " * 200, 1)],
        departments=(Department("V" * 400),),
        municipality="K" * 300,
        sender="S" * 400,
    )
    for _, form, data in (*form_files(plan), *form_files(plan, Per.GOAL)):
        sheet = opened(data)[sheet_name(form.goals[0])]
        assert sheet["A1"].value == plan.goals[0].text


# The same input, the same bytes


def everything() -> bytes:
    """All the forms of a round, one after the other."""
    rows = {1: [row()], 2: [row("Två", status="?")]}
    parts = [data for per in Per for _, _, data in form_files(TWO_DEPARTMENTS, per)]
    return b"".join([*parts, own_form(TWO_DEPARTMENTS, "Hemtjänst", rows)])


def test_the_same_input_gives_the_same_bytes_in_another_process_zone_and_language() -> None:
    script = (
        "import hashlib; from tests.test_form import everything;"
        "print(hashlib.sha256(everything()).hexdigest())"
    )
    root = Path(__file__).parent.parent
    environment = {
        **os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo",
        "LC_ALL": "C", "PYTHONUTF8": "1",
    }  # fmt: skip
    elsewhere = subprocess.run(  # noqa: S603  this very Python
        [sys.executable, "-c", script], env=environment, cwd=root, check=True, capture_output=True
    )
    assert elsewhere.stdout.decode().strip() == hashlib.sha256(everything()).hexdigest()


def test_nothing_in_a_form_tells_when_it_was_made() -> None:
    data = own_form(make_plan(), "Hemtjänst", {})
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(datetime.now(tz=UTC).year) not in parts.read("docProps/core.xml").decode()


# Formulas, and text that would like to be one


def formulas(workbook: Workbook) -> dict[tuple[str, str], str]:
    """Every formula by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in workbook
        for line in sheet
        for cell in line
        if cell.data_type == "f"
    }


def test_formulas_keep_to_functions_of_excel_2007() -> None:
    used: set[str] = set()
    for per in Per:
        for _, _, data in form_files(make_plan(goals=ODD_GOALS), per):
            for text in formulas(opened(data)).values():
                plain = re.sub(r"\"[^\"]*\"|'(?:[^']|'')*'", "", text)
                used |= set(re.findall(r"([A-Za-z_][\w.]*)\s*\(", plain))
                assert not re.search(r"[@#{}]", plain)
    assert used
    assert used - EXCEL_2007 == set()


def test_kontroll_is_in_each_row_though_the_file_holds_it_once_a_sheet() -> None:
    plan = make_plan()
    data = own_form(plan, "Hemtjänst", {2: ROWS})
    found = formulas(opened(data))
    for number in range(FIRST, FIRST + 40):
        written = check_formula(plan, number, FormKind.UNIT, LETTERS)
        assert found[YOUTH_SHEET, f"H{number}"] == written
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(f"xl/worksheets/sheet{number + 2}.xml") for number in range(2)]
    assert [sheet.count(b"SUBSTITUTE(CLEAN(A5)") for sheet in sheets] == [2, 2]
    live = re.compile(rb"<c r=\"H[0-9]+\"[^>]*><f t=\"shared\"")
    assert [len(live.findall(sheet)) for sheet in sheets] == [40, 60]


TRAPS = (
    "=1+1",
    "=HYPERLINK(\"http://exempel.se\",\"klicka\")",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "http://exempel.se/?a=1#b",
    "https://exempel.se",
    "mailto:a@exempel.se",
    "file:///etc/passwd",
    "\\\\server\\mapp",
    "internal:'Läs mig'!A1",
    "external:c:\\fil.xlsx",
    "{=1+1}",
    "<b>&amp;</b>]]>",
    "_x000D_ och _x0041_",
    "'ledande apostrof",
    "\t=1+1",
)  # fmt: skip


def trapped() -> tuple[Plan, list[FormRow]]:
    """A plan with a trap for every name in it, and a row for each trap."""
    goals = [Goal(number, trap, trap, 1) for number, trap in enumerate(TRAPS, 1)]
    plan = make_plan(
        goals=goals,
        units=TRAPS,
        departments=(Department('=HYPERLINK("http://exempel.se")'),),
        municipality="=1+1",
        period="=2+2",
        sender="=3+3",
        sender_email="http://exempel.se",
    )
    rows = [FormRow(t, t, t, t, t, t, t, t) for t in TRAPS]
    return plan, rows


def live_parts(data: bytes) -> list[str]:
    """Links out of the workbook, and parts that have no business in a form."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        found = [name for name in names if re.search(r"external|vba|connections|ddeLink", name)]
        return found + [
            name
            for name in names
            if name.endswith(".rels") and b'TargetMode="External"' in parts.read(name)
        ]


def test_no_text_in_a_form_becomes_a_formula_or_a_link() -> None:
    plan, rows = trapped()
    files = [
        own_form(plan, plan.units[1].name, dict.fromkeys(range(1, len(TRAPS) + 1), rows)),
        shared_form(plan, {1: rows}),
        *(per_goal_form(plan, goal, rows) for goal in plan.goals),
    ]
    for data in files:
        workbook = opened(data)
        goals = {sheet_name(goal) for goal in plan.goals}
        own = {
            place
            for place, text in formulas(workbook).items()
            if not (
                (place[0] in goals and re.fullmatch(r"H\d+", place[1]))
                or (place[0] == "Läs mig" and re.fullmatch(r"[BCDE]\d+", place[1]))
            )
        }
        assert own == set()
        links = [
            cell.hyperlink
            for sheet in workbook
            for line in sheet
            for cell in line
            if cell.hyperlink
        ]
        assert [link for link in links if link.target or not link.location] == []
        assert live_parts(data) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_text_is_written_as_it_stands_in_every_cell(trap: str) -> None:
    plan, rows = trapped()
    goal = plan.goals[TRAPS.index(trap)]
    data = per_goal_form(plan, goal, [rows[TRAPS.index(trap)]])
    sheet = opened(data)[sheet_name(goal)]
    written = trap.replace("\t", " ")
    cells = [sheet[f"{column}{FIRST}"] for column in "ABCDEFGI"]
    assert {cell.data_type for cell in cells} == {"s"}
    read = read_workbook_bytes(data)
    page = next(s for s in read.sheets if s.name == sheet_name(goal))
    assert [page.rows[FIRST - 1][at] for at in (0, 1, 2, 3, 4, 5, 6, 8)] == [written] * 8
    assert page.rows[0][0] == written


def test_text_columns_keep_what_looks_like_a_date_as_it_is_written() -> None:
    sheet = opened(own_form(make_plan(), "Hemtjänst", {}))[YOUTH_SHEET]
    assert sheet[f"A{FIRST}"].number_format == "@"
    assert [sheet[f"{c}{FIRST}"].number_format for c in "CD"] == ["yyyy-mm-dd"] * 2


# Kontroll and the table on Läs mig

DAY, LATER = date(2024, 1, 15), date(2024, 9, 30)
EMPTY: dict[str, Any] = {
    "units": "", "start": None, "end": None, "description": "", "status": "", "comment": "",
}  # fmt: skip
NOTHING = FormRow()
DONE = "✔ Klar"

# What is filled in; what Kontroll says in a unit's own form; and in a per-goal form.
FILLINGS: dict[str, tuple[FormRow, str, str | None]] = {
    "nothing": (NOTHING, "", None),
    "spaces only": (row("   ", **EMPTY), "", None),
    "complete": (row(), DONE, "Saknas: Enheter"),
    "complete with units": (row(units="Hemtjänst; Bemanning"), DONE, None),
    "without description and comment": (
        row(units="Hemtjänst", description="", comment=""),
        DONE,
        None,
    ),
    "only a title": (
        row(**EMPTY),
        "Saknas: Startdatum, Slutdatum, Status",
        "Saknas: Enheter, Startdatum, Slutdatum, Status",
    ),
    "only a description": (
        row("", **EMPTY | {"description": "Varför"}),
        "Saknas: Aktivitet, Startdatum, Slutdatum, Status",
        "Saknas: Aktivitet, Enheter, Startdatum, Slutdatum, Status",
    ),
    "only units": (
        row("", **EMPTY | {"units": "Hemtjänst"}),
        "Saknas: Aktivitet, Startdatum, Slutdatum, Status",
        None,
    ),
    "only a status": (
        row("", **EMPTY | {"status": "Ej påbörjad"}),
        "Saknas: Aktivitet, Startdatum, Slutdatum",
        "Saknas: Aktivitet, Enheter, Startdatum, Slutdatum",
    ),
    "title of spaces": (row("  ", units="Hemtjänst"), "Saknas: Aktivitet", None),
    "no start": (row(units="Hemtjänst", start=None), "Saknas: Startdatum", None),
    "no end": (row(units="Hemtjänst", end=None), "Saknas: Slutdatum", None),
    "no status": (row(units="Hemtjänst", status=" "), "Saknas: Status", None),
    "a date as text": (
        row(units="Hemtjänst", start="våren 2024"),
        "Ett datum går inte att läsa",
        None,
    ),
    "an end as text": (
        row(units="Hemtjänst", end="till hösten"),
        "Ett datum går inte att läsa",
        None,
    ),
    "dates as text to count with": (
        row(units="Hemtjänst", start="2024-01-15", end=" 2024-09-30 "),
        DONE,
        None,
    ),
    "a day that does not exist": (
        row(units="Hemtjänst", end="2024-02-31"),
        "Ett datum går inte att läsa",
        None,
    ),
    "a date outside the round": (
        row(units="Hemtjänst", end=date(2042, 9, 30)),
        "Datum utanför 2024-01-01–2024-12-31",
        None,
    ),
    "a title of dashes": (row(" – - ", units="Hemtjänst"), "Saknas: Aktivitet", None),
    "a comment of dots where one is needed": (
        row(units="Hemtjänst", status="Pågående med avvikelse", comment="..."),
        "Statusen kräver en kommentar",
        None,
    ),
    "line breaks only": (row("\n", **EMPTY), "", None),
    "dates as numbers": (row(units="Hemtjänst", start=45306, end=45565.5), DONE, None),
    "dates with time of day": (
        row(
            units="Hemtjänst",
            start=datetime(2024, 1, 15, 8, 30, tzinfo=UTC),
            end=date(2024, 1, 15),
        ),
        DONE,
        None,
    ),
    "start a number, end a date before it": (
        row(units="Hemtjänst", start=45600, end=LATER),
        "Slutdatum ligger före startdatum",
        None,
    ),
    "end before start": (
        row(units="Hemtjänst", start=LATER, end=DAY),
        "Slutdatum ligger före startdatum",
        None,
    ),
    "one day": (row(units="Hemtjänst", start=DAY, end=DAY), DONE, None),
    "end before start and an unknown status": (
        row(units="Hemtjänst", start=LATER, end=DAY, status="Klar"),
        "Slutdatum ligger före startdatum",
        None,
    ),
    "unknown status": (
        row(units="Hemtjänst", status="Påbörjad"),
        "Statusen finns inte i listan",
        None,
    ),
    "status in capitals": (row(units="Hemtjänst", status="PÅGÅENDE ENLIGT PLAN"), DONE, None),
    "status with spaces": (row(units="Hemtjänst", status="  Ej  påbörjad "), DONE, None),
    "status like a pattern": (
        row(units="Hemtjänst", status="Pågående*"),
        "Statusen finns inte i listan",
        None,
    ),
    "status like a condition": (
        row(units="Hemtjänst", status=">0"),
        "Statusen finns inte i listan",
        None,
    ),
    "status as a formula": (
        row(units="Hemtjänst", status="=Ej påbörjad"),
        "Statusen finns inte i listan",
        None,
    ),
    "a very long status": (
        row(units="Hemtjänst", status="Pågående " * 40),
        "Statusen finns inte i listan",
        None,
    ),
    "deviation without comment": (
        row(units="Hemtjänst", status="Pågående med avvikelse", comment=""),
        "Statusen kräver en kommentar",
        None,
    ),
    "deviation in capitals with a comment of spaces": (
        row(units="Hemtjänst", status="AVSLUTAD MED AVVIKELSE", comment="  "),
        "Statusen kräver en kommentar",
        None,
    ),
    "deviation with comment": (
        row(units="Hemtjänst", status="Avslutad med avvikelse", comment="Försenat"),
        DONE,
        None,
    ),
    "numbers for texts": (row(2024, units="Hemtjänst", description=0, comment=1.5), DONE, None),
    "line breaks": (row("Rad ett\nrad två", units="Hemtjänst\nBemanning"), DONE, None),
    "traps": (
        row("=1+1", units="Hemtjänst", description="=1/0", comment="http://exempel.se"),
        DONE,
        None,
    ),
}
ROWS = [filling for filling, _, _ in FILLINGS.values()]
IN_OWN = [own for _, own, _ in FILLINGS.values()]
IN_GOALS = [own if shared is None else shared for _, own, shared in FILLINGS.values()]


@pytest.mark.parametrize("filling", FILLINGS)
def test_kontroll_says_what_the_row_lacks(filling: str) -> None:
    filled, own, shared = FILLINGS[filling]
    answers = [check_text(make_plan(), kind, filled) for kind in FormKind]
    assert answers == [own, own, own if shared is None else shared]


def test_the_value_beside_the_kontroll_formula_is_what_the_row_lacks() -> None:
    """A preview, which computes nothing, shows the truth too."""
    plan = make_plan()
    count = len(ROWS)
    assert kontroll(own_form(plan, "Hemtjänst", {2: ROWS}), YOUTH_SHEET, count + 1) == [*IN_OWN, ""]
    assert kontroll(shared_form(plan, {2: ROWS}), YOUTH_SHEET, count) == IN_OWN
    assert kontroll(per_goal_form(plan, YOUTH, ROWS), YOUTH_SHEET, count) == IN_GOALS


def test_a_plan_where_no_status_needs_a_comment_asks_for_none() -> None:
    plan = make_plan()
    plan = replace(plan, statuses=tuple(replace(s, needs_comment=False) for s in plan.statuses))
    deviating = row(status="Avslutad med avvikelse", comment="")
    assert kontroll(own_form(plan, "Hemtjänst", {2: [deviating]}), YOUTH_SHEET, 1) == [DONE]


Table = list[list[object]]


def table(data: bytes, heading: str) -> Table:
    """The rows of a table on Läs mig, below the heading in its first cell."""
    sheet = opened(data, values=True)["Läs mig"]
    rows: Table = [[cell.value for cell in line[:4]] for line in sheet.iter_rows()]
    start = next(at for at, line in enumerate(rows) if line[0] == heading) + 1
    end = next((at for at in range(start, len(rows)) if rows[at][0] is None), len(rows))
    return rows[start:end]


GOALS_HEADING, RULE_HEADING = "Mål (klicka för att gå dit)", "Regeln för varje enhet"


def test_the_table_counts_activities_and_what_is_left_to_do() -> None:
    rows = {1: [row()], 2: [row(), row("Två", end=None), row("", description="Utan titel")]}
    data = own_form(make_plan(), "Hemtjänst", rows)
    assert table(data, GOALS_HEADING) == [
        ["1. Sjukfrånvaron ska minska.", 1, 0, "✔ Klart"],
        ["2. Kommunens ungdomar ska känna ökad trygghet.", 2, 2, "✘ Komplettera"],
        ["3. Ånge ska ha ett positivt flyttnetto.", 0, 0, "– Tomt"],
    ]


@pytest.mark.parametrize(
    ("plan", "rows", "rule"),
    [
        # Two activities plus one for the mandatory goal, which is not counted among the two.
        (
            make_plan(),
            {1: [row(), row("Två")], 2: [row()]},
            [
                ["Minst två aktiviteter utöver de obligatoriska målens", 1, 2, "✘ Saknas 1"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 2, 1, "✔ Uppfyllt"],
            ],
        ),
        (
            make_plan(),
            {2: [row()], 3: [row()]},
            [
                ["Minst två aktiviteter utöver de obligatoriska målens", 2, 2, "✔ Uppfyllt"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 0, 1, "✘ Saknas 1"],
            ],
        ),
        # ... unless the plan says so.
        (
            make_plan(mandatory_counts=True),
            {1: [row()], 2: [row()]},
            [
                ["Minst två aktiviteter", 2, 2, "✔ Uppfyllt"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 1, 1, "✔ Uppfyllt"],
            ],
        ),
        # A unit's own minimum goes before the round's, also when it is none.
        (
            make_plan(units=[Unit("Hemtjänst", CARE, minimum=0)], minimum=5),
            {},
            [
                ["Minst noll aktiviteter utöver de obligatoriska målens", 0, 0, "✔ Uppfyllt"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 0, 1, "✘ Saknas 1"],
            ],
        ),
        (
            make_plan(goals=[YOUTH, HOMES], minimum=3),
            {2: [row(), row("Två")]},
            [["Minst tre aktiviteter", 2, 3, "✘ Saknas 1"]],
        ),
        # With nothing but mandatory goals there is nothing that could count.
        (
            make_plan(goals=[SICKNESS]),
            {1: [row()]},
            [
                ["Minst två aktiviteter utöver de obligatoriska målens", 0, 2, "✘ Saknas 2"],
                ["Minst 1 för målet ”Sjukfrånvaron ska minska.”", 1, 1, "✔ Uppfyllt"],
            ],
        ),
    ],
)
def test_the_first_sheet_shows_whether_the_unit_rule_holds(
    plan: Plan, rows: Mapping[int, Sequence[FormRow]], rule: Table
) -> None:
    assert table(own_form(plan, "Hemtjänst", rows), RULE_HEADING) == rule


def test_forms_that_are_no_single_units_show_no_unit_rule() -> None:
    for data in (shared_form(make_plan(), {}), per_goal_form(make_plan(), YOUTH, ())):
        sheet = opened(data)["Läs mig"]
        assert RULE_HEADING not in [sheet[f"A{number}"].value for number in range(1, 40)]


# A program that computes


def shown(workbook: Workbook, sheet: str, cell: str) -> str:
    """A cell's value as text, nothing for a blank one."""
    value = workbook[sheet][cell].value
    return "" if value is None else str(value)


def without_values(data: bytes, path: Path) -> dict[tuple[str, str], str]:
    """Saves the form with its formulas but not their values, which are given back."""
    values, workbook = opened(data, values=True), opened(data)
    workbook.save(path)
    places = list(formulas(workbook))
    emptied = openpyxl.load_workbook(path, data_only=True)
    assert {shown(emptied, *place) for place in places} == {""}
    return {place: shown(values, *place) for place in places}


def recalculated(folder: Path, names: Sequence[str]) -> list[Workbook]:
    """Workbooks as LibreOffice saves them after computing every formula."""
    program = shutil.which("soffice")
    assert program is not None
    target = folder / "ut"
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
               "--outdir", str(target), *(str(folder / name) for name in names)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603  files of our own
    return [openpyxl.load_workbook(target / name, data_only=True) for name in names]


@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="soffice (LibreOffice) is not on PATH, and nothing else here computes formulas",
)
def test_a_program_that_computes_the_formulas_gets_the_values_beside_them(tmp_path: Path) -> None:
    odd = {goal.number: ROWS[: number + 3] for number, goal in enumerate(ODD_GOALS)}
    plan, traps = trapped()
    files = {
        "own.xlsx": own_form(make_plan(), "Hemtjänst", {1: ROWS[3:5], 2: ROWS}),
        "goal.xlsx": per_goal_form(make_plan(), YOUTH, ROWS),
        "odd.xlsx": own_form(make_plan(goals=ODD_GOALS), "Hemtjänst", odd),
        "traps.xlsx": shared_form(plan, {1: traps}),
    }
    expected = {name: without_values(data, tmp_path / name) for name, data in files.items()}
    computed = recalculated(tmp_path, list(files))
    for (name, values), workbook in zip(expected.items(), computed, strict=True):
        found = {place: shown(workbook, *place) for place in values}
        different = {p: (values[p], found[p]) for p in values if values[p] != found[p]}
        assert different == {}, name
    own = computed[0][YOUTH_SHEET]
    assert [str(own[f"H{FIRST + at}"].value or "") for at in range(len(ROWS))] == IN_OWN
    goal = computed[1][YOUTH_SHEET]
    assert [str(goal[f"H{FIRST + at}"].value or "") for at in range(len(ROWS))] == IN_GOALS
