"""One count on every screen, nothing absent called removed, and no decision of the coordinator's lost."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.model import ChangeKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps, workbooks
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.mailings import reminders_mailing
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten, StartedOver
from excel_uppsikt.rounds.workbooks import write_forms, write_returns
from tests.compilation.edited_rounds import add, line, put, remove, saved_by_hand, table, titles
from tests.small_rounds import (
    CARE,
    SICKNESS,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    places,
    row,
    saved,
    shared_form,
)

# One of each: the minimum is one beside sickness absence, so that each row matters.
PLAN = make_plan(minimum=1, units=("Hemtjänst", "Bemanning"))
HEALTH = row("Hälsosamtal", description="Färre blir sjuka.")
RULE = {1: [HEALTH], 2: [row("Läxhjälp")]}
BOTH = {
    "Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", RULE),
    "Bemanning.xlsx": own_form(PLAN, "Bemanning", {1: [row("Friskvård")], 2: [row("Café")]}),
}


def merged(folder: Path) -> CheckedRound:
    """The round merged and written, as `uppsikt merge` does."""
    results = list(steps.merge(folder))
    (checked,) = (one for one in results if isinstance(one, CheckedRound))
    assert isinstance(results[-1], CompilationWritten)
    return checked


def rules(folder: Path) -> list[tuple[object, ...]]:
    """The rows of Regelkontroll: unit, own, common, outcome, and what was handed in where it differs."""
    rows = openpyxl.load_workbook(folder / COMPILATION_FILE)["Regelkontroll"].iter_rows(min_row=4)
    cells = [[cell.value for cell in row] for row in rows]
    return [(r[0], r[2], r[3], r[5], r[7]) for r in cells if r[0]]


def findings(checked: CheckedRound, *codes: str) -> list[str]:
    """What is said under these codes."""
    return [finding.message for finding in checked.findings if finding.code in codes]


# --- One count ----------------------------------------------------------------------------------


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
        "Inlämnat är 1 aktivitet, men alla är inte med enligt sammanställningen. Se Ta med på bladet "
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


# --- Absent is not removed ----------------------------------------------------------------------


def second_round(tmp_path: Path, inbox: dict[str, bytes]) -> tuple[CheckedRound, Path]:
    """A round that follows one in which both units and Gemensamt had handed in."""
    shared = {"Gemensamt.xlsx": shared_form(PLAN, {2: [row("Läger")]})}
    make_round(tmp_path / "t1", PLAN, BOTH | shared)
    merged(tmp_path / "t1")
    plan = make_plan(
        minimum=1, units=("Hemtjänst", "Bemanning"), previous="../t1/ut/sammanstallning.xlsx"
    )
    make_round(tmp_path / "t2", plan, inbox)
    return merged(tmp_path / "t2"), tmp_path / "t2"


def test_a_silent_unit_that_anothers_row_names_has_removed_nothing(tmp_path: Path) -> None:
    inbox = {
        "Hemtjänst.xlsx": own_form(
            PLAN, "Hemtjänst", {1: [HEALTH], 2: [row("Ny", units="Hemtjänst; Bemanning")]}
        )
    }
    checked, folder = second_round(tmp_path, inbox)
    kinds = {
        c.activity.values.title: c.kind
        for c in checked.changes
        if c.kind is not ChangeKind.UNCHANGED
    }
    assert kinds == {
        "Ny": ChangeKind.NEW,
        "Läxhjälp": ChangeKind.GONE,
        "Café": ChangeKind.UNREPORTED,
        "Friskvård": ChangeKind.UNREPORTED,
        "Läger": ChangeKind.UNREPORTED,
    }
    assert [re.findall("”(.*?)”", text)[0] for text in findings(checked, "E701")] == ["Läxhjälp"]
    # The report of the compilation says the same.
    changes = openpyxl.load_workbook(folder / COMPILATION_FILE)["Ändringar"].iter_rows(min_row=4)
    told = {row[2].value: row[0].value for row in changes if row[0].value != "Kommentar oförändrad"}
    assert told == {title: kind.value for title, kind in kinds.items()}


def test_what_the_coordinator_keeps_out_is_not_gone(tmp_path: Path) -> None:
    """The unit has handed it in; no unit is to be asked whether it has taken it away."""
    inbox = {**BOTH, "Gemensamt.xlsx": shared_form(PLAN, {2: [row("Läger")]})}
    _, folder = second_round(tmp_path, inbox)
    put(folder, "Café", {"Ta med": "nej"})
    remove(folder, "Läger")
    checked = merged(folder)
    assert findings(checked, "E701") == []
    kinds = {
        c.activity.values.title: c.kind
        for c in checked.changes
        if c.kind is not ChangeKind.UNCHANGED
    }
    assert kinds == {"Café": ChangeKind.UNREPORTED, "Läger": ChangeKind.UNREPORTED}


def test_a_gemensamt_that_has_not_come_is_missed_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that had activities the last time, or whose form has gone out; none that nobody waits for."""
    checked, folder = second_round(tmp_path, BOTH)
    told = f"Gemensamt för {CARE} har inte lämnats in. Påminn den som ansvarar för verksamheten."
    assert findings(checked, "U504") == [told]
    commands.status(folder)
    out = capsys.readouterr().out
    assert f"Väntar på Gemensamt {CARE}." in out
    assert re.search(rf"^Gemensamt {CARE} +nej", out, re.MULTILINE)
    assert "Alla enheter har lämnat in." not in out
    alone = make_round(tmp_path / "alone", PLAN, BOTH)
    assert findings(check_round(alone), "U504") == []
    write_forms(alone)
    assert findings(check_round(alone), "U504") == [told]
    drafts = [message.attached for message in reminders_mailing(check_round(alone)).messages]
    assert drafts == [(f"Gemensamt {CARE}.xlsx",)]
    (alone / f"inkorg/Gemensamt {CARE}.xlsx").write_bytes(b"trasig")
    assert findings(check_round(alone), "U504") == []


def away(folder: Path) -> Callable[[], None]:
    """Takes a unit's file away, and gives what puts it back."""
    path, kept = folder / "inkorg/Hemtjänst.xlsx", folder / "undan.xlsx"
    shutil.move(path, kept)

    def put_back() -> None:
        shutil.move(kept, path)

    return put_back


def damaged(folder: Path) -> Callable[[], None]:
    """Damages a unit's file, and gives what puts it right."""
    path = folder / "inkorg/Hemtjänst.xlsx"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    def put_right() -> None:
        path.write_bytes(data)

    return put_right


@pytest.mark.parametrize("lose", [away, damaged])
@pytest.mark.parametrize("runs", [1, 3])
def test_decisions_stay_however_long_a_file_is_away(
    tmp_path: Path, lose: Callable[[Path], Callable[[], None]], runs: int
) -> None:
    """An edit, an order, a note, a nej and a deleted row are all there when the file is back."""
    names = ("Redigerad", "Ordnad", "Antecknad", "Utesluten", "Borttagen", "Orörd")
    form = own_form(PLAN, "Hemtjänst", {2: [row(name) for name in names]})
    make_round(tmp_path, PLAN, BOTH | {"Hemtjänst.xlsx": form})
    merged(tmp_path)
    put(tmp_path, "Redigerad", {"Kommentar": "Granskad."})
    put(tmp_path, "Ordnad", {"Ordning": 1})
    put(tmp_path, "Antecknad", {"Anteckning": "Fråga igen."})
    put(tmp_path, "Utesluten", {"Ta med": "nej"})
    remove(tmp_path, "Borttagen")
    merged(tmp_path)
    before = table(tmp_path)
    put_back = lose(tmp_path)
    for _ in range(runs):
        checked = merged(tmp_path)
        told = [f.words for f in checked.findings if f.code == "M608"]
        assert sorted(re.findall("”(.*?)”", text)[0] for text in told) == [
            "Antecknad", "Borttagen", "Ordnad", "Redigerad", "Utesluten",
        ]  # fmt: skip
        reported = [activity.values.title for activity in checked.compilation.approved]
        assert reported == ["Friskvård", "Café"]
    put_back()
    checked = merged(tmp_path)
    assert table(tmp_path) == before
    assert findings(checked, "M608") == []
    assert [a.values.title for a in checked.compilation.approved] == [
        "Friskvård", "Ordnad", "Antecknad", "Café", "Orörd", "Redigerad",
    ]  # fmt: skip


def test_a_ja_keeps_a_row_that_is_away_and_a_nej_takes_it_out_again(tmp_path: Path) -> None:
    make_round(tmp_path, PLAN, BOTH)
    merged(tmp_path)
    put(tmp_path, "Läxhjälp", {"Kommentar": "Granskad."})
    put_back = away(tmp_path)
    merged(tmp_path)
    assert line(tmp_path, "Läxhjälp")["Ta med"] == "nej"
    put(tmp_path, "Läxhjälp", {"Ta med": "ja"})
    for _ in range(2):
        checked = merged(tmp_path)
        assert findings(checked, "M608") == []
        assert line(tmp_path, "Läxhjälp")["Ta med"] == "ja"
    put(tmp_path, "Läxhjälp", {"Ta med": "nej"})
    assert len(findings(merged(tmp_path), "M608")) == 1
    put_back()
    checked = merged(tmp_path)
    assert (line(tmp_path, "Läxhjälp")["Ta med"], findings(checked, "M608")) == ("nej", [])


def test_a_row_of_ones_own_and_the_late_forms_same_row_become_one(tmp_path: Path) -> None:
    """What the coordinator wrote stands; what the unit says otherwise stands in the note."""
    make_round(tmp_path, PLAN, {"Bemanning.xlsx": BOTH["Bemanning.xlsx"]})
    merged(tmp_path)
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": "läxhjälp",
        "Enheter": "Hemtjänst",
        "Kommentar": "Egen.",
    }
    add(tmp_path, cells | {"Startdatum": "2024-02-01", "Status": "Pågående enligt plan"})
    merged(tmp_path)
    (tmp_path / "inkorg/Hemtjänst.xlsx").write_bytes(BOTH["Hemtjänst.xlsx"])
    checked = merged(tmp_path)
    assert findings(checked, "M607") == [
        "Blad ”Aktiviteter”, cell C7: ”läxhjälp” står både på en egen rad i sammanställningen och i en "
        "enhets inlämning. De slogs ihop: det du har skrivit står kvar, och enhetens uppgifter står i "
        "Anteckning där de skiljer sig."
    ]
    for _ in range(2):
        assert titles(tmp_path) == ["Friskvård", "Hälsosamtal", "Café", "Läxhjälp"]
        one = line(tmp_path, "Läxhjälp")
        assert (one["Kommentar"], str(one["Startdatum"])[:10]) == ("Egen.", "2024-02-01")
        assert str(one["Slutdatum"])[:10] == "2024-09-30"
        assert one["Anteckning"] == (
            "Enhetens uppgift om startdatum: 2024-01-15\n"
            "Enhetens uppgift om kommentar: Arbetet pågår."
        )
        assert len(findings(merged(tmp_path), "M607")) == 1
    put(tmp_path, "Läxhjälp", {"Anteckning": None})
    assert findings(merged(tmp_path), "M607") == []
    assert line(tmp_path, "Läxhjälp")["Kommentar"] == "Egen."


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
