"""What a form for what was sent back, and the mail with it, say of the rest: only what is so for its unit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.own_words import OurMails, own_words
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Text
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS, MAIL_COMPLETIONS
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, put
from tests.rounds.completed_rounds import PLAN, decide, filled, form, merge, start, write
from tests.rounds.sent_back_rounds import SENT_BACK, YOUTH_SHEET
from tests.small_rounds import places

HOMES_SHEET = "3 Ånge ska ha ett positivt"
NEW_ROW = "Behövs en ny aktivitet: skriv den på en tom rad."
ROWS = f"Komplettera raderna enligt kolumnen Att komplettera. {NEW_ROW}"
COMPLETE = (
    "2.  Gå till målens blad och komplettera raderna. Kolumnen Att komplettera visar vad som saknas. Lägg "
    "till nya rader om det behövs."
)
BESIDE = "Svara på det som inte gäller någon rad med en ny rad på bladet för det mål som svaret hör till."
ANSWER = (
    "2.  Läs i tabellen nedan vad som ska kompletteras. Svara med en ny rad på bladet för det mål som svaret "
    "hör till."
)
STAYS = "Resten av det ni har lämnat in står kvar."
ONLY_THESE = "Det ni ändrar här ersätter bara de här raderna."
OF_MAIL = "Resten av det ni har lämnat in står kvar och behöver inte skickas igen."


def asked(folder: Path, rows: tuple[str, ...], questions: tuple[str, ...], *, away: bool) -> None:
    """Rows are asked about by title, units are asked beside them; Hemtjänst's own form may be away."""
    start(folder)
    units = [replace(u, email=f"{u.name[:2].lower()}@exempel.se") for u in PLAN.units]
    settings = replace(PLAN.settings, corrections_due=date(2024, 6, 20))
    plan = replace(PLAN, units=tuple(units), settings=settings)
    (folder / "plan.xlsx").write_bytes(as_workbook(plan))
    for title in rows:
        put(folder, title, {"Komplettera": "Hur många barn deltog?"})
    beside = [{**SENT_BACK, "Enhet": unit, "Skäl": "Varför?"} for unit in questions]
    decide(folder, {**SENT_BACK, "Skäl": "Mer."}, *beside)
    if away:
        (folder / "inkorg/Hemtjänst.xlsx").unlink()
    merge(folder)
    write_completion_forms(folder)


def said(folder: Path, unit: str) -> list[str]:
    """The steps of a form's first sheet from the second on, without the last one, and what stays."""
    book = openpyxl.load_workbook(form(folder, f"{unit}.xlsx"))
    lines = [str(cell.value) for cell in book["Läs mig"]["A"] if cell.value]
    start = next(at for at, line in enumerate(lines) if line.startswith("2."))
    end = next(at for at, line in enumerate(lines) if line.startswith("Frågor?"))
    return [line for line in lines[start:end] if not line.startswith("3.")]


def guiding(folder: Path, unit: str) -> dict[str, str]:
    """What stands above each goal's table."""
    book = openpyxl.load_workbook(form(folder, f"{unit}.xlsx"))
    return {name: str(book[name]["B3"].value) for name in book.sheetnames if name[0].isdigit()}


def test_a_row_alone_is_completed_where_it_stands(tmp_path: Path) -> None:
    asked(tmp_path, ("Lovaktiviteter",), (), away=False)
    assert said(tmp_path, "Hemtjänst") == [COMPLETE, f"{STAYS} {ONLY_THESE}"]
    assert guiding(tmp_path, "Hemtjänst") == {YOUTH_SHEET: ROWS}


def test_a_question_beside_a_row_is_answered_on_a_new_one(tmp_path: Path) -> None:
    asked(tmp_path, ("Lovaktiviteter",), ("Hemtjänst",), away=False)
    assert said(tmp_path, "Hemtjänst") == [COMPLETE, BESIDE, f"{STAYS} {ONLY_THESE}"]
    assert guiding(tmp_path, "Hemtjänst") == {YOUTH_SHEET: ROWS, HOMES_SHEET: NEW_ROW}


def test_a_question_alone_has_no_rows_to_complete(tmp_path: Path) -> None:
    """Of a unit that has handed in nothing nothing stays."""
    asked(tmp_path, (), ("Hemtjänst", "Boende"), away=False)
    assert said(tmp_path, "Hemtjänst") == [ANSWER, STAYS]
    assert said(tmp_path, "Boende") == [ANSWER]
    assert guiding(tmp_path, "Boende") == {YOUTH_SHEET: NEW_ROW, HOMES_SHEET: NEW_ROW}


def test_nothing_stays_of_a_form_that_is_away(tmp_path: Path) -> None:
    asked(tmp_path, ("Lovaktiviteter",), ("Boende",), away=True)
    assert said(tmp_path, "Hemtjänst") == [COMPLETE, ONLY_THESE]


@pytest.mark.parametrize("away", [False, True])
def test_the_mail_says_that_the_rest_stays_where_there_is_any(tmp_path: Path, away: bool) -> None:
    """Else that no more is asked for than what the file has."""
    asked(tmp_path, ("Lovaktiviteter",), ("Boende",), away=away)
    texts = {m.email: m.text for m in mailing_of(tmp_path, MailKind.COMPLETIONS).messages}
    assert {email: OF_MAIL in text for email, text in texts.items()} == {
        "he@exempel.se": not away,
        "bo@exempel.se": False,
    }
    assert all("{" not in text for text in texts.values())
    other = {
        email: "\n\nFilen gäller bara det som ska kompletteras.\n\n" in t
        for email, t in texts.items()
    }
    assert other == {"he@exempel.se": away, "bo@exempel.se": True}


def test_one_who_answers_for_several_is_told_once(tmp_path: Path) -> None:
    asked(tmp_path, ("Lovaktiviteter", "Scheman"), (), away=False)
    units = tuple(replace(unit, email="en@exempel.se") for unit in PLAN.units)
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, units=units)))
    (message,) = mailing_of(tmp_path, MailKind.COMPLETIONS).messages
    assert message.text.count(OF_MAIL) == 1
    assert f"\n\n{OF_MAIL}\n\n" in message.text


def test_one_who_answers_for_some_without_a_form_is_told_what_is_so_for_all(tmp_path: Path) -> None:
    asked(tmp_path, ("Lovaktiviteter",), ("Boende",), away=False)
    units = tuple(replace(unit, email="en@exempel.se") for unit in PLAN.units)
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, units=units)))
    (message,) = mailing_of(tmp_path, MailKind.COMPLETIONS).messages
    assert OF_MAIL not in message.text
    assert "\n\nFilen gäller bara det som ska kompletteras.\n\n" in message.text


def test_a_plan_from_before_keeps_its_own_text(tmp_path: Path) -> None:
    """It said the same to all, in words of its own without a place for it."""
    own = "Hej!\n\nFyll i och skicka. Resten av det ni har lämnat in står kvar."
    texts = tuple(
        Text(name, heading, own if name == MAIL_COMPLETIONS else text)
        for name, heading, text in DEFAULT_TEXTS
    )
    asked(tmp_path, ("Lovaktiviteter",), (), away=False)
    units = tuple(replace(unit, email="en@exempel.se") for unit in PLAN.units)
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, units=units, texts=texts)))
    (message,) = mailing_of(tmp_path, MailKind.COMPLETIONS).messages
    assert message.text == own


@pytest.mark.parametrize(
    ("rows", "questions"),
    [
        (("Lovaktiviteter",), ("Hemtjänst",)),
        ((), ("Hemtjänst",)),
        (("Lovaktiviteter",), ()),
    ],
    ids=["both", "question", "row"],
)
@pytest.mark.parametrize("away", [False, True])
def test_no_such_words_are_taken_for_the_units(
    tmp_path: Path, rows: tuple[str, ...], questions: tuple[str, ...], away: bool
) -> None:
    asked(tmp_path, rows, questions, away=away)

    def answer(book: Workbook) -> None:
        write(book[YOUTH_SHEET], 9, {"Aktivitet": "Bo kvar", "Status": "Avslutad enligt plan"})

    hand_in(tmp_path, "Svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), answer))
    found = places(check_round(tmp_path).findings)
    assert [one for one in found if one[0] in ("F206", "F207")] == []


@pytest.mark.parametrize("away", [False, True])
def test_an_answer_beside_those_words_in_the_mail_is_told(tmp_path: Path, away: bool) -> None:
    """Where nobody knows any more what the mail said when it went out, but by the plan."""
    asked(tmp_path, ("Lovaktiviteter",), (), away=away)
    (message,) = mailing_of(tmp_path, MailKind.COMPLETIONS).messages
    plan = check_round(tmp_path).plan
    head = f"Från: {plan.settings.sender_email}\nSkickat: den 2 maj 2024\nTill: Vi\nÄmne: Komplettering"
    for before in ("\n\nResten av", "\n\nFilen gäller", "\n\nVänliga hälsningar"):
        if before in message.text:
            answered = message.text.replace(before, f"\n\nVi heter Hemvården nu!{before}")
            told = own_words(
                Written("Vi", "SV: x", f"Hej!\n\n{head}\n\n{answered}"), OurMails.of(plan)
            )
            assert told.text == "Hej!\n\nVi heter Hemvården nu!"
    told = own_words(Written("Vi", "SV: x", f"Hej!\n\n{head}\n\n{message.text}"), OurMails.of(plan))
    assert told.text == "Hej!"
