"""A late answer and the coordinator's own decisions, in rows that were carried on."""

from datetime import date
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import add, line, put, remove, run, table, titles
from tests.rounds.carried_rounds import (
    BEMANNING_ANSWERS,
    CAFE,
    CAMP,
    CLUB,
    HEALTH,
    T2,
    YARD,
    carried,
    second_round,
    told,
)
from tests.rounds.completed_rounds import decide, filled, form, write
from tests.small_rounds import CARE, YOUTH, own_form, row


def test_a_late_answer_takes_over_the_rows_with_all_that_the_coordinator_has_decided(
    tmp_path: Path,
) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    before = {cells["Aktivitet"]: cells["Id"] for cells in table(folder)}
    put(folder, CAFE, {"Beskrivning": "Granskad.", "Ordning": 7, "Anteckning": "Ring dem."})
    put(folder, YARD, {"Ta med": "nej"})
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAFE, CLUB, CAMP]
        assert told(checked, "M603", "M608") == []
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    for _ in range(2):
        checked = run(folder, T2)
        assert titles(folder) == [HEALTH, CAFE, CAMP, YARD]
        assert {cells["Aktivitet"]: cells["Id"] for cells in table(folder)} == {
            name: known for name, known in before.items() if name != CLUB
        }
        one = line(folder, CAFE)
        assert [one[name] for name in ("Beskrivning", "Kommentar", "Ordning", "Anteckning")] == [
            "Granskad.", "Invigt.", 7, "Ring dem.",
        ]  # fmt: skip
        assert line(folder, YARD)["Ta med"] == "nej"
        assert [name for name, *_ in carried(checked)] == [CAMP]
        # Both have answered now, and neither has the club.
        assert told(checked, "E701", "M603", "M608") == [("E701", CLUB)]
    # The answer is taken back, and comes once more.
    (folder / "inkorg/Bemanning.xlsx").unlink()
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAFE, CLUB, CAMP]
        one = line(folder, CAFE)
        assert [one[name] for name in ("Beskrivning", "Kommentar", "Ordning", "Anteckning")] == [
            "Granskad.", "Arbetet pågår.", 7, "Ring dem.",
        ]  # fmt: skip
        assert told(checked, "E701", "M603", "M608") == []
        assert line(folder, YARD)["Ta med"] == "nej"
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    checked = run(folder, T2)
    one = line(folder, CAFE)
    assert (one["Beskrivning"], one["Kommentar"]) == ("Granskad.", "Invigt.")
    assert told(checked, "M603", "M608") == []


def test_what_an_answer_leaves_out_is_gone_though_something_was_decided(tmp_path: Path) -> None:
    """The row stays for the coordinator, out of the report, and it is told that the unit left it out."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    put(folder, YARD, {"Ordning": 1})
    put(folder, CAFE, {"Ta med": "nej"})
    run(folder, T2)
    form = own_form(T2, "Bemanning", {2: [row("Ny")]})
    (folder / "inkorg/Bemanning.xlsx").write_bytes(form)
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAMP]
        assert told(checked, "E701") == [("E701", CLUB), ("E701", YARD)]
        assert len(told(checked, "M608")) == 2
        assert (line(folder, YARD)["Ta med"], line(folder, YARD)["Ordning"]) == ("nej", 1)
    # A ja keeps it: as it was last reported, and counted no more than before.
    put(folder, YARD, {"Ta med": "ja"})
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAMP, YARD]
        assert [a.values.title for a in checked.compilation.approved] == [HEALTH, "Ny"]


def test_an_edit_and_an_answer_that_differ_are_both_kept(tmp_path: Path) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    put(folder, CAFE, {"Kommentar": "Enheten har ringt."})
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    checked = run(folder, T2)
    assert told(checked, "M603") == [("M603", "Invigt.")]
    assert line(folder, CAFE)["Kommentar"] == "Enheten har ringt."
    assert "Invigt." in str(line(folder, CAFE)["Anteckning"])


def test_a_row_that_the_coordinator_has_deleted_stays_out(tmp_path: Path) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    remove(folder, CAFE)
    for _ in range(2):
        checked = run(folder, T2)
        assert line(folder, CAFE)["Ta med"] == "nej"
        assert [name for name, *_ in carried(checked)] == [CLUB, CAMP, YARD]


def test_a_row_of_the_coordinators_own_is_the_activity_that_had_its_title(tmp_path: Path) -> None:
    """She has asked the unit: what she writes is reported, and the old row not carried beside it."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    remove(folder, CAFE)
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": CAFE,
        "Enheter": "Bemanning",
        "Startdatum": "2024-01-15",
    }
    more = {"Slutdatum": "2024-09-30", "Status": "Avslutad enligt plan", "Kommentar": "Klart."}
    add(folder, cells | more)
    for _ in range(2):
        checked = run(folder, T2)
        assert titles(folder).count(CAFE) == 1
        assert [name for name, *_ in carried(checked)] == [CLUB, CAMP, YARD]
        assert [a.values.title for a in checked.compilation.approved] == [HEALTH, CAFE]


def test_another_units_nearly_same_title_does_not_take_the_row_over(tmp_path: Path) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    form = own_form(T2, "Hemtjänst", {1: [row(HEALTH)], 3: [row(f"{YARD} då")]})
    (folder / "inkorg/Hemtjänst.xlsx").write_bytes(form)
    checked = run(folder, T2)
    assert YARD in [name for name, *_ in carried(checked)]
    form = own_form(T2, "Bemanning", {3: [row(f"{YARD} nu")]})
    (folder / "inkorg/Bemanning.xlsx").write_bytes(form)
    before = {cells["Aktivitet"]: cells["Id"] for cells in table(folder)}
    run(folder, T2)
    assert line(folder, f"{YARD} nu")["Id"] == before[YARD]


def test_a_carried_row_that_is_completed_has_been_reported_in_this_round(tmp_path: Path) -> None:
    """Its unit is silent, but has answered what the committee asked of that row."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    decide(folder, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": date(2024, 6, 4)})
    put(folder, YARD, {"Komplettera": "Är gården klar?"})
    run(folder, T2)
    write_completion_forms(folder)

    def answer(book: Workbook) -> None:
        sheet = next(s for s in book.worksheets if s["A5"].value == YARD)
        write(sheet, 5, {"Status": "Avslutad enligt plan", "Kommentar": "Klar i maj."})

    answered = filled(form(folder, "Bemanning.xlsx"), answer)
    (folder / "inkorg/Komplettering.xlsx").write_bytes(answered)
    checked = run(folder, T2)
    assert YARD not in {title for title, *_ in carried(checked)}
    assert CAFE in {title for title, *_ in carried(checked)}
    (done,) = [a for a in checked.compilation.approved if a.values.title == YARD]
    assert (done.last_reported, done.values.comment) == ("", "Klar i maj.")
    assert "Bemanning" not in checked.answered
