"""One count on every screen, and no decision of the coordinator's lost while the round is merged."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps, workbooks
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.results import StartedOver
from excel_uppsikt.rounds.workbooks import write_returns
from tests.compilation.edited_rounds import add, line, put, saved_by_hand, titles
from tests.rounds.two_units import BOTH, PLAN, RULE, findings, merged
from tests.small_rounds import SICKNESS, make_plan, make_round, own_form, places, row, saved

pytestmark = pytest.mark.usefixtures("unmeasured")


def rules(folder: Path) -> list[tuple[object, ...]]:
    """The rows of Regelkontroll: unit, own, common, outcome, and what was handed in where it differs."""
    rows = openpyxl.load_workbook(folder / COMPILATION_FILE)["Regelkontroll"].iter_rows(min_row=4)
    cells = [[cell.value for cell in row] for row in rows]
    return [(r[0], r[2], r[3], r[5], r[7]) for r in cells if r[0]]


def test_what_is_kept_out_of_the_report_does_not_count_on_any_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ta med = nej on a unit's only activity for sickness absence; the unit itself did what it should."""
    make_round(tmp_path, PLAN, BOTH)
    assert findings(merged(tmp_path), "U501", "U502") == []
    put(tmp_path, "Hälsosamtal", {"Ta med": "nej"})
    checked = merged(tmp_path)
    assert findings(checked, "U501", "U502") == [
        "Hemtjänst har 0 aktiviteter för målet ”Sjukfrånvaron ska minska” i rapporten. Minst 1 krävs. "
        "Inlämnat är 1 aktivitet, men allt är inte med enligt sammanställningen. Se Ta med på bladet "
        "Aktiviteter."
    ]
    assert rules(tmp_path) == [
        ("Hemtjänst", 1, 0, "✔ Uppfyllt", None),
        ("Hemtjänst", 0, 0, "✘ Saknas 1", "1 av 1 ✔"),
        ("Bemanning", 1, 0, "✔ Uppfyllt", None),
        ("Bemanning", 1, 0, "✔ Uppfyllt", None),
    ]
    assert commands.status(tmp_path) == 1
    assert "✘ 0 av 1 för ”Sjukfrånvaron ska minska”, inlämnat 1" in capsys.readouterr().out
    assert checked.rule == review_round(tmp_path).rule
    assert [term.holds for term in checked.rule] == [True, False, True, True]
    # It is not the unit's to correct.
    assert write_returns(checked).hand_ins == ()


def test_report_says_before_it_writes_which_units_it_will_say_lack_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_round(tmp_path, PLAN, BOTH)
    merged(tmp_path)
    put(tmp_path, "Hälsosamtal", {"Ta med": "nej"})
    commands.report(tmp_path, department=None, pdf=False, sources=False)
    out = capsys.readouterr().out
    told = (
        "Rapporten säger att regeln inte är uppfylld av Hemtjänst (0 av 1 för ”Sjukfrånvaron ska minska”, "
        "inlämnat 1)."
    )
    assert out.index(told) < out.index("Skrev")


def test_a_row_of_the_coordinators_own_counts_on_every_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = BOTH | {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})}
    make_round(tmp_path, PLAN, inbox)
    assert [f[:9] for f in findings(merged(tmp_path), "U501", "U502")] == ["Hemtjänst"]
    cells = {"Mål": SICKNESS.text, "Aktivitet": "Egen", "Enheter": "Hemtjänst"}
    dates = {
        "Startdatum": "2024-01-01",
        "Slutdatum": "2024-09-01",
        "Status": "Pågående enligt plan",
    }
    add(tmp_path, cells | dates)
    checked = merged(tmp_path)
    assert findings(checked, "U501", "U502") == []
    assert rules(tmp_path)[1] == ("Hemtjänst", 1, 0, "✔ Uppfyllt", "0 av 1 ✘")
    commands.status(tmp_path)
    told = "✔ uppfylld i rapporten; 1 av 1 för ”Sjukfrånvaron ska minska”, inlämnat 0"
    assert told in capsys.readouterr().out
    assert checked.rule == review_round(tmp_path).rule


def test_a_choice_of_file_that_is_not_merged_yet_is_told_before_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Till it has been: then it is the coordinator's choice, and nothing more to tell."""
    old = saved(own_form(PLAN, "Hemtjänst", {2: [row("Gammal")]}), "2024-05-01T08:00:00")
    new = saved(own_form(PLAN, "Hemtjänst", RULE), "2024-05-02T08:00:00")
    make_round(tmp_path, PLAN, {"a.xlsx": old, "b.xlsx": new})
    merged(tmp_path)

    def other_file(book: Workbook) -> None:
        sheet = book["Inlämningar"]
        for cells in sheet.iter_rows(min_row=4):
            for cell in cells:
                if cell.value in ("ja", "nej"):
                    cell.value = "nej" if cell.value == "ja" else "ja"

    saved_by_hand(tmp_path, other_file)
    told = "Använd är ändrat för inkorg/a.xlsx och inkorg/b.xlsx sedan sammanställningen gjordes"
    commands.report(tmp_path, department=None, pdf=False, sources=False)
    assert told in capsys.readouterr().out
    merged(tmp_path)
    assert titles(tmp_path) == ["Gammal"]
    commands.report(tmp_path, department=None, pdf=False, sources=False)
    assert "Använd är ändrat" not in capsys.readouterr().out


def test_what_the_coordinator_has_put_right_is_not_told_again(tmp_path: Path) -> None:
    """Each finding of a row that no longer is so with the coordinator's values; others stay."""
    wrong = [
        row("Datum", start="2024-05-01", end="2024-04-01"),
        row("Passerat", end="2024-03-31"),
        row("Kvar", comment="XXX"),
        row("Avvikelse", status="Pågående med avvikelse", comment=""),
        row("År", end="2042-01-01"),
        row("Orörd", comment="XXX"),
    ]
    plan = make_plan(minimum=0, units=("Hemtjänst",))
    make_round(tmp_path, plan, {"a.xlsx": own_form(plan, "Hemtjänst", {2: wrong})})
    codes = ["R303", "C402", "R308", "R307", "R304", "R308"]
    assert sorted(f.code for f in merged(tmp_path).findings if f.code[0] in "RC") == sorted(codes)
    put(tmp_path, "Datum", {"Slutdatum": "2024-06-01"})
    put(tmp_path, "Passerat", {"Slutdatum": "2024-09-30"})
    put(tmp_path, "Kvar", {"Kommentar": "Klart."})
    put(tmp_path, "Avvikelse", {"Kommentar": "Försenat."})
    put(tmp_path, "År", {"Slutdatum": "2024-10-01"})
    checked = merged(tmp_path)
    place = ("R308", "a.xlsx", "2 Kommunens ungdomar ska känna", "G10")
    assert places(checked.findings, but="U") == [place]
    assert checked.settled == 5
    # What is still wrong with the new value is told.
    put(tmp_path, "Passerat", {"Slutdatum": "2024-04-01"})
    assert [f.code for f in merged(tmp_path).findings if f.code[0] != "U"] == ["C402", "R308"]


def test_an_own_sheet_with_a_single_word_stays(tmp_path: Path) -> None:
    make_round(tmp_path, PLAN, BOTH)
    merged(tmp_path)

    def own_sheet(book: Workbook) -> None:
        book.create_sheet("Mitt")["B7"] = "Kom ihåg"

    saved_by_hand(tmp_path, own_sheet)
    assert findings(merged(tmp_path), "F207") == []
    assert openpyxl.load_workbook(tmp_path / COMPILATION_FILE)["Mitt"]["B7"].value == "Kom ihåg"


@pytest.mark.parametrize("step", [steps.merge, steps.run])
def test_what_is_saved_while_the_round_is_merged_is_merged_too(
    tmp_path: Path, step: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The coordinator saves after the compilation has been read and before it is written."""
    make_round(tmp_path, PLAN, BOTH)
    merged(tmp_path)
    write, saves = compilation_workbook, ["Sparad under tiden."]

    def slow(content: CompilationContent) -> bytes:
        if saves:
            put(tmp_path, "Läxhjälp", {"Kommentar": saves.pop()})
        return write(content)

    monkeypatch.setattr(workbooks, "compilation_workbook", slow)
    results = list(step(tmp_path))  # type: ignore[call-overload]
    assert sum(isinstance(result, StartedOver) for result in results) == 1
    assert line(tmp_path, "Läxhjälp")["Kommentar"] == "Sparad under tiden."


def test_one_who_never_stops_saving_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_round(tmp_path, PLAN, BOTH)
    merged(tmp_path)
    write, saves = compilation_workbook, iter(range(100))

    def slow(content: CompilationContent) -> bytes:
        put(tmp_path, "Läxhjälp", {"Kommentar": f"Version {next(saves)}."})
        return write(content)

    monkeypatch.setattr(workbooks, "compilation_workbook", slow)
    with pytest.raises(
        workbooks.SavedMeanwhileError, match=r"sparades medan den lästes\. Kör igen\."
    ):
        list(steps.merge(tmp_path))
    assert line(tmp_path, "Läxhjälp")["Kommentar"] == "Version 2."
