"""Returns: a unit's own content on a fresh form, what to correct marked, and read cleanly once mended."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.form import return_sheets
from excel_uppsikt.form.definition import TO_CORRECT_SHEET
from excel_uppsikt.language.text import tidy
from excel_uppsikt.model import Unit
from excel_uppsikt.rounds.workbooks import write_returns
from tests.small_rounds import (
    CARE,
    YOUTH,
    check,
    make_plan,
    own_form,
    per_goal_form,
    places,
    row,
    saved,
    shared_form,
)

PLAN = make_plan(units=("Hemtjänst",))
GOOD = {1: [row("Hälsosamtal")], 3: [row("Flyttguide"), row("Mässa")]}
YOUTH_SHEET = "2 Kommunens ungdomar ska känna"
MENDED = "Rättad"


def edited(data: bytes, changes: dict[str, object], sheet: str = YOUTH_SHEET) -> bytes:
    """The workbook with cells changed and saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell, value in changes.items():
        book[sheet][cell].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(folder: Path, name: str = "Hemtjänst.xlsx") -> Workbook:
    """A return, opened."""
    return openpyxl.load_workbook(folder / "ut/retur" / name)


def table(book: Workbook, sheet: str) -> list[list[object]]:
    """The rows of a table sheet, below its headings."""
    return [[cell.value for cell in cells] for cells in book[sheet].iter_rows(min_row=4)]


def test_each_fault_is_listed_with_a_link_and_marked_in_its_cell(tmp_path: Path) -> None:
    """The rows move up to the top of the fresh form; the links and notes follow them."""
    rows = {**GOOD, 2: [row("Fältarbete"), row("Läxhjälp", end="31 februari", status="På gång")]}
    data = edited(own_form(PLAN, "Hemtjänst", rows), {})
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[YOUTH_SHEET].insert_rows(5, 20)
    stream = io.BytesIO()
    book.save(stream)
    checked = check(tmp_path, PLAN, {"a.xlsx": stream.getvalue()})
    assert [(code, cell) for code, _, _, cell in places(checked.findings)] == [
        ("R302", "D26"),
        ("R305", "F26"),
    ]
    (hand_in,) = write_returns(checked).hand_ins
    assert (hand_in.owner, hand_in.corrected, hand_in.left) == ("Hemtjänst", 0, 2)
    returned = opened(tmp_path)
    assert returned.sheetnames[:3] == ["Att åtgärda", "Läs mig", "1 Sjukfrånvaron ska minska"]
    listed = table(returned, "Att åtgärda")
    assert [(line[0], line[2], line[3]) for line in listed] == [
        ("Fel", f"{YOUTH_SHEET}, Slutdatum (D6)", "31 februari"),
        ("Fel", f"{YOUTH_SHEET}, Status (F6)", "På gång"),
    ]
    assert str(listed[0][1]).startswith("Slutdatum ”31 februari” finns inte i kalendern.")
    links = [returned["Att åtgärda"][f"C{at}"].hyperlink for at in (4, 5)]
    assert [link.location for link in links if link] == [
        f"'{YOUTH_SHEET}'!{c}" for c in ("D6", "F6")
    ]
    page = returned[YOUTH_SHEET]
    marked = {
        cell.coordinate: cell.comment.text
        for cells in page.iter_rows()
        for cell in cells
        if cell.comment
    }
    assert set(marked) == {"D6", "F6"}
    assert marked["D6"].startswith("Att åtgärda: Slutdatum ”31 februari” finns inte")
    assert page["D6"].fill.fgColor.rgb == "FFFFF1D6"
    assert [page[f"{c}6"].value for c in "ABDF"] == ["Läxhjälp", None, "31 februari", "På gång"]


def test_a_return_that_was_mended_is_read_cleanly_and_counted(tmp_path: Path) -> None:
    """Its own sheets and notes are nobody's content; the coordinator sees what was mended."""
    rows = {**GOOD, 2: [row("Läxhjälp", end="31 februari", status="På gång")]}
    wrong = saved(own_form(PLAN, "Hemtjänst", rows), "2024-05-02T08:00:00")
    write_returns(check(tmp_path, PLAN, {"Hemtjänst.xlsx": wrong}))
    half = edited((tmp_path / "ut/retur/Hemtjänst.xlsx").read_bytes(), {"D5": "2024-09-30"})
    half = saved(half, "2024-05-03T08:00:00")
    checked = check(tmp_path, PLAN, {"Hemtjänst.xlsx": half})
    assert [(code, cell) for code, _, _, cell in places(checked.findings)] == [("R305", "F5")]
    for _ in "ab":
        (hand_in,) = write_returns(checked).hand_ins
        assert (hand_in.corrected, hand_in.left) == (1, 1)
    good = edited(
        (tmp_path / "ut/retur/Hemtjänst.xlsx").read_bytes(), {"F5": "Pågående enligt plan"}
    )
    checked = check(tmp_path, PLAN, {"Hemtjänst.xlsx": saved(good, "2024-05-04T08:00:00")})
    assert places(checked.findings) == []
    (hand_in,) = write_returns(checked).hand_ins
    assert (hand_in.written, hand_in.corrected, hand_in.left) == (None, 1, 0)
    assert list((tmp_path / "ut/retur").iterdir()) == []


def test_what_stood_outside_the_fields_is_kept_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    """With where it stood; handed in again it is not told a second time."""
    long = "Ansvarig är enhetschefen. " * 40
    data = edited(own_form(PLAN, "Hemtjänst", {**GOOD, 2: [row("Läxhjälp")]}), {"K5": long})
    write_returns(check(tmp_path, PLAN, {"a.xlsx": data}))
    returned = opened(tmp_path)
    assert table(returned, "Övrigt innehåll") == [[YOUTH_SHEET, "K5", tidy(long)]]
    words = (
        "1 uppgift stod utanför formulärets fält och tas inte med i rapporten. Flytta det som ska vara med "
        "till rätt kolumn. Annars behövs inget."
    )
    assert table(returned, "Att åtgärda") == [["Varning", words, "Övrigt innehåll", None]]
    again = (tmp_path / "ut/retur/Hemtjänst.xlsx").read_bytes()
    checked = check(tmp_path, PLAN, {"a.xlsx": again})
    assert places(checked.findings) == []


def test_more_than_a_cell_can_hold_is_kept_in_several(tmp_path: Path) -> None:
    """Emoji, of which a cell holds half as many, and a sheet whose texts are longer together."""
    emoji = "😀" * 16_383
    book = openpyxl.load_workbook(io.BytesIO(own_form(PLAN, "Hemtjänst", GOOD)))
    book[YOUTH_SHEET]["K5"] = emoji
    extra = book.create_sheet("Bilaga")
    for at in range(1, 4):
        extra.cell(at, 1).value = str(at) * 30_000
    stream = io.BytesIO()
    book.save(stream)
    write_returns(check(tmp_path, PLAN, {"a.xlsx": stream.getvalue()}))
    kept = table(opened(tmp_path), "Övrigt innehåll")
    assert [line[:2] for line in kept] == [[YOUTH_SHEET, "K5"], *[["Bilaga", None]] * 3]
    assert kept[0][2] == emoji
    assert "".join(str(line[2]) for line in kept[1:]) == " | ".join(
        str(n) * 30_000 for n in (1, 2, 3)
    )


def test_a_unit_that_falls_short_of_the_rule_gets_its_form_back(tmp_path: Path) -> None:
    """The rule's faults stand in the list, without a cell to go to."""
    write_returns(check(tmp_path, PLAN, {"a.xlsx": own_form(PLAN, "Hemtjänst", {1: [row()]})}))
    (line,) = table(opened(tmp_path), "Att åtgärda")
    assert (line[0], line[2]) == ("Fel", None)
    assert str(line[1]).startswith(
        "Hemtjänst har 0 aktiviteter utöver de obligatoriska målens, men"
    )


def test_returns_are_made_for_common_and_per_goal_forms_too(tmp_path: Path) -> None:
    """Each on a fresh form of its own kind."""
    inbox = {
        "a.xlsx": own_form(PLAN, "Hemtjänst", {**GOOD, 2: [row("Fältarbete")]}),
        "b.xlsx": shared_form(PLAN, {2: [row("Läger", end=None)]}),
        "c.xlsx": per_goal_form(PLAN, YOUTH, [row("Café", units="Hemtjänst", start=None)]),
    }
    hand_ins = write_returns(check(tmp_path, PLAN, inbox)).hand_ins
    assert [one.owner for one in hand_ins] == [f"Gemensamt {CARE}", "Alla enheter"]
    assert sorted(path.name for path in (tmp_path / "ut/retur").iterdir()) == [
        f"Gemensamt {CARE}.xlsx",
        "Mål 2 Kommunens ungdomar ska känna ökad trygghet.xlsx",
    ]


def test_no_return_is_made_without_anything_to_mend_or_for_what_is_not_used(tmp_path: Path) -> None:
    """Hints alone need none; a form set aside or nobody's is not sent back."""
    stranger = make_plan(units=("Hemtjänst", Unit("Växthuset", CARE)))
    late = row("Sent", start="2024-09-01", end="2024-12-01")
    inbox = {
        "a.xlsx": saved(own_form(PLAN, "Hemtjänst", {**GOOD, 2: [late]}), "2024-05-02T08:00:00"),
        "b.xlsx": saved(own_form(PLAN, "Hemtjänst", {2: [row(end=None)]}), "2024-05-01T08:00:00"),
        "c.xlsx": own_form(stranger, "Växthuset", {2: [row(end=None)]}),
    }
    checked = check(tmp_path, PLAN, inbox)
    assert [code for code, *_ in places(checked.findings)] == ["C404", "F205", "F204"]
    assert write_returns(checked).hand_ins == ()
    assert not (tmp_path / "ut/retur").exists()


def test_a_return_that_somebody_has_edited_is_left(tmp_path: Path) -> None:
    """The new one is written beside it, and it is not taken away when nothing is left to correct."""
    wrong = own_form(PLAN, "Hemtjänst", {**GOOD, 2: [row("Läxhjälp", end=None)]})
    write_returns(check(tmp_path, PLAN, {"a.xlsx": wrong}))
    path = tmp_path / "ut/retur/Hemtjänst.xlsx"
    path.write_bytes(edited(path.read_bytes(), {"A5": MENDED}))
    before = path.read_bytes()
    good = own_form(PLAN, "Hemtjänst", {**GOOD, 2: [row("Läxhjälp")]})
    write_returns(check(tmp_path, PLAN, {"a.xlsx": good}))
    assert path.read_bytes() == before


def test_the_same_round_gives_the_same_returns(tmp_path: Path) -> None:
    """Byte for byte."""
    wrong = own_form(PLAN, "Hemtjänst", {**GOOD, 2: [row("Läxhjälp", end=None)]})
    made = []
    for name in "ab":
        write_returns(check(tmp_path / name, PLAN, {"a.xlsx": wrong}))
        made.append((tmp_path / name / "ut/retur/Hemtjänst.xlsx").read_bytes())
    assert made[0] == made[1]


def test_more_than_anybody_could_read_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel takes some sixty thousand links on a sheet, and a form can have more wrong in it."""
    monkeypatch.setattr(return_sheets, "MAX_FAULTS", 2)
    data = own_form(PLAN, "Hemtjänst", GOOD | {2: [row("", status="x") for _ in range(4)]})
    write_returns(check(tmp_path, PLAN, {"Hemtjänst.xlsx": data}))
    told = [cells[1] for cells in table(opened(tmp_path), TO_CORRECT_SHEET)]
    assert told[2:] == ["… och 6 till. Rätta det som står ovan och lämna in igen, så visas resten."]
