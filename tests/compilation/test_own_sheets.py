"""Sheets of the coordinator's own stay in the compilation, with their formulas and looks."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.table import Table

from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    SHEET,
    THIRD,
    bytes_of,
    hand_in,
    home_form,
    run,
    saved_by_hand,
    start,
)
from tests.compilation.own_rounds import add_column, filled, opened, told
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import row

NEW = "Arrangera sommarlov"
MINE = "Mitt"
VISIBLE = [
    "Översikt", "Aktiviteter", "Täckning", "Regelkontroll", "Inlämningar", "Anmärkningar", "Ändringar",
    "Beslut",
]  # fmt: skip


def own_sheet(book: Workbook) -> None:
    """A sheet with a bit of everything that is copied."""
    page = book.create_sheet(MINE, 2)
    page["A1"], page["B1"], page["C1"] = "Rubrik", 12.5, True
    page["A1"].font = Font(name="Arial", size=14, bold=True, italic=True, color="FFC00000")
    page["A1"].fill = PatternFill("solid", fgColor="FFDDEEFF")
    page["A1"].alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
    page["A1"].border = Border(bottom=Side("medium", color="FF00FF00"))
    page["A2"], page["B2"] = "=COUNTA(Aktiviteter!C4:C6)", "=Aktiviteter!C5&Täckning!B4"
    page["A3"], page["A4"] = "=SUM(B1:B1)", "=Aktiviteter!$C$3"
    page["B1"].number_format = "0.0%"
    page["D1"] = "https://www.ange.se/"
    page["D1"].hyperlink = "https://www.ange.se/"
    page["E5"].comment = Comment("Kom ihåg", "Eva")
    page.merge_cells("A6:C7")
    page["A6"] = "Sammanslagen"
    page.column_dimensions["A"].width = 33
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[6].height = 45
    page.freeze_panes = "B2"
    page.auto_filter.ref = "A1:C4"
    page.sheet_properties.tabColor = "FFFF0000"
    page.sheet_view.showGridLines = False


def test_a_sheet_is_copied_with_its_formulas_and_looks(tmp_path: Path) -> None:
    start(tmp_path)
    saved_by_hand(tmp_path, own_sheet)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    kept = bytes_of(tmp_path)
    for _ in range(2):
        page = opened(tmp_path, MINE)
        assert filled(page) == {
            "A1": "Rubrik",
            "B1": 12.5,
            "C1": True,
            "D1": "https://www.ange.se/",
            "A2": "=COUNTA(Aktiviteter!C4:C7)",
            "B2": "=Aktiviteter!C6&Täckning!B4",
            "A3": "=SUM(B1:B1)",
            "A4": "=Aktiviteter!$C$3",
            "A6": "Sammanslagen",
        }
        cell = page["A1"]
        font, line = cell.font, cell.border.bottom
        assert (font.name, font.sz, font.b, font.i) == ("Arial", 14, True, True)
        assert (font.color.rgb, cell.fill.fgColor.rgb) == ("FFC00000", "FFDDEEFF")
        across, down = cell.alignment.horizontal, cell.alignment.vertical
        assert (across, down, cell.alignment.wrap_text) == ("center", "top", True)
        assert (line.style, line.color.rgb) == ("medium", "FF00FF00")
        assert page["B1"].number_format == "0.0%"
        assert page["D1"].hyperlink.target == "https://www.ange.se/"
        assert page["E5"].comment.text == "Kom ihåg"
        assert [str(area) for area in page.merged_cells.ranges] == ["A6:C7"]
        assert round(page.column_dimensions["A"].width) == 33
        assert page.column_dimensions["C"].hidden
        assert (page.row_dimensions[6].height, page.freeze_panes) == (45, "B2")
        assert (page.auto_filter.ref, page.sheet_view.showGridLines) == ("A1:C4", False)
        tab = page.sheet_properties.tabColor
        assert tab is not None
        assert tab.rgb == "FFFF0000"
        book = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)
        names = [s.title for s in book.worksheets if s.sheet_state == "visible"]
        assert names == [*VISIBLE[:2], MINE, *VISIBLE[2:]]
        assert told(run(tmp_path)) == []
        assert bytes_of(tmp_path) == kept


def test_what_of_a_sheet_cannot_be_copied_is_told_once(tmp_path: Path) -> None:
    """The cells stay, and so does the workbook as it was."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        page = book.create_sheet(MINE)
        page.append(["Namn", "Antal"])
        page.append(["Eva", 3])
        page.add_table(Table(displayName="Lista", ref="A1:B2"))
        page["D1"] = "=SUM(Lista[Antal])"
        chart = BarChart()
        chart.add_data(Reference(page, min_col=2, min_row=1, max_row=2))
        page.add_chart(chart, "E5")

    saved_by_hand(tmp_path, change)
    edited = bytes_of(tmp_path)
    checked = run(tmp_path)
    assert told(checked) == [
        (MINE, None, None, "OWN_SHEET"),
        (MINE, "D1", "=SUM(Lista[Antal])", "OWN_FORMULA"),
    ]
    (words,) = [f.words for f in checked.findings if f.variant.name == "OWN_SHEET"]
    assert words.startswith(
        "Bladet följer med när sammanställningen görs om, men inte diagram och bilder och det som är "
        "formaterat som tabell. "
    )
    assert filled(opened(tmp_path, MINE)) == {
        "A1": "Namn",
        "B1": "Antal",
        "D1": "=SUM(Lista[Antal])",
        "A2": "Eva",
        "B2": 3,
    }
    assert opened(tmp_path, MINE)["D1"].data_type == "s"
    assert (tmp_path / "ut/tidigare/sammanstallning (1).xlsx").read_bytes() == edited
    assert told(run(tmp_path)) == []


def test_a_chart_that_is_a_sheet_of_its_own_is_told_and_the_workbook_is_kept(
    tmp_path: Path,
) -> None:
    """As F11 in Excel makes it: it has no cells to take along."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Översikt"], min_col=2, min_row=5, max_row=9))
        book.create_chartsheet(MINE, 2).add_chart(chart)

    saved_by_hand(tmp_path, change)
    edited = bytes_of(tmp_path)
    checked = run(tmp_path)
    assert told(checked) == [(MINE, None, MINE, "COMPILATION")]
    (words,) = [f.words for f in checked.findings if f.code == "F207"]
    assert words == (
        f"”{MINE}” är eget innehåll i sammanställningen, som inte följer med när den görs om. Din version "
        "läggs då i mappen ut/tidigare."
    )
    assert (tmp_path / "ut/tidigare/sammanstallning (1).xlsx").read_bytes() == edited
    assert told(run(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ÖVERSIKT", "ÖVERSIKT (2)"),
        ("_BAS", "_BAS (2)"),
        ("History", "History 1"),
        ("Ett bladnamn som är längre än trettioen tecken", "Ett bladnamn som är längre än t"),
    ],
)
def test_a_name_that_cannot_be_used_is_changed_and_told(
    tmp_path: Path, name: str, kept: str
) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        page = book.create_sheet("Tillfälligt")
        page["A1"] = "Eget"
        # As other programs may write it: openpyxl would itself give another name.
        page._WorkbookChild__title = name

    saved_by_hand(tmp_path, change)
    assert told(run(tmp_path)) == [(name, None, name, "OWN_NAME")]
    assert filled(opened(tmp_path, kept)) == {"A1": "Eget"}
    assert told(run(tmp_path)) == []


def test_a_workbook_of_which_only_values_can_be_read_is_told_whole(tmp_path: Path) -> None:
    """As one whose looks are damaged: nothing of its own follows, and all of it is quoted."""
    start(tmp_path)

    def change(book: Workbook) -> None:
        add_column(book[SHEET], 17, "Ansvarig", {FIRST: "Eva"})
        book.create_sheet(MINE)["A1"] = "Kom ihåg"

    saved_by_hand(tmp_path, change)
    path = tmp_path / COMPILATION_FILE
    path.write_bytes(with_part(path.read_bytes(), "xl/styles.xml", b"cellXfs", b"cellXxx"))
    assert told(run(tmp_path)) == [
        (SHEET, "Q3", "Ansvarig | Eva", "COMPILATION"),
        (MINE, None, "Kom ihåg", "COMPILATION"),
    ]


def with_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something else in one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            content = source.read(name)
            changed.writestr(name, content.replace(old, new) if name == part else content)
    return target.getvalue()


@needs_libreoffice
def test_what_libreoffice_has_saved_stays_too(tmp_path: Path) -> None:
    start(tmp_path)

    def change(book: Workbook) -> None:
        own_sheet(book)
        add_column(book[SHEET], 17, "Längd", {FIRST: "=LEN(C{row})", THIRD: 7})

    saved_by_hand(tmp_path, change)
    run(tmp_path)
    path = tmp_path / COMPILATION_FILE
    saved = converted(path.parent, [path.name], COMPUTED) / path.name
    path.write_bytes(saved.read_bytes())
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(NEW), row(FIRST), row(SECOND), row(THIRD)))
    assert told(run(tmp_path)) == []
    sheet, page = opened(tmp_path), opened(tmp_path, MINE)
    assert {at: v for at, v in filled(sheet).items() if at[0] == "Q"} == {
        "Q3": "Längd",
        "Q5": "=LEN(C5)",
        "Q7": 7,
    }
    assert filled(page)["A2"] == "=COUNTA(Aktiviteter!C4:C7)"
    assert round(page.column_dimensions["A"].width) == 33
    shown = openpyxl.load_workbook(path, data_only=True)[SHEET]
    assert shown["Q5"].value == len(FIRST)
