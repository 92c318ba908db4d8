"""What nobody need mend is not told: of rows kept out of the report, and of what a unit has answered."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.model import Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import check_round
from tests.compilation.edited_rounds import put, remove
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(goals=(YOUTH,), units=("Hemtjänst",), minimum=0)
GOOD, WRONG = "Läxhjälp", "Fältarbete"


def codes(folder: Path) -> list[str]:
    """The findings of the round."""
    return [finding.code for finding in check_round(folder).findings]


@pytest.mark.parametrize("how", ["nej", "deleted"])
def test_what_is_wrong_in_a_row_that_is_kept_out_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    """Not on the screen, not in the sheet, nor in the exit status; said in a line, and back with the row."""
    wrong = row(WRONG, end="31 februari", status="Avslutad med avvikelse", comment="")
    rows = {YOUTH.number: [row(GOOD), wrong]}
    folder = make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", rows)})
    assert commands.merge(folder) == 1
    assert codes(folder) == ["R302", "R307"]
    if how == "nej":
        put(folder, WRONG, {"Ta med": "nej"})
    else:
        remove(folder, WRONG)
    capsys.readouterr()
    assert commands.merge(folder) == 0
    out = capsys.readouterr().out
    assert "2 anmärkningar gäller rader som inte är med i rapporten och räknas inte.\n" in out
    assert codes(folder) == []
    sheet = openpyxl.load_workbook(folder / COMPILATION_FILE)["Anmärkningar"]
    assert sheet.max_row == 3
    put(folder, WRONG, {"Ta med": "ja"})
    assert codes(folder) == ["R302", "R307"]


def test_own_content_in_a_row_that_is_kept_out_is_told_all_the_same(tmp_path: Path) -> None:
    """What stands outside the form's fields is never lost, whatever becomes of the row."""
    data = own_form(PLAN, "Hemtjänst", {YOUTH.number: [row(GOOD), row(WRONG)]})
    folder = make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": data})
    path = folder / "inkorg/Hemtjänst.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book if any(c.value == WRONG for c in s["A"]))
    at = next(c.row for c in sheet["A"] if c.value == WRONG)
    sheet.cell(at, 12).value = "Lena ansvarar"
    book.save(path)
    commands.merge(folder)
    put(folder, WRONG, {"Ta med": "nej"})
    assert codes(folder) == ["F207"]


def last_round(folder: Path) -> Plan:
    """A round before with one activity, merged; returns the plan of the round after."""
    data = own_form(PLAN, "Hemtjänst", {YOUTH.number: [row(GOOD)]})
    commands.merge(make_round(folder, PLAN, {"Hemtjänst.xlsx": data}))
    return make_plan(
        goals=(YOUTH,), units=("Hemtjänst",), minimum=0, period="T2", cutoff=date(2024, 5, 31),
        previous="../t1/ut/sammanstallning.xlsx",
    )  # fmt: skip


@pytest.mark.parametrize(("comment", "told"), [("Oförändrat.", []), ("Arbetet pågår.", ["E703"])])
def test_who_has_written_that_nothing_has_happened_is_not_to_be_asked(
    tmp_path: Path, comment: str, told: list[str]
) -> None:
    """The comment then is the last one by the unit's own word; written once more, it may be an oversight."""
    plan = last_round(tmp_path / "t1")
    known = check_round(tmp_path / "t1").compilation.lines[0].activity.id
    data = own_form(plan, "Hemtjänst", {YOUTH.number: [row(GOOD, comment=comment, id=known)]})
    folder = make_round(tmp_path / "t2", plan, {"Hemtjänst.xlsx": data})
    checked = check_round(folder)
    assert [finding.code for finding in checked.findings] == told
    assert [change.kind.value for change in checked.changes] == ["Kommentar oförändrad"]
