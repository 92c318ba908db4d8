"""What is told of rows that the coordinator has kept out of the report, code by code."""

import pytest

from excel_uppsikt.compilation.settled import (
    answered,
    asked_otherwise,
    left_out,
    own_places,
    rows_left_out,
    settled,
)
from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.findings.catalogue.changes import E703
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Choice, Compilation, Field, Line, Row, Values
from tests.compilation.test_where_changes_stand import COLUMNS, of, said
from tests.small_rounds import make_plan, with_changes

# By name, each with its first variant.
CODES: dict[str, Code] = {name: next(iter(code)) for name, code in CATALOGUE.items()}
OF_A_ROW = {
    *(
        "R301",
        "R302",
        "R303",
        "R304",
        "R305",
        "R306",
        "R307",
        "R308",
        "R309",
        "R310",
        "R311",
        "R312",
    ),
    *("R313", "C401", "C402", "C403", "C404", "C405", "C406", "M601", "M602", "M604", "M611"),
}
OF_A_VALUE = {"R301", "R302", "R305", "R306", "R307", "R310", "R311", "R312", "M602"}
OUT, IN = said(5), said(9)
PLAN = make_plan()


def at(code: str, row: int = 5, column: int = 4) -> Finding:
    return Finding(CODES[code], Place(OUT.file, OUT.sheet, row, column))


@pytest.mark.parametrize("choice", [Choice(include=False), Choice(joined=True)])
def test_only_what_is_wrong_in_a_row_goes_with_it(choice: Choice) -> None:
    """Joined with another a row stands there by itself no more, unless the other has it too."""
    compilation = Compilation((Line(of(OUT), of(OUT), choice), Line(of(IN), of(IN))))
    told = [at(code, row) for code in CODES for row in (5, 9)]
    assert {f.code for f in left_out(compilation, told)} == OF_A_ROW
    assert {f.place.row for f in left_out(compilation, told)} == {5}
    assert {*rows_left_out(compilation)} == {(OUT.file, OUT.sheet, 5)}
    both = Compilation((Line(of(OUT), of(OUT), choice), Line(of(IN, OUT), of(IN, OUT))))
    assert left_out(both, told) == frozenset()
    away = Compilation((Line(of(OUT), of(OUT), Choice(include=False, away=True)),))
    assert (left_out(away, told), [*rows_left_out(away)]) == (frozenset(), [])


def test_only_what_a_value_lacks_is_settled_by_another_at_its_cell() -> None:
    collected = of(OUT)
    edited = with_changes(collected, {"end": None, "comment": "Nytt."})
    compilation = Compilation((Line(edited, collected),))
    comment, end = COLUMNS["comment"], COLUMNS["end"]
    told = [at(code, 5, column) for code in CODES for column in (comment, end)]
    found = settled(PLAN, compilation, [OUT], told)
    # An emptied cell gives no value.
    assert {f.code for f in found} == OF_A_VALUE
    assert {f.place.column for f in found} == {comment}


@pytest.mark.parametrize(
    ("comment", "is_answer"),
    [("Oförändrat", True), ("OFÖRÄNDRAT", True), ("Det är oförändrat här.", False), ("", False)],
)
def test_who_says_that_nothing_has_happened_has_answered(comment: str, is_answer: bool) -> None:
    row = said(5, raw={Field.COMMENT: comment} if comment else {})
    asked = [Finding(variant, Place(OUT.file, OUT.sheet, 5, 7)) for variant in E703]
    found = {f.variant.name for f in answered([row], asked)}
    assert found == ({"UNCHANGED"} if is_answer else set())
    assert answered([said(6, raw=row.raw)], asked) == frozenset()


def test_a_date_that_is_asked_about_as_it_stands_is_not_asked_why_it_was_moved() -> None:
    moved = Finding(E703.MOVED_HERE, Place(OUT.file, OUT.sheet, 5, 4))
    for code in CODES:
        expected = {moved} if code in ("C402", "C403") else set()
        assert asked_otherwise([moved, at(code, column=6)]) == expected
        assert asked_otherwise([moved, at(code, row=6)]) == frozenset()


def test_where_the_coordinators_own_values_stand() -> None:
    """All of a row that nobody has handed in, and of a unit's what differs; of none that is not read."""
    row = Row(
        file="s.xlsx", sheet="Akt", row=7, values=Values(), raw={}, columns=COLUMNS, required=()
    )
    edited = with_changes(of(OUT), {"comment": "Nytt."})
    lines = (Line(edited, of(OUT), Choice(), row),)
    assert own_places(Compilation(lines), [of(OUT)]) == {
        (edited.id, Field.COMMENT): Place("s.xlsx", "Akt", 7, COLUMNS["comment"])
    }
    everything = {(edited.id, one) for one in Field}
    assert own_places(Compilation(lines), []).keys() == everything
    assert own_places(Compilation((Line(edited, of(OUT)),)), []) == {}
