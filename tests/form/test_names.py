"""Names of forms and their sheets: legal, told apart and cut between words, whatever the plan says."""

import re
import unicodedata

import pytest

from excel_uppsikt.form.definition import file_name, goal_form, sheet_name
from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.form.templates import form_files
from excel_uppsikt.language.file_names import safe_file_name
from excel_uppsikt.model import Department, Goal
from tests.form.opened_forms import FIRST, LONG, ODD_GOALS, TWO_DEPARTMENTS, opened, visible
from tests.small_rounds import CARE, make_plan, own_form, row

# File names


def test_files_are_named_by_unit_common_department_and_goal() -> None:
    assert [name for name, _, _ in form_files(TWO_DEPARTMENTS)] == [
        "Hemtjänst.xlsx",
        "Bemanning.xlsx",
        "Biblioteket.xlsx",
        "Gemensamt Social verksamhet.xlsx",
        "Gemensamt Kultur och fritid.xlsx",
    ]
    assert [name for name, _, _ in form_files(TWO_DEPARTMENTS, Per.GOAL)] == [
        "Mål 1 Sjukfrånvaron ska minska.xlsx",
        "Mål 2 Kommunens ungdomar ska känna ökad trygghet.xlsx",
        "Mål 3 Ånge ska ha ett positivt flyttnetto.xlsx",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kommunal hälso- och sjukvård", "Kommunal hälso- och sjukvård"),
        ('A<b>c:d"e/f\\g|h?i*j', "A b c d e f g h i j"),
        ("  Skola \n och\tvård ", "Skola och vård"),
        ("../../etc/passwd", "etc passwd"),
        ("..", "_"),
        ("", "_"),
        ("Hemtjänst.", "Hemtjänst"),
        ("Ha\u0308gern", "Hägern"),
        ("Noll\x00tecken\x07", "Nolltecken"),
        ("CON", "_CON"),
        ("nul", "_nul"),
        ("Lpt1", "_Lpt1"),
        ("aux.nord", "_aux.nord"),
        ("Konsult", "Konsult"),
        ("Contact", "Contact"),
        ("COM10", "COM10"),
        ("o" * 200, "o" * 80),
        (f"{'o' * 50} {'p' * 50}", "o" * 50),
        (f"{'o' * 40} {'p' * 39} slut", f"{'o' * 40} {'p' * 39}"),
    ],
)
def test_a_name_is_one_that_every_file_system_takes(text: str, name: str) -> None:
    made = safe_file_name(text)
    assert made == name
    assert len(made) <= 80
    assert len(f"{made} (99).xlsx".encode()) <= 255


def test_long_goals_are_cut_between_words() -> None:
    goal = Goal(4, "I kommunen ska " + "erbjudas fler utbildningar " * 20, "Område")
    name = file_name(goal_form(goal))
    assert len(name.removesuffix(".xlsx")) <= 80
    assert name == (
        "Mål 4 I kommunen ska erbjudas fler utbildningar erbjudas fler utbildningar.xlsx"
    )


def test_names_that_collide_are_numbered_and_none_is_lost() -> None:
    units = ("Skola A/B", "Skola A:B", "skola a b", "Skola A B (2)", f"Gemensamt {CARE}", "CON")
    plan = make_plan(units=units)
    files = list(form_files(plan))
    names = [name for name, _, _ in files]
    assert names == [
        "Skola A B.xlsx",
        "Skola A B (2).xlsx",
        "skola a b (3).xlsx",
        "Skola A B (2) (2).xlsx",
        "Gemensamt Social verksamhet.xlsx",
        "_CON.xlsx",
        "Gemensamt Social verksamhet (2).xlsx",
    ]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
    assert [form.owner for _, form, _ in files] == [*units, f"Gemensamt {CARE}"]


# Sheet names


def test_sheet_names_are_legal_and_unique_whatever_the_goals_are_called() -> None:
    names = [sheet_name(goal) for goal in ODD_GOALS]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]|_x[0-9A-Fa-f]{4}_", name)
        assert name.strip("' ") == name
        assert name.casefold() not in {"history", "läs mig", "_uppsikt", "_listor"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort mål.", "2 Kort mål"),
        ("Kommunens ungdomar ska känna ökad trygghet.", "2 Kommunens ungdomar ska känna"),
        ("Precis tjugonio tecken, här!!", "2 Precis tjugonio tecken, här!!"),
        ("Fler utbildningsplatser, sysselsättning och mer", "2 Fler utbildningsplatser"),
        ("Eftergymnasialutbildningsplatserna ska öka", "2 Eftergymnasialutbildningsplat"),
    ],
)
def test_a_long_goal_is_cut_at_a_words_end_in_its_sheets_name(text: str, expected: str) -> None:
    """Where there is a word's end to cut at."""
    assert sheet_name(Goal(2, text, "Område")) == expected


def test_a_form_is_made_whatever_the_goals_are_called() -> None:
    plan = make_plan(goals=ODD_GOALS)
    data = own_form(plan, "Hemtjänst", {goal.number: [row()] for goal in ODD_GOALS})
    workbook = opened(data)
    assert visible(workbook) == ["Läs mig", *map(sheet_name, plan.goals_by_number)]
    values = opened(data, values=True)
    for goal in ODD_GOALS:
        assert workbook[sheet_name(goal)]["A1"].value == goal.text
        assert values[sheet_name(goal)][f"H{FIRST}"].value == "✔ Klar"


def test_twenty_goals_make_twenty_sheets_and_as_many_forms() -> None:
    goals = [Goal(21 - number, f"{LONG} {number}", "Område") for number in range(1, 21)]
    plan = make_plan(goals=goals)
    workbook = opened(own_form(plan, "Hemtjänst", {}))
    assert visible(workbook) == ["Läs mig", *map(sheet_name, reversed(goals))]
    assert [str(number) for number in range(1, 21)] == [
        name.split()[0] for name in visible(workbook)[2 - 1 :]
    ]
    assert len({name for name, _, _ in form_files(plan, Per.GOAL)}) == 20


def test_a_form_is_made_however_long_the_names_are() -> None:
    plan = make_plan(
        units=("Å&" * 300,),
        goals=[Goal(1, "Mål " * 2_000, "Område " * 200, 1)],
        departments=(Department("V" * 400),),
        municipality="K" * 300,
        sender="S" * 400,
    )
    for _, form, data in (*form_files(plan), *form_files(plan, Per.GOAL)):
        sheet = opened(data)[sheet_name(form.goals[0])]
        assert sheet["A1"].value == plan.goals[0].text
