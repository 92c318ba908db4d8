"""What a completed report says of activities it has not, and of answers in which little has changed."""

from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import hand_in, line, put
from tests.rounds.completed_rounds import decide, filled, form, merge, paragraphs, report, write
from tests.rounds.sent_back_rounds import COMPLETED, SENT_BACK, YOUTH_SHEET, sent_back

HEADING = "Vad som begärdes, och vad som har gjorts"
LEFT_OUT = "Aktiviteten är inte med i rapporten, och ingen komplettering av den redovisas här."
NOTHING = "Gjort: Inget har kommit in ännu."


def told(folder: Path) -> tuple[str, list[str]]:
    """The cover's fact of the decision, and all that stands below what was wanted, but for what was asked."""
    report(folder)
    texts = paragraphs(folder / "ut/rapporter" / COMPLETED)
    cover = next(t for t in texts if t.startswith(("Kompletterad", "Återremitterad")))
    start = texts.index(HEADING) + 1
    end = texts.index("Sammanfattning", start)
    return cover, [text for text in texts[start:end] if not text.startswith("Begärt: ")]


def answer(folder: Path, name: str, **cells: object) -> None:
    """The form of somebody who was asked, handed in with these cells in its first row."""

    def change(book: Workbook) -> None:
        if cells:
            write(book[YOUTH_SHEET], 5, cells)

    hand_in(folder, f"svar {name}.xlsx", filled(form(folder, f"{name}.xlsx"), change))
    merge(folder)


@pytest.mark.parametrize("how", ["away", "nej"])
def test_an_activity_that_the_report_has_not_is_not_completed(tmp_path: Path, how: str) -> None:
    sent_back(tmp_path)
    if how == "away":
        (tmp_path / "inkorg/Bemanning.xlsx").unlink()
    else:
        put(tmp_path, "Scheman", {"Ta med": "nej"})
    merge(tmp_path)
    of_row = ["Lovaktiviteter (Hemtjänst)", NOTHING, "Scheman (Bemanning)", LEFT_OUT]
    assert told(tmp_path) == (
        "Återremitterad4 juni 2024 (§ 45)",
        [
            "Tre kompletteringar begärdes. Om två av dem har inget kommit in ännu. En av dem gäller en "
            "aktivitet som inte är med i rapporten.",
            *of_row,
            "Boende",
            NOTHING,
        ],
    )
    answer(tmp_path, "Boende")
    assert told(tmp_path) == (
        "Kompletteraddelvis, efter återremissen den 4 juni 2024 (§ 45)",
        [
            "Tre kompletteringar begärdes. Om en av dem har inget kommit in ännu. En av dem gäller en "
            "aktivitet som inte är med i rapporten.",
            *of_row,
            "Boende",
            "Gjort:",
            "Boende har svarat. Ingen aktivitet därifrån har ändrats.",
        ],
    )


def of_hemtjanst(folder: Path) -> list[str]:
    """What stands of the row asked about, and of what Hemtjänst was asked besides."""
    _, said = told(folder)
    at = said.index("Scheman (Bemanning)")
    return said[1:at] + said[said.index("Hemtjänst") :]


def asked_twice(folder: Path) -> None:
    sent_back(folder)
    decide(folder, {**SENT_BACK, "Skäl": "Och i övrigt?", "Enhet": "Hemtjänst"})
    merge(folder)


def test_an_answer_says_what_it_has_changed_and_that_it_is_no_more(tmp_path: Path) -> None:
    asked_twice(tmp_path)
    answer(tmp_path, "Hemtjänst", Kommentar="Femtio barn deltog.")
    assert of_hemtjanst(tmp_path) == [
        "Lovaktiviteter (Hemtjänst)",
        "Gjort:",
        "Kommentar: Femtio barn deltog.",
        "Hemtjänst",
        "Gjort:",
        "Hemtjänst har svarat. Inget mer har ändrats än det som står ovan.",
    ]
    put(tmp_path, "Lovaktiviteter", {"Ta med": "nej"})
    merge(tmp_path)
    assert of_hemtjanst(tmp_path) == [
        "Lovaktiviteter (Hemtjänst)",
        LEFT_OUT,
        "Hemtjänst",
        "Gjort:",
        "Hemtjänst har svarat. Det som har ändrats är inte med i rapporten.",
    ]


def test_an_answer_without_changes_says_that_nothing_has_changed(tmp_path: Path) -> None:
    asked_twice(tmp_path)
    answer(tmp_path, "Hemtjänst")
    assert of_hemtjanst(tmp_path) == [
        "Lovaktiviteter (Hemtjänst)",
        "Gjort:",
        "Hemtjänst har svarat. Aktiviteten är oförändrad.",
        "Hemtjänst",
        "Gjort:",
        "Hemtjänst har svarat. Ingen aktivitet därifrån har ändrats.",
    ]


def test_a_part_of_another_activity_is_in_the_report_there(tmp_path: Path) -> None:
    sent_back(tmp_path)
    whole = str(line(tmp_path, "Simhallen")["Id"])
    put(tmp_path, "Lovaktiviteter", {"Samma som": whole.upper()})
    merge(tmp_path)
    answer(tmp_path, "Hemtjänst", Kommentar="Femtio barn deltog.")
    _, said = told(tmp_path)
    assert said[1 : said.index("Scheman (Bemanning)")] == [
        "Lovaktiviteter (Hemtjänst), en del av ”Simhallen”",
        "Gjort:",
        "Kommentar: Femtio barn deltog.",
    ]
