"""Advice that has been followed gives no new advice, and is told where the value stands, to who can act."""

from datetime import date, datetime
from pathlib import Path

import pytest

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import ChangeKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import SHEET, add, put, run, start
from tests.small_rounds import HOMES, YOUTH, make_plan, own_form, row

CAMP = "Ordna läger"
PLAN = make_plan(goals=(YOUTH, HOMES), minimum=0, cutoff=date(2024, 4, 30))
NEXT = make_plan(
    goals=(YOUTH, HOMES),
    minimum=0,
    period="T2",
    cutoff=date(2024, 8, 31),
    previous="../t1/ut/sammanstallning.xlsx",
)


def next_round(folder: Path, before: FormRow, now: FormRow) -> CheckedRound:
    """The second of two rounds of one unit's row, run once, in the folder t2."""
    start(folder / "t1", {"a.xlsx": own_form(PLAN, "Hemtjänst", {2: [before]})}, PLAN)
    return start(folder / "t2", {"a.xlsx": own_form(NEXT, "Hemtjänst", {2: [now]})}, NEXT)


def told(checked: CheckedRound) -> list[Finding]:
    """What is told of statuses, dates and changes."""
    return [f for f in checked.findings if f.code[0] in "RCE"]


DONE = {"status": "Avslutad enligt plan", "comment": "Klart."}


def test_a_unit_that_dates_what_it_finished_early_hears_no_more(tmp_path: Path) -> None:
    """C403 asks for it; the list of changes has it all the same."""
    checked = next_round(tmp_path, row(CAMP), row(CAMP, **DONE))
    assert [f.code for f in told(checked)] == ["C403"]
    early = own_form(NEXT, "Hemtjänst", {2: [row(CAMP, **DONE, end=date(2024, 6, 1))]})
    (tmp_path / "t2/inkorg/a.xlsx").write_bytes(early)
    checked = run(tmp_path / "t2", NEXT)
    assert told(checked) == []
    moved = [(c.before, c.now) for c in checked.changes if c.kind is ChangeKind.END]
    assert moved == [("2024-09-30", "2024-06-01")]


def test_a_coordinator_who_dates_it_hears_no_more_either(tmp_path: Path) -> None:
    next_round(tmp_path, row(CAMP), row(CAMP, **DONE))
    put(tmp_path / "t2", CAMP, {"Slutdatum": datetime(2024, 6, 1)})  # noqa: DTZ001  a cell's date has no zone
    for _ in range(2):
        assert told(run(tmp_path / "t2", NEXT)) == []


@pytest.mark.parametrize(
    ("now", "end"),
    [
        # Not finished, though moved to an earlier day; and finished, but later than was planned.
        ({"comment": "I maj."}, date(2024, 9, 15)),
        ({"status": "Avslutad med avvikelse", "comment": "Sent."}, date(2024, 10, 1)),
    ],
)
def test_other_moved_dates_are_still_asked_about_at_the_units_row(
    tmp_path: Path, now: dict[str, str], end: date
) -> None:
    checked = next_round(tmp_path, row(CAMP), row(CAMP, **now, end=end))
    (finding,) = told(checked)
    assert (finding.code, finding.file, finding.value) == ("E703", "inkorg/a.xlsx", str(end))
    assert "be enheten skriva det" in finding.message


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"Slutdatum": datetime(2024, 12, 1)}, "E703", "F4"),  # noqa: DTZ001  a cell's date has no zone
        ({"Kommentar": "Arbetet pågår."}, "E703", "I4"),
        ({"Status": "Ej påbörjad", "Startdatum": datetime(2024, 9, 1)}, "E702", "H4"),  # noqa: DTZ001  a cell's date has no zone
    ],
)
def test_what_the_coordinator_has_written_is_told_at_its_own_cell(
    tmp_path: Path, cells: dict[str, object], code: str, cell: str
) -> None:
    """To the coordinator, who can say why; nobody is to ask the unit."""
    checked = next_round(tmp_path, row(CAMP), row(CAMP, comment="Nytt."))
    assert told(checked) == []
    put(tmp_path / "t2", CAMP, cells)
    for _ in range(2):
        (finding,) = told(run(tmp_path / "t2", NEXT))
        place = (finding.code, finding.file, finding.sheet, finding.cell)
        assert place == (code, COMPILATION_FILE, SHEET, cell)
        assert "här i sammanställningen" in finding.message
        assert "enheten" not in finding.message


def test_an_own_row_is_told_at_its_cell_too(tmp_path: Path) -> None:
    """It is the activity that had its title."""
    next_round(tmp_path, row(CAMP), row("Annat"))
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": CAMP,
        "Enheter": "Hemtjänst",
        "Startdatum": datetime(2024, 1, 15),  # noqa: DTZ001  a cell's date has no zone
        "Slutdatum": datetime(2024, 12, 1),  # noqa: DTZ001  a cell's date has no zone
        "Status": "Pågående enligt plan",
        "Kommentar": "Eget.",
    }
    at = add(tmp_path / "t2", cells)
    (finding,) = told(run(tmp_path / "t2", NEXT))
    assert (finding.file, finding.cell) == (COMPILATION_FILE, f"F{at}")


def test_a_date_that_the_unit_has_agreed_on_is_the_units_to_explain(tmp_path: Path) -> None:
    next_round(tmp_path, row(CAMP), row(CAMP, comment="Nytt."))
    put(tmp_path / "t2", CAMP, {"Slutdatum": datetime(2024, 12, 1)})  # noqa: DTZ001  a cell's date has no zone
    run(tmp_path / "t2", NEXT)
    same = own_form(NEXT, "Hemtjänst", {2: [row(CAMP, comment="Nytt.", end=date(2024, 12, 1))]})
    (tmp_path / "t2/inkorg/a.xlsx").write_bytes(same)
    (finding,) = told(run(tmp_path / "t2", NEXT))
    assert (finding.code, finding.file) == ("E703", "inkorg/a.xlsx")
