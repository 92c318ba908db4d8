"""A decision of the coordinator's stays till it is changed, whatever the units hand in between."""

from datetime import datetime
from pathlib import Path

import pytest

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.reports import review_round
from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    SHEET,
    THIRD,
    add,
    found,
    hand_in,
    home_form,
    line,
    put,
    run,
    start,
)
from tests.small_rounds import HOMES, YOUTH, make_plan, row

FILE = "Hemtjänst.xlsx"
OLD = "Arbetet pågår."
CONFLICT = [("M603", COMPILATION_FILE, SHEET, "I4")]


def says(folder: Path, comment: str) -> None:
    """The unit's form comes again with this comment on the first row."""
    hand_in(folder, FILE, home_form(row(FIRST, comment=comment), row(SECOND), row(THIRD)))


def shown(folder: Path) -> tuple[object, object]:
    """The first row's comment and note."""
    cells = line(folder, FIRST)
    return cells["Kommentar"], cells["Anteckning"]


@pytest.mark.parametrize("then", [OLD, "Något tredje."])
@pytest.mark.parametrize("between", [1, 3])
def test_an_edit_stays_when_the_unit_has_agreed_and_changes_again(
    tmp_path: Path, then: str, between: int
) -> None:
    """To what it said before or to something new: told as a conflict till the note is emptied."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    says(tmp_path, "Klart nu.")
    for _ in range(between):
        assert found(run(tmp_path)) == []
        assert shown(tmp_path) == ("Klart nu.", None)
    says(tmp_path, then)
    for _ in range(2):
        assert found(run(tmp_path)) == CONFLICT
        assert shown(tmp_path) == ("Klart nu.", f"Enhetens nya kommentar: {then}")
    put(tmp_path, FIRST, {"Anteckning": None})
    for _ in range(2):
        assert found(run(tmp_path)) == []
        assert shown(tmp_path) == ("Klart nu.", None)


@pytest.mark.parametrize("harm", ["away", "damaged", "row away"])
def test_an_edit_that_was_agreed_with_stays_also_after_the_file_was_away(
    tmp_path: Path, harm: str
) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    says(tmp_path, "Klart nu.")
    run(tmp_path)
    path = tmp_path / "inkorg" / FILE
    if harm == "away":
        path.unlink()
    elif harm == "damaged":
        path.write_bytes(path.read_bytes()[:300])
    else:
        hand_in(tmp_path, FILE, home_form(row(THIRD)))
    for _ in range(2):
        assert ("M608", COMPILATION_FILE, SHEET, "C4") in found(run(tmp_path))
    says(tmp_path, OLD)
    for _ in range(2):
        assert found(run(tmp_path)) == CONFLICT
        assert shown(tmp_path)[0] == "Klart nu."


def test_a_row_that_has_been_agreed_with_again_after_a_conflict_is_still_the_coordinators(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    for comment in ("Annat.", "Klart nu.", OLD):
        says(tmp_path, comment)
        run(tmp_path)
        assert shown(tmp_path)[0] == "Klart nu."
    assert found(run(tmp_path)) == CONFLICT


def test_choosing_the_words_from_before_in_a_conflict_is_a_decision_too(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    says(tmp_path, "Nytt.")
    run(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": OLD})
    for _ in range(2):
        assert found(run(tmp_path)) == CONFLICT
        assert shown(tmp_path) == (OLD, "Enhetens nya kommentar: Nytt.")


@pytest.mark.parametrize("by", ["taking the unit's", "taking it back"])
def test_an_edit_that_is_given_up_leaves_the_field_to_the_unit(tmp_path: Path, by: str) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    run(tmp_path)
    if by == "taking it back":
        put(tmp_path, FIRST, {"Kommentar": OLD})
    else:
        says(tmp_path, "Nytt.")
        run(tmp_path)
        put(tmp_path, FIRST, {"Kommentar": "Nytt.", "Anteckning": None})
    run(tmp_path)
    says(tmp_path, "Nyare.")
    assert found(run(tmp_path)) == []
    assert shown(tmp_path) == ("Nyare.", None)


@pytest.mark.parametrize(
    ("header", "mine", "same", "cell"),
    [
        ("Slutdatum", datetime(2024, 5, 1), {"end": "2024-05-01"}, "F4"),  # noqa: DTZ001  a cell's date has no zone
        ("Status", "Avslutad enligt plan", {"status": "Avslutad enligt plan"}, "H4"),
        ("Enheter", "Bemanning", {"units": "Bemanning"}, "D4"),
        ("Beskrivning", "Granskad.", {"description": "Granskad."}, "G4"),
        ("Aktivitet", f"{FIRST} nu", {"title": f"{FIRST} nu"}, "C4"),
    ],
)
def test_every_field_stays_the_coordinators(
    tmp_path: Path, header: str, mine: object, same: dict[str, str], cell: str
) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {header: mine})
    run(tmp_path)
    agreed: FormRow = row(
        same.get("title", FIRST), **{k: v for k, v in same.items() if k != "title"}
    )
    hand_in(tmp_path, FILE, home_form(agreed, row(SECOND), row(THIRD)))
    run(tmp_path)
    says(tmp_path, OLD)
    checked = run(tmp_path)
    assert ("M603", COMPILATION_FILE, SHEET, cell) in found(checked)
    kept = line(tmp_path, same.get("title", FIRST))
    assert kept[header] == mine


def test_what_an_own_row_says_stays_when_the_unit_said_the_same_first(tmp_path: Path) -> None:
    """The row is joined with the unit's; the unit changes its comment later."""
    start(tmp_path)
    cells = {"Mål": YOUTH.text, "Aktivitet": "Läger", "Enheter": "Hemtjänst", "Kommentar": OLD}
    add(tmp_path, cells)
    run(tmp_path)
    hand_in(tmp_path, FILE, home_form(row(FIRST), row(SECOND), row(THIRD), row("Läger")))
    assert [code for code, *_ in found(run(tmp_path))] == ["M607"]
    hand_in(
        tmp_path, FILE, home_form(row(FIRST), row(SECOND), row(THIRD), row("Läger", comment="Ny."))
    )
    assert "M603" in [code for code, *_ in found(run(tmp_path))]
    assert line(tmp_path, "Läger")["Kommentar"] == OLD


def test_a_ja_at_a_row_that_is_away_counts_also_the_next_time_it_is_away(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Ordning": 3})
    away = home_form(row(SECOND), row(THIRD))
    hand_in(tmp_path, FILE, away)
    run(tmp_path)
    put(tmp_path, FIRST, {"Ta med": "ja"})
    run(tmp_path)
    hand_in(tmp_path, FILE, home_form())
    for _ in range(2):
        assert found(run(tmp_path)) == []
    hand_in(tmp_path, FILE, away)
    for _ in range(2):
        assert found(run(tmp_path)) == []
        assert (line(tmp_path, FIRST)["Ta med"], line(tmp_path, FIRST)["Ordning"]) == ("ja", 3)
    put(tmp_path, FIRST, {"Ta med": "nej"})
    for _ in range(2):
        assert found(run(tmp_path)) == [("M608", COMPILATION_FILE, SHEET, "C4")]
        assert line(tmp_path, FIRST)["Ta med"] == "nej"


def test_a_conflict_about_whose_a_row_is_counts_alike_in_merge_and_report(tmp_path: Path) -> None:
    """What was handed in is what the unit says now, on both screens."""
    plan = make_plan(goals=(YOUTH, HOMES), minimum=1)
    start(tmp_path, {FILE: home_form(row(FIRST))}, plan)
    put(tmp_path, FIRST, {"Enheter": "Hemtjänst; Bemanning"})
    hand_in(tmp_path, FILE, home_form(row(FIRST, units="Bemanning")))
    checked = run(tmp_path, plan)
    assert ("M603", COMPILATION_FILE, SHEET, "D4") in found(checked)
    assert [(term.unit, term.have, term.handed) for term in checked.rule] == [
        ("Hemtjänst", 1, 0),
        ("Bemanning", 1, None),
    ]
    assert review_round(tmp_path).rule == checked.rule
