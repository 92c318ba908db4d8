"""What two screens say of the same thing is the same."""

from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.round_paths import COMPILATION_FILE
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
    assert "Hemtjänst  ja, men filen kan inte läsas  " in capsys.readouterr().out
