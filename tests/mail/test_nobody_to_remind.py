"""That nobody is to be reminded is not said while what was sent back has not come."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds.mail_words import nobody
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, put
from tests.rounds.completed_rounds import DAY, PLAN, decide, filled, form, merge, start, write
from tests.small_rounds import CARE, own_form, row

SHEET = "2 Kommunens ungdomar ska känna"


def told(folder: Path) -> str:
    mailing = mailing_of(folder, MailKind.REMINDERS)
    assert mailing.nobody
    return nobody(mailing, chosen_by="--only")


def test_a_completion_that_has_not_come_is_told_where_nobody_is_to_be_reminded(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    hand_in(tmp_path, "Boende.xlsx", own_form(PLAN, "Boende", {2: [row("Bo")]}))
    hand_in(tmp_path, "Bemanning.xlsx", own_form(PLAN, "Bemanning", {2: [row("Scheman")]}))
    merge(tmp_path)
    assert told(tmp_path) == "Alla enheter har lämnat in. Ingen behöver påminnas."
    put(tmp_path, "Lovaktiviteter", {"Komplettera": "Hur många barn deltog?"})
    decide(tmp_path, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY, "Skäl": "Mer."})
    merge(tmp_path)
    write_completion_forms(tmp_path)
    assert told(tmp_path) == (
        "Alla enheter har lämnat in. Men kompletteringen efter återremissen har inte kommit från "
        "Hemtjänst: mejla formuläret för komplettering."
    )

    def answer(book: Workbook) -> None:
        write(book[SHEET], 5, {"Kommentar": "Femtio barn."})

    hand_in(tmp_path, "Svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), answer))
    assert told(tmp_path) == "Alla enheter har lämnat in. Ingen behöver påminnas."
