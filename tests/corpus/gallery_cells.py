"""Ugly workbooks by what stands in their rows and cells, and by the program that saved them."""

from collections.abc import Callable

from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook

from excel_uppsikt.form.definition import README_SHEET
from tests.changed_forms import on, without_properties
from tests.corpus.gallery import (
    BASE,
    DATE_STYLE,
    DEVIATION,
    FALT,
    FRISK,
    GOING,
    LAX,
    MINE,
    SHEETS,
    TEATER,
    YOUNG,
    as_template,
    changed,
    error,
    formula,
    good,
    google_like,
    hide_rows,
    iso,
    lax,
    narrow_columns,
    number,
    pasted_on_one_sheet,
    prefixed,
    since_1904,
    strict,
    teater,
    text,
    values_only,
    with_cells,
    with_macros,
)
from tests.corpus.gallery_cases import at, case, cells
from tests.excel.small_workbooks import MAIN, repacked

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


# --- Saved in other programs ------------------------------------------------------------------------


def link_on(cell: str) -> Callable[[Workbook], None]:
    """A link on a cell, as Excel makes of an address."""

    def edit(book: Workbook) -> None:
        on(book, YOUNG)[cell].hyperlink = "https://exempel.se/"

    return edit


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
