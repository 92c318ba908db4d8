"""What nobody asked for of an activity that is reworded is told of its row, under the title it has."""

from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import add, bytes_of, hand_in, line
from tests.rounds.completed_rounds import PLAN, filled, form, merge, write
from tests.rounds.sent_back_rounds import YOUTH_SHEET, completed, sent_back, state
from tests.small_rounds import YOUTH, own_form, row, saved

SAYS = "Status ”Avslutad med avvikelse” och Kommentar ”Ändrat utan att någon frågade.”"


def reworded(folder: Path, hour: int, *titles: str) -> None:
    """Hemtjänst's own form again, with these titles beside the row that was asked about."""
    rows = {2: [row("Lovaktiviteter"), *map(row, titles)], 3: [row("Lokaler")]}
    data = saved(own_form(PLAN, "Hemtjänst", rows), f"2024-05-01T{hour}:00")
    hand_in(folder, "Hemtjänst.xlsx", data)


def told(folder: Path) -> list[tuple[str, str]]:
    """What M610 says in a merge: of which row and how, and what the completion says there."""
    words = [f for f in merge(folder).findings if f.code == "M610"]
    return [(f.variant.name, f"{dict(f.fields)['title']}: {dict(f.fields)['rows']}") for f in words]


@pytest.mark.parametrize("titles", [("Simhallens",), ("Simhallens", "Simhallerna")])
def test_an_unasked_row_is_told_of_the_reworded_one_in_every_merge(
    tmp_path: Path, titles: tuple[str, ...]
) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    assert told(tmp_path) == [("PLAIN", f"Simhallen: {SAYS}")]
    made = line(tmp_path, "Simhallen")["Id"]
    for at, title in enumerate(titles, 10):
        reworded(tmp_path, at, title)
        for _ in range(3):
            assert told(tmp_path) == [("PLAIN", f"{title}: Aktivitet ”Simhallen”, {SAYS}")]
            assert line(tmp_path, title)["Id"] == made
            assert "Simhallen" not in state(tmp_path)


def test_a_new_activity_with_the_old_title_is_not_the_one_that_was_meant(tmp_path: Path) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    reworded(tmp_path, 10, "Simhallens")
    merge(tmp_path)
    reworded(tmp_path, 11, "Simhallens", "Simhallen")
    for _ in range(3):
        assert told(tmp_path) == [("PLAIN", f"Simhallens: Aktivitet ”Simhallen”, {SAYS}")]
        assert {"Simhallens", "Simhallen"} <= state(tmp_path).keys()


def test_what_the_unit_then_says_in_its_own_form_is_told_no_more_at_once(tmp_path: Path) -> None:
    """The merge in which it comes tells what the next one does."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    said = row(
        "Simhallen", status="Avslutad med avvikelse", comment="Ändrat utan att någon frågade."
    )
    rows = {2: [row("Lovaktiviteter"), said], 3: [row("Lokaler")]}
    hand_in(
        tmp_path, "Hemtjänst.xlsx", saved(own_form(PLAN, "Hemtjänst", rows), "2024-05-01T10:00")
    )
    for _ in range(2):
        assert told(tmp_path) == []


def test_what_is_said_of_an_own_row_is_remembered_of_what_it_becomes(tmp_path: Path) -> None:
    """The merge that joins a unit's row with the coordinator's leaves the next nothing to change."""
    sent_back(tmp_path)
    cells = {"Mål": YOUTH.text, "Aktivitet": "Simhallens vänner", "Enheter": "Hemtjänst"}
    add(tmp_path, cells | {"Kommentar": "Fem kom."})
    merge(tmp_path)

    def unasked(book: Workbook) -> None:
        write(book[YOUTH_SHEET], 6, {"Aktivitet": "Simhallens vänner", "Kommentar": "Tio kom."})

    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), unasked))
    merge(tmp_path)
    before = line(tmp_path, "Simhallens vänner")["Id"]
    reworded(tmp_path, 10, "Simhallens vänner")
    assert [title for _, title in told(tmp_path)] == [
        "Simhallens vänner: Kommentar ”Tio kom.”"
    ]  # fmt: skip
    assert line(tmp_path, "Simhallens vänner")["Id"] != before
    written = bytes_of(tmp_path)
    merge(tmp_path)
    assert bytes_of(tmp_path) == written
