"""A gallery of ugly workbooks, each with exactly what is found and read in it, and of hostile ones.

What is expected follows from the design, not from what the program happens to say.
"""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.form import COLUMNS, LISTS_SHEET, META_SHEET, README_SHEET
from excel_uppsikt.office import limits
from excel_uppsikt.office.limits import MAX_FILE
from excel_uppsikt.pipeline import Checked
from excel_uppsikt.pipeline import check as check_round
from tests.changed_forms import (
    copy,
    delete,
    delete_column,
    on,
    order_columns,
    own_sheet,
    put,
    rename,
    without_properties,
)
from tests.gallery import (
    BASE,
    COMPANION,
    DATE_STYLE,
    DEVIATION,
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
    TEATER,
    YOUNG,
    Places,
    Shown,
    as_template,
    changed,
    companion,
    error,
    formula,
    good,
    google_like,
    hide_all,
    hide_rows,
    iso,
    joined,
    lax,
    narrow_columns,
    number,
    on_sheet,
    pasted_on_one_sheet,
    prefixed,
    reverse_sheets,
    since_1904,
    strict,
    stripped,
    swap_names,
    teater,
    text,
    values_only,
    with_cells,
    with_macros,
)
from tests.rounds import check, make_round, own_form, row
from tests.small_workbooks import (
    A1,
    BOF,
    MAIL,
    MAIN,
    ODS_ROW,
    ODS_VALUE,
    SHEET,
    SLIDES,
    WORD,
    ods,
    ods_empty_rows,
    ole,
    repacked,
    with_rows,
    workbook_bytes,
    xlsb,
    zipped,
)
from tests.worst_files import HEADER, activity, workbook

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A workbook by what people did to it, with its findings and its activities."""

    did: str
    make: Make
    found: Places
    read: Sequence[Shown]
    name: str = FILE


def case(
    did: str,
    make: Make,
    found: Places | None = None,
    read: Sequence[Shown] = BASE,
    name: str = FILE,
) -> Case:
    return Case(did, make, found or [], read, name)


def cells(did: str, given: dict[str, str], found: Places | None = None, **reads: object) -> Case:
    """A case of cells on the youth goal's sheet, where Läxhjälp stands in row 5."""
    return case(did, lambda: with_cells(given), found, [FRISK, FALT, lax(**reads)])


def at(code: str, *places: str) -> Places:
    """The same finding at several cells of the youth goal's sheet."""
    return [(code, YOUNG, place) for place in places]


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
    case("check column overwritten by hand", changed(put(YOUNG, "H5", "klar!"), put(YOUNG, "H6", "?"))),
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

# --- Rows -------------------------------------------------------------------------------------------


def borders(book: Workbook) -> None:
    """Borders far below the form, where nothing is written."""
    line = Border(top=Side("thin"))
    for number_ in range(45, 400):
        on(book, YOUNG).cell(number_, 1).border = line


def swap_rows(book: Workbook) -> None:
    """The two rows in the opposite order, as after sorting."""
    sheet = on(book, YOUNG)
    for column in range(1, 8):
        one, other = sheet.cell(5, column), sheet.cell(6, column)
        one.value, other.value = other.value, one.value


def same_row(**changes: str) -> dict[str, str]:
    """Läxhjälp's row once more in row 7, with cells changed."""
    once_more = {
        "A7": text("Läxhjälp"),
        "C7": text("2024-01-15"),
        "D7": text("2024-09-30"),
        "E7": text("Ger bättre kvalitet."),
        "F7": text(GOING),
        "G7": text("Arbetet pågår."),
    }
    return once_more | changes


ROW_CASES = [
    case("rows sorted by title", changed(swap_rows)),
    *(
        case(f"one more row in row {at_row}", lambda n=at_row: with_cells(teater(n)), [], [*BASE, TEATER])  # type: ignore[misc]
        for at_row in (7, 9, 44, 45, 80, 1_000, 20_000)
    ),
    case("rows hidden by a filter", changed(hide_rows)),
    case("borders drawn far below", changed(borders)),
    cells("cells of spaces and invisible characters below", {
        "A8": text("   "), "C9": text("\u00a0"), "E30": text("\u200b\ufeff"), "G700": text("\n \t")}),
    case(
        "description alone under an activity",
        lambda: with_cells({"E7": text("Fortsättning följer.")}),
        at("R301", "A7", "C7", "D7", "F7"),
        [*BASE, ("", MINE, None, None, None)],
    ),
    cells("the same row twice", same_row(), at("M604", "A7")),
    cells("the same row twice, one in other case", same_row(A7=text("LÄXHJÄLP ")), at("M604", "A7")),
    cells("the same title with another end", same_row(D7=text("2024-10-31")), at("M602", "D7")),
    case(
        "a stray comment far down",
        lambda: with_cells({"G3000": text("Se bilagan")}),
        at("R301", "A3000", "C3000", "D3000", "F3000"),
        [*BASE, ("", MINE, None, None, None)],
    ),
]  # fmt: skip

# --- Units ------------------------------------------------------------------------------------------

_BOTH_UNITS, _ALL = ("Hemtjänst", "Bemanning"), ("Hemtjänst", "Bemanning", "Kultur och fritid")

UNIT_CASES = [
    cells(f"units as {written!a}", {"B5": text(written)}, found, units=units)
    for written, found, units in [
        ("Bemanning; Hemtjänst", [], _BOTH_UNITS),
        ("Bemanning,Hemtjänst", [], _BOTH_UNITS),
        ("Hemtjänst\nBemanning", [], _BOTH_UNITS),
        ("Hemtjänst\r\nBemanning\r\n", [], _BOTH_UNITS),
        ("Hemtjänst och Bemanning", [], _BOTH_UNITS),
        ("Hemtjänst & Bemanning", [], _BOTH_UNITS),
        ("Hemtjänst/Bemanning", [], _BOTH_UNITS),
        (" ;; Hemtjänst ;\u00a0;Bemanning; ", [], _BOTH_UNITS),
        ("HEMTJÄNST; bemanning", [], _BOTH_UNITS),
        ("Hemtja\u0308nst; Bemanning", [], _BOTH_UNITS),
        ("Hem\u00adtjänst;Beman\u200bning", [], _BOTH_UNITS),
        ("Bemanning; Bemanning; Hemtjänst", [], _BOTH_UNITS),
        ("Kultur och fritid", [], ("Kultur och fritid",)),
        ("Kultur\u00a0och\u00a0fritid", [], ("Kultur och fritid",)),
        ("Hemtjänst, Bemanning och Kultur och fritid", [], _ALL),
        ("Kultur och fritid/Bemanning & Hemtjänst", [], _ALL),
        ("Bemaning", at("R311", "B5"), ("Bemanning",)),
        ("Hemtjänst; Kultur och friitd", at("R311", "B5"), ("Hemtjänst", "Kultur och fritid")),
        ("Hela verksamheten", [], ()),
        ("HELA  VERKSAMHETEN", [], ()),
        ("Simhallen", at("R306", "B5"), MINE),
        ("Bemanning; Simhallen", at("R306", "B5"), ("Bemanning",)),
        ("Simhallen, Badhuset", at("R306", "B5", "B5"), MINE),
    ]
]  # fmt: skip

# --- Dates ------------------------------------------------------------------------------------------

_DAY = "2024-03-01"
EXACT = {
    "a day": number(45352, DATE_STYLE),
    "a day with a time": number(45352.75, DATE_STYLE),
    "a serial number": number(45352),
    "a serial number with a time": number(45352.5),
    "a serial number as text": text("45352"),
    "a day as strict workbooks hold it": iso("2024-03-01"),
    "a number of eight digits": number(20240301),
    "a number of six digits": number(240301),
    "the value of a formula": formula("DATE(2024,3,1)", "45352", "n"),
    **{
        ascii(written): text(written)
        for written in (
            "2024-03-01", "2024-3-1", "2024.03.01", "2024/03/01", "20240301", "240301", "1/3 2024",
            "1.3.2024", "1 mars 2024", "1 mar -24", "1 MARS 2024", " 2024-03-01\n", "1\u00a0mars\u00a02024",
            "2024–03–01", "2024-03-01 00:00:00", "2024-03-\u200b01",
        )
    },
}  # fmt: skip
INEXACT = {
    "mars 2024": ("2024-03-01", "2024-03-31"),
    "Mars": ("2024-03-01", "2024-03-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "v. 12": ("2024-03-18", "2024-03-24"),
    "V12": ("2024-03-18", "2024-03-24"),
    "T1": ("2024-01-01", "2024-04-30"),
    "1 mars": ("2024-03-01", "2024-03-01"),
}

DATE_CASES = [
    *(cells(f"start is {name}", {"C5": xml}, start=_DAY) for name, xml in EXACT.items()),
    *(
        cells(
            f"start and end are {written}",
            {"C5": text(written), "D5": text(written), "F5": text(DEVIATION)},
            at("R312", "C5", "D5"),
            start=first,
            end=last,
            status=DEVIATION,
        )
        for written, (first, last) in INEXACT.items()
    ),
    *(
        cells(f"start is unreadable: {name}", {"C5": xml}, at("R302", "C5"), start=None)
        for name, xml in {
            "a season": text("våren"),
            "no such day": text("2024-02-30"),
            "no such day in words": text("31 april 2024"),
            "no such month": text("2024-13-01"),
            "two readings": text("03/04/2024"),
            "a small number": number(7),
            "a dash": text("-"),
            "not available": text("NA"),
            "a truth": 't="b"><v>1</v>',
        }.items()
    ),
    cells("end before start", {"D5": text("2024-01-14"), "F5": text(DEVIATION)},
          at("R303", "D5"), end="2024-01-14", status=DEVIATION),
    cells("end in a mistyped year", {"D5": text("2042-09-30")}, at("R304", "D5"), end="2042-09-30"),
    cells("start and end changed places", {"C5": text("2024-09-30"), "D5": text("2024-01-15")},
          at("R303", "D5"), start="2024-09-30", end="2024-01-15"),
    cells("both dates empty", {"C5": text(""), "D5": text(" ")},
          at("R301", "C5", "D5"), start=None, end=None),
]  # fmt: skip

# --- Statuses, texts and values ---------------------------------------------------------------------

VALUE_CASES = [
    *(
        cells(f"status {name}", {"F5": text(written)}, found, status=read)
        for name, written, found, read in [
            ("in capitals", "PÅGÅENDE ENLIGT PLAN", [], GOING),
            ("on two lines with spaces", " pågående\nenligt  plan ", [], GOING),
            ("with hard spaces and nothing visible", "Pågående\u00a0enligt\u200b plan", [], GOING),
            ("decomposed", "Pa\u030aga\u030aende enligt plan", [], GOING),
            ("misspelt", "Pågåene enligt plan", at("R311", "F5"), GOING),
            ("misspelt in capitals", "PÅGENDE MED AVIKELSE", at("R311", "F5"), DEVIATION),
            ("cut short", "Pågående", at("R305", "F5"), None),
            ("of another kind", "Klart nog", at("R305", "F5"), None),
            ("a dash", "-", at("R305", "F5"), None),
            ("not available", "N/A", at("R305", "F5"), None),
            ("empty", " ", at("R301", "F5"), None),
        ]
    ),
    cells("status a number", {"F5": number(2)}, at("R305", "F5"), status=None),
    cells("status that asks for a comment, which is a dash",
          {"F5": text(DEVIATION), "G5": text("–")}, at("R307", "G5"), status=DEVIATION),
    *(
        cells(f"title {name}", {"A5": text(written)}, title=read)
        for name, written, read in [
            ("decomposed", "La\u0308xhja\u0308lp", "Läxhjälp"),
            ("with invisible characters", "\ufeffLäx\u00adhjälp\u200b\u200e", "Läxhjälp"),
            ("with a hard space", "Läx\u00a0hjälp", "Läx hjälp"),
            ("with Windows line breaks", "Läxhjälp\r\npå kvällar\r\n", "Läxhjälp\npå kvällar"),
            ("with old Mac line breaks", "Läxhjälp\rpå kvällar", "Läxhjälp\npå kvällar"),
            ("with Word's line break", "Läxhjälp\vpå kvällar", "Läxhjälp\npå kvällar"),
            ("with a line separator", "Läxhjälp\u2028på kvällar", "Läxhjälp\npå kvällar"),
            ("that says None", "None", "None"),
            ("that says NULL", "NULL", "NULL"),
            ("that says NA", "NA", "NA"),
            ("that says nan", "nan", "nan"),
            ("that looks like a formula", "=1+1", "=1+1"),
            ("that looks like markup", "<b>Läs & lek</b>", "<b>Läs & lek</b>"),
            ("with an emoji", "Läxhjälp 📚", "Läxhjälp 📚"),
        ]
    ),
    cells("title a number", {"A5": number(2024)}, title="2024"),
    cells("title a day", {"A5": number(45352, DATE_STYLE)}, title="2024-03-01"),
    cells("title by a formula", {"A5": formula('"Läx"&"hjälp"', "Läxhjälp")}),
    cells("title with a bell in it", {"A5": text("Läx\ahjälp")}, at("R309", "A5")),
    cells("title a dash", {"A5": text("-")}, at("R301", "A5"), title=""),
    cells("title left to be filled in", {"A5": text("XXX")}, at("R308", "A5"), title="XXX"),
    cells("description left to be filled in", {"E5": text("TODO")}, at("R308", "E5")),
    cells("description that says None", {"E5": text("None")}),
    *(
        case(f"error value in {cell}", lambda c=cell, w=word: with_cells({c: error(w)}),  # type: ignore[misc]
             at("R310", cell), [FRISK, FALT, read])
        for cell, word, read in [
            ("A5", "#REF!", lax(title="")),
            ("B5", "#REF!", lax()),
            ("C5", "#VALUE!", lax(start=None)),
            ("D5", "#N/A", lax(end=None)),
            ("E5", "#SPILL!", lax()),
            ("F5", "#NAME?", lax(status=None)),
            ("G5", "#DIV/0!", lax()),
        ]
    ),
    cells("title a formula without a value", {"A5": formula("A6", None)}, at("R310", "A5"), title=""),
    cells("end a formula without a value", {"D5": formula("C5+90", None, "n")}, at("R310", "D5"), end=None),
]  # fmt: skip

# --- Merged cells, joined workbooks -----------------------------------------------------------------


def merge(area: str) -> Callable[[Workbook], None]:
    """Merges an area as Excel does: only its first cell keeps a value."""
    return on_sheet(Worksheet.merge_cells, area)


def note_on(cell: str) -> Callable[[Workbook], None]:
    """A note on a cell, as a reviewer leaves it."""

    def edit(book: Workbook) -> None:
        on(book, YOUNG)[cell].comment = Comment("Stämmer det?", "Bo")

    return edit


def link_on(cell: str) -> Callable[[Workbook], None]:
    """A link on a cell, as Excel makes of an address."""

    def edit(book: Workbook) -> None:
        on(book, YOUNG)[cell].hyperlink = "https://exempel.se/"

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

# --- Saved in other programs ------------------------------------------------------------------------

_LINKED: dict[str, bytes | None] = {
    "xl/externalLinks/externalLink1.xml": (
        f'<externalLink xmlns="{MAIN}"><externalBook><sheetDataSet><sheetData sheetId="0">'
        '<row r="1"><cell r="A1"><v>1</v></cell></row></sheetData><sheetData sheetId="1"/>'
        "</sheetDataSet></externalBook></externalLink>"
    ).encode()
}

SAVED_CASES = [
    case("exported like Google Sheets", google_like),
    case("values alone pasted into a new workbook", lambda: values_only(README_SHEET, *SHEETS),
         [("F206", "", "")], BASE, "Bok1.xlsx"),
    case("goal sheets alone pasted into a new workbook", lambda: values_only(*SHEETS), [("F206", "", "")]),
    case("one goal pasted as text on Blad1", pasted_on_one_sheet,
         [("F206", "", ""), ("F206", "Blad1", "")], [FALT, LAX]),
    case("strict Open XML", strict),
    case("days counted from 1904", changed(since_1904)),
    *(
        case(
            f"days counted from 1904, start {name}",
            lambda xml=xml: with_cells({"C5": xml}, data=changed(since_1904)()),  # type: ignore[misc]
            [],
            [FRISK, FALT, lax(start=_DAY)],
        )
        for name, xml in {
            "a bare number": number(43890),
            "a number as text": text("43890"),
            "a day": number(43890, DATE_STYLE),
        }.items()
    ),
    case("a prefix before every XML name", prefixed),
    case("saved with macros", with_macros, [], BASE, "Hemtjänst.xlsm"),
    case("saved as a template", as_template, [], BASE, "Hemtjänst.xltx"),
    case("formatted to the last row", lambda: with_cells({"A1048576": 's="1">', "G1048576": 's="1">'})),
    case("links to other workbooks", lambda: repacked(good(), _LINKED)),
    case("link on a cell", changed(link_on("A5"))),
    case("a part whose path leads out of the folder", lambda: repacked(good(), {"../../plan.xlsx": b"x"})),
    *(case(f"given the ending {ending or 'none'}", good, [], BASE, f"Hemtjänst{ending}")
      for ending in (".xls", ".ods", ".pdf", "", ".XLSX", ".xlsx.xlsx", ".xlsx (1)")),
    case("properties lost and every format changed", changed(without_properties, borders, narrow_columns)),
]  # fmt: skip

CASES = [
    *SHEET_CASES,
    *COLUMN_CASES,
    *IDENTITY_CASES,
    *ROW_CASES,
    *UNIT_CASES,
    *DATE_CASES,
    *VALUE_CASES,
    *SHAPE_CASES,
    *SAVED_CASES,
]


def found(checked: Checked) -> Places:
    return sorted((f.code, f.sheet or "", f.cell or "") for f in checked.findings)


def read(checked: Checked, name: str) -> list[Shown]:
    """What came out of the file."""

    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return [
        (a.title, a.units, day(a.start), day(a.end), a.status.name if a.status else None)
        for a in checked.activities
        if a.sources[0].file == f"inkorg/{name}"
    ]


def assert_as_expected(checked: Checked, case: Case, name: str) -> None:
    assert {f.file for f in checked.findings if f.code[0] != "U"} <= {f"inkorg/{name}"}
    assert found(checked) == sorted(case.found)
    assert sorted(read(checked, name), key=str) == sorted(case.read, key=str)
    # The form beside it is read whole, whatever this one looks like.
    assert [row[0] for row in read(checked, COMPANION)] == ["Bostäder"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.did)
def test_an_ugly_workbook_is_read_and_what_is_wrong_is_said(case: Case, tmp_path: Path) -> None:
    """Exactly these findings and activities, and nothing of the form beside it."""
    checked = check(tmp_path, PLAN, {case.name: case.make(), COMPANION: companion()})
    assert_as_expected(checked, case, case.name)


def test_the_gallery_is_as_large_as_promised() -> None:
    """At least 60 ugly workbooks that are read, and 40 hostile or broken files."""
    assert len(CASES) >= 60
    assert len(HOSTILE) + len(PROTECTED) >= 40


def test_no_two_workbooks_are_called_the_same() -> None:
    names = [case.did for case in CASES]
    assert len(set(names)) == len(names)
    assert all(name.isascii() for name in names)


# Through LibreOffice: layouts and values that every format can hold.
CONVERTED = [
    case
    for case in CASES
    if case.did
    in {
        "saved in another program",
        "every goal's sheet renamed",
        "sheets in reverse order",
        "columns in reverse order",
        "own columns to the right",
        "header row shifted down",
        "one more row in row 1000",
        "units as 'Hemtj\\xe4nst\\nBemanning'",
        "start is a serial number",
        "start is '1 mars 2024'",
        "title a number",
        "status merged over two rows",
        "exported like Google Sheets",
        "days counted from 1904",
    }
]
KINDS = ("xlsx", "ods", "xls")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every workbook to convert as LibreOffice saves it, in one run for each format."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("galleri")
    names = []
    for at_case, case in enumerate(CONVERTED):
        names.append(folder / f"{at_case}.xlsx")
        names[-1].write_bytes(case.make())
    for kind in KINDS:
        command = [program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder / kind), *map(str, names)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603  our own
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CONVERTED, ids=lambda case: case.did)
def test_an_ugly_workbook_saved_by_libreoffice_says_the_same(
    case: Case, kind: str, converted: Path, tmp_path: Path
) -> None:
    """Whatever format it was saved in."""
    name = f"Hemtjänst.{kind}"
    data = (converted / kind / f"{CONVERTED.index(case)}.{kind}").read_bytes()
    checked = check(tmp_path, PLAN, {name: data, COMPANION: companion()})
    assert_as_expected(checked, case, name)


# --- Hostile and broken -----------------------------------------------------------------------------


def part(name: str, content: str) -> Make:
    """A workbook with one part replaced."""
    return lambda: repacked(workbook_bytes(), {name: content.encode()})


def without(*names: str) -> Make:
    return lambda: repacked(workbook_bytes(), dict.fromkeys(names))


def appended(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Make:
    """A workbook with one more part, which may have the name of another."""

    def make() -> bytes:
        stream = io.BytesIO(workbook_bytes())
        with zipfile.ZipFile(stream, "a", method) as target:
            target.writestr(name, content)
        return stream.getvalue()

    return make


def cut(share: float) -> Make:
    return lambda: good()[: int(len(good()) * share)]


def flipped(share: float) -> Make:
    """A form with one bit changed on its way."""

    def make() -> bytes:
        data = bytearray(good())
        data[int(len(data) * share)] ^= 4
        return bytes(data)

    return make


def zip_flag() -> bytes:
    """A workbook whose zip says that it has a password."""
    data = bytearray(workbook_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def understated() -> bytes:
    """A zip bomb that says it is small."""
    data = repacked(workbook_bytes(), {"xl/media/a.bin": bytes(30_000_000)})
    return data.replace((30_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little"))


def cell_at(name: str) -> Make:
    return lambda: with_rows(f'{A1}<row r="2"><c r="{name}"><v>1</v></c></row>')


_ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
_LONG = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'

HOSTILE: dict[str, Make] = {
    "value in the far corner": cell_at("XFD1048576"),
    "value beyond the sheet": cell_at("XFE1048577"),
    "value in an address that is none": cell_at("AAAAAAAAAAA1"),
    "value in row zero": cell_at("A0"),
    "values wide apart": lambda: with_rows(f'{A1}<row r="9000"><c r="BXX9000"><v>1</v></c></row>'),
    "far value in an ods": lambda: ods(ODS_ROW + ods_empty_rows(1_048_574) + ODS_ROW),
    "millions of repeats in an ods":
        lambda: ods(
            '<table:table-row table:number-rows-repeated="190000">'
            + ODS_VALUE.replace("cell ", 'cell table:number-columns-repeated="1900" ', 1)
            + "</table:table-row>"
        ),
    "repeat below zero in an ods": lambda: ods(ods_empty_rows(-1)),
    "entity in an ods": lambda: repacked(ods(ODS_ROW), {"meta.xml": f"{_ENTITY}<x/>".encode()}),
    "two thousand million shared texts":
        part("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" count="2147483647"><si><t>x</t></si></sst>'),
    "long text used hundreds of times":
        lambda: repacked(
            with_rows("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 300))),
            {"xl/sharedStrings.xml": _LONG.encode()},
        ),
    "entity in a sheet": part(SHEET, f"{_ENTITY}<x/>"),
    "entities within entities": part(SHEET, _LAUGHS),
    "entity from a file": part(SHEET, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'),
    "entity in the properties": part("docProps/custom.xml", f"{_ENTITY}<x/>"),
    "declaration from the network": part("xl/workbook.xml", '<!DOCTYPE x SYSTEM "http://a.example/x.dtd"><x/>'),
    "XML nested too deep": part(SHEET, "<a>" * 5_000 + "</a>" * 5_000),
    "XML not well formed": part(SHEET, "<a><b></a>"),
    "workbook part not well formed": part("xl/workbook.xml", "<workbook"),
    "workbook part empty": part("xl/workbook.xml", ""),
    "sheet part empty": part(SHEET, ""),
    "undeclared prefix in the properties": part("docProps/core.xml", "<a:b/>"),
    "sheet in UTF-16": lambda: repacked(
        workbook_bytes(), {SHEET: f'<worksheet xmlns="{MAIN}"/>'.encode("utf-16")}),
    "no content types": without("[Content_Types].xml"),
    "no relations": without("xl/_rels/workbook.xml.rels"),
    "two values at one place": lambda: with_rows(f'{A1}<row r="2"><c r="A1"><v>2</v></c></row>'),
    "more filled rows than any form":
        lambda: workbook({YOUNG: (HEADER, *(activity(n) for n in range(5, 6 + limits.MAX_ROWS)))}),
    "more faults than anybody could read":
        lambda: workbook({YOUNG: (HEADER, *(
            activity(n, Enheter="q", Startdatum="q", Slutdatum="q", Status="q") for n in range(5, 2_800)))}),
    "zip bomb": lambda: repacked(workbook_bytes(), {"xl/media/a.bin": bytes(100_000_000)}),
    "zip bomb that understates its size": understated,
    "thousands of parts": lambda: repacked(workbook_bytes(), {f"xl/{n}.xml": b"<a/>" for n in range(2_001)}),
    "part packed with bzip2": appended("xl/a.xml", b"<a/>", zipfile.ZIP_BZIP2),
    "two sheets of one name but for case": appended(SHEET.upper(), b"<worksheet/>"),
    "first tenth of a form": cut(0.1),
    "first half of a form": cut(0.5),
    "form without its last bytes": cut(0.99),
    **{f"form with a bit flipped at {share:.0%}": flipped(share) for share in (0.2, 0.4, 0.6)},
    "nothing": lambda: b"",
    "white space": lambda: b" \r\n\t",
    "zeroes": lambda: bytes(4_096),
    "larger than any form": lambda: bytes(MAX_FILE + 1),
    "Word document": lambda: zipped(WORD),
    "slides": lambda: zipped(SLIDES),
    "OpenDocument text": lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "zip of pictures": lambda: zipped({"bild.png": b"\x89PNG\r\n\x1a\n\0\0", "läs.txt": b"hej"}),
    "zip of nothing": lambda: zipped({}),
    "old Word document": lambda: ole("WordDocument"),
    "old slides": lambda: ole("PowerPoint Document"),
    "Outlook message with a workbook": lambda: ole("__substg1.0_") + ole("Workbook"),
    "OLE of nothing known": lambda: ole("Annat"),
    "xls cut short": lambda: ole("Workbook"),
    "xlsb with a far value": lambda: xlsb(1_048_575, 16_383),
    "xlsb of noise": lambda: zipped(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": bytes(range(256))}),
    "PDF": lambda: b"%PDF-1.7\n\x80\x81",
    "picture": lambda: b"\x89PNG\r\n\x1a\n\0\0",
    "web page called xls": lambda: b"<html><table><tr><td>Aktivitet</td></tr></table></html>",
    "XML spreadsheet of 2003": lambda: b'<?xml version="1.0"?><Workbook/>',
    "e-mail": lambda: MAIL,
    "text with semicolons": lambda: "Mål;Aktivitet\r\n1;Öppet hus\r\n".encode("cp1252"),
    "RTF": lambda: rb"{\rtf1\ansi Hej}",
    "noise": lambda: bytes(range(256)) * 16,
}  # fmt: skip

PROTECTED: dict[str, Make] = {
    "xlsx with a password": lambda: ole("EncryptedPackage"),
    "xls with a password": lambda: ole("Workbook") + BOF + b"\x2f\x00\x36\x00" + bytes(54),
    "ods with a password": lambda: ods(ODS_ROW, b"<manifest><encryption-data/></manifest>"),
    "zip with a password": zip_flag,
}  # fmt: skip


@pytest.mark.parametrize("name", [*HOSTILE, *PROTECTED])
def test_a_hostile_file_is_told_and_the_form_beside_it_is_read_whole(
    name: str, tmp_path: Path
) -> None:
    """One finding, at its file; nothing else is said or lost."""
    code, make = ("F202", PROTECTED[name]) if name in PROTECTED else ("F201", HOSTILE[name])
    inbox = {"Aa främmande.xlsx": make(), FILE: good(), COMPANION: companion()}
    checked = check_round(make_round(tmp_path, PLAN, inbox), PLAN)
    told = [(f.code, f.file, f.sheet, f.cell) for f in checked.findings]
    assert told == [(code, "inkorg/Aa främmande.xlsx", None, None)]
    assert read(checked, FILE) == BASE
    assert [row[0] for row in read(checked, COMPANION)] == ["Bostäder"]
    assert (tmp_path / "inkorg" / "Aa främmande.xlsx").read_bytes() == inbox["Aa främmande.xlsx"]
