"""How the coordinator's own column looks in the table, and its own sheets' places among the program's."""

import io

import openpyxl
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.definition import ACTIVITY_COLUMNS
from excel_uppsikt.compilation.own import OwnColumn
from excel_uppsikt.compilation.own_placed import PlacedOwn
from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.excel.own_cells import OwnCell, OwnSheet
from excel_uppsikt.model import Collection, Compilation
from tests.compilation.test_written_look import LINES, PLAN, widths

# Where the column stands: after all of the program's.
AT = len(ACTIVITY_COLUMNS) + 1
BOLD = (("bold", True), ("font_name", "Arial"))
MARKED = (("bg_color", "#FFFF00"), ("bold", True))


def made(own: PlacedOwn) -> Workbook:
    content = CompilationContent(
        PLAN, Compilation(LINES), Collection(), (), (), (), frozenset(), own
    )
    return openpyxl.load_workbook(io.BytesIO(compilation_workbook(content)))


def placed(cells: dict[tuple[int, int], OwnCell], **column: float | None) -> PlacedOwn:
    own = OwnColumn("a\t1", "Ansvarig", "Ansvarig", AT, "Källa", {}, **column)  # type: ignore[arg-type]
    notes = {(5, AT): "Ring först."}
    return PlacedOwn(columns=(*ACTIVITY_COLUMNS, own), cells=cells, notes=notes)


def test_what_nobody_has_formatted_looks_as_the_table_and_the_rest_as_it_did() -> None:
    cells = {
        (1, AT): OwnCell("Ovanför", style=BOLD),
        (3, AT): OwnCell("Ansvarig"),
        (4, AT): OwnCell("Eva", style=BOLD),
        (5, AT): OwnCell("Bo", style=MARKED),
        (7, AT): OwnCell("Nedanför", style=BOLD),
        (7, 3): OwnCell("Summa", style=(("left", 2),)),
    }
    sheet = made(placed(cells))["Aktiviteter"]
    look = {
        str(sheet.cell(row, column).value): (
            sheet.cell(row, column).border.left.style,
            sheet.cell(row, column).fill.fgColor.rgb,
            bool(sheet.cell(row, column).font.b),
            sheet.cell(row, column).font.name,
        )
        for row, column in cells
    }
    assert look == {
        "Ovanför": (None, "00000000", True, "Arial"),
        "Ansvarig": ("thin", "FF1F4E5F", True, "Calibri"),
        "Eva": ("thin", "00000000", True, "Calibri"),
        "Bo": (None, "FFFFFF00", True, "Calibri"),
        "Nedanför": (None, "00000000", True, "Arial"),
        "Summa": ("medium", "00000000", False, "Calibri"),
    }
    # An empty cell beside a filled one has the table's lines, and those below the table have none.
    assert [sheet.cell(row, AT).border.left.style for row in (6, 8)] == ["thin", None]
    note = sheet.cell(5, AT).comment
    assert (note is not None and note.text, widths(sheet)[AT - 1]) == ("Ring först.", 16)
    assert sheet.auto_filter.ref == "A3:Q6"
    assert sheet.print_area == "'Aktiviteter'!$A$1:$O$6"


def test_a_column_keeps_its_width_and_whether_it_is_hidden() -> None:
    sheet = made(placed({}, width=30.0, hidden=True))["Aktiviteter"]
    assert (widths(sheet)[AT - 1], sheet.column_dimensions["Q"].hidden) == (30, True)


def test_a_sheet_stands_after_the_one_that_it_stood_after() -> None:
    """First of all where none of the program's stood before it."""
    cells = {(2, 2): OwnCell("Min")}
    sheets = [
        (OwnSheet("Först", cells), None),
        (OwnSheet("Mitt", cells), "Översikt"),
        (OwnSheet("Sist", cells), "Beslut"),
    ]
    book = made(PlacedOwn(sheets=tuple(sheets)))
    shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    assert shown == [
        "Först", "Översikt", "Mitt", "Aktiviteter", "Täckning", "Regelkontroll", "Inlämningar",
        "Anmärkningar", "Ändringar", "Beslut", "Sist",
    ]  # fmt: skip
    assert [book[name]["B2"].value for name in ("Först", "Mitt", "Sist")] == ["Min"] * 3
