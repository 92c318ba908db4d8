"""The forms for what is sent back: what they ask for, and how they are known when they come."""

from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import hand_in, line
from tests.rounds.completed_rounds import filled, form, merge, paragraphs, report, rows_of
from tests.rounds.sent_back_rounds import AFTER, COMPLETED, YOUTH_SHEET, completed, sent_back, state
from tests.small_rounds import places

HOMES_SHEET = "3 Ånge ska ha ett positivt"


def test_the_forms_hold_only_what_is_asked_with_the_reason_on_the_row_and_on_las_mig(
    tmp_path: Path,
) -> None:
    sent_back(tmp_path)
    book = openpyxl.load_workbook(form(tmp_path, "Hemtjänst.xlsx"))
    assert book.sheetnames == ["Läs mig", YOUTH_SHEET, "_listor", "_uppsikt"]
    (only,) = rows_of(book[YOUTH_SHEET])
    # What is to be completed is printed too.
    assert book[YOUTH_SHEET].print_area.split("$")[3] == "I"
    assert book[YOUTH_SHEET]["I4"].value == "Att komplettera"
    assert (only["Aktivitet"], only["Kommentar"], only["Att komplettera"]) == (
        "Lovaktiviteter",
        "Arbetet pågår.",
        "Ange hur många barn som deltog.",
    )
    assert only["Id"] == line(tmp_path, "Lovaktiviteter")["Id"]
    readme = [[cell.value for cell in cells if cell.value] for cells in book["Läs mig"].iter_rows()]
    assert [
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 45) för komplettering."
    ] in readme
    assert readme[-1] == ["Lovaktiviteter", "Ange hur många barn som deltog."]
    known = {cells[0].value: cells[1].value for cells in book["_uppsikt"].iter_rows()}
    assert (known["Slag"], known["Enhet"]) == ("komplettering", "Hemtjänst")
    # The question to Boende concerns no row: it may be answered under any goal.
    asked = openpyxl.load_workbook(form(tmp_path, "Boende.xlsx"))
    assert asked.sheetnames == ["Läs mig", YOUTH_SHEET, HOMES_SHEET, "_listor", "_uppsikt"]
    assert rows_of(asked[YOUTH_SHEET]) == rows_of(asked[HOMES_SHEET]) == []
    said = [[cell.value for cell in cells if cell.value] for cells in asked["Läs mig"].iter_rows()]
    assert said[-1] == ["Boende", "Varför saknas redovisning?"]


def test_no_form_says_that_what_is_asked_for_is_done(tmp_path: Path) -> None:
    sent_back(tmp_path)
    for path in (tmp_path / "mallar/komplettering").iterdir():
        book = openpyxl.load_workbook(path, data_only=True)
        shown = [c.value for sheet in book for cells in sheet.iter_rows() for c in cells]
        assert not any("✔" in str(value) for value in shown), path


def test_a_form_handed_in_as_it_was_sent_out_changes_nothing_and_is_no_hand_in(
    tmp_path: Path,
) -> None:
    """Nothing on it is taken for the unit's own words, and Boende has still handed in nothing (U503)."""
    sent_back(tmp_path)
    before = state(tmp_path)
    for name in ("Hemtjänst", "Bemanning", "Boende"):
        data = filled(form(tmp_path, f"{name}.xlsx"), lambda _: None)
        hand_in(tmp_path, f"svar {name}.xlsx", data)
    checked = merge(tmp_path)
    assert places(checked.findings) == [("U503", "", "", "")]
    assert state(tmp_path) == before
    used = {one.file: (one.used, one.completion) for one in checked.collection.submissions}
    assert used == {
        "inkorg/Bemanning.xlsx": (True, False),
        "inkorg/Hemtjänst.xlsx": (True, False),
        **{f"inkorg/svar {n}.xlsx": (True, True) for n in ("Hemtjänst", "Bemanning", "Boende")},
    }
    report(tmp_path)
    texts = paragraphs(tmp_path / "ut/rapporter" / COMPLETED)
    assert "Hemtjänst har svarat. Aktiviteten är oförändrad." in texts
    assert "Boende har svarat. Ingen aktivitet därifrån har ändrats." in texts


def test_a_form_whose_hidden_sheet_is_gone_is_still_known_by_its_column(tmp_path: Path) -> None:
    sent_back(tmp_path)

    def change(book: Workbook) -> None:
        completed(book)
        del book["_uppsikt"], book["Läs mig"]
        properties = getattr(book, "custom_doc_props")  # noqa: B009  openpyxl's types lack it
        for name in list(properties.names):
            del properties[name]

    data = filled(form(tmp_path, "Hemtjänst.xlsx"), change)
    hand_in(tmp_path, "Hemtjänst komplettering.xlsx", data)
    checked = merge(tmp_path)
    assert state(tmp_path) == AFTER
    assert [one.used for one in checked.collection.submissions] == [True, True, True]
