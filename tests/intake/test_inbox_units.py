"""Whose each file is, by what is left to tell it, and the files that are no form of this round."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.form.definition import README_SHEET
from excel_uppsikt.model import Department, Field, Unit
from tests.changed_forms import (
    FILE,
    HOME,
    ILL,
    LOST_META,
    LOST_PROPERTIES,
    LOST_README,
    PLAN,
    ROWS,
    TITLES,
    TWO_UNITS,
    YOUNG,
    Edit,
    changed,
    edited,
    on,
    put,
    rename,
    titles,
    used,
    without_properties,
)
from tests.small_rounds import (
    CARE,
    YOUTH,
    check,
    make_plan,
    own_form,
    per_goal_form,
    places,
    row,
    saved,
    shared_form,
)

# --- Whose it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "edits", "reason"),
    [
        ("Kopia.xlsx", LOST_META, "dokumentets egenskaper"),
        ("Kopia.xlsx", LOST_PROPERTIES, "formulär-id på Läs mig"),
        ("Hemtjänst.xlsx", LOST_README, "filnamnet"),
        ("svar från hemtjanst (2) slutlig.XLSX", LOST_README, "filnamnet"),
        ("Kopia.xlsx", LOST_README, "raderna"),
    ],
)
def test_the_unit_is_told_by_what_is_left(
    name: str, edits: tuple[Edit, ...], reason: str, tmp_path: Path
) -> None:
    """Properties, visible id, file name and rows in turn; which one told is said, and nothing else."""
    rows = {
        g: [row(r.value(Field.TITLE), units="Hemtjänst") for r in listed]
        for g, listed in ROWS.items()
    }
    data = edited(own_form(TWO_UNITS, "Hemtjänst", rows), *edits)
    checked = check(tmp_path, TWO_UNITS, {name: data})
    assert places(checked.findings) == [("F206", name, "", ""), ("U503", "", "", "")]
    assert checked.findings[0].message.endswith(
        f"Enheten lästes ur {reason}. Kontrollera att det är rätt enhet."
    )
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]
    assert titles(checked) == TITLES


@pytest.mark.parametrize("units", ["", "Bemanning; Hemtjänst"])
def test_a_form_that_nothing_tells_of_is_f204(units: str, tmp_path: Path) -> None:
    """It is kept aside whole: its rows are nobody's, and the unit has handed in nothing."""
    rows = {
        g: [row(r.value(Field.TITLE), units=units) for r in listed] for g, listed in ROWS.items()
    }
    data = edited(own_form(TWO_UNITS, "Hemtjänst", rows), *LOST_README)
    checked = check(tmp_path, TWO_UNITS, {"Kopia (2).xlsx": data})
    assert places(checked.findings) == [
        ("F204", "Kopia (2).xlsx", "", ""),
        ("U503", "", "", ""),
        ("U503", "", "", ""),
    ]
    assert used(checked) == [("Kopia (2).xlsx", False)]
    assert [len(s.entries) for s in checked.collection.submissions] == [3]
    assert checked.activities == ()


def test_a_per_goal_form_and_gemensamt_are_told_by_what_is_left_too(tmp_path: Path) -> None:
    rows = [row("Läxhjälp", units="Hemtjänst")]
    common = f"Gemensamt {CARE}.xlsx"
    inbox = {
        common: edited(shared_form(PLAN, {3: [row("Bostäder")]}), *LOST_README),
        "Mål 2 Ungdomar.xlsx": edited(per_goal_form(PLAN, YOUTH, rows), *LOST_README),
        "utan namn.xlsx": edited(shared_form(PLAN, {3: [row("Tomter")]}), *LOST_PROPERTIES),
    }
    inbox["utan namn.xlsx"] = saved(inbox["utan namn.xlsx"], "2024-05-02")
    inbox[common] = saved(inbox[common], "2024-05-03")
    checked = check(tmp_path, PLAN, inbox)
    # A file that was set aside is told once, by F205.
    assert places(checked.findings, but="U") == [
        ("F206", common, "", ""),
        ("F206", "Mål 2 Ungdomar.xlsx", "", ""),
        ("F205", "utan namn.xlsx", "", ""),
    ]
    assert [(a.values.title, a.values.units, a.values.whole) for a in checked.activities] == [
        ("Läxhjälp", ("Hemtjänst",), False),
        ("Bostäder", (), True),
    ]


def test_a_unit_that_the_plan_does_not_have_is_f204(tmp_path: Path) -> None:
    """Also when the file's name is another unit's: the form's own word goes first."""
    wider = make_plan(units=("Hemtjänst", "Simhallen"))
    data = own_form(wider, "Simhallen", ROWS)
    for name in ("Simhallen.xlsx", FILE):
        checked = check(tmp_path / name, PLAN, {name: data})
        assert places(checked.findings) == [("F204", name, "", ""), ("U503", "", "", "")]
        assert checked.findings[0].value == "Simhallen"
        assert used(checked) == [(name, False)]


def test_gemensamt_of_an_unknown_department_is_f204(tmp_path: Path) -> None:
    other = make_plan(units=("Förskolan",), departments=(Department("Skola"),))
    checked = check(tmp_path, PLAN, {"Gemensamt.xlsx": shared_form(other, {2: [row()]})})
    assert places(checked.findings) == [("F204", "Gemensamt.xlsx", "", ""), ("U503", "", "", "")]
    assert checked.findings[0].value == "Skola"


def test_a_unit_is_known_by_its_earlier_names(tmp_path: Path) -> None:
    """In the form, in the file's name and in the rows; nothing needs saying."""
    before = make_plan(units=("Hemvården",))
    renamed = make_plan(
        units=(Unit("Hemtjänst", CARE, earlier_names=("Hemvården", "Öppen hemtjänst")),)
    )
    rows = {**ROWS, 1: [row("Friskvård", units="Öppen hemtjänst")]}
    checked = check(tmp_path, renamed, {"Hemvården.xlsx": own_form(before, "Hemvården", rows)})
    assert places(checked.findings) == []
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]
    assert {activity.values.units for activity in checked.activities} == {("Hemtjänst",)}


def test_a_file_named_as_another_unit_is_f208(tmp_path: Path) -> None:
    """The form's own identity is taken; the other unit has handed in nothing."""
    data = own_form(TWO_UNITS, "Hemtjänst", ROWS)
    checked = check(tmp_path, TWO_UNITS, {"Bemanning.xlsx": data})
    assert [(f.code, f.value) for f in checked.findings] == [
        ("F208", "Bemanning"),
        ("U503", "Bemanning"),
    ]
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param(("Bemanning", "Bemanning"), ["Bemanning"], id="all name another"),
        pytest.param(("Bemanning", "Boende"), ["Bemanning och Boende"], id="all name others"),
        pytest.param(("Bemanning", "Bemanning; Hemtjänst"), [], id="one names it"),
        pytest.param(("Bemanning", ""), [], id="one names none and so concerns the form's unit"),
        pytest.param(("Bemanning", "Hela verksamheten"), [], id="one is for the whole department"),
    ],
)
def test_rows_that_all_name_another_unit_are_f208(
    units: tuple[str, str], expected: list[str], tmp_path: Path
) -> None:
    """The rows are taken as they say; F208 asks whether it is the wrong form."""
    plan = make_plan(units=("Hemtjänst", "Bemanning", "Boende"))
    rows = {2: [row(f"Aktivitet {at}", units=named) for at, named in enumerate(units)]}
    checked = check(tmp_path, plan, {FILE: own_form(plan, "Hemtjänst", rows)})
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert places(found) == [("F208", FILE, "", "")] * len(expected)
    assert [f.value for f in found] == expected


# --- No form of this round --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edits", [(), LOST_META, LOST_PROPERTIES], ids=["whole", "meta", "properties"]
)
def test_another_rounds_form_is_f203(edits: tuple[Edit, ...], tmp_path: Path) -> None:
    """It says which round, and none of its rows is in the account."""
    earlier = make_plan(units=("Hemtjänst",), year=2023, period="T3")
    data = own_form(earlier, "Hemtjänst", {2: [row("")]})
    checked = check(tmp_path, PLAN, {FILE: edited(data, *edits)})
    assert [(f.code, f.value) for f in checked.findings] == [
        ("F203", "Ånge kommun 2023 T3"),
        ("U503", "Hemtjänst"),
    ]
    assert checked.collection.submissions == ()
    assert checked.activities == ()


def without_goals(book: Workbook) -> None:
    """Goals that the plan does not have, in text, name and hidden sheet."""
    for at, name in enumerate((ILL, YOUNG, HOME)):
        put(name, "A1", "Våra egna mål")(book)
        rename(name, f"Eget {at}")(book)


def emptied(book: Workbook) -> None:
    """Only an empty sheet left."""
    for name in book.sheetnames[1:]:
        book.remove(book[name])
    sheet = on(book, README_SHEET)
    sheet.delete_rows(1, sheet.max_row)
    sheet.title = "Blad1"


def a_list(book: Workbook) -> None:
    """A list of something else."""
    emptied(book)
    for at, cells in enumerate((("Namn", "Telefon", "Rum"), ("Bo", "123", "4")), 1):
        for column, text in enumerate(cells, 1):
            on(book, "Blad1").cell(at, column).value = text


@pytest.mark.parametrize("edit", [without_goals, emptied, a_list])
def test_a_workbook_that_is_no_form_is_f203(edit: Edit, tmp_path: Path) -> None:
    """Said once for the file, without a list of what else it holds."""
    checked = changed(tmp_path, edit, without_properties)
    assert places(checked.findings) == [("F203", FILE, "", ""), ("U503", "", "", "")]
    assert checked.collection.submissions == ()
