"""What several workbooks say of the same activity becomes one, and nothing said is lost."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.model import Department, Unit
from tests.compilation.reported_rows import PLAN, entry, titles, told
from tests.small_rounds import (
    CARE,
    HOMES,
    SICKNESS,
    YOUTH,
    check,
    make_plan,
    own_form,
    per_goal_form,
    places,
    row,
    shared_form,
    with_changes,
)

SCHOOL = "Skola"


# --- One activity of several rows ---------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        "ORDNA LOVAKTIVITETER – SOMMAR",
        "Ordna  lovaktiviteter - sommar ",
        "Ordna lovaktiviteter\u00a0— sommar",
        "Ordna lov\u00adaktiviteter \u2011 sommar",
        "Ordna lovaktiviteter\n− sommar",
    ],
)
def test_titles_that_differ_in_case_spaces_and_dashes_only_are_one_activity(other: str) -> None:
    """It bears the first unit's spelling, and both units in the plan's order."""
    first = entry("Ordna lovaktiviteter - sommar", unit="Hemtjänst")
    merged = merge_entries(PLAN, [entry(other, unit="Bemanning"), first])
    assert [(a.values.title, a.values.units, a.values.whole) for a in merged.activities] == [
        ("Ordna lovaktiviteter - sommar", ("Hemtjänst", "Bemanning"), False)
    ]
    assert merged.findings == ()


def test_units_stand_in_the_plans_order_whatever_the_order_of_rows() -> None:
    plan = make_plan(units=("Öst", "Ansgar", "Mitt"))
    rows = [entry(unit=name) for name in ("Ansgar", "Mitt", "Öst")]
    for order in permutations(rows):
        merged = merge_entries(plan, order)
        assert [a.values.units for a in merged.activities] == [("Öst", "Ansgar", "Mitt")]
        assert merged.activities == merge_entries(plan, rows).activities


def test_an_activity_common_to_all_and_reported_by_a_unit_is_common_and_names_the_unit() -> None:
    common = with_changes(entry(), {"file": "inkorg/Gemensamt.xlsx", "units": (), "whole": True})
    merged = merge_entries(PLAN, [entry(), common])
    assert [(a.values.whole, a.values.units) for a in merged.activities] == [(True, ("Hemtjänst",))]
    assert merged.findings == ()


def test_another_goal_or_department_is_another_activity() -> None:
    """The same title does not make them one, nor is it reported as alike."""
    elsewhere = replace(entry(unit="Åsen"), department=SCHOOL)
    plan = make_plan(
        units=("Hemtjänst", Unit("Åsen", SCHOOL)),
        departments=(Department(CARE), Department(SCHOOL)),
    )
    merged = merge_entries(plan, [elsewhere, entry(goal=HOMES, at=6), entry()])
    assert [(a.department, a.goal.number, a.values.title) for a in merged.activities] == [
        (CARE, 2, "Ordna lovaktiviteter"),
        (CARE, 3, "Ordna lovaktiviteter"),
        (SCHOOL, 2, "Ordna lovaktiviteter"),
    ]
    assert merged.findings == ()


def test_rows_without_a_title_stay_on_their_own_last_in_their_goal() -> None:
    merged = merge_entries(
        PLAN, [entry("", at=5), entry("", at=6), entry("", unit="Bemanning"), entry("Zumba", at=7)]
    )
    assert [(a.values.title, a.sources) for a in merged.activities] == [
        ("Zumba", (Place("inkorg/Hemtjänst.xlsx", sheet_name(YOUTH), 7),)),
        ("", (Place("inkorg/Hemtjänst.xlsx", sheet_name(YOUTH), 5),)),
        ("", (Place("inkorg/Hemtjänst.xlsx", sheet_name(YOUTH), 6),)),
        ("", (Place("inkorg/Bemanning.xlsx", sheet_name(YOUTH), 5),)),
    ]
    assert len({a.id for a in merged.activities}) == 4
    assert merged.findings == ()


def test_the_sources_of_all_rows_are_kept() -> None:
    """A row that was read once because it repeats another is traced as well."""
    merged = merge_entries(PLAN, [entry(unit="Bemanning"), entry(at=9), entry(at=5)])
    name = sheet_name(YOUTH)
    assert [a.sources for a in merged.activities] == [
        (
            Place("inkorg/Hemtjänst.xlsx", name, 5),
            Place("inkorg/Hemtjänst.xlsx", name, 9),
            Place("inkorg/Bemanning.xlsx", name, 5),
        )
    ]


def test_a_goals_activities_stand_in_swedish_alphabetical_order() -> None:
    """Å, ä and ö come last in that order, é with e, and case does not count; goals by number."""
    written = ["Öppna", "äta", "Åka", "zooma", "Ena", "éna om", "Ena igen", "arbeta", "Aktivera"]
    rows = [entry(title, at=5 + n) for n, title in enumerate(written)]
    rows += [entry("Zumba", goal=SICKNESS), entry("Aerobics", goal=HOMES)]
    assert titles(merge_entries(PLAN, rows)) == [
        "Zumba",
        "Aktivera",
        "arbeta",
        "Ena",
        "Ena igen",
        "éna om",
        "zooma",
        "Åka",
        "äta",
        "Öppna",
        "Aerobics",
    ]


# --- What units disagree on ---------------------------------------------------------------------


def test_units_that_disagree_are_told_for_each_cell_and_the_first_is_kept() -> None:
    """M602 stands at every cell that was not kept; descriptions and comments are joined."""
    other = entry(
        unit="Bemanning",
        at=7,
        start=date(2024, 2, 1),
        end=date(2024, 10, 31),
        status="Avslutad enligt plan",
        description="Minskar oron.",
        comment="Klart.",
    )
    merged = merge_entries(PLAN, [other, entry()])
    name = sheet_name(YOUTH)
    assert told(merged) == [
        ("M602", "Bemanning.xlsx", name, "C7", "2024-02-01"),
        ("M602", "Bemanning.xlsx", name, "D7", "2024-10-31"),
        ("M602", "Bemanning.xlsx", name, "F7", "Avslutad enligt plan"),
        ("M602", "Bemanning.xlsx", name, "E7", "Minskar oron."),
        ("M602", "Bemanning.xlsx", name, "G7", "Klart."),
    ]
    assert {finding.severity for finding in merged.findings} == {Severity.WARNING}
    kept = [
        (a.values.start, a.values.end, a.values.status, a.values.description, a.values.comment)
        for a in merged.activities
    ]
    assert kept == [
        (
            date(2024, 1, 15),
            date(2024, 9, 30),
            PLAN.statuses[1],
            "Ger bättre kvalitet.\nMinskar oron.",
            "Arbetet pågår.\nKlart.",
        )
    ]


def test_the_message_quotes_both_values_and_says_where_the_kept_one_stands() -> None:
    (finding,) = merge_entries(
        PLAN, [entry(), entry(unit="Bemanning", at=7, end=date(2024, 10, 31))]
    ).findings
    for part in (
        sheet_name(YOUTH),
        "cell D7",
        "Slutdatum",
        "”2024-10-31”",
        "”2024-09-30”",
        "”Ordna lovaktiviteter”",
        "inkorg/Hemtjänst.xlsx",
        "rad 5",
    ):
        assert part in finding.message


def test_texts_that_differ_are_joined_each_once() -> None:
    """Case, spaces and dashes make no text another; a missing one is no disagreement."""
    plan = make_plan(units=("A", "B", "C", "D", "E"))
    rows = [
        entry(unit="A", comment="Hälften - klart.", description=""),
        entry(unit="B", comment="Allt klart.", description="Varför."),
        entry(unit="C", comment="hälften  – klart.", description=""),
        entry(unit="D", comment="Allt klart.", description="Varför."),
        entry(unit="E", comment="", description=""),
    ]
    merged = merge_entries(plan, rows)
    assert [(a.values.comment, a.values.description) for a in merged.activities] == [
        ("Hälften - klart.\nAllt klart.", "Varför.")
    ]
    assert told(merged) == [
        ("M602", f"{unit}.xlsx", sheet_name(YOUTH), "G5", "Allt klart.") for unit in "BD"
    ]


def test_a_missing_value_is_taken_from_the_unit_that_gave_it() -> None:
    bare = entry(start=None, end=None, status=None, description="", comment="", raw={})
    merged = merge_entries(PLAN, [bare, entry(unit="Bemanning")])
    assert [
        (a.values.start, a.values.end, a.values.status, a.values.description, a.values.comment)
        for a in merged.activities
    ] == [
        (
            date(2024, 1, 15),
            date(2024, 9, 30),
            PLAN.statuses[1],
            "Ger bättre kvalitet.",
            "Arbetet pågår.",
        )
    ]
    assert merged.findings == ()


# --- Repeated rows ------------------------------------------------------------------------------


def test_a_row_repeated_exactly_in_its_workbook_is_read_once() -> None:
    merged = merge_entries(PLAN, [entry(), entry(at=8), entry(at=20)])
    assert titles(merged) == ["Ordna lovaktiviteter"]
    name = sheet_name(YOUTH)
    assert told(merged) == [
        ("M604", "Hemtjänst.xlsx", name, "A8", "Ordna lovaktiviteter"),
        ("M604", "Hemtjänst.xlsx", name, "A20", "Ordna lovaktiviteter"),
    ]
    assert {finding.severity for finding in merged.findings} == {Severity.HINT}


def test_the_same_title_with_other_values_in_one_workbook_is_a_disagreement() -> None:
    merged = merge_entries(PLAN, [entry(), entry(at=8, end=date(2024, 12, 1))])
    assert told(merged) == [("M602", "Hemtjänst.xlsx", sheet_name(YOUTH), "D8", "2024-12-01")]
    assert [a.values.end for a in merged.activities] == [date(2024, 9, 30)]


def test_the_same_row_in_two_workbooks_is_no_repeat() -> None:
    merged = merge_entries(PLAN, [entry(), entry(unit="Bemanning")])
    assert merged.findings == ()


# --- Through real forms -------------------------------------------------------------------------


def test_forms_of_every_kind_add_up_to_one_activity(tmp_path: Path) -> None:
    """Own form, Gemensamt and a per-goal form, with a row repeated and a value that differs."""
    checked = check(
        tmp_path,
        PLAN,
        {
            "a.xlsx": per_goal_form(
                PLAN, YOUTH, [row("Lov", units="Bemanning", end=date(2024, 8, 31))]
            ),
            "b.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Lov"), row("Lov")]}),
            "c.xlsx": shared_form(PLAN, {2: [row("LOV")]}),
        },
    )
    name = sheet_name(YOUTH)
    assert [
        (a.values.title, a.values.units, a.values.whole, a.values.end, a.sources)
        for a in checked.activities
    ] == [
        (
            "LOV",
            ("Hemtjänst", "Bemanning"),
            True,
            date(2024, 9, 30),
            (
                Place("inkorg/c.xlsx", name, 5),
                Place("inkorg/b.xlsx", name, 5),
                Place("inkorg/b.xlsx", name, 6),
                Place("inkorg/a.xlsx", name, 5),
            ),
        )
    ]
    assert places(checked.findings, but="U") == [
        ("M602", "a.xlsx", name, "D5"),
        ("M604", "b.xlsx", name, "A6"),
    ]
