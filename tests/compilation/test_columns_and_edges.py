"""Headings spelt in other ways, columns that are not there, and the words for what has no title."""

from dataclasses import replace

import pytest

from excel_uppsikt.checks.units import unit_rule
from excel_uppsikt.compilation.answers import sort_answers
from excel_uppsikt.compilation.settled import settled
from excel_uppsikt.compilation.table import read_table
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.rows import R301
from excel_uppsikt.findings.finding import find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import (
    Collection,
    Compilation,
    Entry,
    Field,
    FormKind,
    Line,
    Submission,
    Values,
)
from tests.compilation.test_where_changes_stand import of, said
from tests.small_rounds import CARE, STATUSES, YOUTH, make_plan, with_changes

PLAN = make_plan()


def sheet(*rows: tuple[CellValue, ...]) -> Sheet:
    return Sheet("Blad", visible=True, rows=rows, problems={}, notes={}, since_1904=False, far={})


def test_of_headings_alike_the_one_that_is_spelt_right_is_taken_and_else_the_first() -> None:
    headings: tuple[CellValue, ...] = ("ENHETER", "Enheter", "mål", "MÅL", "Eget", "")
    table = read_table(
        sheet(headings, ("a", "b", "c", "d", "e", "f")), ("Enheter",), ("Enheter", "Mål")
    )
    assert table is not None
    assert table.columns == {"Enheter": 1, "Mål": 2, "Eget": 4}
    assert [dict(row) for _, row in table.rows] == [{"Enheter": "b", "Mål": "c", "Eget": "e"}]


def test_a_row_of_nothing_but_other_columns_is_none() -> None:
    """Where it is said which make a row; its number is that of the sheet."""
    rows = (("Titel",), ("Mål", "Eget"), ("", "x"), ("m", ""), ("", ""))
    named = read_table(sheet(*rows), ("mål",), ("Mål",))
    assert named is not None
    assert ([number for number, _ in named.rows], named.header_row) == ([4], 2)
    plain = read_table(sheet(*rows), ("mål",))
    assert plain is not None
    assert [number for number, _ in plain.rows] == [3, 4]
    assert read_table(sheet(*rows), ("Mål", "Saknas")) is None
    assert read_table(None, ("Mål",)) is None


def test_a_value_in_a_column_that_the_form_has_not_settles_nothing_else() -> None:
    """What it is lacking is told at the row's first cell, which is the title's."""
    entry = replace(said(5, title="", status=None), columns={"title": 1})
    title = find(R301.PLAIN, Place(entry.file, entry.sheet, 5, 1), header="Aktivitet")
    now = of(entry, title="", status=STATUSES[1])
    line = Line(now, with_changes(now, {"status": None}))
    assert settled(PLAN, Compilation((line,)), [entry], [title]) == frozenset()
    there = replace(entry, columns={"title": 1, "status": 6})
    status = find(R301.PLAIN, Place(entry.file, entry.sheet, 5, 6), header="Status")
    found = settled(PLAN, Compilation((line,)), [there], [title, status])
    assert found == {status}


def completion(entry: Entry) -> Submission:
    """A form for what was sent back, with one row."""
    return Submission(
        "inkorg/a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, (entry,), completion=True
    )


@pytest.mark.parametrize(
    ("known", "written", "title"),
    [("Läger", "Lägret", "Läger"), ("", "Lägret", "Lägret"), ("", "", "–")],
)
def test_a_row_that_nobody_asked_for_is_named_by_the_title_that_is_known(
    known: str, written: str, title: str
) -> None:
    """The activity's own, before the row's; a dash where neither has one."""
    row = said(5, title=written, comment="Nytt.", id="2-a", raw={Field.COMMENT: "Nytt."})
    activity = with_changes(of(said(9)), {"title": known, "id": "2-a"})
    found = sort_answers([completion(row)], [activity], Compilation()).findings
    assert [(f.code, f.cell, dict(f.fields)["title"]) for f in found] == [("M610", "A5", title)]


@pytest.mark.parametrize(
    ("counts", "goals", "words"),
    [(False, True, " utöver de obligatoriska målens"), (True, True, ""), (False, False, "")],
)
def test_what_a_unit_lacks_excludes_the_mandatory_goals_only_where_they_do_not_count(
    counts: bool, goals: bool, words: str
) -> None:
    plan = make_plan(mandatory_counts=counts, units=("Hemtjänst",))
    plan = plan if goals else replace(plan, goals=(YOUTH,))
    form = Submission("a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, None, ())
    found = [f for f in unit_rule(plan, Collection((form,)), ()) if f.code == "U501"]
    assert [dict(finding.fields)["excluding"] for finding in found] == [words]


def test_values_are_nothing_until_they_are_given() -> None:
    assert not any(Values().given(field) for field in Field)
