"""What the coordinator has put right in a unit's row, and what is still so, each by itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from excel_uppsikt.checks import ROW_CHECKS
from excel_uppsikt.compilation.edits import merge_edits
from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.compilation.review import review
from excel_uppsikt.compilation.settled import own_places, settled
from excel_uppsikt.findings.catalogue.rows import R302, R311
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.form.definition import required_fields
from excel_uppsikt.model import Choice, Compilation, Entry, Field, FormKind, Line, Row
from tests.compilation.reported_rows import entry
from tests.small_rounds import STATUSES, make_plan, with_changes

PLAN = make_plan()
ONGOING, DEVIATING = STATUSES[1], STATUSES[2]
NO_END = {"end": None, "status": ONGOING}
OVER = {"end": date(2024, 4, 1), "status": ONGOING}
BACKWARDS = {"start": date(2024, 6, 1), "end": date(2024, 5, 1), "status": ONGOING}
PROMISE = {"title": "Minst 3 elever deltar", "comment": "Hittills 2 elever.", "status": ONGOING}


def handed(changes: Mapping[str, object], without: Field | None = None) -> Entry:
    """A unit's row with changes, and with nothing in one of its cells."""
    made = with_changes(entry("Öppna café"), changes)
    raw = {of: text for of, text in made.raw.items() if of is not without}
    return replace(made, raw=raw, required=required_fields(FormKind.UNIT))


@pytest.mark.parametrize(
    ("row", "edit", "told", "right"),
    [
        (handed(NO_END, Field.END), {"end": date(2024, 12, 1)}, ["R301"], ["R301"]),
        # Another field's value does not put it right, nor does one that is as wrong.
        (handed(NO_END, Field.END), {"comment": "Nytt."}, ["R301"], []),
        (handed({"comment": "XXX"}), {"comment": "Klart."}, ["R308"], ["R308"]),
        (handed({"comment": "XXX"}), {"comment": ""}, ["R308"], ["R308"]),
        (handed({"comment": "XXX"}), {"comment": "Snart TODO"}, ["R308"], []),
        (handed({"comment": "XXX"}), {"title": "Nytt"}, ["R308"], []),
        (handed(BACKWARDS), {"end": date(2024, 9, 1)}, ["R303"], ["R303"]),
        (handed(BACKWARDS), {"start": date(2024, 3, 1)}, ["R303"], ["R303"]),
        (handed(BACKWARDS), {"end": date(2024, 5, 2)}, ["R303"], []),
        (handed(OVER), {"end": date(2024, 5, 1)}, ["C402"], ["C402"]),
        (handed(OVER), {"status": DEVIATING}, ["C402"], ["C402"]),
        (handed(OVER), {"end": date(2024, 4, 2)}, ["C402"], []),
        (handed(PROMISE), {"comment": "Hittills 3 elever."}, ["C405"], ["C405"]),
        (handed(PROMISE), {"title": "Minst 2 elever deltar"}, ["C405"], ["C405"]),
        (handed({"status": DEVIATING, "comment": ""}, Field.COMMENT), {"comment": "Så."}, ["R307"],
         ["R307"]),
        (handed({"status": DEVIATING, "comment": ""}, Field.COMMENT), {"status": ONGOING}, ["R307"],
         ["R307"]),
    ],
)  # fmt: skip
def test_what_has_been_put_right_in_the_compilation_is_settled(
    row: Entry, edit: dict[str, object], told: list[str], right: list[str]
) -> None:
    """Where the row is in the report; an own row puts nothing of a unit's right."""
    findings = [f for check in ROW_CHECKS for f in check(PLAN, row)]
    assert [f.code for f in findings] == told
    (collected,) = merge_entries(PLAN, [row]).activities
    edited = with_changes(collected, edit)
    for line, expected in [
        (Line(edited, collected), right),
        (Line(collected, collected), []),
        (Line(edited, collected, Choice(include=False)), []),
        (Line(edited, None), []),
        (Line(replace(edited, sources=()), collected), []),
    ]:
        found = settled(PLAN, Compilation((line,)), [row], findings)
        assert [f.code for f in found] == expected


def test_what_could_not_be_read_is_settled_by_another_value_at_its_own_cell() -> None:
    row = handed(NO_END, Field.END)
    row = replace(row, raw={**row.raw, Field.END: "snart"})
    (collected,) = merge_entries(PLAN, [row]).activities
    unread = find(R302.NOT_REAL, row.place(Field.END), "snart", header="Slutdatum")
    near = find(R311.PLAIN, row.place(Field.STATUS), "Pågåene", read=ONGOING.name)
    elsewhere = replace(unread, place=replace(unread.place, row=99))
    findings = [unread, near, elsewhere]
    cases: list[tuple[dict[str, object], set[Finding]]] = [
        ({"end": date(2024, 12, 1)}, {unread}),
        ({"status": DEVIATING}, {near}),
        ({"status": None}, set()),
    ]
    for edit, expected in cases:
        compilation = Compilation((Line(with_changes(collected, edit), collected),))
        assert settled(PLAN, compilation, [row], findings) == expected
    # The cell of a column that the form does not have is none of its own.
    bare = replace(row, columns={})
    compilation = Compilation(
        (Line(with_changes(collected, {"end": date(2024, 12, 1)}), collected),)
    )
    assert settled(PLAN, compilation, [bare], [unread]) == set()


def test_where_the_coordinators_own_values_stand() -> None:
    """Only those that differ from what the units say, of rows that have been read."""
    (collected,) = merge_entries(PLAN, [handed({})]).activities
    read = Row(file="ut/sammanstallning.xlsx", sheet="Aktiviteter", row=4, values=collected.values,
               columns={of: at for at, of in enumerate(Field, 3)})  # fmt: skip
    edited = with_changes(collected, {"comment": "Mitt."})
    compilation = Compilation((Line(edited, collected, read=read),))
    expected = {(collected.id, Field.COMMENT): read.place(Field.COMMENT)}
    assert own_places(compilation, [collected]) == expected
    assert own_places(compilation, [edited]) == {}
    assert own_places(compilation, []) == {(collected.id, of): read.place(of) for of in Field}
    assert own_places(Compilation((Line(edited, collected),)), [collected]) == {}


def test_an_own_row_that_takes_over_the_units_words_leaves_them_to_the_unit() -> None:
    """What was another when they were joined, and is no more; what was the same stays decided."""
    (unit,) = merge_entries(PLAN, [handed({})]).activities
    own = Line(replace(with_changes(unit, {"comment": "Mitt."}), id="s-1"), None)
    (joined,) = merge_edits(PLAN, [unit], Compilation((own,))).compilation.lines
    assert joined.activity.values.comment == "Mitt."
    over = Line(unit, unit, replace(joined.choice, note=""))
    now = with_changes(unit, {"comment": "Nytt.", "description": "Annat."})
    (line,) = merge_edits(PLAN, [now], Compilation((over,))).compilation.lines
    assert (line.activity.values.comment, line.activity.values.description) == (
        "Nytt.",
        unit.values.description,
    )
    assert line.choice.note == "Enhetens nya beskrivning: Annat."


def test_an_own_row_is_looked_through_as_a_units_is() -> None:
    """A unit's row has been checked as it was handed in: of it what a reader would see is told."""
    values = {
        "start": date(2023, 1, 1),
        "end": date(2024, 4, 1),
        "status": ONGOING,
        "comment": "XXX",
    }
    (unit,) = merge_entries(PLAN, [handed(values)]).activities
    read = Row(file="ut/sammanstallning.xlsx", sheet="Aktiviteter", row=4, values=unit.values,
               columns={of: at for at, of in enumerate(Field, 3)})  # fmt: skip
    for line, expected in [
        (Line(unit, unit, read=read), {"R308"}),
        (Line(unit, None, read=read), {"R308", "R304", "C402"}),
        (Line(unit, None, Choice(include=False), read), set()),
        (Line(unit, None), set()),
    ]:
        assert {finding.code for finding in review(PLAN, Compilation((line,)))} == expected
