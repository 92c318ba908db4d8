"""What a unit reads first in a workbook that comes back: what it is, what to do, by when, and how much."""

from datetime import date
from pathlib import Path

import openpyxl

from excel_uppsikt.form.definition import README_SHEET, TO_CORRECT_SHEET
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.default_texts import MAIL_COMPLETIONS, MAIL_RETURNS
from excel_uppsikt.plan.texts import section
from excel_uppsikt.rounds.mail_facts import to_mend
from excel_uppsikt.rounds.owing import owed
from excel_uppsikt.rounds.results import CheckedRound, HandIn
from excel_uppsikt.rounds.workbooks import write_returns
from tests.form.opened_forms import HOMES_SHEET, YOUTH_SHEET, opened
from tests.small_rounds import check, make_plan, own_form, row

PLAN = make_plan(units=("Hemtjänst",), minimum=0, corrections_due=date(2024, 5, 24))
EARLY = row("Uthyrning", start=date(2024, 9, 1), end=date(2024, 10, 1))
FAULTY = row("Läxhjälp", end=None)


def returned(folder: Path, plan: Plan, form: bytes) -> tuple[CheckedRound, HandIn, Path]:
    checked = check(folder, plan, {"Hemtjänst.xlsx": form})
    made = write_returns(checked)
    (hand_in,) = made.hand_ins
    return checked, hand_in, made.written[0].path


def column(path: Path, sheet: str, letter: str) -> list[object]:
    return [cell.value for cell in openpyxl.load_workbook(path)[sheet][letter]]


def test_laes_mig_says_what_a_return_is_and_what_to_do_by_when(tmp_path: Path) -> None:
    _, _, path = returned(tmp_path, PLAN, own_form(PLAN, "Hemtjänst", {2: [FAULTY]}))
    assert column(path, README_SHEET, "A")[:9] == [
        "Hemtjänst",
        "Aktiviteter mot de politiska målen, Ånge kommun 2024 T1",
        "Lämna in igen senast 24 maj 2024. Har dagen gått: så snart ni kan.",
        "Er fil är tillbaka, eftersom något i den behöver rättas eller ses över.",
        "1.  Klicka på Aktivera redigering överst i fönstret om knappen syns.",
        "2.  Gå till bladet Att åtgärda och gör det som står där. Celler som det gäller är markerade.",
        "3.  Spara filen och skicka hela filen igen som svar på mejlet. Byt inte namn på blad eller "
        "rubriker.",
        "Frågor? Samordnaren samordnare@exempel.se",
        "Formulär-id: Ånge kommun 2024 T1 / enhet / Hemtjänst",
    ]


def test_a_blank_form_says_what_it_said() -> None:
    sheet = opened(own_form(PLAN, "Hemtjänst", {}))[README_SHEET]
    assert [cell.value for cell in sheet["A"][2:6]] == [
        "Lämna in senast 10 maj 2024",
        "1.  Klicka på Aktivera redigering överst i fönstret om knappen syns.",
        "2.  Gå till ett mål nedan och skriv en rad per aktivitet. Kolumnen Kontroll visar vad som saknas.",
        "3.  Spara filen och skicka den som svar på mejlet. Byt inte namn på blad eller rubriker.",
    ]


def test_what_a_return_says_of_itself_is_not_what_the_unit_wrote(tmp_path: Path) -> None:
    """Sent back as it is, also where the plan has another day now, it has its fault and no other."""
    form = own_form(PLAN, "Hemtjänst", {2: [FAULTY]})
    first, _, path = returned(tmp_path / "a", PLAN, form)
    for name, day in (("b", date(2024, 5, 24)), ("c", date(2024, 6, 7))):
        moved = make_plan(units=("Hemtjänst",), minimum=0, corrections_due=day)
        again = check(tmp_path / name, moved, {"Hemtjänst.xlsx": path.read_bytes()})
        assert again.findings == first.findings


def test_the_list_counts_what_is_to_be_mended_as_everybody_does_and_tells_hints_apart(
    tmp_path: Path,
) -> None:
    form = own_form(PLAN, "Hemtjänst", {1: [row()], 2: [EARLY, FAULTY]})
    checked, hand_in, path = returned(tmp_path, PLAN, form)
    (owing,) = (one for one in owed(checked, date.min).owners if one.unit)
    mailed = to_mend(checked, owing).splitlines()
    assert (hand_in.left, len(mailed)) == (1, 1)
    assert column(path, TO_CORRECT_SHEET, "A") == [
        "Att åtgärda: Hemtjänst",
        "1 att rätta och 1 tips att se över. Gör det som står nedan, spara filen och skicka den igen. "
        "Celler som det gäller är markerade i formuläret. Raderna här behöver inte tas bort.",
        "Grad",
        "Fel",
        "Tips",
    ]


def test_where_there_are_no_hints_none_are_told_of(tmp_path: Path) -> None:
    form = own_form(PLAN, "Hemtjänst", {1: [row()], 2: [FAULTY]})
    _, _, path = returned(tmp_path, PLAN, form)
    words = str(column(path, TO_CORRECT_SHEET, "A")[1])
    assert words.partition(".")[0] == "1 att rätta"


def test_the_mails_say_nothing_of_how_many_things_there_are() -> None:
    """A single thing is not some things."""
    told = section(PLAN, MAIL_RETURNS).text
    assert "Det gäller {enhet}. Det här behöver ses över eller kompletteras:\n\n{att rätta}" in told
    asked = section(PLAN, MAIL_COMPLETIONS).text
    assert "har behandlat rapporten för {verksamhet} och vill att den kompletteras." in asked
    assert "några uppgifter" not in (told + asked).casefold()


def test_a_sheet_with_what_the_unit_wrote_is_not_said_to_be_left_empty(tmp_path: Path) -> None:
    _, _, path = returned(tmp_path, PLAN, own_form(PLAN, "Hemtjänst", {2: [FAULTY]}))
    book = openpyxl.load_workbook(path)
    usual = "En rad per aktivitet. Lämna Enheter tomt om aktiviteten bara gäller Hemtjänst."
    assert [book[sheet]["B3"].value for sheet in (YOUTH_SHEET, HOMES_SHEET)] == [
        usual,
        f"{usual} Har ni inget för målet: lämna bladet tomt.",
    ]
