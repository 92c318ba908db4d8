"""What a completion has changed holds beside the unit's own form, the coordinator's edits and other units."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, line, put
from tests.rounds.completed_rounds import PLAN, decide, filled, form, merge, start, write
from tests.rounds.sent_back_rounds import (
    AFTER,
    SENT_BACK,
    TOLD,
    UNTOUCHED,
    YOUTH_SHEET,
    completed,
    found,
    sent_back,
    state,
)
from tests.small_rounds import own_form, row, saved


@pytest.mark.parametrize("lost", ["own form away", "own form again", "own form later"])
def test_a_completion_holds_when_the_units_own_form_is_away_or_comes_again(
    tmp_path: Path, lost: str
) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    own = tmp_path / "inkorg/Hemtjänst.xlsx"
    if lost == "own form away":
        own.unlink()
    else:
        rows = {2: [row("Lovaktiviteter", comment="Något annat."), row("Simhallen")]}
        again = own_form(PLAN, "Hemtjänst", {**rows, 3: [row("Lokaler")]})
        moment = "2024-07-01T10:00" if lost == "own form later" else "2024-05-01T10:00"
        hand_in(tmp_path, "Hemtjänst igen.xlsx", saved(again, moment))
        own.unlink()
    for _ in range(3):
        merge(tmp_path)
        assert state(tmp_path)["Lovaktiviteter"] == AFTER["Lovaktiviteter"]
        assert line(tmp_path, "Lovaktiviteter")["Ta med"] == "ja"
        assert state(tmp_path)["Kvällsöppet"] == AFTER["Kvällsöppet"]
        assert state(tmp_path).get("Simhallen", UNTOUCHED) == UNTOUCHED


def test_what_the_coordinator_writes_after_the_completion_stands(tmp_path: Path) -> None:
    """Also where it is taken back to what it was before."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    put(tmp_path, "Lovaktiviteter", {"Kommentar": "Arbetet pågår."})
    for _ in range(3):
        checked = merge(tmp_path)
        assert found(checked) == TOLD
        assert line(tmp_path, "Lovaktiviteter")["Kommentar"] == "Arbetet pågår."


def test_a_language_edit_before_the_form_went_out_yields_to_what_the_unit_made_of_it(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    put(tmp_path, "Lovaktiviteter", {"Kommentar": "Arbetet fortgår.", "Komplettera": "Hur många?"})
    decide(tmp_path, SENT_BACK)
    merge(tmp_path)
    write_completion_forms(tmp_path)

    def change(book: Workbook) -> None:
        write(book[YOUTH_SHEET], 5, {"Kommentar": "Arbetet fortgår. Femtio barn."})

    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), change))
    for _ in range(2):
        assert found(merge(tmp_path)) == []
        assert line(tmp_path, "Lovaktiviteter")["Kommentar"] == "Arbetet fortgår. Femtio barn."
    hand_in(
        tmp_path,
        "svar igen.xlsx",
        filled(
            form(tmp_path, "Hemtjänst.xlsx"),
            lambda book: write(book[YOUTH_SHEET], 5, {"Kommentar": "Sextio barn."}),
            "2024-06-12T10:00",
        ),
    )
    for _ in range(2):
        assert found(merge(tmp_path)) == []
        assert line(tmp_path, "Lovaktiviteter")["Kommentar"] == "Sextio barn."


def test_a_new_title_in_a_completion_holds_and_the_row_stays_one(tmp_path: Path) -> None:
    sent_back(tmp_path)
    hand_in(
        tmp_path,
        "svar.xlsx",
        filled(
            form(tmp_path, "Hemtjänst.xlsx"),
            lambda book: write(book[YOUTH_SHEET], 5, {"Aktivitet": "Sommarläger för femtio barn"}),
        ),
    )
    before = line(tmp_path, "Lovaktiviteter")["Id"]
    for _ in range(3):
        merge(tmp_path)
        assert line(tmp_path, "Sommarläger för femtio barn")["Id"] == before
        assert "Lovaktiviteter" not in state(tmp_path)


def test_what_two_units_have_written_in_a_shared_row_is_kept_of_both(tmp_path: Path) -> None:
    """Texts after one another; of two dates the last saved, and both are told."""
    start(tmp_path)
    put(tmp_path, "Scheman", {"Enheter": "Hemtjänst; Bemanning; Boende", "Komplettera": "Läget?"})
    decide(tmp_path, SENT_BACK)
    merge(tmp_path)
    write_completion_forms(tmp_path)
    for name, moment, cells in (
        (
            "Hemtjänst",
            "2024-06-10T10:00",
            {"Kommentar": "Klart hos oss.", "Slutdatum": date(2024, 6, 1)},
        ),
        (
            "Bemanning",
            "2024-06-11T10:00",
            {"Kommentar": "Försenat.", "Slutdatum": date(2024, 7, 1)},
        ),
        ("Boende", "2024-06-12T10:00", {}),
    ):
        data = filled(
            form(tmp_path, f"{name}.xlsx"),
            lambda book, cells=cells: write(book[YOUTH_SHEET], 5, cells),  # type: ignore[misc]
            moment,
        )
        hand_in(tmp_path, f"svar {name}.xlsx", data)
    for _ in range(3):
        assert found(merge(tmp_path)) == [
            ("M602", "svar Hemtjänst.xlsx", YOUTH_SHEET, "D5"),
            ("M602", "svar Hemtjänst.xlsx", YOUTH_SHEET, "G5"),
        ]
        assert state(tmp_path)["Scheman"] == (
            "Pågående enligt plan",
            "2024-07-01",
            "Klart hos oss.\nFörsenat.",
        )
        assert line(tmp_path, "Scheman")["Enheter"] == "Hemtjänst; Bemanning; Boende"


@pytest.mark.parametrize("edited", [False, True])
def test_a_row_that_a_completion_added_and_is_asked_about_later_is_told_no_more(
    tmp_path: Path, *, edited: bool
) -> None:
    """What it said then was taken, and has since been completed: nobody is to write it in again."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    if edited:
        put(tmp_path, "Kvällsöppet", {"Status": "Avslutad enligt plan"})
    put(tmp_path, "Kvällsöppet", {"Komplettera": "Hur många kom?"})
    decide(tmp_path, {**SENT_BACK, "Datum": date(2024, 6, 18), "Skäl": "Mer."})
    merge(tmp_path)
    write_completion_forms(tmp_path)
    for at in range(5, 9):
        second = form(tmp_path, "Hemtjänst.xlsx")
        if openpyxl.load_workbook(second)[YOUTH_SHEET].cell(at, 1).value == "Kvällsöppet":
            break

    def change(book: Workbook) -> None:
        write(
            book[YOUTH_SHEET], at, {"Status": "Pågående med avvikelse", "Kommentar": "Trettio kom."}
        )

    hand_in(tmp_path, "Komplettering 2.xlsx", filled(second, change, "2024-06-20T10:00"))
    first, again = merge(tmp_path), merge(tmp_path)
    # The other row that nobody had asked about is told as it was.
    assert found(first) == found(again) == TOLD[:1]
    assert state(tmp_path)["Kvällsöppet"] == (
        "Pågående med avvikelse",
        "2024-09-30",
        "Trettio kom.",
    )


def test_an_unasked_row_whose_activity_has_gone_is_told_as_it_is(tmp_path: Path) -> None:
    """In the merge in which it goes and in those that follow: no row bears its title."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    rows = {2: [row("Lovaktiviteter")], 3: [row("Lokaler")]}
    again = own_form(PLAN, "Hemtjänst", rows)
    hand_in(tmp_path, "Hemtjänst.xlsx", saved(again, "2024-07-01T10:00"))
    for _ in range(3):
        told = [f.words for f in merge(tmp_path).findings if f.code == "M610"]
        assert "Simhallen" not in state(tmp_path)
        assert [words.partition(" Här står")[0] for words in told] == [
            "”Simhallen” ingick inte i det som skulle kompletteras, och ingen rad i sammanställningen heter "
            "så nu."
        ]
