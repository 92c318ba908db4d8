"""Who has completed what was sent back has a receipt of that, with or without a form of before."""

from dataclasses import replace
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, put
from tests.rounds.completed_rounds import DAY, PLAN, decide, filled, form, merge, start, write
from tests.small_rounds import CARE, make_round

SHEET = "2 Kommunens ungdomar ska känna"


def test_a_receipt_tells_of_the_completion(tmp_path: Path) -> None:
    start(tmp_path)
    units = [replace(u, email=f"{u.name[:2].lower()}@exempel.se") for u in PLAN.units]
    make_round(tmp_path, replace(PLAN, units=tuple(units)), {})
    put(tmp_path, "Lovaktiviteter", {"Komplettera": "Hur många barn deltog?"})
    sent_back = {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY, "Skäl": "Mer."}
    decide(tmp_path, sent_back, {**sent_back, "Enhet": "Boende"})
    merge(tmp_path)
    write_completion_forms(tmp_path)

    def more(book: Workbook) -> None:
        write(book[SHEET], 5, {"Kommentar": "Femtio barn."})

    def new(book: Workbook) -> None:
        cells = {"Aktivitet": "Bo kvar", "Beskrivning": "Ger trygghet.", "Kommentar": "Klart."}
        write(book[SHEET], 5, {**cells, "Status": "Avslutad enligt plan"})

    hand_in(tmp_path, "Svar hem.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), more))
    hand_in(tmp_path, "Svar bo.xlsx", filled(form(tmp_path, "Boende.xlsx"), new))
    read = {
        message.email: next(x for x in message.text.splitlines() if x.startswith("Jag har läst"))
        for message in mailing_of(tmp_path, MailKind.RECEIPTS).messages
    }
    assert {email: words.partition(". ")[0].rstrip(".") for email, words in read.items()} == {
        "he@exempel.se": "Jag har läst 3 aktiviteter ur Hemtjänst.xlsx, senast sparat 2024-01-01, och "
        "kompletteringen i Svar hem.xlsx",
        "be@exempel.se": "Jag har läst 1 aktivitet ur Bemanning.xlsx, senast sparat 2024-01-01",
        "bo@exempel.se": "Jag har läst kompletteringen i Svar bo.xlsx",
    }
