"""A new round begun from the last one: what goes on, what waits, what is told, and what stops it."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.findings.finding import CannotRunError, in_order
from excel_uppsikt.model import Department, Plan, Recipient, Unit
from excel_uppsikt.plan.reading import read_plan
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds.next_round import next_round
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan, make_round

SCHOOL = Department("Skola", "Utskottet för lärande", None, "Rektorn", "skola@exempel.se")
LAST = make_plan(
    goals=(replace(YOUTH, number=7, minimum=2), HOMES, SICKNESS),
    departments=(*make_plan().departments, SCHOOL),
    units=(Unit("Hemvård", CARE, "Chefen", "hem@exempel.se", 3, ("Hemtjänst",)), Unit("Köket", "Skola")),
    recipients=(Recipient("Skola", "Ordföranden", "ordf@exempel.se"),),
    texts=(("Inledning", "Om {verksamhet} {år}", "Första raden.\n- punkt {utskott}"),),
    reference="KS 2024/17",
    minimum=4,
    common_counts=True,
    with_letter=False,
)  # fmt: skip
# The cells that wait, with what stood there; a date of the year's own is not written in LAST.
WAITING = [
    ("P102", "Omgång", "B6", "T1 2024"),
    ("P102", "Omgång", "B7", "2024-01-01"),
    ("P102", "Omgång", "B8", "2024-12-31"),
    ("P102", "Omgång", "B9", "2024-04-30"),
    ("P102", "Omgång", "B10", "2024-05-10"),
    ("P102", "Omgång", "B11", "KS 2024/17"),
    ("P102", "Verksamheter", "C4", "2024-06-04"),
]


def last_round(folder: Path, plan: Plan = LAST, *, compiled: bool = True) -> Path:
    make_round(folder, plan, {})
    if compiled:
        (folder / "ut").mkdir()
        (folder / "ut/sammanstallning.xlsx").write_bytes(b"")
    return folder


def changed(folder: Path, change: Callable[[Workbook], None]) -> Path:
    """The folder of a round whose plan has been changed in a spreadsheet program."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    change(book)
    book.save(folder / "plan.xlsx")
    return folder


def test_all_goes_on_but_what_is_new_each_round(tmp_path: Path) -> None:
    made = next_round(tmp_path / "t2", last_round(tmp_path / "t1"))
    reading = read_plan(made.plan)
    assert made.inbox.is_dir()
    settings = replace(
        LAST.settings,
        period="",
        cutoff=None,
        deadline=None,
        reference="",
        previous="../t1/ut/sammanstallning.xlsx",
    )
    departments = tuple(replace(d, report_date=None) for d in LAST.departments)
    units = tuple(replace(unit, earlier_names=()) for unit in LAST.units)
    # The None and "" of a blank cell are the same to who reads the plan.
    read = reading.plan
    assert read is not None
    assert replace(
        read, settings=replace(read.settings, period=read.settings.period or "")
    ) == replace(LAST, settings=settings, departments=departments, units=units)
    assert made.carried is not None
    assert made.carried.former == (("Hemvård", "Hemtjänst"),)
    assert (made.carried.own, made.carried.left, made.carried.faults) == ((), (), ())
    assert made.ok


def test_each_cell_that_waits_is_marked_and_told_until_it_is_filled(tmp_path: Path) -> None:
    """With what stood there last time beside it; a blank one is told, and an answered one is not."""
    made = next_round(tmp_path / "t2", last_round(tmp_path / "t1"))
    found = in_order(read_plan(made.plan).findings)
    assert [
        (f.code, f.sheet, f.cell, str(dict(f.fields)["before"]).strip("”")) for f in found
    ] == WAITING
    assert made.carried is not None
    assert made.carried.to_fill_in == found
    assert found[0].message == (
        "Blad ”Omgång”, cell B6: Period saknas för den nya omgången. Förra omgången: ”T1 2024”. "
        "Fyll i cellen."
    )
    book = openpyxl.load_workbook(made.plan)
    assert [str(area.sqref) for area in book["Omgång"].conditional_formatting] == ["B4:B26"]
    assert [str(area.sqref) for area in book["Verksamheter"].conditional_formatting] == ["C4:C63"]

    def fill_in(plan: Workbook) -> None:
        sheet = plan["Omgång"]
        sheet["B6"], sheet["B9"], sheet["B10"] = "T2", date(2024, 8, 31), date(2024, 9, 10)
        # Three that are to be blank this time.
        sheet["D7"] = sheet["D8"] = sheet["D11"] = None
        plan["Verksamheter"]["C4"] = date(2024, 10, 1)

    changed(made.folder, fill_in)
    assert read_plan(made.plan).findings == ()


def test_the_round_after_that_shows_what_stood_in_the_last_one(tmp_path: Path) -> None:
    """The column of the round before is not the coordinator's own, and is written anew."""
    second = next_round(tmp_path / "t2", last_round(tmp_path / "t1"))

    def fill_in(plan: Workbook) -> None:
        plan["Omgång"]["B6"], plan["Omgång"]["B9"] = "T2", date(2024, 8, 31)

    changed(second.folder, fill_in)
    third = next_round(tmp_path / "t3", second.folder)
    book = openpyxl.load_workbook(third.plan)
    rows = list(book["Omgång"].iter_rows(min_row=3, max_row=11, values_only=True))
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("Inställning", "Värde", "Förra omgången"),
        ("Kommun", "Ånge kommun", None),
        ("År", 2024, "2024"),
        ("Period", None, "T2 2024"),
        ("Första tillåtna datum", None, None),
        ("Sista tillåtna datum", None, None),
        ("Avstämningsdatum", None, "2024-08-31"),
        ("Sista svarsdag", None, None),
        ("Diarienummer", None, None),
    ]
    assert third.carried is not None
    assert (third.carried.own, third.carried.left) == ((), ())
    assert third.carried.previous == ""


def test_the_coordinators_own_goes_on_as_values(tmp_path: Path) -> None:
    """Own columns, rows, sheets and notes; what has no place in the new plan is told with its own."""

    def own(plan: Workbook) -> None:
        units = plan["Enheter"]
        units["G3"], units["G5"], units["H4"] = (
            "Ring",
            "måndag",
            datetime.fromisoformat("2024-03-01"),
        )
        units["A4"].comment = Comment("Ny chef i maj", "x")
        units["A4"].value = units["A4"].value
        plan["Omgång"]["A30"], plan["Omgång"]["B30"] = "Anteckning", "ring kansliet"
        plan["Mål"]["D1"] = "Antagna i juni"
        plan["Mål"]["E3"], plan["Mål"]["E4"] = "Förra omgången", "rött"
        sheet = plan.create_sheet("Mitt blad")
        sheet["B2"], sheet["C3"], sheet["A5"] = "=SUM(", datetime.fromisoformat("2024-01-02"), 7.5
        sheet["B2"].data_type = "s"
        sheet["C1"] = "=1+1"
        sheet.sheet_state = "hidden"

    made = next_round(tmp_path / "t2", changed(last_round(tmp_path / "t1"), own))
    assert made.carried is not None
    assert made.carried.own == (
        "kolumnen ”Förra omgången” på bladet Mål",
        "kolumnen ”Ring” på bladet Enheter",
        "kolumnen utan rubrik på bladet Enheter",
        "bladet ”Mitt blad”",
    )
    assert made.carried.left == (
        ("bladet Mål, cell D1", "Antagna i juni"),
        ("bladet Mitt blad, cell C1", "formel utan värde"),
    )
    assert [(f.code, f.cell, f.value) for f in made.carried.faults] == [
        ("P102", "A27", "Anteckning")
    ]
    assert not made.ok
    book = openpyxl.load_workbook(made.plan)
    assert [book["Mål"][cell].value for cell in ("E3", "E4")] == ["Förra omgången", "rött"]
    units = book["Enheter"]
    assert [[cell.value for cell in row[6:8]] for row in units["A3:H5"]] == [
        ["Ring", None],
        [None, datetime.fromisoformat("2024-03-01")],
        ["måndag", None],
    ]
    assert units["A4"].comment.text == "Ny chef i maj"
    assert [book["Omgång"][cell].value for cell in ("A27", "B27")] == [
        "Anteckning",
        "ring kansliet",
    ]
    sheet = book["Mitt blad"]
    assert [sheet[cell].value for cell in ("B2", "C3", "A5")] == [
        "=SUM(",
        datetime.fromisoformat("2024-01-02"),
        7.5,
    ]
    assert (sheet["B2"].data_type, sheet.sheet_state) == ("s", "hidden")


def test_faults_of_the_last_plan_go_on_and_are_told(tmp_path: Path) -> None:
    """As they were written, at their new cells; a sheet that was missing is told as well."""

    def spoil(plan: Workbook) -> None:
        plan["Mål"]["A4"] = "sju"
        plan["Enheter"]["B5"] = "Kultur"
        plan["Omgång"]["B9"] = "april"
        plan["Omgång"]["B15"] = "borta.xlsx"
        del plan["Mottagare"]

    made = next_round(tmp_path / "t2", changed(last_round(tmp_path / "t1"), spoil))
    assert made.carried is not None
    assert [(f.code, f.sheet, f.cell, f.value) for f in made.carried.faults] == [
        ("P103", "Enheter", "B5", "Kultur"),
        ("P102", "Mål", "A4", "sju"),
    ]
    assert made.carried.missing == ("Mottagare",)
    before = {f.cell: dict(f.fields)["before"] for f in made.carried.to_fill_in}
    assert before["B9"] == "”april”"


def test_without_a_compilation_none_is_named_and_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = last_round(tmp_path / "t1", compiled=False)
    assert commands.init(tmp_path / "t2", last=last) == 0
    plan = read_plan(tmp_path / "t2/plan.xlsx").plan
    assert plan is not None
    assert not plan.settings.previous
    assert f"{last} har ingen sammanställning (ut/sammanstallning.xlsx)" in capsys.readouterr().out


def test_both_folders_can_be_moved_together(tmp_path: Path) -> None:
    last_round(tmp_path / "a/2024/t1")
    next_round(tmp_path / "a/2025/t1", tmp_path / "a/2024/t1")
    (tmp_path / "a").rename(tmp_path / "b")
    reading = read_plan(tmp_path / "b/2025/t1/plan.xlsx")
    assert reading.plan is not None
    assert reading.plan.settings.previous == "../../2024/t1/ut/sammanstallning.xlsx"


def test_on_another_drive_the_whole_path_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", none)
    made = next_round(tmp_path / "t2", last_round(tmp_path / "t1"))
    assert made.carried is not None
    there = (tmp_path / "t1/ut/sammanstallning.xlsx").resolve().as_posix()
    assert made.carried.previous == there
    reading = read_plan(made.plan)
    assert reading.plan is not None
    assert reading.plan.settings.previous == there


def test_the_report_template_goes_on(tmp_path: Path) -> None:
    last = last_round(tmp_path / "t1")
    (last / "rapportmall.docx").write_bytes(b"mall")
    made = next_round(tmp_path / "t2", last)
    assert (made.folder / "rapportmall.docx").read_bytes() == b"mall"


def absent(folder: Path) -> Path:
    return folder / "borta"


def no_round(folder: Path) -> Path:
    (folder / "tom").mkdir()
    return folder / "tom"


def a_file(folder: Path) -> Path:
    return last_round(folder / "t1") / "plan.xlsx"


def same(folder: Path) -> Path:
    (folder / "t2").mkdir()
    return folder / "x/../t2"


def opened(folder: Path) -> Path:
    last = last_round(folder / "t1")
    (last / "~$plan.xlsx").write_bytes(b"")
    return last


def damaged(folder: Path) -> Path:
    last = last_round(folder / "t1")
    (last / "plan.xlsx").write_bytes(b"PK")
    return last


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (absent, "finns inte. Skriv förra omgångens mapp efter --from."),
        (no_round, "är ingen omgång: där finns ingen plan.xlsx."),
        (a_file, "är ingen mapp."),
        (same, "är både den nya omgången och förra."),
        (opened, "är öppen i ett annat program. Stäng den och kör igen."),
        (damaged, "kan inte läsas"),
    ],
)
def test_what_stops_it_is_said_and_nothing_is_made(
    tmp_path: Path, last: Callable[[Path], Path], said: str
) -> None:
    (tmp_path / "x").mkdir()
    given = last(tmp_path)
    with pytest.raises(CannotRunError) as error:
        next_round(tmp_path / "t2", given)
    assert said in str(error.value)
    assert not list(tmp_path.glob("t2/*"))


def test_a_folder_that_has_a_round_is_refused(tmp_path: Path) -> None:
    there = make_round(tmp_path / "t2", make_plan(), {})
    with pytest.raises(CannotRunError, match=r"har redan en plan\.xlsx\. Inget ändrades"):
        next_round(there, last_round(tmp_path / "t1"))
    assert (there / "plan.xlsx").read_bytes() == as_workbook(make_plan())


@pytest.mark.parametrize(
    "sheet", ["Omgång", "Mål", "Verksamheter", "Enheter", "Statusar", "Texter"]
)
def test_a_sheet_that_the_last_plan_lacks_is_as_in_a_blank_one(tmp_path: Path, sheet: str) -> None:
    """All that can be carried is, and what the new plan then lacks is told."""
    last = changed(last_round(tmp_path / "t1"), lambda plan: plan.remove(plan[sheet]))
    made = next_round(tmp_path / "t2", last)
    assert made.carried is not None
    assert made.carried.missing == (sheet,)
    book = openpyxl.load_workbook(made.plan)
    assert book.sheetnames == [
        "Omgång", "Mål", "Verksamheter", "Enheter", "Statusar", "Texter", "Mottagare",
    ]  # fmt: skip
    assert book["Omgång"]["B15"].value == made.carried.previous
    assert {f.code for f in made.carried.faults} <= {"P102", "P103"}
    lacking = sheet in ("Omgång", "Mål", "Verksamheter", "Enheter")
    assert bool(made.carried.faults) == lacking


def test_the_last_plan_is_never_changed(tmp_path: Path) -> None:
    last = last_round(tmp_path / "t1")
    before = {path: path.read_bytes() for path in last.rglob("*") if path.is_file()}
    next_round(tmp_path / "t2", last)
    assert {path: path.read_bytes() for path in last.rglob("*") if path.is_file()} == before
