"""Where own columns, notes and formulas stand once rows have come, moved and gone, cell by cell."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from excel_uppsikt.compilation.definition import ACTIVITY_COLUMNS
from excel_uppsikt.compilation.own import OwnColumn, OwnContent, Stored
from excel_uppsikt.compilation.own_placed import PlacedOwn, place_own
from excel_uppsikt.excel.own_cells import OwnCell, OwnSheet
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Compilation, Line, Row, Values
from tests.report.test_document import activity

FILE, SHEET, KEY = "s.xlsx", "Aktiviteter", "ansvarig\t1"
# After all of the program's columns, and there again.
AT = len(ACTIVITY_COLUMNS) + 1
HEADINGS = {at: column.header for at, column in enumerate(ACTIVITY_COLUMNS, 1)}


def line(name: str, row: int | None = None) -> Line:
    """A row of an activity that stood at this row of the sheet, or is new."""
    said = activity(name, id=f"2-{name.lower()}")
    if row is None:
        return Line(said, said)
    read = Row(file=FILE, sheet=SHEET, row=row, values=Values(), columns={})
    return Line(said, said, read=read)


def column(cells: Mapping[int, OwnCell], *, at: int = AT, after: str | None = "Källa") -> OwnColumn:
    return OwnColumn(KEY, "Ansvarig", "Ansvarig", at, after, cells)


A, B, C, D = (line(name, at) for at, name in enumerate("ABCD", 4))
EARLIER = Compilation((A, B, C, D))
# B has gone away, E is new, and the others have changed places.
NOW = Compilation((C, line("E"), A, D))
OWN = OwnContent(FILE, headings=HEADINGS, last_row=7)


def placed(
    *columns: OwnColumn,
    now: Compilation = NOW,
    stored: Mapping[str, Stored] | None = None,
    notes: Mapping[tuple[int, int], str] | None = None,
) -> PlacedOwn:
    own = replace(
        OWN,
        columns=columns,
        stored=stored or {},
        notes=notes or {},
    )
    return place_own(own, EARLIER, now)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(f.variant.name, f.cell, f.value) for f in findings]


def test_each_value_follows_its_row_and_what_stands_around_the_table_keeps_its_distance() -> None:
    words = {1: "Ovan", 3: "Ansvarig", 4: "Eva", 5: "Bo", 6: "Cia", 7: "Dan", 9: "Nedan"}
    own = placed(column({row: OwnCell(word) for row, word in words.items()}))
    at = {row: cell.value for (row, _), cell in own.cells.items()}
    assert at == {1: "Ovan", 3: "Ansvarig", 4: "Cia", 6: "Eva", 7: "Dan", 9: "Nedan"}
    assert {column for _, column in own.cells} == {AT}
    assert own.moved == {(row, AT): (new, AT) for row, new in {
        1: 1, 3: 3, 4: 6, 6: 4, 7: 7, 9: 9,
    }.items()}  # fmt: skip
    assert own.stored == {"2-b": {KEY: (OwnCell("Bo"), 5)}}
    assert told(own.findings) == [("OWN_AWAY", "Q3", "Bo")]
    assert dict(own.findings[0].fields) == {"count": "1 rad"}
    assert own.columns == (*ACTIVITY_COLUMNS, own.columns[-1])


@pytest.mark.parametrize(
    ("now", "below"),
    [((), 6), ((A,), 6), ((A, C), 7), ((A, B, C, D), 9), ((A, B, C, D, line("E")), 10)],
)
def test_what_stands_below_the_table_stays_below_it(now: tuple[Line, ...], below: int) -> None:
    """Where no row is left there is an empty one to begin on."""
    own = placed(column({9: OwnCell("Nedan")}), now=Compilation(now))
    assert {row: cell.value for (row, _), cell in own.cells.items()} == {below: "Nedan"}


def test_of_a_table_that_stood_further_down_what_has_no_room_above_it_is_told() -> None:
    """The headings stood in the fifth row and stand in the third."""
    words = {1: "Ett", 2: "Två", 3: "Tre", 5: "Ansvarig", 6: "Eva", 7: "Bo", 9: "Nedan"}
    cells = {row: OwnCell(word) for row, word in words.items()}
    own = replace(OWN, columns=(column(cells),), header_row=5, last_row=7)
    rows = (line("A", 6), line("B", 7))
    now = place_own(own, Compilation(rows), Compilation(rows[::-1]))
    assert {row: cell.value for (row, _), cell in now.cells.items()} == {
        1: "Tre", 3: "Ansvarig", 4: "Bo", 5: "Eva", 7: "Nedan",
    }  # fmt: skip
    assert told(now.findings) == [("COMPILATION", "Q1", "Ett"), ("COMPILATION", "Q2", "Två")]
    gone = place_own(own, Compilation(rows), Compilation())
    assert gone.stored == {"2-a": {KEY: (OwnCell("Eva"), 4)}, "2-b": {KEY: (OwnCell("Bo"), 5)}}
    assert told(gone.findings)[2:] == [("OWN_AWAY", "Q5", "Eva | Bo")]


def test_notes_follow_their_rows_and_columns_and_one_without_a_row_is_told() -> None:
    first = column({3: OwnCell("Ansvarig")}, at=1, after=None)
    headings = {at + 1: name for at, name in HEADINGS.items()}
    own = place_own(
        replace(
            OWN, columns=(first,), headings=headings,
            notes={(4, 1): "Egen", (6, 3): "Programmets", (5, 1): "Borta", (9, 2): "Nedan"},
        ),
        EARLIER, NOW,
    )  # fmt: skip
    assert own.notes == {(6, 1): "Egen", (4, 3): "Programmets", (9, 2): "Nedan"}
    assert told(own.findings) == [("COMPILATION", "A5", "Borta")]
    assert own.columns == (first, *ACTIVITY_COLUMNS)
    assert own.part_columns["title"] == 4
    # One that stood last and now stands after another heading.
    moved = column({4: OwnCell("Eva", "=A4")}, after="Id")
    own = placed(moved)
    assert own.columns[:3] == (ACTIVITY_COLUMNS[0], moved, ACTIVITY_COLUMNS[1])
    assert own.cells == {(6, 2): OwnCell("Eva", "=A6")}


def test_a_formula_speaks_of_its_row_after_the_move_and_one_of_a_row_that_is_away_says_so() -> None:
    cells = {
        4: OwnCell(1, "=C4&C6"),
        6: OwnCell(2, "C5*2"),
        7: OwnCell(3, "=C5+C5"),
    }
    own = placed(column(cells))
    assert own.cells == {
        (6, AT): OwnCell(1, "=C6&C4"),
        (4, AT): OwnCell("#REF!", "=#REF!*2"),
        (7, AT): OwnCell("#REF!", "=#REF!+#REF!"),
    }
    assert told(own.findings) == [("OWN_REFERENCE", "Q6", "=C5*2")]
    assert dict(own.findings[0].fields) == {"count": "2 celler"}


def test_a_formula_that_cannot_be_copied_leaves_what_it_last_showed() -> None:
    """Nothing worked out: its words. So does one for several cells; one for its own cell alone stays."""
    cells = {
        4: OwnCell(5, "=[annan.xlsx]Blad!A1"),
        6: OwnCell("", '=WEBSERVICE("http://x")'),
        7: OwnCell(6, "=C7:C8", "Q7:Q8"),
        9: OwnCell(7, "=C9", "Q9:Q9"),
    }
    own = placed(column(cells))
    assert own.cells == {
        (6, AT): OwnCell(5),
        (4, AT): OwnCell('=WEBSERVICE("http://x")'),
        (7, AT): OwnCell(6),
        (9, AT): OwnCell(7, "=C9", "Q9"),
    }
    assert told(own.findings) == [("OWN_FORMULA", "Q4", "=[annan.xlsx]Blad!A1")]
    assert dict(own.findings[0].fields) == {"count": "3 celler"}


def test_what_was_stored_comes_back_with_its_row_where_nothing_stands_there_now() -> None:
    """The rest is stored on; what waits for a column that has gone is told once and for all."""
    gone = "kommentar\t1"
    stored: dict[str, Stored] = {
        "2-a": {KEY: (OwnCell("Gammal"), 4)},
        "2-e": {KEY: (OwnCell(3, "=C8&C9"), 8), gone: (OwnCell("X"), 8)},
        "2-z": {KEY: (OwnCell("Väntar"), 5), gone: (OwnCell(0, "=A5"), 5)},
        "2-b": {KEY: (OwnCell("Förr"), 5)},
    }
    own = placed(column({4: OwnCell("Eva"), 5: OwnCell("Bo")}), stored=stored)
    assert own.cells == {(6, AT): OwnCell("Eva"), (5, AT): OwnCell("#REF!", "=C5&#REF!")}
    assert own.stored == {
        "2-b": {KEY: (OwnCell("Bo"), 5)},
        "2-z": {KEY: (OwnCell("Väntar"), 5)},
    }
    assert told(own.findings) == [
        ("OWN_COLUMN_GONE", None, "X | =A5"),
        ("OWN_AWAY", "Q3", "Bo | Väntar"),
        ("OWN_REFERENCE", "Q8", "=C8&C9"),
    ]
    assert [dict(f.fields) for f in own.findings] == [
        {"column": "kommentar"}, {"count": "2 rader"}, {"count": "1 cell"},
    ]  # fmt: skip


@pytest.mark.parametrize("area", ["C1:C1048576", "C4:C1048575", "C3:C1048575", "C1:C3"])
def test_a_formula_of_all_the_rows_that_there_can_be_comes_back_as_it_was(area: str) -> None:
    stored: dict[str, Stored] = {"2-e": {KEY: (OwnCell(3, f"=COUNTA({area})"), 8)}}
    own = placed(column({3: OwnCell("Ansvarig")}), stored=stored)
    assert own.cells[5, AT] == OwnCell(3, f"=COUNTA({area})")
    assert told(own.findings) == []


def test_a_formula_stored_of_a_row_that_is_away_speaks_of_no_other_row() -> None:
    own = placed(column({3: OwnCell("Ansvarig"), 5: OwnCell(4, "=C5+C4", "Q5")}))
    assert own.stored == {"2-b": {KEY: (OwnCell("#REF!", "=C5+#REF!"), 5)}}
    assert told(own.findings) == [("OWN_REFERENCE", "Q5", "=C5+C4")]


def test_a_column_with_nothing_left_but_what_waits_gets_a_name_to_be_known_by() -> None:
    nameless = replace(column({5: OwnCell("Bo")}), key="\t1", heading="", written="")
    own = placed(nameless)
    assert own.cells == {(3, AT): OwnCell(f"Egen {AT}")}
    assert own.stored == {"2-b": {f"egen {AT}\t1": (OwnCell("Bo"), 5)}}
    # One that has a value left needs none, and one that nothing waits for none either.
    filled = placed(replace(nameless, cells={4: OwnCell("Eva"), 5: OwnCell("Bo")}))
    assert filled.cells == {(6, AT): OwnCell("Eva")}
    assert filled.stored == {"2-b": {"\t1": (OwnCell("Bo"), 5)}}
    assert placed(replace(nameless, cells={})).cells == {}


def test_headings_and_sheets_of_the_programs_names_get_others() -> None:
    twice = replace(column({3: OwnCell("Mål", "=A1"), 4: OwnCell("x")}), heading="Mål (egen)",
                    written="Mål")  # fmt: skip
    page = OwnSheet("_bas", {(1, 1): OwnCell(1, "=Aktiviteter!Q4")})
    own = place_own(
        replace(OWN, columns=(twice,), sheets=((page, "Beslut"), (OwnSheet("Min", {}), None))),
        EARLIER, NOW,
    )  # fmt: skip
    assert own.cells[3, AT] == OwnCell("Mål (egen)")
    ((first, after), (second, before)) = own.sheets
    assert (first.name, after, second.name, before) == ("_bas (2)", "Beslut", "Min", None)
    assert first.cells == {(1, 1): OwnCell(1, "=Aktiviteter!Q6")}
    assert told(own.findings) == [("OWN_NAME", "Q3", "Mål"), ("OWN_NAME", None, "_bas")]
    assert [dict(f.fields) for f in own.findings] == [{"name": "Mål (egen)"}, {"name": "_bas (2)"}]
