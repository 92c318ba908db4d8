"""What is carried on through several rounds says when it was last reported."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from excel_uppsikt import figures
from excel_uppsikt.model import ChangeKind, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_forms
from tests.compilation.edited_rounds import line, run
from tests.rounds.carried_rounds import (
    CAFE,
    CAMP,
    CLUB,
    HEALTH,
    MARK,
    T2,
    YARD,
    carried,
    first_round,
    following,
    second_round,
    told,
)
from tests.small_rounds import CARE, make_round, own_form, row


def third_round(folder: Path, inbox: Mapping[str, bytes], plan: Plan) -> CheckedRound:
    second_round(folder)
    make_round(folder / "t3", plan, inbox)
    return run(folder / "t3", plan)


T3 = following("T3", "t2")


def test_two_rounds_of_silence_name_the_round_it_was_last_reported_in(tmp_path: Path) -> None:
    """The row of the round between is where it was taken from; Hemtjänst's is of that round."""
    checked = third_round(tmp_path, {}, T3)
    assert [(name, when) for name, _, _, when in carried(checked)] == [
        (HEALTH, "T2"), (CAFE, "T1"), (CLUB, "T1"), (CAMP, "T1"), (YARD, "T1"),
    ]  # fmt: skip
    assert told(checked, "E701", "U504") == [("U504", f"Gemensamt {CARE}")]
    words = figures.carried_sentence(T3, checked.compilation.carried)
    assert "märkta Senast redovisat T2 och T1" in words
    origin = str(line(tmp_path / "t3", CAFE)["Källa"])
    assert origin == f"{MARK}\n../t2/ut/sammanstallning.xlsx, Aktiviteter, rad 5"


def test_after_a_round_of_silence_an_answer_is_compared_with_the_last_one(tmp_path: Path) -> None:
    """Neither new nor gone; what was left out is gone."""
    form = own_form(
        T3, "Bemanning", {2: [row(CAFE, status="Avslutad enligt plan", end="2024-04-01")]}
    )
    home = own_form(T3, "Hemtjänst", {1: [row(HEALTH, comment="Halvvägs.")]})
    checked = third_round(tmp_path, {"Hemtjänst.xlsx": home, "Bemanning.xlsx": form}, T3)
    kinds = {(c.activity.values.title, c.kind) for c in checked.changes}
    assert kinds == {
        (HEALTH, ChangeKind.UNCHANGED),
        (CAFE, ChangeKind.STATUS),
        (CAFE, ChangeKind.UNCHANGED),
        (CLUB, ChangeKind.GONE),
        (YARD, ChangeKind.GONE),
        (CAMP, ChangeKind.UNREPORTED),
    }


def test_another_years_period_is_told_with_its_year(tmp_path: Path) -> None:
    checked = third_round(tmp_path, {}, following("T1", "t2", year=2025))
    assert {(name, when) for name, _, _, when in carried(checked)} == {
        (HEALTH, "T2 2024"), (CAFE, "T1 2024"), (CLUB, "T1 2024"), (CAMP, "T1 2024"), (YARD, "T1 2024"),
    }  # fmt: skip


def test_a_compilation_that_does_not_say_its_round_makes_nothing_up(tmp_path: Path) -> None:
    """One from before it was kept says it in its title; with another title nobody knows."""
    first_round(tmp_path)
    path = tmp_path / "t1" / COMPILATION_FILE

    def without(book: Any, *, title: bool) -> None:  # noqa: ANN401  a workbook of another program
        if "_bas_omgang" in book.sheetnames:
            del book["_bas_omgang"]
        if title:
            book["Översikt"]["A1"] = "Vår sammanställning"

    for title, when in ((False, "T1"), (True, "i en tidigare omgång")):
        book = openpyxl.load_workbook(path)
        without(book, title=title)
        book.save(path)
        make_round(tmp_path / "t2", T2, {})
        checked = check_round(tmp_path / "t2")
        assert {a.last_reported for a in checked.compilation.carried} == {when}


def test_the_next_rounds_forms_hold_what_was_carried_as_it_was_last_reported(
    tmp_path: Path,
) -> None:
    second_round(tmp_path)
    make_round(tmp_path / "t3", T3, {})
    made = write_forms(tmp_path / "t3")
    assert made.carried == 5
    sheet = openpyxl.load_workbook(tmp_path / "t3/mallar/Bemanning.xlsx").worksheets[2]
    said = {cells[0].value: cells[8].value for cells in sheet.iter_rows() if cells[0].value}
    assert said[CAFE] == "Pågående med avvikelse · senast redovisat T1\nArbetet pågår."
