"""Forms as a program that opens them sees them, and plans of names that are hard to write in a workbook."""

import io

import openpyxl
from openpyxl.workbook import Workbook

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Department, Field, Goal, Plan, Unit
from tests.small_rounds import CARE, make_plan

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


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def visible(workbook: Workbook) -> list[str]:
    return [sheet.title for sheet in workbook if sheet.sheet_state == "visible"]


def kontroll(data: bytes, sheet: str, count: int) -> list[str]:
    """The values that stand in the first cells of Kontroll."""
    page = opened(data, values=True)[sheet]
    return [str(page[f"H{number}"].value or "") for number in range(FIRST, FIRST + count)]


def formulas(workbook: Workbook) -> dict[tuple[str, str], str]:
    """Every formula by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in workbook
        for line in sheet
        for cell in line
        if cell.data_type == "f"
    }


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
    rows = [FormRow(cells=dict.fromkeys(Field, t), id=t) for t in TRAPS]
    return plan, rows
