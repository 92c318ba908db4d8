"""What the coordinator has written in a row's cells: the note that grows, and what Ta med says."""

from pathlib import Path

import pytest

from excel_uppsikt.compilation.collected import as_json, from_json
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.table import YES_NO
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Choice, Department, Goal, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    THIRD,
    add,
    found,
    line,
    put,
    run,
    start,
)
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, make_plan

UNREAD = "I {} stod ”{}”, som inte gick att använda. Rätta cellen och ta bort den här raden."


def test_what_could_not_be_used_stands_under_the_note_in_lines_of_its_own(tmp_path: Path) -> None:
    """Once for each cell, and not again while it stands there."""
    start(tmp_path)
    cells = {"Anteckning": "Fråga chefen.", "Enheter": "Okänd", "Slutdatum": "snart"}
    put(tmp_path, FIRST, cells)
    note = "\n".join(
        ("Fråga chefen.", UNREAD.format("Enheter", "Okänd"), UNREAD.format("Slutdatum", "snart"))
    )
    run(tmp_path)
    assert line(tmp_path, FIRST)["Anteckning"] == note
    put(tmp_path, FIRST, {"Enheter": "Okänd"})
    run(tmp_path)
    assert line(tmp_path, FIRST)["Anteckning"] == note


def test_an_own_row_without_a_goal_is_out_of_the_report_whatever_stands_at_ta_med(
    tmp_path: Path,
) -> None:
    """It has no place there; one whose goal ends in another way has."""
    start(tmp_path)
    at = add(tmp_path, {"Mål": "Okänt", "Aktivitet": "Utan mål", "Ta med": "ja"})
    goal = HOMES.text.rstrip(".").upper()
    own = {"Mål": goal, "Aktivitet": "Med mål", "Enheter": "Hemtjänst", "Ta med": "j"}
    add(tmp_path, own)
    checked = run(tmp_path)
    titles = {a.values.title for a in checked.compilation.approved}
    assert titles == {"Med mål", FIRST, SECOND, THIRD}
    assert ("M605", "ut/sammanstallning.xlsx", "Aktiviteter", f"B{at}") in found(checked)
    assert line(tmp_path, "Utan mål")["Ta med"] == "nej"


@pytest.mark.parametrize("word", ["ja", "j", "sant", "nej", "n", "falskt"])
def test_the_words_of_a_choice(word: str) -> None:
    assert YES_NO[word] is (word in {"ja", "j", "sant"})


def test_a_unit_split_between_departments_is_undecided_in_each_about_its_own_part(
    tmp_path: Path,
) -> None:
    """As the round before is told in the units that there are now."""
    start(tmp_path)
    school = "Skola"
    plan = make_plan(
        units=(
            Unit("Norr", CARE, part_of=("Hemtjänst",)),
            Unit("Söder", school, part_of=("Hemtjänst",)),
        ),
        departments=(Department(CARE), Department(school)),
    )
    lines = read_compilation(tmp_path / COMPILATION_FILE, plan, before=True).compilation.lines
    assert [(a.values.title, a.department, a.values.units, a.undecided)
            for a in (one.activity for one in lines)] == [
        (title, department, (unit,), ((unit, "Hemtjänst"),))
        for title in (FIRST, SECOND, THIRD)
        for department, unit in ((CARE, "Norr"), (school, "Söder"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(include=False),
        Choice(away=True),
        Choice(away=True, kept=True),
        Choice(asked=("Enhetens nya kommentar: Så.",), held=("comment", "Mål")),
    ],
)
def test_what_was_last_collected_is_read_as_it_was_kept(choice: Choice) -> None:
    """With what the sheet does not show of the row's choice."""
    sources = (Place("inkorg/a.xlsx", "Blad", 5), Place("inkorg/b.xlsx", "Blad", 9))
    collected = activity("A", sources=sources, start=None, whole=True)
    assert from_json(make_plan(), as_json(collected, choice)) == (collected, choice)


def test_a_goal_that_the_plan_no_longer_has_is_kept_with_its_number() -> None:
    gone = activity("A", Goal(9, "Ett mål som har utgått.", ""))
    assert from_json(make_plan(), as_json(gone)) == (gone, Choice())
