"""Follow-up forms: what was reported the last time goes on, and nothing of it is lost."""

import io
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.form.round_forms import Per, forms
from excel_uppsikt.form.templates import carried, form_files, left_out
from excel_uppsikt.model import Activity, Field, FormKind, Plan, Unit, Values
from excel_uppsikt.rounds.checking import check as check_round
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.small_rounds import (
    CARE,
    HOMES,
    SICKNESS,
    STATUSES,
    YOUTH,
    check,
    make_plan,
    make_round,
    own_form,
    places,
    row,
    shared_form,
    with_changes,
)

PLAN = make_plan()
LATER = make_plan(period="T2", cutoff=date(2024, 8, 31), previous="../t1/ut/sammanstallning.xlsx")
DONE = {"status": "Avslutad enligt plan", "end": date(2024, 3, 31), "comment": "Klart."}
INBOX = {
    "a.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", **DONE), row("Fältarbete")]}),
    "b.xlsx": own_form(PLAN, "Bemanning", {3: [row("Flyttguide", units="Bemanning; Hemtjänst")]}),
    "c.xlsx": shared_form(PLAN, {1: [row("Hälsosamtal")]}),
}


def two_rounds(folder: Path, plan: Plan = LATER) -> Path:
    """A first round that has been merged, and the folder of the next with no forms handed in."""
    write_compilation(check(folder / "t1", PLAN, INBOX))
    return make_round(folder / "t2", plan, {})


def previous(folder: Path) -> tuple[Activity, ...]:
    """What the coordinator approved in the first round."""
    return check_round(folder / "t1", PLAN).compilation.approved


def cells(data: bytes, sheet: str, columns: str) -> list[list[object]]:
    """The rows of a goal sheet that hold a title."""
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet]
    rows = [
        [page[f"{column}{at}"].value for column in columns] for at in range(5, page.max_row + 1)
    ]
    return [values for values in rows if values[0]]


def test_what_the_coordinator_took_out_does_not_go_on_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = two_rounds(tmp_path)
    path = folder / (LATER.settings.previous or "")
    book = openpyxl.load_workbook(path)
    sheet = book["Aktiviteter"]
    at = {str(cell.value): cell.coordinate for row in sheet.iter_rows() for cell in row}
    sheet[at["Ta med"].rstrip("0123456789") + at["Flyttguide"].lstrip("ABCDEFGHIJ")] = "nej"
    book.save(path)
    assert commands.templates(folder) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"Följde inte med: ”Flyttguide”. Ta med är nej i {LATER.settings.previous}." in told
    data = (folder / "mallar/Hemtjänst.xlsx").read_bytes()
    assert cells(data, "3 Ånge ska ha ett positivt", "A") == []


def test_a_follow_up_form_goes_on_with_the_units_own_and_shared_activities(tmp_path: Path) -> None:
    """Title, dates, description and last status stand; the comment is to be written anew."""
    folder = two_rounds(tmp_path)
    assert commands.templates(folder) == 0
    data = (folder / "mallar/Hemtjänst.xlsx").read_bytes()
    ids = {activity.values.title: activity.id for activity in previous(tmp_path)}
    dates = [datetime.combine(day, time()) for day in (date(2024, 1, 15), date(2024, 9, 30))]
    status = "Pågående enligt plan"
    assert cells(data, "3 Ånge ska ha ett positivt", "ABCDEFGHIJ") == [
        ["Flyttguide", "Hemtjänst; Bemanning", *dates, "Ger bättre kvalitet.", status, None,
         "Gå igenom raden", f"{status}\nArbetet pågår.", ids["Flyttguide"]],
    ]  # fmt: skip
    titles = [values[0] for values in cells(data, "2 Kommunens ungdomar ska känna", "A")]
    assert titles == ["Fältarbete", "Läxhjälp"]
    shared = (folder / "mallar/Gemensamt Social verksamhet.xlsx").read_bytes()
    assert cells(shared, "1 Sjukfrånvaron ska minska", "AB") == [["Hälsosamtal", None]]


def test_finished_activities_lie_folded_below_the_blank_rows(tmp_path: Path) -> None:
    """They keep status and comment, so that nothing is asked of them; the sheet says where they are."""
    folder = two_rounds(tmp_path)
    commands.templates(folder)
    page = openpyxl.load_workbook(folder / "mallar/Hemtjänst.xlsx", data_only=True)[
        "2 Kommunens ungdomar ska känna"
    ]
    (at,) = [at for at in range(5, page.max_row + 1) if page[f"A{at}"].value == "Läxhjälp"]
    assert [page[f"{column}{at}"].value for column in "FGH"] == [
        "Avslutad enligt plan",
        "Klart.",
        "✔ Klar",
    ]
    folded = page.row_dimensions[at]
    assert (folded.hidden, folded.outlineLevel) == (True, 1)
    blank = [n for n in range(6, at) if page[f"A{n}"].value is None]
    assert len(blank) >= 30
    assert not any(page.row_dimensions[n].hidden for n in blank)
    assert page["B2"].value == (
        "Målområde: Barn och Unga. 1 avslutad aktivitet ligger hopfälld längst ned; klicka på plustecknet "
        "till vänster för att se."
    )


def test_follow_up_forms_handed_in_as_they_are_give_the_same_activities(tmp_path: Path) -> None:
    """With their Ids; nothing is new or gone, and Förra omgången is not read back."""
    folder = two_rounds(tmp_path)
    commands.templates(folder)
    (folder / "mallar").rename(folder / "inkorg")
    checked = check_round(folder, LATER)
    before = previous(tmp_path)
    assert [(a.id, a.values.title, a.values.units, a.values.whole) for a in checked.activities] == [
        (a.id, a.values.title, a.values.units, a.values.whole) for a in before
    ]
    assert checked.changes == ()
    # The shared sickness-absence activity does not count for the units in this plan.
    assert places(checked.findings, but="U") == [
        ("F209", f"{name}.xlsx", "", "")
        for name in ("Bemanning", "Gemensamt Social verksamhet", "Hemtjänst")
    ]


def test_a_reworded_title_with_its_id_is_the_same_activity(tmp_path: Path) -> None:
    """The Id in the hidden column tells, however much the title has changed."""
    folder = two_rounds(tmp_path)
    commands.templates(folder)
    (folder / "mallar").rename(folder / "inkorg")
    path = folder / "inkorg/Hemtjänst.xlsx"
    book = openpyxl.load_workbook(path)
    book["2 Kommunens ungdomar ska känna"]["A5"].value = "Något helt annat"
    book.save(path)
    checked = check_round(folder, LATER)
    kept = {activity.id: activity.values.title for activity in checked.activities}
    (old,) = [activity for activity in previous(tmp_path) if activity.values.title == "Fältarbete"]
    assert kept[old.id] == "Något helt annat"
    assert checked.changes == ()


def test_units_that_were_renamed_or_joined_get_their_rows(tmp_path: Path) -> None:
    """By Tidigare namn in the plan; a row both had stands once."""
    joined = replace(
        LATER, units=(Unit("Hemvård", CARE, earlier_names=("Hemtjänst", "Bemanning")),)
    )
    folder = two_rounds(tmp_path, joined)
    assert commands.templates(folder) == 0
    data = (folder / "mallar/Hemvård.xlsx").read_bytes()
    assert cells(data, "2 Kommunens ungdomar ska känna", "AB") == [
        ["Fältarbete", None],
        ["Läxhjälp", None],
    ]
    assert cells(data, "3 Ånge ska ha ett positivt", "AB") == [["Flyttguide", None]]


def activity(title: str, **changes: object) -> Activity:
    """An ongoing activity of Hemtjänst toward the second goal, with changes."""
    values = Values(title=title, units=("Hemtjänst",), status=STATUSES[1])
    return with_changes(Activity(title, YOUTH, CARE, values), changes)


def test_per_goal_forms_name_the_units_and_whole_departments() -> None:
    """Every activity of the goal stands in its form, with Enheter filled in."""
    (form,) = [f for f in forms(PLAN, Per.GOAL) if f.goals == (YOUTH,)]
    before = [
        activity("En"),
        activity("Två", units=("Hemtjänst", "Bemanning")),
        activity("Alla", units=(), whole=True),
        activity("Annat mål", goal=HOMES),
    ]
    rows = carried(PLAN, form, before)
    assert {
        goal: [(r.value(Field.TITLE), r.value(Field.UNITS)) for r in found]
        for goal, found in rows.items()
    } == {2: [("En", "Hemtjänst"), ("Två", "Hemtjänst; Bemanning"), ("Alla", "Hela verksamheten")]}
    assert form.kind is FormKind.GOAL


def test_what_goes_on_in_no_form_is_told() -> None:
    """A goal or unit that the plan no longer has: the title is printed, and the rest goes on."""
    gone = activity("Nedlagd", units=("Växthuset",))
    other = activity("Gammalt mål", goal=replace(HOMES, text="Ett mål från i fjol."))
    kept = activity("Kvar")
    for per in Per:
        assert left_out(PLAN, per, [other, kept]) == (other,)
    assert left_out(PLAN, Per.UNIT, [gone, kept]) == (gone,)


def test_a_first_rounds_form_has_no_column_for_the_last_time() -> None:
    """Förra omgången stands in follow-up forms only; Id follows Kontroll."""
    for _, form, data in form_files(PLAN):
        book = openpyxl.load_workbook(io.BytesIO(data))
        page = book["1 Sjukfrånvaron ska minska"]
        assert [cell.value for cell in page[4]][7:] == ["Kontroll", "Id"], form.owner
    assert SICKNESS in PLAN.goals
