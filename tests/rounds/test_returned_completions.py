"""A form for what was sent back with a fault in it goes back too, beside the unit's own form."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.mailings import returns_mailing
from excel_uppsikt.rounds.workbooks import write_completion_forms, write_returns
from tests.compilation.edited_rounds import hand_in, line, put
from tests.made_rounds import made_once
from tests.rounds.completed_rounds import (
    DAY,
    PLAN,
    decide,
    filled,
    form,
    merge,
    rows_of,
    start,
    write,
)
from tests.small_rounds import CARE, YOUTH, own_form, places, row, saved

SHEET = "2 Kommunens ungdomar ska känna"
RETURN = "ut/retur/Komplettering Hemtjänst.xlsx"
ASKED = "Ange hur många barn som deltog."


@made_once
def sent_back(folder: Path) -> None:
    start(folder)
    put(folder, "Lovaktiviteter", {"Komplettera": ASKED})
    decide(
        folder,
        {
            "Verksamhet": CARE,
            "Utfall": "återremiss",
            "Datum": DAY,
            "Paragraf": "§ 45",
            "Skäl": "Mer.",
        },
    )
    merge(folder)
    write_completion_forms(folder)


def answered(folder: Path, path: Path, moment: str, **cells: object) -> None:
    def change(book: Workbook) -> None:
        write(book[SHEET], 5, cells)

    hand_in(folder, "Svar.xlsx", filled(path, change, moment))


def status(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """What status says of Hemtjänst."""
    capsys.readouterr()
    commands.status(folder, as_json=True, today=DAY)
    (one,) = [u for u in json.loads(capsys.readouterr().out)["units"] if u["unit"] == "Hemtjänst"]
    keys = ("errors", "warnings", "returned", "mended", "completion")
    return {key: one[key] for key in keys}


def test_a_fault_in_a_completion_goes_back_and_is_put_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent_back(tmp_path)
    assert status(tmp_path, capsys)["completion"] == "asked"
    answered(
        tmp_path,
        form(tmp_path, "Hemtjänst.xlsx"),
        "2024-06-10T10:00",
        Kommentar="Femtio barn.",
        Slutdatum="31 juni 2024",
    )
    checked = check_round(tmp_path)
    assert ("R302", "Svar.xlsx", SHEET, "D5") in places(checked.findings)
    returned = write_returns(checked)
    assert [
        (one.words, one.written and one.written.path, one.left) for one in returned.hand_ins
    ] == [("Hemtjänst (komplettering)", tmp_path / RETURN, 1)]
    assert status(tmp_path, capsys) == {
        "errors": 1, "warnings": 0, "returned": True, "mended": None, "completion": "given",
    }  # fmt: skip
    # It is the form for what was sent back, with what the unit wrote, the cell marked.
    book = openpyxl.load_workbook(tmp_path / RETURN)
    assert book.sheetnames == ["Att åtgärda", "Läs mig", SHEET, "_listor", "_uppsikt"]
    readme = [cell.value for cell in book["Läs mig"]["A"]]
    assert readme[2:9] == [
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 45) för komplettering.",
        "Mer.",
        "Er fil är tillbaka, eftersom något i den behöver rättas eller ses över.",
        "1.  Klicka på Aktivera redigering överst i fönstret om knappen syns.",
        "2.  Gå till bladet Att åtgärda och gör det som står där. Celler som det gäller är markerade.",
        "Är något i tabellen nedan inte kompletterat än: gör det också.",
        "3.  Spara filen och skicka hela filen igen som svar på mejlet. Byt inte namn på blad eller "
        "rubriker.",
    ]
    (only,) = rows_of(book[SHEET])
    assert (only["Kommentar"], only["Slutdatum"], only["Att komplettera"]) == (
        "Femtio barn.", "31 juni 2024", ASKED,
    )  # fmt: skip
    assert "31 juni" in str(book["Att åtgärda"]["D4"].value)
    comment = book[SHEET]["D5"].comment
    assert comment is not None
    assert "31 juni 2024" in comment.text
    known = {cells[0].value: cells[1].value for cells in book["_uppsikt"].iter_rows()}
    assert known["Slag"] == "komplettering"
    # Mended and handed in it is the same answer, told by what the form said when it first went out.
    answered(tmp_path, tmp_path / RETURN, "2024-06-11T10:00", Slutdatum=date(2024, 10, 31))
    checked = merge(tmp_path)
    assert places(checked.findings, but="U") == []
    cells = line(tmp_path, "Lovaktiviteter")
    assert (cells["Kommentar"], str(cells["Slutdatum"])[:10]) == ("Femtio barn.", "2024-10-31")
    again = write_returns(checked)
    assert [(one.words, one.written, one.corrected, one.left) for one in again.hand_ins] == [
        ("Hemtjänst (komplettering)", None, 1, 0)
    ]
    assert not (tmp_path / RETURN).exists()
    assert status(tmp_path, capsys) == {
        "errors": 0, "warnings": 0, "returned": False, "mended": 1, "completion": "given",
    }  # fmt: skip


def test_both_of_a_units_forms_go_back_each_with_its_own_and_both_are_mailed(
    tmp_path: Path,
) -> None:
    sent_back(tmp_path)
    rows = [row("Lovaktiviteter"), row("Simhallen", end="30 februari 2024")]
    hand_in(tmp_path, "Hemtjänst.xlsx", own_form(PLAN, "Hemtjänst", {YOUTH.number: rows}))
    answered(
        tmp_path, form(tmp_path, "Hemtjänst.xlsx"), "2024-06-10T10:00", Slutdatum="31 juni 2024"
    )
    checked = check_round(tmp_path)
    returned = write_returns(checked)
    assert [one.path.name for one in returned.written] == [
        "Hemtjänst.xlsx", "Komplettering Hemtjänst.xlsx",
    ]  # fmt: skip
    listed = [
        str(openpyxl.load_workbook(one.path)["Att åtgärda"]["D4"].value) for one in returned.written
    ]
    assert listed == ["30 februari 2024", "31 juni 2024"]
    units = tuple(replace(unit, email="h@exempel.se") for unit in checked.plan.units)
    addressed = replace(checked, plan=replace(checked.plan, units=units))
    (message,) = returns_mailing(addressed, returned.hand_ins).messages
    assert [one.name for one in message.attachments] == [
        "Hemtjänst.xlsx", "Komplettering Hemtjänst.xlsx",
    ]  # fmt: skip
    for wrong in listed:
        assert message.text.count(wrong) == 1


def test_a_later_answer_is_the_one_that_goes_back(tmp_path: Path) -> None:
    sent_back(tmp_path)
    data = form(tmp_path, "Hemtjänst.xlsx")
    answered(tmp_path, data, "2024-06-10T10:00", Slutdatum="31 juni 2024")
    (tmp_path / "inkorg/Svar.xlsx").rename(tmp_path / "inkorg/Första svaret.xlsx")
    answered(tmp_path, data, "2024-06-11T10:00", Slutdatum=date(2024, 10, 31))
    assert write_returns(check_round(tmp_path)).written == ()


def test_nobody_is_asked_any_more_when_the_report_has_been_approved(tmp_path: Path) -> None:
    sent_back(tmp_path)
    answered(
        tmp_path, form(tmp_path, "Hemtjänst.xlsx"), "2024-06-10T10:00", Slutdatum="31 juni 2024"
    )
    decide(tmp_path, {"Verksamhet": CARE, "Utfall": "godkänd", "Datum": date(2024, 6, 18)})
    assert write_returns(check_round(tmp_path)).written == ()


def told(folder: Path, moment: str, comment: str) -> list[tuple[str, str, str, str]]:
    """The findings once Hemtjänst's own form has come after its answer, the unit rule apart."""
    rows = [row("Lovaktiviteter", comment=comment), row("Simhallen")]
    data = own_form(PLAN, "Hemtjänst", {YOUTH.number: rows, 3: [row("Lokaler")]})
    hand_in(folder, "Hemtjänst.xlsx", saved(data, moment))
    checked = merge(folder)
    assert line(folder, "Lovaktiviteter")["Kommentar"] == "Femtio barn."
    return places(checked.findings, but="U")


def test_what_a_form_saved_after_the_answer_says_otherwise_is_told(tmp_path: Path) -> None:
    """The answer stands, and the unit's later words are not lost; the words it was asked about are old."""
    sent_back(tmp_path)
    answered(
        tmp_path, form(tmp_path, "Hemtjänst.xlsx"), "2024-06-10T10:00", Kommentar="Femtio barn."
    )
    merge(tmp_path)
    assert told(tmp_path, "2024-06-12T10:00", "Arbetet pågår.") == []
    assert told(tmp_path, "2024-06-09T10:00", "Sjuttio barn.") == []
    assert told(tmp_path, "2024-06-12T10:00", "Sjuttio barn.") == [
        ("M602", "Hemtjänst.xlsx", SHEET, "G5")
    ]
    put(tmp_path, "Lovaktiviteter", {"Kommentar": "Femtio barn, sedan sjuttio."})
    assert places(merge(tmp_path).findings, but="U") == []


@pytest.mark.parametrize("over_the_first", [True, False])
def test_what_was_completed_before_stays_when_the_report_is_sent_back_once_more(
    tmp_path: Path, *, over_the_first: bool
) -> None:
    """The second form went out with the first answer in it, and keeps it; a correction of it counts too."""
    sent_back(tmp_path)
    answered(
        tmp_path, form(tmp_path, "Hemtjänst.xlsx"), "2024-06-10T10:00", Kommentar="Femtio barn."
    )
    merge(tmp_path)
    put(tmp_path, "Lovaktiviteter", {"Komplettera": "Och vad är det bra för?"})
    later = {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": date(2024, 6, 18), "Skäl": "Mer."}
    decide(tmp_path, later)
    merge(tmp_path)
    write_completion_forms(tmp_path)
    if not over_the_first:
        (tmp_path / "inkorg/Svar.xlsx").rename(tmp_path / "inkorg/Första svaret.xlsx")
    second = form(tmp_path, "Hemtjänst.xlsx")
    for at, (cells, expected) in enumerate(
        [
            ({"Beskrivning": "Roligt."}, ("Roligt.", "Femtio barn.")),
            ({"Beskrivning": "Nyttigt."}, ("Nyttigt.", "Femtio barn.")),
            ({"Kommentar": "Fyrtio barn."}, ("Ger bättre kvalitet.", "Fyrtio barn.")),
        ]
    ):
        answered(tmp_path, second, f"2024-06-2{at}T10:00", **cells)
        for _ in range(2):
            assert places(merge(tmp_path).findings, but="U") == []
            stands = line(tmp_path, "Lovaktiviteter")
            assert (stands["Beskrivning"], stands["Kommentar"]) == expected
            assert stands["Anteckning"] is None


def test_what_nobody_had_asked_about_is_not_taken_when_it_is_asked_about_later(
    tmp_path: Path,
) -> None:
    """The unit is asked by a new form; what it had volunteered in the old one is told as it was."""
    sent_back(tmp_path)

    def change(book: Workbook) -> None:
        write(book[SHEET], 5, {"Kommentar": "Femtio barn."})
        write(book[SHEET], 6, {"Aktivitet": "Simhallen", "Kommentar": "Ingen har frågat."})

    data = filled(form(tmp_path, "Hemtjänst.xlsx"), change, "2024-06-10T10:00")
    hand_in(tmp_path, "Svar.xlsx", data)
    told = [("M610", "Svar.xlsx", SHEET, "A6")]
    assert [one for one in places(merge(tmp_path).findings) if one[0] == "M610"] == told
    put(tmp_path, "Simhallen", {"Komplettera": "Hur går det?"})
    assert [one for one in places(merge(tmp_path).findings) if one[0] == "M610"] == told
    assert line(tmp_path, "Simhallen")["Kommentar"] == "Arbetet pågår."


@pytest.mark.parametrize(
    "words",
    [
        "2.  Gå till målens blad och komplettera raderna.",
        "2.  Gå till ett mål nedan och komplettera raderna.",
    ],
)
def test_the_forms_own_words_are_not_the_units_now_or_as_they_were(
    tmp_path: Path, words: str
) -> None:
    """Below stand activities, and no goals to go to."""
    sent_back(tmp_path)
    told = (
        f"{words} Kolumnen Att komplettera visar vad som saknas. Lägg till nya rader om det behövs."
    )

    def change(book: Workbook) -> None:
        lines = book["Läs mig"]["A"]
        (at,) = [cell for cell in lines if str(cell.value).startswith("2.")]
        assert str(at.value).startswith("2.  Gå till målens blad och komplettera raderna. Kolumnen")
        at.value = told
        write(book[SHEET], 5, {"Kommentar": "Femtio barn."})

    hand_in(tmp_path, "Svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), change))
    assert places(check_round(tmp_path).findings, but="U") == []
