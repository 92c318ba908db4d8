"""No own value is lost in silence, whatever columns and sheets there are and however rows come and go."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.language.cells import as_text
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import (
    HEADER_ROW,
    SHEET,
    columns,
    hand_in,
    home_form,
    row_of,
    run,
    saved_by_hand,
    start,
    titles,
)
from tests.compilation.own_rounds import filled, opened
from tests.endurance import tries
from tests.small_rounds import row

TITLES = ("Läxhjälp", "Simskola", "Odling", "Teater", "Körsång", "Vandring")
HEADINGS = ("Ansvarig", "Möte", "kommentar", "2024", "")
# No number stands in a text, so that each value can be looked for anywhere.
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "P", "S")), min_size=1, max_size=12)
VALUES = st.one_of(WORDS.map(lambda text: f"v{text}"), st.integers(-(10**9), 10**9), st.booleans())
PRESENT = st.sets(st.sampled_from(TITLES), min_size=1)
COLUMNS = st.lists(
    st.tuples(
        st.integers(1, 18),
        st.sampled_from(HEADINGS),
        st.dictionaries(st.sampled_from(TITLES), VALUES, min_size=1),
    ),
    max_size=3,
)
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.one_of(VALUES, st.just("=COUNTA(Aktiviteter!C:C)"), st.just("=[1]Bok!A1")),
    max_size=4,
)
SHEETS = st.dictionaries(st.sampled_from(("Mitt", "Kom ihåg", "Täckning 2")), CELLS, max_size=2)


def add_all(book: Workbook, own: list[tuple[int, str, dict[str, Any]]], there: set[str]) -> None:
    """Puts own columns in, each with its values on the rows that are there."""
    for at, heading, values in own:
        sheet = book[SHEET]
        sheet.insert_cols(at)
        sheet.cell(HEADER_ROW, at).value = heading or None
        for title, value in values.items():
            if title in there:
                sheet.cell(row_of(sheet, title), at).value = value


def quoted(checked: CheckedRound) -> str:
    """All that F207 quotes."""
    return " | ".join(f.value or "" for f in checked.findings if f.code == "F207")


@settings(max_examples=tries(5, 300), deadline=None, suppress_health_check=list(HealthCheck))
@given(COLUMNS, SHEETS, st.lists(PRESENT, min_size=1, max_size=3), PRESENT)
def test_no_own_value_is_lost_in_silence(
    own: list[tuple[int, str, dict[str, Any]]],
    pages: dict[str, dict[tuple[int, int], Any]],
    later: list[set[str]],
    first: set[str],
) -> None:
    """Each stands on its row, or is quoted while its row is away; and on its row again once that is back."""
    folder = Path(tempfile.mkdtemp())
    try:
        start(folder, {"Hemtjänst.xlsx": home_form(*map(row, sorted(first)))})

        def change(book: Workbook) -> None:
            add_all(book, own, first)
            for name, cells in pages.items():
                page = book.create_sheet(name)
                for (at, column), value in cells.items():
                    page.cell(at, column).value = value

        saved_by_hand(folder, change)
        expected = {
            (title, str(value), type(value))
            for _, _, values in own
            for title, value in values.items()
            if title in first
        }
        for there in [*later, set(TITLES)]:
            hand_in(folder, "Hemtjänst.xlsx", home_form(*map(row, sorted(there))))
            checked = run(folder)
            sheet = opened(folder)
            ours = columns(sheet)["Aktivitet"]
            assert set(titles(folder)) == there
            found = {
                (str(cells[ours - 1].value), str(cell.value), type(cell.value))
                for cells in sheet.iter_rows(min_row=HEADER_ROW + 1)
                for cell in cells
            }
            told = quoted(checked)
            for title, value, kind in expected:
                if title in there:
                    assert (title, value, kind) in found
                else:
                    assert as_text(value == "True" if kind is bool else kind(value)) in told
            for name, cells in pages.items():
                page = filled(opened(folder, name))
                assert sorted(map(str, page.values())) == sorted(map(str, cells.values()))
    finally:
        shutil.rmtree(folder)
