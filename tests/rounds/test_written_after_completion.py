"""What a unit writes in its own form after a completion is told until the coordinator has chosen."""

from pathlib import Path

import pytest

from tests.compilation.edited_rounds import hand_in, put
from tests.rounds.completed_rounds import PLAN, filled, form, merge
from tests.rounds.sent_back_rounds import YOUTH_SHEET, completed, sent_back, state
from tests.small_rounds import own_form, row, saved

HERS = "Sextio barn deltog, enligt rektorn."
LATER = "Nittio barn deltog."
PLACE = ("inkorg/Hemtjänst.xlsx", YOUTH_SHEET, "G5", LATER)


def completed_round(folder: Path) -> None:
    sent_back(folder)
    hand_in(folder, "Komplettering.xlsx", filled(form(folder, "Hemtjänst.xlsx"), completed))
    merge(folder)


def written_later(folder: Path) -> None:
    """Hemtjänst's own form again, saved after its completion, with another comment."""
    rows = {2: [row("Lovaktiviteter", comment=LATER), row("Simhallen")], 3: [row("Lokaler")]}
    data = saved(own_form(PLAN, "Hemtjänst", rows), "2024-06-12T10:00")
    hand_in(folder, "Hemtjänst.xlsx", data)


def told(folder: Path) -> list[tuple[str | None, str | None, str | None, str | None]]:
    """Where a merge tells of it, and what is written there."""
    return [(f.file, f.sheet, f.cell, f.value) for f in merge(folder).findings if f.code == "M602"]


def comment(folder: Path) -> object:
    return state(folder)["Lovaktiviteter"][2]


@pytest.mark.parametrize("before", [HERS, None])
def test_it_is_told_until_she_writes_what_is_to_stand(tmp_path: Path, before: str | None) -> None:
    """Also where she had written something before it came: that was no choice between the two."""
    completed_round(tmp_path)
    if before:
        put(tmp_path, "Lovaktiviteter", {"Kommentar": before})
        assert told(tmp_path) == []
    written_later(tmp_path)
    for _ in range(3):
        assert told(tmp_path) == [PLACE]
        assert comment(tmp_path) == (before or "Femtio barn deltog.")
    put(tmp_path, "Lovaktiviteter", {"Kommentar": "Sextio eller nittio barn deltog."})
    for _ in range(2):
        assert told(tmp_path) == []
        assert comment(tmp_path) == "Sextio eller nittio barn deltog."
