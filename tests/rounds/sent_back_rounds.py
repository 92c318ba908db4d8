"""A round of which one department's report is sent back, and what its units answer."""

from datetime import date
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds.outbox import mail
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import put, table
from tests.made_rounds import made_once
from tests.rounds.completed_rounds import DAY, decide, merge, start, write
from tests.small_rounds import CARE, places

YOUTH_SHEET = "2 Kommunens ungdomar ska känna"
COMPLETED = "Kompletterad uppsiktsrapport Social verksamhet 2024 T1.docx"
SENT_BACK = {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY, "Paragraf": "§ 45"}


def send_back(folder: Path) -> None:
    """Two rows are to be completed, and one unit is asked about no row in particular."""
    put(folder, "Lovaktiviteter", {"Komplettera": "Ange hur många barn som deltog."})
    put(folder, "Scheman", {"Komplettera": "Vad är klart?"})
    decide(
        folder,
        {**SENT_BACK, "Skäl": "Underlaget räcker inte."},
        {**SENT_BACK, "Skäl": "Varför saknas redovisning?", "Enhet": "Boende"},
    )


@made_once
def sent_back(folder: Path) -> None:
    """The round handed out, sent back and merged, with the forms for what was sent back made."""
    start(folder)
    mail(folder, MailKind.REPORTS, unfinished=True, today=date(2024, 5, 20))
    send_back(folder)
    merge(folder)
    write_completion_forms(folder)


def completed(book: Workbook) -> None:
    """The asked row completed, another written in, and a new one added."""
    sheet = book[YOUTH_SHEET]
    write(sheet, 5, {"Kommentar": "Femtio barn deltog.", "Slutdatum": date(2024, 10, 31)})
    other = {"Startdatum": date(2024, 1, 15), "Slutdatum": date(2024, 9, 30)}
    write(
        sheet,
        6,
        {
            "Aktivitet": "Simhallen",
            **other,
            "Status": "Avslutad med avvikelse",
            "Kommentar": "Ändrat utan att någon frågade.",
        },
    )
    write(sheet, 7, {"Aktivitet": "Kvällsöppet", **other, "Status": "Pågående enligt plan"})


def found(checked: CheckedRound) -> list[tuple[str, str, str, str]]:
    return places(checked.findings, but="U")


def state(folder: Path) -> dict[object, tuple[object, object, object]]:
    """Status, end and comment of each activity by title."""
    return {
        one["Aktivitet"]: (one["Status"], str(one["Slutdatum"])[:10], one["Kommentar"])
        for one in table(folder)
    }


UNTOUCHED = ("Pågående enligt plan", "2024-09-30", "Arbetet pågår.")
AFTER = {
    "Kvällsöppet": ("Pågående enligt plan", "2024-09-30", None),
    "Lovaktiviteter": ("Pågående enligt plan", "2024-10-31", "Femtio barn deltog."),
    "Scheman": UNTOUCHED,
    "Simhallen": UNTOUCHED,
    "Lokaler": UNTOUCHED,
}
TOLD = [
    ("M610", "Komplettering.xlsx", YOUTH_SHEET, "A6"),
    ("M611", "Komplettering.xlsx", YOUTH_SHEET, "A7"),
]
