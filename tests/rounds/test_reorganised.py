"""Units renamed, joined, split and moved between departments: forms and changes follow."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.form.templates import form_files
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Department, Plan, Unit
from excel_uppsikt.rounds.checking import check as check_round
from excel_uppsikt.rounds.checking import load_plan, previous_compilation
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation, write_forms
from tests.made_rounds import made_once
from tests.small_rounds import (
    CARE,
    YOUTH,
    check,
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    places,
    row,
)

SCHOOL = Department("Skola", "utskottet")
FIRST = make_plan(
    minimum=0,
    goals=(YOUTH,),
    departments=(*make_plan().departments, SCHOOL),
    units=(Unit("Hemtjänst", CARE), Unit("Bemanning", CARE), Unit("Förskola", "Skola")),
)
SHEET = "2 Kommunens ungdomar ska känna"
# Two of Hemtjänst's own, one that it shares with Bemanning, and one that is finished.
INBOX = {
    "h.xlsx": own_form(FIRST, "Hemtjänst", {2: [
        row("Friskvård"),
        row("Läxhjälp"),
        row("Schema", units="Hemtjänst; Bemanning"),
        row("Flytt", status="Avslutad enligt plan", end=date(2024, 3, 31), comment="Klart."),
    ]}),
    "b.xlsx": own_form(FIRST, "Bemanning", {2: [row("Vikarier")]}),
    "f.xlsx": own_form(FIRST, "Förskola", {2: [row("Sagor")]}),
}  # fmt: skip


def later(*units: Unit) -> Plan:
    return make_plan(
        minimum=0,
        goals=(YOUTH,),
        departments=FIRST.departments,
        units=units,
        period="T2",
        cutoff=date(2024, 8, 31),
        deadline=date(2024, 9, 10),
        previous="../t1/ut/sammanstallning.xlsx",
    )


FORSKOLA = Unit("Förskola", "Skola")
BEMANNING = Unit("Bemanning", CARE)
RENAMED = later(Unit("Hemvård", CARE, earlier_names=("Hemtjänst",)), BEMANNING, FORSKOLA)
JOINED = later(Unit("Vård", CARE, earlier_names=("Hemtjänst", "Förskola")), BEMANNING)
SPLIT = later(
    Unit("Norr", CARE, part_of=("Hemtjänst",)),
    Unit("Söder", CARE, part_of=("Hemtjänst",)),
    BEMANNING,
    FORSKOLA,
)
SPLIT_OFF = later(
    Unit("Hemtjänst", CARE), Unit("Söder", "Skola", part_of=("Hemtjänst",)), BEMANNING, FORSKOLA
)
MOVED = later(Unit("Hemtjänst", CARE), Unit("Bemanning", "Skola"), FORSKOLA)


@made_once
def first_round(folder: Path) -> None:
    write_compilation(check(folder, FIRST, INBOX))


def two_rounds(folder: Path, plan: Plan) -> Path:
    """The first round merged, and the folder of the next."""
    first_round(folder / "t1")
    return make_round(folder / "t2", plan, {})


def forms(folder: Path, plan: Plan, per: Per = Per.UNIT) -> dict[str, bytes]:
    before = previous_compilation(folder, plan)
    assert before.findings == ()
    return {name: data for name, _, data in form_files(plan, per, before.compilation.approved)}


def rows(data: bytes) -> dict[str, object]:
    """What stands in Enheter by title, in the goal's sheet."""
    page = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    cells = [(page[f"A{at}"].value, page[f"B{at}"].value) for at in range(5, page.max_row + 1)]
    return {str(title): units for title, units in cells if title}


def marked(data: bytes) -> dict[str, str]:
    """The note on each marked cell, by cell."""
    page = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    return {c.coordinate: c.comment.text for line in page.iter_rows() for c in line if c.comment}


def guidance(data: bytes) -> str:
    """What stands above the goal's table."""
    return str(openpyxl.load_workbook(io.BytesIO(data))[SHEET]["B3"].value)


def filled(data: bytes, without: Sequence[str] = (), comment: str | None = "oförändrat") -> bytes:
    """A form gone through: each row's comment written, and rows taken out by their titles."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[SHEET]
    for at in range(5, page.max_row + 1):
        if page[f"A{at}"].value in without:
            for line in page[f"A{at}:J{at}"]:
                for cell in line:
                    cell.value = None
        elif page[f"A{at}"].value and page[f"F{at}"].value != "Avslutad enligt plan":
            page[f"G{at}"].value = comment
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def handed_in(folder: Path, plan: Plan, forms: Mapping[str, bytes]) -> CheckedRound:
    return check_round(make_round(folder, plan, forms), plan)


def of_changes(checked: CheckedRound) -> list[tuple[str, str]]:
    """What has changed, but for comments: these rounds carry them on."""
    changes = checked.changes
    return [(c.kind, c.activity.values.title) for c in changes if c.kind != "Kommentar oförändrad"]


def units_of(checked: CheckedRound) -> dict[str, tuple[str, ...]]:
    return {a.values.title: a.values.units for a in checked.compilation.approved}


@pytest.mark.parametrize("plan", [RENAMED, JOINED, SPLIT, SPLIT_OFF, MOVED])
@pytest.mark.parametrize("per", Per)
def test_forms_handed_in_gone_through_are_neither_new_nor_gone(
    tmp_path: Path, plan: Plan, per: Per
) -> None:
    """Whatever has become of the units, like is compared with like."""
    folder = two_rounds(tmp_path, plan)
    answers = {name: filled(data) for name, data in forms(folder, plan, per).items()}
    checked = handed_in(folder, plan, answers)
    assert of_changes(checked) == []
    assert [f.code for f in checked.findings if f.code in ("E701", "E702", "R313", "F209")] == []


@pytest.mark.parametrize("plan", [RENAMED, JOINED, SPLIT, SPLIT_OFF, MOVED])
def test_forms_handed_in_as_they_were_sent_are_told_as_such(tmp_path: Path, plan: Plan) -> None:
    folder = two_rounds(tmp_path, plan)
    sent = {n: d for n, d in forms(folder, plan).items() if rows(d)}
    checked = handed_in(folder, plan, sent)
    told = [place for place in places(checked.findings) if place[0] in ("F207", "F209", "R313")]
    assert told == [("F209", name, "", "") for name in sorted(sent)]


@pytest.mark.parametrize("plan", [RENAMED, JOINED, SPLIT, SPLIT_OFF, MOVED])
def test_activities_written_anew_without_ids_are_the_same(tmp_path: Path, plan: Plan) -> None:
    """In the former form of the first round, filled in by hand, with the present names."""
    folder = two_rounds(tmp_path, plan)
    unit = plan.units[0].name
    titles = ["Friskvård", "Läxhjälp", "Schema", "Flytt", *(["Sagor"] if plan is JOINED else [])]
    again: list[FormRow] = [row(title) for title in titles]
    checked = handed_in(folder, plan, {"ny.xlsx": own_form(plan, unit, {2: again})})
    assert [c for c in of_changes(checked) if c[0] in ("Ny", "Finns inte kvar")] == []


def test_each_part_of_a_split_unit_takes_its_rows_or_crosses_them_out(tmp_path: Path) -> None:
    """Each form holds the rows that name no part, marked, and names no other part."""
    folder = two_rounds(tmp_path, SPLIT)
    made = forms(folder, SPLIT)
    note = (
        "Att åtgärda: Raden redovisades av Hemtjänst, som har delats. Är aktiviteten er: gå igenom "
        "raden. Är den inte er: ta bort raden."
    )
    for part in ("Norr", "Söder"):
        assert rows(made[f"{part}.xlsx"]) == {
            "Flytt": None, "Friskvård": None, "Läxhjälp": None, "Schema": f"{part}; Bemanning",
        }  # fmt: skip
        assert marked(made[f"{part}.xlsx"]) == dict.fromkeys(("A5", "A6", "A7", "A8"), note)
        assert guidance(made[f"{part}.xlsx"]).endswith(
            "Rader med gul cell kommer från Hemtjänst, som har delats: gå igenom dem som är era och ta "
            "bort de andra."
        )
    assert rows(made["Bemanning.xlsx"]) == {"Schema": None, "Vikarier": None}
    assert marked(made["Bemanning.xlsx"]) == {}
    assert "gul cell" not in guidance(made["Bemanning.xlsx"])
    checked = handed_in(
        folder,
        SPLIT,
        {
            "Norr.xlsx": filled(made["Norr.xlsx"], without=("Läxhjälp", "Flytt", "Schema")),
            "Söder.xlsx": filled(made["Söder.xlsx"], without=("Friskvård", "Flytt")),
            "Bemanning.xlsx": filled(made["Bemanning.xlsx"]),
            "Förskola.xlsx": filled(made["Förskola.xlsx"]),
        },
    )
    assert units_of(checked) == {
        "Friskvård": ("Norr",),
        "Läxhjälp": ("Söder",),
        "Schema": ("Söder", "Bemanning"),
        "Vikarier": ("Bemanning",),
        "Sagor": ("Förskola",),
    }
    assert of_changes(checked) == [("Finns inte kvar", "Flytt")]


def test_what_one_part_crossed_out_is_not_gone_until_the_other_has_answered(
    tmp_path: Path,
) -> None:
    folder = two_rounds(tmp_path, SPLIT)
    norr = filled(forms(folder, SPLIT)["Norr.xlsx"], without=("Läxhjälp",))
    checked = handed_in(folder, SPLIT, {"Norr.xlsx": norr})
    assert ("Inte redovisad", "Läxhjälp") in of_changes(checked)
    assert "Läxhjälp" not in [f.value for f in checked.findings if f.code == "E701"]


def test_a_row_that_names_a_part_is_that_parts(tmp_path: Path) -> None:
    """As the coordinator has written it in the previous compilation once the split was known."""
    folder = two_rounds(tmp_path, SPLIT)
    path = tmp_path / "t1/ut/sammanstallning.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["Aktiviteter"]
    (at,) = [c.row for c in page["C"] if c.value == "Friskvård"]
    page[f"D{at}"].value = "Söder"
    book.save(path)
    made = forms(folder, SPLIT)
    assert "Friskvård" not in rows(made["Norr.xlsx"])
    assert rows(made["Söder.xlsx"])["Friskvård"] is None
    assert len(marked(made["Söder.xlsx"])) == 3


def test_a_unit_that_lost_a_part_to_another_department_keeps_what_it_takes(tmp_path: Path) -> None:
    """The unit goes on under its name, and both forms hold its rows."""
    folder = two_rounds(tmp_path, SPLIT_OFF)
    made = forms(folder, SPLIT_OFF)
    assert list(rows(made["Hemtjänst.xlsx"])) == list(rows(made["Söder.xlsx"]))
    assert len(marked(made["Hemtjänst.xlsx"])) == len(marked(made["Söder.xlsx"])) == 4
    answers = {
        "Hemtjänst.xlsx": filled(made["Hemtjänst.xlsx"], without=("Läxhjälp",)),
        "Söder.xlsx": filled(made["Söder.xlsx"], without=("Friskvård", "Flytt", "Schema")),
    }
    checked = handed_in(folder, SPLIT_OFF, answers)
    homes = {a.values.title: (a.department, a.values.units) for a in checked.compilation.approved}
    assert homes["Läxhjälp"] == ("Skola", ("Söder",))
    assert homes["Friskvård"] == (CARE, ("Hemtjänst",))
    assert [c for c in of_changes(checked) if c[0] in ("Ny", "Finns inte kvar")] == []


def test_an_activity_that_both_of_two_joined_units_had_becomes_one(tmp_path: Path) -> None:
    """They were of different departments, so that they were two in the last round; neither is gone."""
    inbox = {
        "h.xlsx": own_form(FIRST, "Hemtjänst", {2: [row("Friskvård")]}),
        "f.xlsx": own_form(FIRST, "Förskola", {2: [row("Friskvård")]}),
    }
    write_compilation(check(tmp_path / "t1", FIRST, inbox))
    folder = make_round(tmp_path / "t2", JOINED, {})
    checked = handed_in(folder, JOINED, {"v.xlsx": filled(forms(folder, JOINED)["Vård.xlsx"])})
    assert units_of(checked) == {"Friskvård": ("Vård",)}
    assert of_changes(checked) == []


def test_a_moved_units_shared_activity_goes_on_in_both_departments(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path, MOVED)
    made = forms(folder, MOVED)
    assert rows(made["Bemanning.xlsx"]) == {"Schema": None, "Vikarier": None}
    assert rows(made["Hemtjänst.xlsx"])["Schema"] is None


def test_per_goal_forms_name_every_part_and_ask_which(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path, SPLIT)
    ((_, data),) = forms(folder, SPLIT, Per.GOAL).items()
    assert rows(data)["Schema"] == "Norr; Söder; Bemanning"
    assert guidance(data).endswith("låt bara de delar som har aktiviteten stå kvar i Enheter.")
    assert set(marked(data).values()) == {
        "Att åtgärda: Hemtjänst har delats. Behåll den av Norr och Söder som har aktiviteten, och ta "
        "bort namnet på den som inte har den."
    }


@pytest.mark.parametrize("written", ["Hemtjänst", "Bemanning; hemtjänst"])
def test_the_name_of_a_split_unit_is_asked_about_in_a_row(tmp_path: Path, written: str) -> None:
    """It is not read as the part whose name is the most like it."""
    plan = later(
        Unit("Hemtjänsten", CARE, part_of=("Hemtjänst",)),
        Unit("Natt", CARE, part_of=("Hemtjänst",)),
        BEMANNING,
    )
    two_rounds(tmp_path, plan)
    form = per_goal_form(plan, YOUTH, [row("Friskvård", units=written)])
    checked = handed_in(tmp_path / "t2", plan, {"a.xlsx": form})
    assert [
        (f.code, f.cell, f.words.partition(". ")[2])
        for f in checked.findings
        if f.code in ("R306", "R311")
    ] == [
        (
            "R306",
            "B5",
            "Menar du ”Hemtjänsten” eller ”Natt”? Skriv namnet som i listan.",
        )
    ]


def test_a_former_name_that_the_last_round_does_not_have_is_told(tmp_path: Path) -> None:
    """Every command tells it; a unit known by its present name may keep older names."""
    plan = later(
        Unit("Hemvård", CARE, earlier_names=("Hemtjensten",)),
        Unit("Bemanning", CARE, earlier_names=("Poolen",)),
        Unit("Förskola", "Skola", part_of=("Barnomsorgen",)),
    )
    folder = two_rounds(tmp_path, plan)
    _, findings = load_plan(folder)
    assert places([f for f in findings if f.code == "P103"]) == [
        ("P103", "plan.xlsx", "Enheter", "F4"),
        ("P103", "plan.xlsx", "Enheter", "F6"),
    ]
    assert findings[-1].words == (
        "Tidigare namn ”Barnomsorgen” för ”Förskola” finns inte bland enheterna i föregående "
        "sammanställning. Skriv namnet som det står där, eller ta bort det."
    )
    assert not write_forms(folder).ok


def test_the_forms_say_nothing_of_former_names_that_a_reader_takes_for_content(
    tmp_path: Path,
) -> None:
    """The marks are the form's own, as those of a return."""
    folder = two_rounds(tmp_path, SPLIT)
    made = forms(folder, SPLIT)
    assert read_workbook_bytes(made["Norr.xlsx"]).sheets
    checked = handed_in(folder, SPLIT, {"Norr.xlsx": filled(made["Norr.xlsx"])})
    assert [f for f in checked.findings if f.code == "F207"] == []


def test_a_form_of_the_unit_that_was_split_is_told_as_such(tmp_path: Path) -> None:
    """As where the plan was changed once the forms had gone out."""
    before = later(Unit("Hemtjänst", CARE), BEMANNING, FORSKOLA)
    form = own_form(before, "Hemtjänst", {2: [row("Friskvård")]})
    two_rounds(tmp_path, SPLIT)
    checked = handed_in(tmp_path / "t2", SPLIT, {"a.xlsx": form})
    assert [(f.file, f.words) for f in checked.findings if f.code == "F204"] == [
        (
            "inkorg/a.xlsx",
            "Formuläret säger att det kommer från ”Hemtjänst”, som har delats i Norr och Söder. Be var och "
            "en av dem lämna in sitt eget formulär, eller flytta raderna till det som de hör till.",
        )
    ]
