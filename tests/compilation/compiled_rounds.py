"""Rounds with their compilation written, and opened by another program."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.model import Plan
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.small_rounds import make_plan, make_round, own_form, row, shared_form

PLAN = make_plan()
COLUMNS = [
    "Id",
    "Mål",
    "Aktivitet",
    "Enheter",
    "Startdatum",
    "Slutdatum",
    "Beskrivning",
    "Status",
    "Kommentar",
    "Ta med",
    "Ordning",
    "Anteckning",
    "Komplettera",
    "Verksamhet",
    "Samma som",
    "Källa",
]
HEADER_ROW = 3


def compiled(
    folder: Path, inbox: Mapping[str, bytes], plan: Plan = PLAN
) -> tuple[CheckedRound, Workbook]:
    """A round checked and its compilation written, opened by another program."""
    checked = pipeline.check(make_round(folder, plan, inbox), plan)
    return checked, openpyxl.load_workbook(write_compilation(checked).written.path)


def small_round(plan: Plan = PLAN) -> dict[str, bytes]:
    """One unit's form and Gemensamt: four activities, nobody at work on the third goal."""
    return {
        "Hemtjänst.xlsx": own_form(
            plan,
            "Hemtjänst",
            {
                1: [row("Friskvård", status="Ej påbörjad", start=date(2024, 6, 1))],
                2: [row("Åka skridskor"), row("Läxhjälp", units="Hemtjänst; Bemanning", status="")],
            },
        ),
        "Gemensamt.xlsx": shared_form(plan, {1: [row("Hälsosamtal")]}),
    }


def table(book: Workbook, name: str) -> list[tuple[object, ...]]:
    """A sheet's table from its headings down."""
    return list(book[name].iter_rows(min_row=HEADER_ROW, values_only=True))


def target(cell: Cell | MergedCell) -> tuple[str, str]:
    """A cell's link as the path it leads to and the place in that file; '' for none."""
    link = cell.hyperlink
    if link is None:
        return "", ""
    return unquote(link.target or "").replace("\\", "/"), link.location or ""
