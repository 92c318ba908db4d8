"""plan.xlsx without sheets or columns, unreadable, or not there: told with what is missing."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.model import Recipient
from excel_uppsikt.plan.reading import PlanError, read_plan
from excel_uppsikt.plan.writing import as_workbook
from tests.plan.changed_plans import DESIGN, Change, faulty, places, saved
from tests.small_rounds import CARE, make_plan

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
