"""Makers of ugly workbooks: a unit's form as people, and the programs they use, leave it behind.

Every maker gives the bytes of a workbook. Cells are changed in the sheet's XML, where what stands in
a cell is exactly what is asked for; sheets and columns are changed as another program would.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from excel_uppsikt.form.definition import (
    FORM_ID_LABEL,
    LISTS_SHEET,
    META_SHEET,
    README_SHEET,
    sheet_name,
)
from excel_uppsikt.model import Goal, Unit
from tests.changed_forms import Edit, delete, edited, on, without_properties
from tests.excel.small_workbooks import MAIN, repacked, zipped
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, own_form, per_goal_form, row

# Nobody owes anything, so that what is found in a file is all there is to find.
SICKNESS = Goal(1, "Sjukfrånvaron ska minska.", "Verksamhetsmål")
UNITS = ("Hemtjänst", "Bemanning", "Kultur och fritid")
PLAN = make_plan(
    units=[Unit(name, CARE) for name in UNITS], goals=(YOUTH, HOMES, SICKNESS), minimum=0
)
FILE = "Hemtjänst.xlsx"
COMPANION = "Mål 3 Flyttnetto.xlsx"
ILL, YOUNG, HOME = sheet_name(SICKNESS), sheet_name(YOUTH), sheet_name(HOMES)
SHEETS = (ILL, YOUNG, HOME)
PARTS = {name: f"xl/worksheets/sheet{at}.xml" for at, name in enumerate(SHEETS, 2)}
DATE_STYLE = "17"

DEVIATION, DONE, GOING = "Pågående med avvikelse", "Avslutad enligt plan", "Pågående enligt plan"
ROWS = {
    1: [row("Friskvård", end=date(2024, 6, 30), status=DEVIATION)],
    2: [
        row("Läxhjälp"),
        row(
            "Fältarbete",
            units="Hemtjänst; Bemanning",
            start=date(2024, 2, 1),
            end=date(2024, 3, 31),
            status=DONE,
        ),
    ],
}

# The rows' titles, units, start, end and status, as they should come out.
Shown = tuple[str, tuple[str, ...], str | None, str | None, str | None]
Places = list[tuple[str, str, str]]
MINE = ("Hemtjänst",)
FRISK: Shown = ("Friskvård", MINE, "2024-01-15", "2024-06-30", DEVIATION)
FALT: Shown = ("Fältarbete", ("Hemtjänst", "Bemanning"), "2024-02-01", "2024-03-31", DONE)
LAX: Shown = ("Läxhjälp", MINE, "2024-01-15", "2024-09-30", GOING)
BASE = [FRISK, FALT, LAX]


def lax(**changes: object) -> Shown:
    """What Läxhjälp's row should say, with changes."""
    names = ("title", "units", "start", "end", "status")
    values = dict(zip(names, LAX, strict=True)) | changes
    return tuple(values[name] for name in names)  # type: ignore[return-value]  # of these names


@cache
def good() -> bytes:
    """Hemtjänst's form with nothing wrong in it."""
    return own_form(PLAN, "Hemtjänst", ROWS)


@cache
def companion() -> bytes:
    """A per-goal form that speaks for the other units, with nothing wrong in it."""
    return per_goal_form(PLAN, HOMES, [row("Bostäder", units="Bemanning; Kultur och fritid")])


# --- Cells, exactly as given ------------------------------------------------------------------------


def text(value: str, kind: str = "inlineStr") -> str:
    """A cell's XML for a text; what XML cannot hold is written as Excel does."""
    coded = re.sub(
        "[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", value
    )
    return f't="{kind}"><is><t xml:space="preserve">{escape(coded)}</t></is>'


def number(value: float, style: str = "0") -> str:
    """A cell's XML for a number; in DATE_STYLE it is a day."""
    return f's="{style}"><v>{value}</v>'


def error(word: str) -> str:
    """A cell's XML for an error value."""
    return f't="e"><v>{word}</v>'


def formula(of: str, value: str | None, kind: str = "str") -> str:
    """A cell's XML for a formula, with the value that was saved beside it, or none."""
    saved = "" if value is None else f"<v>{escape(value)}</v>"
    return f't="{kind}"><f>{escape(of)}</f>{saved}'


def iso(value: str) -> str:
    """A cell's XML for a day the way strict workbooks hold it."""
    return f't="d" s="{DATE_STYLE}"><v>{value}</v>'


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def with_cells(changes: Mapping[str, str], sheet: str = YOUNG, data: bytes | None = None) -> bytes:
    """The form with cells of a sheet given by their XML; new rows are added last."""
    data = good() if data is None else data
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        content = source.read(PARTS[sheet]).decode()
    added: dict[int, str] = {}
    for cell, xml in changes.items():
        made = f'<c r="{cell}" {xml}</c>'
        found = re.search(rf'<c r="{cell}"(?:[^>]*/>|.*?</c>)', content)
        if found:
            content = content[: found.start()] + made + content[found.end() :]
        else:
            added[_row_of(cell)] = added.get(_row_of(cell), "") + made
    for at, made in sorted(added.items()):
        found = re.search(rf'<row r="{at}"[^>]*>.*?(?=</row>)', content)
        if found:
            content = content[: found.end()] + made + content[found.end() :]
        else:
            content = content.replace("</sheetData>", f'<row r="{at}">{made}</row></sheetData>')
    return repacked(data, {PARTS[sheet]: content.encode()})


def teater(at: int) -> dict[str, str]:
    """One more activity's cells, in a row of their own."""
    return {
        f"A{at}": text("Teater"),
        f"C{at}": text("2024-02-01"),
        f"D{at}": text("2024-10-31"),
        f"F{at}": text(GOING),
    }


TEATER: Shown = ("Teater", MINE, "2024-02-01", "2024-10-31", GOING)


# --- Sheets and columns, as in another program ------------------------------------------------------


def changed(*edits: Edit) -> Callable[[], bytes]:
    """The good form after these changes, saved in another program."""
    return lambda: edited(good(), *edits)


def on_sheet(act: Callable[..., object], *arguments: object, sheet: str = YOUNG) -> Edit:
    """A change made by one of a worksheet's own methods."""

    def edit(book: Workbook) -> None:
        act(on(book, sheet), *arguments)

    return edit


def reverse_sheets(book: Workbook) -> None:
    """Puts the sheets in the opposite order."""
    for sheet in book.worksheets:
        book.move_sheet(sheet, -book.index(sheet))


def hide_all(book: Workbook) -> None:
    """Hides every sheet but the first, some so that Excel does not offer to show them."""
    for at, sheet in enumerate(book.worksheets[1:]):
        sheet.sheet_state = ("hidden", "veryHidden")[at % 2]


def swap_names(book: Workbook) -> None:
    """Gives two goals' sheets each other's names."""
    one, other = on(book, ILL), on(book, YOUNG)
    one.title = "Tillfällig"
    other.title, one.title = ILL, YOUNG


def hide_rows(book: Workbook) -> None:
    """Hides rows as a filter does."""
    for at in (5, 6):
        on(book, YOUNG).row_dimensions[at].hidden = True


def narrow_columns(book: Workbook) -> None:
    """Hides the columns that most rows leave empty."""
    for letter in "BE":
        on(book, YOUNG).column_dimensions[letter].hidden = True


def without_form_id(book: Workbook) -> None:
    """Empties the cell on Läs mig that says whose the form is."""
    for cells in on(book, README_SHEET).iter_rows():
        for cell in cells:
            if str(cell.value).startswith(FORM_ID_LABEL):
                cell.value = None


LOSSES: dict[str, Edit] = {
    "hidden sheet": delete(META_SHEET),
    "properties": without_properties,
    "visible id": without_form_id,
}


def stripped(lost: Sequence[str], units: str = "Hemtjänst") -> bytes:
    """The form with some of its marks of identity lost, and units written on every row."""
    rows = {1: [row("Friskvård", units=units)], 2: [row("Läxhjälp", units=units)]}
    return edited(own_form(PLAN, "Hemtjänst", rows), *(LOSSES[name] for name in lost))


def joined(*names: str, units: str = "Bemanning") -> bytes:
    """Hemtjänst's workbook with these sheets of Bemanning's copied in as Excel copies them."""
    theirs = {2: [row("Schakt", units=units)]}
    source = openpyxl.load_workbook(io.BytesIO(own_form(PLAN, "Bemanning", theirs)))

    def copy(book: Workbook) -> None:
        for name in names:
            target = book.create_sheet(f"{name[:27]} (2)")
            for cells in on(source, name).iter_rows():
                for cell in cells:
                    target.cell(cell.row, cell.column).value = cell.value

    return edited(good(), copy)


# --- Whole workbooks, as other programs write them --------------------------------------------------

Cell = str | int | float | date | datetime | time | None


def values(data: bytes) -> dict[str, list[list[Cell]]]:
    """What stands on each sheet, without formats and formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        sheet.title: [
            [cell if isinstance(cell, Cell) else str(cell) for cell in cells]
            for cells in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def bare(sheets: Mapping[str, Sequence[Sequence[Cell]]], hidden: Sequence[str] = ()) -> bytes:
    """A workbook as web programs export it: inline texts, one date format, no properties at all."""
    spaces = f'xmlns="{MAIN}" xmlns:r="{_RELATIONS}"'
    types = _types(len(sheets))
    parts = {"[Content_Types].xml": types, "_rels/.rels": _links({"rId1": "xl/workbook.xml"})}
    listed = ""
    for at, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        quoted = escape(name, {'"': "&quot;"})
        listed += f'<sheet name="{quoted}" sheetId="{at}"{state} r:id="rId{at}"/>'
        body = "".join(
            f'<row r="{y}">{"".join(_cell(x, y, value) for x, value in enumerate(cells, 1))}</row>'
            for y, cells in enumerate(rows, 1)
        )
        sheet = f"<worksheet {spaces}><sheetData>{body}</sheetData></worksheet>"
        parts[f"xl/worksheets/sheet{at}.xml"] = sheet
    parts["xl/workbook.xml"] = f"<workbook {spaces}><sheets>{listed}</sheets></workbook>"
    targets = {f"rId{at}": f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    parts["xl/_rels/workbook.xml.rels"] = _links(targets | {"rIdS": "styles.xml"})
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>"
    )
    return zipped({name: content.encode() for name, content in parts.items()})


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _types(sheets: int) -> str:
    kinds = {f"/xl/worksheets/sheet{at}.xml": "worksheet" for at in range(1, sheets + 1)}
    kinds |= {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{_CONTENT}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{package}"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _links(targets: Mapping[str, str]) -> str:
    kinds = {"worksheets": "worksheet", "styles": "styles", "xl/": "officeDocument"}
    links = "".join(
        f'<Relationship Id="{made}" Target="{target}" '
        f'Type="{_RELATIONS}/{next(kinds[k] for k in kinds if target.startswith(k))}"/>'
        for made, target in targets.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{links}</Relationships>'


def _cell(column: int, row_number: int, value: Cell) -> str:
    name = f"{chr(64 + column)}{row_number}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{name}" {text(value)}</c>'
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return f'<c r="{name}" {number((day - date(1899, 12, 30)).days, "1")}</c>'
    return f'<c r="{name}" {number(float(str(value)))}</c>'


def google_like() -> bytes:
    """Every sheet, the hidden ones still hidden, and nothing else that told whose it was."""
    return bare(values(good()), hidden=(META_SHEET, LISTS_SHEET))


def values_only(*names: str) -> bytes:
    """These sheets' values pasted into a new workbook."""
    taken = values(good())
    return bare({name: taken[name] for name in names})


def pasted_on_one_sheet() -> bytes:
    """One goal's table alone, pasted as text on the first sheet of a new workbook."""
    rows = values(good())[YOUNG]
    shown = [
        [f"{c:%Y-%m-%d}" if isinstance(c, datetime) else c for c in cells[:7]] for cells in rows
    ]
    return bare({"Blad1": shown})


def strict() -> bytes:
    """The form saved as Strict Open XML."""
    with zipfile.ZipFile(io.BytesIO(good())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    old = b"http://schemas.openxmlformats.org/"
    new = b"http://purl.oclc.org/ooxml/"
    relations = old + b"officeDocument/2006/relationships"
    return zipped(
        {
            name: content.replace(MAIN.encode(), new + b"spreadsheetml/main").replace(
                relations, new + b"officeDocument/relationships"
            )
            for name, content in parts.items()
        }
    )


def since_1904(book: Workbook) -> None:
    """Counts days from 1904, as Excel on a Mac once did."""
    book.epoch = CALENDAR_MAC_1904


def prefixed() -> bytes:
    """The sheets' XML with a prefix before every name, as some programs write it."""
    with zipfile.ZipFile(io.BytesIO(good())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for name in PARTS.values():
        content = parts[name].decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        content = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", content)
        parts[name] = content.encode()
    return zipped(parts)


def with_macros() -> bytes:
    """The form saved as a workbook that may hold macros."""
    macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(60)}
    return _of_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml", macros)


def as_template() -> bytes:
    """The form saved as a template, from which Excel makes new workbooks."""
    return _of_type(f"{_CONTENT}.template.main+xml", {})


def _of_type(kind: str, more: Mapping[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good())) as source:
        types = source.read("[Content_Types].xml")
    usual = f"{_CONTENT}.sheet.main+xml".encode()
    assert usual in types
    return repacked(good(), {"[Content_Types].xml": types.replace(usual, kind.encode()), **more})
