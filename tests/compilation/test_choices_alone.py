"""Använd and what is added on sheets that are made anew, read without a workbook around them."""

import json
from collections.abc import Mapping

import pytest

from excel_uppsikt.compilation.choices import FileChoices, kept_choices, read_choices
from excel_uppsikt.compilation.own_pages import added, pages_json
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.intake.renamed import content_of
from excel_uppsikt.model import Collection, FormKind, Submission
from tests.small_rounds import CARE

HEADS = ("Fil", "Slag", "Enhet", "Använd")
# Name, what was proposed, used and chosen, whose it is, and a mark of what it said.
OLD = ("inkorg/a.xlsx", "nej", "nej", "", "enhet A", "m1")
NEW = ("inkorg/b.xlsx", "ja", "ja", "", "enhet A", "m2")
OTHER = ("inkorg/c.xlsx", "ja", "ja", "", "enhet B", "m3")
UNREAD = ("inkorg/d.xlsx", "", "", "", "–", "")


def sheet(
    *rows: tuple[CellValue, ...], problems: Mapping[tuple[int, int], str] | None = None
) -> Sheet:
    return Sheet("Inlämningar", True, rows, problems or {})


def read(
    stands: Mapping[str, str],
    *known: tuple[str, ...],
    problems: Mapping[tuple[int, int], str] | None = None,
) -> FileChoices:
    rows = [(name, "", "", written) for name, written in stands.items()]
    return read_choices("s.xlsx", sheet(("",), HEADS, *rows, problems=problems), sheet(*known))


def told(found: FileChoices) -> list[tuple[str, str | None, str | None]]:
    return [(f.variant.name, f.cell, f.value) for f in found.findings]


A, B, C, D = (one[0] for one in (OLD, NEW, OTHER, UNREAD))
AS_IT_WAS = {A: "nej", B: "ja", C: "ja", D: ""}


@pytest.mark.parametrize(
    ("change", "use", "changed"),
    [
        ({}, {}, ()),
        # What stands at the unit's other files is chosen as well, and nobody else's.
        ({A: "ja"}, {A: True, B: True}, (A,)),
        ({B: "Nej"}, {A: False, B: False}, (B,)),
        ({A: "JA", B: "n"}, {A: True, B: False}, (A, B)),
        ({C: "nej"}, {C: False}, (C,)),
        ({A: "j", C: "falskt"}, {A: True, B: True, C: False}, (A, C)),
        ({A: "", C: ""}, {}, ()),
    ],
)
def test_what_is_changed_is_chosen_with_the_units_other_files(
    change: dict[str, str], use: dict[str, bool], changed: tuple[str, ...]
) -> None:
    found = read(AS_IT_WAS | change, OLD, NEW, OTHER, UNREAD)
    assert (dict(found.use), found.changed, told(found)) == (use, changed, [])
    assert dict(found.contents) == {A: "m1", B: "m2", C: "m3", D: ""}


def test_a_choice_stays_till_its_cell_is_changed_or_emptied() -> None:
    chosen = (*OLD[:2], "ja", "ja", *OLD[4:])
    away = ("inkorg/borta.xlsx", "", "", "nej", "", "m9")
    stands = AS_IT_WAS | {A: "ja"}
    found = read(stands, chosen, NEW, OTHER, away)
    assert (dict(found.use), found.changed) == ({A: True, away[0]: False}, ())
    emptied = read(stands | {A: ""}, chosen, NEW, OTHER)
    assert (dict(emptied.use), emptied.changed) == ({}, (A,))
    unread = read(stands | {A: "kanske"}, chosen, NEW)
    assert (dict(unread.use), unread.changed) == ({A: True}, ())


def test_what_cannot_be_followed_is_told_at_its_cell() -> None:
    """Also a ja for a file that cannot be used, or of which nothing is known; and an error for a choice."""
    stands = {A: "kanske", B: "", D: "ja", "inkorg/ny.jpg": "vet ej", "inkorg/ny.xlsx": "nej"}
    found = read(stands, OLD, NEW, UNREAD, problems={(4, 4): "#REF!"})
    assert told(found) == [
        ("USE", "D3", "kanske"), ("USE", "D4", "#REF!"), ("UNUSABLE", "D5", "ja"),
        ("USE_OF_UNUSABLE", "D6", "vet ej"),
    ]  # fmt: skip
    assert (dict(found.use), found.changed) == ({}, ())


def test_a_compilation_from_before_owners_says_what_was_chosen_by_what_it_proposed() -> None:
    old = [("inkorg/a.xlsx", "ja", "nej"), ("inkorg/b.xlsx", "ja", "ja"), ("inkorg/c.xlsx",)]
    found = read({"inkorg/a.xlsx": "nej", "inkorg/b.xlsx": "ja", "inkorg/c.xlsx": "ja"}, *old)
    assert (dict(found.use), found.changed) == ({"inkorg/a.xlsx": False}, ())
    assert told(found) == [("UNUSABLE", "D5", "ja")]


def test_nothing_is_chosen_on_sheets_that_are_not_there() -> None:
    assert read_choices("s.xlsx", None, None) == FileChoices({})
    assert read_choices("s.xlsx", sheet(("x",)), sheet(OLD)).use == {}


def test_what_is_kept_of_each_file_and_of_those_that_are_away() -> None:
    forms = (
        Submission("a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, (), proposed=False, used=True),
        Submission("b.xlsx", FormKind.COMMON, None, CARE, None, ()),
        Submission("c.xlsx", FormKind.GOAL, None, None, None, ()),
        Submission("d.xlsx", FormKind.UNIT, None, None, None, ()),
    )
    use = {"a.xlsx": True, "z.xlsx": False, "y.xlsx": True}
    marks = [content_of(form) for form in forms]
    assert [*kept_choices(Collection(forms), use, {"y.xlsx": "m"})] == [
        ("a.xlsx", False, True, True, "enhet Hemtjänst", marks[0]),
        ("b.xlsx", True, True, None, f"gemensamt {CARE}", marks[1]),
        ("c.xlsx", True, True, None, "c.xlsx", marks[2]),
        ("d.xlsx", True, True, None, "–", marks[3]),
        ("y.xlsx", None, None, True, None, "m"),
        ("z.xlsx", None, None, False, None, None),
    ]  # fmt: skip


# --- What is added on the sheets that are made anew ----------------------------------------------

WROTE: list[dict[int, object]] = [
    {0: "Rubrik"}, {}, {0: "Kod", 1: "Text"}, {0: "a", 1: "b"}, {0: "c", 1: "d"},
]  # fmt: skip


def new(
    *rows: tuple[CellValue, ...], name: str = "Anmärkningar"
) -> list[tuple[str | None, str | None]]:
    """Where something has been added since this was written, and what."""
    kept = Sheet("_bas_blad", False, ((pages_json(name, WROTE),),))
    found = added("s.xlsx", {name: Sheet(name, True, rows), "_bas_blad": kept})
    return [(f.cell, f.value) for f in found]


AS_WRITTEN: list[tuple[CellValue, ...]] = [("Rubrik",), (), ("Kod", "Text"), ("a", "b"), ("c", "d")]


def test_rows_that_were_sorted_or_taken_away_are_as_they_were() -> None:
    assert new(*AS_WRITTEN) == new(*AS_WRITTEN[::-1]) == new(*AS_WRITTEN[:3]) == []
    # Other programs save odd letters otherwise.
    assert new(("Rubrik\u00a0",), ("a ", "\tb")) == []


def test_what_is_new_in_a_row_is_what_was_added() -> None:
    assert new(*AS_WRITTEN, ("min",)) == [("A6", "min")]
    assert new(("Rubrik",), ("a", "b", "min")) == [("C2", "min")]
    assert new(("a", "min")) == [("B1", "min")]
    # Words that stand elsewhere on the sheet too are known by the row that is as it was without them.
    assert new(("a", "b", "c")) == [("C1", "c")]
    assert new(("d", "a", "b")) == [("A1", "d")]
    # A row put together of others' words has nothing new in it.
    assert new(("a", "d")) == []


@pytest.mark.parametrize("count", [10, 11])
def test_much_on_a_sheet_is_told_together(count: int) -> None:
    rows = [(f"min {at}",) for at in range(count)]
    expected = [(f"A{at + 1}", f"min {at}") for at in range(count)]
    if count > 10:
        expected = [("A1", " | ".join(text for _, text in expected))]
    assert new(*rows) == expected


def test_a_choice_of_files_is_not_added() -> None:
    """On that sheet Använd may say anything."""
    heads = ("Fil", "Slag", "Enhet", "Verksamhet", "Sparad", "Aktiviteter", "Använd", "Anmärkning")
    row = ("a.xlsx", "enhet", "A", "B", "", "1", "ja", "")
    wrote: list[dict[int, object]] = [dict(enumerate(heads)), dict(enumerate(row))]
    kept = Sheet("_bas_blad", False, ((pages_json("Inlämningar", wrote),),))

    def found(*rows: tuple[CellValue, ...]) -> list[str | None]:
        page = Sheet("Inlämningar", True, rows)
        return [f.value for f in added("s.xlsx", {"Inlämningar": page, "_bas_blad": kept})]

    assert found(heads, row) == found(heads, (*row[:6], "nej", "")) == []
    assert found(heads, (*row[:6], "nej", "min")) == ["min"]
    # Where the table has lost its headings the column is not known.
    assert found((*row[:6], "kanske", "")) == ["kanske"]


@pytest.mark.parametrize(
    "written", ["", "[1]", "[", '["Anmärkningar", 1, 2]', json.dumps([["x"], "", ""])]
)
def test_marks_that_are_damaged_stop_nothing(written: str) -> None:
    kept = Sheet("_bas_blad", False, ((written,),))
    page = Sheet("Anmärkningar", True, (("min",),))
    assert [*added("s.xlsx", {"Anmärkningar": page, "_bas_blad": kept})] == []
    assert [*added("s.xlsx", {"Anmärkningar": page})] == []
