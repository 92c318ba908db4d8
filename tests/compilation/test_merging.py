"""What several workbooks say of the same activity becomes one, and nothing said is lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from excel_uppsikt.compilation import merging as merge
from excel_uppsikt.compilation.merging import Merged, merge_entries
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.model import Department, Entry, Field, Goal, Unit, Values
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

PLAN = make_plan()
SCHOOL = "Skola"
COLUMNS: dict[str, int] = {field: at for at, field in enumerate(Field, 1)}


def entry(
    title: str = "Ordna lovaktiviteter",
    *,
    unit: str = "Hemtjänst",
    at: int = 5,
    goal: Goal = YOUTH,
    **changes: object,
) -> Entry:
    """A row of a unit's own form, with changes."""
    values: dict[Field, object] = {
        Field.TITLE: title,
        Field.START: changes.get("start", date(2024, 1, 15)),
        Field.END: changes.get("end", date(2024, 9, 30)),
        Field.DESCRIPTION: changes.get("description", "Ger bättre kvalitet."),
        Field.STATUS: changes.get("status", "Pågående enligt plan"),
        Field.COMMENT: changes.get("comment", "Arbetet pågår."),
    }
    made = Entry(
        values=Values(
            title=title,
            units=(unit,),
            whole=False,
            start=date(2024, 1, 15),
            end=date(2024, 9, 30),
            description="Ger bättre kvalitet.",
            status=PLAN.statuses[1],
            comment="Arbetet pågår.",
        ),
        file=f"inkorg/{unit}.xlsx",
        sheet=sheet_name(goal),
        row=at,
        goal=goal,
        department=CARE,
        raw={of: str(value) for of, value in values.items() if value},
        columns=COLUMNS,
    )
    if isinstance(changes.get("status"), str):
        changes["status"] = PLAN.status(str(changes["status"]))
    return with_changes(made, changes)


def titles(merged: Merged) -> list[str]:
    """The activities' titles in their order."""
    return [activity.values.title for activity in merged.activities]


def told(merged: Merged) -> list[tuple[str, str, str, str, str]]:
    """The findings as code, file, sheet, cell and what was written."""
    return [
        (code, file, sheet, cell, finding.value or "")
        for finding, (code, file, sheet, cell) in zip(
            merged.findings, places(merged.findings), strict=True
        )
    ]


def ids(merged: Merged) -> dict[str, str]:
    """The Ids by title; titles that differ in case or spaces only must not be compared so."""
    return {activity.values.title: activity.id for activity in merged.activities}


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


# --- Titles that look alike ---------------------------------------------------------------------


def test_near_titles_are_reported_and_not_merged() -> None:
    """M601 stands at the second title and names the first with its place."""
    merged = merge_entries(
        PLAN,
        [
            entry("Införa hälsosamma scheman"),
            entry("Införande av hälsosamma scheman", unit="Bemanning", at=9),
        ],
    )
    assert titles(merged) == ["Införa hälsosamma scheman", "Införande av hälsosamma scheman"]
    name, title = sheet_name(YOUTH), "Införande av hälsosamma scheman"
    assert told(merged) == [("M601", "Bemanning.xlsx", name, "A9", title)]
    (finding,) = merged.findings
    assert finding.severity is Severity.WARNING
    assert "”Införa hälsosamma scheman”" in finding.message
    assert "inkorg/Hemtjänst.xlsx" in finding.message
    assert "rad 5" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minst 3 medarbetare studerar", "Minst 2 medarbetare studerar"),
        ("Hälsosamtal 2023", "Hälsosamtal 2024"),
        ("Utbildning etapp 1", "Utbildning etapp"),
        ("Ordna lovaktiviteter", "Renovera simhallen"),
    ],
)
def test_titles_that_differ_in_a_number_or_in_most_are_not_alike(one: str, other: str) -> None:
    merged = merge_entries(PLAN, [entry(one), entry(other, at=6)])
    assert titles(merged) == sorted([one, other])
    assert merged.findings == ()


def test_each_of_several_near_titles_is_told_once() -> None:
    """With the first one that it is like, not with every one."""
    merged = merge_entries(
        PLAN, [entry(f"Hälsosamma scheman {end}", at=at) for at, end in enumerate("abcd", 5)]
    )
    name = sheet_name(YOUTH)
    assert told(merged) == [
        ("M601", "Hemtjänst.xlsx", name, f"A{at}", f"Hälsosamma scheman {end}")
        for at, end in enumerate("bcd", 6)
    ]
    assert all("”Hälsosamma scheman a”" in finding.message for finding in merged.findings)


def test_titles_are_compared_as_far_as_a_title_goes() -> None:
    long = "Samverkan med skolan. " * 30
    merged = merge_entries(PLAN, [entry(f"{long}a"), entry(f"{long}{'b' * 400}", at=6)])
    assert [finding.code for finding in merged.findings] == ["M601"]


def test_near_titles_of_different_goals_are_not_reported() -> None:
    merged = merge_entries(
        PLAN, [entry("Hälsosamma scheman"), entry("Hälsosam schema", goal=HOMES)]
    )
    assert merged.findings == ()


# --- Ids ----------------------------------------------------------------------------------------


def known(merged: Merged) -> dict[str, str]:
    """The Ids as the next run knows them: with the titles they had."""
    return {activity.id: activity.values.title for activity in merged.activities}


def test_ids_are_the_same_whatever_the_order_of_files() -> None:
    rows = [entry(), entry("Åka skidor", unit="Bemanning"), entry(goal=HOMES), entry("", at=9)]
    first = merge_entries(PLAN, rows)
    assert len({a.id for a in first.activities}) == 4
    for order in permutations(rows):
        assert merge_entries(PLAN, order).activities == first.activities


def test_ids_are_the_same_in_the_next_run() -> None:
    """Also for two titles that look alike, and for rows without a title."""
    rows: Sequence[Entry] = [
        entry("Utveckla arbetet i norr"),
        entry("Utveckla arbetet i norra", at=6),
        entry("", at=7),
    ]
    first = merge_entries(PLAN, rows)
    second = merge_entries(PLAN, rows, known(first))
    third = merge_entries(PLAN, rows, known(second))
    assert second.activities == first.activities
    assert third.activities == first.activities


def test_the_id_in_a_form_is_kept() -> None:
    merged = merge_entries(PLAN, [entry(id="2-abc"), entry("Annan", at=6)])
    assert ids(merged)["Ordna lovaktiviteter"] == "2-abc"
    assert ids(merged)["Annan"] not in ("2-abc", "")


def test_an_id_on_two_titles_stays_with_the_title_it_had_before() -> None:
    rows = [entry("Ny rad", id="2-abc", at=5), entry("Gammal rad", id="2-abc", at=6)]
    merged = merge_entries(PLAN, rows, {"2-abc": "Gammal  RAD"})
    assert ids(merged)["Gammal rad"] == "2-abc"
    assert ids(merged)["Ny rad"] not in ("2-abc", "")


@pytest.mark.parametrize("before", [{}, {"2-abc": "En tredje titel"}])
def test_an_id_on_two_titles_stays_with_the_first_when_neither_had_it(
    before: dict[str, str],
) -> None:
    rows = [entry("Andra", id="2-abc", at=6), entry("Första", id="2-abc", at=5)]
    merged = merge_entries(PLAN, rows, before)
    assert ids(merged)["Första"] == "2-abc"
    assert ids(merged)["Andra"] not in ("2-abc", "")


def test_a_new_activity_never_gets_an_id_that_another_title_has() -> None:
    """Not even when its own would have been that one: the title was another's, since reworded."""
    (made,) = merge_entries(PLAN, [entry()]).activities
    merged = merge_entries(PLAN, [entry()], {made.id: "Omskriven titel"})
    assert [a.id for a in merged.activities] != [made.id]


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


def test_of_very_many_titles_the_nearest_in_order_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(merge, "_LONGEST_COMPARING", 0)
    monkeypatch.setattr(merge, "_NEAREST", 1)
    titles = ("Införa hälsosamma scheman", "Införande av hälsosamma scheman", "Övrigt")
    far = ("Införa hälsosamma scheman", "Införande", "Införande av hälsosamma scheman")
    told = [
        [f.value for f in merge_entries(PLAN, map(entry, each)).findings if f.code == "M601"]
        for each in (titles, far)
    ]
    assert told == [["Införande av hälsosamma scheman"], []]
