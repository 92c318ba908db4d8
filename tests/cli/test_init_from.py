"""uppsikt init --from on the command line: what is told, and the way on to the new round's forms."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import app, commands
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds.results import UnusablePlanError
from tests.small_rounds import make_plan, make_round, own_form, row

PLAN = make_plan(minimum=0, reference="KS 2024/17")


def first_round(folder: Path) -> Path:
    make_round(folder, PLAN, {"h.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})})
    commands.merge(folder)
    return folder


def test_from_one_round_to_the_forms_of_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What waits is told at once, by every command until it is there, and then no more."""
    last, folder = first_round(tmp_path / "t1"), tmp_path / "t2"
    capsys.readouterr()
    assert commands.init(folder, last=last) == 0
    told = capsys.readouterr().out
    waiting = [line for line in told.splitlines() if line.startswith("  fel P102")]
    assert [line.split(":")[0] for line in waiting] == [
        f"  fel P102 Blad ”{sheet}”, cell {cell}"
        for sheet, cell in (
            ("Omgång", "B6"), ("Omgång", "B7"), ("Omgång", "B8"), ("Omgång", "B9"), ("Omgång", "B10"),
            ("Omgång", "B11"), ("Verksamheter", "C4"),
        )
    ]  # fmt: skip
    assert f"Skrev {folder / 'plan.xlsx'}" in told
    assert f"Den är gjord av {last / 'plan.xlsx'}, som inte ändrades." in told
    statuses = (
        commands.check(folder, as_json=False),
        commands.status(folder),
        commands.templates(folder),
    )
    assert statuses == (1, 1, 1)
    told = capsys.readouterr().out
    for line in waiting:
        assert line in told
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    sheet = book["Omgång"]
    sheet["B6"], sheet["B7"], sheet["B8"] = "T2", date(2024, 1, 1), date(2024, 12, 31)
    sheet["B9"], sheet["B10"], sheet["B11"] = date(2024, 8, 31), date(2024, 9, 10), "KS 2024/18"
    book["Verksamheter"]["C4"] = date(2024, 10, 1)
    book.save(folder / "plan.xlsx")
    assert commands.templates(folder) == 0
    told = capsys.readouterr().out
    assert "P10" not in told
    assert "1 aktivitet från ../t1/ut/sammanstallning.xlsx." in told


def test_without_a_year_nothing_is_done_and_the_cell_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A year taken out waits like the rest."""
    last, folder = first_round(tmp_path / "t1"), tmp_path / "t2"
    commands.init(folder, last=last)
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["Omgång"]["B5"] = None
    book.save(folder / "plan.xlsx")
    capsys.readouterr()
    with pytest.raises(UnusablePlanError):
        commands.templates(folder)
    assert (
        "cell B5: År saknas för den nya omgången. Förra omgången: ”2024”. Fyll i cellen."
        in capsys.readouterr().out
    )
    assert not (folder / "mallar").exists()


def test_a_fault_of_the_last_plan_makes_the_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = first_round(tmp_path / "t1")
    book = openpyxl.load_workbook(last / "plan.xlsx")
    book["Enheter"]["B5"] = "Kultur"
    book.save(last / "plan.xlsx")
    capsys.readouterr()
    assert commands.init(tmp_path / "t2", last=last) == 1
    told = capsys.readouterr().out
    assert "Det här behöver rättas i den nya planen:" in told
    assert "fel P103 Blad ”Enheter”, cell B5: Verksamheten ”Kultur” finns inte" in told


def test_a_last_round_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError) as error:
        commands.init(tmp_path / "t2", last=tmp_path / "t1")
    assert str(error.value) == (
        f"Mappen {tmp_path / 't1'} finns inte. Skriv förra omgångens mapp efter --from."
    )
    assert not (tmp_path / "t2").exists()


def test_from_without_a_folder_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["uppsikt", "init", "t2", "--from"])
    with pytest.raises(SystemExit) as end:
        app.main()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("Efter --from saknas ett värde. Skriv uppsikt ")
