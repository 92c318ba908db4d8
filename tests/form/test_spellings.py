"""Kontroll and the check side by side, over the many ways that people write dates, units and statuses.

Kontroll's formula reads fewer spellings than the check. Where it reads one, both say the same; where it does
not, it says that it does not, which is true whatever the check then makes of it.
"""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import read_workbook, read_workbook_bytes
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.words import (
    DONE,
    UNKNOWN_STATUS,
    UNKNOWN_UNIT,
    UNREADABLE_DATE,
    outside,
)
from excel_uppsikt.model import Unit
from tests.form.opened_forms import FIRST, YOUTH_SHEET
from tests.form.test_elsewhere import without_values
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import CARE, check, make_plan, own_form, row

PLAN = make_plan(
    cutoff=None,
    units=(
        *("Hemtjänst", "Bemanning", "Hemtjänst norr", "Vård", "Vård och omsorg", "Stöd – vuxna"),
        *("Kök, städ & tvätt", Unit("Nattpatrullen", CARE, earlier_names=("Natten",))),
    ),
)
OUTSIDE = outside(PLAN)
NOT_READ = {UNREADABLE_DATE, UNKNOWN_STATUS, UNKNOWN_UNIT}

# What is written, by what Kontroll says of it.
DATES: dict[str, tuple[object, ...]] = {
    DONE: (
        *("2024-03-01", "2024.03.01", "2024/03/01", "20240301", "240301", " 2024-03-01 "),
        *("\u00a02024-03-01", "2024-03-\u200b01", 45_352, 45_352.5, 20_240_301, 240_301),
    ),
    OUTSIDE: (date(2023, 12, 31), "2025-01-01", "20250101", 250_101, 46_000),
    UNREADABLE_DATE: (
        # As the check reads without a word.
        *("2024-3-1", "2024-03-1", "2024. 3. 1", "2024 03 01", "24-03-01", "2024–03–01", "45352"),
        *("1/3 2024", "1/3-2024", "1/3-24", "01/03 2024", "1.3.2024", "01.03.24", "15/3/2024"),
        *("1 mars 2024", "1 mar -24", "den 1 mars 2024", "fre 1 mars 2024", "1:a mars 2024"),
        *("2024-03-01 10:30", "2024-03-01T00:00:00", "2024-03-01.", "240301.", "2024/03-01"),
        # With a note on how it was read.
        *("1 mars", "1/3", "13/3", "mars 2024", "mars", "2024-03", "2024/3", "2024", "v. 12"),
        *("vecka 12", "v12 2024", "2024v12", "T1", "tertial 1", "Q1 2024", "kvartal 2"),
        # And not at all, or as another day than it looks like.
        *("våren", "våren 2024", "03/04/2024", "31 februari 2024", "2024-02-31", "2024-13-01"),
        *("20240231", "240431", "19000229", "2024-0301", "2024--0301", "2024-031-1", "20-24-0301"),
        *("2024,03,01", "2024_03_01", "2024103101", "2024111", "2024.111", "24.301", "24/03/01"),
        *("-240301", "020240301", "1e5", "100000", "?", "=A1", True),
    ),
}
UNITS: dict[str, tuple[object, ...]] = {
    DONE: (
        *("Hemtjänst", "HEMTJÄNST.", " hemtjänst,", "Hemtjänst;Hemtjänst", "Hemtjänst norr"),
        *("Hemtjänst; Bemanning", "Hemtjänst , Bemanning", "Hemtjänst,Bemanning", "Hemtjänst;"),
        *("Hemtjänst och Bemanning", "Hemtjänst  OCH  Bemanning", "Hemtjänst samt Bemanning"),
        *("Hemtjänst/Bemanning", "Hemtjänst & Bemanning", "Hemtjänst&Bemanning", "Natten"),
        *("Hemtjänst + Bemanning", "Hemtjänst\nBemanning", "Hemtjänst,,Bemanning", ", Hemtjänst"),
        *("Hemtjänst, Bemanning, och Vård", "Vård och omsorg", "Vård, Vård och omsorg; Bemanning"),
        *("Hemtjänst och Vård och omsorg", "Hem\u00adtjänst", "Hela verksamheten", "Stöd – vuxna"),
        *("Stöd - vuxna", "Kök, städ & tvätt", "Kök, städ & tvätt, Hemtjänst", "Hemtjänst\n"),
        *("Nattpatrullen/Natten", "Hemtjänst norr, Hemtjänst", "Hela verksamheten; Hemtjänst"),
    ),
    UNKNOWN_UNIT: (
        # As the check reads without a word.
        *(
            "Hemtjänst Bemanning",
            "Hemtjänst\u00a0Bemanning",
            "Hemtjänst | Bemanning",
            "(Hemtjänst)",
        ),
        *("• Hemtjänst\n• Bemanning", "- Hemtjänst\n- Bemanning", "Hemtjänst - Bemanning"),
        *("Hemtjänst: Bemanning", "Hemtjänst och", "Hela\nverksamheten", "Hemtjänst?", "-"),
        # With a note on what it was read as.
        *("Hemtjänts", "Bemaning", "Hemtjänst; Bemaning", "Hela, verksamheten", "Vård & omsorg"),
        # And not at all.
        *("Köket", "Hemtjänst; Köket", "Hemtjänst Köket", "Vård, omsorg", "Vård; omsorg"),
        *("Vård\nomsorg", "Vård/omsorg", "omsorg", "Hemtjänst norr Köket", "Hemtjänst norr, söder"),
        *("Kök, städ", "Kök; städ & tvätt", "Hemtjänst 1", "Hemtjänst och/eller Bemanning", "*"),
    ),
}
STATUSES: dict[str, tuple[object, ...]] = {
    DONE: (
        *("Pågående enligt plan", "pågående  enligt plan", "PÅGÅENDE ENLIGT PLAN", "\nEj påbörjad"),
        *(
            "Pågående enligt plan.",
            "Pågående enligt plan;",
            "(Pågående enligt plan)",
            "Ej påbörjad:",
        ),
        *("Pågående\u00a0enligt plan", "Pågå\u00adende enligt plan", " Avslutad enligt plan "),
    ),
    UNKNOWN_STATUS: (
        # As the check reads without a word.
        *("- Pågående enligt plan", "• Ej påbörjad", "Pågående enligt plan -", "Ej\npåbörjad"),
        # With a note on what it was read as.
        *("Pågåene enligt plan", "Pågående, enligt plan", "Pågåen.de enligt plan", "Ej, påbörjad"),
        *("Pågående (enligt plan)", "Pågående – enligt plan", "Pågående enligt plan!"),
        *("Pågående enligt planen", "“Pågående enligt plan”", "Pågående enligt plan (ok)"),
        # And not at all.
        *("Pågående", "Avslutad", "Färdig", "1", "?", "*", "Pågående*", "=Ej påbörjad"),
    ),
}
CASES: list[tuple[str, object, str]] = [
    (field, written, says)
    for field, table in (("start", DATES), ("end", DATES), ("units", UNITS), ("status", STATUSES))
    for says, spellings in table.items()
    for written in spellings
]


@cache
def form() -> bytes:
    """A row for each case, with nothing else to remark on."""
    return own_form(PLAN, "Hemtjänst", {2: [_case(at) for at in range(len(CASES))]})


def _case(at: int) -> FormRow:
    field, written, says = CASES[at]
    # Titles so unlike that no row is taken for another.
    title = f"{chr(97 + at % 20) * 9} {chr(97 + at // 20) * 9} {at}"
    first, last = (2023, 2026) if says == OUTSIDE else (2024, 2024)
    days = {"start": date(first, 1, 1), "end": date(last, 12, 31)}
    return row(title, **(days | {field: written}))


def kontroll(book: Workbook) -> list[object]:
    (sheet,) = (sheet for sheet in book.sheets if sheet.name == YOUTH_SHEET)
    return [sheet.rows[FIRST - 1 + at][7] for at in range(len(CASES))]


def test_what_stands_beside_the_formula_is_what_the_table_says() -> None:
    found = kontroll(read_workbook_bytes(form()))
    assert [*zip(CASES, found, strict=True)] == [(case, case[2]) for case in CASES]


@needs_libreoffice
def test_libreoffice_computes_what_the_table_says(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(without_values(form()))
    target = converted(tmp_path, ["a.xlsx"], COMPUTED)
    found = kontroll(read_workbook(target / "a.xlsx"))
    assert [*zip(CASES, found, strict=True)] == [(case, case[2]) for case in CASES]


@pytest.fixture(scope="module")
def severities(tmp_path_factory: pytest.TempPathFactory) -> list[set[Severity]]:
    """How severe what the check says of each row's cells is."""
    checked = check(tmp_path_factory.mktemp("omgang"), PLAN, {"a.xlsx": form()})
    rows: list[set[Severity]] = [set() for _ in CASES]
    for finding in checked.findings:
        if finding.sheet == YOUTH_SHEET and finding.code[0] in "RC" and finding.place.row:
            rows[finding.place.row - FIRST].add(finding.severity)
    return rows


def test_kontroll_and_the_check_never_contradict_each_other(
    severities: list[set[Severity]],
) -> None:
    """Done where the check says nothing, and a remark where it warns; else Kontroll has not read it."""
    expected: dict[str, set[Severity]] = {DONE: set(), OUTSIDE: {Severity.WARNING}}
    different = [
        (case, found)
        for case, found in zip(CASES, severities, strict=True)
        if case[2] not in NOT_READ and found != expected[case[2]]
    ]
    assert different == []


def test_what_kontroll_has_not_read_the_check_may_take_or_not(
    severities: list[set[Severity]],
) -> None:
    """So the words that Kontroll then has must be true of spellings that are right, near and wrong."""
    found: dict[str, set[Severity | None]] = {says: set() for says in NOT_READ}
    for (_, _, says), severity in zip(CASES, severities, strict=True):
        if says in NOT_READ:
            found[says] |= severity or {None}
    assert found == {says: {None, Severity.WARNING, Severity.ERROR} for says in NOT_READ}
