"""Kontroll says what each row lacks, as the program reads it and as a spreadsheet program computes it."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.form.control_column import check_formula
from excel_uppsikt.form.control_text import Kontroll
from excel_uppsikt.form.definition import Form, common_form, goal_form, unit_form
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import FormKind
from tests.form.opened_forms import (
    FIRST,
    ODD_GOALS,
    YOUTH_SHEET,
    formulas,
    kontroll,
    opened,
    trapped,
)
from tests.form.test_elsewhere import without_values
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import YOUTH, make_plan, own_form, per_goal_form, row, shared_form

DAY, LATER = date(2024, 1, 15), date(2024, 9, 30)
EMPTY: dict[str, Any] = {
    "units": "", "start": None, "end": None, "description": "", "status": "", "comment": "",
}  # fmt: skip
NOTHING = FormRow()
PLAN = make_plan()
FORMS: dict[FormKind, Form] = {
    FormKind.UNIT: unit_form(PLAN, PLAN.units[0]),
    FormKind.COMMON: common_form(PLAN, PLAN.departments[0]),
    FormKind.GOAL: goal_form(YOUTH),
}
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
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "an end as text": (
        row(units="Hemtjänst", end="till hösten"),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "dates as text to count with": (
        row(units="Hemtjänst", start="2024-01-15", end=" 2024-09-30 "),
        DONE,
        None,
    ),
    "a day that does not exist": (
        row(units="Hemtjänst", end="2024-02-31"),
        "Datumet läses inte här, skriv år-månad-dag",
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
    # The check takes these, which the formula does not read; it does not say that they are wrong.
    "a month in words": (
        row(units="Hemtjänst", start="1 mars 2024"),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "a year as a start": (
        row(units="Hemtjänst", start=2024),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "a year as an end": (
        row(units="Hemtjänst", end=2024),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "a number that is no date": (
        row(units="Hemtjänst", start=1.5),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "dates with time of day": (
        row(
            units="Hemtjänst",
            start=datetime(2024, 9, 30, 8, 30, tzinfo=UTC),
            end=date(2024, 9, 30),
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
    "a date in eight digits": (
        row(units="Hemtjänst", start="20240115", end=" 20240930 "),
        DONE,
        None,
    ),
    "a date in six digits": (row(units="Hemtjänst", start="240115", end=240930), DONE, None),
    "an end in digits before the start": (
        row(units="Hemtjänst", start="20240930", end=240915),
        "Slutdatum ligger före startdatum",
        None,
    ),
    "a day in digits that does not exist": (
        row(units="Hemtjänst", end="20240231"),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "dates with points and strokes": (
        row(units="Hemtjänst", start="2024.01.15", end="2024/09/30"),
        DONE,
        None,
    ),
    "a date of two readings": (
        row(units="Hemtjänst", end="03/04/2024"),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "a short date that begins with the day": (
        row(units="Hemtjänst", end="12.03.24"),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "a date without a year": (
        row(units="Hemtjänst", end="1 mar"),
        "Datumet läses inte här, skriv år-månad-dag",
        None,
    ),
    "a title of hard spaces": (row("\u00a0\u00a0", units="Hemtjänst"), "Saknas: Aktivitet", None),
    "a title that cannot be seen": (
        row("\u200b\ufeff\u2060", units="Hemtjänst"),
        "Saknas: Aktivitet",
        None,
    ),
    "a title of three dots in one": (row("… _", units="Hemtjänst"), "Saknas: Aktivitet", None),
    "hard spaces only": (row("\u00a0", **EMPTY), "", None),
    "an unknown unit": (row(units="Hemvården"), "Enheten känns inte igen här, välj i listan", None),
    "a known and an unknown unit": (
        row(units="Hemtjänst, Hemvården"),
        "Enheten känns inte igen här, välj i listan",
        None,
    ),
    "units parted as people do": (row(units=" hemtjänst, BEMANNING."), DONE, None),
    "units in a sentence": (row(units="Hemtjänst och\u00a0Bemanning"), DONE, None),
    "the whole department": (row(units="Hela verksamheten"), DONE, None),
    "status with a full stop": (
        row(units="Hemtjänst", status="Pågående enligt plan."),
        DONE,
        None,
    ),
    "status in brackets": (
        row(units="Hemtjänst", status="(pågående\u00a0enligt plan)"),
        DONE,
        None,
    ),
    "not started though it should have": (
        row(units="Hemtjänst", start=date(2024, 4, 29), status="Ej påbörjad"),
        "Startdatum har passerat",
        None,
    ),
    "to start on the cutoff day": (
        row(units="Hemtjänst", start=date(2024, 4, 30), status="Ej påbörjad"),
        DONE,
        None,
    ),
    "ongoing after its end": (
        row(units="Hemtjänst", end=date(2024, 4, 29)),
        "Slutdatum har passerat",
        None,
    ),
    "to end on the cutoff day": (row(units="Hemtjänst", end=date(2024, 4, 30)), DONE, None),
    "finished before its end": (
        row(units="Hemtjänst", end=date(2024, 5, 1), status="Avslutad enligt plan"),
        "Slutdatum ligger efter 2024-04-30",
        None,
    ),
    "finished on the cutoff day": (
        row(units="Hemtjänst", end=date(2024, 4, 30), status="Avslutad enligt plan"),
        DONE,
        None,
    ),
    "one day": (row(units="Hemtjänst", start=LATER, end=LATER), DONE, None),
    "end before start and an unknown status": (
        row(units="Hemtjänst", start=LATER, end=DAY, status="Klar"),
        "Slutdatum ligger före startdatum",
        None,
    ),
    "unknown status": (
        row(units="Hemtjänst", status="Påbörjad"),
        "Statusen känns inte igen här, välj i listan",
        None,
    ),
    "status in capitals": (row(units="Hemtjänst", status="PÅGÅENDE ENLIGT PLAN"), DONE, None),
    "status with spaces": (
        row(units="Hemtjänst", start=LATER, status="  Ej  påbörjad "),
        DONE,
        None,
    ),
    "status like a pattern": (
        row(units="Hemtjänst", status="Pågående*"),
        "Statusen känns inte igen här, välj i listan",
        None,
    ),
    "status like a condition": (
        row(units="Hemtjänst", status=">0"),
        "Statusen känns inte igen här, välj i listan",
        None,
    ),
    "status as a formula": (
        row(units="Hemtjänst", status="=Ej påbörjad"),
        "Statusen känns inte igen här, välj i listan",
        None,
    ),
    "a very long status": (
        row(units="Hemtjänst", status="Pågående " * 40),
        "Statusen känns inte igen här, välj i listan",
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
    answers = [Kontroll(PLAN, FORMS[kind]).says(filled) for kind in FormKind]
    assert answers == [own, own, own if shared is None else shared]


def test_the_value_beside_the_kontroll_formula_is_what_the_row_lacks() -> None:
    """A preview, which computes nothing, shows the truth too."""
    plan = make_plan()
    count = len(ROWS)
    assert kontroll(own_form(plan, "Hemtjänst", {2: ROWS}), YOUTH_SHEET, count + 1) == [*IN_OWN, ""]
    assert kontroll(shared_form(plan, {2: ROWS}), YOUTH_SHEET, count) == IN_OWN
    assert kontroll(per_goal_form(plan, YOUTH, ROWS), YOUTH_SHEET, count) == IN_GOALS


def test_kontroll_is_in_each_row_though_the_file_holds_it_once_a_sheet() -> None:
    plan = make_plan()
    data = own_form(plan, "Hemtjänst", {2: ROWS})
    found = formulas(opened(data))
    written = check_formula(plan, FormKind.UNIT)
    rows = range(FIRST, FIRST + len(ROWS) + 20)
    assert {found[YOUTH_SHEET, f"H{number}"] for number in rows} == {written}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(f"xl/worksheets/sheet{number + 2}.xml") for number in range(2)]
    whole = [sheet.count(b"Slutdatum ligger f\xc3\xb6re startdatum") for sheet in sheets]
    assert whole == [1, 1 + IN_OWN.count("Slutdatum ligger före startdatum")]
    live = re.compile(rb"<c r=\"H[0-9]+\"[^>]*><f t=\"shared\"")
    assert [len(live.findall(sheet)) for sheet in sheets] == [32, len(ROWS) + 20]


def test_a_plan_where_no_status_needs_a_comment_asks_for_none() -> None:
    plan = make_plan()
    plan = replace(plan, statuses=tuple(replace(s, needs_comment=False) for s in plan.statuses))
    deviating = row(status="Avslutad med avvikelse", comment="")
    assert kontroll(own_form(plan, "Hemtjänst", {2: [deviating]}), YOUTH_SHEET, 1) == [DONE]


# A program that computes


def shown(workbook: Workbook, sheet: str, cell: str) -> str:
    """A cell's value as text, nothing for a blank one."""
    value = workbook[sheet][cell].value
    return "" if value is None else str(value)


def to_compute(data: bytes, path: Path) -> dict[tuple[str, str], str]:
    """Saves the form with its formulas but not their values, which are given back."""
    emptied = without_values(data)
    path.write_bytes(emptied)
    values, blank = opened(data, values=True), opened(emptied, values=True)
    places = list(formulas(opened(data)))
    assert {shown(blank, *place) for place in places} == {""}
    return {place: shown(values, *place) for place in places}


def recalculated(folder: Path, names: Sequence[str]) -> list[Workbook]:
    """Workbooks as LibreOffice saves them after computing every formula."""
    target = converted(folder, names, COMPUTED)
    return [openpyxl.load_workbook(target / name, data_only=True) for name in names]


@needs_libreoffice
def test_a_program_that_computes_the_formulas_gets_the_values_beside_them(tmp_path: Path) -> None:
    odd = {goal.number: ROWS[: number + 3] for number, goal in enumerate(ODD_GOALS)}
    plan, traps = trapped()
    files = {
        "own.xlsx": own_form(make_plan(), "Hemtjänst", {1: ROWS[3:5], 2: ROWS}),
        "goal.xlsx": per_goal_form(make_plan(), YOUTH, ROWS),
        "odd.xlsx": own_form(make_plan(goals=ODD_GOALS), "Hemtjänst", odd),
        "traps.xlsx": shared_form(plan, {1: traps}),
    }
    expected = {name: to_compute(data, tmp_path / name) for name, data in files.items()}
    computed = recalculated(tmp_path, list(files))
    for (name, values), workbook in zip(expected.items(), computed, strict=True):
        found = {place: shown(workbook, *place) for place in values}
        different = {p: (values[p], found[p]) for p in values if values[p] != found[p]}
        assert different == {}, name
    own = computed[0][YOUTH_SHEET]
    assert [str(own[f"H{FIRST + at}"].value or "") for at in range(len(ROWS))] == IN_OWN
    goal = computed[1][YOUTH_SHEET]
    assert [str(goal[f"H{FIRST + at}"].value or "") for at in range(len(ROWS))] == IN_GOALS
