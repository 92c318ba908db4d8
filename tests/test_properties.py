"""What holds of any form, file and text: found by hypothesis (see conftest.py for how)."""

import io
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.findings.finding import in_order
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.language.text import clean, fold, tidy
from excel_uppsikt.model import Activity, Entry, Field
from excel_uppsikt.rounds.results import CheckedRound
from tests.changed_forms import on
from tests.corpus.gallery import (
    BASE,
    COMPANION,
    DONE,
    FILE,
    GOING,
    PLAN,
    SHEETS,
    UNITS,
    companion,
    good,
    text,
    with_cells,
)
from tests.corpus.gallery_cases import read
from tests.endurance import tries
from tests.small_rounds import YOUTH, check, own_form, per_goal_form, row

# Any text that a cell may hold; what only XML escapes can say has a test of its own.
TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="\n", exclude_characters="\ufffe\uffff_"
    ),
    max_size=60,
)
STATUSES = st.sampled_from([status.name for status in PLAN.statuses])
DAYS = st.dates(date(2023, 6, 1), date(2025, 6, 1))
ROWS = st.builds(
    row,
    title=TEXTS,
    units=st.lists(st.sampled_from(UNITS), max_size=3).map("; ".join),
    start=st.none() | DAYS,
    end=st.none() | DAYS,
    description=TEXTS,
    status=st.just("") | STATUSES,
    comment=TEXTS,
)


def _different(rows: list[tuple[int, FormRow]]) -> bool:
    """Whether no two rows have the same title: those become one, and order then decides."""
    titles = [fold(str(r.value(Field.TITLE))) for _, r in rows if fold(str(r.value(Field.TITLE)))]
    return len(set(titles)) == len(titles)


FILLINGS = st.lists(st.tuples(st.integers(1, 3), ROWS), min_size=1, max_size=8).filter(_different)


def by_goal(rows: Sequence[tuple[int, FormRow]]) -> dict[int, list[FormRow]]:
    filling: dict[int, list[FormRow]] = {}
    for number, r in rows:
        filling.setdefault(number, []).append(r)
    return filling


def checked(inbox: Mapping[str, bytes]) -> CheckedRound:
    """What is made of an inbox, in a folder of its own: hypothesis runs a test many times."""
    with tempfile.TemporaryDirectory() as folder:
        return check(Path(folder), PLAN, inbox)


def shown(activity: Activity) -> tuple[object, ...]:
    return (
        activity.goal.number,
        activity.values.title,
        activity.values.units,
        activity.values.whole,
        activity.values.start,
        activity.values.end,
        activity.values.description,
        activity.values.status and activity.values.status.name,
        activity.values.comment,
    )


def said(activities: Sequence[Activity]) -> list[tuple[object, ...]]:
    """What the activities say, in an order of their own."""
    return sorted(map(shown, activities), key=repr)


def resaved(data: bytes, pick: random.Random) -> bytes:
    """The form with its rows and sheets in another order, saved by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name in SHEETS:
        sheet = on(book, name)
        places = list(range(5, 45))
        pick.shuffle(places)
        rows = [
            [(cell.value, cell.data_type) for cell in cells]
            for cells in sheet.iter_rows(5, 44, 1, 7)
        ]
        for place, cells in zip(places, rows, strict=True):
            for column, (value, kind) in enumerate(cells, 1):
                target = sheet.cell(place, column)
                target.value = value
                # A text that begins with = would else become a formula.
                target.data_type = "d" if isinstance(value, date) else kind
    order = list(book.worksheets)
    pick.shuffle(order)
    for sheet in order:
        book.move_sheet(sheet, -book.index(sheet))
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


@settings(max_examples=tries(8, 2_000))
@given(FILLINGS, st.integers(0, 10**6))
def test_a_form_shuffled_renamed_and_saved_again_says_the_same(
    rows: list[tuple[int, FormRow]], seed: int
) -> None:
    """Rows and sheets in any order, under any file name."""
    pick = random.Random(seed)  # noqa: S311  the same shuffle in every run
    data = own_form(PLAN, "Hemtjänst", by_goal(rows))
    before = checked({FILE: data})
    after = checked({f"Kopia ({seed}).xlsx": resaved(data, pick)})
    assert said(after.activities) == said(before.activities)
    kept = sum(1 for _, r in rows if any(tidy(str(cell)) for cell in _inputs(r)))
    assert sum(len(s.entries) for s in before.collection.submissions) == kept


def _inputs(r: FormRow) -> tuple[object, ...]:
    cells = map(r.value, Field)
    return tuple("" if cell is None else cell for cell in cells)


@cache
def _told() -> list[tuple[object, ...]]:
    return said(checked({FILE: good(), COMPANION: companion()}).activities)


STARTS = st.sampled_from([b"", b"", b"PK\x03\x04", b"<?xml", b"%PDF", b"\xef\xbb\xbf", b"{\\rtf"])
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def assert_nothing_else_is_lost(data: bytes) -> None:
    """The forms beside the bytes are read whole, unless the bytes are a form of the same unit."""
    result = checked({"Aa.xlsx": data, FILE: good(), COMPANION: companion()})
    codes = {f.code for f in result.findings}
    if "F205" not in codes:
        assert [f.file for f in result.findings if f.code in REFUSED] == ["inkorg/Aa.xlsx"]
        assert said(result.activities) == _told()
    assert [len(s.entries) for s in result.collection.submissions if s.file in BESIDE] == [3, 1]
    assert [row[0] for row in read(result, COMPANION)] == ["Bostäder"]


REFUSED = ("F201", "F202", "F203", "F204")
BESIDE = (f"inkorg/{FILE}", f"inkorg/{COMPANION}")


@settings(max_examples=tries(30, 5_000))
@given(STARTS, st.binary(max_size=2_000))
def test_no_bytes_in_the_inbox_raise_or_cost_another_file_its_content(
    start: bytes, more: bytes
) -> None:
    assert_nothing_else_is_lost(start + more)


@settings(max_examples=tries(30, 5_000))
@given(st.floats(0, 1), st.binary(max_size=40), st.booleans())
def test_no_damage_to_a_form_raises_or_costs_another_file_its_content(
    share: float, other: bytes, cut: bool
) -> None:
    """A stretch of it made into something else, or all after it gone."""
    place = int(len(good()) * share)
    end = b"" if cut else good()[place + len(other) :]
    assert_nothing_else_is_lost(good()[:place] + other + end)


@settings(max_examples=tries(10, 200))
@given(st.binary(max_size=2_000), st.sampled_from(["Workbook", "Book"]))
def test_no_old_workbook_of_noise_raises_or_costs_another_file_its_content(
    noise: bytes, stream: str
) -> None:
    """Few, since each is tried in a process of its own."""
    assert_nothing_else_is_lost(OLE_START + stream.encode("utf-16-le") + noise)


@cache
def entries() -> tuple[Entry, ...]:
    """Rows of three files, of which some are the same activity and some look alike."""
    one = {2: [row("Läxhjälp", units="Hemtjänst"), row("Teater", comment="Två ord.")]}
    other = {2: [row("läxhjälp ", end=date(2024, 8, 31), comment="Annat."), row("Teatern")]}
    collected = checked(
        {
            "a.xlsx": own_form(PLAN, "Hemtjänst", one),
            "b.xlsx": own_form(PLAN, "Bemanning", other | {1: [row(""), row("Motion")]}),
            "c.xlsx": own_form(PLAN, "Kultur och fritid", one | {3: [row("Läxhjälp")]}),
        }
    ).collection
    return tuple(replace(e, id=f"2-{at % 3}") for at, e in enumerate(collected.entries))


@settings(max_examples=tries(60, 5_000))
@given(st.permutations(range(10**2)))
def test_merging_does_not_depend_on_the_order_of_files_or_rows(order: list[int]) -> None:
    """The same activities, with the same Ids and texts, and the same findings."""
    rows = entries()
    shuffled = [rows[at] for at in order if at < len(rows)]
    expected, merged = merge_entries(PLAN, rows), merge_entries(PLAN, shuffled)
    assert merged.activities == expected.activities
    assert in_order(merged.findings) == in_order(expected.findings)


@settings(max_examples=12)
@given(st.permutations("abc"))
def test_what_the_files_are_called_does_not_matter(names: list[str]) -> None:
    """Files are read in order of name, and the same forms say the same in any order."""
    forms = [
        per_goal_form(PLAN, YOUTH, [row("Teater", units=unit), row(f"Egen {unit}", units=unit)])
        for unit in UNITS
    ]
    inbox = {f"{name}.xlsx": data for name, data in zip(names, forms, strict=True)}
    plain = {f"{at}.xlsx": data for at, data in enumerate(forms)}
    assert said(checked(inbox).activities) == said(checked(plain).activities)


# A carriage return or a mark that XML cannot hold is written by its number, as Excel does.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="_"), max_size=80)


@settings(max_examples=tries(30, 5_000))
@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_any_text_is_read_as_clean_has_it(texts: list[str]) -> None:
    """In a description, where nothing but white space around it and its lines is taken away."""
    cells = {f"E{at}": text(written) for at, written in enumerate(texts, 7)}
    activities = checked({FILE: with_cells(cells)}).activities
    rows = {
        a.sources[0].row or 0: a.values.description
        for a in activities
        if a.sources[0].sheet == SHEETS[1]
    }
    expected = {at: tidy(written) for at, written in enumerate(texts, 7) if tidy(written)}
    assert {at: told for at, told in rows.items() if at >= 7} == expected


@settings(max_examples=tries(300, 50_000))
@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(written: str) -> None:
    """So that what was read, written out and read again is the same."""
    once = clean(written)
    assert clean(once) == once
    assert tidy(tidy(written)) == tidy(written)
    assert fold(tidy(written)) == fold(written)


def test_the_forms_used_here_are_good() -> None:
    result = checked({FILE: good(), COMPANION: companion()})
    assert result.findings == ()
    assert sorted(read(result, FILE)) == sorted(BASE)
    assert {GOING, DONE} < {cast("str", row[4]) for row in read(result, FILE)}
