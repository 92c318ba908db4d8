"""Late hand-ins beside the coordinator's edits: what comes in, what stands, and each conflict told."""

from datetime import date, datetime
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    SECOND,
    SHEET,
    THIRD,
    found,
    hand_in,
    home_form,
    line,
    put,
    run,
    start,
    table,
    titles,
)
from tests.small_rounds import own_form, row, shared_form


def test_what_only_the_unit_changed_comes_in(tmp_path: Path) -> None:
    """The coordinator's edits of other cells and rows stand beside it, without a finding."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Beskrivning": "Granskad.", "Anteckning": "Kvar.", "Ordning": 9})
    late = row(
        FIRST,
        comment="Nytt sedan sist.",
        end=date(2024, 10, 15),
        status="Pågående med avvikelse",
        units="Hemtjänst; Bemanning",
    )
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(late, row(SECOND), row(THIRD), row("Ny")))
    before = line(tmp_path, FIRST)
    for _ in range(2):
        assert found(run(tmp_path)) == []
        assert line(tmp_path, FIRST) == before | {
            "Kommentar": "Nytt sedan sist.",
            "Slutdatum": datetime(2024, 10, 15),  # noqa: DTZ001  a cell's date has no zone
            "Status": "Pågående med avvikelse",
            "Enheter": "Hemtjänst; Bemanning",
        }
        assert titles(tmp_path) == [FIRST, "Ny", SECOND, THIRD]


def test_an_edit_that_the_unit_makes_as_well_is_no_conflict(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Klart nu."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Klart nu.")))
    assert found(run(tmp_path)) == []
    assert line(tmp_path, FIRST)["Kommentar"] == "Klart nu."


@pytest.mark.parametrize(
    ("header", "mine", "theirs", "cell", "note"),
    [
        ("Kommentar", "Granskad.", {"comment": "Nytt."}, "I4", "Enhetens nya kommentar: Nytt."),
        (
            "Beskrivning",
            "Granskad.",
            {"description": "Nytt,\n\nmed stycken."},
            "G4",
            "Enhetens nya beskrivning: Nytt,\n\nmed stycken.",
        ),
        (
            "Slutdatum",
            datetime(2024, 5, 1),  # noqa: DTZ001  a cell's date has no zone
            {"end": date(2024, 6, 1)},
            "F4",
            "Enhetens nya slutdatum: 2024-06-01",
        ),
        (
            "Status",
            "Avslutad med avvikelse",
            {"status": "Pågående med avvikelse"},
            "H4",
            "Enhetens nya status: Pågående med avvikelse",
        ),
        (
            "Enheter",
            "Bemanning",
            {"units": "Hela verksamheten"},
            "D4",
            "Enhetens nya enheter: Hela verksamheten",
        ),
        ("Kommentar", "Granskad.", {"comment": ""}, "I4", "Enhetens nya kommentar: (tom cell)"),
    ],
)
def test_where_both_changed_the_coordinators_stands_and_the_units_is_noted(
    tmp_path: Path, header: str, mine: object, theirs: dict[str, object], cell: str, note: str
) -> None:
    """M603 points at the cell, in run after run until the note is removed; the edit stays."""
    start(tmp_path)
    put(tmp_path, FIRST, {header: mine, "Anteckning": "Min egen."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, **theirs), row(SECOND), row(THIRD)))
    for _ in range(3):
        checked = run(tmp_path)
        assert found(checked, "R307") == [("M603", COMPILATION_FILE, SHEET, cell)]
        assert line(tmp_path, FIRST) == before | {"Anteckning": f"Min egen.\n{note}"}
    put(tmp_path, FIRST, {"Anteckning": "Min egen."})
    for _ in range(2):
        assert found(run(tmp_path), "R307") == []
        assert line(tmp_path, FIRST) == before


def test_the_conflicts_message_quotes_the_units_text_and_the_title(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nytt.")))
    (finding,) = [f for f in run(tmp_path).findings if f.code == "M603"]
    assert finding.value == "Nytt."
    for part in ("cell I4", "Kommentar", f"”{FIRST}”", "”Nytt.”", "Anteckning"):
        assert part in finding.message


def test_a_settled_conflict_is_told_again_when_the_unit_changes_once_more(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nytt.")))
    run(tmp_path)
    put(tmp_path, FIRST, {"Anteckning": None})
    assert found(run(tmp_path)) == []
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nyast.")))
    assert found(run(tmp_path)) == [("M603", COMPILATION_FILE, SHEET, "I4")]
    now = line(tmp_path, FIRST)
    assert (now["Kommentar"], now["Anteckning"]) == ("Granskad.", "Enhetens nya kommentar: Nyast.")


def test_taking_the_units_text_settles_the_conflict(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST, comment="Nytt.")))
    run(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Nytt."})
    assert found(run(tmp_path)) == []
    assert line(tmp_path, FIRST)["Kommentar"] == "Nytt."


def test_a_reworded_title_keeps_its_id_and_the_edits(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad.", "Anteckning": "Fråga."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(f"{FIRST} nu"), row(SECOND), row(THIRD)))
    for _ in range(3):
        assert found(run(tmp_path)) == []
        assert line(tmp_path, f"{FIRST} nu") == before | {"Aktivitet": f"{FIRST} nu"}
        assert titles(tmp_path) == [f"{FIRST} nu", SECOND, THIRD]


def test_a_title_with_another_number_is_another_activity(tmp_path: Path) -> None:
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Hälsosamtal 2023"))})
    before = line(tmp_path, "Hälsosamtal 2023")
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row("Hälsosamtal 2024")))
    run(tmp_path)
    assert titles(tmp_path) == ["Hälsosamtal 2024"]
    assert line(tmp_path, "Hälsosamtal 2024")["Id"] != before["Id"]


def test_a_title_the_unit_takes_up_again_is_a_new_activity_beside_the_reworded(
    tmp_path: Path,
) -> None:
    """The Id and the edits stay with the reworded one, whose they are since."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Anteckning": "Fråga."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(f"{FIRST} nu")))
    run(tmp_path)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST), row(f"{FIRST} nu")))
    for _ in range(2):
        run(tmp_path)
        assert line(tmp_path, f"{FIRST} nu") == before | {
            "Aktivitet": f"{FIRST} nu",
            "Källa": line(tmp_path, f"{FIRST} nu")["Källa"],
        }
        new = line(tmp_path, FIRST)
        assert new["Id"] != before["Id"]
        assert new["Anteckning"] is None


def test_an_edited_row_whose_activity_is_gone_stays_left_out(tmp_path: Path) -> None:
    """M608 tells in every run while it is away; an unedited one goes with its activity."""
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    before = line(tmp_path, FIRST)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(THIRD)))
    checked = run(tmp_path)
    for _ in range(2):
        assert found(checked) == [("M608", COMPILATION_FILE, SHEET, "C4")]
        assert titles(tmp_path) == [FIRST, THIRD]
        assert line(tmp_path, FIRST) == before | {"Ta med": "nej"}
        assert [a.values.title for a in checked.compilation.approved] == [THIRD]
        checked = run(tmp_path)


def test_an_activity_that_comes_back_finds_its_edits_again(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(THIRD)))
    run(tmp_path)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form())
    assert found(run(tmp_path)) == []
    assert [(c["Aktivitet"], c["Kommentar"]) for c in table(tmp_path)] == [
        (FIRST, "Granskad."),
        (SECOND, "Arbetet pågår."),
        (THIRD, "Arbetet pågår."),
    ]


def test_another_units_late_form_joins_a_shared_activity_that_was_edited(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, FIRST, {"Kommentar": "Granskad."})
    hand_in(tmp_path, "Gemensamt.xlsx", shared_form(PLAN, {3: [row("Bygga")]}))
    hand_in(tmp_path, "Bemanning.xlsx", own_form(PLAN, "Bemanning", {2: [row(FIRST)]}))
    assert found(run(tmp_path)) == []
    now = line(tmp_path, FIRST)
    assert (now["Enheter"], now["Kommentar"]) == ("Hemtjänst; Bemanning", "Granskad.")
    assert line(tmp_path, "Bygga")["Enheter"] == "Hela verksamheten"
