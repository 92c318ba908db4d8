"""What two screens say of the same thing is the same."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import put
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(goals=(YOUTH,), units=("Hemtjänst", "Bemanning"), minimum=1)
BROKEN = b"PK\x03\x04trasig"


def test_a_file_that_cannot_be_read_is_told_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has chosen not to use it, so Regelkontroll says what the status says."""
    good = own_form(PLAN, "Bemanning", {YOUTH.number: [row("Café")]})
    folder = make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": BROKEN, "Bemanning.xlsx": good})
    commands.merge(folder)
    sheet = openpyxl.load_workbook(folder / COMPILATION_FILE)["Regelkontroll"]
    came = {cells[0].value: cells[6].value for cells in sheet.iter_rows(min_row=4)}
    assert came == {"Hemtjänst": "ja, men filen kan inte läsas", "Bemanning": "ja"}
    capsys.readouterr()
    commands.status(folder)
    out = capsys.readouterr().out
    assert "Hemtjänst  ja, men filen kan inte läsas  " in out
    assert "Be Hemtjänst om en ny fil: den som kom kan inte läsas.\n" in out


ONE = make_plan(goals=(YOUTH,), units=("Hemtjänst",), minimum=0)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "Inga anmärkningar. Allt är klart."),
        (
            {"start": date(2024, 6, 1)},
            "1 tips. Inget hindrar rapporten. Läs gärna tipsen först.",
        ),
        (
            {"end": date(2024, 2, 1)},
            "1 varning. Inget hindrar rapporten. Läs igenom varningarna först.",
        ),
        (
            {"comment": "Resultatet blev XXX."},
            "1 varning. Inget hindrar rapporten, men den mejlas och publiceras inte så länge något är kvar "
            "att skriva färdigt (R308). Läs igenom varningarna först.",
        ),
    ],
)
def test_the_advice_speaks_of_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, object], words: str
) -> None:
    """Of warnings only where there are some, and of what will hold the report back."""
    data = own_form(ONE, "Hemtjänst", {YOUTH.number: [row("Läxhjälp", **cells)]})
    commands.check(make_round(tmp_path, ONE, {"Hemtjänst.xlsx": data}), as_json=False)
    assert words in capsys.readouterr().out.splitlines()


def test_how_many_are_in_the_report_is_told_where_it_is_another_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that the screen speaks of the same round as Översikt; and errors do not stop the report."""
    rows = {YOUTH.number: [row("Läxhjälp", status=""), row("Fältarbete")]}
    folder = make_round(tmp_path, ONE, {"Hemtjänst.xlsx": own_form(ONE, "Hemtjänst", rows)})
    commands.merge(folder)
    assert "med i rapporten" not in capsys.readouterr().out
    put(folder, "Fältarbete", {"Ta med": "nej"})
    commands.merge(folder)
    out = capsys.readouterr().out
    assert "2 aktiviteter efter sammanslagning.\n1 aktivitet redovisas i rapporten.\n" in out
    commands.report(folder, department=None, pdf=False, sources=False)
    assert "1 fel. Rapporten görs ändå. Rätta felen och kör igen.\n" in capsys.readouterr().out
