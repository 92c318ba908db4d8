"""Forms with other sheets, columns and places than they were sent out with: read whole, each repair told."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.form.definition import COLUMNS, README_SHEET
from tests.changed_forms import (
    FILE,
    HOME,
    ILL,
    PLAN,
    ROWS,
    TITLES,
    YOUNG,
    Edit,
    changed,
    copy,
    delete,
    delete_column,
    edited,
    on,
    order_columns,
    own_sheet,
    put,
    rename,
    titles,
)
from tests.small_rounds import YOUTH, check, own_form, places, row

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
    assert [
        (
            a.values.title,
            a.values.start,
            a.values.end,
            a.values.status,
            a.values.description,
            a.values.comment,
        )
        for a in after
    ] == [
        (
            a.values.title,
            a.values.start,
            a.values.end,
            a.values.status,
            a.values.description,
            a.values.comment,
        )
        for a in before
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
    assert {a.goal for a in checked.activities if a.values.title in ("Teater", "Musik")} == {YOUTH}


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
    assert {activity.values.comment for activity in checked.activities} == {"Arbetet pågår."}
