"""Decisions and questions that are written elsewhere than in Excel stand as if they were written there."""

from dataclasses import replace
from datetime import date

import pytest

from excel_uppsikt.compilation.deciding import (
    NOTHING,
    Written,
    WrittenDecision,
    decisions_written,
    first_empty,
    with_written,
)
from excel_uppsikt.compilation.decisions import DecisionsReading
from excel_uppsikt.compilation.reading import CompilationReading
from excel_uppsikt.findings.catalogue.choices import M609
from excel_uppsikt.findings.catalogue.rows import R301, R309, R311
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Choice, Compilation, DecisionRow, Decisions, Line, Outcome, Row
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.report.test_document import activity
from tests.small_rounds import CARE, make_plan

PLAN = make_plan()
DAY = date(2024, 6, 4)
# The first row below the headings is the fourth of the sheet, and one row is left empty.
ROWS = (
    DecisionRow(0, {0: CARE, 1: "godkänd", 2: DAY, 6: "7/24"}, CARE, Outcome.APPROVED, DAY),
    DecisionRow(2, {0: CARE, 1: "vilande"}, CARE),
)
KNOWN = Compilation(decisions=Decisions(ROWS, {6: "Diarie"}))


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    return [(f"{f.code}.{f.variant.name}", f.cell or "", f.value) for f in findings]


def stands(reading: DecisionsReading) -> dict[int, dict[int, object]]:
    return {row.at: dict(row.cells) for row in reading.decisions.rows}


def test_a_new_decision_stands_below_all_that_stands_there_each_text_in_its_column() -> None:
    new = WrittenDecision(CARE, "återremiss", "2024-06-11", "§ 5", "Mer.\x00 ", " Hemtjänst")
    reading = decisions_written(PLAN, KNOWN, Written((new, replace(new, outcome="till KS"))))
    assert first_empty(KNOWN) == 3
    later = date(2024, 6, 11)
    cells = {0: CARE, 1: "återremiss", 2: later, 3: "§ 5", 4: "Mer.", 5: "Hemtjänst"}
    assert stands(reading) == {
        0: {0: CARE, 1: "godkänd", 2: DAY, 6: "7/24"},
        2: {0: CARE, 1: "vilande"},
        3: cells,
        4: cells | {1: "till KS"},
    }
    assert dict(reading.decisions.headings) == {6: "Diarie"}
    # What could not be read before is told again, where it stands.
    assert told(reading.findings) == [
        ("M609.OUTCOME", "B6", "vilande"),
        ("M609.NO_DAY_ALONE", "C6", None),
    ]
    assert {finding.place.file for finding in reading.findings} == {COMPILATION_FILE}


@pytest.mark.parametrize(
    ("day", "value", "findings"),
    [
        ("2024-06-11", date(2024, 6, 11), []),
        ("11 juni 2024", date(2024, 6, 11), []),
        ("juni 2024", None, [("M609.DAY", "C4", "juni 2024")]),
        ("vid nästa möte", None, [("M609.DAY", "C4", "vid nästa möte")]),
        ("", None, [("M609.NO_DAY", "C4", None)]),
    ],
)
def test_what_is_exactly_a_day_is_one_and_all_else_stands_as_it_was_written(
    day: str, value: date | None, findings: list[tuple[str, str, str | None]]
) -> None:
    reading = decisions_written(
        PLAN, Compilation(), Written((WrittenDecision(CARE, "godkänd", day),))
    )
    (row,) = reading.decisions.rows
    assert (row.at, row.day, row.cells.get(2)) == (0, value, value or day or None)
    assert told(reading.findings) == findings
    assert first_empty(Compilation()) == 0


def test_cells_are_corrected_one_by_one_and_a_row_taken_away_leaves_its_place_empty() -> None:
    written = Written(corrected={2: {"Utfall": "till KS", "Datum": "2024-06-05"}})
    reading = decisions_written(PLAN, KNOWN, written)
    assert stands(reading)[2] == {0: CARE, 1: "till KS", 2: date(2024, 6, 5)}
    assert stands(reading)[0] == dict(ROWS[0].cells)
    assert told(reading.findings) == []
    assert stands(decisions_written(PLAN, KNOWN, Written(removed=frozenset({0})))) == {
        2: dict(ROWS[1].cells)
    }
    assert stands(decisions_written(PLAN, KNOWN, Written(removed=frozenset({0, 2})))) == {}


ONE, OTHER, NEW = activity("En"), activity("Annan", id="2-b"), activity("Ny", id="2-c")


def at_row(row: int) -> Row:
    return Row(
        file=COMPILATION_FILE, sheet="Aktiviteter", row=row, values=ONE.values,
        columns={"Komplettera": 13},
    )  # fmt: skip


LINES = (
    Line(ONE, ONE, Choice(note="Ring", completion="Förr?"), at_row(4)),
    Line(OTHER, OTHER, Choice(completion="Vad?"), at_row(5)),
    Line(NEW, NEW),
)


def found(sheet: str, row: int, column: int, *, file: str = COMPILATION_FILE) -> Finding:
    return find(M609.CELL, Place(file, sheet, row, column), "#REF!", header="Komplettera")


CELLS = (
    found("Aktiviteter", 4, 13),
    found("Aktiviteter", 5, 13),
    found("Aktiviteter", 4, 12),
    found("Aktiviteter", 4, 13, file="inkorg/a.xlsx"),
    found("Beslut", 4, 13),
)


def test_what_is_to_be_completed_stands_in_its_row_and_what_was_wrong_in_its_cell_is_gone() -> None:
    reading = CompilationReading(replace(KNOWN, lines=LINES), CELLS)
    texts = {"2-c": "Kostnad?\x00 ", ONE.id: ""}
    read = with_written(PLAN, reading, Written(completions=texts))
    assert [line.choice for line in read.compilation.lines] == [
        Choice(note="Ring", completion=""), Choice(completion="Vad?"), Choice(completion="Kostnad?"),
    ]  # fmt: skip
    assert read.findings == CELLS[1:]
    # No decision is touched, so none is read anew.
    assert read.compilation.decisions is KNOWN.decisions
    assert with_written(PLAN, reading, NOTHING) == reading


@pytest.mark.parametrize(
    "written",
    [
        Written((WrittenDecision(CARE, "godkänd", "2024-06-11"),)),
        Written(corrected={2: {"Utfall": "vilar"}}),
        Written(removed=frozenset({0})),
    ],
)
def test_decisions_read_anew_are_told_of_anew_and_nothing_else_is_lost(written: Written) -> None:
    """Of Beslut what its cells say; not of other sheets and files, nor what else is told there."""
    cell = Place(COMPILATION_FILE, "Beslut", 6, 2)
    stale = (
        find(M609.OUTCOME, cell, "vilande"),
        find(R309.CUT, cell, "z", header="Skäl", limit=1),
        find(R311.PLAIN, cell, "Godkendd", read="godkänd"),
    )
    kept = (
        find(R301.PLAIN, cell, header="Utfall"),
        find(M609.OUTCOME, Place(COMPILATION_FILE, "Aktiviteter", 6, 2), "vilande"),
        find(M609.OUTCOME, Place("inkorg/a.xlsx", "Beslut", 6, 2), "vilande"),
    )
    read = with_written(PLAN, CompilationReading(KNOWN, (*stale, *kept)), written)
    anew = decisions_written(PLAN, KNOWN, written)
    assert read.compilation == replace(KNOWN, decisions=anew.decisions)
    assert read.findings == (*kept, *anew.findings)
    assert anew.findings
