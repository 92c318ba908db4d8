"""Changes since the previous round, in ut/sammanstallning.xlsx and as findings."""

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.compiled_rounds import PLAN, compiled, small_round, table
from tests.small_rounds import YOUTH, make_plan, own_form, row


def rounds(
    folder: Path, before: list[FormRow], now: list[FormRow]
) -> tuple[CheckedRound, Workbook]:
    """Two rounds of one unit's rows toward the second goal; the second knows of the first."""
    inbox = {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: before})}
    compiled(folder / "t1", inbox)
    (folder / "forra").mkdir()
    (folder / "t1" / COMPILATION_FILE).rename(folder / "forra" / "sammanstallning.xlsx")
    plan = make_plan(
        period="T2", cutoff=date(2024, 8, 31), previous="../forra/sammanstallning.xlsx"
    )
    inbox = {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: now})}
    return compiled(folder / "t2", inbox, plan)


def test_changes_since_the_previous_round_are_listed_and_told(tmp_path: Path) -> None:
    """New and gone, status on and back, the end moved, and a comment that says the same."""
    back, on, moved = "Bygga lekplats", "Starta fritidsklubb", "Utbilda ledare"
    same, gone, new = "Öppna café", "Anlägga isbana", "Grilla korv"
    checked, book = rounds(
        tmp_path,
        [
            row(back, status="Avslutad enligt plan", end=date(2024, 4, 1)),
            row(on, status="Ej påbörjad", start=date(2024, 9, 1)),
            row(moved),
            row(same, comment="Samma ord."),
            row(gone),
        ],
        [
            row(back, end=date(2024, 4, 1), comment="Öppnad igen.", status="Pågående enligt plan"),
            row(on, start=date(2024, 9, 1), comment="I gång.", status="Pågående med avvikelse"),
            row(moved, end=date(2024, 12, 1), comment="Försenad."),
            row(same, comment="Samma ord."),
            row(new),
        ],
    )
    assert table(book, "Ändringar") == [
        ("Ändring", "Mål", "Aktivitet", "Enheter", "Före", "Nu"),
        (
            "Status bakåt",
            YOUTH.text,
            back,
            "Hemtjänst",
            "Avslutad enligt plan",
            "Pågående enligt plan",
        ),
        ("Ny", YOUTH.text, new, "Hemtjänst", None, None),
        (
            "Status ändrad",
            YOUTH.text,
            on,
            "Hemtjänst",
            "Ej påbörjad",
            "Pågående med avvikelse",
        ),
        ("Slutdatum flyttat", YOUTH.text, moved, "Hemtjänst", "2024-09-30", "2024-12-01"),
        ("Kommentar oförändrad", YOUTH.text, same, "Hemtjänst", None, None),
        ("Finns inte kvar", YOUTH.text, gone, "Hemtjänst", None, None),
    ]
    told = [
        (f.code, f.severity, (f.file or "").removeprefix("inkorg/"), f.cell, f.value)
        for f in checked.findings
        if f.code.startswith("E")
    ]
    assert told == [
        ("E702", Severity.WARNING, "Hemtjänst.xlsx", "F5", "Pågående enligt plan"),
        ("E703", Severity.HINT, "Hemtjänst.xlsx", "D7", "2024-12-01"),
        ("E703", Severity.HINT, "Hemtjänst.xlsx", "G8", same),
        ("E701", Severity.WARNING, "", None, gone),
    ]


def test_what_was_finished_may_keep_its_comment(tmp_path: Path) -> None:
    done = row("Bygga", status="Avslutad enligt plan", end=date(2024, 4, 1), comment="Klart.")
    checked, book = rounds(tmp_path, [done], [done])
    assert table(book, "Ändringar")[1:] == []
    assert [f.code for f in checked.findings if f.code.startswith("E")] == []


def test_without_a_previous_round_the_sheet_says_so(tmp_path: Path) -> None:
    checked, book = compiled(tmp_path, small_round())
    assert len(table(book, "Ändringar")) == 1
    assert "ingen föregående sammanställning" in str(book["Ändringar"]["A2"].value)
    assert checked.changes == ()


def test_an_activity_whose_title_the_coordinator_reworded_is_the_same_next_round(
    tmp_path: Path,
) -> None:
    """The unit writes its own title again, in a form without Ids; it is neither new nor gone."""
    inbox = {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Bygga lekplats")]})}
    compiled(tmp_path / "t1", inbox)
    path = tmp_path / "t1" / COMPILATION_FILE
    book = openpyxl.load_workbook(path)
    (cell,) = [c for c in book["Aktiviteter"]["C"] if c.value == "Bygga lekplats"]
    cell.value = "En helt annan rubrik för samma sak"
    book.save(path)
    plan = make_plan(period="T2", previous="../t1/ut/sammanstallning.xlsx")
    inbox = {
        "Hemtjänst.xlsx": own_form(
            plan, "Hemtjänst", {2: [row("Bygga lekplats", comment="Klar till hösten.")]}
        )
    }
    checked, _ = compiled(tmp_path / "t2", inbox, plan)
    assert checked.changes == ()
