"""Beslut read without a workbook around it: where its headings stand, its words, and what is told of it."""

from datetime import date

import pytest

from excel_uppsikt.compilation.decisions import (
    DecisionsReading,
    read_decisions,
    rulings,
    standing,
    was_sent_back,
)
from excel_uppsikt.excel.workbook import CellValue
from excel_uppsikt.language.text import LONGEST_TEXT
from excel_uppsikt.model import Decisions, Department, Outcome, Question, Ruling, Unit
from tests.compilation.test_decision_columns import DAY, HEADINGS, sheet
from tests.small_rounds import CARE, make_plan

SCHOOL = "Skola"
TWO = make_plan(
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", Unit("Åsens skola", SCHOOL)),
)
ONE = make_plan()
Cells = tuple[CellValue, ...]


def read(
    *rows: Cells, problems: dict[tuple[int, int], str] | None = None, two: bool = True
) -> DecisionsReading:
    """The decisions under the headings in the first row."""
    made = sheet(HEADINGS, *rows, problems=problems)
    return read_decisions(TWO if two else ONE, "s.xlsx", made)


def told(reading: DecisionsReading) -> list[tuple[str, str, str | None]]:
    return [(f"{f.code}.{f.variant.name}", f.cell or "", f.value) for f in reading.findings]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("godkänd", Outcome.APPROVED),
        ("Godkänt", Outcome.APPROVED),
        ("godkänns", Outcome.APPROVED),
        ("godkända", Outcome.APPROVED),
        ("återremiss", Outcome.SENT_BACK),
        ("återremitterad", Outcome.SENT_BACK),
        ("Återremitterat", Outcome.SENT_BACK),
        ("återremitteras", Outcome.SENT_BACK),
        ("till KS", Outcome.TO_BOARD),
        ("KS", Outcome.TO_BOARD),
        ("kommunstyrelsen", Outcome.TO_BOARD),
        ("till kommunstyrelsen", Outcome.TO_BOARD),
        ("lämnas till KS", Outcome.TO_BOARD),
    ],
)
def test_words_of_minutes_are_outcomes_and_nothing_is_told(word: str, outcome: Outcome) -> None:
    reading = read((CARE, word, DAY))
    assert ([row.outcome for row in reading.decisions.rows], told(reading)) == ([outcome], [])


@pytest.mark.parametrize("above", [0, 1, 3, 19])
def test_the_headings_are_looked_for_in_the_first_twenty_rows(above: int) -> None:
    rows = [("Datum", "Rad")] * above
    found = read_decisions(TWO, "s.xlsx", sheet(*rows, HEADINGS, (CARE, "godkänd", DAY)))
    (only,) = found.decisions.rows
    assert (only.at, only.department, only.outcome, only.day) == (0, CARE, Outcome.APPROVED, DAY)
    assert told(found) == []


def test_headings_further_down_are_rows_of_the_table_that_begins_in_its_usual_place() -> None:
    rows: list[Cells] = [()] * 20
    found = read_decisions(TWO, "s.xlsx", sheet(*rows, HEADINGS, (CARE, "godkänd", DAY)))
    assert [(row.at, row.department) for row in found.decisions.rows] == [(17, None), (18, CARE)]
    assert told(found) == [
        ("M609.DEPARTMENT", "A21", "Verksamhet"),
        ("M609.OUTCOME", "B21", "Utfall"),
        ("M609.DAY_ALONE", "C21", "Datum"),
    ]


def test_a_column_that_has_lost_its_heading_is_known_by_its_place() -> None:
    heads = ("Verksamhet", "", "Datum", "Min egen", "Skäl", "")
    cells = (CARE, "återremiss", DAY, "§ 4", "Mer.", "Hemtjänst")
    found = read_decisions(TWO, "s.xlsx", sheet(heads, cells))
    (only,) = found.decisions.rows
    assert (only.outcome, only.paragraph, only.owners) == (
        Outcome.SENT_BACK, "§ 4", ("Hemtjänst",),
    )  # fmt: skip
    assert dict(found.decisions.headings) == {}


def test_a_column_of_ones_own_in_the_place_of_a_moved_one_stands_after_the_programs() -> None:
    """In the order that they had; one that nothing stands in is no column."""
    heads = ("Diarie", "Verksamhet", "Utfall", "Datum", "Paragraf", "Skäl", "Enhet", "", "Kopia")
    cells = ("7/24", CARE, "godkänd", DAY, "", "", "", "", "ja")
    found = read_decisions(TWO, "s.xlsx", sheet(heads, cells))
    assert dict(found.decisions.headings) == {6: "Diarie", 7: "Kopia"}
    (only,) = found.decisions.rows
    assert only.cells == {0: CARE, 1: "godkänd", 2: DAY, 6: "7/24", 7: "ja"}


def test_what_is_missing_is_told_in_its_cell() -> None:
    """The department not where the municipality has only one."""
    rows: list[Cells] = [("", "", "", "§ 1"), (), (CARE, "godkänd", DAY)]
    assert told(read(*rows)) == [
        ("M609.NO_DEPARTMENT", "A2", None),
        ("M609.NO_OUTCOME", "B2", None),
        ("M609.NO_DAY_ALONE", "C2", None),
    ]
    alone = read(*rows, two=False)
    assert told(alone) == [("M609.NO_OUTCOME", "B2", None), ("M609.NO_DAY_ALONE", "C2", None)]
    assert [(row.at, row.department) for row in alone.decisions.rows] == [(0, CARE), (2, CARE)]


def test_a_cell_in_error_is_told_once_and_kept_as_it_shows_itself() -> None:
    problems = {(2, 1): "#REF!", (2, 2): "", (2, 3): "#N/A", (2, 9): "=A1"}
    reading = read(("", "", "", "§ 1"), problems=problems)
    assert told(reading) == [
        ("M609.CELL", "A2", "#REF!"),
        ("M609.CELL", "B2", "="),
        ("M609.CELL", "C2", "#N/A"),
    ]
    (only,) = reading.decisions.rows
    assert only.cells == {0: "#REF!", 1: "=", 2: "#N/A", 3: "§ 1", 6: "=A1"}
    assert (only.department, only.outcome, only.day, only.paragraph) == (None, None, None, "§ 1")


def test_a_cell_in_error_is_its_own_rows_alone() -> None:
    """The decisions above and below it stand, also where its row is all that is wrong."""
    rows: list[Cells] = [(CARE, "godkänd", DAY), (CARE, "", DAY), (CARE, "till KS", DAY)]
    reading = read(*rows, problems={(3, 2): "#REF!", (3, 8): "#N/A"})
    assert told(reading) == [("M609.CELL", "B3", "#REF!")]
    assert [(row.outcome, dict(row.cells)) for row in reading.decisions.rows] == [
        (Outcome.APPROVED, {0: CARE, 1: "godkänd", 2: DAY}),
        (None, {0: CARE, 1: "#REF!", 2: DAY, 6: "#N/A"}),
        (Outcome.TO_BOARD, {0: CARE, 1: "till KS", 2: DAY}),
    ]


@pytest.mark.parametrize("over", [0, 1])
def test_more_than_a_cell_can_hold_is_told_with_what_is_lost(over: int) -> None:
    text = "x" * (LONGEST_TEXT - 1) + "yz"[: over + 1]
    reading = read((CARE, "godkänd", DAY, "", text))
    assert told(reading) == ([("R309.CUT", "E2", "z")] if over else [])


@pytest.mark.parametrize(
    ("written", "owners", "expected"),
    [
        ("Hemtjänst; hemtjänst", ("Hemtjänst",), []),
        ("Gemensamt", (f"Gemensamt {CARE}",), []),
        (f"gemensamt {CARE}", (f"Gemensamt {CARE}",), []),
        ("Hela verksamheten", (f"Gemensamt {CARE}",), []),
        ("Åsens skola", (), [("M609.OWNER", "F2", "Åsens skola")]),
        (
            "Hemtjänstt; Hemtjänst; Köket",
            ("Hemtjänst",),
            [("R311.PLAIN", "F2", "Hemtjänstt"), ("M609.OWNER", "F2", "Köket")],
        ),
    ],
)
def test_whom_a_row_asks(
    written: str, owners: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    """Units of its department, or its own form; each once."""
    reading = read((CARE, "återremiss", DAY, "", "Varför?", written))
    assert [row.owners for row in reading.decisions.rows] == [owners]
    assert told(reading) == expected


def test_nobody_is_asked_by_a_row_of_an_unknown_department() -> None:
    reading = read(("Kultur", "återremiss", DAY, "", "Varför?", "Hemtjänst"))
    assert [row.owners for row in reading.decisions.rows] == [()]
    assert told(reading) == [("M609.DEPARTMENT", "A2", "Kultur")]


@pytest.mark.parametrize("written", ["juni 2024", "i juni", "4 ju", "12"])
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    reading = read((CARE, "godkänd", written))
    assert [row.day for row in reading.decisions.rows] == [None]
    assert told(reading) == [("M609.DAY", "C2", written)]


def decided(*rows: Cells) -> Decisions:
    return read(*rows).decisions


def test_the_latest_day_is_how_a_report_stands_wherever_its_row_stands() -> None:
    later, earlier = date(2024, 9, 3), date(2024, 6, 4)
    decisions = decided(
        (CARE, "godkänd", later, "§ 9"),
        (SCHOOL, "till KS", date(2024, 12, 1)),
        (CARE, "återremiss", earlier, "§ 4", "Mer."),
        (CARE, "", later, "§ 10"),
    )
    assert rulings(decisions, CARE) == (
        Ruling(CARE, Outcome.SENT_BACK, earlier, "§ 4", "Mer."),
        Ruling(CARE, Outcome.APPROVED, later, "§ 9"),
    )
    assert standing(decisions, CARE) == Ruling(CARE, Outcome.APPROVED, later, "§ 9")
    assert standing(decisions, "Kultur") is None
    assert [was_sent_back(decisions, one) for one in (CARE, SCHOOL)] == [True, False]


def test_rows_of_one_outcome_and_day_are_one_decision() -> None:
    """With the first paragraph, each reason once, and each question with its own words."""
    rows: list[Cells] = [
        (CARE, "återremiss", DAY, "", "Tunt."),
        (CARE, "återremiss", DAY, "§ 4", "Tunt."),
        (CARE, "återremiss", DAY, "§ 5", "Mer."),
        (CARE, "återremiss", DAY, "", "Varför?", "Hemtjänst"),
        (CARE, "återremiss", DAY, "", "", ""),
    ]
    asked = (Question("Hemtjänst", "Varför?"),)
    ruling = Ruling(CARE, Outcome.SENT_BACK, DAY, "§ 4", "Tunt.\nMer.", asked)
    assert rulings(decided(*rows), CARE) == (ruling,)


def test_a_decision_without_a_day_comes_after_those_above_it() -> None:
    """And one with the same outcome and the day above is the same one."""
    rows: list[Cells] = [
        (CARE, "återremiss", "", "§ 1"),
        (CARE, "återremiss", DAY, "§ 2"),
        (CARE, "återremiss", "", "§ 3"),
        (CARE, "godkänd", "", "§ 4"),
        (CARE, "återremiss", "", "§ 5"),
    ]
    assert [(r.outcome, r.day, r.paragraph) for r in rulings(decided(*rows), CARE)] == [
        (Outcome.SENT_BACK, None, "§ 1"),
        (Outcome.SENT_BACK, DAY, "§ 2"),
        (Outcome.APPROVED, None, "§ 4"),
        (Outcome.SENT_BACK, None, "§ 5"),
    ]
