"""What is absent is not removed: nothing is called gone, and decisions wait for it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.model import ChangeKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.mailings import reminders_mailing
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_forms
from tests.compilation.edited_rounds import add, line, put, remove, table, titles
from tests.rounds.two_units import BOTH, HEALTH, PLAN, findings, merged
from tests.small_rounds import CARE, YOUTH, make_plan, make_round, own_form, row, shared_form


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
    assert kinds == {"Café": ChangeKind.LEFT_OUT, "Läger": ChangeKind.LEFT_OUT}


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
