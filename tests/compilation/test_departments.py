"""The compilation of several departments: its figures and coverage for each of them and for all."""

from datetime import date
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.model import Department, Unit
from tests.compilation.compiled_rounds import compiled
from tests.compilation.edited_rounds import line, put, run
from tests.compilation.own_rounds import opened, told
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, make_round, own_form, row, shared_form

SCHOOL = "Skola"
PLAN = make_plan(
    goals=(YOUTH, HOMES),
    minimum=0,
    units=("Hemtjänst", Unit("Åsens skola", SCHOOL)),
    departments=(Department(CARE), Department(SCHOOL)),
)
INBOX = {
    "Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp"), row("Simskola")]}),
    "Åsens skola.xlsx": own_form(
        PLAN, "Åsens skola", {2: [row("Odling", status="Ej påbörjad", start=date(2024, 6, 1))]}
    ),
    "Gemensamt Skola.xlsx": shared_form(PLAN, {3: [row("Mässa")]}, 1),
}
NOBODY, SOMEBODY = "Ingen aktivitet", "Har aktiviteter"


def rows(sheet: Worksheet, first: int, last: int) -> list[tuple[object, ...]]:
    """A sheet's rows without the empty cells at their ends."""
    found: list[tuple[object, ...]] = []
    for values in sheet.iter_rows(min_row=first, max_row=last, values_only=True):
        kept = list(values)
        while kept and kept[-1] is None:
            kept.pop()
        found.append(tuple(kept))
    return found


def test_the_overview_counts_each_department_and_all(tmp_path: Path) -> None:
    _, book = compiled(tmp_path, INBOX, PLAN)
    sheet = book["Översikt"]
    names = [status.name for status in PLAN.statuses]
    counts = {"Ej påbörjad": (0, 1, 1), "Pågående enligt plan": (2, 1, 3)}
    assert rows(sheet, 4, 5 + len(names)) == [
        ("Status", CARE, SCHOOL, "Alla"),
        *((name, *counts.get(name, (0, 0, 0))) for name in names),
        ("Summa", *(f"=SUM({c}5:{c}{4 + len(names)})" for c in "BCD")),
    ]
    assert rows(sheet, 21, 24) == [
        ("Mål", CARE, SCHOOL, "Alla"),
        (f"2. {YOUTH.text}", 2, 1, 3),
        (f"3. {HOMES.text}", 0, 1, 1),
        ("Summa", "=SUM(B22:B23)", "=SUM(C22:C23)", "=SUM(D22:D23)"),
    ]
    charts = opened(tmp_path, "Översikt")._charts  # type: ignore[attr-defined]
    values = [chart.series[0].val.numRef.f for chart in charts]
    assert values == [f"Översikt!$D$5:$D${4 + len(names)}", "Översikt!$D$22:$D$23"]


def test_coverage_has_a_table_of_all_and_of_each_department(tmp_path: Path) -> None:
    _, book = compiled(tmp_path, INBOX, PLAN)
    whole = "Hela verksamheten"
    assert rows(book["Täckning"], 3, 15) == [
        ("Nr", "Mål", "Hemtjänst", "Åsens skola", whole, "Summa", "Läge"),
        (2, YOUTH.text, 2, 1, "–", 3, SOMEBODY),
        (3, HOMES.text, "–", "–", 1, 1, SOMEBODY),
        (),
        (CARE,),
        ("Nr", "Mål", "Hemtjänst", whole, "Summa", "Läge"),
        (2, YOUTH.text, 2, "–", 2, SOMEBODY),
        (3, HOMES.text, "–", "–", "–", NOBODY),
        (),
        (SCHOOL,),
        ("Nr", "Mål", "Åsens skola", whole, "Summa", "Läge"),
        (2, YOUTH.text, 1, "–", 1, SOMEBODY),
        (3, HOMES.text, "–", 1, 1, SOMEBODY),
    ]


def test_each_row_says_its_department_and_the_units_decide_it(tmp_path: Path) -> None:
    make_round(tmp_path, PLAN, INBOX)
    run(tmp_path, PLAN)
    shown = {
        title: line(tmp_path, title)["Verksamhet"] for title in ("Läxhjälp", "Odling", "Mässa")
    }
    assert shown == {"Läxhjälp": CARE, "Odling": SCHOOL, "Mässa": SCHOOL}
    put(tmp_path, "Läxhjälp", {"Verksamhet": SCHOOL})
    assert told(run(tmp_path, PLAN)) == [("Aktiviteter", "N4", SCHOOL, "DEPARTMENT")]
    assert line(tmp_path, "Läxhjälp")["Verksamhet"] == CARE
    assert told(run(tmp_path, PLAN)) == []
    assert opened(tmp_path).cell(3, 14).value == "Verksamhet"
