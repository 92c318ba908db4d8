"""Files made to cost as much as they can within the limits, for `worst.py` to measure.

Each is written as text, cell by cell, and fills some limit but for a little.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from xml.sax.saxutils import escape

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.form.definition import COLUMNS, README_SHEET, sheet_name
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.model import Goal, Unit
from tests.excel.small_workbooks import MAIN, ODS_VALUE, ods, zipped
from tests.excel.test_binary import book_stream, compound, drawn, label, note, said
from tests.small_rounds import CARE, make_plan

WORDS = ("Hemtjänst", "Särskilt boende", "Förskola", "Grundskola", "Fritidsgård", "Bibliotek")
PLACES = ("Norr", "Söder", "Öster", "Väster", "Centrum", "Fränsta", "Ljungaverk", "Torpshammar",
          "Alby", "Östavall")  # fmt: skip
UNITS = tuple(f"{word} {place}" for word, place in product(WORDS, PLACES))
GOALS = tuple(
    Goal(n, f"Invånarna i {word} {place} ska känna trygghet och ha inflytande.", "Målområde")
    for n, (word, place) in zip(range(1, 21), product(WORDS, PLACES), strict=False)
)
PLAN = make_plan(units=[Unit(name, CARE) for name in UNITS], goals=GOALS)
FILE = f"{UNITS[0]}.xlsx"
GOAL, TEXT = sheet_name(GOALS[0]), GOALS[0].text
HEADERS = tuple(column.header for column in COLUMNS)
ACTIVITY = dict(zip(HEADERS, ("Aktivitet", "", "2024-01-15", "2024-09-30", "Ger nytta.",
                              "Pågående enligt plan", "Arbetet pågår."), strict=True))  # fmt: skip
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"

# One part of a limit is left for what stands around.
ALMOST = 0.97
# The last row where a value may stand in the last column.
FAR = limits.RECEIVED.area // limits.MAX_COLUMN - 1
Make = Callable[[], bytes]
Rows = Iterable[str]


# --- Workbooks written as text ----------------------------------------------------------------------


def unlike(number: int, length: int) -> str:
    """Small letters that differ from number to number, so that nothing remembered helps."""
    made = ""
    while len(made) < length:
        number = (number * 6364136223846793005 + 1442695040888963407) % 2**64
        made += "".join(chr(97 + (number >> shift) % 26) for shift in range(5, 60, 5))
    return made[:length]


def long(number: int, letter: str = "") -> str:
    """A text as long as a cell in Excel can be, that packs well but is no bomb."""
    block = unlike(number, 600) + letter
    return block * (32_000 // len(block))


def numbers(number: int) -> str:
    """More personal identity numbers than are told of, and a name."""
    many = (f"{(number + k) % 100:02}0{k + 1}{number % 28 + 1:02}-1234" for k in range(6))
    return f"{' '.join(many)} Anna Svensson"


def row(number: int, texts: Iterable[str]) -> str:
    """A row of texts from column A on, in cells that hold them themselves; blank ones left out."""
    cells = (
        f'<c r="{column_letters(at)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for at, text in enumerate(texts, 1)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def activity(number: int, **changes: str) -> str:
    """A row of an activity."""
    return row(number, (ACTIVITY | changes).values())


def fitting(
    make: Callable[[int], str], first: int = 5, rows: int = limits.MAX_ROWS
) -> Iterator[str]:
    """Rows by their numbers, as many as fit within every limit."""
    most = limits.RECEIVED
    size, text, cells = (int(ALMOST * of) for of in (most.unpacked, most.text, most.values))
    for number in range(first, first + rows):
        made = make(number)
        size -= len(made.encode())
        text -= len(re.sub("<[^>]*>", "", made))
        cells -= made.count("</c>") + made.count("</table:table-cell>")
        if min(size, text, cells) < 0:
            return
        yield made


HEADER = row(4, HEADERS)


def workbook(sheets: Mapping[str, Rows], parts: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of these sheets, each of rows of XML, with whatever parts besides."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, 1)
    )
    linked = "".join(
        f'<Relationship Id="rId{n}" Type="{KIND}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    linked += f'<Relationship Id="rId0" Type="{KIND}/sharedStrings" Target="sharedStrings.xml"/>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets>{listed}</sheets></workbook>'
    office = f'<Relationship Id="rId1" Type="{KIND}/officeDocument" Target="xl/workbook.xml"/>'
    relations = '<Relationships xmlns="' + PACKAGES + '/relationships">{}</Relationships>'
    written = {
        f"xl/worksheets/sheet{n}.xml": "".join(
            (f'<worksheet xmlns="{MAIN}"><sheetData>', *rows, "</sheetData></worksheet>")
        ).encode()
        for n, rows in enumerate(sheets.values(), 1)
    }
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGES}/content-types"/>'.encode(),
            "_rels/.rels": relations.format(office).encode(),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": relations.format(linked).encode(),
            **written,
            **(parts or {}),
        }
    )


def goal_sheet(rows: Rows, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook with rows below the header of one goal's sheet."""
    return workbook({GOAL: (HEADER, *rows)}, parts)


def activities(**changes: Callable[[int], str]) -> bytes:
    """As many activities as fit, each changed by its row's number."""
    return goal_sheet(fitting(lambda n: activity(n, **{h: made(n) for h, made in changes.items()})))


def beside(rows: Rows, name: str = "Bilaga") -> bytes:
    """A form without activities and one more sheet."""
    return workbook({GOAL: [HEADER], name: rows})


def shared(texts: list[str], uses: Callable[[int], str], rows: int) -> bytes:
    """A goal's sheet whose cells point at shared texts."""
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    part = f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()
    return goal_sheet(fitting(uses, rows=rows), {"xl/sharedStrings.xml": part})


def many_sheets(rows: Callable[[int], Rows]) -> bytes:
    """More sheets than any form has, each of rows of its own."""
    return workbook({f"Blad {n}": rows(n) for n in range(350)})


def cells(number: int, count: int, make: Callable[[str], str]) -> str:
    """A row of so many cells, each made from its address."""
    addresses = (f"{column_letters(at)}{number}" for at in range(1, count + 1))
    return f'<row r="{number}">{"".join(map(make, addresses))}</row>'


def lines(make: Callable[[int], str], rows: int = limits.MAX_ROW - 10) -> Iterator[str]:
    """As many rows as fit on a sheet that is not a goal's."""
    return fitting(make, 1, rows)


def xml_part(count: int) -> bytes:
    """A part without cells that cannot be told from a deep one without a look at every tag."""
    tags = "".join(f'<b c="{unlike(n, 3)}"/>' for n in range(5_000)).encode()
    return b"<a>" + tags * (count // 5_000) + b"</a>"


def goal_ods(rows: Iterable[str]) -> bytes:
    """An .ods workbook with rows below the header of one goal."""
    return ods(f"{ods_row([TEXT])}{ods_row(HEADERS)}{''.join(rows)}")


def ods_row(texts: Iterable[str]) -> str:
    """A row of text cells in an .ods workbook."""
    written = (ODS_VALUE.replace(">x<", f">{escape(text)}<") for text in texts)
    return f"<table:table-row>{''.join(written)}</table:table-row>"


def ods_empty(number: int) -> str:
    """A row of empty cells, that differ from those of other rows."""
    cell = f'<table:table-cell table:style-name="ce{number % 97}"/>'
    return f'<table:table-row table:style-name="{unlike(number, 9)}">{cell * 50}</table:table-row>'


def ods_note(text: str) -> str:
    """An empty cell in an .ods workbook with a note on it."""
    note = f"<office:annotation><text:p>{text}</text:p></office:annotation>"
    return f"<table:table-cell>{note}</table:table-cell>"


def tags(count: int) -> str:
    """So many elements, each as short as can be."""
    block = "".join(f"<{unlike(n, 1)}/>" for n in range(50_000))
    return block * (count // 50_000)


def noted(notes: str) -> bytes:
    """A form of one activity with this part of notes."""
    relation = f'<Relationship Id="a" Type="{KIND}/comments" Target="../notes.xml"/>'
    return goal_sheet(
        [activity(5)],
        {
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships">'
            f"{relation}</Relationships>".encode(),
            "xl/notes.xml": f'<comments xmlns="{MAIN}">{notes}</comments>'.encode(),
        },
    )


def beside_itself(rows: Rows) -> bytes:
    """A goal's sheet that a thousand other names lead to as well."""
    with zipfile.ZipFile(io.BytesIO(goal_sheet(rows))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 1_002))
    book = parts["xl/workbook.xml"].replace(b"</sheets>", f"{names}</sheets>".encode())
    return zipped(parts | {"xl/workbook.xml": book})


def xls(records: Iterable[bytes]) -> bytes:
    """An .xls workbook with these records on one sheet."""
    return compound(book_stream({"Blad": b"".join(records)}))


# --- The files --------------------------------------------------------------------------------------

TEXTS: dict[str, Make] = {
    "long texts": lambda: activities(Beskrivning=long, Kommentar=lambda n: long(-n)),
    "long texts with emoji": lambda: activities(Beskrivning=lambda n: long(n, "😀")),
    "short texts with emoji": lambda: beside(lines(lambda n: row(n, [f"😀{n}"] * 20))),
    "shared texts with emoji": lambda: shared(
        [long(n, "😀") for n in range(240)],
        lambda n: f'<row r="{n}"><c r="A{n}" t="s"><v>{n % 240}</v></c></row>',
        rows=240,
    ),
    "long titles, alike": lambda: activities(Aktivitet=lambda n: f"{long(1)} {unlike(n, 4)}"),
    "long units": lambda: activities(Enheter=long),
    "long statuses": lambda: activities(Status=long),
    "long dates": lambda: activities(Startdatum=lambda n: "1 " * 15_000 + unlike(n, 900)),
    "names": lambda: activities(Beskrivning=lambda n: "Anna B " * 500 + unlike(n, 60)),
    "identity numbers": lambda: activities(
        Beskrivning=lambda n: "19121212-1212 " * 250 + unlike(n, 60)
    ),
    "counts": lambda: activities(
        Aktivitet=lambda n: f"minst 3 {unlike(n, 9)}", Kommentar=lambda _: "9 1 två tre " * 300
    ),
    "names, one cell": lambda: goal_sheet(
        [activity(5, Beskrivning=f"Aa {unlike(1, 1).upper()} {unlike(2, 594)}" * 12_500)]
    ),
    "names, all over": lambda: activities(Beskrivning=lambda n: "Aen B " * 5_000 + unlike(n, 200)),
    "one text and thousands": lambda: goal_sheet(
        [
            activity(5, Aktivitet="Samma", Beskrivning=long(1) * 235),
            *(activity(n, Aktivitet="Samma", Beskrivning=unlike(n, 60)) for n in range(6, 2_900)),
        ]
    ),
    "text beside": lambda: workbook(
        {
            GOAL: [HEADER, activity(5, Status="x")],
            "Bilaga": fitting(lambda n: row(n, [long(n, "😀")])),
        }
    ),
    "placeholders": lambda: activities(Beskrivning=lambda n: "<[..._..x" * 400 + unlike(n, 60)),
}
ROWS: dict[str, Make] = {
    "titles unlike": lambda: activities(Aktivitet=lambda n: unlike(n, 60)),
    "titles alike": lambda: activities(Aktivitet=lambda n: f"Samverkan med {unlike(n, 3)}"),
    "titles, long": lambda: activities(
        Aktivitet=lambda n: "".join(unlike((n * 31 + k) % 997, 25) for k in range(20))
    ),
    "much wrong": lambda: activities(
        Aktivitet=lambda n: f"XXX minst nio {unlike(n, 9)} {numbers(n)}",
        Startdatum=lambda _: "2029-01-01",
        Slutdatum=lambda _: "2028-01-01",
        Beskrivning=lambda n: f"XXX {numbers(n + 7)}",
        Kommentar=lambda n: f"XXX 2 {unlike(n, 5)} {numbers(n + 11)}",
    ),
    "one title": lambda: activities(
        Aktivitet=lambda _: "Samma", Beskrivning=lambda n: unlike(n, 60)
    ),
    "units unlike": lambda: activities(
        Enheter=lambda n: ";".join(unlike(n * 1_000 + k, 14) for k in range(95))
    ),
    "units in pairs": lambda: activities(
        Enheter=lambda n: " och ".join(unlike(n * 1_000 + k, 3) for k in range(95))
    ),
    "units and others": lambda: activities(
        Enheter=lambda n: ", ".join((*UNITS, *(unlike(n * 99 + k, 14) for k in range(90))))
    ),
    "units misspelt": lambda: activities(Enheter=lambda n: f"{UNITS[n % 60]}{unlike(n, 2)}"),
    "all wrong": lambda: activities(
        Aktivitet=lambda n: f"XXX {unlike(n, 9)}",
        Enheter=lambda n: unlike(n, 9),
        Startdatum=lambda n: unlike(n, 9),
        Beskrivning=lambda n: f"19121212-1212 {n}",
        Status=lambda n: unlike(n, 19),
    ),
    "stray cells": lambda: goal_sheet(
        fitting(lambda n: row(n, (*ACTIVITY.values(), "", "", "", *("x",) * 90)))
    ),
    "errors": lambda: goal_sheet(
        fitting(
            lambda n: cells(n, 7, lambda at: f'<c r="{at}" t="e"><v>#{unlike(n, 4)}</v></c>'),
            rows=limits.MAX_FAULTS // 7,
        )
    ),
}
CELLS: dict[str, Make] = {
    "cells": lambda: beside(lines(lambda n: row(n, (f"a{n}",) * 9))),
    "rows unlike": lambda: beside(
        lines(lambda n: f'<row r="{n}"><c r="A{n}"><v>{unlike(n, 3)}</v></c></row>')
    ),
    "empty cells": lambda: beside(
        lines(lambda n: cells(n, 600, lambda at: f'<c r="{at}" s="{ord(at[-1]) + n % 43}"/>'))
    ),
    "empty rows": lambda: beside(lines(lambda n: f'<row r="{n}" s="{n % 97}" ht="{n % 89}"/>')),
    "a far cell": lambda: beside(
        [f'<row r="{FAR}"><c r="{column_letters(limits.MAX_COLUMN)}{FAR}"><v>1</v></c></row>']
    ),
    "formulas": lambda: beside(
        lines(lambda n: cells(n, 50, lambda at: f'<c r="{at}"><f>{at}+1</f></c>'))
    ),
    "sheets": lambda: many_sheets(lambda s: [row(4, HEADERS), activity(5, Aktivitet=unlike(s, 9))]),
    "headings": lambda: many_sheets(
        lambda s: (
            row(n, (unlike(s * 9_999 + n * 30 + k, 9) for k in range(20))) for n in range(1, 42)
        )
    ),
    "above the header": lambda: workbook(
        {GOAL: (*lines(lambda n: row(n, [unlike(n, 65)]), 9_990), row(199_999, HEADERS))}
    ),
    "long above the header": lambda: workbook(
        {GOAL: (*lines(lambda n: row(n, [long(n)]), 3_000), row(9_999, HEADERS))}
    ),
    "Läs mig": lambda: beside(
        lines(lambda n: row(n, [f"{n % 20 + 1}. {unlike(n, len(TEXT))}"])), README_SHEET
    ),
    "other XML": lambda: workbook(
        {GOAL: [HEADER]}, {"xl/x.xml": xml_part(int(ALMOST * limits.MAX_TAGS))}
    ),
}

NOTES: dict[str, Make] = {
    "one part, many sheets": lambda: beside_itself([row(5, ["x" * 600_000])]),
    "notes in notes": lambda: noted(f"{'<comment>' * 90}<t>{long(1) * 200}</t>{'</comment>' * 90}"),
    "notes": lambda: noted(
        "".join(
            f'<comment ref="A{n}"><t>😀{unlike(n, 700)}</t></comment>'
            for n in range(1, limits.MAX_FAULTS)
        )
    ),
    "trees": lambda: noted(tags(int(ALMOST * limits.MAX_TREE_TAGS))),
    "a long namespace": lambda: noted(
        f'<a xmlns="{long(1) * 30}">{"".join(f"<{unlike(n, 5)}/>" for n in range(3_000))}</a>'
    ),
    "elements": lambda: workbook({GOAL: [HEADER], "Bilaga": [tags(int(ALMOST * limits.MAX_TAGS))]}),
    "a long name": lambda: workbook(
        {long(1) * 30: (row(1, [TEXT]), HEADER, *fitting(lambda n: activity(n, Status="x")))}
    ),
    "an error and a comment": lambda: goal_sheet(
        [
            '<row r="5"><c r="A5" t="e"><v>#SPILL!</v></c></row>',
            "".join(("<!--", "<c t='e' " * 1_000_000, "-->")),
        ]
    ),
}
FORMATS: dict[str, Make] = {
    "ods": lambda: goal_ods(
        fitting(lambda n: ods_row((ACTIVITY | {"Aktivitet": unlike(n, 60)}).values()))
    ),
    "ods, empty cells": lambda: goal_ods(lines(ods_empty)),
    "ods, long texts": lambda: goal_ods(fitting(lambda n: ods_row([long(n, "😀")]))),
    "ods, tables": lambda: ods(
        "".join(f'</table:table><table:table table:name="{n}">' for n in range(1_000_000))
    ),
    "ods, spaces": lambda: goal_ods(
        [ods_row(["x"]).replace(">x<", '><text:s text:c="2000000000"/><')]
    ),
    "ods, notes": lambda: goal_ods(
        fitting(lambda n: f"<table:table-row>{ods_note(long(n))}</table:table-row>")
    ),
    "xls": lambda: xls(label(n // 8, n % 8, f"a{n}") for n in range(limits.RECEIVED.values)),
    "xls, notes": lambda: xls(
        (label(0, 0, "a"), drawn(1), said("x" * 60_000), *(note(n, 1) for n in range(9_000)))
    ),
    "xls, a far cell": lambda: xls(
        label(n, 255, "a") for n in (0, limits.RECEIVED.area // 256 - 2)
    ),
}
FILES = TEXTS | ROWS | CELLS | NOTES | FORMATS
