"""ut/tidigare keeps the first and the last edited compilation of a day, and every edit there is."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.rounds import steps
from tests.small_rounds import SICKNESS, YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(units=("Hemtjänst",))
TITLES = ("Café", "Fältarbete", "Läger", "Läxhjälp")
FORM = own_form(
    PLAN,
    "Hemtjänst",
    {SICKNESS.number: [row("Samtal")], YOUTH.number: [row(title) for title in TITLES]},
)
FILE = "ut/sammanstallning.xlsx"
Edit = Callable[[Workbook], None]


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A round that has been merged."""
    folder = make_round(tmp_path / "omgång", PLAN, {"a.xlsx": FORM})
    list(steps.merge(folder))
    return folder


def column(book: Workbook, header: str) -> int:
    """The column of a heading on Aktiviteter."""
    (at,) = (
        cell.column
        for cells in book["Aktiviteter"].iter_rows()
        for cell in cells
        if cell.value == header
    )
    return at


def noted(text: str, row: int = 0) -> Edit:
    """Writes a note at one of the activities."""

    def edit(book: Workbook) -> None:
        sheet = book["Aktiviteter"]
        heading = next(
            c.row for cells in sheet.iter_rows() for c in cells if c.value == "Anteckning"
        )
        sheet.cell(heading + 1 + row, column(book, "Anteckning")).value = text

    return edit


def edited(folder: Path, saved: str, edit: Edit) -> None:
    """Somebody edits the compilation and saves it at a time; then it is merged."""
    book = openpyxl.load_workbook(folder / FILE)
    edit(book)
    book.save(folder / FILE)
    moment = datetime.fromisoformat(saved).timestamp()
    os.utime(folder / FILE, (moment, moment))
    list(steps.merge(folder))


def kept(folder: Path) -> dict[str, str]:
    """The copies by name, each with the time it was saved."""
    return {
        path.name: datetime.fromtimestamp(path.stat().st_mtime).isoformat(" ", "minutes")  # noqa: DTZ006  local
        for path in sorted((folder / "ut/tidigare").iterdir())
    }


def test_of_many_merges_a_day_the_first_and_the_last_stay(merged: Path) -> None:
    """Day after day, and each has a number of its own that is not given to another."""
    for day in ("02", "03"):
        for hour in range(8, 13):
            # What was written stays, and more is written in the next row.
            edited(merged, f"2024-05-{day} {hour:02}:00", noted(f"{day}: klart", hour - 8))
    edited(merged, "2024-05-04 08:00", noted("Sist"))
    assert kept(merged) == {
        "sammanstallning (1).xlsx": "2024-05-02 08:00",
        "sammanstallning (5).xlsx": "2024-05-02 12:00",
        "sammanstallning (6).xlsx": "2024-05-03 08:00",
        "sammanstallning (10).xlsx": "2024-05-03 12:00",
        "sammanstallning (11).xlsx": "2024-05-04 08:00",
    }


def test_an_edit_that_was_changed_again_stays_in_its_copy(merged: Path) -> None:
    """It is in no other copy, nor in the compilation."""
    for hour, text in enumerate(["Ett", "Två", "Tre", "Tre och fyra"], 8):
        edited(merged, f"2024-05-02 {hour:02}:00", noted(text))
    assert len(kept(merged)) == 4
    notes = set()
    for name in kept(merged):
        sheet = openpyxl.load_workbook(merged / "ut/tidigare" / name)["Aktiviteter"]
        notes |= {cell.value for cells in sheet.iter_rows() for cell in cells}
    assert {"Ett", "Två", "Tre", "Tre och fyra"} <= notes


def own_sheet(book: Workbook) -> None:
    """A sheet of the coordinator's own."""
    book.create_sheet("Att ringa")["A1"] = "Ring Hemtjänst"


def beside_figures(book: Workbook) -> None:
    """A remark on a sheet that is the program's."""
    book["Täckning"]["Z30"] = "Fråga chefen"


def left_out(book: Workbook) -> None:
    """An activity taken out of the report, and put back later in the day."""
    sheet = book["Aktiviteter"]
    at = column(book, "Ta med")
    heading = next(c.row for cells in sheet.iter_rows() for c in cells if c.value == "Ta med")
    for number in (1, 2):
        cell = sheet.cell(heading + number, at)
        cell.value = "nej" if number == 1 else "ja"


def put_back(book: Workbook) -> None:
    """The other way round."""
    sheet = book["Aktiviteter"]
    at = column(book, "Ta med")
    heading = next(c.row for cells in sheet.iter_rows() for c in cells if c.value == "Ta med")
    for number in (1, 2):
        sheet.cell(heading + number, at).value = "ja" if number == 1 else "nej"


@pytest.mark.parametrize("edit", [own_sheet, beside_figures, left_out])
def test_what_no_other_copy_has_stays(merged: Path, edit: Edit) -> None:
    """Between the first and the last of its day, whatever sheet it is on."""
    edited(merged, "2024-05-02 08:00", noted("Ett"))
    edited(merged, "2024-05-02 09:00", edit)
    name = "sammanstallning (2).xlsx"
    data = (merged / "ut/tidigare" / name).read_bytes()
    for hour in (10, 11):
        edited(merged, f"2024-05-02 {hour}:00", put_back)
    assert (merged / "ut/tidigare" / name).read_bytes() == data


def test_the_same_edit_is_kept_once(merged: Path) -> None:
    """A run that was killed after it had kept a copy finds it there."""
    edited(merged, "2024-05-02 08:00", noted("Ett"))
    copy = merged / "ut/tidigare/sammanstallning (1).xlsx"
    (merged / FILE).write_bytes(copy.read_bytes())
    list(steps.merge(merged))
    assert kept(merged) == {copy.name: "2024-05-02 08:00"}


def test_what_a_person_has_put_there_or_changed_stays(merged: Path) -> None:
    edited(merged, "2024-05-02 08:00", noted("Ett"))
    edited(merged, "2024-05-02 09:00", noted("Ett", 1))
    own = merged / "ut/tidigare/sammanstallning (2).xlsx"
    own.write_bytes(own.read_bytes() + b"\0")
    moment = datetime.fromisoformat("2024-05-02 09:00").timestamp()
    os.utime(own, (moment, moment))
    edited(merged, "2024-05-02 10:00", noted("Ett", 2))
    assert len(kept(merged)) == 3
