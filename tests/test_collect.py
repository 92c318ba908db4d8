"""The inbox: whose each file is, which sheet is which goal, which file is used, and nothing lost."""

import io
import os
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.collect import collect
from excel_uppsikt.form import COLUMNS, COMMON, README_SHEET, FormRow, sheet_name
from excel_uppsikt.model import Department, Unit
from excel_uppsikt.office.reading import Sheet, read_workbook_bytes
from excel_uppsikt.office.text import counted
from excel_uppsikt.pipeline import Checked
from excel_uppsikt.submission import read_submission
from tests.rounds import (
    CARE,
    HOMES,
    SICKNESS,
    YOUTH,
    check,
    make_plan,
    make_round,
    on_linux,
    own_form,
    per_goal_form,
    places,
    row,
    saved,
    shared_form,
)

Edit = Callable[[Workbook], None]
Place = tuple[str, str, str, str]

FILE = "Hemtjänst.xlsx"
ILL, YOUNG, HOME = sheet_name(SICKNESS), sheet_name(YOUTH), sheet_name(HOMES)
PLAN = make_plan(units=("Hemtjänst",))
TWO_UNITS = make_plan()
# Nothing to remark on: the unit rule holds.
ROWS = {1: [row("Friskvård")], 2: [row("Läxhjälp"), row("Fältarbete")]}
TITLES = ["Friskvård", "Fältarbete", "Läxhjälp"]


def edited(data: bytes, *edits: Edit) -> bytes:
    """The workbook changed and saved in another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for edit in edits:
        edit(book)
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def on(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def put(sheet: str, cell: str, value: str | None) -> Edit:
    """Writes a value in a cell."""

    def edit(book: Workbook) -> None:
        on(book, sheet)[cell] = value

    return edit


def rename(sheet: str, name: str) -> Edit:
    def edit(book: Workbook) -> None:
        on(book, sheet).title = name

    return edit


def delete(sheet: str) -> Edit:
    def edit(book: Workbook) -> None:
        book.remove(book[sheet])

    return edit


def delete_column(sheet: str, number: int) -> Edit:
    def edit(book: Workbook) -> None:
        on(book, sheet).delete_cols(number)

    return edit


def order_columns(sheet: str, letters: str) -> Edit:
    """Moves the columns of the table so that they stand in this order from A on."""

    def edit(book: Workbook) -> None:
        table = on(book, sheet)
        for number in range(4, table.max_row + 1):
            values = [table[f"{letter}{number}"].value for letter in letters]
            for at, value in enumerate(values, 1):
                table.cell(number, at).value = value

    return edit


def copy(sheet: str, name: str, titles: list[str]) -> Edit:
    """Copies a goal sheet last in the workbook and gives its rows these titles."""

    def edit(book: Workbook) -> None:
        # A copy is first called "... Copy", which must not be too long either.
        on(book, sheet).title = "Tillfällig"
        made = book.copy_worksheet(on(book, "Tillfällig"))
        on(book, "Tillfällig").title, made.title = sheet, name
        for at, title in enumerate(titles, 5):
            made[f"A{at}"] = title

    return edit


def own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Anteckningar")
    sheet["B2"], sheet["B3"] = "Ring Bo", "om schemat"


def without_properties(book: Workbook) -> None:
    kept = book.custom_doc_props  # type: ignore[attr-defined]  # missing in its stubs
    for name in list(kept.names):
        del kept[name]


def titles(checked: Checked) -> list[str]:
    return sorted(activity.title for activity in checked.activities)


def used(checked: Checked) -> list[tuple[str, bool]]:
    """The submissions by file, and whether each is used."""
    return [(s.file.removeprefix("inkorg/"), s.used) for s in checked.collection.submissions]


@cache
def good_form() -> bytes:
    """Hemtjänst's form with nothing to remark on."""
    return own_form(PLAN, "Hemtjänst", ROWS)


def changed(folder: Path, *edits: Edit) -> Checked:
    """What is made of Hemtjänst's good form after these changes."""
    return check(folder, PLAN, {FILE: edited(good_form(), *edits)})


# --- Sheets and columns -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param((), [], id="saved in another program"),
        pytest.param((rename(YOUNG, "Blad1"),), [("F206", "Blad1", "")], id="sheet renamed"),
        pytest.param(
            (put(YOUNG, "A1", None), rename(YOUNG, "2 Komunens ungdomar ska känna")),
            [("F206", "2 Komunens ungdomar ska känna", "")],
            id="sheet misspelt without the goal's text",
        ),
        pytest.param((put(YOUNG, "A1", None),), [], id="goal's text deleted: the hidden sheet tells"),
        pytest.param((delete(HOME),), [], id="empty sheet deleted"),
        pytest.param((delete(README_SHEET),), [], id="Läs mig deleted, the unit known anyway"),
        pytest.param(
            (order_columns(YOUNG, "BACDEGFHI"),), [("F206", YOUNG, "A4")], id="columns moved"
        ),
        pytest.param(
            (put(YOUNG, "G4", "Uppföljning"),), [("F206", YOUNG, "G4")], id="column by an alias"
        ),
        pytest.param(
            (put(YOUNG, "G4", "Komentar"),), [("F206", YOUNG, "G4")], id="column nearly its name"
        ),
        pytest.param(
            tuple(put(YOUNG, f"{'ABCDEFG'[at]}4", c.aliases[0]) for at, c in enumerate(COLUMNS)),
            [("F206", YOUNG, f"{letter}4") for letter in "ABCDEFG"],
            id="every column by an alias",
        ),
        pytest.param(
            (
                put(YOUNG, "A4", "  AKTIVITET "),
                put(YOUNG, "C4", "Start\ndatum"),
                put(YOUNG, "F4", "st\u00adatus"),
                put(YOUNG, "G4", "kommentar\n"),
            ),
            [],
            id="case, spaces, line breaks and soft hyphens need no finding",
        ),
        pytest.param(
            (put(YOUNG, "J4", "Kommentar"), put(YOUNG, "J6", "Mer att säga")),
            [("F206", YOUNG, "J4"), ("F207", YOUNG, "J6")],
            id="duplicate column",
        ),
        pytest.param(
            (put(YOUNG, "J4", "Enhet"), put(YOUNG, "J5", "Hamnkontoret")),
            [("F207", YOUNG, "J5")],
            id="own column with a name that another column could have",
        ),
        pytest.param(
            (delete_column(YOUNG, 5),), [("F206", YOUNG, "A4")], id="description column deleted"
        ),
        pytest.param(
            (delete_column(YOUNG, 6),),
            [("F206", YOUNG, "A4")],
            id="status column deleted: said once, not for each row",
        ),
        pytest.param(
            (put(YOUNG, "J4", "Ansvarig"), put(YOUNG, "J5", "Bo"), put(YOUNG, "K6", "ring")),
            [("F207", YOUNG, "J5"), ("F207", YOUNG, "K6")],
            id="own columns",
        ),
        pytest.param((own_sheet,), [("F207", "Anteckningar", "")], id="own sheet"),
        pytest.param(
            (put(YOUNG, "E2", "Vi har bytt chef"), put(YOUNG, "B1", "Se nedan")),
            [("F207", YOUNG, "B1"), ("F207", YOUNG, "E2")],
            id="text above the header",
        ),
    ],
)  # fmt: skip
def test_a_changed_form_is_read_and_what_was_done_is_said(
    edits: tuple[Edit, ...], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """No row is lost whatever became of the form; each repair is told at its place."""
    checked = changed(tmp_path, *edits)
    assert places(checked.findings) == [(code, FILE, *place) for code, *place in expected]
    assert titles(checked) == TITLES


def test_moved_columns_are_read_by_their_headings(tmp_path: Path) -> None:
    """The values end up where the headings say."""
    before = changed(tmp_path / "a").activities
    after = changed(tmp_path / "b", order_columns(YOUNG, "GFEDCBAHI")).activities
    assert [(a.title, a.start, a.end, a.status, a.description, a.comment) for a in after] == [
        (a.title, a.start, a.end, a.status, a.description, a.comment) for a in before
    ]


def test_what_stands_outside_the_form_is_quoted(tmp_path: Path) -> None:
    """F207 carries the content: a cell's own, or all of a sheet's."""
    checked = changed(tmp_path, own_sheet, put(YOUNG, "K5", "Bo ansvarar"))
    assert [(f.code, f.value) for f in checked.findings] == [
        ("F207", "Bo ansvarar"),
        ("F207", "Ring Bo | om schemat"),
    ]


def test_a_copied_sheet_adds_its_rows_to_its_goal(tmp_path: Path) -> None:
    """It is told by the goal's text, which the copy has too."""
    checked = changed(tmp_path, copy(YOUNG, "Nytt", ["Teater", "Musik"]))
    assert places(checked.findings) == [("F206", FILE, "Nytt", "")]
    assert "finns på mer än ett blad" in checked.findings[0].message
    assert titles(checked) == ["Friskvård", "Fältarbete", "Läxhjälp", "Musik", "Teater"]
    assert {a.goal for a in checked.activities if a.title in ("Teater", "Musik")} == {YOUTH}


def test_a_deleted_comment_column_is_said_once(tmp_path: Path) -> None:
    """Not again by each status that requires a comment."""
    rows = {**ROWS, 1: [row("Friskvård", status="Pågående med avvikelse")]}
    data = edited(own_form(PLAN, "Hemtjänst", rows), delete_column(ILL, 7))
    assert places(check(tmp_path, PLAN, {FILE: data}).findings) == [("F206", FILE, ILL, "A4")]


def test_a_deleted_title_column_loses_no_row(tmp_path: Path) -> None:
    """The rows stand in the account without titles, and do not count for the unit."""
    checked = changed(tmp_path, delete_column(YOUNG, 1))
    assert places(checked.findings) == [("F206", FILE, YOUNG, "A4"), ("U501", "", "", "")]
    assert titles(checked) == ["", "", "Friskvård"]


def test_a_sheet_of_no_goal_is_quoted_and_not_read(tmp_path: Path) -> None:
    """Neither text, hidden sheet nor name says the goal: the content is told, and is in nobody's account."""
    checked = changed(tmp_path, rename(YOUNG, "Blad1"), put("Blad1", "A1", None))
    assert places(checked.findings) == [("F207", FILE, "Blad1", ""), ("U501", "", "", "")]
    assert "Läxhjälp" in (checked.findings[0].value or "")
    assert titles(checked) == ["Friskvård"]


# --- Far down and hidden ----------------------------------------------------------------------------


def test_content_far_below_a_gap_counts(tmp_path: Path) -> None:
    """300 empty rows are no end; a loose text there is a row without its required fields."""
    cells = dict(zip("ACDF", ("Teater", "2024-02-01", "2024-05-31", "Ej påbörjad"), strict=True))
    edits = [put(YOUNG, f"{letter}307", value) for letter, value in cells.items()]
    checked = changed(tmp_path, *edits, put(YOUNG, "G620", "Se även bilagan"))
    assert places(checked.findings) == [
        ("C401", FILE, YOUNG, "F307"),
        ("R301", FILE, YOUNG, "A620"),
        ("R301", FILE, YOUNG, "C620"),
        ("R301", FILE, YOUNG, "D620"),
        ("R301", FILE, YOUNG, "F620"),
    ]
    assert titles(checked) == ["", "Friskvård", "Fältarbete", "Läxhjälp", "Teater"]


def test_hidden_rows_columns_and_sheets_count(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        sheet = on(book, YOUNG)
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["G"].hidden = True
        on(book, ILL).sheet_state = "hidden"
        on(book, HOME).sheet_state = "veryHidden"

    checked = changed(tmp_path, hide)
    assert places(checked.findings) == []
    assert titles(checked) == TITLES
    assert {activity.comment for activity in checked.activities} == {"Arbetet pågår."}


# --- Whose it is ------------------------------------------------------------------------------------

LOST_META = (delete("_uppsikt"),)
LOST_PROPERTIES = (*LOST_META, without_properties)
LOST_README = (*LOST_PROPERTIES, delete(README_SHEET))


@pytest.mark.parametrize(
    ("name", "edits", "reason"),
    [
        ("Kopia.xlsx", LOST_META, "dokumentets egenskaper"),
        ("Kopia.xlsx", LOST_PROPERTIES, "formulär-id på Läs mig"),
        ("Hemtjänst.xlsx", LOST_README, "filnamnet"),
        ("svar från hemtjanst (2) slutlig.XLSX", LOST_README, "filnamnet"),
        ("Kopia.xlsx", LOST_README, "raderna"),
    ],
)
def test_the_unit_is_told_by_what_is_left(
    name: str, edits: tuple[Edit, ...], reason: str, tmp_path: Path
) -> None:
    """Properties, visible id, file name and rows in turn; which one told is said, and nothing else."""
    rows = {g: [row(r.title, units="Hemtjänst") for r in listed] for g, listed in ROWS.items()}
    data = edited(own_form(TWO_UNITS, "Hemtjänst", rows), *edits)
    checked = check(tmp_path, TWO_UNITS, {name: data})
    assert places(checked.findings) == [("F206", name, "", ""), ("U503", "", "", "")]
    assert checked.findings[0].message.endswith(
        f"Enheten lästes ur {reason}. Kontrollera att det är rätt enhet."
    )
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]
    assert titles(checked) == TITLES


@pytest.mark.parametrize("units", ["", "Bemanning; Hemtjänst"])
def test_a_form_that_nothing_tells_of_is_f204(units: str, tmp_path: Path) -> None:
    """It is kept aside whole: its rows are nobody's, and the unit has handed in nothing."""
    rows = {g: [row(r.title, units=units) for r in listed] for g, listed in ROWS.items()}
    data = edited(own_form(TWO_UNITS, "Hemtjänst", rows), *LOST_README)
    checked = check(tmp_path, TWO_UNITS, {"Kopia (2).xlsx": data})
    assert places(checked.findings) == [
        ("F204", "Kopia (2).xlsx", "", ""),
        ("U503", "", "", ""),
        ("U503", "", "", ""),
    ]
    assert used(checked) == [("Kopia (2).xlsx", False)]
    assert [len(s.entries) for s in checked.collection.submissions] == [3]
    assert checked.activities == ()


def test_a_per_goal_form_and_gemensamt_are_told_by_what_is_left_too(tmp_path: Path) -> None:
    rows = [row("Läxhjälp", units="Hemtjänst")]
    common = f"Gemensamt {CARE}.xlsx"
    inbox = {
        common: edited(shared_form(PLAN, {3: [row("Bostäder")]}), *LOST_README),
        "Mål 2 Ungdomar.xlsx": edited(per_goal_form(PLAN, YOUTH, rows), *LOST_README),
        "utan namn.xlsx": edited(shared_form(PLAN, {3: [row("Tomter")]}), *LOST_PROPERTIES),
    }
    inbox["utan namn.xlsx"] = saved(inbox["utan namn.xlsx"], "2024-05-02")
    inbox[common] = saved(inbox[common], "2024-05-03")
    checked = check(tmp_path, PLAN, inbox)
    # A file that was set aside is told once, by F205.
    assert places(checked.findings, but="U") == [
        ("F206", common, "", ""),
        ("F206", "Mål 2 Ungdomar.xlsx", "", ""),
        ("F205", "utan namn.xlsx", "", ""),
    ]
    assert [(a.title, a.units, a.whole) for a in checked.activities] == [
        ("Läxhjälp", ("Hemtjänst",), False),
        ("Bostäder", (), True),
    ]


def test_a_unit_that_the_plan_does_not_have_is_f204(tmp_path: Path) -> None:
    """Also when the file's name is another unit's: the form's own word goes first."""
    wider = make_plan(units=("Hemtjänst", "Simhallen"))
    data = own_form(wider, "Simhallen", ROWS)
    for name in ("Simhallen.xlsx", FILE):
        checked = check(tmp_path / name, PLAN, {name: data})
        assert places(checked.findings) == [("F204", name, "", ""), ("U503", "", "", "")]
        assert checked.findings[0].value == "Simhallen"
        assert used(checked) == [(name, False)]


def test_gemensamt_of_an_unknown_department_is_f204(tmp_path: Path) -> None:
    other = make_plan(units=("Förskolan",), departments=(Department("Skola"),))
    checked = check(tmp_path, PLAN, {"Gemensamt.xlsx": shared_form(other, {2: [row()]})})
    assert places(checked.findings) == [("F204", "Gemensamt.xlsx", "", ""), ("U503", "", "", "")]
    assert checked.findings[0].value == "Skola"


def test_a_unit_is_known_by_its_earlier_names(tmp_path: Path) -> None:
    """In the form, in the file's name and in the rows; nothing needs saying."""
    before = make_plan(units=("Hemvården",))
    renamed = make_plan(
        units=(Unit("Hemtjänst", CARE, earlier_names=("Hemvården", "Öppen hemtjänst")),)
    )
    rows = {**ROWS, 1: [row("Friskvård", units="Öppen hemtjänst")]}
    checked = check(tmp_path, renamed, {"Hemvården.xlsx": own_form(before, "Hemvården", rows)})
    assert places(checked.findings) == []
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]
    assert {activity.units for activity in checked.activities} == {("Hemtjänst",)}


def test_a_file_named_as_another_unit_is_f208(tmp_path: Path) -> None:
    """The form's own identity is taken; the other unit has handed in nothing."""
    data = own_form(TWO_UNITS, "Hemtjänst", ROWS)
    checked = check(tmp_path, TWO_UNITS, {"Bemanning.xlsx": data})
    assert [(f.code, f.value) for f in checked.findings] == [
        ("F208", "Bemanning"),
        ("U503", "Bemanning"),
    ]
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param(("Bemanning", "Bemanning"), ["Bemanning"], id="all name another"),
        pytest.param(("Bemanning", "Boende"), ["Bemanning och Boende"], id="all name others"),
        pytest.param(("Bemanning", "Bemanning; Hemtjänst"), [], id="one names it"),
        pytest.param(("Bemanning", ""), [], id="one names none and so concerns the form's unit"),
        pytest.param(("Bemanning", "Hela verksamheten"), [], id="one is for the whole department"),
    ],
)
def test_rows_that_all_name_another_unit_are_f208(
    units: tuple[str, str], expected: list[str], tmp_path: Path
) -> None:
    """The rows are taken as they say; F208 asks whether it is the wrong form."""
    plan = make_plan(units=("Hemtjänst", "Bemanning", "Boende"))
    rows = {2: [row(f"Aktivitet {at}", units=named) for at, named in enumerate(units)]}
    checked = check(tmp_path, plan, {FILE: own_form(plan, "Hemtjänst", rows)})
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert places(found) == [("F208", FILE, "", "")] * len(expected)
    assert [f.value for f in found] == expected


# --- No form of this round --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edits", [(), LOST_META, LOST_PROPERTIES], ids=["whole", "meta", "properties"]
)
def test_another_rounds_form_is_f203(edits: tuple[Edit, ...], tmp_path: Path) -> None:
    """It says which round, and none of its rows is in the account."""
    earlier = make_plan(units=("Hemtjänst",), year=2023, period="T3")
    data = own_form(earlier, "Hemtjänst", {2: [row("")]})
    checked = check(tmp_path, PLAN, {FILE: edited(data, *edits)})
    assert [(f.code, f.value) for f in checked.findings] == [
        ("F203", "Ånge kommun 2023 T3"),
        ("U503", "Hemtjänst"),
    ]
    assert checked.collection.submissions == ()
    assert checked.activities == ()


def without_goals(book: Workbook) -> None:
    """Goals that the plan does not have, in text, name and hidden sheet."""
    for at, name in enumerate((ILL, YOUNG, HOME)):
        put(name, "A1", "Våra egna mål")(book)
        rename(name, f"Eget {at}")(book)


def emptied(book: Workbook) -> None:
    """Only an empty sheet left."""
    for name in book.sheetnames[1:]:
        book.remove(book[name])
    sheet = on(book, README_SHEET)
    sheet.delete_rows(1, sheet.max_row)
    sheet.title = "Blad1"


def a_list(book: Workbook) -> None:
    """A list of something else."""
    emptied(book)
    for at, cells in enumerate((("Namn", "Telefon", "Rum"), ("Bo", "123", "4")), 1):
        for column, text in enumerate(cells, 1):
            on(book, "Blad1").cell(at, column).value = text


@pytest.mark.parametrize("edit", [without_goals, emptied, a_list])
def test_a_workbook_that_is_no_form_is_f203(edit: Edit, tmp_path: Path) -> None:
    """Said once for the file, without a list of what else it holds."""
    checked = changed(tmp_path, edit, without_properties)
    assert places(checked.findings) == [("F203", FILE, "", ""), ("U503", "", "", "")]
    assert checked.collection.submissions == ()


# --- Which file is used -----------------------------------------------------------------------------

ONE, TWO = {2: [row("Gammal")]}, {2: [row("Ny"), row("Till")]}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.xlsx": ("2024-05-02T10:00", TWO), "b.xlsx": ("2024-05-02T10:01", ONE)},
            "b.xlsx",
            id="the later saved, though it has fewer activities",
        ),
        pytest.param(
            {"a.xlsx": ("2024-05-02", ONE), "b.xlsx": ("2024-05-02", TWO)},
            "b.xlsx",
            id="then the one with more activities",
        ),
        pytest.param(
            {"b.xlsx": ("2024-05-02", TWO), "a.xlsx": ("2024-05-02", TWO)},
            "a.xlsx",
            id="then by name",
        ),
        pytest.param(
            {
                "a.xlsx": ("2024-05-02", ONE),
                "b/a.xlsx": ("2024-05-09", ONE),
                "c.xlsx": ("2024-05-08", TWO),
            },
            "b/a.xlsx",
            id="one of three",
        ),
    ],
)
def test_one_of_several_forms_of_a_unit_is_used(
    files: dict[str, tuple[str, dict[int, list[FormRow]]]], expected: str, tmp_path: Path
) -> None:
    """Each other is F205, and says no more: what stands wrong in it does not matter now."""
    inbox = {
        name: saved(own_form(PLAN, "Hemtjänst", rows), moment)
        for name, (moment, rows) in files.items()
    }
    checked = check(tmp_path, PLAN, inbox)
    others = sorted(set(files) - {expected})
    assert places(checked.findings, but="U") == [("F205", name, "", "") for name in others]
    assert used(checked) == [(name, name == expected) for name in sorted(files)]
    assert titles(checked) == sorted(str(r.title) for r in files[expected][1][2])


_YOUTH_2 = f"blad ”{YOUNG}”, rad"
_LATER = "eftersom den sparades senast (2024-05-03 08:00)"


@pytest.mark.parametrize(
    ("aside", "used", "expected"),
    [
        pytest.param(
            [row("Läxhjälp"), row("Teater")],
            [row("Läxhjälp")],
            "(2 aktiviteter) lades åt sidan. Bara i den står: "
            f"{_YOUTH_2} 6 (”Teater”): hela raden. Ska ",
            id="a row more",
        ),
        pytest.param(
            [
                row("Läxhjälp", status="Klart nog", comment="", units="Bemanning"),
                row("Teater", end=date(2024, 10, 31)),
                row("", description="Vad?"),
            ],
            [row("TEATER"), row("Läxhjälp "), row("Musik")],
            "Bara i den står: "
            f"{_YOUTH_2} 5 (”Läxhjälp”): Enheter ”Bemanning”, Status ”Klart nog” och Kommentar tom; "
            "rad 6 (”Teater”): Slutdatum ”2024-10-31”; rad 7 (utan titel): hela raden. Ska ",
            id="other values, in another order",
        ),
        pytest.param(
            [row("Läxhjälp"), row("Teater")],
            [],
            f"{_YOUTH_2} 5 (”Läxhjälp”): hela raden; rad 6 (”Teater”): hela raden. Ska ",
            id="the later is empty",
        ),
        pytest.param(
            [row(f"Aktivitet {at}") for at in range(1, 29)],
            [row("Aktivitet 1")],
            "; rad 30 (”Aktivitet 26”): hela raden och 2 rader till. Ska ",
            id="more than can be listed",
        ),
        pytest.param(
            [row("Läxhjälp")],
            [row("läxhjälp"), row("Teater")],
            "(1 aktivitet) lades åt sidan. Alla dess rader finns likadana i den som användes",
            id="nothing",
        ),
        pytest.param([], [row("Läxhjälp")], "Den innehåller inga aktiviteter", id="empty"),
        pytest.param(
            [row("", description=f"Vad {at}?") for at in range(70)],
            [row("", description=f"Vad {at}?") for at in range(69, -1, -1)],
            "Alla dess rader finns likadana i den som användes",
            id="many rows without a title, in another order",
        ),
    ],
)
def test_what_differs_in_a_file_that_was_set_aside_is_listed(
    aside: list[FormRow], used: list[FormRow], expected: str, tmp_path: Path
) -> None:
    """By sheet and row, with what it says there: nothing that was handed in goes unseen."""
    inbox = {
        "Hemtjänst.xlsx": saved(own_form(TWO_UNITS, "Hemtjänst", {2: aside}), "2024-05-02 08:00"),
        "Hemtjänst ny.xlsx": saved(own_form(TWO_UNITS, "Hemtjänst", {2: used}), "2024-05-03 08:00"),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    (finding,) = [f for f in checked.findings if f.code == "F205"]
    assert finding.file == "inkorg/Hemtjänst.xlsx"
    count = counted(len(used), "aktivitet", "aktiviteter")
    assert f"”inkorg/Hemtjänst ny.xlsx” användes ({count}), {_LATER}." in finding.message
    assert expected in finding.message


def test_what_is_wrong_in_a_file_that_is_not_used_is_not_told(tmp_path: Path) -> None:
    """Except that it may be another unit's: F208 explains why there are two."""
    faulty = own_form(TWO_UNITS, "Hemtjänst", {2: [row("", status="Klart nog")]})
    inbox = {
        "Bemanning.xlsx": saved(faulty, "2024-05-02"),
        FILE: saved(own_form(TWO_UNITS, "Hemtjänst", ROWS), "2024-05-03"),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == [
        ("F205", "Bemanning.xlsx", "", ""),
        ("F208", "Bemanning.xlsx", "", ""),
        ("U503", "", "", ""),
    ]


def test_gemensamt_is_used_once_too(tmp_path: Path) -> None:
    """Each department's by itself, and never set against a unit's form."""
    school = Department("Skola")
    plan = make_plan(units=("Hemtjänst",), departments=(Department(CARE), school))
    inbox = {
        "1.xlsx": saved(shared_form(plan, {2: [row("Gammal")]}), "2024-05-01"),
        "2.xlsx": saved(shared_form(plan, {2: [row("Ny")]}), "2024-05-02"),
        "3.xlsx": saved(shared_form(plan, {2: [row("Skolans")]}, 1), "2024-05-01"),
        "4.xlsx": saved(own_form(plan, "Hemtjänst", {2: [row("Egen")]}), "2024-05-01"),
    }
    checked = check(tmp_path, plan, inbox)
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert [(f.code, f.file, f.value) for f in found] == [
        ("F205", "inkorg/1.xlsx", f"{COMMON} {CARE}")
    ]
    assert titles(checked) == ["Egen", "Ny", "Skolans"]


@pytest.mark.parametrize(
    ("use", "expected", "set_aside"),
    [
        pytest.param({}, {"ny.xlsx"}, ["gammal.xlsx"], id="no say"),
        pytest.param({"gammal.xlsx": True}, {"gammal.xlsx"}, ["ny.xlsx"], id="the other wanted"),
        pytest.param({"ny.xlsx": False}, {"gammal.xlsx"}, ["ny.xlsx"], id="the later not wanted"),
        pytest.param({"gammal.xlsx": True, "ny.xlsx": True}, {"gammal.xlsx", "ny.xlsx"}, [], id="both"),
        pytest.param({"gammal.xlsx": False, "ny.xlsx": False}, set(), [], id="neither"),
        pytest.param({"mål.xlsx": False}, {"ny.xlsx"}, ["gammal.xlsx"], id="a per-goal form not wanted"),
    ],
)  # fmt: skip
def test_the_coordinators_own_say_goes_first(
    use: dict[str, bool], expected: set[str], set_aside: list[str], tmp_path: Path
) -> None:
    """What the program would have used is still remembered."""
    inbox = {
        "gammal.xlsx": saved(own_form(PLAN, "Hemtjänst", {2: [row("Gammal")]}), "2024-05-02"),
        "ny.xlsx": saved(own_form(PLAN, "Hemtjänst", {2: [row("Ny")]}), "2024-05-03"),
        "mål.xlsx": per_goal_form(PLAN, YOUTH, [row("Alla", units="Hemtjänst")]),
    }
    say = {f"inkorg/{name}": wanted for name, wanted in use.items()}
    collection, findings = collect(make_round(tmp_path, PLAN, inbox), PLAN, use=say)
    always = {"mål.xlsx"} - {name for name, wanted in use.items() if not wanted}
    assert {s.file.removeprefix("inkorg/") for s in collection.submissions if s.used} == (
        expected | always
    )
    assert [s.file for s in collection.submissions if s.proposed] == [
        "inkorg/mål.xlsx",
        "inkorg/ny.xlsx",
    ]
    assert places(findings) == [("F205", name, "", "") for name in set_aside]


def test_per_goal_forms_add_up_and_mix_with_units_own(tmp_path: Path) -> None:
    """Two for the same goal are both read, beside a unit's own; nothing is set aside."""
    inbox = {
        "Mål 2 del 1.xlsx": per_goal_form(TWO_UNITS, YOUTH, [row("Teater", units="Bemanning")]),
        "Mål 2 del 2.xlsx": per_goal_form(TWO_UNITS, YOUTH, [row("Musik", units="Bemanning")]),
        "Mål 1.xlsx": per_goal_form(TWO_UNITS, SICKNESS, [row("Motion", units="Bemanning")]),
        FILE: own_form(TWO_UNITS, "Hemtjänst", ROWS),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == []
    assert [(s.unit, s.used, len(s.entries)) for s in checked.collection.submissions] == [
        ("Hemtjänst", True, 3),
        (None, True, 1),
        (None, True, 1),
        (None, True, 1),
    ]
    assert titles(checked) == sorted([*TITLES, "Teater", "Musik", "Motion"])


# --- The inbox --------------------------------------------------------------------------------------


def test_every_file_in_every_subfolder_is_read_but_what_programs_leave_behind(
    tmp_path: Path,
) -> None:
    """Lock, hidden and system files are counted without a finding; any other file is looked at."""
    good = own_form(TWO_UNITS, "Hemtjänst", ROWS)
    left = [
        ".dold.xlsx",
        ".git/x.xlsx",
        "Thumbs.db",
        "__MACOSX/a.xlsx",
        "desktop.ini",
        "~$Hemtjänst.xlsx",
    ]
    inbox = dict.fromkeys(left, b"x") | {
        "maj/sen/Hemtjänst.xlsx": good,
        "maj/Bemanning.xlsx": own_form(TWO_UNITS, "Bemanning", ROWS),
        "läs detta.txt": "Hälsningar".encode(),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == [("F201", "läs detta.txt", "", "")]
    assert used(checked) == [("maj/Bemanning.xlsx", True), ("maj/sen/Hemtjänst.xlsx", True)]
    assert list(checked.collection.passed_over) == [f"inkorg/{name}" for name in left]


def test_a_decomposed_file_name_is_told_composed(tmp_path: Path) -> None:
    """As a Mac writes it: å, ä and ö as two letters each, in folders too."""
    data = edited(good_form(), *LOST_README)
    name = unicodedata.normalize("NFD", "från Åre/Hemtjänst.xlsx")
    checked = check(tmp_path, PLAN, {name: data})
    assert places(checked.findings) == [("F206", "från Åre/Hemtjänst.xlsx", "", "")]
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]


NO_LETTERS = "Hemtj\ufffdnst"


@on_linux
def test_file_names_that_are_not_utf_8_are_told_apart_and_cost_no_file(tmp_path: Path) -> None:
    """From an old server: what Python cannot read of a name is told by one and the same mark."""
    wrong = edited(good_form(), put(ILL, "D5", "snart"))
    names = {
        b"\xc4nnu en/l\xe5t.txt": b"hej",
        b"Hemtj\xc4nst.xlsx": wrong,
        b"Hemtj\xe4nst.xlsx": wrong,
    }
    checked = check(tmp_path, PLAN, {os.fsdecode(name): data for name, data in names.items()})
    files = [f"{NO_LETTERS} (2).xlsx", f"{NO_LETTERS}.xlsx"]
    assert sorted(places(checked.findings)) == [
        ("F201", "\ufffdnnu en/l\ufffdt.txt", "", ""),
        ("F205", files[1], "", ""),
        ("R302", files[0], ILL, "D5"),
    ]
    assert used(checked) == [(files[0], True), (files[1], False)]


@on_linux
def test_names_alike_but_for_how_their_letters_are_written_are_two_files(tmp_path: Path) -> None:
    names = [unicodedata.normalize(form, "Hemtjänst.xlsx") for form in ("NFC", "NFD")]
    checked = check(tmp_path, PLAN, dict.fromkeys(names, good_form()))
    assert used(checked) == [("Hemtjänst (2).xlsx", True), ("Hemtjänst.xlsx", False)]


def test_one_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each is told by itself and the good are read whole."""
    good = own_form(TWO_UNITS, "Hemtjänst", ROWS)
    inbox = {
        "Bemanning.xlsx": own_form(TWO_UNITS, "Bemanning", ROWS)[:3000],
        FILE: good,
        "brev.pdf": b"%PDF-1.7",
        "tom.xlsx": b"",
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == [
        ("F201", "Bemanning.xlsx", "", ""),
        ("F201", "brev.pdf", "", ""),
        ("F201", "tom.xlsx", "", ""),
    ]
    assert titles(checked) == TITLES


def test_received_files_are_not_changed(tmp_path: Path) -> None:
    data = edited(good_form(), *LOST_META, own_sheet)
    check(tmp_path, PLAN, {FILE: data})
    inbox = {p.name: p.read_bytes() for p in (tmp_path / "inkorg").iterdir()}
    assert inbox == {FILE: data}


def test_a_round_without_an_inbox_has_nothing_handed_in(tmp_path: Path) -> None:
    checked = check(tmp_path, PLAN, {})
    assert places(checked.findings) == [("U503", "", "", "")]
    assert checked.collection.submissions == ()


def test_much_text_on_other_sheets_is_not_compared_without_end_and_hides_no_form() -> None:
    """After so many near looks a heading has to be spelt right, as the form's are."""
    book = read_workbook_bytes(own_form(PLAN, "Hemtjänst", ROWS))
    alone, _ = read_submission(PLAN, FILE, book)
    noise = tuple(
        Sheet(
            f"Brus {at}",
            True,
            tuple(tuple(f"rubrik {at}{r}{c}" for c in "abcdefgh") for r in range(150)),
        )
        for at in range(20)
    )
    among, findings = read_submission(PLAN, FILE, replace(book, sheets=(*noise, *book.sheets)))
    assert among == alone
    assert {f.sheet for f in findings if f.code == "F207"} == {sheet.name for sheet in noise}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_form_saved_at_the_beginning_or_end_of_time_is_read(moment: str, tmp_path: Path) -> None:
    data = own_form(PLAN, "Hemtjänst", {2: [row("Promenader")]})
    earlier = saved(data, "2024-01-01T00:00:00")
    checked = check(tmp_path, PLAN, {"a.xlsx": saved(data, moment), "b.xlsx": earlier})
    used = [s.file for s in checked.collection.submissions if s.used]
    assert used == ["inkorg/a.xlsx" if moment > "2024" else "inkorg/b.xlsx"]
