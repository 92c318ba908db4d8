"""Ugly workbooks by what was done to their sheets, columns and marks of whose they are."""

from collections.abc import Callable
from itertools import combinations

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.form.definition import COLUMNS, LISTS_SHEET, META_SHEET, README_SHEET
from tests.changed_forms import (
    copy,
    delete,
    delete_column,
    on,
    order_columns,
    own_sheet,
    put,
    rename,
)
from tests.corpus.gallery import (
    BASE,
    FALT,
    FILE,
    FRISK,
    GOING,
    HOME,
    ILL,
    LAX,
    LOSSES,
    MINE,
    PLAN,
    SHEETS,
    YOUNG,
    Shown,
    changed,
    good,
    hide_all,
    joined,
    lax,
    narrow_columns,
    on_sheet,
    reverse_sheets,
    stripped,
    swap_names,
)
from tests.corpus.gallery_cases import Case, at, case
from tests.small_rounds import own_form, row

# --- Sheets -----------------------------------------------------------------------------------------

_MUSIC: Shown = ("Musik", MINE, LAX[2], LAX[3], GOING)
_DANCE: Shown = ("Dans", *FALT[1:])

SHEET_CASES = [
    case("saved in another program", changed()),
    case("sheet given the program's own name", changed(rename(YOUNG, "Blad1")), [("F206", "Blad1", "")]),
    case(
        "every goal's sheet renamed",
        changed(*(rename(name, f"Flik {name[0]}") for name in SHEETS)),
        [("F206", f"Flik {name[0]}", "") for name in SHEETS],
    ),
    case("sheet name in capitals", changed(rename(YOUNG, "Blad1"), rename("Blad1", YOUNG.upper()))),
    case("sheet name with a space after it", changed(rename(YOUNG, f"{YOUNG} "))),
    case(
        "form sent out with other sheet names than the program gives now",
        changed(
            rename(YOUNG, "2 Kommunens ungdomar ska känn"),
            put(META_SHEET, "A8", "Mål på bladet: 2 Kommunens ungdomar ska känn"),
        ),
    ),
    case("sheets in reverse order", changed(reverse_sheets)),
    case("every sheet but the first hidden", changed(hide_all)),
    case("empty goal's sheet deleted", changed(delete(HOME))),
    case("filled goal's sheet deleted", changed(delete(YOUNG)), [], [FRISK]),
    case("instructions and lists deleted", changed(delete(README_SHEET), delete(LISTS_SHEET))),
    case(
        "two goals' sheets with each other's names",
        changed(swap_names),
        [("F206", ILL, ""), ("F206", YOUNG, "")],
    ),
    case("goal's text deleted", changed(put(YOUNG, "A1", None))),
    case(
        "goal's text deleted and sheet name misspelt",
        changed(put(YOUNG, "A1", None), rename(YOUNG, "2 Komunens ungdomar ska känna")),
        [("F206", "2 Komunens ungdomar ska känna", "")],
    ),
    case(
        "goal's text typed again in capitals on two lines",
        changed(put(YOUNG, "A1", "KOMMUNENS UNGDOMAR SKA\nKÄNNA ÖKAD  TRYGGHET.")),
    ),
    case(
        "sheet copied as it is",
        changed(copy(YOUNG, "Kopia", [])),
        [("F206", "Kopia", ""), ("M604", "Kopia", "A5"), ("M604", "Kopia", "A6")],
    ),
    case(
        "sheet copied and given other activities",
        changed(copy(YOUNG, "Kopia", ["Musik", "Dans"])),
        [("F206", "Kopia", "")],
        [FRISK, _DANCE, FALT, LAX, _MUSIC],
    ),
    case("own sheet with notes", changed(own_sheet), [("F207", "Anteckningar", "")]),
    case("own sheet without anything", changed(lambda book: void(book.create_sheet("Blad9")))),
    case(
        "notes beside the goal's text",
        changed(put(YOUNG, "E1", "Fråga Bo"), put(YOUNG, "E2", "om schemat")),
        at("F207", "E1", "E2"),
    ),
]  # fmt: skip


def void(_: object) -> None:
    """Takes what a method gives and that nobody needs."""


# --- Columns and the header row ---------------------------------------------------------------------


def drop_columns(*letters: str) -> Callable[[Workbook], None]:
    """Deletes columns, the last first, so that the letters are those before."""

    def edit(book: Workbook) -> None:
        for letter in sorted(letters, reverse=True):
            on(book, YOUNG).delete_cols(ord(letter) - 64)

    return edit


COLUMN_CASES = [
    case("columns in reverse order", changed(order_columns(YOUNG, "GFEDCBAHI")), at("F206", "A4")),
    case("title column moved last", changed(order_columns(YOUNG, "BCDEFGAHI")), at("F206", "A4")),
    case("dates before the title", changed(order_columns(YOUNG, "CDABEFGHI")), at("F206", "A4")),
    case(
        "every heading by another name",
        changed(*(put(YOUNG, f"{'ABCDEFG'[n]}4", c.aliases[-1]) for n, c in enumerate(COLUMNS))),
        at("F206", *(f"{letter}4" for letter in "ABCDEFG")),
    ),
    case(
        "headings misspelt",
        changed(put(YOUNG, "C4", "Startdatm"), put(YOUNG, "F4", "Statuss"), put(YOUNG, "G4", "Komentar")),
        at("F206", "C4", "F4", "G4"),
    ),
    case(
        "headings in capitals, on two lines, hyphenated and with spaces",
        changed(
            put(YOUNG, "A4", "  AKTIVITET "),
            put(YOUNG, "B4", "enheter"),
            put(YOUNG, "C4", "Start\ndatum"),
            put(YOUNG, "E4", "Be\u00adskrivning"),
            put(YOUNG, "F4", "\u200bSTATUS\u00a0"),
        ),
    ),
    case(
        "comment column twice",
        changed(put(YOUNG, "J4", "Kommentar"), put(YOUNG, "J6", "Mer att säga")),
        [*at("F206", "J4"), *at("F207", "J6")],
    ),
    case("empty column inserted", changed(on_sheet(Worksheet.insert_cols, 3))),
    case(
        "own column inserted",
        changed(on_sheet(Worksheet.insert_cols, 3), put(YOUNG, "C4", "Ansvarig"), put(YOUNG, "C5", "Bo")),
        at("F207", "C5"),
    ),
    case(
        "own columns to the right",
        changed(put(YOUNG, "J4", "Ansvarig"), put(YOUNG, "J5", "Bo"), put(YOUNG, "L6", "ring")),
        at("F207", "J5", "L6"),
    ),
    case(
        "a table beside the form",
        changed(*(put(YOUNG, f"{letter}{n}", f"{n}") for n in (5, 6, 60) for letter in "KLMNOP")),
        at("F207", "K5", "K6", "K60"),
    ),
    case("description column deleted", changed(delete_column(YOUNG, 5)), at("F206", "A4")),
    case(
        "units, description and comment columns deleted",
        changed(drop_columns("B", "E", "G")),
        at("F206", "A4", "A4", "A4"),
        [FRISK, (FALT[0], MINE, *FALT[2:]), LAX],
    ),
    case(
        "status column deleted",
        changed(delete_column(YOUNG, 6)),
        at("F206", "A4"),
        [FRISK, (*FALT[:4], None), (*LAX[:4], None)],
    ),
    case("check and id columns deleted", changed(drop_columns("H", "I"))),
    case(
        "status heading emptied",
        changed(put(YOUNG, "F4", None)),
        [*at("F206", "A4"), *at("F207", "F5", "F6")],
        [FRISK, (*FALT[:4], None), (*LAX[:4], None)],
    ),
    case(
        "check column overwritten by hand",
        changed(put(YOUNG, "H5", "klar!"), put(YOUNG, "H6", "?")),
        at("F207", "H5", "H6"),
    ),
    case("columns hidden", changed(narrow_columns)),
    case("header row shifted down", changed(on_sheet(Worksheet.insert_rows, 1, 2))),
    case("header row shifted far down", changed(on_sheet(Worksheet.insert_rows, 4, 60))),
    case("header row shifted thousands of rows down", changed(on_sheet(Worksheet.insert_rows, 4, 3_000))),
    case("rows above the header deleted", changed(on_sheet(Worksheet.delete_rows, 1, 3))),
    case("one row above the header deleted", changed(on_sheet(Worksheet.delete_rows, 2))),
    case(
        "table moved right and down",
        changed(on_sheet(Worksheet.insert_rows, 4, 5), on_sheet(Worksheet.insert_cols, 1, 2)),
    ),
]  # fmt: skip


# --- Whose it is ------------------------------------------------------------------------------------

_BOTH: list[Shown] = [
    (name, MINE, "2024-01-15", "2024-09-30", GOING) for name in ("Friskvård", "Läxhjälp")
]


def identity_cases() -> list[Case]:
    """Each combination of lost marks, under the unit's name and under one that says nothing."""
    return [
        case(
            f"lost: {', '.join(lost) or 'nothing'}; file named {named}",
            lambda lost=lost: stripped(lost),  # type: ignore[misc]  # bound now, not later
            [("F206", "", "")] if "hidden sheet" in lost else [],
            _BOTH,
            name,
        )
        for name, named in ((FILE, "after the unit"), ("Kopia (2).xlsx", "after nobody"))
        for count in range(len(LOSSES) + 1)
        for lost in combinations(LOSSES, count)
    ]


IDENTITY_CASES = [
    *identity_cases(),
    case(
        "nothing tells whose it is",
        lambda: stripped([*LOSSES], units=""),
        [("F204", "", ""), ("U503", "", "")],
        [],
        "Kopia (2).xlsx",
    ),
    case("file named after another unit", good, [("F208", "", "")], BASE, "Bemanning.xlsx"),
    case(
        "marks lost, file named after another unit than the rows name",
        lambda: stripped([*LOSSES]),
        [("F206", "", ""), ("F208", "", ""), ("U503", "", "")],
        _BOTH,
        "Bemanning.xlsx",
    ),
    case(
        "every row names another unit",
        lambda: own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", units="Bemanning")]}),
        [("F208", "", "")],
        [lax(units=("Bemanning",))],
    ),
    case("file name misspelt", good, [], BASE, "svar fr. Hemtjänt (3) slutlig.xlsx"),
    case("file name without dots over letters", good, [], BASE, "HEMTJANST_2024.XLSX"),
]


# --- Merged cells, joined workbooks -----------------------------------------------------------------


def merge(area: str) -> Callable[[Workbook], None]:
    """Merges an area as Excel does: only its first cell keeps a value."""
    return on_sheet(Worksheet.merge_cells, area)


def note_on(cell: str) -> Callable[[Workbook], None]:
    """A note on a cell, as a reviewer leaves it."""

    def edit(book: Workbook) -> None:
        on(book, YOUNG)[cell].comment = Comment("Stämmer det?", "Bo")

    return edit


SHAPE_CASES = [
    case("note on a cell", changed(note_on("C5")), at("F207", "C5")),
    case("note on an empty cell far below", changed(note_on("B90")), at("F207", "B90")),
    case(
        "greeting written on the instructions",
        changed(put(README_SHEET, "G20", "Hälsningar från oss")),
        [("F207", README_SHEET, "G20")],
    ),
    case("banner merged over the sheet", changed(merge("A1:G1"), merge("A2:G2"), merge("A3:I3"))),
    case("status merged over two rows", changed(merge("F5:F6")), at("R301", "F6"),
         [FRISK, (*FALT[:4], None), LAX]),
    case("title merged over two rows", changed(merge("A5:A6")), at("R301", "A6"),
         [FRISK, LAX, ("", *FALT[1:])]),
    case("a whole row merged", changed(merge("A5:G5")), at("R301", "C5", "D5", "F5"),
         [FRISK, FALT, lax(start=None, end=None, status=None)]),
    case("comment heading merged with the next", changed(merge("G4:H4"))),
    case(
        "another unit's sheet joined in",
        lambda: joined(YOUNG),
        [("F206", f"{YOUNG[:27]} (2)", "")],
        [*BASE, ("Schakt", ("Bemanning",), "2024-01-15", "2024-09-30", GOING)],
    ),
]  # fmt: skip
