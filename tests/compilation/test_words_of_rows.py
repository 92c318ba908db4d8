"""What a row's goal is that the plan has not, and from whom a row is said to be."""

from pathlib import Path

from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.model import Entry, Goal
from tests.compilation.edited_rounds import FIRST, add, home_form, run, start
from tests.compilation.test_where_changes_stand import said
from tests.small_rounds import CARE, YOUTH, make_plan, row


def test_a_goal_that_the_plan_has_not_is_none_of_the_plans(tmp_path: Path) -> None:
    start(tmp_path)
    add(tmp_path, {"Mål": "Ett helt annat mål.", "Aktivitet": "Egen"})
    add(tmp_path, {"Aktivitet": "Utan mål"})
    lines = run(tmp_path).compilation.lines
    goals = {line.activity.values.title: line.activity.goal for line in lines}
    assert (goals["Egen"], goals["Utan mål"]) == (
        Goal(0, "Ett helt annat mål.", ""),
        Goal(0, "", ""),
    )
    assert goals[FIRST] == YOUTH


def test_a_unit_is_told_from_whom_the_other_row_is() -> None:
    """By its units, or as the department's common form, which has none."""
    common = said(5, "inkorg/a.xlsx", units=(), whole=True)
    theirs = [said(6, "inkorg/b.xlsx"), said(7, "inkorg/c.xlsx", comment="Annat.")]

    def told(*rows: Entry) -> list[str]:
        return [finding.unit_words for finding in merge_entries(make_plan(), rows).findings]

    words = (
        "Kommentar för ”A” är en annan här än i raden från {}. "
        "Kom överens, och skriv samma på båda ställena."
    )
    assert told(common, theirs[1]) == [words.format(f"Gemensamt {CARE}")]
    assert told(*theirs) == [words.format("Hemtjänst och Bemanning")]


def test_an_own_row_like_several_of_the_units_is_told_of_the_first(tmp_path: Path) -> None:
    theirs = [row("Läxhjälp på tisdagar"), row("Läxhjälp på torsdagar")]
    start(tmp_path, {"Hemtjänst.xlsx": home_form(*theirs)})
    at = add(tmp_path, {"Mål": YOUTH.text, "Aktivitet": "Läxhjälp på tosdagar"})
    theirs_alike, own_alike = (f for f in run(tmp_path).findings if f.code == "M601")
    assert theirs_alike.file == "inkorg/Hemtjänst.xlsx"
    assert (own_alike.sheet, own_alike.cell) == ("Aktiviteter", f"C{at}")
    assert "liknar ”Läxhjälp på tisdagar” (inkorg/Hemtjänst.xlsx" in own_alike.words
