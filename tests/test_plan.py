"""plan.xlsx: written and read back the same, and every fault in it told by sheet and cell."""

import io
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt import plan_form
from excel_uppsikt.findings import Finding, Severity, in_order
from excel_uppsikt.model import Department, Goal, Layout, Plan, Recipient, Settings, Unit
from excel_uppsikt.office.reading import read_workbook_bytes
from excel_uppsikt.plan import PlanError, PlanReading, read_plan
from excel_uppsikt.plan_writing import as_workbook, blank_plan
from tests.rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan

# The contract's sheets and columns, in its order.
DESIGN: dict[str, list[str]] = {
    "Omgång": ["Inställning", "Värde", "Förklaring"],
    "Mål": ["Nr", "Mål", "Målområde", "Minst per enhet"],
    "Verksamheter": ["Verksamhet", "Utskott", "Rapportdatum", "Ansvarig", "E-post"],
    "Enheter": [
        "Enhet", "Verksamhet", "Kontakt", "E-post", "Minsta antal aktiviteter", "Tidigare namn",
    ],
    "Statusar": ["Status", "Slag", "Avvikelse", "Kräver kommentar", "Symbol", "Färg"],
    "Texter": ["Avsnitt", "Rubrik", "Text"],
    "Mottagare": ["Verksamhet", "Namn", "E-post"],
}  # fmt: skip
SETTINGS = [
    "Kommun", "År", "Period", "Första tillåtna datum", "Sista tillåtna datum", "Avstämningsdatum",
    "Sista svarsdag", "Diarienummer", "Rapporttitel", "Avsändare", "Avsändarens e-post",
    "Föregående sammanställning", "Minsta antal aktiviteter per enhet",
    "Obligatoriska mål räknas in i minsta antalet", "Aktivitet utan enhet räknas för alla enheter",
    "Rapportlayout", "Sammanfattning i rapporten", "Förslag till beslut i rapporten",
    "Bilaga om kravet på enheterna", "Bilaga om mål utan aktiviteter", "Tjänsteskrivelse",
]  # fmt: skip
FIRST = 4  # the first row below the headings


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
        layout=Layout.HEADINGS,
    )


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "plan.xlsx"
    path.write_bytes(data)
    return path


def read(folder: Path, plan: Plan) -> PlanReading:
    return read_plan(saved(folder, as_workbook(plan)))


@cache
def usual_plan() -> bytes:
    """The plan that most faults are put into."""
    return as_workbook(make_plan())


Change = Callable[[Workbook], None]


def faulty(folder: Path, *changes: Change, plan: Plan | None = None) -> PlanReading:
    """A plan as read after its workbook has been changed."""
    workbook = openpyxl.load_workbook(io.BytesIO(as_workbook(plan) if plan else usual_plan()))
    for change in changes:
        change(workbook)
    workbook.save(folder / "plan.xlsx")
    return read_plan(folder / "plan.xlsx")


def put(sheet: str, **cells: object) -> Change:
    """A change that writes values in cells of a sheet, `None` emptying them."""

    def change(workbook: Workbook) -> None:
        for name, value in cells.items():
            workbook[sheet][name].value = value

    return change


def places(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of each finding in order; all of them in the plan's file and but one errors."""
    for finding in findings:
        severity = Severity.WARNING if finding.code == "P104" else Severity.ERROR
        assert (finding.severity, finding.file) == (severity, "plan.xlsx")
    return [(f.code, f.sheet or "", f.cell or "") for f in in_order(findings)]


def setting_row(name: str) -> int:
    return FIRST + SETTINGS.index(name)


def value(name: str, value: object) -> Change:
    """A change of a setting's value."""
    return put("Omgång", **{f"B{setting_row(name)}": value})


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
    rows = [[settings.cell(row, at).value for at in (1, 2, 3)] for row in range(FIRST, FIRST + 21)]
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


# P101


def without_sheet(name: str) -> Change:
    return lambda workbook: workbook.remove(workbook[name])


def without_column(sheet: str, header: str) -> Change:
    column = DESIGN[sheet].index(header) + 1
    return lambda workbook: workbook[sheet].delete_cols(column)


@pytest.mark.parametrize("sheet", DESIGN)
def test_a_missing_sheet_is_one_finding_that_names_it(tmp_path: Path, sheet: str) -> None:
    reading = faulty(tmp_path, without_sheet(sheet))
    assert places(reading.findings) == [("P101", "", "")]
    assert f"”{sheet}”" in reading.findings[0].message
    # A round can be run without boilerplate and without recipients, and with nothing else missing.
    assert (reading.plan is None) == (sheet not in ("Texter", "Mottagare"))


@pytest.mark.parametrize(
    ("sheet", "header", "usable"),
    [
        ("Omgång", "Inställning", False),
        ("Omgång", "Värde", False),
        ("Mål", "Nr", False),
        ("Mål", "Mål", False),
        ("Mål", "Målområde", True),
        ("Mål", "Minst per enhet", True),
        ("Verksamheter", "Verksamhet", False),
        ("Verksamheter", "Utskott", True),
        ("Verksamheter", "Rapportdatum", True),
        ("Verksamheter", "Ansvarig", True),
        ("Verksamheter", "E-post", True),
        ("Enheter", "Enhet", False),
        ("Enheter", "Verksamhet", False),
        ("Enheter", "Kontakt", True),
        ("Enheter", "E-post", True),
        ("Enheter", "Minsta antal aktiviteter", True),
        ("Enheter", "Tidigare namn", True),
        ("Statusar", "Status", False),
        ("Statusar", "Slag", False),
        ("Statusar", "Avvikelse", True),
        ("Statusar", "Kräver kommentar", True),
        ("Statusar", "Symbol", True),
        ("Statusar", "Färg", True),
        ("Texter", "Avsnitt", True),
        ("Texter", "Rubrik", True),
        ("Texter", "Text", True),
        ("Mottagare", "Verksamhet", True),
        ("Mottagare", "Namn", True),
        ("Mottagare", "E-post", True),
    ],
)
def test_a_missing_column_is_one_finding_on_the_header_row(
    tmp_path: Path, sheet: str, header: str, usable: bool
) -> None:
    plan = make_plan(recipients=[Recipient(CARE, "Ordföranden", "ordf@exempel.se")])
    reading = faulty(tmp_path, without_column(sheet, header), plan=plan)
    assert places(reading.findings) == [("P101", sheet, "A3")]
    assert f"”{header}”" in reading.findings[0].message
    assert (reading.plan is not None) == usable


def test_every_missing_sheet_is_told_at_once(tmp_path: Path) -> None:
    reading = faulty(tmp_path, *map(without_sheet, ("Mål", "Enheter", "Texter")))
    assert places(reading.findings) == [("P101", "", "")] * 3
    assert reading.plan is None


# P102 and P103: the change, what is found, and whether a round can be run all the same.

UNIT_2 = FIRST + 1  # the second unit's row
FAULTS: dict[str, tuple[Sequence[Change], list[tuple[str, str, str]], bool]] = {
    # Settings
    "no municipality": ([value("Kommun", None)], [("P102", "Omgång", "B4")], True),
    "no period": ([value("Period", " ")], [("P102", "Omgång", "B6")], True),
    "no cutoff": ([value("Avstämningsdatum", None)], [("P102", "Omgång", "B9")], True),
    "no year": ([value("År", None)], [("P102", "Omgång", "B5")], False),
    "a year of two digits": ([value("År", 24)], [("P102", "Omgång", "B5")], False),
    "a year in words": ([value("År", "i år")], [("P102", "Omgång", "B5")], False),
    "a month for a date": ([value("Avstämningsdatum", "april")], [("P102", "Omgång", "B9")], True),
    "no real date": ([value("Sista svarsdag", "2024-04-31")], [("P102", "Omgång", "B10")], True),
    "an unreadable date": (
        [value("Första tillåtna datum", "våren")],
        [("P102", "Omgång", "B7")],
        True,
    ),
    "two readings": ([value("Avstämningsdatum", "03/04/2024")], [("P102", "Omgång", "B9")], True),
    "an unreadable last date, with a first date after the year": (
        [
            value("Första tillåtna datum", date(2025, 2, 1)),
            value("Sista tillåtna datum", "sen"),
        ],
        [("P102", "Omgång", "B8")],
        True,
    ),
    "last date before first": (
        [value("Första tillåtna datum", date(2024, 12, 31)), value("Sista tillåtna datum", "2024-01-01")],
        [("P102", "Omgång", "B8")],
        True,
    ),
    "first date after the year, no last date": (
        [value("Första tillåtna datum", date(2025, 2, 1)), value("Sista tillåtna datum", None)],
        [("P102", "Omgång", "B7")],
        True,
    ),
    "an address without @": (
        [value("Avsändarens e-post", "kansliet")],
        [("P102", "Omgång", "B14")],
        True,
    ),
    "a report dated before what it tells of and before the last answers": (
        [put("Verksamheter", C4="2024-04-04")],
        [("P104", "Verksamheter", "C4")],
        True,
    ),
    "a report dated before the last answers": (
        [put("Verksamheter", C4="2024-05-09")],
        [("P104", "Verksamheter", "C4")],
        True,
    ),
    "a report dated on the last day of answers": ([put("Verksamheter", C4="2024-05-10")], [], True),
    "no such previous compilation": (
        [value("Föregående sammanställning", "../2023/ut/sammanstallning.xlsx")],
        [("P102", "Omgång", "B15")],
        True,
    ),
    "a previous compilation that no path can lead to": (
        [value("Föregående sammanställning", "x" * 400)],
        [("P102", "Omgång", "B15")],
        True,
    ),
    "a folder for a previous compilation": (
        [value("Föregående sammanställning", ".")],
        [("P102", "Omgång", "B15")],
        True,
    ),
    "a negative minimum": (
        [value("Minsta antal aktiviteter per enhet", -1)],
        [("P102", "Omgång", "B16")],
        True,
    ),
    "a minimum with decimals": (
        [value("Minsta antal aktiviteter per enhet", 2.5)],
        [("P102", "Omgång", "B16")],
        True,
    ),
    "a minimum in words": (
        [value("Minsta antal aktiviteter per enhet", "två")],
        [("P102", "Omgång", "B16")],
        True,
    ),
    "neither yes nor no": (
        [
            value("Obligatoriska mål räknas in i minsta antalet", "kanske"),
            value("Aktivitet utan enhet räknas för alla enheter", 1),
        ],
        [("P102", "Omgång", "B17"), ("P102", "Omgång", "B18")],
        True,
    ),
    "an unknown layout": ([value("Rapportlayout", "lista")], [("P102", "Omgång", "B19")], True),
    "a misspelt required setting": (
        [put("Omgång", A9="Avstämningsdatumm")],
        [("P102", "Omgång", "A9")],
        True,
    ),
    "a misspelt setting": ([put("Omgång", A13="Avsendare")], [("P102", "Omgång", "A13")], True),
    "an unknown setting in place of the year": (
        [put("Omgång", A5="Årtal")],
        [("P102", "Omgång", ""), ("P102", "Omgång", "A5")],
        False,
    ),
    "a setting of one's own": (
        [put("Omgång", A26="Anteckning", B26="ring kansliet")],
        [("P102", "Omgång", "A26")],
        True,
    ),
    "a value without its setting": ([put("Omgång", B26="2024")], [("P102", "Omgång", "A26")], True),
    "a setting twice": (
        [put("Omgång", A26="KOMMUN", B26="Sundsvall")],
        [("P103", "Omgång", "A26")],
        True,
    ),
    # Goals
    "a goal twice": ([put("Mål", B5="kommunens UNGDOMAR ska känna  ökad trygghet.")],
                     [("P103", "Mål", "B5")], True),
    "a number twice": ([put("Mål", A5=2)], [("P103", "Mål", "A5")], True),
    "a goal without number": ([put("Mål", A5=None)], [("P102", "Mål", "A5")], True),
    "a goal without text": ([put("Mål", B5=None)], [("P102", "Mål", "B5")], True),
    "a goal without area": ([put("Mål", C5=None)], [("P102", "Mål", "C5")], True),
    "numbers that are none": (
        [put("Mål", A5="tre", D6="minst en")],
        [("P102", "Mål", "A5"), ("P102", "Mål", "D6")],
        True,
    ),
    "no goal at all": (
        [put("Mål", **{f"{c}{r}": None for c in "ABCD" for r in (4, 5, 6)})],
        [("P102", "Mål", "")],
        False,
    ),
    # Departments
    "a department twice": (
        [put("Verksamheter", A5="social VERKSAMHET")],
        [("P103", "Verksamheter", "A5")],
        True,
    ),
    "a department without name": (
        [put("Verksamheter", B5="Utskottet")],
        [("P102", "Verksamheter", "A5")],
        True,
    ),
    "a department's date and address": (
        [put("Verksamheter", C4="i juni", E4="chef(at)exempel.se")],
        [("P102", "Verksamheter", "C4"), ("P102", "Verksamheter", "E4")],
        True,
    ),
    "no department at all": (
        [put("Verksamheter", **{f"{c}4": None for c in "ABCDE"})],
        [("P102", "Verksamheter", "")],
        False,
    ),
    # Units
    "a unit twice": ([put("Enheter", A5="HEMTJÄNST")], [("P103", "Enheter", "A5")], True),
    "a unit without name": ([put("Enheter", A5=None)], [("P102", "Enheter", "A5")], True),
    "a unit without department": ([put("Enheter", B5=None)], [("P102", "Enheter", "B5")], True),
    "a unit of an unknown department": (
        [put("Enheter", B5="Kultur")],
        [("P103", "Enheter", "B5")],
        True,
    ),
    "no unit of a known department": (
        [put("Enheter", B4="Kultur", B5="Fritid")],
        [("P103", "Enheter", "B4"), ("P103", "Enheter", "B5")],
        False,
    ),
    "a unit's address and minimum": (
        [put("Enheter", D4="a@b", E5="flera")],
        [("P102", "Enheter", "D4"), ("P102", "Enheter", "E5")],
        True,
    ),
    "no unit at all": (
        [put("Enheter", A4=None, B4=None, A5=None, B5=None)],
        [("P102", "Enheter", "")],
        False,
    ),
    # Statuses
    "a status twice": ([put("Statusar", A5="ej påbörjad")], [("P103", "Statusar", "A5")], True),
    "a status without name": ([put("Statusar", A5=None)], [("P102", "Statusar", "A5")], True),
    "a status without kind": ([put("Statusar", B5=None)], [("P102", "Statusar", "B5")], True),
    "what a status cannot be": (
        [put("Statusar", B4="klar", C5="kanske", D6="x", F7="grön")],
        [
            ("P102", "Statusar", "B4"),
            ("P102", "Statusar", "C5"),
            ("P102", "Statusar", "D6"),
            ("P102", "Statusar", "F7"),
        ],
        True,
    ),
    "no status at all": (
        [put("Statusar", **{f"{c}{r}": None for c in "ABCDEF" for r in range(4, 9)})],
        [("P102", "Statusar", "")],
        False,
    ),
    # Texts and recipients
    "unknown placeholders": (
        [put("Texter", B4="Om {verksamheten}", C5="{år} {}", C6="{kommun} {Kommun}")],
        [
            ("P102", "Texter", "B4"),
            ("P102", "Texter", "C5"),
            ("P102", "Texter", "C6"),
        ],
        True,
    ),
    "a text twice": ([put("Texter", A5="inledning")], [("P103", "Texter", "A5")], True),
    "a text without section": ([put("Texter", A5=None)], [("P102", "Texter", "A5")], True),
    "a recipient of an unknown department": (
        [put("Mottagare", A4="Kultur", B4="Ordföranden", C4="ordf@exempel.se")],
        [("P103", "Mottagare", "A4")],
        True,
    ),
    "a recipient without department or address": (
        [put("Mottagare", B4="Ordföranden"), put("Mottagare", A5=CARE, C5="ordförande")],
        [("P102", "Mottagare", "A4"), ("P102", "Mottagare", "C4"), ("P102", "Mottagare", "C5")],
        True,
    ),
    # What follows from one fault is silent.
    "no department at all, with recipients": (
        [
            put("Verksamheter", **{f"{c}4": None for c in "ABCDE"}),
            put("Mottagare", A4=CARE, C4="ordf@exempel.se"),
        ],
        [("P102", "Verksamheter", "")],
        False,
    ),
    "faults on every sheet": (
        [
            value("Avstämningsdatum", "april"),
            put("Mål", A4=None),
            put("Verksamheter", C4="i juni"),
            put("Enheter", B4="Kultur"),
            put("Statusar", B4="klar"),
            put("Texter", C4="{okänd}"),
            put("Mottagare", A4=CARE),
        ],
        [
            ("P103", "Enheter", "B4"),
            ("P102", "Mottagare", "C4"),
            ("P102", "Mål", "A4"),
            ("P102", "Omgång", "B9"),
            ("P102", "Statusar", "B4"),
            ("P102", "Texter", "C4"),
            ("P102", "Verksamheter", "C4"),
        ],
        True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_at_its_cell_and_nothing_else_is(tmp_path: Path, fault: str) -> None:
    """Told in Swedish, with its place and what was written; the rest of the plan is read."""
    changes, found, usable = FAULTS[fault]
    reading = faulty(tmp_path, *changes)
    assert places(reading.findings) == found
    assert (reading.plan is not None) == usable
    for finding in reading.findings:
        assert finding.message.startswith(f"Blad ”{finding.sheet}”")
        assert finding.cell is None or f"cell {finding.cell}" in finding.message
        assert "None" not in finding.message
        short = finding.value is not None and len(finding.value) < 100
        assert not short or " ".join((finding.value or "").split()) in finding.message


def test_what_is_at_fault_is_left_out_and_the_rest_is_kept(tmp_path: Path) -> None:
    reading = faulty(
        tmp_path,
        value("Första tillåtna datum", "våren"),
        value("Minsta antal aktiviteter per enhet", "många"),
        value("Föregående sammanställning", "borta.xlsx"),
        value("Rapportlayout", "lista"),
        put("Mål", A5="tre", D6="minst en"),
        put("Verksamheter", C4="i juni"),
        put("Enheter", B5="Kultur"),
        put("Mottagare", A4=CARE, B4="Ordföranden", C4="nej"),
    )
    department = Department(CARE, "utskottet", None, "Verksamhetschefen", "chef@exempel.se")
    assert reading.plan == make_plan(
        goals=(YOUTH, replace(SICKNESS, minimum=0)),
        departments=(department,),
        units=("Hemtjänst",),
    )


def test_dates_in_the_wrong_order_give_way_to_the_year(tmp_path: Path) -> None:
    reading = faulty(
        tmp_path,
        value("Första tillåtna datum", date(2024, 12, 1)),
        value("Sista tillåtna datum", date(2024, 2, 1)),
    )
    assert reading.plan == make_plan()


def test_the_first_of_two_alike_is_kept(tmp_path: Path) -> None:
    reading = faulty(
        tmp_path,
        put("Omgång", A21="kommun", B21="Sundsvall"),
        put("Enheter", A6="hemtjänst", B6=CARE, C6="Någon annan"),
        put("Verksamheter", A5="Social Verksamhet", B5="Ett annat utskott"),
    )
    assert reading.plan == make_plan()
    assert [f.message for f in in_order(reading.findings)] == [
        "Blad ”Enheter”, cell A6: Enhet ”hemtjänst” står redan i cell A4. "
        "Varje rad ska ha sitt eget: ändra här, eller ta bort raden.",
        "Blad ”Omgång”, cell A21: Inställning ”kommun” står redan i cell A4. "
        "Varje rad ska ha sitt eget: ändra här, eller ta bort raden.",
        "Blad ”Verksamheter”, cell A5: Verksamhet ”Social Verksamhet” står redan i cell A4. "
        "Varje rad ska ha sitt eget: ändra här, eller ta bort raden.",
    ]


def test_a_misspelt_setting_is_told_which_it_may_be(tmp_path: Path) -> None:
    (finding,) = faulty(tmp_path, put("Omgång", A9="Avstämningsdag")).findings
    assert (finding.value, "”Avstämningsdatum”" in finding.message) == ("Avstämningsdag", True)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            put("Omgång", A9="Avstämningsdag"),
            "Blad ”Omgång”, cell A9: Inställningen ”Avstämningsdag” är okänd. Menas "
            "”Avstämningsdatum”? Skriv namnet så.",
        ),
        (
            put("Omgång", A21="Favoritfärg", B21="blå"),
            "Blad ”Omgång”, cell A21: Inställningen ”Favoritfärg” är okänd. Rätta namnet, eller ta bort "
            "raden.",
        ),
        (
            put("Enheter", B4="Socialen"),
            "Blad ”Enheter”, cell B4: Verksamheten ”Socialen” finns inte på bladet Verksamheter, där det "
            "står ”Social verksamhet”. Skriv namnet som det står där, eller lägg till en rad där.",
        ),
        (
            put("Omgång", B9=None),
            "Blad ”Omgång”, cell B9: Avstämningsdatum saknas. Fyll i cellen med ett datum som "
            "år-månad-dag, till exempel 2024-04-30.",
        ),
    ],
)
def test_a_fault_says_what_to_write_instead(
    edit: Callable[[Workbook], None], expected: str, tmp_path: Path
) -> None:
    assert [f.message for f in faulty(tmp_path, edit).findings] == [expected]


def test_every_known_placeholder_may_stand_in_a_text(tmp_path: Path) -> None:
    known = (
        "{kommun} {år} {period} {verksamhet} {utskott} {enhet} {mottagare} {sista svarsdag} "
        "{avsändare} {diarienummer} {rapporttitel} {rapportdatum} {avstämningsdatum} "
        "{minsta antal} {obligatoriska mål}"
    )
    plan = make_plan(texts=[("Inledning", known, known)])
    assert read(tmp_path, plan) == PlanReading(plan, ())


# A plan that cannot be opened


def test_a_round_without_a_plan_is_told_so_with_where(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as raised:
        read_plan(tmp_path / "plan.xlsx")
    assert str(raised.value) == (
        f"Det finns ingen plan.xlsx i {tmp_path}. Skapa en omgång med: uppsikt init <mapp>"
    )


def damaged() -> bytes:
    data = as_workbook(make_plan())
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "en tom fil"),
        (b"Kommun;\xc5nge\n", "en textfil"),
        (b"%PDF-1.7\n", "en PDF"),
        (damaged(), "en skadad fil"),
    ],
)
def test_a_plan_that_is_no_workbook_is_told_so_in_one_swedish_line(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = saved(tmp_path, data)
    with pytest.raises(PlanError) as raised:
        read_plan(path)
    assert str(raised.value) == (
        f"{path} kan inte läsas ({words}). "
        "Öppna planen i Excel, spara den som Excel-arbetsbok (.xlsx) och kör igen."
    )


def test_any_workbook_that_is_no_plan_is_findings_and_no_plan(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "Något helt annat"
    workbook.save(tmp_path / "plan.xlsx")
    reading = read_plan(tmp_path / "plan.xlsx")
    assert reading.plan is None
    assert places(reading.findings) == [("P101", "", "")] * len(DESIGN)


def test_the_definition_names_the_sheets_and_settings_of_the_design() -> None:
    assert {s.name: [c.header for c in s.columns] for s in plan_form.SHEETS} == DESIGN
    assert [setting.name for setting in plan_form.SETTINGS] == SETTINGS
    assert [sheet.name for sheet in read_workbook_bytes(blank_plan()).sheets] == list(DESIGN)
