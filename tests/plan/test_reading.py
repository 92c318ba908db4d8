"""plan.xlsx: written and read back the same, and blank with all that it asks for."""

import io
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.model import Department, Goal, Layout, Plan, Recipient, Settings, Unit
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.reading import PlanReading, read_plan
from excel_uppsikt.plan.writing import as_workbook, blank_plan
from tests.plan.changed_plans import (
    DESIGN,
    FIRST,
    SETTINGS,
    faulty,
    places,
    read,
    saved,
    setting_row,
    value,
)
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan


def full_plan() -> Plan:
    """A plan with two departments and every field filled in with something of its own."""
    school = Department(
        "Skola & fritid", "Utskottet för lärande", date(2025, 9, 17), "=1+1", "a@exempel.se"
    )
    care = Department(CARE, "Vårdutskottet", date(2025, 9, 15), "Verksamhetschefen", "b@exempel.se")
    return make_plan(
        goals=(
            replace(YOUTH, number=7, minimum=2),
            HOMES,
            SICKNESS,
            Goal(20, "Mål i\ntvå rader, med ”citat” och 'apostrof'", "Område"),
        ),
        departments=(care, school),
        units=(
            Unit("Hemtjänst", CARE, "Enhetschefen", "hem@exempel.se", 3, ("Hemvård", "Service")),
            Unit("Individ och familjeomsorg", CARE, "", "", 0),
            Unit(
                "Förskolan", school.name, "Rektor", "f@exempel.se; g@exempel.se", None, ("Dagis",)
            ),
        ),
        recipients=(
            Recipient(school.name, "Ordföranden", "ordf@exempel.se"),
            Recipient(CARE, "", "sekr@exempel.se"),
        ),
        texts=(("Inledning", "Om {verksamhet} {år}", "Första raden.\n- punkt {utskott}"),),
        municipality="Ånge kommun",
        year=2025,
        period="Helår",
        first_date=date(2024, 12, 1),
        last_date=date(2026, 1, 31),
        cutoff=date(2025, 8, 31),
        deadline=date(2025, 9, 15),
        reference="KS 2025/17",
        report_title="Uppsikt",
        sender="Samordnaren, kansliet",
        sender_email="kansli@exempel.se",
        previous="../2024/ut/sammanstallning.xlsx",
        minimum=4,
        mandatory_counts=True,
        common_counts=True,
        with_summary=False,
        with_proposal=False,
        with_rule=False,
        with_idle_goals=False,
        with_letter=False,
        corrections_due=date(2025, 9, 15),
        keep_unreported=False,
        layout=Layout.HEADINGS,
    )


def names(sheet: Worksheet, row: int = FIRST - 1) -> list[object]:
    return [cell.value for cell in sheet[row] if cell.value is not None]


# Written and read back


def test_a_plan_reads_back_equal(tmp_path: Path) -> None:
    assert read(tmp_path, make_plan()) == PlanReading(make_plan(), ())


def test_a_plan_with_every_field_filled_reads_back_equal(tmp_path: Path) -> None:
    previous = tmp_path / "2024/ut/sammanstallning.xlsx"
    previous.parent.mkdir(parents=True)
    previous.write_bytes(b"")
    (tmp_path / "2025").mkdir()
    plan = full_plan()
    defaults = Settings("", 0, "", date.min, date.min)
    same = [
        field.name
        for field in fields(Settings)
        if getattr(plan.settings, field.name) == getattr(defaults, field.name)
    ]
    assert same == []
    assert read(tmp_path / "2025", plan) == PlanReading(plan, ())


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert as_workbook(full_plan()) == as_workbook(full_plan())


def test_text_in_a_plan_is_never_a_formula_or_a_link() -> None:
    plan = make_plan(
        municipality="=1+1",
        sender='=HYPERLINK("http://exempel.se")',
        reference="http://exempel.se",
        units=("=cmd|' /C calc'!A0", "+1", "@SUM(A1)"),
    )
    workbook = openpyxl.load_workbook(io.BytesIO(as_workbook(plan)))
    kinds = {cell.data_type for sheet in workbook for row in sheet for cell in row}
    assert kinds <= {"n", "s", "d"}
    assert [
        cell.hyperlink for sheet in workbook for row in sheet for cell in row if cell.hyperlink
    ] == []
    assert [workbook["Enheter"][f"A{row}"].value for row in (4, 5, 6)] == [
        u.name for u in plan.units
    ]


def test_a_plan_is_read_whatever_the_case_and_spaces_of_its_headings(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Mål"].title = " mål"
        sheet = workbook["Enheter"]
        sheet["A3"].value, sheet["E3"].value = "ENHET ", "Minsta  antal\naktiviteter"
        sheet.insert_rows(1, 2)
        sheet.insert_cols(2)
        sheet["B5"].value = "Min egen kolumn"

    assert faulty(tmp_path, change) == PlanReading(make_plan(), ())


def test_rows_after_a_gap_and_in_any_order_count(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook["Enheter"]
        sheet["A90"].value, sheet["B90"].value = "Köket", "SOCIAL  verksamhet"
        settings = workbook["Omgång"]
        settings["A40"].value, settings["B40"].value = "ÅR", 2024
        settings["A5"].value = settings["B5"].value = settings["C5"].value = None

    reading = faulty(tmp_path, change)
    assert reading == PlanReading(make_plan(units=("Hemtjänst", "Bemanning", "Köket")), ())


@pytest.mark.parametrize(
    ("written", "setting", "read_as"),
    [
        (("År", "2024"), "year", 2024),
        (("Avstämningsdatum", "30 april 2024"), "cutoff", date(2024, 4, 30)),
        (("Avstämningsdatum", 45412), "cutoff", date(2024, 4, 30)),
        (("Sista svarsdag", None), "deadline", None),
        (("Första tillåtna datum", None), "first_date", date(2024, 1, 1)),
        (("Sista tillåtna datum", None), "last_date", date(2024, 12, 31)),
        (("Minsta antal aktiviteter per enhet", None), "minimum", 2),
        (("Minsta antal aktiviteter per enhet", 0), "minimum", 0),
        (("Obligatoriska mål räknas in i minsta antalet", None), "mandatory_counts", False),
        (("Obligatoriska mål räknas in i minsta antalet", "JA"), "mandatory_counts", True),
        (("Aktivitet utan enhet räknas för alla enheter", True), "common_counts", True),
        (("Rapportlayout", " Rubriker "), "layout", Layout.HEADINGS),
        (("Rapportlayout", None), "layout", Layout.TABLE),
    ],
)
def test_settings_are_read_as_they_are_meant(
    tmp_path: Path, written: tuple[str, object], setting: str, read_as: object
) -> None:
    reading = faulty(tmp_path, value(*written))
    expected = make_plan()
    settings = replace(expected.settings, **{setting: read_as})  # type: ignore[arg-type]
    assert reading == PlanReading(replace(expected, settings=settings), ())


def test_bare_numbers_are_days_from_1904_in_a_workbook_that_counts_so(tmp_path: Path) -> None:
    """As dates are that have lost their format, in a plan once made on a Mac."""

    def change(workbook: Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        settings, departments = workbook["Omgång"], workbook["Verksamheter"]
        for cell in (settings[f"B{setting_row('Avstämningsdatum')}"], departments[f"C{FIRST}"]):
            cell.value = (cell.value - CALENDAR_MAC_1904).days
            cell.number_format = "General"

    assert faulty(tmp_path, change) == PlanReading(make_plan(), ())


# The blank plan


def test_the_blank_plan_has_every_sheet_column_and_setting_with_its_explanation() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(blank_plan()))
    assert {sheet.title: names(sheet) for sheet in workbook} == DESIGN
    settings = workbook["Omgång"]
    rows = [
        [settings.cell(row, at).value for at in (1, 2, 3)]
        for row in range(FIRST, FIRST + len(SETTINGS))
    ]
    assert [row[0] for row in rows] == SETTINGS
    assert [row[0] for row in rows if not str(row[2] or "").strip()] == []
    assert {row[0]: row[1] for row in rows if row[1] is not None} == {
        "Rapporttitel": "Uppsiktsrapport till kommunstyrelsen",
        "Minsta antal aktiviteter per enhet": "2",
        "Obligatoriska mål räknas in i minsta antalet": "nej",
        "Aktivitet utan enhet räknas för alla enheter": "nej",
        "Rapportlayout": "tabell",
        "Sammanfattning i rapporten": "ja",
        "Förslag till beslut i rapporten": "ja",
        "Bilaga om kravet på enheterna": "ja",
        "Bilaga om mål utan aktiviteter": "ja",
        "Tjänsteskrivelse": "ja",
        "Behåll ej redovisade aktiviteter": "ja",
    }


def test_the_blank_plan_starts_with_the_five_statuses() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank_plan()))["Statusar"]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(FIRST, 12) if row[0].value]
    assert rows == [
        ["Ej påbörjad", "ej påbörjad", "nej", "nej"],
        ["Pågående enligt plan", "pågående", "nej", "nej"],
        ["Pågående med avvikelse", "pågående", "ja", "ja"],
        ["Avslutad enligt plan", "avslutad", "nej", "nej"],
        ["Avslutad med avvikelse", "avslutad", "ja", "ja"],
    ]
    symbols = [(sheet.cell(row, 5).value, sheet.cell(row, 6).value) for row in range(4, 9)]
    assert all(symbol and color for symbol, color in symbols)
    assert len(set(symbols)) == 5


def test_the_blank_plan_lacks_only_what_is_blank_in_it(tmp_path: Path) -> None:
    reading = read_plan(saved(tmp_path, blank_plan()))
    assert reading.plan is None
    assert places(reading.findings) == [
        ("P102", "Enheter", ""),
        ("P102", "Omgång", "B4"),
        ("P102", "Omgång", "B5"),
        ("P102", "Omgång", "B6"),
        ("P102", "Omgång", "B9"),
        ("P102", "Verksamheter", ""),
    ]


def test_the_blank_plan_offers_departments_choices_and_dates() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(blank_plan()))
    found = {
        (sheet.title, str(rule.sqref).split(":")[0]): (rule.type, rule.formula1)
        for sheet in workbook
        for rule in sheet.data_validations.dataValidation
        if rule.type
    }
    yes_no = ("list", '"ja,nej"')
    number = ("whole", "0")
    day = ("date", "36526")
    departments = ("list", "lst_verksamheter")
    assert found == {
        ("Omgång", "B7"): day,
        ("Omgång", "B8"): day,
        ("Omgång", "B9"): day,
        ("Omgång", "B10"): day,
        ("Omgång", "B16"): number,
        ("Omgång", "B17"): yes_no,
        ("Omgång", "B18"): yes_no,
        ("Omgång", "B19"): ("list", '"tabell,rubriker"'),
        **{("Omgång", f"B{row}"): yes_no for row in range(20, 25)},
        ("Omgång", "B25"): day,
        ("Omgång", "B26"): yes_no,
        ("Mål", "A4"): number,
        ("Mål", "D4"): number,
        ("Verksamheter", "C4"): day,
        ("Enheter", "B4"): departments,
        ("Enheter", "E4"): number,
        ("Statusar", "B4"): ("list", '"ej påbörjad,pågående,avslutad"'),
        ("Statusar", "C4"): yes_no,
        ("Statusar", "D4"): yes_no,
        ("Mottagare", "A4"): departments,
    }


def test_the_definition_names_the_sheets_and_settings_of_the_design() -> None:
    assert {s.name: [c.header for c in s.columns] for s in plan_form.SHEETS} == DESIGN
    assert [setting.name for setting in plan_form.SETTINGS] == SETTINGS
    assert [sheet.name for sheet in read_workbook_bytes(blank_plan()).sheets] == list(DESIGN)
