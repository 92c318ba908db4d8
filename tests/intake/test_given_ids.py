"""An Id is only the program's: one never given is content, and one given is of the row it belongs to."""

import shutil
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.form.definition import Form, common_form, unit_form
from excel_uppsikt.form.templates import carried
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Department, Field, Unit
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation, write_returns
from tests.changed_forms import YOUNG, Edit, edited, on, put
from tests.small_rounds import (
    CARE,
    YOUTH,
    check,
    make_plan,
    own_form,
    per_goal_form,
    places,
    row,
    shared_form,
)

PLAN = make_plan(goals=make_plan().goals[:1])
LATER = make_plan(goals=PLAN.goals, period="T2", previous="../t1/ut/sammanstallning.xlsx")
HOME, STAFF = "Hemtjänst.xlsx", "Bemanning.xlsx"
NEVER = "2-abcde"


@pytest.fixture
def before(tmp_path: Path) -> CheckedRound:
    """The previous round: two activities of Hemtjänst, one of Bemanning, one of the whole department."""
    inbox = {
        HOME: own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp"), row("Fältarbete")]}),
        STAFF: own_form(PLAN, "Bemanning", {2: [row("Trygg kväll")]}),
        "Gemensamt.xlsx": shared_form(PLAN, {2: [row("Föräldrastöd")]}),
    }
    checked = check(tmp_path / "t1", PLAN, inbox)
    write_compilation(checked)
    return checked


def given(before: CheckedRound) -> dict[str, str]:
    return {activity.values.title: activity.id for activity in before.activities}


def sent_out(before: CheckedRound, unit: str) -> bytes:
    """A unit's follow-up form as it is sent out, with a comment on every row."""
    return _with_comments(unit_form(LATER, next(u for u in LATER.units if u.name == unit)), before)


def _with_comments(form: Form, before: CheckedRound) -> bytes:
    rows = carried(LATER, form, before.compilation.approved)
    done = {
        goal: [
            FormRow(r.values, {**r.cells, Field.COMMENT: "Nytt läge."}, r.id, previous=r.previous)
            for r in of_goal
        ]
        for goal, of_goal in rows.items()
    }
    return form_workbook(LATER, form, done)


def ids(checked: CheckedRound) -> dict[str, str]:
    return {activity.values.title: activity.id for activity in checked.activities}


def borne(checked: CheckedRound) -> list[tuple[str, str | None]]:
    """The title of each row read, and the Id that it bears."""
    return [(e.values.title, e.id) for one in checked.collection.submissions for e in one.entries]


def faults(checked: CheckedRound) -> list[tuple[str, str, str, str]]:
    return [f for f in places(checked.findings, but="U") if not f[0].startswith("E")]


def copied(source: int, target: int, **cells: str) -> Edit:
    """Copies a row of the goal's sheet, its hidden Id too, and writes in some cells of the copy."""

    def edit(book: Workbook) -> None:
        sheet = on(book, YOUNG)
        for column in range(1, 11):
            sheet.cell(target, column).value = sheet.cell(source, column).value
        for letter, value in cells.items():
            sheet[f"{letter}{target}"] = value

    return edit


def test_what_a_compilation_gave_is_an_id(before: CheckedRound, tmp_path: Path) -> None:
    """Also when what the program remembers, and the forms that it made, have been deleted."""
    for kept in (True, False):
        if not kept:
            shutil.rmtree(tmp_path / "t1/ut/.uppsikt")
        checked = check(tmp_path / "t2", LATER, {HOME: sent_out(before, "Hemtjänst")})
        assert faults(checked) == []
        known = given(before)
        assert ids(checked) == {title: known[title] for title in ("Läxhjälp", "Fältarbete")}


def test_an_id_never_given_is_told_at_its_cell_and_the_row_gets_one_of_its_own(
    before: CheckedRound, tmp_path: Path
) -> None:
    form = edited(sent_out(before, "Hemtjänst"), put(YOUNG, "J5", NEVER), put(YOUNG, "J9", NEVER))
    checked = check(tmp_path / "t2", LATER, {HOME: form})
    told = [f for f in checked.findings if f.code == "F207"]
    assert [(f.place.sheet, f.place.cell, f.value) for f in told] == [
        (YOUNG, "J5", NEVER),
        (YOUNG, "J9", NEVER),
    ]
    assert told[0].message == (
        f"Blad ”{YOUNG}”, cell J5: ”{NEVER}” står i den dolda kolumnen ”Id”, som formuläret fyller i "
        "självt, men är inget Id som programmet har gett en aktivitet. Det tas inte med i rapporten. "
        "Flytta texten till rätt kolumn om den ska vara med."
    )
    assert NEVER not in ids(checked).values()
    assert borne(checked)[0][1] is None


def test_in_a_first_round_no_id_has_been_given(tmp_path: Path) -> None:
    form = own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", id=NEVER)]})
    for _ in range(2):
        checked = check(tmp_path, PLAN, {HOME: form})
        assert faults(checked) == [("F207", HOME, YOUNG, "I5")]
        (made,) = ids(checked).values()
        assert made != NEVER
        write_compilation(checked)


def test_ids_from_elsewhere_on_every_row_are_told_once(tmp_path: Path) -> None:
    rows = [row(f"Nummer {at}", id=f"2-abcd{letter}") for at, letter in enumerate("efghij")]
    checked = check(tmp_path, PLAN, {HOME: own_form(PLAN, "Hemtjänst", {2: rows})})
    (told,) = [f for f in checked.findings if f.code == "F207"]
    assert told.message == (
        f"Blad ”{YOUNG}”, cell I5: Här börjar 6 Id i den dolda kolumnen ”Id” som programmet inte har "
        "gett någon aktivitet: ”2-abcde | 2-abcdf | 2-abcdg | 2-abcdh | 2-abcdi | 2-abcdj”. De används "
        "inte, så raderna räknas som nya aktiviteter. Kommer de från förra omgången: kontrollera "
        "Föregående sammanställning i planen."
    )


def test_a_copied_row_is_a_new_activity_and_the_row_it_came_from_keeps_the_id(
    before: CheckedRound, tmp_path: Path
) -> None:
    """Whichever stands first, and whether or not the title has been touched up since."""
    known = given(before)
    for title in ("Fältarbete", "Fältarbete på kvällar"):
        edits = (copied(5, 8), put(YOUNG, "A5", "Biokväll"), put(YOUNG, "A8", title))
        form = edited(sent_out(before, "Hemtjänst"), *edits)
        checked = check(tmp_path / title, LATER, {HOME: form})
        assert faults(checked) == []
        assert dict(borne(checked)) == {
            "Biokväll": None,
            title: known["Fältarbete"],
            "Läxhjälp": known["Läxhjälp"],
        }


def test_a_copied_row_is_not_waiting_to_be_gone_through(
    before: CheckedRound, tmp_path: Path
) -> None:
    """A new activity has nothing to go on from: no R313, and no comment of another's."""
    edits = (
        copied(5, 8, A="Biokväll", G=""),
        copied(6, 9, A="Sommarläger", G="oförändrat"),
    )
    form = edited(sent_out(before, "Hemtjänst"), *edits)
    checked = check(tmp_path / "t2", LATER, {HOME: form})
    assert faults(checked) == []
    comments = {a.values.title: a.values.comment for a in checked.activities}
    assert comments["Biokväll"] == ""
    assert comments["Sommarläger"] != "Arbetet pågår."
    write_returns(checked)


def test_the_id_of_another_units_activity_stays_with_that_unit(
    before: CheckedRound, tmp_path: Path
) -> None:
    """Also while that unit is silent, whose activity goes on from the previous round."""
    known = given(before)
    edits = (put(YOUNG, "A8", "Biokväll"), put(YOUNG, "J8", known["Trygg kväll"]))
    form = edited(sent_out(before, "Hemtjänst"), *edits)
    for inbox in ({HOME: form}, {HOME: form, STAFF: sent_out(before, "Bemanning")}):
        checked = check(tmp_path / f"t{len(inbox)}", LATER, inbox)
        assert ids(checked)["Biokväll"] not in known.values()
        assert ids(checked).get("Trygg kväll", known["Trygg kväll"]) == known["Trygg kväll"]


def test_an_id_goes_along_with_a_row_that_is_moved_to_another_form(
    before: CheckedRound, tmp_path: Path
) -> None:
    """Known by its title; a new name for the common activity stays in Gemensamt."""
    known = given(before)
    taken = row("Trygg kväll", id=known["Trygg kväll"])
    renamed = row("Stöd till föräldrar", id=known["Föräldrastöd"])
    inbox = {
        HOME: own_form(LATER, "Hemtjänst", {2: [taken]}),
        "Gemensamt.xlsx": shared_form(LATER, {2: [renamed]}),
    }
    checked = check(tmp_path / "t2", LATER, inbox)
    assert ids(checked) == {
        "Trygg kväll": known["Trygg kväll"],
        "Stöd till föräldrar": known["Föräldrastöd"],
    }


def test_a_row_split_between_departments_keeps_its_id_once(tmp_path: Path) -> None:
    plan = make_plan(
        goals=PLAN.goals,
        units=("Hemtjänst", Unit("Åsens skola", "Skola")),
        departments=(Department(CARE), Department("Skola")),
    )
    units = "Hemtjänst; Åsens skola"
    first = check(
        tmp_path, plan, {"m.xlsx": per_goal_form(plan, YOUTH, [row("Läxhjälp", units=units)])}
    )
    write_compilation(first)
    made = {a.department: a.id for a in first.activities}
    again = [row("Läxhjälp", units=units, id=made[CARE])]
    checked = check(tmp_path, plan, {"m.xlsx": per_goal_form(plan, YOUTH, again)})
    assert {a.department: a.id for a in checked.activities} == made
    assert faults(checked) == []


def test_a_common_form_keeps_what_it_went_out_with(before: CheckedRound, tmp_path: Path) -> None:
    form = _with_comments(common_form(LATER, LATER.departments[0]), before)
    checked = check(tmp_path / "t2", LATER, {"Gemensamt.xlsx": form})
    assert faults(checked) == []
    assert ids(checked) == {"Föräldrastöd": given(before)["Föräldrastöd"]}
